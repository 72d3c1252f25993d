"""What a question looks for: telling words, names, and the kind of thing that would answer it."""

import pytest

from assistant.lexicon import find_mentions, find_names
from assistant.terms import answers_type, find_terms
from tests.corpora import of_other_kinds


@pytest.mark.parametrize(
    ("asked", "telling"),
    [
        ("What do the letters say about leakage?", {"leakag"}),
        ("Does anyone mention domestic abuse?", {"domest", "abus"}),
        ("Please tell me which replies discuss bonuses", {"bonus"}),
        ("how many midwives", {"midwiv"}),
        ("What is it?", set()),
        ("", set()),
    ],
)
def test_words_that_only_frame_a_question_do_not_tell(asked: str, telling: set[str]) -> None:
    assert set(find_terms(asked).weights) == telling


def test_a_rarer_word_tells_more() -> None:
    weights = find_terms("acoustic loggers in the valley").weights
    assert weights["logger"] > weights["valley"] > 0


def test_names_that_say_which_letters_are_meant_are_left_out() -> None:
    asked = "What does Brackwater say about leakage?"
    mentions = find_mentions(asked, find_names(of_other_kinds()))
    assert set(find_terms(asked, mentions).weights) == {"leakag"}
    assert set(find_terms(asked).weights) == {"brackwat", "leakag"}


@pytest.mark.parametrize(
    ("asked", "named"),
    [
        ("Is the THRIVE model used?", {"thrive"}),
        ("Did Penhallow sign it?", {"penhallow"}),
        ("What happened at Cotterell Bridge?", {"cotterel", "bridg"}),
        ("How many 999 calls?", {"999"}),
        ("Leakage in the valley", set()),
        ("What happened in 2019?", set()),
        ("What happened in 2019/20?", set()),
        ("is there an iOPS system", {"iop"}),
    ],
)
def test_what_is_written_as_a_name_must_be_found_as_it_is(asked: str, named: set[str]) -> None:
    assert find_terms(asked).named == named


def test_neighbours_are_pairs_and_words_apart_are_not() -> None:
    assert find_terms("domestic abuse and stalking").pairs == (("domest", "abus"),)


@pytest.mark.parametrize(
    ("asked", "answer", "strict"),
    [
        ("How many midwives were recruited?", "figure", True),
        ("How much did it cost?", "figure", True),
        ("What is the vacancy rate?", "figure", True),
        ("How long does a repair take?", "figure", False),
        ("When will the tank be finished?", "date", True),
        ("In what year was the laptop stolen?", "date", True),
        ("Who chairs the committee?", "name", True),
        ("Which company checks the figures?", "name", True),
        ("What happened?", "any", False),
        ("What did people who called say?", "any", False),
        ("Is it known when?", "any", False),
    ],
)
def test_a_question_asks_for_a_kind_of_thing(asked: str, answer: str, strict: bool) -> None:
    terms = find_terms(asked)
    assert (terms.answer, terms.strict) == (answer, strict)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("How many midwives were recruited?", "We have recruited 23 midwives."),
        ("How many letters were sent?", "Nine letters were sent."),
        ("How much did it cost?", "It cost £380,000."),
        ("How much was spent?", "We spent two million pounds."),
        ("When will it be finished?", "It is due to be finished in spring 2023."),
        ("When did it happen?", "It happened on Monday."),
        ("When does it start?", "It starts in May."),
        ("Who chairs it?", "It is chaired by Dame Philippa Orchard."),
        ("What happened?", "Anything at all."),
    ],
)
def test_a_sentence_that_holds_the_kind_of_thing_fits(asked: str, sentence: str) -> None:
    assert answers_type(sentence, find_terms(asked))


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("How many midwives were recruited?", "We have recruited midwives."),
        ("How many midwives were recruited?", "On 14 March 2022 we recruited midwives."),
        ("How many midwives were recruited?", "We recruited 23 doctors."),
        ("How much did it cost?", "It cost 380 staff their jobs."),
        ("When will it be finished?", "It will be finished."),
        ("When may it be finished?", "It may be finished."),
        ("Who chairs it?", "Somebody chairs it."),
        ("Who at Wharram chairs it?", "It is chaired at Wharram."),
    ],
)
def test_a_sentence_without_it_does_not_fit(asked: str, sentence: str) -> None:
    assert not answers_type(sentence, find_terms(asked))


@pytest.mark.parametrize(
    "asked", ["how many", "how many?", "how many of the", "when", "who", "£", "2", "A", "'s", "how many 's"]
)
def test_the_shortest_questions_have_terms(asked: str) -> None:
    terms = find_terms(asked)
    assert answers_type("We have 2 of them, says Ann, since May.", terms) in {True, False}


def test_a_number_answers_how_many_only_near_what_it_counts() -> None:
    terms = find_terms("How many patients did the infirmary treat?")
    assert answers_type("We treated 4,120 patients last year.", terms)
    apart = (
        "Patients were glad about the new entrance, the longer opening hours and the bus that has number 38."
    )
    assert not answers_type(apart, terms)
