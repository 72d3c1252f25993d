"""The reader: from citation to citation, links that open the words or say why not, long letters in parts, pages."""

import io
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from streamlit.testing.v1 import AppTest

from assistant.answer import Citation
from assistant.cite import Numbering, make_citation
from assistant.link import link_of
from assistant.ui.paper import PART_CHARS, page_at, page_span, paper, parts, with_context
from tests.evidence import letter
from tests.unit.ui.stand_in import FakeAssistant, answer_of, blocks, html_of, plain_letter
from tests.unit.ui.test_markup import Reader
from vectorstore.letter import Block, Letter, PageRead
from vectorstore.make import letter_id

SPENT = "The force did not spend the grant."
ASIDE = "It set aside 78,000 pounds for 2020."


def cited(of: Letter, words: str, numbering: Numbering) -> Citation:
    """Return the citation of words as the product makes it."""
    start = of.text.index(words)
    return make_citation(of, start, start + len(words), numbering)


def two() -> tuple[Citation, Citation]:
    """Return two citations of one answer."""
    numbering = Numbering()
    return cited(plain_letter(), SPENT, numbering), cited(plain_letter(), ASIDE, numbering)


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label.replace("\\", "") == label).click().run()


def marked(app: AppTest) -> str:
    """Return the words that are marked on the page."""
    page = html_of(app)
    return Reader(page[page.index("<mark>") : page.rindex("</mark>")]).words if "<mark>" in page else ""


def opened_at(app: AppTest, query: str) -> AppTest:
    for name, value in parse_qsl(query):
        app.query_params[name] = value
    return app.run()


def test_next_and_previous_go_through_the_answers_citations(app: AppTest, fake: FakeAssistant) -> None:
    fake.script["Was it spent?"] = answer_of("Was it spent?", *two())
    app.run().chat_input[0].set_value("Was it spent?").run()
    press(app, "[1]")
    assert SPENT in marked(app)
    assert next(button for button in app.button if button.label == "Previous").disabled
    press(app, "Next")
    assert ASIDE in marked(app)
    assert "2 of 2" in Reader(html_of(app)).words
    assert next(button for button in app.button if button.label == "Next").disabled
    press(app, "Previous")
    assert SPENT in marked(app)


def test_the_link_to_copy_opens_the_same_words(app: AppTest, fake: FakeAssistant) -> None:
    fake.script["Was it spent?"] = answer_of("Was it spent?", *two())
    app.run().chat_input[0].set_value("Was it spent?").run()
    press(app, "[2]")
    query = next(urlsplit(code.value).query for code in app.code if "?letter=" in code.value)
    other = AppTest.from_file(app._script_path, default_timeout=30)
    assert ASIDE in marked(opened_at(other, query))


def test_a_link_that_was_tampered_with_opens_nothing_and_says_so(app: AppTest) -> None:
    query = link_of(two()[0]).replace("not%20spend", "now%20spend")
    opened_at(app, query)
    assert "cannot be trusted" in app.warning[0].value
    assert not marked(app)


def test_a_link_to_a_letter_that_was_deleted_says_so(app: AppTest, fake: FakeAssistant) -> None:
    query = link_of(two()[0])
    fake.kept = [kept for kept in fake.kept if kept.id != plain_letter().id]
    opened_at(app, query)
    assert "not there any more" in app.warning[0].value


def test_a_link_to_words_that_changed_opens_the_letter_and_marks_none(
    app: AppTest, fake: FakeAssistant
) -> None:
    changed = plain_letter().text.replace("did not spend", "spent")
    fake.kept = [replace(plain_letter(), text=changed, text_sha256="0" * 64, blocks=blocks(changed))]
    opened_at(app, link_of(two()[0]))
    assert "do not stand in it" in app.warning[0].value
    assert not marked(app)
    assert "The force spent the grant" in Reader(html_of(app)).words


def test_closing_the_letter_takes_the_link_out_of_the_address(app: AppTest) -> None:
    opened_at(app, link_of(two()[0]))
    assert SPENT in marked(app)
    press(app, "Close letter")
    assert not app.query_params
    assert not marked(app)


def test_the_original_can_be_had_where_the_store_has_it(
    app: AppTest, fake: FakeAssistant, tmp_path: Path
) -> None:
    fake.script["Was it spent?"] = answer_of("Was it spent?", two()[0])
    fake.originals = tmp_path
    app.run().chat_input[0].set_value("Was it spent?").run()
    press(app, "[1]")
    assert app.get("download_button")[0].proto.disabled
    (tmp_path / f"{plain_letter().id}.txt").write_text("whatever")
    app.run()
    assert not app.get("download_button")[0].proto.disabled


def test_the_page_of_a_scan_is_shown_beside_its_text(
    app: AppTest, fake: FakeAssistant, tmp_path: Path
) -> None:
    written = io.BytesIO()
    Image.new("L", (90, 120), 255).save(written, "PNG")
    data = written.getvalue()
    scan = replace(
        plain_letter(), id=letter_id(data), source="scan.png", reads=(PageRead("ocr", confidence=0.61),)
    )
    (tmp_path / f"{scan.id}.png").write_bytes(data)
    fake.originals, fake.kept = tmp_path, [scan]
    fake.script["Was it spent?"] = answer_of("Was it spent?", cited(scan, SPENT, Numbering()))
    app.run().chat_input[0].set_value("Was it spent?").run()
    press(app, "[1]")
    assert "61% sure of its words: compare them with the page" in Reader(html_of(app)).words
    press(app, "Page as it looks")
    assert len(app.get("image")) == 1
    (tmp_path / f"{scan.id}.png").write_bytes(b"other bytes")
    press(app, "Page as it looks")
    assert len(app.get("image")) == 1, "a picture that was drawn from the true bytes stays"


def long_letter(paragraphs: int, length: int = 1_000) -> Letter:
    """Return a letter of many paragraphs, each one page."""
    text = "\n\n".join(f"{at:06d}" + "x" * (length - 6) for at in range(paragraphs))
    made = replace(letter(text), blocks=blocks(text))
    starts = tuple(block.start for block in made.blocks)
    paged = tuple(replace(block, page=at) for at, block in enumerate(made.blocks, start=1))
    return replace(made, pages=starts, blocks=paged)


def test_a_short_letter_is_shown_whole() -> None:
    assert parts(plain_letter()) == [(0, len(plain_letter().text))]


def test_a_long_letter_comes_in_parts_that_follow_on_each_other() -> None:
    made = long_letter(500)
    spans = parts(made)
    assert len(spans) > 3
    assert spans[0][0] == 0
    assert spans[-1][1] == len(made.text)
    assert all(before[1] == after[0] for before, after in pairwise(spans))
    assert all(end - start <= PART_CHARS * 5 // 4 for start, end in spans)
    assert all(start in made.pages for start, _ in spans)
    shown = [Reader(paper(made, within=span)).words for span in spans]
    for block in made.blocks:
        assert sum(made.text[block.start : block.end] in words for words in shown) == 1


def test_a_text_without_pages_or_paragraphs_is_parted_all_the_same() -> None:
    text = "x" * (3 * PART_CHARS)
    made = replace(letter(text), blocks=(Block(0, len(text), "body", 1, 1),))
    assert all(end - start <= PART_CHARS * 5 // 4 for start, end in parts(made))


@given(st.integers(0, 499_000), st.integers(1, 3_000))
def test_cited_words_stand_whole_in_the_part_that_is_shown(start: int, length: int) -> None:
    made = _LONG
    end = min(len(made.text), start + length)
    part = next(span for span in parts(made) if span[0] <= start < span[1])
    first, last = with_context(made, part, (start, end))
    assert first <= start
    assert end <= last
    assert first == 0 or start - first >= 1_000
    assert last == len(made.text) or last - end >= 1_000


_LONG = long_letter(500)


def test_pages_are_found_by_their_place() -> None:
    made = replace(letter("one two three"), pages=(0, 4, 8))
    assert [page_at(made, at) for at in (0, 3, 4, 8, 12)] == [1, 1, 2, 3, 3]
    assert [page_span(made, page) for page in (1, 2, 3)] == [(0, 4), (4, 8), (8, 13)]


def test_a_page_that_could_not_be_read_is_told_where_it_was() -> None:
    made = replace(
        letter("one two"),
        pages=(0, 4, 4),
        blocks=(Block(0, 3, "body", 1, 1), Block(4, 7, "body", 2, 3)),
        reads=(PageRead("text"), PageRead("unreadable", reason="there is no OCR here"), PageRead("text")),
    )
    assert Reader(paper(made)).words == "1onePage 2 could not be read: there is no OCR herePage 32two"
