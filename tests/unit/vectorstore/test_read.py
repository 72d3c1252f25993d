"""Bytes to text and pages, by the kind of file."""

import pytest

from vectorstore import read
from vectorstore.errors import UnreadableError
from vectorstore.read import Reading, read_letter


@pytest.mark.parametrize("name", ["letter.txt", "LETTER.TXT", "letter.text", "letter.md"])
def test_text_is_read_whatever_its_suffix(name: str) -> None:
    assert read_letter(b"Dear Sir", name) == Reading("Dear Sir", (0,))


@pytest.mark.parametrize(
    ("name", "kind"), [("letter.doc", "'.doc'"), ("letter", "'without a suffix'"), (".txt", "suffix")]
)
def test_a_file_of_another_kind_is_refused_and_its_kind_named(name: str, kind: str) -> None:
    with pytest.raises(UnreadableError, match=kind):
        read_letter(b"Dear Sir", name)


def test_a_file_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "MAX_BYTES", 10)
    assert read_letter(b"0123456789", "letter.txt").text == "0123456789"
    with pytest.raises(UnreadableError, match="larger than 10 bytes"):
        read_letter(b"0123456789X", "letter.txt")


def test_pages_begin_after_form_feeds() -> None:
    reading = read_letter(b"one\ftwo\f\fthree", "letter.txt")
    assert [reading.text[start:].split("\f")[0] for start in reading.pages] == ["one", "two", "", "three"]


def test_a_form_feed_at_the_end_begins_no_page() -> None:
    assert read_letter(b"one\ftwo\f \f\n", "letter.txt").pages == (0, 4)
