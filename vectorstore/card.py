"""A letter's blocks to its card: who wrote to whom, when, about what (pure).

A field is taken from the place that letters have for it (signature, address block, reference line, subject
line) and carries the span where it stands. What is worked out from elsewhere says "inferred". Nothing is
guessed: a field that no rule finds is None.
"""

import re
from collections import Counter
from collections.abc import Sequence

from vectorstore.address import find_addressees
from vectorstore.bodies import body_at_head, on_behalf, with_body_apart
from vectorstore.copies import find_copies
from vectorstore.furniture import CONTACT
from vectorstore.letter import Block, CardField, LetterCard
from vectorstore.letter_date import find_letter_date
from vectorstore.lines import COPY, ENCLOSED, MAX_LINE_CHARS, SUBJECT, Line, field_of, lines_in, lines_of
from vectorstore.names import OFFICE, is_of_officers, is_rank
from vectorstore.references import find_references
from vectorstore.signature import Signature, find_signature

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
# A part of a body, which speaks for the whole.
_PART_OF_BODY = re.compile(
    r"\W*(?:Division|Section|Office|Bureau|Branch|Unit|Directorate|Center|Centre|Group|Team)\b(?: \w+)? (?:of|for)\b"
    r"|\W*(?:Division|Section)\b"
)
# The head of a case before a court; the court is not who writes.
_CAPTION = re.compile(r"\W*(?:in|before) the\b", re.IGNORECASE)
_OF_BODY = re.compile(
    r"\b(?:of|for|at|,) ?(?:the )?(?P<body>(?:[A-Z][\w'’&-]+ (?:and |of |the |for )*){1,6}(?:Council|Trust|Authority"
    r"|University|College|School|Academy|Hospitals?|Infirmary|Ministry|Agency|Constabulary|Police|Borough|Association"
    r"|Society|Foundation|Commission|Inspectorate|Company|Corporation|Federation|Union|plc|PLC|Ltd|Limited)\b)"
)
_JOINING = frozenset("plc of and the for in on at to upon under de la le y du".split())
_PLACE = r"(?:[A-Z][\w'’-]+)(?: (?:and |of )?[A-Z][\w'’-]+)*"


def find_card(text: str, blocks: Sequence[Block]) -> LetterCard:
    """Return the card of a letter from its text and blocks."""
    header = [b for b in blocks if b.role == "header"]
    closing = [b for b in blocks if b.role == "closing"]
    body = [b for b in blocks if b.number]
    first_body = body[0].start if body else len(text)
    front = [b for b in blocks if b.start < first_body and b.role in {"header", "heading"}]
    signature = find_signature(text, blocks)
    subject = _subject(text, front)
    after = [b for b in blocks if closing and b.start >= closing[0].start]
    around = [b for b in blocks if b.role in {"furniture", "closing"}]
    references = find_references(text, front, around)
    addressees = find_addressees(
        text, header, signature.author, (line.text for line in lines_in(text, around))
    )
    cc, copies = find_copies(text, [*front, *closing])
    paper = _around(blocks, addressees)
    signature = with_body_apart(text, signature, paper)
    return LetterCard(
        author=signature.author,
        office=signature.office,
        area=_area(text, signature, paper, body),
        addressee=addressees[0] if addressees else None,
        date=find_letter_date(text, front, after),
        reference=references[0] if references else None,
        subject=subject,
        report=_report(text, subject, body),
        cc=cc,
        addressees=addressees,
        copies=copies,
        references=references,
    )


def _area(
    text: str, signature: Signature, around: Sequence[Block], body: Sequence[Block]
) -> CardField | None:
    """Return the place or organisation that the author speaks for."""
    office, author = signature.office, signature.author
    words = " ".join(text[b.start : b.end] for b in body)
    named = (
        _place_in_office(text, office, words) or _place_in_letterhead(text, office, around)
        if office
        else None
    )
    if named:
        return named
    parts = [line for line in map(on_behalf, signature.rest) if _is_place(line.text)]
    divisions = [at for at, line in enumerate(parts) if _PART_OF_BODY.match(line.text)]
    # A signature goes from the part to the whole: division, office, agency.
    whole = next(iter(parts[divisions[-1] + 1 if divisions else 0 :]), None)
    if whole:
        return field_of(text, whole.start, whole.end)
    for block in around:
        # An address block begins with a person, a letterhead with the organisation (or a remark that shows its logo).
        line = next(iter(lines_of(text, block)), Line(block.start, block.start, ""))
        label = re.match(r"\[\w+:\s*|", line.text)
        bare = Line(line.start, line.end, line.text[label.end() :].strip(" *")) if label else line
        name = body_at_head(text, bare, block, words)
        if name and not (COPY.match(line.text) or _CAPTION.match(line.text)):
            if author and (name in author.value or author.value in name):
                return None  # a body that signs for itself
            start = line.start + line.text.index(name)
            return field_of(text, start, start + len(name))
    if parts:
        return field_of(text, parts[0].start, parts[0].end)
    return _body_in_office(text, office) or _most_named(text, body)


def _is_place(line: str) -> bool:
    """Whether a line under a signature may be a place or a body; scanned letters carry specks between the lines."""
    return bool(
        re.fullmatch(r"[\s*]*[A-Z][A-Za-z'’&. -]+(?:, [A-Z][A-Za-z'’& -]+)*[\s*.]*", line)
        and (is_of_officers(line) or not OFFICE.search(line))
        and not (is_rank(line) or CONTACT.search(line) or ENCLOSED.match(line))
        and all(word[0].isupper() or word in _JOINING for word in re.findall(r"[A-Za-z][\w'’-]*", line))
    )


def _around(blocks: Sequence[Block], addressees: Sequence[CardField]) -> list[Block]:
    """Return what surrounds the letter, without the addressees' own address."""
    kept: list[Block] = []
    for block in blocks:
        if block.role not in {"header", "furniture", "remark"}:
            continue
        marked = [f for f in addressees if f.start is not None and block.start <= f.start < block.end]
        if not marked:
            kept.append(block)
        elif kept and kept[-1].role == "header" and len(kept) > 1:
            # "Acme Inc." stands above "Attention: Jane Roe", sometimes after an empty line.
            kept.pop()
    return kept


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
            return field_of(text, start, start + len(place))
    return None


def _body_in_office(text: str, office: CardField | None) -> CardField | None:
    """Infer "Rivertown Council" from the "Leader of Rivertown Council", whom nothing else says to speak for it."""
    if office is None or office.start is None or office.end is None:
        return None
    named = _OF_BODY.search(text, office.start, office.end)
    return field_of(text, named.start("body"), named.end("body"), "inferred") if named else None


def _place_in_letterhead(text: str, office: CardField, around: Sequence[Block]) -> CardField | None:
    """Find "Ceredwyn" where the letterhead says "Commissioner for Ceredwyn" and the signature "Commissioner" alone."""
    named = re.compile(rf"{re.escape(office.value)}\s+(?:for|of)\s+(?P<place>{_PLACE})")
    for block in around:
        found = named.search(text, block.start, block.end)
        if found:
            return field_of(text, found.start("place"), found.end("place"))
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
    return field_of(text, *first[name], "inferred") if count >= 2 else None


def _subject(text: str, front: Sequence[Block]) -> CardField | None:
    for block in front:
        for line in lines_of(text, block):
            found = SUBJECT.match(line.text)
            if found:
                whole = block.role == "heading" and block.end - line.start <= MAX_LINE_CHARS
                end = block.end if whole else line.end
                return field_of(text, line.start + found.end(), end)
    heading = next((b for b in front if b.role == "heading" and _is_of_its_own(text, b)), None)
    return field_of(text, heading.start, heading.end) if heading else None


def _is_of_its_own(text: str, heading: Block) -> bool:
    """Whether a heading is one run of words; what a scan ran together over columns has gaps and specks in it."""
    words = text[heading.start : heading.end]
    return len(words) <= MAX_LINE_CHARS and "\t" not in words and words.lstrip("*_“\"'‘([")[:1].isalnum()


def _report(text: str, subject: CardField | None, body: Sequence[Block]) -> CardField | None:
    """Return the title of the report that is answered: out of the subject, or out of the first paragraphs."""
    opening = " ".join(text[b.start : b.end] for b in body[:2])
    if subject and subject.start is not None and subject.end is not None:
        line = text[subject.start : subject.end]
        found = _REPORT_ON.search(line) or _REPORT_THEN_TITLE.search(line) or _TITLE_THEN_REPORT.match(line)
        if found:
            return field_of(text, subject.start + found.start("title"), subject.start + found.end("title"))
        if re.search(r"\breport\b", line, re.IGNORECASE):
            return subject
    for block in body[:2]:
        named = _TITLE_IN_TEXT.search(text, block.start, block.end)
        if named:
            return field_of(text, named.start("title"), named.end("title"))
    return subject if subject and _SPEAKS_OF_REPORT.search(opening) else None
