"""Whose letter "the Authority", "the Trust" means: the writer's whose body's name ends so."""

import pytest

from assistant.lexicon import find_names
from assistant.question import understand
from tests.corpora import made

LETTERS = (
    made("We mow the verge.", area="Hollow Lane Parks Authority", author="Ida Moss", source="a.txt"),
    made("We sweep the square.", area="Cresswell Market Trust", author="Ned Fell", source="b.txt"),
    made("We light the square.", area="Eastwater Canal Trust", author="Una Dray", source="c.txt"),
    made("We teach the trade.", area="University of Tarn", author="Olav Birk", source="d.txt"),
)
NAMES = find_names(LETTERS)


def areas(asked: str) -> set[str]:
    scope = understand(asked, names=NAMES, letters=LETTERS).scope
    return set(scope.area)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("What did the Authority say about the verge?", {"Hollow Lane Parks Authority"}),
        ("Does the Authority mow the verge?", {"Hollow Lane Parks Authority"}),
        ("Who mows the verge, according to the Authority?", {"Hollow Lane Parks Authority"}),
        ("What is the University's position on the trade?", {"University of Tarn"}),
        ("What does the Trust say about the square?", {"Cresswell Market Trust", "Eastwater Canal Trust"}),
    ],
)
def test_a_noun_that_ends_a_writer_s_name_means_their_letters(asked: str, meant: set[str]) -> None:
    assert areas(asked) == meant


@pytest.mark.parametrize(
    "asked",
    [
        "What did the authority of the inspectors say?",  # no name
        "What did the Board say about the verge?",  # nobody's
        "Who pays the Authority for the verge?",  # it says and does nothing
        "What is the verge?",
    ],
)
def test_no_other_noun_means_a_letter(asked: str) -> None:
    assert areas(asked) == set()


def test_beside_a_writer_s_name_it_means_no_other_letter() -> None:
    assert areas("What did the Authority say of Eastwater?") == {"Eastwater Canal Trust"}
