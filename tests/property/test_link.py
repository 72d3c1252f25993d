"""Whatever becomes of a letter, a link opens the words that it was made for, or none."""

import dataclasses
import hashlib
from urllib.parse import parse_qs

from hypothesis import given
from hypothesis import strategies as st

from assistant.cite import Numbering, make_citation
from assistant.fold import plain
from assistant.link import Changed, Opened, Tampered, link_of, resolve
from tests.corpora import of_other_kinds, sentences, shipped
from vectorstore.letter import Letter

LETTERS = st.deferred(lambda: st.sampled_from((*shipped(), *of_other_kinds())))


def with_text(letter: Letter, text: str) -> Letter:
    """The same file, read otherwise."""
    return dataclasses.replace(letter, text=text, text_sha256=hashlib.sha256(text.encode()).hexdigest())


def draw_span(letter: Letter, data: st.DataObject) -> tuple[int, int]:
    spans = sentences(letter)
    first = data.draw(st.integers(0, len(spans) - 1))
    last = data.draw(st.integers(first, min(len(spans) - 1, first + 6)))
    return spans[first][0], spans[last][1]


def fields_of(letter: Letter, start: int, end: int) -> dict[str, str]:
    link = link_of(make_citation(letter, start, end, Numbering()))
    assert len(link) <= 1500
    return {name: values[0] for name, values in parse_qs(link, strict_parsing=True).items()}


def resolved(query: dict[str, str], *letters: Letter) -> object:
    return resolve(
        query,
        {letter.id: letter for letter in letters}.get,
        {letter.source: letter for letter in letters}.get,
    )


@given(LETTERS, st.data())
def test_a_link_opens_just_the_words_that_were_cited(letter: Letter, data: st.DataObject) -> None:
    start, end = draw_span(letter, data)
    assert resolved(fields_of(letter, start, end), letter) == Opened(letter.id, start, end)


@given(LETTERS, st.data())
def test_words_that_only_moved_are_opened_where_they_stand_now(letter: Letter, data: st.DataObject) -> None:
    start, end = draw_span(letter, data)
    added = data.draw(
        st.sampled_from(["Page 1\n\n", "\n\n\n", "An annex was added by the sender in June.\n\n"])
    )
    moved = with_text(letter, added + letter.text)
    outcome = resolved(fields_of(letter, start, end), moved)
    if isinstance(outcome, Opened):
        assert (outcome.start, outcome.end) == (start + len(added), end + len(added))
    else:
        # A letter may say the same twice between the same words.
        assert isinstance(outcome, Changed)
        assert outcome.places > 1


@given(LETTERS, st.data())
def test_whatever_is_changed_in_a_letter_no_other_words_are_opened(
    letter: Letter, data: st.DataObject
) -> None:
    start, end = draw_span(letter, data)
    at = data.draw(st.one_of(st.integers(max(0, start - 40), end + 40), st.integers(0, len(letter.text))))
    gone = data.draw(st.integers(0, 60))
    put = data.draw(
        st.sampled_from(["", "not ", "7", "\n", "-\n", " Kent ", "\u00a0", letter.text[start:end], "x"])
    )
    changed = with_text(letter, letter.text[:at] + put + letter.text[at + gone :])
    outcome = resolved(fields_of(letter, start, end), changed)
    assert not isinstance(outcome, Tampered) or changed.text == letter.text
    if isinstance(outcome, Opened):
        there = changed.text[outcome.start : outcome.end]
        assert plain(there).strip() == plain(letter.text[start:end]).strip()
        around = plain(changed.text[max(0, outcome.start - 300) : outcome.start]).split()[-1:]
        assert around == plain(letter.text[max(0, start - 300) : start]).split()[-1:]


@given(LETTERS, LETTERS, st.data())
def test_a_link_into_another_letter_opens_nothing_else(
    letter: Letter, other: Letter, data: st.DataObject
) -> None:
    start, end = draw_span(letter, data)
    outcome = resolved(fields_of(letter, start, end), dataclasses.replace(other, source=letter.source))
    assert isinstance(outcome, Changed) or (letter.id == other.id and isinstance(outcome, Opened))


@given(LETTERS, st.data())
def test_a_link_with_any_field_changed_opens_nothing(letter: Letter, data: st.DataObject) -> None:
    query = fields_of(letter, *draw_span(letter, data))
    name = data.draw(st.sampled_from(sorted(query)))
    value = data.draw(st.text(max_size=80).filter(lambda value: value != query[name]))
    assert isinstance(resolved({**query, name: value}, letter), Tampered)


@given(st.dictionaries(st.sampled_from(["letter", "at", "size", "words", "check", "x"]), st.text()))
def test_whatever_stands_in_an_address_is_looked_at_without_an_error(query: dict[str, str]) -> None:
    assert isinstance(resolved(query, *shipped()), Tampered)
