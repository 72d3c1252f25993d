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
        (b"", "it is empty"),
        (b" \n\f\t - ...", "no words"),
        (bytes(range(256)) * 4, "control characters"),
        (bytes(range(32)) * 4 + b"words" * 20, "control characters"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "it is a picture under a wrong name; give it the ending .png"),
        (b"%PDF-1.7\nDear Sir", "it is a PDF under a wrong name"),
        (b"\xef\xbb\xbf <!DOCTYPE HTML><p>Dear Sir", "it is a web page under a wrong name"),
        (rb"{\rtf1\ansi Dear Sir}", "rich text"),
        (b"a\x81b", "control characters"),
        ("ab".encode("utf-16") + b"\x00", "not text"),
        ("尊敬的先生，我们同意".encode("gb18030"), "not text"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read_text(data)


def test_a_letter_put_together_in_two_encodings_is_read_in_both() -> None:
    words = "The “force” – £3.1m.\n"
    assert read_text(words.encode() + words.encode("cp1252") + words.encode()) == words * 3


@pytest.mark.parametrize("half", [0xD800, 0xDFFF])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-32-be"])
def test_half_a_character_is_marked_and_costs_nothing_else(half: int, encoding: str) -> None:
    mark = b"" if encoding == "utf-8" else "\ufeff".encode(encoding)
    data = mark + f"Dear “Sir”{chr(half)}, we agree.".encode(encoding, "surrogatepass")
    assert read_text(data).replace("\ufffd\ufffd\ufffd", "\ufffd") == "Dear “Sir”\ufffd, we agree."


def test_direction_and_zero_width_marks_are_kept_as_they_are() -> None:
    text = "Dear \u202eriS\u202c,\u200b we \u2066agree\u2069.\ufeff"
    assert read_text(text.encode()) == text


def test_a_stray_control_character_does_not_cost_the_letter() -> None:
    text = "A letter of the usual kind. " * 20 + "\x07"
    assert read_text(text.encode()) == text
