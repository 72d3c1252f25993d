"""A citation says whose words it shows, also inside a paragraph of the author's."""

import pytest

from assistant.cite import Numbering, locate, make_citation
from tests.corpora import made, named
from vectorstore.letter import Letter


def voice(words: str, letter: Letter) -> str | None:
    span = locate(words, letter)
    assert span, words
    return make_citation(letter, *span, Numbering()).speaker


@pytest.mark.parametrize(
    ("source", "words", "speaker"),
    [
        ("002", "Supt Parkin also agrees with the findings", "Supt Parkin"),
        ("002", "This requires a change in the way", None),
        ("002", "The Chief Constable and I welcome the report", None),
        ("council", "You found that we took 31 weeks", "the addressee"),
        ("school", "Our auditors, Messrs Gilchrist Beale", "Messrs Gilchrist Beale"),
        ("welsh", "The report says that", "the report"),
        ("welsh", "I do not agree with closing the suite", None),
        ("nhs", "The trust must ensure that emergency equipment", "the addressee"),
    ],
)
def test_a_reported_view_is_quoted_with_whose_it_is(source: str, words: str, speaker: str | None) -> None:
    assert voice(words, named(source)) == speaker


@pytest.mark.parametrize(
    ("paragraph", "words", "speaker"),
    [
        ('The coroner wrote: "We saw neglect. Nobody came for hours." We were shocked.', "Nobody came", "the coroner"),
        ("The coroner wrote: “We saw neglect. Nobody came for hours.” We were shocked.", "Nobody came", "the coroner"),
        ('We asked them. "Nobody came for hours." That shocked us.', "Nobody came", "a source that the letter quotes"),
        ('The coroner wrote: "We saw neglect." We were shocked.', "We were shocked", None),
    ],
)  # fmt: skip
def test_a_quotation_is_said_to_be_from_whom_the_words_before_it_name(
    paragraph: str, words: str, speaker: str | None
) -> None:
    assert voice(words, made("This is our reply.", paragraph)) == speaker


def test_the_author_s_own_house_is_the_author() -> None:
    letter = made("The Council accepts that the work was late.", area="Northmere Council")
    assert voice("The Council accepts", letter) is None
