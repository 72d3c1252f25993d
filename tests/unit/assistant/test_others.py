"""Letters asked for by what their cards do not say, beside a matter."""

import pytest

from tests.corpora import made, of_other_kinds
from tests.turns import understood
from vectorstore.letter import Scope
from vectorstore.scope import letters_in

WATER = {"water_regulator_2019", "water_regulator_2021"}


def left_out(asked: str, given: Scope | None = None) -> set[str]:
    """The letters that a question does not look in."""
    inside = letters_in(of_other_kinds(), understood(asked, given=given).scope)
    return {x.source.removesuffix(".txt") for x in of_other_kinds() if x not in inside}


@pytest.mark.parametrize(
    ("asked", "without"),
    [
        ("Which letters not from Brackwater mention staff?", WATER),
        ("Which letters that are not from Brackwater mention staff?", WATER),
        ("Which letters mention staff but are not from Brackwater?", WATER),
        ("Which letters not written by Desai or Ferrowdale mention staff?", {*WATER, "council_ombudsman"}),
        ("Which letters that weren't sent to Ms Verity Lonsdale mention staff?", {"school_trust"}),
        (
            "Which letters not from Ferrowdale and not from 2021 mention staff?",
            {"council_ombudsman", "water_regulator_2021", "us_agency_action", "prison_inspectorate_governor"},
        ),
        ("What do the letters not from Brackwater say about staff?", WATER),
        (
            "Which letters not written in 2019 mention staff?",
            {"council_ombudsman", "university_regulator", "water_regulator_2019"},
        ),
    ],
)
def test_letters_not_of_a_writer_or_date_are_looked_in_but_theirs(asked: str, without: set[str]) -> None:
    assert left_out(asked) == without
    question = understood(asked)
    assert question.terms.weights.keys() == {"staff"}
    assert not question.negated


def test_what_they_do_not_say_is_denied_apart_from_whose_they_are_not() -> None:
    question = understood("Which letters not from Brackwater do not mention staff?")
    assert question.negated
    assert left_out(question.asked) == WATER


def test_the_others_are_within_the_caller_s_scope() -> None:
    asked = "Which letters not from Brackwater mention staff?"
    kept = {x.source for x in of_other_kinds()} - {
        f"{name}.txt" for name in left_out(asked, Scope(date_to="2019"))
    }
    assert kept == {"council_ombudsman.txt", "university_regulator.txt"}


def test_an_area_that_an_office_is_for_is_no_office() -> None:
    letters = [
        made(
            "We train.", office="Coroner for West Tarn", area="West Tarn", date="3 May 2019", source="one.txt"
        ),
        made(
            "We train.", office="Coroner for East Tarn", area="East Tarn", date="3 May 2020", source="two.txt"
        ),
        made("We train.", office="Coroner for Mere", area="Mere", date="3 May 2021", source="three.txt"),
    ]
    asked = "Which letters not from West Tarn and not from 2020 mention training?"
    scope = understood(asked, letters=letters).scope
    assert [letter.source for letter in letters_in(letters, scope)] == ["three.txt"]


def test_a_denial_that_names_no_writer_leaves_no_letter_out() -> None:
    assert left_out("Which letters mention calls that are not from the public?") == set()


def test_the_whole_question_is_kept_for_what_follows_it() -> None:
    asked = "Which letters not from Brackwater mention staff?"
    assert understood(asked).standalone == asked


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("Who did not write in 2019?", {"two.txt"}),
        ("Who hasn't written to Mr Bob Sample?", set()),
        ("Who did not write before 2022?", set()),
    ],
)
def test_who_did_not_write_then_is_whoever_has_no_letter_of_then(asked: str, left: set[str]) -> None:
    letters = [
        made("One.", author="Ann Hale", date="3 May 2019", source="one.txt"),
        made("Two.", author="Bea Moss", area="Mere", date="3 May 2020", source="two.txt"),
        made("Three.", author="Ann Hale", date="3 May 2021", source="three.txt"),
    ]
    question = understood(asked, letters=letters)
    assert question.kind == "about_letters"
    assert {letter.source for letter in letters_in(letters, question.scope)} == left
    assert bool(question.unmet) is not bool(left)
