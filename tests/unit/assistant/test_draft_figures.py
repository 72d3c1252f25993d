"""Figures as drafts and letters write them."""

import pytest

from assistant.draft_figures import claimed_figures, find_figures, letter_dates


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
        ("In 2018/19 it was.", "2018/19", "years"),
        ("In 2018-19 it was.", "2018/19", "years"),
        ("In 2018–2019 it was.", "2018/19", "years"),
        ("In March 2020 it began.", "2020-03", "month"),
        ("Two thirds of them agreed.", "2/3", "percent"),
        ("A third of them agreed.", "1/3", "percent"),
        ("Half of the cells are empty.", "50", "percent"),
        ("One in five was offered a bed.", "20", "percent"),
        ("Nine out of ten agreed.", "90", "percent"),
    ],
)
def test_a_figure_is_read_however_it_is_written(text: str, value: str, unit: str) -> None:
    assert found(text) == [(value, unit)]


@pytest.mark.parametrize(
    "text",
    ["See page 12, section 55, paragraphs 3 and 4, Table 2 and recommendation 3.", "COVID-19, 24/7, A1 and S136.",
     "1. The first of them.", "One of them agreed.", "A third report came half an hour late.",
     "Note [12] says so.", "The first half of it went by, and the other half of it.", "It was cut in half."],
)  # fmt: skip
def test_numbers_that_count_nothing_are_no_figures(text: str) -> None:
    assert found(text) == []


def test_a_date_is_a_letters_where_the_words_before_it_say_so() -> None:
    dated = [
        (figure.value, whose)
        for text in (
            "In her letter of 3 May 2021 she agrees.",
            "Hill's reply to the minister dated 4 June 2020 agrees.",
            "Answering the board's letter of 4 June 2020, Hill agrees.",
            "Hill agreed on 4 June 2020.",
        )
        for figure, whose in letter_dates(text)
    ]
    assert dated == [("2021-05-03", "her"), ("2020-06-04", "Hill's")]


def test_a_citations_date_and_the_date_that_names_a_letter_are_not_claimed() -> None:
    assert claimed_figures("We agree (Hill, 3 May 2021), said his letter of 4 June 2020.") == []
    (figure,) = claimed_figures("We agree (all 12 of us).")
    assert figure.value == "12"
