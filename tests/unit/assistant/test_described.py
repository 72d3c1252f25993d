"""Writers whom a question calls by what they are, and which of them wrote first."""

import pytest

from assistant.cards import answer_from_cards
from assistant.described import writers_described
from assistant.lexicon import find_mentions, find_names
from assistant.written_first import order_asked
from tests.turns import turn, understood
from tests.unit.assistant.correspondents import HARBOUR_2020, HARBOUR_2023, HOSPICE, LETTERS, SOCIETY
from vectorstore.letter import Letter
from vectorstore.scope import letters_in
from vectorstore.words import stem

NAMES = find_names(LETTERS)


@pytest.mark.parametrize(
    ("asked", "letters"),
    [
        ("Who got a copy of the hospice's letter?", [[HOSPICE]]),
        ("When was the society letter written?", [[SOCIETY]]),
        ("What did the harbour people say about that?", [[HARBOUR_2020, HARBOUR_2023]]),
        ("Was the hospice's or the society's letter first?", [[HOSPICE], [SOCIETY]]),
        ("Who replied later, the society or the hospice?", [[SOCIETY], [HOSPICE]]),
        ("Did the society write before the hospice?", [[SOCIETY], [HOSPICE]]),
        ("Who wrote the letter from the school?", []),
        ("What cost does the bed have?", []),
        ("What did the Port Selwyn Harbour Company say?", []),
    ],
)
def test_a_writer_is_meant_by_words_of_their_card(asked: str, letters: list[list[Letter]]) -> None:
    found = writers_described(asked, find_mentions(asked, NAMES), LETTERS)
    assert [one.letter_ids for one in found] == [{letter.id for letter in own} for own in letters]


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("Who replied first?", True, False),
        ("Which letter is the latest?", False, True),
        ("Who was the last to write?", False, True),
        ("Which replied first and which last?", True, True),
        ("Was the hospice's or the society's letter first?", True, False),
        ("Who wrote later, Port Selwyn or the hospice?", False, True),
        ("Who was first to reply to the review of the grounding?", True, False),
    ],
)
def test_the_order_of_letters_is_asked_for(asked: str, first: bool, last: bool) -> None:
    order = order_asked(asked, find_mentions(asked, NAMES), LETTERS)
    assert order is not None
    assert (order.first, order.last) == (first, last)
    assert understood(asked, letters=LETTERS).kind == "about_letters"


@pytest.mark.parametrize(
    "asked",
    [
        "Who sent dredgers first?",
        "Which company restored its last light sooner?",
        "What was the first thing the society opened?",
        "What is the latest figure for dredging?",
        "What is Port Selwyn's latest word on dredging?",
        "When did the first gallery open?",
        "Who is the author of the Grounding Review?",
        "Who are the authors of the inspection?",
    ],
)
def test_what_came_first_in_the_letters_is_no_question_about_letters(asked: str) -> None:
    assert order_asked(asked, find_mentions(asked, NAMES), LETTERS) is None
    assert understood(asked, letters=LETTERS).kind == "fact"


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("Which two areas for improvement did the 2022 report name for the hospice?", "fact"),
        ("What two areas did Port Selwyn dredge?", "fact"),
        ("Which two letters mention dredging?", "list"),
        ("Which areas mention dredging?", "list"),
        ("Who did Anton Reiss write to in 2023?", "about_letters"),
        ("Who did the society write to?", "about_letters"),
        ("Who did the coroner write to for advice?", "fact"),
        ("Who at Seawatch did Port Selwyn write to?", "about_letters"),
        ("Which letters did Ms Finch get?", "about_letters"),
        ("Who is the author of the reply from the hospice?", "about_letters"),
        ("Who got copies of the reply from Port Selwyn?", "about_letters"),
    ],
)
def test_whether_a_question_asks_of_letters_or_of_what_they_tell(asked: str, kind: str) -> None:
    assert understood(asked, letters=LETTERS).kind == kind


def test_an_inquiry_or_a_review_is_no_body_that_wrote_no_letter() -> None:
    asked = "When will the Orme Bank Inquiry report, and the Sallow Hoard Review?"
    assert understood(asked, letters=LETTERS).unknown == ""
    asked = "What did Anton Reiss and Sallow Hoard Review say?"
    assert understood(asked, letters=LETTERS).note == ""


def test_the_latest_word_of_somebody_is_in_their_latest_letter() -> None:
    question = understood("What is Port Selwyn's latest word on dredging?", letters=LETTERS)
    assert letters_in(LETTERS, question.scope) == [HARBOUR_2023]
    assert "word" not in question.terms.weights


@pytest.mark.parametrize(
    ("asked", "opening", "sources"),
    [
        (
            "Was the hospice's or the society's letter first?",
            "Petra Lund, Curator, Sallow Street Society wrote first, by the dates of the letters:",
            ["society.txt", "hospice.txt"],
        ),
        ("Who replied last?", "", ["harbour_2023.txt"]),
        (
            "Which replied first and which last?",
            "The first and the last of 4 letters:",
            ["harbour_2020.txt", "harbour_2023.txt"],
        ),
        (
            "Did the hospice write before the society?",
            "No, by the dates of the letters:",
            ["society.txt", "hospice.txt"],
        ),
    ],
)
def test_the_cards_tell_who_wrote_first(asked: str, opening: str, sources: list[str]) -> None:
    question = understood(asked, letters=LETTERS)
    told, lines = answer_from_cards(question, letters_in(LETTERS, question.scope))
    assert (told, [line.letter.source for line in lines]) == (opening, sources)


def test_the_first_to_answer_a_report_wrote_after_it() -> None:
    question = understood("Who replied first to the 2022 review?", letters=LETTERS)
    assert letters_in(LETTERS, question.scope)[0] == SOCIETY


@pytest.mark.parametrize(
    ("asked", "letters"),
    [
        ("what did the hospice people say about that", [HOSPICE]),
        ("And the hospice?", [HOSPICE]),
        ("What about the society?", [SOCIETY]),
        ("What does the harbour company think of it?", [HARBOUR_2020, HARBOUR_2023]),
        ("What did they say of the light?", [HARBOUR_2020, HARBOUR_2023]),
    ],
)
def test_a_follow_up_that_describes_another_writer_turns_to_their_letters(
    asked: str, letters: list[Letter]
) -> None:
    before = turn("What did Port Selwyn say about dredging?", HARBOUR_2020, letters=LETTERS)
    question = understood(asked, [before], letters=LETTERS)
    assert letters_in(LETTERS, question.scope) == letters
    assert "dredging" in question.standalone
    assert question.asked == asked


def test_a_writer_described_before_gives_way_to_the_next() -> None:
    before = turn("What did the hospice say about beds?", HOSPICE, letters=LETTERS)
    question = understood("And the society?", [before], letters=LETTERS)
    assert question.standalone == "What did Sallow Street Society say about beds?"


def test_a_current_position_is_nothing_to_look_for() -> None:
    question = understood("What is the current position of Port Selwyn on dredging?", letters=LETTERS)
    assert set(question.terms.weights) == {stem("dredging")}
    assert letters_in(LETTERS, question.scope) == [HARBOUR_2020, HARBOUR_2023]
