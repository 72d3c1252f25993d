"""Questions about the letters themselves, answered from their cards."""

import dataclasses

import pytest

from assistant.cards import CardLine, answer_from_cards
from assistant.cite import Numbering
from assistant.ledger import statements_of_cards
from tests.corpora import made, named, of_other_kinds
from tests.turns import understood
from vectorstore.letter import LetterCard
from vectorstore.make import make_letter
from vectorstore.scope import letters_in


def answered(asked: str) -> tuple[str, list[CardLine]]:
    question = understood(asked)
    assert question.kind == "about_letters"
    by_date = sorted(of_other_kinds(), key=lambda letter: letter.card.value("date") or "9999")
    return answer_from_cards(question, letters_in(by_date, question.scope))


@pytest.mark.parametrize(
    ("asked", "values"),
    [
        ("Who wrote the letter about Marl Sands?", ["Fionnuala Desai", "30 June 2021"]),
        ("To whom did Larkrise Learning Trust write?", ["Ms Verity Lonsdale"]),
        ("When did Tobias Marchbanks write?", ["2 May 2019"]),
        ("What is the reference of the letter from Larkrise Learning Trust?", ["LLT/CI/22/9"]),
        (
            "Who received a copy of the letter about Marl Sands?",
            ["Environment Protection Office", "Cllr Maud Trelissick"],
        ),
        ("What post does Priyanka Voss hold?", ["Data Protection Officer"]),
        (
            "What is the subject of the letter from Ferrowdale?",
            ["Complaint about the assessment of housing need"],
        ),
        ("Which report does the letter from Saltmere answer?", ["Maternity Services at Saltmere Infirmary"]),
        ("Which letter is the oldest?", ["Tobias Marchbanks", "2 May 2019"]),
        ("Which letter is the most recent?", ["Eluned Gwyther-Pryce", "14 February 2023"]),
    ],
)
def test_the_card_answers(asked: str, values: list[str]) -> None:
    _, lines = answered(asked)
    assert len(lines) == 1
    assert all(value in " ".join(lines[0].text.split()) for value in values), lines[0].text


def test_letters_are_counted() -> None:
    opening, lines = answered("How many letters did Fionnuala Desai write?")
    assert opening == "There are 2 letters."
    assert [line.letter.source for line in lines] == ["water_regulator_2019.txt", "water_regulator_2021.txt"]
    assert answered("How many letters are there?")[0] == f"There are {len(of_other_kinds())} letters."


def test_a_line_rests_on_fields_that_the_card_has() -> None:
    for asked in (
        "Who wrote the letters?",
        "What are the references of the letters?",
        "To whom were the letters sent?",
    ):
        for line in answered(asked)[1]:
            assert line.fields
            assert all(line.letter.card.value(name) for name in line.fields)


def test_what_no_card_says_is_said_to_be_missing() -> None:
    opening, lines = answered("What is the reference of the letter from the University of Wharram?")
    assert lines == []
    assert opening == "The letter gives no reference."


def test_a_letter_without_a_card_is_called_by_its_file() -> None:
    bare = dataclasses.replace(made("We reply to you."), card=LetterCard())
    _, lines = answer_from_cards(understood("How many letters are there?", letters=(bare,)), [bare])
    assert [line.text for line in lines] == ["made.txt wrote."]


def test_an_author_read_off_a_converter_remark_is_not_cited_from_it() -> None:
    text = (
        "Dear Minister\n\nWe reply to your letter of May, and we agree with it.\n\nYours sincerely\n\n"
        'A handwritten signature in black ink that reads "Rosa Teague".\n'
    )
    letter = make_letter(text.encode(), "signed.txt")
    assert letter.card.value("author") == "Rosa Teague"
    statements, citations = statements_of_cards(
        [CardLine(letter, "Rosa Teague wrote.", ("author",))], Numbering()
    )
    assert [statement.text for statement in statements] == ["Rosa Teague wrote."]
    assert citations == []


def test_no_letters_have_no_lines() -> None:
    assert answer_from_cards(understood("How many letters are there?"), []) == ("There are 0 letters.", [])


def test_the_area_is_not_said_twice() -> None:
    letter = made("We reply.", office="Commissioner for Yarrowshire", area="Yarrowshire")
    question = understood("Who wrote the letter?", letters=(letter,))
    _, (line,) = answer_from_cards(question, [letter])
    assert line.text.count("Yarrowshire") == 1


def test_letters_not_copied_to_somebody_are_the_others() -> None:
    _, lines = answered("Which letters were not copied to Ofsted?")
    assert {line.letter.id for line in lines} == {x.id for x in of_other_kinds()} - {named("school").id}


def test_a_copy_to_somebody_is_found_by_name() -> None:
    _, lines = answered("Which letters were copied to Ofsted?")
    assert [line.letter.id for line in lines] == [named("school").id]


@pytest.mark.parametrize(
    ("asked", "sources"),
    [
        ("What is BW/FD/19-118 about?", ["water_regulator_2019"]),
        ("What was the letter from Larkrise about?", ["school_trust"]),
        ("Which letters answer the report on maternity services?", ["nhs_trust_cqc"]),
        ("Which letters were copied to the Environment Protection Office?", ["water_regulator_2021"]),
        ("What letters do you have from the hospice?", ["charity_data_regulator"]),
        ("What is Priyanka Voss's job?", ["charity_data_regulator"]),
        ("Which letters are about BW/FD/19-118?", ["water_regulator_2019"]),
        ("Did Desai write to Castellane?", ["water_regulator_2019", "water_regulator_2021"]),
    ],
)
def test_more_ways_to_ask_about_letters(asked: str, sources: list[str]) -> None:
    assert sorted(line.letter.source.removesuffix(".txt") for line in answered(asked)[1]) == sources


@pytest.mark.parametrize(
    ("asked", "of_cards"),
    [
        ("When were the samples sent?", False),
        ("When did the regulator receive the responses?", False),
        ("When was the response plan written?", False),
        ("Which letters about BW/FD/19-118 mention leakage?", False),
        ("When was the letter from Brackwater sent?", True),
        ("When was Desai's letter dated?", True),
        ("When was it written?", True),
        ("When did Brackwater write?", True),
        ("Who was the first to write?", True),
        ("Which company was the first to fit event monitors?", False),
    ],
)
def test_only_what_is_asked_of_a_letter_is_answered_from_its_card(asked: str, of_cards: bool) -> None:
    assert (understood(asked).kind == "about_letters") is of_cards


def test_a_long_number_alone_means_the_reference_that_has_it() -> None:
    (one, other) = letters = (
        made("Our ref: NDA 761066\n\nWe reply."),
        made("Our ref: NDA 211039\n\nWe answer.", source="b.txt"),
    )
    assert one.card.value("reference") == "NDA 761066"
    found = understood("What should 761066 include?", letters=letters)
    assert letters_in(letters, found.scope) == [one]
    assert other not in letters_in(letters, found.scope)


def test_all_letters_are_listed() -> None:
    assert len(answered("List all the letters")[1]) == len(of_other_kinds())


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Which letters were sent to Boris Johnson?", "no letter in scope is addressed to Boris Johnson"),
        ("Which letters were copied to the Treasury?", "no letter in scope is copied to Treasury"),
        ("When did Sussex write?", "no letter in scope is from Sussex"),
        ("when did sussex write", "no letter in scope is from sussex"),
        ("When did Brackwater write?", ""),
        ("Which letters were sent to Hywel Castellane?", ""),
        ("Which letters were written in March 2021?", ""),
        ("when did they write?", ""),
    ],
)
def test_a_name_that_no_card_bears_is_told(asked: str, said: str) -> None:
    assert understood(asked).unmet == said


def test_a_letter_dated_by_its_month_was_written_in_it() -> None:
    letter = made("We reply.", date="March 2021")
    _, (line,) = answer_from_cards(understood("When did Northmere write?", letters=(letter,)), [letter])
    assert "in March 2021" in line.text


def test_letters_that_lack_a_field_are_those_whose_cards_lack_it() -> None:
    lacking = {letter.source for letter in of_other_kinds() if not letter.card.value("reference")}
    assert 0 < len(lacking) < len(of_other_kinds())
    for asked in ("Which letters have no reference?", "Which letters do not give a reference?"):
        opening, lines = answered(asked)
        assert {line.letter.source for line in lines} == lacking
        assert "no reference" in opening


@pytest.mark.parametrize(
    "asked", ["Who are the authors?", "How many authors are there?", "List the writers."]
)
def test_a_writer_of_two_letters_is_one_author(asked: str) -> None:
    opening, lines = answered(asked)
    authors = {letter.card.value("author") or letter.source for letter in of_other_kinds()}
    assert opening == f"{len(authors)} authors wrote {len(of_other_kinds())} letters:"
    assert len(lines) == len(authors)
    (twice,) = [line.text for line in lines if "Fionnuala Desai" in line.text]
    assert "2 letters" in twice


@pytest.mark.parametrize("asked", ["List the chief executives.", "How many chief executives wrote?"])
def test_writers_are_counted_by_their_office(asked: str) -> None:
    _, lines = answered(asked)
    holding = {
        letter.card.value("author")
        for letter in of_other_kinds()
        if "chief executive" in (letter.card.value("office") or "").lower()
    }
    assert holding
    assert {line.letter.card.value("author") for line in lines} == holding


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Did Tobias Marchbanks write before Priyanka Voss?", True),
        ("Did Priyanka Voss write before Tobias Marchbanks?", False),
        ("Did Priyanka Voss reply later than Tobias Marchbanks?", True),
    ],
)
def test_who_wrote_first_is_told_by_the_dates(asked: str, told: bool) -> None:
    opening, lines = answered(asked)
    assert opening.startswith("Yes" if told else "No")
    assert {line.letter.card.value("author") for line in lines} == {"Tobias Marchbanks", "Priyanka Voss"}


@pytest.mark.parametrize(
    "asked", ["Who is Priyanka Voss?", "Which organisation does Priyanka Voss write for?"]
)
def test_an_author_is_told_by_office_and_body(asked: str) -> None:
    _, lines = answered(asked)
    assert [line.letter.card.value("author") for line in lines] == ["Priyanka Voss"]
    assert "Data Protection Officer" in lines[0].text


@pytest.mark.parametrize(
    "asked", ["How many officers are there?", "List the recommendations.", "Name the schools."]
)
def test_what_letters_speak_of_is_no_writer(asked: str) -> None:
    assert understood(asked).kind != "about_letters"
