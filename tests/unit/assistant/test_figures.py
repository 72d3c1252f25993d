"""Figures as values: written one way or another they are the same, and what is not the same is told apart."""

import pytest

from assistant.figures import Figure, carries, claims, named_days, shows


def carried(said: str, shown: str) -> bool:
    figures = shows(shown)
    return all(carries(figures, figure) for figure in claims(said))


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("1,300 calls", "1300 calls"),
        ("8 calls", "eight calls"),
        ("eight calls", "8 calls"),
        ("1 call", "one call"),
        ("one of the calls", "a call of the many"),
        ("the first of them", "what began it"),
        ("25", "twenty-five"),
        ("two hundred and five", "205"),
        ("three hundred thousand", "300,000"),
        ("a hundred officers", "100 officers"),
        ("a dozen officers", "12 officers"),
        ("£3.1 million", "£3.1m"),
        ("£3.10m", "3.1 million pounds"),
        ("£3,100,000", "£3.1 million"),
        ("£2bn", "£2 billion"),
        ("three million pounds", "£3m"),
        ("12%", "12 per cent"),
        ("12 percent", "12%"),
        ("twelve per cent", "12%"),
        ("half of them", "50 per cent of them"),
        ("50% of them", "half of them"),
        ("a fall of 5 percentage points", "down 5 percentage points"),
        ("from 5% to 10%", "5 to 10 per cent"),
        ("5 to 10 per cent", "from 5% to 10%"),
        ("between £3 million and £4 million", "£3-4 million"),
        ("fell by 5%", "a change of -5%"),
        ("9 October 2020", "09/10/2020"),
        ("09/10/2020", "9th October 2020"),
        ("October 9, 2020", "9 October 2020"),
        ("2020-10-09", "9 October 2020"),
        ("in October 2020", "on 09/10/2020"),
        ("on 9 October", "on 9 October 2020"),
        ("on the 9th of October", "on 9 October 2020"),
        ("in 2020", "on 9 October 2020"),
        ("Oct 2020", "October 2020"),
        ("2019/20", "2019-20"),
        ("2019 to 2020", "2019/20"),
        ("2019-2020", "2019–20".replace("–", "-")),
        ("the 3rd report", "the third report"),
        ("the second recommendation", "recommendation 2"),
        ("5.10pm", "17:10"),
        ("5 p.m.", "17:00"),
        ("two and three", "3 and 2"),
    ],
)
def test_the_same_written_otherwise_is_carried(said: str, shown: str) -> None:
    assert carried(said, shown)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("1,400 calls", "1,300 calls"),
        ("1 call", "a call"),
        ("nine calls", "eight calls"),
        ("£3.1 billion", "£3.1 million"),
        ("£3.1m", "£3.1"),
        ("£3.1", "£3.1 million"),
        ("$3 million", "£3 million"),
        ("£31 million", "£3.1 million"),
        ("12%", "12 officers"),
        ("12 officers", "12 per cent of officers"),
        ("12 per cent", "12 percentage points"),
        ("-5%", "5%"),
        ("half of them", "40 per cent of them"),
        ("10 October 2020", "9 October 2020"),
        ("9 October 2021", "09/10/2020"),
        ("10/09/2020", "9 October 2020"),
        ("on 10 September", "on 09/10/2020"),
        ("in October 2021", "on 9 October 2020"),
        ("in 2021", "on 9 October 2020"),
        ("in 2020", "in 2019/20"),
        ("2020/21", "2019/20"),
        ("the third report", "the second report"),
        ("the 3rd report", "the 2nd report"),
        ("5.10am", "17:10"),
        ("17:10", "17:15"),
        ("five", "two and three"),
        ("305", "three hundred"),
    ],
)
def test_what_is_not_the_same_is_not_carried(said: str, shown: str) -> None:
    assert not carried(said, shown)


@pytest.mark.parametrize(
    "text", ["", "no figure", "First, we agree.", "One may say so.", "Second, we agree.", "dozens"]
)
def test_a_text_without_figures_claims_none(text: str) -> None:
    assert claims(text) == []


@pytest.mark.parametrize(
    "text", ["99/99/2020", "32 October 2020", "0/0", "1/2", ",,1,,", "1.", "£", "-", "31 February 2020"]
)
def test_what_is_no_date_carries_itself(text: str) -> None:
    assert carried(text, text)


def test_a_date_names_its_weekday_and_month() -> None:
    assert named_days(shows("09/10/2020")) == {"friday", "october", "oct"}
    assert named_days(shows("in September 2020")) == {"september", "sep", "sept"}
    assert named_days({Figure("12")}) == set()
