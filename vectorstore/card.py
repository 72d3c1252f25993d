"""A letter's blocks to its card: who wrote to whom, when, about what (pure).

A field is taken from the place that letters have for it (signature, address block, reference line, subject
line) and carries the span where it stands. What is worked out from elsewhere says "inferred". Nothing is
guessed: a field that no rule finds is None.
"""

import re
from collections import Counter
from collections.abc import Sequence

from vectorstore.blocks import CONTACT
from vectorstore.dates import find_date
from vectorstore.letter import Block, CardField, How, LetterCard
from vectorstore.names import MAX_LINE_CHARS, OFFICE, Line, find_name, lines_of

_REFERENCE = re.compile(
    r"(?P<whose>our|my|your)?[ \t]*(?:reference|ref)\b\.?[ \t]*(?:no\.?)?[ \t*]*[:.]?[ \t]*(?P<value>\S[^\n]*)?",
    re.IGNORECASE,
)
_BARE_REFERENCE = re.compile(r"(?=\S*\d)(?=\S*[A-Z])[A-Z0-9]+(?:[/-][A-Za-z0-9]+){2,}")
_COPY = re.compile(r"[ \t*]*(?:c\.?c\.?|cop(?:ied|y|ies) to)[ \t*]*:?[ \t*]*", re.IGNORECASE)
_SUBJECT = re.compile(r"[ \t*]*(?:re|subject|regarding|rhif)\b[ \t]*[:.][ \t]*", re.IGNORECASE)
_LETTER_TO = re.compile(r"Dear[ \t]+(?P<who>[^\n,:]{2,80})")
_ANYBODY = re.compile(r"(?:sirs?|madam|colleagues?|all)\b", re.IGNORECASE)
_REPORT_THEN_TITLE = re.compile(
    r"\breports?\b[^:;–—-]{0,60}?(?:[:;]|\s[-–—])\s*(?P<title>\S.*)", re.IGNORECASE | re.DOTALL
)
_REPORT_ON = re.compile(
    r"(?:^|[:;]\s+)(?P<title>reports? (?:on|into|of) (?!session).*)", re.IGNORECASE | re.DOTALL
)
_TITLE_THEN_REPORT = re.compile(
    r"(?P<title>.+?)\s*(?:[:;,]|\s[-–—])\s*[^:;]*\breports?\b[^:;]*$", re.IGNORECASE | re.DOTALL
)
_TITLE_WORD = r"(?:[A-Z][\w'’-]+|of|and|the|at|in|on|for|to)"
_TITLE_IN_TEXT = re.compile(
    r"(?:\breports?\b,?\s+(?:\w+\s+){0,2}?|\brepl(?:y|ying) to )[“\"'‘*]{0,2}"
    rf"(?P<title>{_TITLE_WORD}(?:[ :]{{1,3}}{_TITLE_WORD}){{2,}}(?<! of| at| in| on| to)(?<! and| the| for))"
)
_SPEAKS_OF_REPORT = re.compile(r"\b(?:this|the|your|above|their)(?: [\w'’/-]+){0,4} report\b", re.IGNORECASE)
_BODY_NOUN = (
    r"Police|Constabulary|Council|Trust|Authority|University|College|School|Academy|Hospice|Hospital|Board|Department"
    r"|Ministry|Agency|Administration|Commission|Inspectorate|Office|Service|Association|Institute|Society|Foundation"
    r"|plc|PLC|Ltd|Limited|Inc"
)
_OF = r"(?: (?:of|for)(?: the)?(?: [A-Z][\w'’-]+)+)"
_BODY_NAME = re.compile(
    rf"(?:The )?(?:(?:[A-Z][\w'’&-]+,? (?:and |of |the |for )*){{1,6}}(?:{_BODY_NOUN})|(?:{_BODY_NOUN}){_OF})\b"
    rf"|\b[A-Z][\w'’]+ (?:plc|PLC|Ltd)\b|[A-Z][A-Z ]+(?:{_BODY_NOUN.upper()})\b"
)

_PLACE = r"(?:[A-Z][\w'’-]+)(?: (?:and |of )?[A-Z][\w'’-]+)*"


def find_card(text: str, blocks: Sequence[Block]) -> LetterCard:
    """Return the card of a letter from its text and blocks."""
    header = [b for b in blocks if b.role == "header"]
    closing = [b for b in blocks if b.role == "closing"]
    body = [b for b in blocks if b.number]
    first_body = body[0].start if body else len(text)
    front = [b for b in blocks if b.start < first_body and b.role in {"header", "heading"}]
    author, office, rest = _signature(text, closing)
    if author is None:
        author = _signed_by_remark(text, blocks)
    subject = _subject(text, front)
    return LetterCard(
        author=author,
        office=office,
        area=_area(
            text, office, rest, [b for b in blocks if b.role in {"header", "furniture", "remark"}], body
        ),
        addressee=_addressee(text, header, author),
        date=_date(text, front) or _date(text, closing),
        reference=_reference(text, front),
        subject=subject,
        report=_report(text, subject, body),
        cc=_copies(text, [*front, *closing]),
    )


def _field(
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


def _signature(text: str, closing: Sequence[Block]) -> tuple[CardField | None, CardField | None, list[Line]]:
    """Return author, office and the signature's remaining lines."""
    lines = [line for block in closing for line in lines_of(text, block) if not _COPY.match(line.text)]
    for at, line in enumerate(lines):
        end = find_name(line.text)
        if end is None:
            continue
        author = _field(text, line.start, line.start + end)
        rest = [Line(line.start + end, line.end, text[line.start + end : line.end]), *lines[at + 1 :]]
        rest = [part for part in rest if part.text.strip(" ,*|")]
        if not rest or not OFFICE.search(rest[0].text):
            return author, None, rest
        title = rest[0]
        # "Name, Office, Organisation" on one line: the organisation is what follows the last comma.
        comma = title.text.rfind(", ")
        tail = title.text[comma + 2 :] if comma > 0 else ""
        if tail and _BODY_NAME.search(tail) and not OFFICE.search(tail):
            split = title.start + comma
            rest = [Line(split + 2, title.end, tail), *rest[1:]]
            return author, _field(text, title.start, split), rest
        slash = title.text.rfind(" / ")
        start = title.start + (slash + 3 if slash > 0 and OFFICE.search(title.text[slash:]) else 0)
        return author, _field(text, start, title.end), rest[1:]
    return None, None, []


def _signed_by_remark(text: str, blocks: Sequence[Block]) -> CardField | None:
    """Fall back on the converter's remark about a signature, which may say what it reads."""
    for block in blocks:
        if block.role == "remark":
            found = re.search(r"reads? [\"“'‘]([^\"”'’]{3,60})[\"”'’]", text[block.start : block.end])
            if found:
                return _field(text, block.start + found.start(1), block.start + found.end(1), "inferred")
    return None


def _area(
    text: str, office: CardField | None, rest: Sequence[Line], around: Sequence[Block], body: Sequence[Block]
) -> CardField | None:
    """Return the place or organisation that the author speaks for."""
    words = " ".join(text[b.start : b.end] for b in body)
    named = (
        _place_in_office(text, office, words) or _place_in_letterhead(text, office, around)
        if office
        else None
    )
    if named:
        return named
    for line in rest:
        # Scanned letters carry specks between the lines; a place is written in letters.
        if re.fullmatch(r"[\s*]*[A-Z][A-Za-z'’&. -]+(?:, [A-Z][A-Za-z'’& -]+)*[\s*.]*", line.text) and not (
            OFFICE.search(line.text)
            or CONTACT.search(line.text)
            or re.match(r"\W*(?:Division|Section|Enc)", line.text)
        ):
            return _field(text, line.start, line.end)
    for block in around:
        # An address block begins with a person, a letterhead with the organisation (or a remark that shows its logo).
        line = next(iter(lines_of(text, block)), Line(block.start, block.start, ""))
        label = re.match(r"\[\w+:\s*|", line.text)
        name = _BODY_NAME.match(line.text[label.end() :].strip(" *") if label else line.text)
        if name and find_name(line.text) is None and not _COPY.match(line.text):
            start = line.start + line.text.index(name[0])
            return _field(text, start, start + len(name[0]))
    return _most_named(text, body)


def _place_in_office(text: str, office: CardField, words: str) -> CardField | None:
    """Find "West Yorkshire" in "Commissioner for West Yorkshire": the longest part that the body names too."""
    if office.start is None or office.end is None:
        return None
    title = text[office.start : office.end]
    found = re.search(rf"\b(?:for|of)\s+({_PLACE})", title)
    if not found:
        return None
    parts = list(re.finditer(r"\S+", found[1]))
    for last in range(len(parts), 0, -1):
        place = found[1][: parts[last - 1].end()]
        if len(re.findall(rf"\b{re.escape(place)}\b", words)) >= 2:
            start = office.start + found.start(1)
            return _field(text, start, start + len(place))
    return None


def _place_in_letterhead(text: str, office: CardField, around: Sequence[Block]) -> CardField | None:
    """Find "Ceredwyn" where the letterhead says "Commissioner for Ceredwyn" and the signature "Commissioner" alone."""
    named = re.compile(rf"{re.escape(office.value)}\s+(?:for|of)\s+(?P<place>{_PLACE})")
    for block in around:
        found = named.search(text, block.start, block.end)
        if found:
            return _field(text, found.start("place"), found.end("place"))
    return None


def _most_named(text: str, body: Sequence[Block]) -> CardField | None:
    """Infer the organisation that the body names most, if it names one at least twice."""
    names: Counter[str] = Counter()
    first: dict[str, tuple[int, int]] = {}
    for block in body:
        for found in re.finditer(
            r"\b((?:[A-Z][\w'’-]+ ){1,3})(?:Police|Constabulary)\b", text[block.start : block.end]
        ):
            name = found[1].strip()
            names[name] += 1
            first.setdefault(name, (block.start + found.start(1), block.start + found.start(1) + len(name)))
    if not names:
        return None
    name, count = names.most_common(1)[0]
    return _field(text, *first[name], "inferred") if count >= 2 else None


def _addressee(text: str, header: Sequence[Block], author: CardField | None) -> CardField | None:
    """Return whom the letter is written to: the name in the address block, else the salutation's words."""
    salutation = next((m for b in header if (m := _LETTER_TO.search(text, b.start, b.end))), None)
    greeted = salutation["who"].strip() if salutation else ""
    surname = greeted.split()[-1].lower() if greeted else ""
    writer = author.value.lower() if author else ""
    for block in header:
        if salutation and block.start <= salutation.start() < block.end:
            continue
        for line in lines_of(text, block):
            if _COPY.match(line.text) or CONTACT.match(line.text):
                continue
            label = re.match(r"(?:Attention|Attn|FAO|For the attention of)\W*", line.text, re.IGNORECASE)
            skip = label.end() if label else 0
            end = find_name(line.text[skip:], titled=not label and surname not in line.text.lower())
            name = line.text[skip : skip + end] if end else ""
            # A letterhead may name the author, with or without the honours of the signature.
            if name and name.lower() not in writer and (not writer or writer not in name.lower()):
                return _field(text, line.start + skip, line.start + skip + len(name))
    if salutation and greeted and not _ANYBODY.match(greeted):
        return _field(text, salutation.start("who"), salutation.end("who"))
    return None


def _date(text: str, blocks: Sequence[Block]) -> CardField | None:
    for block in blocks:
        if block.role == "heading":
            continue
        found = find_date(text[block.start : block.end])
        if found:
            return _field(text, block.start + found.start, block.start + found.end, "stated", found.iso)
    return None


def _reference(text: str, blocks: Sequence[Block]) -> CardField | None:
    """Return the author's own reference: labelled "our" or "my", or not labelled as another's."""
    lines = [line for block in blocks if block.role == "header" for line in lines_of(text, block)]
    for line in lines:
        found = _REFERENCE.match(line.text, len(line.text) - len(line.text.lstrip(" *")))
        if not found or not found["value"] or (found["whose"] or "").lower() == "your":
            continue
        at, value = found.start("value"), found["value"]
        date = find_date(value)
        value = (
            value[: date.start] if date else re.split(r"\s{2,}|\t|\bYour ref", value, flags=re.IGNORECASE)[0]
        )
        field = _field(text, line.start + at, line.start + at + len(value))
        if field and len(field.value) <= 60:
            return field
    for line in lines:
        if _BARE_REFERENCE.fullmatch(line.text.strip()):
            return _field(text, line.start, line.end)
    return None


def _subject(text: str, front: Sequence[Block]) -> CardField | None:
    for block in front:
        for line in lines_of(text, block):
            found = _SUBJECT.match(line.text)
            if found:
                whole = block.role == "heading" and block.end - line.start <= MAX_LINE_CHARS
                end = block.end if whole else line.end
                return _field(text, line.start + found.end(), end)
    heading = next((b for b in front if b.role == "heading" and b.end - b.start <= MAX_LINE_CHARS), None)
    return _field(text, heading.start, heading.end) if heading else None


def _report(text: str, subject: CardField | None, body: Sequence[Block]) -> CardField | None:
    """Return the title of the report that is answered: out of the subject, or out of the first paragraphs."""
    opening = " ".join(text[b.start : b.end] for b in body[:2])
    if subject and subject.start is not None and subject.end is not None:
        line = text[subject.start : subject.end]
        found = _REPORT_ON.search(line) or _REPORT_THEN_TITLE.search(line) or _TITLE_THEN_REPORT.match(line)
        if found:
            return _field(text, subject.start + found.start("title"), subject.start + found.end("title"))
        if re.search(r"\breport\b", line, re.IGNORECASE):
            return subject
    for block in body[:2]:
        named = _TITLE_IN_TEXT.search(text, block.start, block.end)
        if named:
            return _field(text, named.start("title"), named.end("title"))
    return subject if subject and _SPEAKS_OF_REPORT.search(opening) else None


def _copies(text: str, blocks: Sequence[Block]) -> CardField | None:
    for block in blocks:
        for line in lines_of(text, block):
            found = _COPY.match(line.text)
            if found:
                return _field(text, line.start + found.end(), block.end)
    return None
