"""Words that one writes as one and another as two."""

import pytest

from assistant.compounds import stems_held
from assistant.terms import find_terms


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("Is there LiveChat?", "We opened 101 Live Chat services."),
        ("Is there live chat?", "We opened LiveChat in May."),
        ("Is there a chatbot?", "Two chat bots answer at night."),
        ("Are there chat bots?", "Our chatbot answers at night."),
        ("What of wellbeing?", "A well-being room was opened."),
        ("What of reoffending?", "Re-offending fell."),
        ("What of antisocial behaviour?", "Anti-social behaviour fell."),
    ],
)
def test_a_word_is_held_however_it_is_written(asked: str, text: str) -> None:
    terms = find_terms(asked)
    assert terms.weights
    assert set(terms.weights) <= stems_held(text, terms)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("Is STRIVE used?", "THRIVE is used on each call."),
        ("Is THRIVE used?", "STRIVE is used; we strive on."),
        ("Is LiveChat used?", "We live here. Residents chat at the desk."),
        ("Who may inform the board?", "It was in form and in substance a refusal."),
        ("Is there live chat?", "A livelier chat followed."),
    ],
)
def test_what_only_looks_alike_is_not_held(asked: str, text: str) -> None:
    terms = find_terms(asked)
    assert not set(terms.weights) <= stems_held(text, terms)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("We turned the two offers down.", True),
        ("The offers were turned down in May.", True),
        ("We answer the offers in turn below.", False),
    ],
)
def test_a_verb_parted_from_its_particle_is_held_with_it(text: str, held: bool) -> None:
    terms = find_terms("When did the trustees turn the offers down?")
    assert terms.parted == ("turn", "down")
    assert ("turn" in stems_held(text, terms)) is held
    assert "offer" in stems_held(text, terms)


def test_a_verb_without_a_particle_is_held_as_a_noun_is() -> None:
    terms = find_terms("Whose turn did the trustees skip?")
    assert terms.parted == ()
    assert "turn" in stems_held("We answer the offers in turn below.", terms)
