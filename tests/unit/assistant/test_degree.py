"""More or fewer of a thing is not the thing."""

from pathlib import Path

import pytest

from assistant.degree import degree_of
from tests.turns import understood
from tests.unit.assistant.test_coverage import said_by


@pytest.mark.parametrize(
    ("question", "degree"),
    [
        ("Which letters ask for more beds?", ("more", "bed")),
        ("Which letters mention fewer night trains?", ("fewer", "train")),
        ("Which letters have more than ten beds?", ("", "")),
        ("Which letters mention no more beds?", ("", "")),
        ("Which letters mention beds?", ("", "")),
    ],
)
def test_what_more_is_asked_of(question: str, degree: tuple[str, str]) -> None:
    assert degree_of(question) == degree


def test_more_of_it_is_not_said_by_who_has_it(tmp_path: Path) -> None:
    said = (
        "The ward has 20 beds.",
        "We need ten additional beds.",
        "The number of beds rose to 40.",
        "Further talks on the roof are due; the beds are old.",
    )
    assert said_by("Which letters mention more beds?", tmp_path / "a", *said) == [False, True, True, False]
    assert said_by("Which letters mention beds?", tmp_path / "b", *said) == [True] * 4


def test_fewer_of_it_is_not_more_of_it(tmp_path: Path) -> None:
    said = ("Beds were cut by a third.", "There are extra beds.")
    assert said_by("Which letters mention fewer beds?", tmp_path, *said) == [True, False]


def test_a_common_word_tells_where_no_other_does(tmp_path: Path) -> None:
    said = ("We should like more time.", "We should like more coal, and time will show.", "We want peace.")
    assert said_by("Who wants more time?", tmp_path, *said) == [True, False, False]


def test_the_words_that_are_told_have_the_degree() -> None:
    assert [phrase.text for phrase in understood("Which letters mention more beds?").terms.phrases] == [
        "more beds"
    ]


def test_the_words_that_are_told_end_with_the_noun_however_common() -> None:
    asked = "Which letters mention tide power and lists used on board?"
    assert next(phrase.text for phrase in understood(asked).terms.phrases) == "tide power"


def test_of_several_things_a_noun_beside_another_tells_nothing(tmp_path: Path) -> None:
    said = ("It reduces bed making time.", "We recruited ten nurses for 20 beds.", "There are fewer beds.")
    assert said_by("Which letters mention fewer beds?", tmp_path, *said) == [False, False, True]
