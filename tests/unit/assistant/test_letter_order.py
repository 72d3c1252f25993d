"""Letters meant by their place among their author's letters."""

import pytest

from assistant.letter_order import bounds_of, dates_of_two, names_two

DATES = ["2015-03-01", "2018-01-12", "2019-06-30", "2020-10-09"]


@pytest.mark.parametrize(
    ("asked", "bounds"),
    [
        ("What does her latest letter say?", ("2020-10-09", None)),
        ("What is the most recent position on leakage?", ("2020-10-09", None)),
        ("What are her latest views on leakage?", ("2020-10-09", None)),
        ("What did the first reply say?", (None, "2015-03-01")),
        ("What did the earlier one say?", (None, "2019-06-30")),
        ("What did her second letter say?", ("2018-01-12", None)),
        ("What do the latest figures show?", None),
        ("What did she promise first?", None),
        ("What has been painted since her first letter?", (None, None)),
        ("What was said after the earliest reply?", (None, None)),
    ],
)
def test_one_letter_is_meant_by_its_place(asked: str, bounds: tuple[str | None, str | None] | None) -> None:
    assert not names_two(asked)
    assert bounds_of(asked, DATES) == bounds


@pytest.mark.parametrize(
    ("asked", "dates"),
    [
        ("What does her most recent letter say on pay, and what did her earlier letter say?", [2, 3]),
        ("What does her latest letter say on pay, and what did the earlier ones say?", [0, 1, 2, 3]),
        ("Pay in his first letter and in his later one", [0, 3]),
        ("How do her first and last letters differ on pay?", [0, 3]),
        ("How does the first letter differ from the second?", [0, 1]),
        ("What did the previous letter say of damp, and what does the latest?", [2, 3]),
        ("What did the first letter promise, and what did the later letters report?", [0, 1, 2, 3]),
    ],
)
def test_two_letters_are_meant_by_their_places(asked: str, dates: list[int]) -> None:
    assert names_two(asked)
    assert dates_of_two(asked, DATES) == {DATES[at] for at in dates}


@pytest.mark.parametrize(
    "asked",
    [
        "What does the latest letter say about the first phase of the works?",
        "What does her first letter say about later repairs?",
        "What did she first promise and then withdraw?",
        "Who asked for the second inspection in the last letter?",
    ],
)
def test_what_else_is_first_or_later_is_no_second_letter(asked: str) -> None:
    assert not names_two(asked)
