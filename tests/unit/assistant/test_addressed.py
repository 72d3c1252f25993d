"""To whom letters go, by the offices and bodies of their address blocks, and what those number them."""

import pytest

from assistant.addressed import addressed_to, their_references
from assistant.cards import answer_from_cards
from tests.turns import understood
from tests.unit.assistant.correspondents import HARBOUR_2020, HARBOUR_2023, HOSPICE, LETTERS, SOCIETY
from vectorstore.letter import Letter
from vectorstore.scope import letters_in


def answered(asked: str) -> tuple[str, list[str]]:
    question = understood(asked, letters=LETTERS)
    assert question.kind == "about_letters", question
    if question.unmet:
        return question.unmet, []
    opening, lines = answer_from_cards(question, letters_in(LETTERS, question.scope))
    return opening, [line.text for line in lines]


@pytest.mark.parametrize(
    ("asked", "letters"),
    [
        ("Which letters were addressed to a coroner?", [HOSPICE]),
        ("When did the harbour company write to Seawatch?", [HARBOUR_2020]),
        ("How many letters were sent to the Heritage Council?", [SOCIETY]),
        ("Which letters went to OSES?", [HARBOUR_2023]),
        ("Who at Seawatch did Port Selwyn write to?", [HARBOUR_2020]),
        ("Which letters were written to the head of safety in 2020?", [HARBOUR_2020]),
        ("Which letters were addressed to a bishop?", []),
        ("Which letters were sent to Lowford Borough?", []),
    ],
)
def test_a_letter_goes_to_its_addressees_office_and_body(asked: str, letters: list[Letter]) -> None:
    found = addressed_to(asked, LETTERS)
    assert found is not None
    assert list(found.letters) == letters


@pytest.mark.parametrize(
    "asked",
    ["Who replied first to the report?", "What was sent to it?", "When did the hospice write to them?"],
)
def test_what_is_no_name_is_nobody_addressed(asked: str) -> None:
    assert addressed_to(asked, LETTERS) is None


def test_the_card_tells_who_was_written_to_with_their_office_and_body() -> None:
    assert answered("To whom did the hospice write?")[1] == [
        "Beatrix Nolan, Chief Executive, ROWAN VALLEY HOSPICE wrote to Dr Lionel Ash, Area Coroner, Coroner's Office "
        "on 5 December 2022."
    ]
    assert answered("When did Port Selwyn write to Seawatch?")[1] == [
        "Anton Reiss, Managing Director, Port Selwyn Harbour Company wrote on 9 November 2020."
    ]
    assert answered("When did the hospice write to Seawatch?") == (
        "no letter in scope is addressed to Seawatch",
        [],
    )


def test_those_not_written_to_are_told_apart() -> None:
    _, lines = answered("Which letters are not addressed to Seawatch?")
    assert len(lines) == len(LETTERS) - 1
    assert not any("Finch" in line for line in lines)


@pytest.mark.parametrize(
    ("asked", "author"),
    [
        ("Who wrote the first letter to a coroner?", "Beatrix Nolan"),
        ("Who replied first to the Heritage Council?", "Petra Lund"),
        ("Which letter was sent last to Seawatch?", "Anton Reiss"),
    ],
)
def test_the_first_of_the_letters_to_somebody_need_not_be_the_first_of_all(asked: str, author: str) -> None:
    (line,) = answered(asked)[1]
    assert line.startswith(author)


@pytest.mark.parametrize(
    ("asked", "references"),
    [
        ("What is the coroner's reference?", ["4471/22"]),
        ("What is Seawatch's ref?", ["SW/5512"]),
        ("What is your ref in the letters?", ["SW/5512", "4471/22"]),
        ("What is the reference of the Heritage Council?", []),
        ("What is the hospice's reference?", None),
        ("What is the reference of the harbour company?", None),
    ],
)
def test_the_other_sides_reference_is_told_from_the_letters_own(
    asked: str, references: list[str] | None
) -> None:
    found = their_references(asked, LETTERS)
    assert (None if found is None else [field.value for _, field in found]) == references
    for letter, field in found or ():
        assert letter.text[field.start : field.end] == field.value


def test_each_who_gets_a_copy_is_parted_from_the_next() -> None:
    (line,) = answered("Who got copies of the harbour's letter of 2020?")[1]
    assert line.endswith("copied to Port Selwyn Pilots; Crown Moorings Board.")
    (line,) = answered("Who was copied in to the harbour company's letter of 2020?")[1]
    assert "Finch" not in line
