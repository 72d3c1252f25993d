"""Dates as letters write them."""

import pytest

from vectorstore.dates import find_date, find_dates, written


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("9 October 2020", "2020-10-09"),
        ("2nd September 2020", "2020-09-02"),
        ("1st of May, 2020", "2020-05-01"),
        ("3 Sept. 2020", "2020-09-03"),
        ("28 JULY 2020", "2020-07-28"),
        ("March 3, 2021", "2021-03-03"),
        ("Dec 11th 2020", "2020-12-11"),
        ("2020-11-05", "2020-11-05"),
        ("05/11/2020", "2020-11-05"),
        ("5.11.2020", "2020-11-05"),
        ("9\xa0October\xa02020", "2020-10-09"),
    ],
)
def test_a_date_is_read_however_it_is_written(text: str, iso: str) -> None:
    assert find_date(text) == (0, len(text), iso)


def test_the_day_comes_first_unless_it_cannot() -> None:
    assert [found.iso for found in find_dates("04/05/2020, 11/25/2020")] == ["2020-05-04", "2020-11-25"]


@pytest.mark.parametrize(
    "text",
    [
        "31 February 2020",
        "0 May 2020",
        "2020-13-05",
        "99/99/2020",
        "in 2018/19",
        "9 October",
        "We may 2020 times",
    ],
)
def test_what_is_no_day_of_a_year_is_no_date(text: str) -> None:
    assert find_date(text) is None


def test_a_date_is_not_cut_out_of_a_longer_number() -> None:
    assert find_dates("19 October 20201 and 112/11/2020") == []


def test_dates_come_in_order_with_their_spans() -> None:
    text = "published on 9 July 2020, answered on 28 July 2020"
    assert [(text[found.start : found.end], found.iso) for found in find_dates(text)] == [
        ("9 July 2020", "2020-07-09"),
        ("28 July 2020", "2020-07-28"),
    ]


def test_a_date_is_written_as_a_british_letter_writes_it() -> None:
    assert written("2020-10-09") == "9 October 2020"
