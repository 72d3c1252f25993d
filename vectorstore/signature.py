"""Who signed a letter: by name, by an electronic stamp, or as an office or body (pure)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vectorstore.furniture import CONTACT
from vectorstore.letter import Block, CardField
from vectorstore.lines import COPY, ENCLOSED, Line, field_of, lines_in, lines_of
from vectorstore.names import BODY_NAME, BODY_NOUN, OFFICE, find_name, is_of_officers, is_rank, surname
from vectorstore.pieces import SALUTATION, VALEDICTION

# What stands before a signer's name on its line.
_SIGNED = re.compile(
    r"(?:\W*(?:/?s/|(?:electronically |digitally )?signed(?: by)?(?=\W)|by(?=:)|name(?=:)|p\.?p\.?(?= ))"
    r"[)\]]?[ \t:]*)+",
    re.IGNORECASE,
)
STAMP = re.compile(
    r"\W*/s/|.*\b(?:electronically|digitally) signed\b|.*\bsigned electronically\b", re.IGNORECASE
)
_CLOSE = re.compile(
    r"[ \t*]*(?:respectfully submitted|(?:yours )?cordially(?: yours)?|in solidarity|many thanks|signed(?: by)?)\W*$"
    r"|[ \t*]*yours,?$",
    re.IGNORECASE,
)
_FROM = re.compile(r"[ \t*]*from[ \t*]*:[ \t*]*", re.IGNORECASE)
_BAR = re.compile(r"\s\|\s")
_RULER = re.compile(r"[\W_]*")
_TEAM = re.compile(r"\b(?:Team|Unit|Section|Division|Desk|Branch)\b")
_LINES_OF_AN_OFFICE = 4


@dataclass(frozen=True, slots=True)
class Signature:
    """Author and office, and the lines of the signature that follow them.

    Args:
        by_office: whether `author` is an office or a body that signed without anybody's name.
    """

    author: CardField | None = None
    office: CardField | None = None
    rest: tuple[Line, ...] = ()
    by_office: bool = False


def find_signature(text: str, blocks: Sequence[Block]) -> Signature:
    """Return who signed; the name of a person goes before a stamp, and that before an office alone."""
    closing = [block for block in blocks if block.role == "closing"]
    greeted = any(b.role == "header" and SALUTATION.match(text[b.start : b.end]) for b in blocks)
    first = text[closing[0].start : closing[0].end] if closing else ""
    closed = bool(VALEDICTION.match(first) or _CLOSE.match(first))
    lines, beside = _signing_lines(text, blocks, closing, closed=closed)
    named = (
        _named(text, lines, sure=greeted or closed)
        or (closed and (_named(text, beside, sure=True) or _named(text, lines, sure=True, capitals=True)))
        or _remarked(text, blocks)
        or _stamped(text, blocks, closing)
        or _from(text, blocks)
    )
    alone = _by_office(text, [*lines, *beside]) if closed else None
    return alone if alone and _heads(alone, named or None) else named or alone or Signature()


def _heads(alone: Signature, named: Signature | None) -> bool:
    """Whether a team stands above the name, as in "Complaints Team, Acme Water": then that is its body, no person."""
    team, name = alone.author, named.author if named else None
    return bool(
        team
        and name
        and _TEAM.search(team.value)
        and not (named and named.office)
        and (team.start or 0) < (name.start or 0)
    )


def _signing_lines(
    text: str, blocks: Sequence[Block], closing: Sequence[Block], *, closed: bool
) -> tuple[list[Line], list[Line]]:
    """Return the lines of the close, and those beside it that look like furniture since they hold an address.

    After a valediction the signature ends where text begins again: what follows is an annex.
    """
    if not closing:
        return [], []
    lines: list[Line] = []
    beside: list[Line] = []
    listing = False
    for block in blocks:
        if block.start < closing[0].start:
            continue
        if closed and block.number:
            break
        if block.role in {"closing", "furniture"}:
            own = lines_of(text, block)
            kept = [] if listing else _without_lists(own)
            # "Enclosures:" alone on its line is over the next block's list.
            listing = len(own) == 1 and bool(ENCLOSED.match(own[0].text)) and len(own[0].text.split()) == 1
            (lines if block.role == "closing" else beside).extend(kept)
    return lines, [line for line in beside if not CONTACT.search(line.text)] if closed else []


def _without_lists(lines: Sequence[Line]) -> list[Line]:
    """Leave out a list of copies or enclosures, and lines without letters."""
    kept: list[Line] = []
    for line in lines:
        if COPY.match(line.text) or ENCLOSED.match(line.text):
            break
        if not _RULER.fullmatch(line.text):
            kept.append(line)
    return kept


def _named(text: str, lines: Sequence[Line], *, sure: bool, capitals: bool = False) -> Signature | None:
    """Return the first name that begins a line.

    Args:
        sure: whether the lines are known to close a letter; else a name counts only with an office after it.
    """
    for at, line in enumerate(lines):
        signed = _SIGNED.match(line.text)
        skip = signed.end() if signed else 0
        end = find_name(line.text[skip:], capitals=capitals)
        if end is None:
            continue
        below = lines[at + 1].text if at + 1 < len(lines) else ""
        again = find_name(below)
        if again and surname(below[:again]) == surname(line.text[skip : skip + end]):
            # A signature that was read as words stands above the name in print.
            continue
        author = field_of(text, line.start + skip, line.start + skip + end)
        rest = [Line(line.start + skip + end, line.end, line.text[skip + end :]), *lines[at + 1 :]]
        rest = _own_lines([part for part in rest if part.text.strip(" ,*|")])
        if rest and OFFICE.search(rest[0].text) and not is_of_officers(rest[0].text):
            office, after = _split_title(text, rest)
            return Signature(author, office, tuple(after))
        if len(rest) > 1 and _is_office_below(rest[0].text, rest[1].text):
            return Signature(author, field_of(text, rest[1].start, rest[1].end), (rest[0], *rest[2:]))
        if rest and is_rank(rest[0].text):
            return Signature(author, field_of(text, rest[0].start, rest[0].end), tuple(rest[1:]))
        if sure:
            return Signature(author, None, tuple(rest))
    return None


def _after_bar(line: Line) -> Line:
    words = line.text.lstrip(" |")
    return Line(line.end - len(words), line.end, words) if words != line.text else line


def _is_office_below(body: str, line: str) -> bool:
    """Whether under a name its body or rank stands first and then the office: "Acme Water", "Head of Claims"."""
    return bool(
        (BODY_NAME.match(body.strip(" ,*")) or is_of_officers(body) or is_rank(body))
        and OFFICE.search(line)
        and line[:1].isupper()
        and not line.endswith(".")
        and not is_of_officers(line)
        and not (find_name(line) or CONTACT.search(line) or COPY.match(line) or ENCLOSED.match(line))
    )


def _own_lines(lines: Sequence[Line]) -> list[Line]:
    """Return the lines up to an electronic stamp or the next signatory, a name with an office below it."""
    for at, line in enumerate(lines):
        office = lines[at + 1].text if at + 1 < len(lines) else ""
        if STAMP.match(line.text) or (at and find_name(line.text) and OFFICE.search(office)):
            return list(lines[:at])
    return list(lines)


def _split_title(text: str, rest: Sequence[Line]) -> tuple[CardField | None, list[Line]]:
    """Return the office, and the lines after it with what follows it on its line."""
    title = _after_bar(rest[0])
    # "Name | Office | Organisation", as e-mails end.
    bars = [found.start() for found in _BAR.finditer(title.text)]
    if bars and OFFICE.search(title.text[: bars[0]]):
        after = _after_bar(Line(title.start + bars[0], title.end, title.text[bars[0] :]))
        if another := _BAR.search(after.text):
            after = Line(after.start, after.start + another.start(), after.text[: another.start()])
        return field_of(text, title.start, title.start + bars[0]), [after, *rest[1:]]
    # "Name, Office, Organisation" on one line: the organisation is what follows the last comma.
    comma = title.text.rfind(", ")
    tail = title.text[comma + 2 :] if comma > 0 else ""
    if tail and ((BODY_NAME.search(tail) and not OFFICE.search(tail)) or is_of_officers(tail)):
        split = title.start + comma
        return field_of(text, title.start, split), [Line(split + 2, title.end, tail), *rest[1:]]
    slash = title.text.rfind(" / ")
    start = title.start + (slash + 3 if slash > 0 and OFFICE.search(title.text[slash:]) else 0)
    return field_of(text, start, title.end), list(rest[1:])


def _remarked(text: str, blocks: Sequence[Block]) -> Signature | None:
    """Fall back on the converter's remark about a signature, which may say what it reads."""
    for block in blocks:
        if block.role == "remark":
            found = re.search(r"reads? [\"“'‘]([^\"”'’]{3,60})[\"”'’]", text[block.start : block.end])
            if found:
                start, end = (block.start + at for at in found.span(1))
                return Signature(field_of(text, start, end, "inferred"))
    return None


def _stamped(text: str, blocks: Sequence[Block], closing: Sequence[Block]) -> Signature | None:
    """Fall back on an electronic stamp: "/s/" or "digitally signed by", then a name, often in capitals."""
    after = [block for block in blocks if closing and block.start >= closing[0].start]
    stamped = False
    for line in lines_in(text, after):
        stamped = stamped or bool(STAMP.match(line.text))
        if stamped:
            found = _named(text, [line], sure=True, capitals=True)
            if found:
                return found
    return None


def _from(text: str, blocks: Sequence[Block]) -> Signature | None:
    """Fall back on the header's "From: Jane Roe, Director"."""
    for line in lines_in(text, (block for block in blocks if block.role == "header")):
        label = _FROM.match(line.text)
        if label:
            at = label.end()
            return _named(text, [Line(line.start + at, line.end, line.text[at:])], sure=True, capitals=True)
    return None


def _by_office(text: str, lines: Sequence[Line]) -> Signature | None:
    """Return the office or body that signed without a name: the first of the lines under the valediction."""
    under = [line for line in lines if not (VALEDICTION.match(line.text) or _CLOSE.match(line.text))]
    for at, line in enumerate(under[:_LINES_OF_AN_OFFICE]):
        holds = OFFICE.search(line.text) or BODY_NOUN.search(line.text) or _TEAM.search(line.text)
        if (
            holds
            and line.text[:1].isupper()
            and not line.text.endswith(".")
            and not CONTACT.search(line.text)
        ):
            return Signature(
                field_of(text, line.start, line.end), None, tuple(under[at + 1 :]), by_office=True
            )
    return None
