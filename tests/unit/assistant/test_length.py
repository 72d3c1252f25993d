"""How long letters are, and which is the shortest or the longest."""

import dataclasses

import pytest

from assistant.cards import answer_from_cards
from assistant.length import asks_for_length, counted, words_in
from tests.corpora import made
from tests.turns import understood
from vectorstore.letter import Letter, PageRead

SHORT = made("We thank you for the report.", author="Ann Short", area="Northmere", source="short.txt")
LONG = made(
    "We thank you for the report on the pumps.",
    "We shall mend all of them.",
    author="Bob Long",
    source="long.txt",
)


def told(asked: str, *letters: Letter) -> list[str]:
    question = understood(asked, letters=letters)
    assert question.kind == "about_letters"
    return [line.text for line in answer_from_cards(question, letters)[1]]


def test_the_words_of_the_body_are_counted_and_no_others() -> None:
    assert words_in(SHORT) == 6
    assert words_in(LONG) == 15


@pytest.mark.parametrize(
    "asked",
    [
        "Who wrote the shortest letter?",
        "Which is the shortest letter?",
        "Which letter is the shortest?",
        "What is the briefest reply?",
    ],
)
def test_the_shortest_is_named_with_its_words(asked: str) -> None:
    (line,) = told(asked, LONG, SHORT)
    assert line.startswith("Ann Short")
    assert line.endswith(": 6 words in the body of the letter.")


def test_letters_of_one_length_are_both_the_longest() -> None:
    letters = (
        SHORT,
        LONG,
        made("We shall mend all of them.", "We thank you for the report on the pumps.", source="t.txt"),
    )
    assert len(told("Who wrote the longest letter?", *letters)) == 2


def test_which_of_two_is_longer_is_told_by_both() -> None:
    assert [line[:4] for line in told("Which letter is longer?", SHORT, LONG)] == ["Bob ", "Ann "]


def test_a_page_that_could_not_be_read_leaves_a_least_count() -> None:
    unread = dataclasses.replace(SHORT, reads=(PageRead("unreadable", None, "no picture"),))
    assert counted(unread) == "at least 6 words in the body of the letter"


@pytest.mark.parametrize(
    "asked",
    [
        "How long did the investigation take?",
        "What does the longest letter say about pumps?",
        "What was the longest wait?",
        "How long is the lease?",
    ],
)
def test_how_long_other_things_are_is_no_question_of_length(asked: str) -> None:
    assert not asks_for_length(asked)
