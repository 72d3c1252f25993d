"""Questions that stand on their own after another, and those that lean on it."""

import pytest

from tests.corpora import named, of_other_kinds
from tests.turns import turn, understood
from vectorstore.scope import letters_in

BEFORE = "What does Saltmere say about midwives?"


@pytest.mark.parametrize(
    "asked",
    [
        "Did anybody apologise?",
        "Were tenants compensated?",
        "Is overcrowding denied?",
        "What is leakage?",
        "What is an ERA?",
        "And what is SafeLine?",
        "Who is Cuthbert Imrie?",
        "Who pays governors?",
        "How many letters are there?",
        "Which letters are dated 2019?",
        "What is the oldest letter?",
    ],
)
def test_a_question_with_its_own_matter_takes_nothing_over(asked: str) -> None:
    question = understood(asked, [turn(BEFORE, named("nhs"))])
    assert question.standalone == asked
    assert question.scope == understood(asked).scope


@pytest.mark.parametrize(
    "asked",
    [
        "Any figures?",
        "Who paid?",
        "Why?",
        "What was decided?",
        "Does anybody disagree?",
        "Did anything change?",
        "Is there more?",
        "Did they apologise?",
        "And what is the target?",
    ],
)
def test_a_question_cut_short_or_pointing_back_keeps_the_letters(asked: str) -> None:
    question = understood(asked, [turn(BEFORE, named("nhs"))])
    assert letters_in(of_other_kinds(), question.scope) == [named("nhs")]


@pytest.mark.parametrize("asked", ["Who signed it?", "When was that?", "To whom?", "who wrote the letter?"])
def test_a_card_question_without_letters_of_its_own_asks_of_those_cited(asked: str) -> None:
    question = understood(asked, [turn(BEFORE, named("nhs"))])
    assert question.kind == "about_letters"
    assert letters_in(of_other_kinds(), question.scope) == [named("nhs")]


def test_how_many_of_them_are_those_found() -> None:
    found = [named("water_regulator_2019"), named("water_regulator_2021")]
    question = understood("How many of them are there?", [turn("Which letters mention leakage?", *found)])
    assert letters_in(of_other_kinds(), question.scope) == found
