"""Whatever a letter looks like: nothing of it is lost on the way to its passages, and nothing is made up."""

import datetime
import tempfile
from bisect import bisect_right
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import example, given, reject, settings
from hypothesis import strategies as st

from vectorstore.dates import find_date, find_dates, month_comes_first, read_date_line
from vectorstore.errors import UnreadableError
from vectorstore.fuse import fuse
from vectorstore.ingest import IngestReport, ingest
from vectorstore.letter import CARD_FIELDS, Letter
from vectorstore.make import make_letter
from vectorstore.sentences import sentence_spans
from vectorstore.split import MAX_CHARS, split_letter
from vectorstore.store import Store
from vectorstore.words import rarity, stems, tokens

PROSE = st.lists(
    st.sampled_from(
        [
            "We accept this recommendation.",
            "The force has bought 12 cars, at a cost of £3.1 million.",
            'Your inspectors wrote that "staff did not feel listened to by the Rt. Hon. Member".',
            "what goes on in small letters, over a page break, ",
            "See para. 4.2; No. 5 of 9 October 2020!",
            "Is that so?",
            "   \t ",
            "…and so on. . .",
        ]
    ),
    min_size=1,
    max_size=60,
).map(" ".join)
FRAME = st.sampled_from(
    [
        "Mr Bob Sample\n1 High Street",
        "Our Ref: AB/12 3 May 2021",
        "Dear Mr Sample",
        "**Rivers of the North: report of 2020**",
        "HMICFRS Area for Improvement 1 - Each force must be sure of it.",
        "- hired ten people;\n2. bought two cars.",
        "Page 1 of 2",
        "[logo: Northmere Council]",
        "Yours sincerely",
        "Ann Example\nChief Executive\nNorthmere",
        "cc: Carol Dee",
    ]
)
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
LONG_LINE = st.builds(
    str.__mul__, st.sampled_from(["x", "a b. ", "A", "* ", "\xa0", "…", "é-"]), st.integers(1, 5000)
)
GAP = st.sampled_from(
    ["\n\n", "\n\n\n", "\n", "\f", "\r\n\r\n", "\n \t\n", "\n\xa0\n", "\u2028", "\x0b", " ", "\x85", "\x1c\n"]
)
TEXTS = st.lists(st.tuples(PROSE | FRAME | ANYTHING | LONG_LINE, GAP), min_size=1, max_size=25).map(
    lambda pairs: "".join(piece + gap for piece, gap in pairs)
)


def read(text: str) -> Letter:
    try:
        return make_letter(text.encode(), "made.txt")
    except UnreadableError:
        reject()


LETTERS = TEXTS.map(read)


@given(LETTERS)
def test_blocks_lie_in_order_and_only_white_space_lies_outside_them(letter: Letter) -> None:
    end = 0
    for block in letter.blocks:
        assert end <= block.start < block.end
        assert not letter.text[end : block.start].strip()
        words = letter.text[block.start : block.end]
        assert words == words.strip()
        assert block.page == bisect_right(letter.pages, block.start)
        end = block.end
    assert not letter.text[end:].strip()
    numbers = [block.number for block in letter.blocks if block.number]
    # A paragraph that a page's edge cut goes on under its number.
    assert numbers == sorted(numbers)
    assert list(dict.fromkeys(numbers)) == list(range(1, len(set(numbers)) + 1))


@given(LETTERS)
def test_passages_slice_back_in_order_without_overlap(letter: Letter) -> None:
    passages = split_letter(letter)
    for passage in passages:
        assert passage.text
        assert letter.text[passage.start : passage.end] == passage.text
    assert all(before.end <= after.start for before, after in pairwise(passages))


@given(LETTERS)
def test_every_word_of_the_body_is_in_a_passage(letter: Letter) -> None:
    passages = split_letter(letter)
    for block in letter.blocks:
        if block.number:
            end = block.start
            for passage in passages:
                if block.start <= passage.start < block.end:
                    assert passage.paragraph == block.number
                    assert not letter.text[end : passage.start].strip()
                    end = passage.end
            assert end == block.end


@given(LETTERS)
def test_no_passage_begins_or_ends_inside_a_sentence(letter: Letter) -> None:
    passages = split_letter(letter)
    for block in letter.blocks:
        sentences = [
            (block.start + start, block.start + end)
            for start, end in sentence_spans(letter.text[block.start : block.end])
        ]
        for passage in passages:
            if block.start <= passage.start < block.end:
                held = [span for span in sentences if passage.start <= span[0] and span[1] <= passage.end]
                assert (passage.start, passage.end) == (held[0][0], held[-1][1])
                assert len(held) == 1 or len(passage.text) <= MAX_CHARS


@given(TEXTS)
def test_ids_of_passages_are_unique_and_the_same_again(text: str) -> None:
    ids = [passage.id for passage in split_letter(read(text))]
    assert len(set(ids)) == len(ids)
    assert ids == [passage.id for passage in split_letter(make_letter(text.encode(), "other-name.txt"))]


@given(LETTERS)
def test_a_cards_field_is_what_stands_at_its_span(letter: Letter) -> None:
    for name in CARD_FIELDS:
        field: Any = getattr(letter.card, name)
        if field is None:
            continue
        shown = letter.text[field.start : field.end]
        if name == "date":
            month_first = month_comes_first(letter.text)
            found = find_date(shown, month_first=month_first) or read_date_line(f"Date: {shown}")
            assert found is not None
            assert field.value == found.iso
        else:
            assert field.value == " ".join(shown.split())


@given(ANYTHING | PROSE | LONG_LINE)
def test_sentences_cover_a_text_in_order(text: str) -> None:
    end = 0
    for start, stop in sentence_spans(text):
        assert end <= start < stop
        assert not text[end:start].strip()
        assert text[start:stop] == text[start:stop].strip()
        end = stop
    assert not text[end:].strip()


@given(ANYTHING | st.dates().map(str) | st.from_regex(r"[0-9]{1,2}[ /.](May|[0-9]{1,2})[ /.,]+[0-9]{4}"))
def test_a_date_that_is_found_is_a_day_and_reads_the_same_alone(text: str) -> None:
    for found in find_dates(text):
        datetime.date.fromisoformat(found.iso)
        alone = find_date(text[found.start : found.end])
        assert alone == (0, found.end - found.start, found.iso)


@given(st.text())
@example("\ud800 police")
@example("警察 şi politie ١٢٣")
def test_any_text_has_words_that_can_be_weighed(text: str) -> None:
    assert len(stems(text)) == len(tokens(text))
    for token in tokens(text):
        assert token
        assert 0 <= rarity(token) <= 7


RANKINGS = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(-1e6, 1e6)).map(
    lambda scores: sorted(scores.items(), key=lambda item: -item[1])
)


@given(RANKINGS, RANKINGS, st.floats(0, 1))
def test_fused_scores_lie_between_nothing_and_one_best_first(
    by_vector: list[tuple[str, float]], by_words: list[tuple[str, float]], weight: float
) -> None:
    fused = fuse(by_vector, by_words, vector_weight=weight)
    scores = [score for _, score in fused]
    assert all(0 <= score <= 1 for score in scores)
    assert scores == sorted(scores, reverse=True)
    assert {key for key, _ in fused} == {key for key, _ in [*by_vector, *by_words]}
    assert fused == fuse(by_vector[::-1], by_words[::-1], vector_weight=weight)


TABLES = "letters", "files", "passages", "passages_words", "vectors", "meta"


def contents(store: Store) -> dict[str, list[Any]]:
    return {table: store._rows(f"SELECT * FROM {table} ORDER BY 1") for table in TABLES}


def took(report: IngestReport) -> tuple[int, int, int, int]:
    return report.added, report.unchanged, report.replaced, report.removed


@settings(max_examples=20)
@given(
    st.lists(TEXTS.filter(lambda text: read(text) is not None), min_size=1, max_size=3, unique_by=str.encode)
)
def test_ingesting_twice_equals_once(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as home:
        letters = Path(home, "letters")
        letters.mkdir()
        for number, text in enumerate(texts):
            (letters / f"{number}.txt").write_bytes(text.encode())
        store = Store(Path(home, "store"), create=True)
        try:
            first = ingest(store, [letters], embeddings=None, model_id=None)
            once = contents(store)
            second = ingest(store, [letters], embeddings=None, model_id=None)
            assert contents(store) == once
        finally:
            store.close()
    assert took(first) == (len(texts), 0, 0, 0)
    assert took(second) == (0, len(texts), 0, 0)
    assert first.letters == second.letters == len(once["letters"]) == len(texts)
