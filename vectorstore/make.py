"""A file's bytes to a letter: read, cut into blocks, its card found. A bad file is refused with the reason (pure)."""

import hashlib

from vectorstore.blocks import find_blocks
from vectorstore.card import find_card
from vectorstore.letter import Letter
from vectorstore.read import read_letter


def make_letter(data: bytes, source: str) -> Letter:
    """Make a letter of a file's bytes.

    Args:
        source: the file's name; its suffix says how it is read.

    Raises:
        UnreadableError: the file cannot be read.
    """
    reading = read_letter(data, source)
    blocks = find_blocks(reading.text, reading.pages)
    return Letter(
        id=letter_id(data),
        source=source.encode("utf-8", "backslashreplace").decode(),
        text=reading.text,
        text_sha256=hashlib.sha256(reading.text.encode()).hexdigest(),
        pages=reading.pages,
        card=find_card(reading.text, blocks),
        blocks=blocks,
        reads=reading.reads,
    )


def letter_id(data: bytes) -> str:
    """Return the id of the letter in a file: from its bytes alone, so that the same file is the same letter."""
    return hashlib.sha256(data).hexdigest()[:16]
