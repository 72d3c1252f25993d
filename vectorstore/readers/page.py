"""The data that page readers hand on: one page's text, and how it came about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

HIDDEN = "text that does not show on the page was left out"


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it was read.

    Args:
        text: paragraphs parted by one empty line; empty where the page is blank or unreadable.
        how: "text" from the file's own text, "ocr" from its picture, "unreadable" when neither could be had.
        confidence: mean of the OCR's words, 0 to 1, lower where a line was not read; None for text, and without words.
        reason: why it is unreadable, why OCR was used, or what of the page was left out; else empty.
    """

    text: str
    how: Literal["text", "ocr", "unreadable"]
    confidence: float | None = None
    reason: str = ""


class Pages:
    """Tells whoever waits for a letter that one more of its slow pages is done; a reading process sets `tell`."""

    tell: Callable[[], None] | None = None

    @classmethod
    def done(cls) -> None:
        """Say that a page was read by OCR; from any thread."""
        if cls.tell is not None:
            cls.tell()
