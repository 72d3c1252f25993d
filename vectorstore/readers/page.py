"""What a reader gives back: a page's text and how it was read."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a letter.

    Args:
        how: "text" from the file's own text, "ocr" from a picture of it, "unreadable" when neither was possible.
        confidence: of the reading, 0 to 1; None where the text is the file's own.
        reason: why it is unreadable or weak; empty otherwise.
    """

    text: str
    how: Literal["text", "ocr", "unreadable"]
    confidence: float | None
    reason: str = ""
