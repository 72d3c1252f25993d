"""When somebody wrote, as a question says it."""

import datetime

import pytest

from assistant.periods import day_after, day_before, find_periods


def bounds(asked: str, today: datetime.date | None = None) -> list[tuple[str | None, str | None]]:
    return [(period.first, period.last) for period in find_periods(asked, today=today)]


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("What was said in 2018?", "2018", "2018"),
        ("What was said in July 2018?", "2018-07", "2018-07"),
        ("What was said on 3 July 2018?", "2018-07-03", "2018-07-03"),
        ("What was said since July 2018?", "2018-07", None),
        ("What has been said since the July 2020 report?", "2020-07", None),
        ("What was said from 2018 onwards?", "2018", None),
        ("What do letters from 2018 say?", "2018", "2018"),
        ("What was said after 2018?", "2019", None),
        ("What was said after March 2021?", "2021-04", None),
        ("What was said after December 2021?", "2022-01", None),
        ("What was said after 28 February 2020?", "2020-02-29", None),
        ("What was said before 2019?", None, "2018"),
        ("What was said before January 2019?", None, "2018-12"),
        ("What was said before 1 March 2020?", None, "2020-02-29"),
        ("What was said until March 2021?", None, "2021-03"),
        ("What was said between March 2018 and 2020?", "2018-03", "2020"),
        ("What was said between August and October 2020?", "2020-08", "2020-10"),
        ("What was said from 3 May 2018 to June 2019?", "2018-05-03", "2019-06"),
    ],
)
def test_a_date_with_its_preposition_is_a_period(asked: str, first: str | None, last: str | None) -> None:
    assert bounds(asked) == [(first, last)]


def test_two_years_are_two_periods() -> None:
    assert bounds("What was said in 2018 and in 2020?") == [("2018", "2018"), ("2020", "2020")]


@pytest.mark.parametrize(
    "asked",
    [
        "What was leakage in 2018/19?",
        "What does the July 2020 report find?",
        "Who answers the 2017 efficiency inspection?",
        "What happened last year?",
        "How many of the kennels promised in 2019 did the shelter build?",
        "Have the grants awarded in March 2018 been paid?",
        "What became of the mural painted in 2016?",
        "",
    ],
)
def test_a_financial_year_or_a_report_s_date_is_not_when_somebody_wrote(asked: str) -> None:
    assert bounds(asked, datetime.date(2021, 5, 1)) == []


@pytest.mark.parametrize(
    "asked",
    [
        "How many kennels leaked in 2019?",
        "What has the shelter changed in 2019?",
        "What was said of the letters dated in 2019?",
        "What did the vet describe in 2019?",
    ],
)
def test_what_the_question_itself_asks_of_a_year_is_dated_by_it(asked: str) -> None:
    assert bounds(asked) == [("2019", "2019")]


def test_last_year_s_letter_counts_from_today() -> None:
    today = datetime.date(2021, 5, 1)
    assert bounds("What did last year's reply say?", today) == [("2020", "2020")]
    assert bounds("Which letters were written this year?", today) == [("2021", "2021")]
    assert bounds("What did last year's reply say?") == []


@pytest.mark.parametrize(
    ("date", "held"),
    [("2021-03", True), ("2021", True), ("2021-03-03", True), ("2021-03-04", False), ("2021-02", False)],
)
def test_a_date_of_less_precision_is_in_a_period_where_any_day_of_it_is(date: str, held: bool) -> None:
    (period,) = find_periods("What was said on 3 March 2021?")
    assert period.holds(date) is held


def test_days_months_and_years_follow_each_other() -> None:
    assert (day_after("2019-12-31"), day_before("2020-01-01")) == ("2020-01-01", "2019-12-31")
    assert (day_after("2019-12"), day_before("2020-01"), day_after("2019")) == ("2020-01", "2019-12", "2020")


def test_the_words_of_a_period_stand_where_it_says() -> None:
    asked = "What was said before 1 March 2020 about staff?"
    (period,) = find_periods(asked)
    assert asked[period.start : period.end] == "before 1 March 2020"
