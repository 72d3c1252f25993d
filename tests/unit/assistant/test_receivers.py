"""Those to whom letters go: what they say stands in no letter, and who held their office the cards know."""

import pytest

from assistant.cards import answer_from_cards
from tests.corpora import made
from tests.turns import understood
from vectorstore.letter import Letter
from vectorstore.make import make_letter
from vectorstore.scope import letters_in


def _to_minister(name: str, date: str, source: str, author: str = "Ann Example") -> Letter:
    text = (
        f"{name}\nMinister for Harbours\n1 Quay Street\n\n{date}\n\nDear Minister for Harbours\n\n"
        f"We have dredged the quay.\n\nYours sincerely\n\n{author}\nHarbour Master\nNorthmere\n"
    )
    return make_letter(text.encode(), source)


LETTERS = [
    _to_minister("Ms Odile Farrow MP", "3 May 2019", "one.txt"),
    _to_minister("Mr Piers Quillon MP", "4 June 2021", "two.txt", author="Bruno Leck"),
]


def told(asked: str, letters: list[Letter] = LETTERS) -> tuple[str, list[str]]:
    question = understood(asked, letters=letters)
    assert question.kind == "about_letters"
    opening, lines = answer_from_cards(question, letters_in(letters, question.scope))
    return opening, [line.text for line in lines]


@pytest.mark.parametrize(
    "asked",
    [
        "What does Odile Farrow say?",
        "What did Odile Farrow say about the quay?",
        "How did Ms Odile Farrow reply to Northmere?",
        "According to Odile Farrow, is the quay dredged?",
        "What is Odile Farrow's view of the quay?",
        "Which letters are from Odile Farrow?",
        "Which letters from Odile Farrow mention the quay?",
    ],
)
def test_what_an_addressee_says_stands_in_no_letter_and_those_to_them_are_named(asked: str) -> None:
    opening, lines = told(asked)
    assert lines == []
    assert opening == (
        "no letter is by Odile Farrow; 1 letter is addressed to that name, by Ann Example, Harbour Master, Northmere"
        " on 3 May 2019"
    )


@pytest.mark.parametrize(
    "asked",
    [
        "What did Ann Example tell Odile Farrow?",
        "What was Odile Farrow told about the quay?",
        "Has Odile Farrow paid for the quay?",
        "What does Ann Example say?",
    ],
)
def test_what_others_tell_an_addressee_is_asked_of_the_letters(asked: str) -> None:
    assert not understood(asked, letters=LETTERS).no_writer


def test_an_addressee_who_writes_letters_too_has_words_of_their_own() -> None:
    both = [
        *LETTERS,
        made("We have seen the quay.", author="Odile Farrow", area="Westmere", source="own.txt"),
    ]
    question = understood("What does Odile Farrow say?", letters=both)
    assert not question.no_writer
    assert [letter.source for letter in letters_in(both, question.scope)] == ["own.txt"]


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("Who was Minister for Harbours in 2019?", ["Odile Farrow"]),
        ("Who was the Minister for Harbours in 2021?", ["Piers Quillon"]),
        ("Who is the Minister for Harbours?", ["Odile Farrow", "Piers Quillon"]),
        ("To which Minister for Harbours did Leck write?", ["Piers Quillon"]),
        ("Which Minister for Harbours was written to in 2019?", ["Odile Farrow"]),
    ],
)
def test_who_held_the_office_that_letters_address_is_on_their_cards(asked: str, named: list[str]) -> None:
    _, lines = told(asked)
    assert len(lines) == len(named)
    for line, name in zip(lines, named, strict=True):
        assert name in line
        assert "addressed as Minister for Harbours by" in line


def test_of_a_year_without_a_letter_nobody_is_named() -> None:
    question = understood("Who was Minister for Harbours in 2015?", letters=LETTERS)
    assert question.unmet
    assert not question.received_as or "2015" in question.unmet
