"""The index finds what reading every letter finds, no more and no less."""

import re
from functools import cache

from hypothesis import example, given
from hypothesis import strategies as st

from assistant.find import find_folded
from assistant.quote_index import QuoteIndex, places
from tests.corpora import made, of_other_kinds, sentences, shipped
from vectorstore.letter import Letter

# What the index must see through: hyphens at line ends, dashes between words, capitals, accents, marks.
PIECES = (
    "the", "The", "THE", "force", "non", "emergency", "infor", "mation", "information", "478,000", "47", "£3",
    "million", "-", "-\n", "—", "--", " - ", "\u00ad", "\u00ad\n", " ", " ", " ", "  ", "\n", "’", "'", ".", ",", "*",
    "é", "E\u0301", "straße", "STRASSE", "İ", "ı", "I", "ﬁ", "fi", "ß", "µ", "isn't", "½", "²",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=14).map("".join)


@cache
def all_letters() -> tuple[Letter, ...]:
    return (
        *shipped(),
        *of_other_kinds(),
        made("The infor-\nmation on non-\nemergency calls—which fell—is here.", source="parted.txt"),
        made("The information on non-emergency calls, which fell, is not here.", source="whole.txt"),
    )


@cache
def index() -> QuoteIndex:
    return QuoteIndex(all_letters())


def read_everywhere(quote: str, letters: tuple[Letter, ...]) -> list[tuple[str, int, int]]:
    """What reading every letter finds."""
    return [
        (letter.id, *span)
        for letter in letters
        for span in places(find_folded(quote, letter.text), letter.blocks)
    ]


@given(st.data())
def test_any_run_of_a_letter_is_found_as_by_reading(data: st.DataObject) -> None:
    letter = data.draw(st.sampled_from(all_letters()))
    start = data.draw(st.integers(0, len(letter.text) - 1))
    quote = letter.text[start : start + data.draw(st.integers(1, 120))]
    assert index().find(quote) == read_everywhere(quote, all_letters())


@given(st.data())
def test_every_sentence_is_found_where_it_stands(data: st.DataObject) -> None:
    letter = data.draw(st.sampled_from(all_letters()))
    start, end = data.draw(st.sampled_from(sentences(letter)))
    quote = letter.text[start:end].replace(" ", data.draw(st.sampled_from(["\n", "\u00a0", "  "])))
    found = index().find(quote)
    assert [(i, letter.text[a:b]) for i, a, b in found if i == letter.id]
    assert found == read_everywhere(quote, all_letters())
    assert index().find_in(quote, letter.id) == [(a, b) for i, a, b in found if i == letter.id]


@given(st.data())
def test_a_doctored_sentence_is_found_nowhere_that_reading_does_not(data: st.DataObject) -> None:
    letter = data.draw(st.sampled_from(all_letters()))
    start, end = data.draw(st.sampled_from(sentences(letter)))
    words = letter.text[start:end].split()
    at = data.draw(st.integers(0, len(words) - 1))
    other = data.draw(st.sampled_from(["not", "7", "Kent", "information", "-", "…", ""]))
    quote = " ".join([*words[:at], other, *words[at + 1 :]])
    assert index().find(quote) == read_everywhere(quote, all_letters())


@given(st.lists(TEXTS, min_size=1, max_size=4), TEXTS, st.data())
@example(["x—infor-\nmation was"], "information was", None)
@example(["non-\nemergency calls—which"], "non-emergency calls", None)
@example(["İnegöl is far"], "İnegöl is far", None)
@example(["ILK is first"], "ılk is first", None)
@example(["STRASSE is long"], "straße is long", None)
def test_any_text_is_found_as_by_reading(texts: list[str], claimed: str, data: st.DataObject | None) -> None:
    letters = tuple(
        made(f"It says {text} here, as we said.", source=f"{n}.txt") for n, text in enumerate(texts)
    )
    letters = tuple({letter.id: letter for letter in letters}.values())
    quotes = [claimed]
    if data is not None:
        text = data.draw(st.sampled_from(texts))
        first = data.draw(st.integers(0, len(text) - 1))
        quotes.append(text[first : data.draw(st.integers(first + 1, len(text)))])
    for quote in quotes:
        assert QuoteIndex(letters).find(quote) == read_everywhere(quote, letters)


@given(st.text())
def test_whatever_is_claimed_is_looked_up_without_an_error(quote: str) -> None:
    assert index().find(quote) == read_everywhere(quote, all_letters())


def test_these_tests_lean_on_quotes_that_stand_in_several_letters() -> None:
    assert {len({i for i, *_ in index().find(quote)}) for quote in ("information on", "calls", "of the")} >= {
        2
    }
    assert re.search("-\n", "".join(letter.text for letter in all_letters()))
