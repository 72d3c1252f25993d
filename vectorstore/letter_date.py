"""The day a letter was written, told from the other days that it names (pure)."""

import re
from collections.abc import Sequence

from vectorstore.dates import FoundDate, find_date, find_dates, month_comes_first, read_date_line
from vectorstore.letter import Block, CardField
from vectorstore.lines import SUBJECT, Line, field_of, lines_in
from vectorstore.signature import STAMP

# What may stand before a date on a line of its own: a label, a weekday, a place ("London, 3 May 2021").
_BEFORE = re.compile(
    r"\W*(?:(?:(?:letter |issue )?dated?|issued|sent|signed|as of)\b\W*)?(?:(?:on )?[^\W\d_]+day\b,?\s*)?"
    r"(?:[^\W\d_]+(?: [^\W\d_]+)?,\s*)?(?:the\s+)?",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\W*(?:(?:at )?\d{1,2}[:.]\d\d.{0,20})?", re.IGNORECASE)
# A day that the line says something else of.
_OTHER = re.compile(
    r"\b(?:received|filed|printed|hearing|meeting|due|born|dob|birth|expires?|expiry|effective|published|clinic|appointment"
    r"|admission|admitted|discharged?|visit|seen|renewal|review|examination|service|start|end|closing|invoice|incident"
    r"|application|between|until|of|on|since|by|from|your (?:letter|e-?mail)[^\n]{0,20})(?: (?:on|date|of))*\W*$",
    re.IGNORECASE,
)
_SIGNED_ON = re.compile(r"\b(?:dated?|signed|this|executed)\b\W*(?:on\W*)?(?:the\s+)?$", re.IGNORECASE)


def find_letter_date(text: str, front: Sequence[Block], after: Sequence[Block]) -> CardField | None:
    """Return the letter's date, from the header, else from below the signature, else from an electronic stamp.

    Args:
        front: the blocks before the letter's text.
        after: the blocks from the close on.
    """
    month_first = month_comes_first(text)
    header = [
        line
        for line in lines_in(text, (block for block in front if block.role != "heading"))
        if not SUBJECT.match(line.text)
    ]
    below = lines_in(text, (block for block in after if block.role == "closing"))
    return (
        _alone(text, header, month_first)
        or _within(text, header, month_first)
        or _partial(text, header)
        or _alone(text, below, month_first)
        or _signed_on(text, below, month_first)
        or _stamped(text, lines_in(text, after), month_first)
    )


def _alone(text: str, lines: Sequence[Line], month_first: bool) -> CardField | None:
    for line in lines:
        found = find_date(line.text, month_first=month_first)
        if found and _BEFORE.fullmatch(line.text, 0, found.start) and _AFTER.fullmatch(line.text, found.end):
            return _field(text, line, found)
    return None


def _within(text: str, lines: Sequence[Line], month_first: bool) -> CardField | None:
    for line in lines:
        for found in find_dates(line.text, month_first=month_first):
            if not _OTHER.search(line.text[: found.start]):
                return _field(text, line, found)
    return None


def _partial(text: str, lines: Sequence[Line]) -> CardField | None:
    for line in lines:
        found = read_date_line(line.text)
        if found:
            return _field(text, line, found)
    return None


def _signed_on(text: str, lines: Sequence[Line], month_first: bool) -> CardField | None:
    for line in lines:
        found = find_date(line.text, month_first=month_first)
        if found and _SIGNED_ON.search(line.text[: found.start]):
            return _field(text, line, found)
    return None


def _stamped(text: str, lines: Sequence[Line], month_first: bool) -> CardField | None:
    """Return the first date that an electronic stamp begins a line with, or bears on its own line."""
    stamped = False
    for line in lines:
        own = bool(STAMP.match(line.text))
        stamped = stamped or own
        found = find_date(line.text, month_first=month_first) if stamped else None
        if found and (own or _BEFORE.fullmatch(line.text, 0, found.start)):
            return _field(text, line, found)
    return None


def _field(text: str, line: Line, found: FoundDate) -> CardField | None:
    return field_of(text, line.start + found.start, line.start + found.end, "stated", found.iso)
