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
