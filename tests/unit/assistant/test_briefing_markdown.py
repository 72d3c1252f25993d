"""The Markdown file: footnotes by number, and nothing of a letter that is mark-up."""

import html
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.briefing_markdown import escape, write_markdown
from assistant.quotation import one_line
from tests.unit.assistant.briefings import (
    SPENT,
    brief,
    cited,
    comparison_answer,
    corpus,
    grant_answer,
    items_of,
    made,
    not_found,
    pass_answer,
)
from tests.unit.ui.stand_in import HOSTILE

RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def rendered(line: str) -> str:
    """Return the words of a paragraph; fail where anything in it is mark-up."""
    page = RENDERER.render(line)
    inside = re.fullmatch(r"<p>([^<]*)</p>\n", page)
    assert inside, page
    return html.unescape(inside[1])


@pytest.mark.parametrize(
    "line",
    [
        HOSTILE, "1. one", "2) two", "- item", "+ item", "# head", "=====", "---", "> said", "| a | b |", "~~~",
        "    code", "&lt;b&gt; &#60;", "[x]: http://192.0.2.1/", "[^1]: note", "![x](y)", "a\\*b", "~~x~~ _y_",
        "http://192.0.2.1 www.x.org a@b.c",
    ],
)  # fmt: skip
def test_a_line_is_shown_as_it_is(line: str) -> None:
    assert rendered(escape(line)) == line.strip()


@given(st.text(st.sampled_from("ab1 \\`*_{}[]<>#|~$^&@=+-.!()\"':;/%?,"), min_size=1, max_size=20))
def test_no_mix_of_marks_is_mark_up(text: str) -> None:
    line = one_line(text).strip()
    if line:
        assert rendered(escape(line)) == line
        assert rendered(f"“{escape(line)}”") == f"“{line}”"


def test_addresses_and_words_between_colons_are_broken_up() -> None:
    assert (
        escape("see http://a.b and www.c.d :smile: at 10:30")
        == r"see http\://a.b and www\.c.d \:smile: at 10:30"
    )


def test_a_briefing_has_its_marks_and_a_note_for_each() -> None:
    letters = corpus()
    items = items_of(letters, grant_answer(letters), pass_answer(letters), not_found())
    items[1] = replace(items[1], text="It was 5 * 5.")
    made_of = brief(items, letters, title="A_B", author="C <d>", marking="OFFICIAL", include_unverified=True)
    text = write_markdown(made_of)
    assert text.startswith("**OFFICIAL**\n\n# A\\_B\n\nC \\<d\\>\n\n## Was the grant spent?\n\n")
    assert f"> “{SPENT}”[^1]\n" in text
    assert "**Not verified:** It was 5 \\* 5.[^2][^3] (its quotes do not carry" in text
    assert re.findall(r"^\[\^(\d+)\]: ", text, re.M) == [str(n) for n in range(1, 5)]
    assert sorted(re.findall(r"\[\^(\d+)\](?!:)", text)) == [str(n) for n in range(1, 5)]
    assert "| could not be read |" in text
    assert text.count("**OFFICIAL**") == 2


def test_a_hostile_letter_is_shown_as_it_is_everywhere() -> None:
    letter = made(HOSTILE, author=HOSTILE, addressee="a | b")
    [item] = items_of([letter], not_found())
    item = replace(
        item, citations=(cited(letter, HOSTILE),), text=HOSTILE, original=HOSTILE, question=HOSTILE
    )
    page = RENDERER.render(write_markdown(brief([item], [letter], marking=HOSTILE)))
    assert not re.findall(
        r"<(?!/?(?:p|h1|h2|h3|strong|blockquote|ul|li|table|thead|tbody|tr|th|td)\b)[^>]*>", page
    )
    assert "<td>" in page


def test_a_comparison_is_a_table_whose_empty_cells_say_so() -> None:
    letters = corpus()
    written = write_markdown(brief(items_of(letters, comparison_answer(letters)), letters))
    assert (
        "| Whose letter | the grant | calls \\| rings |\n"
        "| --- | --- | --- |\n"
        "| Northshire | “The force did not spend the grant.”[^1]<br>“It set aside 78,000 pounds for 2020.”[^2]"
        " | says nothing on this |\n"
        "| Southtown | says nothing on this | “Officers answer 94 per cent of calls within ten seconds.”[^3] |\n"
    ) in written
    page = RENDERER.render(written)
    assert page.count("<table>") == 3  # with the annex's two
    assert "<blockquote>" not in page


def test_what_is_no_comparison_keeps_its_headings() -> None:
    letters = corpus()
    written = write_markdown(brief(items_of(letters, comparison_answer(letters, "fact")), letters))
    assert "### Northshire" in written
    assert "Whose letter" not in written
