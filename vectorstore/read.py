"""A file's bytes to the letter's text and its page starts, by the kind of file."""

from dataclasses import dataclass
from pathlib import Path

from vectorstore.errors import UnreadableError
from vectorstore.readers.text import read_text

SUFFIXES = frozenset({".txt", ".text", ".md"})
MAX_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: the text, and where each page starts in it (code points; the first is 0)."""

    text: str
    pages: tuple[int, ...]


def read_letter(data: bytes, name: str) -> Reading:
    """Read a letter.

    Raises:
        UnreadableError: this file cannot be read; the message is the reason, without the file's name.
    """
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise UnreadableError(
            f"files of the kind {suffix or 'without a suffix'!r} are not read yet; save it as .txt"
        )
    if len(data) > MAX_BYTES:
        raise UnreadableError(f"it is larger than {MAX_BYTES:,} bytes; a letter is not")
    text = read_text(data)
    # What follows the last word is no page.
    last = len(text.rstrip())
    return Reading(text, (0, *(at + 1 for at, character in enumerate(text[:last]) if character == "\f")))
