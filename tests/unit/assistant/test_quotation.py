"""Cited words are written out unchanged, but for what no file can hold."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from assistant.quotation import one_line, shown


def test_line_breaks_and_tabs_become_one_space_and_other_space_stays() -> None:
    assert one_line("The  grant\nwas \r\n\n spent\tin\u00a02020") == "The  grant was spent in\u00a02020"


def test_a_bullet_at_the_head_goes_and_one_within_stays() -> None:
    assert shown("•\tOne - two\n- three") == "One - two - three"
    assert shown("---") == "---"


def test_what_xml_cannot_hold_is_replaced_in_place() -> None:
    assert one_line("a\x00b\ud800c\ufffed\x9fe\x7f") == "a\ufffdb\ufffdc\ufffdd\ufffde\ufffd"


def test_a_direction_that_is_turned_is_turned_back_at_the_end() -> None:
    assert one_line("pay \u202e000,87") == "pay \u202e000,87\u202c"
    assert one_line("\u2067a \u202bb") == "\u2067a \u202bb\u202c\u2069"
    assert one_line("\u2067a \u202bb\u2069") == "\u2067a \u202bb\u2069", (
        "the isolate's end closes what it holds"
    )
    assert one_line("\u202aa\u202c \u2069\u202c\u200f") == "\u202aa\u202c \u2069\u202c\u200f", (
        "nothing is open"
    )


@given(st.text(st.characters(), max_size=60))
def test_every_text_is_one_line_that_xml_can_hold(text: str) -> None:
    line = one_line(text)
    element = etree.Element("t")
    element.text = line  # refuses what XML cannot hold
    read = etree.fromstring(etree.tostring(element))
    assert (read.text or "") == line
    assert len(line.splitlines()) <= 1
    assert one_line(line) == line
