"""The lines of a block, and the fields that are cut out of them (pure)."""

import re
from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from vectorstore.letter import Block, CardField, How

# Longer than any line of an address, a subject or a signature, and short enough for patterns that look twice.
MAX_LINE_CHARS = 500
MAX_LINES = 2_000  # of a header, or of all that stands at the pages' edges
MAX_LISTED = 50  # of addressees, copies and references; no letter has more, and a page of commas would

COPY = re.compile(
    r"[ \t*]*(?:b?c\.?c\.?(?=[\s:*])|cop(?:ied|y|ies)(?: to(?=[\s:*])|(?=[ \t*]*:))|with (?:a copy|copies) to"
    r"|(?:distribution|c)(?=:))[ \t*]*:?[ \t*]*",
    re.IGNORECASE,
)
ENCLOSED = re.compile(
    r"[ \t*]*(?:enc(?:l(?:osures?|osed)?|s)?|attach(?:ments?|ed)|annex(?:es)?)\b", re.IGNORECASE
)
SUBJECT = re.compile(r"[ \t*]*(?:re|subject|regarding|rhif)\b[ \t]*[:.][ \t]*", re.IGNORECASE)
# What a scanner leaves around a line: ". Clerk to the Council ~".
_SPECKS = re.compile(r"(?:[.~_'`|:,;°¢]\s+)*(?:[.~_'`|:,;°¢]$)?")
_LAST_SPECKS = re.compile(r"(?:\s+[.~_'`|:,;°¢]+)*\s*$")


class Line(NamedTuple):
    """One line of a block: its span in the letter's text, and its words."""

    start: int
    end: int
    text: str


def lines_of(text: str, block: Block) -> list[Line]:
    """Return the lines of a block that hold something; one beyond MAX_LINE_CHARS names nobody and is left out."""
    found: list[Line] = []
    at = block.start
    for line in text[block.start : block.end].split("\n"):
        stripped = line.strip()
        if 0 < len(stripped) <= MAX_LINE_CHARS:
            first = _SPECKS.match(stripped)
            last = _LAST_SPECKS.search(stripped, first.end() if first else 0)
            words = stripped[first.end() if first else 0 : last.start() if last else None]
            if words:
                start = at + line.index(stripped) + (first.end() if first else 0)
                found.append(Line(start, start + len(words), words))
        at += len(line) + 1
    return found


def lines_in(text: str, blocks: Iterable[Block]) -> list[Line]:
    """Return the lines of several blocks, in order."""
    return list(islice((line for block in blocks for line in lines_of(text, block)), MAX_LINES))


def field_of(
    text: str, start: int, end: int, how: How = "stated", value: str | None = None
) -> CardField | None:
    """Trim marks and white space off a span and return it as a field; None when nothing is left."""
    while start < end and (text[start].isspace() or text[start] in "*_,;|"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in "*_,;|"):
        end -= 1
    if start == end:
        return None
    return CardField(value or " ".join(text[start:end].split()), start, end, how)
