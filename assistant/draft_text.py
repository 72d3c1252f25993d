"""Somebody's draft to paragraphs, each with its heading, its lead-in and what it quotes (pure).

Markdown's marks are blanked, not removed, so that every offset counts in the draft as it came.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from assistant.draft_quotes import UNSEEN, Marked, find_marked
from vectorstore.sentences import sentence_spans

_GAP = re.compile(r"\n[ \t\xa0]*(?=\n)|\f")
_ITEM = re.compile(r"[ \t>]*(?:[-•▪◦*+·]|\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-z]|[ivx]{1,4})[.)])[ \t]+(?=\S)")
_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]+(?=\S)")
_BLOCK_QUOTE = re.compile(r"[ \t]*>")
# A dash and a name under a block quote say whose it is.
_CREDIT = re.compile(r"[ \t>]*(?:[—–―]|--(?!-))[ \t]*(?=\S)|[ \t]*>[ \t>]*-[ \t]+(?=\S)")
_NOTE = re.compile(r"^[ \t]*\[\^(?P<label>[^\]\s]{1,40})\]:[ \t]*", re.MULTILINE)
_FENCE = re.compile(r"^[ \t]*(```|~~~).*?(?:^[ \t]*\1[^\n]*$|\Z)", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
# The address of a link; a bracket in it is written as %28 or stands in pairs.
_LINK = re.compile(r"(?<=\])\((?P<address>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+[\"'][^\"'\n]*[\"'])?\)")
_ADDRESS = re.compile(r"<?\bhttps?://[^\s<>\"“”]+>?")
# A paragraph that ends so does not lead in the block quote under it.
_ENDS = re.compile(r"[.!?…][\"'”’»)\]*_\s]*(?:\[\^[^\]\s]+\]\s*)*$")
_LONG_LINE = 120  # in characters: whoever breaks lines by hand does so before
_MAX_HEADING_WORDS = 14


@dataclass(frozen=True, slots=True)
class Link:
    """An address in the draft; `start` is where it begins."""

    start: int
    end: int
    address: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a draft; spans count code points of the draft.

    Args:
        text: as long as the paragraph in the draft, its marks of Markdown blanked, or `UNSEEN` within words.
        kind: what it is; a "block" is set off as a quotation.
        heading: the words of the heading that it stands under, or "".
        lead: the paragraph that introduces it: before a list, a block quote, or a quotation on its own; or "".
        credit: the line under a block quote that says whose it is, or "".
        marked: what is quoted in it, in order; a block quote as a whole, marks around it left out.
        quoted: the spans that are quoted, those of a quotation that began in an earlier paragraph included.
    """

    start: int
    end: int
    text: str
    kind: str
    heading: str
    lead: str
    credit: str
    marked: tuple[Marked, ...]
    quoted: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class DraftText:
    """A draft taken apart.

    Args:
        notes: footnotes by their label.
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    links: tuple[Link, ...]
    notes: dict[str, str]


def take_apart(text: str) -> DraftText:
    """Take a draft apart; nothing in it is taken for granted, unbalanced marks included."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    seen = _COMMENT.sub(_blank, _FENCE.sub(_blank, text))
    links = [Link(m.start("address"), m.end("address"), m["address"]) for m in _LINK.finditer(seen)]
    seen = _LINK.sub(_blank, seen)
    links += [Link(*m.span(), m[0].strip("<>")) for m in _ADDRESS.finditer(seen)]
    seen = _ADDRESS.sub(_blank, seen)
    notes: dict[str, str] = {}
    pieces: list[tuple[int, int, str]] = []
    for start, end in _pieces(seen):
        note = _NOTE.match(seen, start, end)
        if note:
            # The address of a footnote is told by its link: the words alone would have lost it.
            notes[note["label"]] = text[note.end() : end].strip()
        else:
            pieces.append((start, end, _kind(seen[start:end])))
    return DraftText(text, tuple(_paragraphs(seen, pieces)), tuple(sorted(links, key=_start)), notes)


def _start(link: Link) -> int:
    return link.start


def sentences(paragraph: Paragraph) -> list[tuple[int, int]]:
    """Return the spans of a paragraph's sentences in the draft; a full stop inside a quotation ends none.

    What a closing mark, a full stop before it or not, is followed by a bracket for belongs to the sentence before.
    """
    masked = mask(paragraph)
    spans = [(paragraph.start + start, paragraph.start + end) for start, end in sentence_spans(masked)]
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and paragraph.text[start - paragraph.start] in "([":
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def mask(paragraph: Paragraph) -> str:
    """Return a paragraph's text with x for every character that is quoted, as long as before."""
    masked = list(paragraph.text)
    for start, end in paragraph.quoted:
        first, last = start - paragraph.start, end - paragraph.start
        # The last point inside the marks may end the draft's own sentence.
        kept = last - 1 if paragraph.text[last - 1 : last] in {".", "!", "?"} else last
        masked[first:kept] = [" " if c.isspace() else "X" if c.isupper() else "x" for c in masked[first:kept]]
    return "".join(masked)


def _blank(match: re.Match[str]) -> str:
    return "".join("\n" if c == "\n" else " " for c in match[0])


def _unseen(match: re.Match[str]) -> str:
    return UNSEEN * len(match[0])


def _pieces(seen: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of paragraphs: between blank lines, and where a list, heading or quotation begins."""
    cuts = [0, *(m.end() for m in _GAP.finditer(seen)), len(seen)]
    for begin, stop in pairwise(cuts):
        lines = list(_lines(seen, begin, stop))
        # An editor that never breaks a line gives a paragraph a line.
        each = any(end - start > _LONG_LINE for start, end in lines)
        start: int | None = None
        last = begin
        before = ""
        for first, end in lines:
            line = seen[first:end]
            if start is not None and (each or _begins(line, before)):
                yield start, last
                start = None
            start = first if start is None else start
            last, before = end, line
        if start is not None:
            yield start, last


def _lines(seen: str, begin: int, stop: int) -> Iterator[tuple[int, int]]:
    at = begin
    for line in seen[begin:stop].split("\n"):
        if line.strip():
            yield at + len(line) - len(line.lstrip(" \t\xa0")), at + len(line.rstrip())
        at += len(line) + 1


def _begins(line: str, before: str) -> bool:
    """Whether a line begins a paragraph of its own under the line before it."""
    if bool(_BLOCK_QUOTE.match(line)) != bool(_BLOCK_QUOTE.match(before)):
        return True
    if not line.strip("> \t"):
        return True
    return bool(
        _ITEM.match(line)
        or _NOTE.match(line)
        or _CREDIT.match(line)
        or _HEADING.match(line)
        or _HEADING.match(before)
        or line.lstrip().startswith("|")
    )


def _kind(piece: str) -> str:
    if _HEADING.match(piece):
        return "heading"
    if _BLOCK_QUOTE.match(piece):
        return "block"
    if _ITEM.match(piece):
        return "item"
    bare = piece.strip(" *_")
    is_short = len(bare.split()) <= _MAX_HEADING_WORDS and "\n" not in bare
    if is_short and bare[:1].isupper() and bare[-1:].isalpha() and not re.search(r"[\"“”«»„]", bare):
        return "heading"
    return "text"


def _paragraphs(seen: str, pieces: list[tuple[int, int, str]]) -> Iterator[Paragraph]:
    heading, lead = "", ""
    texts = [_bare(seen[start:end], kind) for start, end, kind in pieces]
    marked = find_marked([(start, text) for (start, _, _), text in zip(pieces, texts, strict=True)])
    spans = [span for found in marked for each in found for span in each.spans]
    for at, ((start, end, kind), text) in enumerate(zip(pieces, texts, strict=True)):
        words = text.strip()
        if _is_credit(seen, pieces, at) or not words:
            continue
        if kind == "heading":
            heading, lead = words, ""
        below = pieces[at + 1][:2] if at + 1 < len(pieces) and _is_credit(seen, pieces, at + 1) else None
        credit = seen[slice(*below)].strip() if below else ""
        alone = bool(marked[at]) and not any(c.isalnum() for c in text[: marked[at][0].start - start])
        leads = (
            not _ENDS.search(lead) if kind == "block" else lead.endswith(":") and (kind == "item" or alone)
        )
        introduced = lead if leads else ""
        here = [_whole(start, text)] if kind == "block" else marked[at]
        quoted = [each.spans[0] for each in here] if kind == "block" else spans
        yield Paragraph(
            start, end, text, kind, heading, introduced, credit, tuple(here),
            tuple((s, e) for s, e in quoted if start <= s and e <= end),
        )  # fmt: skip
        if kind == "text" and not introduced:
            lead = words


def _whole(offset: int, text: str) -> Marked:
    """Return all of a block quote as one quotation, without marks that only go around it."""
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    (inner,) = find_marked([(0, text)])
    if (
        len(inner) == 1
        and inner[0].start == first + 1
        and not any(map(str.isalnum, text[inner[0].end : last]))
    ):
        first, last = inner[0].start, inner[0].end
    span = (offset + first, offset + last)
    return Marked(*span, (text[first:last],), (span,))


def _is_credit(seen: str, pieces: list[tuple[int, int, str]], at: int) -> bool:
    """Whether a paragraph only says whose the block quote above it is."""
    start, end, _ = pieces[at]
    above = at > 0 and pieces[at - 1][2] == "block"
    return above and bool(_CREDIT.match(seen, start, end)) and len(seen[start:end].split()) <= 25


def _bare(piece: str, kind: str) -> str:
    """Blank the marks that say what kind of paragraph it is, and those of bold and slanted words."""
    if kind == "block":
        piece = re.sub(r"(?m)^[ \t]*(?:>[ \t]?)+", _blank, piece)
    for mark in (_HEADING, _ITEM):
        found = mark.match(piece)
        if found:
            piece = " " * found.end() + piece[found.end() :]
    return re.sub(r"\*{1,3}|(?<![^\W_])_{1,3}(?=\S)|(?<=\S)_{1,3}(?![^\W_])|`", _unseen, piece)
