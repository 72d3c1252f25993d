"""Who else gets a letter: "cc:", "Copied to", lists below them (pure)."""

import re
from collections.abc import Sequence

from vectorstore.letter import Block, CardField
from vectorstore.lines import COPY, ENCLOSED, MAX_LISTED, SUBJECT, Line, field_of, lines_of
from vectorstore.names import BODY_NOUN, OFFICE, find_name

_BULLET = re.compile(r"[ \t]*(?:[-•▪◦*·–]|\(?\d{1,2}[.)])[ \t]+")
_LABEL = re.compile(r"[ \t*]*(?:[^\W\d_]+ ){0,2}(?:ref\w*|date|to|from)\b[ \t*]*:", re.IGNORECASE)
_RULER = re.compile(r"[\W\d_]*")


def find_copies(text: str, blocks: Sequence[Block]) -> tuple[CardField | None, tuple[CardField, ...]]:
    """Return the span of the first list of copies, and each of those whom it names."""
    for number, block in enumerate(blocks):
        lines = lines_of(text, block)
        for at, line in enumerate(lines):
            label = COPY.match(line.text)
            if not label:
                continue
            rest = Line(line.start + label.end(), line.end, line.text[label.end() :])
            listed = [*([rest] if rest.text.strip(" *") else []), *_upto_label(lines[at + 1 :])]
            if not listed:
                # The label stands alone, and the list follows in blocks of its own.
                listed = _following(text, blocks[number + 1 :])
            if listed:
                names = [field for one in listed[:MAX_LISTED] for field in _names(text, one)]
                return field_of(text, listed[0].start, listed[-1].end), tuple(names[:MAX_LISTED])
    return None, ()


def _upto_label(lines: Sequence[Line]) -> list[Line]:
    kept: list[Line] = []
    for line in lines:
        if (
            COPY.match(line.text)
            or ENCLOSED.match(line.text)
            or SUBJECT.match(line.text)
            or _LABEL.match(line.text)
        ):
            break
        kept.append(line)
    return kept


def _following(text: str, blocks: Sequence[Block]) -> list[Line]:
    """Return the lines of the next blocks as long as each begins with a name, an office or a body."""
    kept: list[Line] = []
    for block in blocks[:MAX_LISTED]:
        lines = lines_of(text, block)
        upto = _upto_label(lines)
        words = _bare(upto[0].text) if upto else ""
        if find_name(words) is None and not OFFICE.search(words) and not BODY_NOUN.search(words):
            break
        kept += upto
        if len(upto) < len(lines):
            break
    return kept


def _bare(line: str) -> str:
    bullet = _BULLET.match(line)
    return line[bullet.end() :] if bullet else line


def _names(text: str, line: Line) -> list[CardField]:
    """Cut a line at semicolons; at commas only where no office or body stands after one as somebody's own."""
    bullet = _BULLET.match(line.text)
    at = bullet.end() if bullet else 0
    gap = ";"
    if ";" not in line.text:
        parts = [part.strip() for part in line.text[at:].split(",")]
        people = all(find_name(part) is not None and not OFFICE.search(part) for part in parts)
        bodies = all(find_name(part) is None and not re.match(r"the\b", part) for part in parts)
        offices = all(OFFICE.search(part) for part in parts)
        if len(parts) > 1 and (
            people or (bodies and not offices) or (offices and find_name(parts[0]) is None)
        ):
            gap = ","
        else:
            gap = "\n"
    fields: list[CardField] = []
    for part in line.text[at:].split(gap):
        field = (
            None if _RULER.fullmatch(part) else field_of(text, line.start + at, line.start + at + len(part))
        )
        if field:
            fields.append(field)
        at += len(part) + 1
    return fields
