"""Sentences of one block."""

import pytest

from vectorstore.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


def test_sentences_leave_the_white_space_between_them_out() -> None:
    assert sentences("  We agree.  The force\nhas acted. ") == ["We agree.", "The force\nhas acted."]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Rt. Hon. Priti Patel wrote to Supt. Parkin about No. 5 High Street.",
        "The rate rose from 8.6 per cent to 14.2 per cent.",
        "He met the P.C.C. and the Q.C. about it, i.e. about the plan.",
        "The OCC. . was opened",
        "It works at 9 a.m. on weekdays.",
    ],
)
def test_a_full_stop_inside_a_sentence_does_not_end_it(sentence: str) -> None:
    assert sentences(sentence) == [sentence]


def test_what_goes_on_in_small_letters_belongs_to_the_sentence_before() -> None:
    assert sentences('They asked "why now?" and left. We stayed.') == [
        'They asked "why now?" and left.',
        "We stayed.",
    ]


@pytest.mark.parametrize("text", ["", "   ", "\n\f\t"])
def test_no_words_no_sentences(text: str) -> None:
    assert sentence_spans(text) == []


def test_marks_alone_are_kept_with_what_they_follow() -> None:
    assert sentences("It was opened. . ***") == ["It was opened. . ***"]
