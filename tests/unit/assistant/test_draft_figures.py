"""Figures as drafts and letters write them."""

import pytest

from assistant.draft_figures import claimed_figures, find_figures


def found(text: str) -> list[tuple[str, str]]:
    return [(figure.value, figure.unit) for figure in find_figures(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("It took 14 seconds.", "14", "second"),
        ("It took 14 mins.", "14", "minute"),
        ("We had 478,000 calls.", "478000", ""),
        ("We had eight calls.", "8", ""),
        ("We had twenty-five calls.", "25", ""),
        ("We had one hundred and five calls.", "105", ""),
        ("It rose by 94 per cent.", "94", "percent"),
        ("It rose by 3.5%.", "3.5", "percent"),
        ("It cost £1.3m.", "1300000", "money"),
        ("It cost £1.3 million.", "1300000", "money"),
        ("It cost 78,000 pounds.", "78000", "money"),
        ("On 9 July 2020 it began.", "2020-07-09", "date"),
        ("In 2019 it began.", "2019", "year"),
        ("It fell to -5 today.", "-5", ""),
    ],
)
def test_a_figure_is_read_however_it_is_written(text: str, value: str, unit: str) -> None:
    assert found(text) == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    ["See page 12, section 55, paragraphs 3 and 4, Table 2 and recommendation 3.", "COVID-19, 24/7, A1 and S136.",
     "1. The first of them.", "One of them agreed.", "Two thirds of them agreed.",
     "Note [12] says so.", "In 2018/19 it was."],
)  # fmt: skip
def test_numbers_that_count_nothing_are_no_figures(text: str) -> None:
    assert found(text) == []


def test_a_citations_date_and_the_date_that_names_a_letter_are_not_claimed() -> None:
    assert claimed_figures("We agree (Hill, 3 May 2021), said his letter of 4 June 2020.") == []
    (figure,) = claimed_figures("We agree (all 12 of us).")
    assert figure.value == "12"
