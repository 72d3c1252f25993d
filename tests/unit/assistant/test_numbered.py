"""How many items a letter numbers, counted."""

import pytest

from assistant.numbered import count_numbered
from tests.corpora import made

HOSPITAL = made(
    "We answer each requirement in turn.",
    "Requirement notice 1 - The trust must record the temperature of each fridge. We do so now.",
    "A log is kept on every ward.",
    "Requirement notice 2 - The trust must train its porters. They are trained.",
    "Requirement notice 3 - The trust must mend the lift. It was mended in 2020.",
    author="Odile Farrow",
)
GAPS = made(
    "Recommendation 2: Pumps should be tested. They are.",
    "Recommendation 5: Tanks should be cleaned. They are.",
    source="gaps.txt",
)


@pytest.mark.parametrize(
    "asked",
    [
        "How many requirement notices does the letter list?",
        "How many requirement notices are there?",
        "how many notices did the inspectors issue",
    ],
)
def test_items_numbered_from_one_on_are_counted_and_each_is_quoted(asked: str) -> None:
    (statement,) = count_numbered(asked, [HOSPITAL])
    assert statement.text.startswith("The letter by Odile Farrow numbers 3 ")
    quotes = [quote for _, quote in statement.quotes]
    assert [quote[:20] for quote in quotes] == [f"Requirement notice {n}" for n in (1, 2, 3)]
    assert all(quote in HOSPITAL.text for quote in quotes)


@pytest.mark.parametrize(
    "asked",
    [
        "How many porters are there?",
        "How many recommendations are there?",
        "Which requirement notices are there?",
        "How many fridges does the trust have?",
    ],
)
def test_what_is_not_numbered_is_not_counted(asked: str) -> None:
    assert count_numbered(asked, [HOSPITAL]) == []


def test_items_with_gaps_are_not_all_of_them_and_are_not_counted() -> None:
    assert count_numbered("How many recommendations are there?", [GAPS]) == []


def test_each_letter_that_numbers_them_is_told_of() -> None:
    other = made(
        "Requirement notice 1: Mend the roof. It is mended.",
        "Requirement notice 2: Paint it. It is.",
        source="o.txt",
    )
    found = count_numbered("How many requirement notices are there?", [HOSPITAL, other, GAPS])
    assert [statement.quotes[0][0] for statement in found] == [HOSPITAL.id, other.id]
