"""A complete pass that asks for forces, areas or authors and not for letters names them, each once."""

import pytest

from assistant.answer import Ledger, LedgerRow, Says
from assistant.ledger import among, by_writer, opening_of
from tests.corpora import made
from tests.turns import understood

LETTERS = [
    made("We train.", author="Ann Quill", area="Northmere", date="3 May 2019", source="one.txt"),
    made("We mend.", author="Bo Leck", area="Southmere", date="4 May 2020", source="two.txt"),
    made("We dredge.", author="Ann Quill", area="Northmere", date="5 May 2021", source="three.txt"),
    made("We dredge.", author="Cy Moor", area="Westmere", date="6 May 2021", source="four.txt"),
]


def ledger(*said: Says) -> Ledger:
    return Ledger(
        tuple(
            LedgerRow(letter.id, letter.source, letter.source, says, (n,) if says == "yes" else ())
            for n, (letter, says) in enumerate(zip(LETTERS, said, strict=True), start=1)
        )
    )


def told(asked: str, *said: Says) -> list[tuple[str, tuple[int, ...]]]:
    question = understood(asked, letters=LETTERS)
    assert question.kind == "list"
    return [(s.text, s.citations) for s in by_writer(question, ledger(*said), LETTERS)]


def test_a_force_that_says_it_in_one_of_its_letters_does_not_keep_silent() -> None:
    assert told("Which forces do not mention training?", "no", "no", "yes", "yes") == [
        ("Southmere: two.txt", ())
    ]


def test_a_force_is_named_once_with_the_letters_that_say_it() -> None:
    assert told("Which forces mention training?", "yes", "no", "yes", "no") == [
        ("Northmere: one.txt; three.txt", (1, 3))
    ]


def test_of_a_force_with_a_letter_that_could_not_be_read_silence_is_not_said() -> None:
    assert told("Which areas do not mention training?", "no", "no", "unreadable", "yes") == [
        ("Southmere: two.txt", ())
    ]


@pytest.mark.parametrize(
    "asked",
    [
        "Who doesn't mention training?",
        "Which authors do not mention training?",
        "Which chief executives do not train?",
    ],
)
def test_authors_are_named_by_their_letters(asked: str) -> None:
    assert told(asked, "no", "yes", "no", "yes") == [("one.txt; three.txt", ())]


def test_the_opening_tells_of_how_many_they_are() -> None:
    question = understood("Which forces mention training?", letters=LETTERS)
    rows = ledger("yes", "no", "yes", "no")
    opening = opening_of(question, rows, 1, among=among(question, LETTERS))
    assert opening == "Of 4 letters read, from 3 forces, 1 speaks of “training”:"


@pytest.mark.parametrize("asked", ["Which letters mention training?", "Who mentions training?"])
def test_letters_are_asked_for_one_by_one(asked: str) -> None:
    question = understood(asked, letters=LETTERS)
    assert question.asked_for == among(question, LETTERS) == ""
