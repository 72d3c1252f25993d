"""Dates as letters write them."""

import pytest

from vectorstore.dates import find_date, find_dates, month_comes_first, read_date_line, written


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
        ("Dec 3,2018", "2018-12-03"),
        ("the 3rd day of May 2021".removeprefix("the "), "2021-05-03"),
        ("11-Jan-2022", "2022-01-11"),
        ("2021.03.04", "2021-03-04"),
        ("05-11-2020", "2020-11-05"),
        ("9/7/21", "2021-07-09"),
        ("31/12/99", "1999-12-31"),
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
        "section 1.2.13",
        "01-23-4567",
        "10.1.2020.3",
        "SAL/05/11/20/X",
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


@pytest.mark.parametrize(
    ("text", "month_first"),
    [
        ("", False),
        ("Signed 05/11/2020", False),
        ("Signed 05/11/2020, received 11/25/2020", True),
        ("Signed 05/11/2020, received 25/11/2020", False),
        ("Signed 05/11/2020, after the hearing of December 3, 2018", True),
        ("Signed 05/11/2020, after the hearing of 3 December 2018", False),
        ("4 Elm Street, Tolliver, OH 43999. Signed 05/11/2020", True),
        ("4 Elm Street, London SW1A 2AH. Signed 05/11/2020", False),
        # A date in figures tells more than how months are spelled, and that more than an address.
        ("December 3, 2018 and May 1, 2019, received 25/11/2020", False),
        ("Tolliver, OH 43999, on 3 December 2018", False),
        ("London SW1A 2AH, on December 3, 2018", True),
    ],
)
def test_whether_the_month_comes_first_is_told_by_the_letter(text: str, month_first: bool) -> None:
    assert month_comes_first(text) is month_first


def test_the_month_comes_first_where_the_letter_shows_it() -> None:
    assert find_date("10/05/2018", month_first=True) == (0, 10, "2018-10-05")
    assert find_date("25/05/2018", month_first=True) == (0, 10, "2018-05-25")


@pytest.mark.parametrize(
    ("line", "when", "iso"),
    [
        ("March 2021", "March 2021", "2021-03"),
        ("Date: Sept. 2019", "Sept. 2019", "2019-09"),
        ("Geneva, May 2020", "May 2020", "2020-05"),
        ("Dated: 2021", "2021", "2021"),
    ],
)
def test_a_line_may_date_a_letter_to_a_month_or_a_year(line: str, when: str, iso: str) -> None:
    found = read_date_line(line)
    assert found is not None
    assert (line[found.start : found.end], found.iso) == (when, iso)


@pytest.mark.parametrize(
    "line", ["2021", "Report of March 2021", "May 20", "from March 2021 to May 2022", ""]
)
def test_a_month_within_other_words_dates_no_letter(line: str) -> None:
    assert read_date_line(line) is None


@pytest.mark.parametrize(
    ("iso", "shown"),
    [("2020-10", "October 2020"), ("2020", "2020"), ("2020-10-09", "9 October 2020")],
)
def test_a_date_is_written_as_precisely_as_it_is_known(iso: str, shown: str) -> None:
    assert written(iso) == shown


@pytest.mark.parametrize("value", ["", "soon", "2020-13", "2020-10-32", "20201009"])
def test_what_is_no_date_is_written_as_it_is(value: str) -> None:
    assert written(value) == value
