"""Plain text in the encodings that letters come in."""

import pytest

from vectorstore.errors import UnreadableError
from vectorstore.readers.text import read_text

WORDS = "Llanfêrin – “£3.1m”\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_a_letter_is_read_in_any_common_encoding(encoding: str) -> None:
    assert read_text(WORDS.encode(encoding)) == WORDS


@pytest.mark.parametrize("order", ["le", "be"])
@pytest.mark.parametrize("bits", ["16", "32"])
def test_a_byte_order_mark_says_the_order(bits: str, order: str) -> None:
    assert read_text(f"\ufeff{WORDS}".encode(f"utf-{bits}-{order}")) == WORDS


def test_line_ends_are_brought_to_one_form() -> None:
    assert read_text(b"one\r\ntwo\rthree\n") == "one\ntwo\nthree\n"


def test_nothing_else_is_changed() -> None:
    text = "**a** \t b\xa0\xadc\u200b\f ﬁ \u2028 e\u0301"
    assert read_text(text.encode()) == text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no words"),
        (b" \n\f\t - ...", "no words"),
        (bytes(range(256)) * 4, "not text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "control characters"),
        (b"a\x81b", "not text"),
        ("ab".encode("utf-16") + b"\x00", "control characters"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read_text(data)


def test_a_stray_control_character_does_not_cost_the_letter() -> None:
    text = "A letter of the usual kind. " * 20 + "\x07"
    assert read_text(text.encode()) == text
