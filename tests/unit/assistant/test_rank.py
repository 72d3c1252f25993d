"""Sentences ranked for a question, and the words of letters that come near to its own."""

import pytest

from assistant.rank import Ranker
from assistant.terms import find_terms
from tests.corpora import made
from tests.sentences_ranked import Meanings, passages, ranked, texts

MEANINGS = {"laptop": 0, "computer": 0, "computers": 0, "stolen": 1, "taken": 1}


def test_words_near_in_meaning_are_told_and_forms_of_the_question_s_own_are_not() -> None:
    letter = made("Two computers were taken from the hall, and one laptop was left.")
    asked = "Which letters mention laptops or a stolen laptop?"
    near = Ranker(Meanings(MEANINGS)).near_words(asked, find_terms(asked), passages(letter))
    assert "computers" in near
    assert "laptop" not in near


def test_without_a_model_no_words_are_near() -> None:
    letter = made("Two computers were taken.")
    asked = "Which letters mention a laptop?"
    assert Ranker(None).near_words(asked, find_terms(asked), passages(letter)) == []


def test_a_sentence_that_leans_on_the_one_before_follows_close_behind_it() -> None:
    leaning = made(
        "The leak in the nave roof was found in May. It came from the gutter. Choirs sing on Sundays."
    )
    asked = "Where did the leak in the nave roof come from?"
    found = texts(ranked(asked, leaning)[1])
    assert found.index("It came from the gutter.") < found.index("Choirs sing on Sundays.")
    assert found[0] == "The leak in the nave roof was found in May."


OPENING = "I am writing in reply to the Inspectorate's report on damp and repairs in our flats."
TOLD = "Damp was found in nine flats, and each was dried within a month."


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("What is said about the report on damp in flats?", TOLD),
        ("What report on damp in flats does the letter reply to?", OPENING),
    ],
)
def test_a_letter_s_opening_does_not_go_before_what_it_goes_on_to_say(asked: str, first: str) -> None:
    _, candidates = ranked(asked, made(OPENING, TOLD, "The lifts were mended in May."))
    assert candidates[0].text == first


def test_what_follows_you_asked_about_it_goes_before_it() -> None:
    letter = made(
        "You also asked about the weir. It was dredged in May for the first time since the war. The mill is let.",
        "Otters have been seen at the weir.",
    )
    found = texts(ranked("What is said about the weir?", letter)[1])
    assert found[0] == "It was dredged in May for the first time since the war."
    assert found.index("You also asked about the weir.") > found.index("Otters have been seen at the weir.")


def test_a_heading_that_runs_into_its_paragraph_goes_behind_what_stands_under_it() -> None:
    letter = made(
        "4. A lock-keeper at the weir. We have none to spare, and shall not hire one before May.",
        "Otters breed near the mill, which is let to a baker.",
    )
    found = texts(ranked("What is said about a lock-keeper at the weir?", letter)[1])
    assert found.index("We have none to spare, and shall not hire one before May.") < found.index(
        "4. A lock-keeper at the weir."
    )


def test_a_short_sentence_that_gives_a_figure_is_no_heading() -> None:
    letter = made("Boats through the lock: 4,300. We have none to spare, and shall not hire one before May.")
    found = texts(ranked("How many boats went through the lock?", letter)[1])
    assert found[0] == "Boats through the lock: 4,300."


def test_a_heading_that_only_names_a_recommendation_is_no_sentence_of_the_letter() -> None:
    letter = made(
        "We have read your report with care, and answer it in its own order.",
        "Recommendation 1: a lock-keeper at the weir",
        "We have none to spare, and shall not hire one before May.",
        "Recommendation 2: The Authority should light the weir",
        "We accept this recommendation.",
    )
    found = texts(ranked("What is said about a lock-keeper at the weir?", letter)[1])
    assert "Recommendation 1: a lock-keeper at the weir" not in found
    assert "Recommendation 2: The Authority should light the weir" in found
