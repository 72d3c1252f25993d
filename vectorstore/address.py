"""To whom a letter is written: labelled lines, address blocks and the greeting (pure)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from vectorstore.furniture import CONTACT
from vectorstore.letter import Block, CardField
from vectorstore.lines import COPY, MAX_LISTED, Line, field_of, lines_of
from vectorstore.names import BODY_NAME, BODY_NOUN, HONORIFIC, OFFICE, find_name, surname

_LETTER_TO = re.compile(r"\bDear[ \t]+(?P<who>[^\n:]{2,80})")
_ANYBODY = re.compile(
    r"(?:(?:sirs?|madams?|colleagues?|all|friends?|customers?|residents?|neighbou?rs?|applicants?|recipients?)\b|[^\w]*$"
    r"|.*[{}<>\[\]])",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"[ *]*(?:(?:attention|attn|fao|for the attention of)\b[ \t*]*[:.]?|to[ \t*]*:)[ \t*]*", re.IGNORECASE
)
_AND = re.compile(r"\s*(?:,?\s+(?:and|&)\s+|[;,])\s*")
_JOINED = re.compile(r",?\s+(?:and|&)\s+|;\s*")
_COMMA = re.compile(r"\s*,\s*")
_POSTAL = re.compile(r"\d")
_STREET = re.compile(
    r"\b(?:Street|Road|Avenue|Lane|Square|Place|Drive|Close|Way|Boulevard|House|Hall|Building|Tower|Quay|Terrace|Row)\W*$"
)
_LINES_OF_ADDRESSEE = 6
_GREETING = re.compile(r"\bDear\b")


class _Place(NamedTuple):
    """A line of the header with its place in it: number of its block, and whether it begins the block."""

    line: Line
    block: int
    first: bool


def find_addressees(
    text: str, header: Sequence[Block], author: CardField | None, signing: Iterable[str]
) -> tuple[CardField, ...]:
    """Return whom a letter is written to, first those it is marked for; nobody where it greets just anybody.

    Args:
        signing: the lines of the signature, whose body is the writer's.
    """
    greeting = next((m for b in header if (m := _LETTER_TO.search(text, b.start, b.end))), None)
    greeted = _greeted(text, greeting) if greeting else []
    places = _places(text, header)
    surnames = {surname(field.value) for field in greeted}
    writer = author.value.lower() if author else ""
    found = list(_labelled(text, places))
    named = [field for field, known in _named(text, places, surnames) if not found or known]
    open_greeting = not greeted or len(greeted) > 1
    for field in named:
        # A letterhead may name the author, with or without the honours of the signature.
        same = writer and (field.value.lower() in writer or writer in field.value.lower())
        if not same and (not found or open_greeting or surname(field.value) in surnames):
            found.append(field)
    people = _distinct(found)
    if len(greeted) > 1 or not people:
        # "Dear Leila and Owen" names those again who are named in full above.
        named_above = {word for field in people for word in field.value.lower().split()}
        others = [field for field in greeted if not named_above.issuperset(field.value.lower().split())]
        people = _distinct([*people, *others])
    return tuple(people or _body(text, places, signing))[:MAX_LISTED]


def lines_addressed(
    text: str, blocks: Sequence[Block], addressees: Sequence[CardField]
) -> tuple[CardField, ...]:
    """Return the offices and bodies under the addressees' names, up to where their address begins."""
    found: list[CardField] = []
    for person in addressees:
        if person.start is None or person.end is None:
            continue
        block = next((b for b in blocks if b.start <= person.start < b.end and b.role == "header"), None)
        for line in lines_of(text, replace(block, start=person.end))[:_LINES_OF_ADDRESSEE] if block else ():
            is_street = _STREET.search(line.text) and not OFFICE.search(line.text)
            if _POSTAL.search(line.text) or is_street or _GREETING.search(line.text) or COPY.match(line.text):
                break
            if field := field_of(text, line.start, line.end):
                found.append(field)
    return tuple(found)


def _distinct(fields: Iterable[CardField]) -> list[CardField]:
    return list({surname(field.value): field for field in reversed(list(fields))}.values())[::-1]


def _places(text: str, header: Sequence[Block]) -> list[_Place]:
    """Return the header's lines but those of greeting and copies."""
    places: list[_Place] = []
    for number, block in enumerate(header):
        first = True
        for line in lines_of(text, block):
            if COPY.match(line.text) or _GREETING.search(line.text):
                break
            if not CONTACT.match(line.text):
                places.append(_Place(line, number, first))
                first = False
    return places


def _greeted(text: str, greeting: re.Match[str]) -> list[CardField]:
    """Return those whom the greeting names: one, or each of "Ms Roe, Mr Doe and Dr Poe"."""
    start, who = greeting.start("who"), greeting["who"].rstrip(" ,*")
    if _ANYBODY.match(who):
        return []
    parts: list[tuple[int, int]] = []
    at = 0
    for gap in [*_AND.finditer(who), None]:
        end = gap.start() if gap else len(who)
        parts.append((at, end))
        at = gap.end() if gap else end
    words = [who[first:last] for first, last in parts]
    titled = all(re.match(rf"{HONORIFIC}\s", part) for part in words)
    if len(parts) < 2 or not (titled or all(re.fullmatch(r"[^\W\d_]+", part) for part in words)):
        whole = who.split(",")[0]
        # Two columns that were read as one leave the next column's words behind the name.
        end = find_name(whole, titled=True) or len(whole)
        parts = [(0, end)]
    fields = (field_of(text, start + first, start + last) for first, last in parts)
    return [field for field in fields if field and any(c.isalpha() for c in field.value)]


def _labelled(text: str, places: Sequence[_Place]) -> Iterator[CardField]:
    """Yield whom "Attention:", "FAO" or "To:" names, on its line or, where that is empty, on the next."""
    for at, place in enumerate(places):
        label = _LABEL.match(place.line.text)
        if not label:
            continue
        line = _after(place.line, label.end())
        following = [
            other for other in places[at + 1 : at + 1 + MAX_LISTED] if not _LABEL.match(other.line.text)
        ]
        if not line.text and following:
            line, following = following[0].line, following[1:]
        yield from _listed(text, line)
        # A list goes on below, a name and an office a line.
        for other in following:
            end = find_name(other.line.text)
            if end is None or not OFFICE.search(other.line.text[end:]):
                break
            yield from _listed(text, other.line)


def _after(line: Line, skip: int) -> Line:
    return Line(line.start + skip, line.end, line.text[skip:])


def _listed(text: str, line: Line) -> Iterator[CardField]:
    """Yield the people of a line, or the line where it names an office or a body."""
    found = False
    at = 0
    for part in _JOINED.split(line.text):
        first = line.text.index(part, at)
        at = first + len(part)
        while first < at and (end := find_name(line.text[first:at], capitals=True)):
            field = field_of(text, line.start + first, line.start + first + end)
            if field:
                found = True
                yield field
            # "Jane Roe, John Doe": what follows a comma may be the next.
            gap = _COMMA.match(line.text, first + end, at)
            first = gap.end() if gap else at
    if not found and re.search(r"[^\W\d_]{2}", line.text) and not re.search(r"[{}<>]", line.text):
        field = field_of(text, line.start, line.end)
        if field and (OFFICE.search(field.value) or BODY_NOUN.search(field.value)):
            yield field


def _named(text: str, places: Sequence[_Place], surnames: set[str]) -> Iterator[tuple[CardField, bool]]:
    """Yield the people whom lines of the header begin with, and whether the greeting names them.

    A place is told from a person by a title, by the greeting, or by an office on the next line of its block.
    """
    for at, place in enumerate(places):
        line = place.line
        if _LABEL.match(line.text):
            continue
        known = any(name and name in line.text.lower() for name in surnames)
        following = places[at + 1] if at + 1 < len(places) else None
        headed = bool(
            place.first
            and following
            and following.block == place.block
            and OFFICE.search(following.line.text)
            and not BODY_NOUN.search(line.text)
        )
        end = find_name(line.text, titled=not (known or headed), capitals=known)
        field = field_of(text, line.start, line.start + end) if end else None
        if field:
            yield field, known


def _body(text: str, places: Sequence[_Place], signing: Iterable[str]) -> list[CardField]:
    """Return the body that an address block is headed with, where the letter greets nobody by name."""
    own = {" ".join(line.lower().split()) for line in signing}
    blocks: dict[int, list[Line]] = {}
    for place in places:
        blocks.setdefault(place.block, []).append(place.line)
    for number in sorted(blocks, reverse=True):
        first, *others = blocks[number]
        if number == 0 or not others:
            continue
        name = BODY_NAME.match(first.text)
        postal = any(_POSTAL.search(line.text) for line in others)
        if name and postal and " ".join(first.text.lower().split()) not in own:
            field = field_of(text, first.start, first.start + len(name[0]))
            return [field] if field else []
    return []
