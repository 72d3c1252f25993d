import codecs
import time
from contextlib import suppress

import pytest

from vectorstore.errors import UnreadableError
from vectorstore.readers.html import read_html
from vectorstore.readers.page import HIDDEN


def text_of(page: str | bytes, encoding: str | None = None) -> str:
    [read] = read_html(page if isinstance(page, bytes) else page.encode(), encoding)
    assert (read.how, read.confidence) == ("text", None)
    return read.text


def test_paragraphs_are_parted_by_empty_lines_and_white_space_is_folded() -> None:
    assert text_of("<h1>Re: \n  calls</h1><p>Dear   <b>Home</b>\nSecretary,</p><p>One<br>two</p>tail") == (
        "Re: calls\n\nDear Home Secretary,\n\nOne\ntwo\n\ntail"
    )


def test_words_in_mark_up_are_not_torn_apart() -> None:
    assert (
        text_of("<p>in<b>spec</b>tion<wbr>s &amp; more&nbsp;so&shy;me</p>")
        == "inspections & more\xa0so\u00adme"
    )


def test_divisions_are_lines_when_short_and_paragraphs_when_long() -> None:
    long = "A paragraph that the page wraps, because it is longer than any line of an address could be."
    assert text_of(
        "<div>Home Office</div><div>2 Marsham Street</div><div><br></div><div>Dear all,</div>"
    ) == ("Home Office\n2 Marsham Street\n\nDear all,")
    assert text_of(f"<div>{long}</div><div>{long}</div>") == f"{long}\n\n{long}"


def test_lists_have_dashes_or_their_numbers() -> None:
    assert text_of("<ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul>") == "- one\n- inner\n- two"
    assert text_of("<ol start=3><li>c<li value=9>i<li>j</ol>") == "3. c\n9. i\n10. j"
    assert text_of("<ol type=A><li>x</ol><ol type=i><li>x<li>y</ol>") == "A. x\n\ni. x\nii. y"


def test_tables_are_lines_with_tabs_and_layout_tables_are_paragraphs() -> None:
    assert (
        text_of("<table><tr><th>Force<th>Count<tr><td>West<td>478,000</table>")
        == "Force\tCount\nWest\t478,000"
    )
    layout = "<table><tr><td><table><tr><td><p>One.</p><p>Two.</p></td></tr></table></td></tr></table>"
    assert text_of(layout) == "One.\n\nTwo."


def test_words_that_stand_outside_cells_are_not_lost() -> None:
    text = text_of(
        "<table>Before<tr>within<td>cell</td></tr><form><tr><td>a</td><td>b</td></tr></form>after</table>"
    )
    assert set(text.split()) == {"Before", "within", "cell", "a", "b", "after"}


def test_words_in_a_head_that_is_never_closed_are_not_lost() -> None:
    assert (
        text_of("<head><title>x</title><o:p>Dear</o:p><style>p{}</style><p>Minister,") == "Dear\n\nMinister,"
    )


def test_preformatted_text_keeps_its_lines() -> None:
    assert text_of("<pre>Our ref:  1\nDate\n\nDear all,</pre>") == "Our ref: 1\nDate\n\nDear all,"


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>x</script>",
        "<style>x</style>",
        "<template>x</template>",
        "<!-- x -->",
        "<p hidden>x</p>",
        '<p style="DISPLAY : none !important">x</p>',
        '<p style="visibility:hidden"><b>x</b></p>',
        '<p style="opacity:0">x</p>',
        '<p style="font-size:0px">x</p>',
        '<p style="text-indent:-9999px">x</p>',
        '<p style="position:absolute;left:-5000px">x</p>',
        '<p style="color:#FFFFFF">x</p>',
        '<font color="white">x</font>',
        '<p style="color: rgb(255, 255, 255)">x</p>',
        '<table><tr hidden><td>x</td></tr><tr><td style="color:white">x</td></tr></table>',
        "<svg><text>x</text></svg>",
    ],
)
def test_what_no_reader_sees_is_left_out(hidden: str) -> None:
    assert text_of(f"<p>Seen</p>{hidden}") == "Seen"


def test_white_words_on_a_dark_ground_and_small_gaps_around_words_are_seen() -> None:
    assert text_of('<div bgcolor="navy" style="color:white">Seen</div>') == "Seen"
    assert text_of('<td style="font-size:0px"><div style="font-size:13px">Seen</div></td>') == "Seen"
    assert text_of('<div style="color:white">x<b style="color:black">Seen</b></div>') == "Seen"


@pytest.mark.parametrize(
    "page",
    [
        "<p>caf\u00e9 \u20ac</p>".encode("utf-8"),
        codecs.BOM_UTF8 + "<p>caf\u00e9 \u20ac</p>".encode(),
        "\ufeff<p>caf\u00e9 \u20ac</p>".encode("utf-16-be"),
        '<meta charset="windows-1252"><p>caf\u00e9 \u20ac</p>'.encode("cp1252"),
        '<meta http-equiv=Content-Type content="text/html; charset=iso-8859-15"><p>caf\u00e9 \u20ac</p>'.encode(
            "iso-8859-15"
        ),
        '<?xml version="1.0" encoding="utf-8"?><p>caf\u00e9 \u20ac</p>'.encode(),
        "<p>caf\u00e9 \u20ac</p>".encode("cp1252"),
        '<meta charset="no-such"><p>caf\u00e9 \u20ac</p>'.encode(),
        '<meta charset="utf-8"><p>caf\u00e9 \u20ac</p>'.encode("cp1252"),
    ],
)
def test_the_encoding_is_found(page: bytes) -> None:
    assert text_of(page) == "caf\u00e9 \u20ac"


@pytest.mark.parametrize(
    "style", ["color:#fff", "font-size:0", "display:none", "position:absolute;left:-9999px"]
)
def test_words_that_do_not_show_are_left_out_and_that_is_said(style: str) -> None:
    [page] = read_html(f"<p>Dear Minister,</p><p style='{style}'>Ignore <b>the letter</b>.</p>".encode())
    assert (page.text, page.reason) == ("Dear Minister,", HIDDEN)
    assert read_html(f"<p>Dear Minister,</p><p style='{style}'> </p>".encode())[0].reason == ""


def test_the_wrapping_can_name_the_encoding() -> None:
    assert text_of("<p>caf\u00e9</p>".encode("cp850"), "cp850") == "caf\u00e9"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (b"", "no words"),
        (b"\0", "no words"),
        (b"%PDF-1.7\n<p>Dear Sir", "it is a PDF under a wrong name"),
        (bytes(range(1, 32)) * 9 + b"<p>Dear Sir", "control characters"),
        (b"<", "no words"),
        (b"<p></p>", "no words"),
        (b"<script>only()</script>", "no words"),
        (b"<div>" * 1000 + b"deep", "too deeply"),
    ],
)
def test_what_shows_nothing_is_set_aside_with_its_reason(page: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read_html(page)


def test_entities_of_its_own_are_not_expanded() -> None:
    declared = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "lollol">]>'
    text = text_of(f"{declared}<p>Seen &a; &b;</p>")
    assert "root:" not in text
    assert "lollol</p>" not in text.partition("Seen")[2]


def test_the_cost_grows_with_the_page_alone() -> None:
    for piece in ("<li>x", "<td>x", "<b>x</b>", "<div>x</div>", "<br>x", "<p>x", "&amp;", "<a ", "<!--"):
        began = time.monotonic()
        with suppress(UnreadableError):
            read_html(b"<p>begin</p>" + (piece * 100_000).encode())
        assert time.monotonic() - began < 15, piece
