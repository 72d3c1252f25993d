"""One author in two years, asked in the ways that people ask: never blended, each statement led by its date."""

import pytest

from assistant.answer import Answer
from assistant.chat import Assistant
from assistant.comparison import ONLY_NEAR
from assistant.sides import dated_heading

OLD, NEW = "water_regulator_2019.txt", "water_regulator_2021.txt"
DATED = {OLD: "12 July 2019, Fionnuala Desai", NEW: "30 June 2021, Fionnuala Desai"}
OF_BODY = {OLD: "12 July 2019, Brackwater plc", NEW: "30 June 2021, Brackwater plc"}


def cited(answer: Answer) -> list[str]:
    """The letters cited, in the answer's order, each once."""
    numbers = [number for statement in answer.statements for number in statement.citations]
    return list(dict.fromkeys(answer.citation(number).source for number in numbers))


def check_dates(answer: Answer, headings: dict[str, str]) -> None:
    assert answer.status == "answered"
    lines = [line for line in answer.text.splitlines() if "[" in line]
    for statement, line in zip((s for s in answer.statements if s.citations), lines, strict=True):
        (source,) = {answer.citation(number).source for number in statement.citations}
        assert statement.heading == headings[source]
        assert line.startswith(f"{headings[source]}: ")


@pytest.mark.parametrize(
    ("asked", "letters"),
    [
        ("What does Desai say about leakage?", {OLD, NEW}),
        ("What does Brackwater say about executive bonuses?", {OLD, NEW}),
        ("What did Brackwater say about leakage before 2020?", {OLD}),
        ("What has Desai said about leakage since 2020?", {NEW}),
        ("What does Brackwater's most recent letter say about leakage?", {NEW}),
        ("What does Desai's latest letter say of leakage, and what did her earlier one say?", {OLD, NEW}),
        (
            "What did Desai say about supply interruptions in her first letter and in her later one?",
            {OLD, NEW},
        ),
        ("Has Brackwater's position on bonuses moved on since 2019?", {OLD, NEW}),
        ("How has leakage at Brackwater changed since 2020?", {OLD, NEW}),
        ("Summarise Desai's letters", {OLD, NEW}),
        ("What are Desai's latest views on leakage?", {NEW}),
    ],
)
def test_dates_lead_each_statement(asked: str, letters: set[str], others: Assistant) -> None:
    answer = others.ask(asked)
    check_dates(answer, DATED if "Desai" in asked else OF_BODY)  # as the question calls them
    assert set(cited(answer)) == letters


def test_other_authors_facts_are_not_dated_unasked(others: Assistant) -> None:
    answer = others.ask("What does Halloran say about triage?")
    assert (answer.kind, {s.heading for s in answer.statements}) == ("fact", {""})


def test_what_one_letter_leaves_out_is_said_to_be_near_at_most(others: Assistant) -> None:
    answer = others.ask("What did Desai say about storm overflows in her first letter and in her later one?")
    of = {heading: [s for s in answer.statements if s.heading == heading] for heading in DATED.values()}
    assert all(s.citations and not s.text.startswith(ONLY_NEAR[:9]) for s in of[DATED[NEW]])
    (empty,) = of[DATED[OLD]]
    assert not empty.citations or empty.text.startswith(ONLY_NEAR[:9])
    assert empty.supported


def test_what_neither_letter_speaks_of_is_not_made_up_of_what_is_near(others: Assistant) -> None:
    answer = others.ask("What did Desai say about apprentices in her first letter and in her later one?")
    assert (answer.status, answer.statements) == ("not_found", ())


def test_letters_are_summed_up_oldest_first_each_under_its_date(others: Assistant) -> None:
    answer = others.ask("Summarise all letters")
    assert answer.text.startswith("All 12 letters, oldest first:\n")
    by_date = [letter for letter in others.letters() if letter.card.date]
    assert cited(answer) == [letter.source for letter in by_date]
    assert [s.heading for s in answer.statements] == [dated_heading(letter) for letter in by_date]
    both = others.ask("Summarise Desai's letters")
    assert both.text.startswith("Both letters, oldest first:\n")
    one = others.ask("Summarise Saltmere's letter")
    assert {s.heading for s in one.statements} == {""}
