"""Text reaches the page as it is, whatever it holds."""

import ast
import html
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.ui.markup import clip, label, tag, text
from tests.unit.ui.stand_in import APP, HOSTILE

SOURCES = [APP, *sorted((APP.parent / "assistant" / "ui").glob("*.py"))]

# What Streamlit reads as Markdown when it is handed a string.
MARKDOWN = {
    "markdown", "write", "write_stream", "caption", "title", "header", "subheader", "error", "warning", "info",
    "success", "toast", "button", "status", "expander", "popover", "checkbox", "metric", "badge", "spinner",
}  # fmt: skip


class Reader(HTMLParser):
    """Collects the tags and the text of HTML."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data


@given(st.text(st.characters(blacklist_categories=["Cc", "Cs"])))
def test_any_text_reads_back_as_it_was_and_makes_no_tag(value: str) -> None:
    read = Reader(tag("p", text(value)))
    assert read.words == value
    assert read.tags == ["p"]


def test_hostile_text_makes_no_tag_and_keeps_its_markdown() -> None:
    read = Reader(tag("p", text(HOSTILE)))
    assert (read.tags, read.words) == (["p"], HOSTILE)


def test_control_characters_and_lone_surrogates_are_shown_as_the_replacement_character() -> None:
    assert text("a\x00b\x1b[31m\ud800\n\tc") == "a\ufffdb\ufffd[31m\ufffd\n\tc"


def test_an_attribute_cannot_be_broken_out_of() -> None:
    assert tag("p", title='"><script>') == '<p title="&quot;&gt;&lt;script&gt;"></p>'


@pytest.mark.parametrize("punctuation", [c for c in map(chr, range(33, 127)) if not c.isalnum()])
def test_a_label_escapes_every_character_that_markdown_knows(punctuation: str) -> None:
    assert label(f"a{punctuation}b") == f"a\\{punctuation}b"


def test_a_label_is_one_line() -> None:
    assert label("a\n\n# b\r\nc") == "a \\# b c"


def test_clipping_says_how_long_the_text_was() -> None:
    assert clip("abcdef", 6) == "abcdef"
    assert clip("a" * 100_000, 3) == "aaa… (100,000 characters in all)"


def _calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))


def _is_safe(argument: ast.expr) -> bool:
    """Whether an argument is a constant, a NAMED_CONSTANT, or went through `label`."""
    match argument:
        case ast.Constant():
            return True
        case ast.Name(name):
            return name.isupper()
        case ast.Subscript(ast.Name(name)):
            return name.isupper()
        case ast.Call(ast.Name("label")):
            return True
    return False


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_markdown_is_given_the_programs_own_words_or_escaped_ones(path: Path) -> None:
    for call in _calls(path):
        match call.func:
            case ast.Attribute(attr=name) if name in MARKDOWN and call.args:
                assert _is_safe(call.args[0]), f"{path.name}:{call.lineno} {ast.unparse(call)}"
        for keyword in call.keywords:
            if keyword.arg in ("help", "label"):
                assert _is_safe(keyword.value), f"{path.name}:{call.lineno} {ast.unparse(call)}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_html_is_written_by_markup_and_scripts_by_scroll_alone(path: Path) -> None:
    written = [ast.unparse(call) for call in _calls(path) if ast.unparse(call.func).endswith("st.html")]
    assert "unsafe_allow_html" not in path.read_text("utf-8")
    if path.name == "scroll.py":
        assert written == [
            "st.html(_TO_QUESTION % position, unsafe_allow_javascript=True)",
            "st.html(_TO_MARK % opening, unsafe_allow_javascript=True)",
            "st.html(_TO_MARK_OF_PAGE % page, unsafe_allow_javascript=True)",
        ]
    elif path.name == "app.py":
        assert written == ["st.html(UI / 'style.css')"]
    elif path.name != "markup.py":
        assert written == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_markup_is_made_by_its_own_functions_alone(path: Path) -> None:
    made = [ast.unparse(call) for call in _calls(path) if ast.unparse(call.func) == "Html"]
    assert not made or path.name == "markup.py"


def test_the_style_fetches_nothing() -> None:
    style = (APP.parent / "assistant" / "ui" / "style.css").read_text("utf-8")
    assert "url(" not in style
    assert "@import" not in style
    assert html.escape(style, quote=False).count("&lt;") == 0, "a tag would leave the style element"
