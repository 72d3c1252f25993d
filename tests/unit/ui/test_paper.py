"""A letter on paper: all of it, numbered, with the cited words marked and nothing else."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assistant.ui.paper import paper
from tests.evidence import letter
from tests.unit.ui.stand_in import HOSTILE, PLAIN, hostile_letter, plain_letter
from tests.unit.ui.test_markup import Reader
from vectorstore.letter import Block


def marked(markup: str) -> str:
    """Return the words inside <mark>."""
    return "".join(Reader(part).words for part in re.findall(r"<mark>(.*?)</mark>", markup, re.DOTALL))


def squeezed(words: str) -> str:
    return "".join(words.split())


def test_paragraph_numbers_stand_in_the_margin() -> None:
    assert re.findall(r'<span class="number">(\d+)</span>', paper(plain_letter())) == ["1", "2", "3"]


@given(st.integers(0, len(PLAIN)), st.integers(0, len(PLAIN)))
def test_any_span_is_marked_to_the_letter(one: int, other: int) -> None:
    start, end = sorted((one, other))
    assert squeezed(marked(paper(plain_letter(), (start, end)))) == squeezed(PLAIN[start:end])


@given(st.integers(0, len(HOSTILE)), st.integers(0, len(HOSTILE)))
def test_a_hostile_letter_is_shown_as_it_is_wherever_it_is_cut(one: int, other: int) -> None:
    start, end = sorted((one, other))
    read = Reader(paper(hostile_letter(), (start, end)))
    assert squeezed(HOSTILE) in squeezed(read.words)
    assert set(read.tags) <= {"div", "span", "mark"}


def test_text_that_no_block_covers_is_shown_too() -> None:
    sheet = paper(replace(letter("before middle after"), blocks=(Block(7, 13, "body", 1, 1),)))
    assert squeezed(Reader(sheet).words) == "before1middleafter"


def test_a_page_that_begins_within_a_paragraph_is_told_there() -> None:
    made = replace(letter("one two"), pages=(0, 4), blocks=(Block(0, 7, "body", 1, 1),))
    assert re.search(r"one <span [^>]*>Page 2</span>two", paper(made))


def test_a_page_that_begins_with_a_paragraph_is_told_before_it() -> None:
    made = replace(
        letter("one two"), pages=(0, 4), blocks=(Block(0, 3, "body", 1, 1), Block(4, 7, "body", 2, 2))
    )
    assert Reader(paper(made)).words == "1onePage 22two"


def test_words_that_are_not_the_authors_are_said_to_be_anothers() -> None:
    quoted = (Block(0, 3, "body", 1, 1, "The Inspectorate"), Block(4, 7, "body", 2, 1))
    sheet = paper(replace(letter("one two"), blocks=quoted))
    assert sheet.count("Words of The Inspectorate") == 1
    assert sheet.index("Words of The Inspectorate") < sheet.index("one")


def test_what_is_not_the_letters_own_is_said_once_for_a_run_of_it() -> None:
    roles = (Block(0, 1, "remark", 0, 1), Block(2, 3, "furniture", 0, 1), Block(4, 5, "furniture", 0, 1))
    words = Reader(paper(replace(letter("a b c"), blocks=roles))).words
    assert words == "Remark left by the converteraLetterhead or page footerbc"
