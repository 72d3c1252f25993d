"""A letter's text to its pieces: paragraphs, bullets, greeting and close, and what stands at pages' edges (pure)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from vectorstore.furniture import CONTACT, HEADER_LINE, Span, find_page_edges
from vectorstore.prose import goes_on
from vectorstore.restated import REPLY_LABEL

_GAP = re.compile(r"\n[ \t\xa0]*\n\s*|\f\s*")
BULLET = re.compile(r"[ \t]*(?:[-•▪◦*·–]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])[ \t]+(?=\S)")
# A letter in two languages greets and closes in both on one line.
SALUTATION = re.compile(r"[ \t*]*(?:[^\n/]{1,40} / )?Dear\b[^\n]{0,80}$", re.MULTILINE)
VALEDICTION = re.compile(
    r"[ \t*]*(?:[^\n/]{1,40} / )?(?:yours (?:sincerely|faithfully|truly|ever|respectfully)"
    r"|(?:very )?(?:sincerely|respectfully)(?: yours)?|(?:with )?(?:kind|best|warm)(?:est)? (?:regards|wishes)|cofion)"
    r"[ \t,.*]*$",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the letter's text that will be one block.

    Args:
        edge: whether it is a header or footer that stands at the edges of pages.
    """

    start: int
    end: int
    text: str
    bullet: bool = False
    edge: bool = False


def cut(text: str, pages: Sequence[int]) -> list[Piece]:
    """Cut a letter at blank lines, page breaks, pages' headers and footers, bullets, greeting and close."""
    edges = find_page_edges(text, pages)
    pieces: list[Piece] = []
    at = 0
    for start, end in edges:
        pieces += _pieces(text, at, start)
        pieces.append(Piece(start, end, text[start:end], edge=True))
        at = end
    pieces += _pieces(text, at, len(text))
    return _join_broken(text, pieces)


def _pieces(text: str, begin: int, stop: int) -> list[Piece]:
    cuts: list[Span] = []
    at = begin
    for gap in _GAP.finditer(text, begin, stop):
        cuts.append((at, gap.start()))
        at = gap.end()
    cuts.append((at, stop))
    found: list[Piece] = []
    for start, end in cuts:
        marks = _marks(text, start, end)
        bounds = [*sorted(mark for mark in marks if mark < end), end]
        for first, last in pairwise(bounds):
            body = text[first:last]
            stripped = body.strip()
            if stripped:
                at = first + len(body) - len(body.lstrip())
                found.append(Piece(at, at + len(stripped), stripped, marks[first]))
    return found


def _marks(text: str, start: int, end: int) -> dict[int, bool]:
    """Return where new pieces begin in `[start, end)`, and whether each is a bullet."""
    marks = {start: False}
    position = start
    for line in text[start:end].splitlines(keepends=True):
        if BULLET.match(line):
            marks[position] = True
        elif HEADER_LINE.match(line) or REPLY_LABEL.match(line):
            marks[position] = False
        elif SALUTATION.match(line) or VALEDICTION.match(line):
            marks[position] = False
            marks.setdefault(position + len(line), False)
        position += len(line)
    return marks


def _join_broken(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Put together a paragraph that a page break or an empty line cut in the middle of a sentence."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last is not None and is_continued(last, piece):
            # The span runs over the gap, so that it still slices back out of the letter.
            joined[-1] = Piece(
                last.start, piece.end, text[max(last.start, piece.end - 2000) : piece.end], last.bullet
            )
        else:
            joined.append(piece)
    return [piece if len(piece.text) == piece.end - piece.start else _whole(text, piece) for piece in joined]


def _whole(text: str, piece: Piece) -> Piece:
    return Piece(piece.start, piece.end, text[piece.start : piece.end], piece.bullet, piece.edge)


def is_continued(before: Piece, after: Piece) -> bool:
    """Return whether a sentence of one piece goes on in another."""
    if before.edge or after.edge or after.bullet:
        return False
    return goes_on(before.text, after.text) and not CONTACT.search(before.text)
