"""A letter's text to its blocks: what is body, heading, bullet, and what only surrounds the letter (pure).

Letters come as converters left them: no mark-up tells a page footer from a paragraph. The rules here look at
form alone (sentences, salutation, valediction, contact details, repetition), never at a letter's own words.
"""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from vectorstore.letter import Block, Role

_GAP = re.compile(r"\n[ \t\xa0]*\n\s*|\f\s*")
_BULLET = re.compile(r"[ \t]*(?:[-•▪◦*·–]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])[ \t]+(?=\S)")
# A letter in two languages greets and closes in both on one line.
_SALUTATION = re.compile(r"[ \t*]*(?:[^\n/]{1,40} / )?Dear\b[^\n]{0,80}$", re.MULTILINE)
_VALEDICTION = re.compile(
    r"[ \t*]*(?:[^\n/]{1,40} / )?(?:yours (?:sincerely|faithfully|truly|ever|respectfully)"
    r"|(?:very )?(?:sincerely|respectfully)(?: yours)?|(?:with )?(?:kind|best|warm)(?:est)? (?:regards|wishes)|cofion)"
    r"[ \t,.*]*$",
    re.IGNORECASE | re.MULTILINE,
)
HEADER_LINE = re.compile(
    r"[ \t*]*(?:c\.?c\.?|copied to|copy to|copies to|(?:our|my|your)\s+ref\w*|ref(?:erence)?|date)\b[ \t*]*[:.]",
    re.IGNORECASE,
)
CONTACT = re.compile(
    # Only from a token's beginning: else a long line without spaces is read anew from each of its characters.
    r"(?<!\S)\S{1,200}@\S+|\bwww\.\S+|\bhttps?://\S+|(?<!\w)@\w+|\b(?:tel|telephone|phone|fax|e-?mail|twitter|facebook)\b[^\n]{0,6}:"
    r"|\b[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}\b|\bpage \d+(?: of \d+)?\b",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"(?:\[[^\]]{3,300}\]|(?:an?|the|this)(?: [\w-]+){0,4} (?:signature|logo|image|picture|photograph|crest|emblem"
    r"|stamp|seal|watermark|barcode|qr code|icon)\b.*)\W*$",
    re.IGNORECASE | re.DOTALL,
)
# "HMICFRS Area for Improvement 1 - Each force must …": a label with a number, then the words it labels.
_RESTATED = re.compile(
    r"\W{0,3}(?P<owner>(?:[A-Z][\w&.]*\s+){0,4}?)(?P<label>(?:area|cause|recommendation|finding|requirement|action|point"
    r"|question|condition|issue|deficiency|item)s?\b[\w ]{0,30}?)"
    r"\s*(?:No\.? ?)?\d+(?:\.\d+)*[a-z]?\W{0,2}\s*[-–—:.]\W{0,3}\s*"
    r"(?=[\"“‘'A-Z])",
    re.IGNORECASE,
)
_AUXILIARY = (
    r"i|we|he|she|they|it|this|there|is|are|was|were|has|have|had"
    r"|will|would|can|could|should|must|may|do|does|did|be|been"
)
# What only a clause has: a run of words without it, standing alone, is a heading even with a full stop.
_CLAUSE = re.compile(
    rf"\b(?:{_AUXILIARY}|agree|agreed|accept|\w+[^e\W]ed|met|held|made|gave|took|went|came|saw|said|told|spent|paid|built"
    r"|brought|began|rose|fell|found|left|led|kept|grew|ran|sent|wrote|lost|won|became|got|knew|thought)\b"
    r"|^\W*(?:the|these|those|our|my|no)\b",
    re.IGNORECASE,
)
# "We agree." and "It was closed." are sentences, "Lessons learned." is not.
_SHORT_CLAUSE = re.compile(
    rf"(?=[^\n]{{0,80}}\b(?:{_AUXILIARY})\b)[^\n]{{1,80}}[.!?]\W{{0,3}}", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_][\w'’.&/-]*")
_TERMINAL = re.compile(r"[.!?:;,][\"”’')\]*]*$")
# A mark after the last word; read from the front, since a look ahead from each mark is slow on a row of them.
_ENDED = re.compile(r"(?:.*\w)?[^\w.!?:]*[.!?:]\W*", re.DOTALL)
_QUOTED = re.compile(r"[\"“].{40,}[\"”][.,]?$", re.DOTALL)


@dataclass(slots=True)
class _Piece:
    start: int
    end: int
    text: str
    bullet: bool = False


def find_blocks(text: str, pages: tuple[int, ...]) -> tuple[Block, ...]:
    """Return the blocks of a letter, in order, without overlap; white space lies between them."""
    pieces = _join_broken(_pieces(text))
    roles = _roles(pieces)
    blocks: list[Block] = []
    number = 0
    for piece, (role, speaker) in zip(pieces, roles, strict=True):
        counts = role in {"body", "bullet"} or speaker is not None
        number += counts
        page = bisect_right(pages, piece.start)
        blocks.append(Block(piece.start, piece.end, role, number if counts else 0, page, speaker))
    return tuple(blocks)


def _pieces(text: str) -> list[_Piece]:
    """Cut at blank lines, page breaks, bullets, salutation and valediction."""
    cuts: list[tuple[int, int]] = []
    at = 0
    for gap in _GAP.finditer(text):
        cuts.append((at, gap.start()))
        at = gap.end()
    cuts.append((at, len(text)))
    found: list[_Piece] = []
    for start, end in cuts:
        marks = {start: False}
        position = start
        for line in text[start:end].splitlines(keepends=True):
            if _BULLET.match(line):
                marks[position] = True
            elif _SALUTATION.match(line) or _VALEDICTION.match(line) or HEADER_LINE.match(line):
                marks[position] = False
                if not HEADER_LINE.match(line):
                    marks.setdefault(position + len(line), False)
            position += len(line)
        bounds = [*sorted(mark for mark in marks if mark < end), end]
        for first, last in pairwise(bounds):
            body = text[first:last]
            stripped = body.strip()
            if stripped:
                begin = first + len(body) - len(body.lstrip())
                found.append(_Piece(begin, begin + len(stripped), stripped, marks[first]))
    return found


def _join_broken(pieces: list[_Piece]) -> list[_Piece]:
    """Put together a paragraph that a page break or an empty line cut in the middle of a sentence."""
    joined: list[_Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if (
            last is not None
            and not piece.bullet
            and piece.text[0].islower()
            and _words(last.text) >= 8
            and not re.search(r"[.!?:;][\"”’')\]*]*$", last.text)
            and not CONTACT.search(last.text)
        ):
            # The span runs over the gap, so that it still slices back out of the letter.
            between = "\n" * (piece.start - last.end)
            joined[-1] = _Piece(last.start, piece.end, last.text + between + piece.text, last.bullet)
        else:
            joined.append(piece)
    return joined


def _roles(pieces: list[_Piece]) -> list[tuple[Role, str | None]]:
    count = len(pieces)
    prose = [_is_prose(piece.text) for piece in pieces]
    repeated = Counter(_shape(piece.text) for piece in pieces)
    noise = [_noise(piece, prose[i], repeated) for i, piece in enumerate(pieces)]
    opening = next(
        (i + 1 for i, p in enumerate(pieces[: max(1, count * 2 // 3)]) if _SALUTATION.match(p.text)), None
    )
    if opening is None:
        opening = next((i for i in range(count) if prose[i] and noise[i] is None), 0)
    closing = next((i for i in range(count - 1, opening - 1, -1) if _VALEDICTION.match(pieces[i].text)), None)
    if closing is None:
        closing = count
        while (
            closing > opening
            and (not prose[closing - 1] or noise[closing - 1])
            and not pieces[closing - 1].bullet
        ):
            closing -= 1
    roles: list[tuple[Role, str | None]] = []
    begun = False
    for i, piece in enumerate(pieces):
        body = prose[i] or piece.bullet
        if noise[i] == "remark":
            roles.append(("remark", None))
        elif i < opening:
            roles.append(("header", None))
        elif noise[i]:
            roles.append(("furniture", None))
        elif i >= closing:
            # What follows a signature is an annex only when it reads like one.
            annex = prose[i] and _words(piece.text) >= 20 and not HEADER_LINE.match(piece.text)
            roles.append(("body" if annex else "closing", None))
        elif not begun and HEADER_LINE.match(piece.text):
            roles.append(("header", None))
        else:
            role, speaker = _body_role(pieces, prose, noise, i, body=body, first=not begun)
            begun = begun or role in {"body", "bullet"}
            roles.append((role, speaker))
    return roles


def _body_role(
    pieces: list[_Piece], prose: list[bool], noise: list[Role | None], i: int, *, body: bool, first: bool
) -> tuple[Role, str | None]:
    """Tell body, bullet and heading apart between salutation and valediction."""
    piece = pieces[i]
    following = next((j for j in range(i + 1, len(pieces)) if noise[j] is None), None)
    leads = following is not None and (prose[following] or pieces[following].bullet)
    restated = _RESTATED.match(piece.text)
    if restated and not first:
        owner = restated["owner"].strip(" *") or "the report answered"
        return "heading", owner
    if piece.bullet:
        return "bullet", None
    if body and _QUOTED.match(piece.text):
        return "body", "a source that the letter quotes"
    words = _words(piece.text)
    bare = (
        words <= 16
        and piece.text[0].isupper()
        and not _CLAUSE.search(piece.text)
        and not piece.text.rstrip("*").endswith((":", ";", ","))
    )
    unended = first and words <= 40 and not _ENDED.fullmatch(piece.text)
    if leads and (not body or bare or unended):
        adjacent_noise = following != i + 1
        return ("furniture" if adjacent_noise and not first and words <= 8 else "heading"), None
    if body:
        return "body", None
    return ("heading" if first else "furniture"), None


def _words(text: str) -> int:
    return len(_WORD.findall(text))


def _is_prose(text: str) -> bool:
    """Whether a piece reads as sentences: mostly small letters, and either ended or long."""
    words = _WORD.findall(text)
    if len(words) < 5 and not (len(words) > 1 and _SHORT_CLAUSE.fullmatch(text)):
        return False
    small = sum(word[0].islower() for word in words) / len(words)
    long_enough = len(words) >= 20
    if small < (0.4 if long_enough else 0.5):
        return False
    return bool(_TERMINAL.search(text)) or long_enough


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.lower().split()))


def _noise(piece: _Piece, prose: bool, repeated: Counter[str]) -> Role | None:
    """Tell page furniture and converter remarks from what somebody wrote to somebody."""
    text = piece.text
    words = _WORD.findall(text)
    if _REMARK.fullmatch(text) and len(words) <= 60 and not re.search(r"\b(?:I|we|our)\b", text):
        return "remark"
    contacts = len(CONTACT.findall(text))
    characters = sum(len(word) for word in words) or 1
    crowded = contacts >= 2 and len(words) / contacts <= 14
    if contacts and (crowded or not prose) and not HEADER_LINE.match(text):
        return "furniture"
    if not prose and (repeated[_shape(text)] > 1 or not words):
        return "furniture"
    capitals = sum(c.isupper() for c in text)
    if not prose and len(words) >= 3 and capitals / characters > 0.8 and "\t" in text:
        return "furniture"
    return None
