"""The numbers that a letter goes by: "Our ref", "Case No.", a code on a line of its own (pure)."""

import re
from collections.abc import Iterator, Sequence

from vectorstore.dates import US_PLACE, find_date
from vectorstore.letter import Block, CardField
from vectorstore.lines import MAX_LISTED, SUBJECT, Line, field_of, lines_in

_MAX_CHARS = 60
# "Our ref: A/1    Your ref: B/2": each label with its value.
_COLUMN = re.compile(r"\s{2,}|\t|\s[|•·]\s|(?<=\S)\s(?=(?:our|my|your)\s+ref)", re.IGNORECASE)
_REFERENCE = re.compile(
    r"[ *]*(?:(?P<whose>our|my|your)[ \t]+)?(?P<what>(?:[^\W\d_]+(?:['’]s)?[ \t]+){1,2}?)?ref(?:erence)?s?\b\.?"
    r"(?P<sign>[ \t]*(?:no\b\.?|number\b|id\b|#)?[ \t*]*[:.#]?)[ \t*]*(?P<value>\S.*)?",
    re.IGNORECASE,
)
# "Acme ref. R-2022-31": a code alone needs no sign between.
_CODE = re.compile(r"(?=\S*\d)(?=\S*[A-Z/-])[A-Z\d][\w./-]+")
_ANOTHERS = re.compile(r"['’]s\b")
# As in "please use this reference:", where the number may stand on the next line.
_QUOTE_THIS = re.compile(
    r".{0,80}\b(?:use|quote|quoting|cite|citing)\b.{0,40}\bref(?:erence)?(?: number| no\.?)?[ \t]*:"
    r"[ \t]*(?P<value>\S.*)?",
    re.IGNORECASE,
)
_NUMBERED = (
    r"(?:case|file|docket|matter|claim|complaint|application|permit|licen[cs]e|incident|tracking"
    r"|request|inquiry|enquiry|foia?|project|contract|grant|policy|account|invoice|order|notice|document|submission"
    r"|index|cause|action|control|patient|member|customer|decision)"
    r"[ \t]*(?P<sign>\(?s?\)?[ \t]*(?:nos?\b\.?|numbers?\b|id\b|#)|(?=[ :]))[ \t]*[:.#]?"
    r"[ \t]*(?P<value>(?:[A-Z]{2,6}[ -])?\S*\d\S*(?: \d\S*)*)"
)
_KIND = re.compile(rf"(?:[^\W\d_]+ ){{0,2}}?{_NUMBERED}", re.IGNORECASE)
_KIND_WITHIN = re.compile(rf"(?<=[\s,;(]){_NUMBERED}", re.IGNORECASE)
_PARTED = re.compile(r"[A-Z\d]+[:/-]\S*\d")
_BARE = re.compile(
    r"(?=\S*\d)(?=\S*[A-Z])[A-Z0-9]+(?:[/-][A-Za-z0-9]+){2,}|[A-Z][A-Za-z]+\(\d{4}\)\d+"
    r"|(?:No|Nr|Nº|N°)\.? ?\d+[/-]\d[\d/-]*|(?P<lead>[A-Z]{2,6})[ -]?\d[\d/-]{3,}(?:[ /]{1,3}[A-Z][a-z]+ \d{1,3})?"
)
# Places and pages are numbered too.
_NO_CODE = frozenset(
    "PO BOX ROOM SUITE STE FLOOR UNIT FLAT BLOCK LEVEL APT BLDG PAGE TEL FAX PHONE MOB CELL EXT ZIP CP BP".split()
)


def find_references(text: str, front: Sequence[Block], around: Sequence[Block]) -> tuple[CardField, ...]:
    """Return the author's references: labelled as such, then numbers of the matter, then codes that stand alone.

    Args:
        front: the blocks before the letter's text.
        around: the blocks at the pages' edges and in the close, where only what is labelled counts.
    """
    header = lines_in(text, (block for block in front if block.role == "header"))
    kept: dict[str, CardField] = {}
    found = [
        *_labelled(text, header),
        *_of_the_matter(text, lines_in(text, front)),
        *_bare(text, header),
        *_labelled(text, lines_in(text, around)),
    ]
    for field in found:
        kept.setdefault(field.value, field)
    return tuple(kept.values())[:MAX_LISTED]


def find_their_references(text: str, blocks: Sequence[Block]) -> tuple[CardField, ...]:
    """Return the references of those to whom a letter is written: "Your ref", "Coroner's reference"."""
    lines = lines_in(text, (block for block in blocks if not block.number and block.role != "remark"))
    found = {field.value: field for field in _labelled(text, lines, theirs=True)}
    return tuple(found.values())[:MAX_LISTED]


def _labelled(text: str, lines: Sequence[Line], *, theirs: bool = False) -> Iterator[CardField]:
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else None
        quoted = _QUOTE_THIS.fullmatch(line.text)
        if quoted and not theirs:
            field = _value(text, line, quoted.start("value"), quoted["value"] or "", digits=True)
            field = field or (_value(text, following, 0, following.text, digits=True) if following else None)
            if field:
                yield field
            continue
        for column in _columns(line):
            found = _REFERENCE.fullmatch(column.text)
            if not found or _is_theirs(found) != theirs:
                continue
            signed = bool(found["sign"].strip())
            value = found["value"] or ""
            if found["what"] and not (signed or _CODE.fullmatch(value)):
                continue
            # "Reference is made to" labels nothing.
            if not signed and not re.match(r"\S*[\d/]", value):
                continue
            alone = following and not value and re.fullmatch(r"\S*[\d/]\S*", following.text)
            field = (
                _value(text, following, 0, following.text)
                if alone and following
                else _value(text, column, found.start("value"), value)
            )
            if field:
                yield field


def _is_theirs(label: re.Match[str]) -> bool:
    return bool(
        ((label["whose"] or "").lower() == "your" and not label["what"])
        or _ANOTHERS.search(label["what"] or "")
    )


def _columns(line: Line) -> Iterator[Line]:
    at = 0
    for gap in [*_COLUMN.finditer(line.text), None]:
        end = gap.start() if gap else len(line.text)
        if end > at:
            yield Line(line.start + at, line.start + end, line.text[at:end])
        at = gap.end() if gap else end


def _value(text: str, line: Line, at: int, value: str, *, digits: bool = False) -> CardField | None:
    """Return a reference's value: without a date after it, or the prose that goes on from a code.

    Args:
        digits: whether the value must begin with a code that holds a figure.
    """
    date = find_date(value)
    if date:
        value = value[: date.start]
    code = re.match(r"(?=\S*\d)\S+(?=[ \t]+[a-z])", value)
    if code:
        value = code[0]
    if digits and not re.match(r"\S*\d", value):
        return None
    field = field_of(text, line.start + at, line.start + at + len(value)) if value else None
    return field if field and len(field.value) <= _MAX_CHARS and "{" not in field.value else None


def _of_the_matter(text: str, lines: Sequence[Line]) -> Iterator[CardField]:
    for line in lines:
        subject = SUBJECT.match(line.text)
        skip = subject.end() if subject else 0
        found = _KIND.match(line.text, skip)
        # Without "No." only a value of several parts is a number: "Case 3:21-cv-0012", but "Case 12".
        if not found or not (found["sign"] or _PARTED.match(found["value"])):
            found = next((m for m in _KIND_WITHIN.finditer(line.text, skip) if m["sign"]), None)
        if found and not find_date(found["value"]):
            field = field_of(text, line.start + found.start("value"), line.start + found.end("value"))
            if field and len(field.value) <= _MAX_CHARS:
                yield field


def _bare(text: str, lines: Sequence[Line]) -> Iterator[CardField]:
    for line in lines:
        words = line.text.strip(" *")
        found = _BARE.fullmatch(words)
        if found and found["lead"] not in _NO_CODE and not US_PLACE.fullmatch(words) and not find_date(words):
            field = field_of(text, line.start, line.end)
            if field:
                yield field
