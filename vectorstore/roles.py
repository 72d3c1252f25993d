"""Pieces to roles and speakers: what is the letter, what surrounds it, and whose words each piece is (pure)."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from vectorstore.furniture import HEADER_LINE, is_garbled, is_remark, may_head, noise_of, shape
from vectorstore.letter import Role
from vectorstore.pieces import SALUTATION, VALEDICTION, Piece, is_continued
from vectorstore.prose import CLAUSE, count_words, gives_amount, is_ended, is_prose, is_statement
from vectorstore.reported import QUOTED, own_words, quoted_source, reported_by
from vectorstore.restated import is_item, is_reply, labelled_item, owner_of_items, restates

_QUOTED = re.compile(r"[\"“].{40,}[\"”][.,]?$", re.DOTALL)
# What a system prints below a signature that is not written by hand.
_SIGNED = re.compile(r"(?=.*\bsign(?:ed|ature)\b).*\belectronic(?:ally)?\b", re.IGNORECASE | re.DOTALL)
LOGO_WORDS = 30
ANNEX_WORDS = 20
HEADING_WORDS = 12


@dataclass(frozen=True, slots=True)
class Part:
    """What a piece is.

    Args:
        speaker: whose words it is; None for the author's.
        goes_on: index of the piece whose sentence it goes on with, across what surrounds the page.
    """

    role: Role
    speaker: str | None = None
    goes_on: int | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    """The pieces with what each looks like by itself; `after` is the next piece that is no noise."""

    pieces: Sequence[Piece]
    prose: Sequence[bool]
    noise: Sequence[Role | None]
    after: Sequence[int | None]


def find_roles(pieces: Sequence[Piece], pages: Sequence[int]) -> list[Part]:
    """Return the role and speaker of each piece."""
    prose = [is_prose(piece.text) for piece in pieces]
    noise = _noise(pieces, prose, pages)
    seen = _Seen(pieces, prose, noise, _following(noise))
    opening, closing = _bounds(seen)
    cut = _continued(seen, opening, closing)
    begins = frozenset(cut.values())
    parts: list[Part] = []
    begun = False
    for i, piece in enumerate(pieces):
        body = prose[i] or piece.bullet
        if noise[i] == "remark":
            part = Part("remark")
        elif i < opening:
            part = Part("header")
        elif noise[i]:
            part = Part("furniture")
        elif i >= closing:
            part = Part("body" if _is_annex(piece.text, prose[i]) else "closing")
        elif not begun and HEADER_LINE.match(piece.text):
            part = Part("header")
        elif i in cut:
            part = Part(parts[cut[i]].role, goes_on=cut[i])
        elif i in begins:
            part = Part("bullet" if piece.bullet else "body")
        else:
            part = _body_part(seen, i, body=body, first=not begun)
        begun = begun or part.role in {"body", "bullet"}
        parts.append(part)
    return _with_speakers(seen, parts, opening, closing)


def _noise(pieces: Sequence[Piece], prose: Sequence[bool], pages: Sequence[int]) -> list[Role | None]:
    counts = Counter(shape(piece.text) for piece in pieces if not piece.edge)
    noise: list[Role | None] = []
    starts = iter([*pages, None])
    page = next(starts)
    for i, piece in enumerate(pieces):
        if piece.edge:
            noise.append("remark" if is_remark(piece.text) else "furniture")
            continue
        first_on_page = page is not None and piece.start >= page
        while page is not None and piece.start >= page:
            page = next(starts)
        repeated = counts[shape(piece.text)] > 1
        leads = repeated and may_head(piece.text) and i + 1 < len(pieces) and prose[i + 1]
        role = noise_of(piece.text, prose=prose[i], repeated=repeated and not leads)
        if (
            role is None
            and first_on_page
            and count_words(piece.text) <= LOGO_WORDS
            and is_garbled(piece.text)
        ):
            role = "furniture"
        noise.append(role)
    return noise


def _following(noise: Sequence[Role | None]) -> list[int | None]:
    following: list[int | None] = []
    last: int | None = None
    for i in range(len(noise) - 1, -1, -1):
        following.append(last)
        last = i if noise[i] is None else last
    return following[::-1]


def _bounds(seen: _Seen) -> tuple[int, int]:
    """Return the first piece after the greeting and the first of the close."""
    pieces, count = seen.pieces, len(seen.pieces)
    opening = next(
        (i + 1 for i, p in enumerate(pieces[: max(1, count * 2 // 3)]) if SALUTATION.match(p.text)), None
    )
    if opening is None:
        opening = next((i for i in range(count) if seen.prose[i] and seen.noise[i] is None), 0)
    closing = next((i for i in range(count - 1, opening - 1, -1) if VALEDICTION.match(pieces[i].text)), None)
    if closing is None:
        closing = count
        while (
            closing > opening
            and (not seen.prose[closing - 1] or seen.noise[closing - 1])
            and not pieces[closing - 1].bullet
        ):
            closing -= 1
    return opening, closing


def _continued(seen: _Seen, opening: int, closing: int) -> dict[int, int]:
    """Return the pieces whose first sentence began before what surrounds the page, with the piece it began in."""
    found: dict[int, int] = {}
    last: int | None = None
    for i in range(opening, min(closing, len(seen.pieces))):
        if seen.noise[i]:
            continue
        if last is not None and last < i - 1 and is_continued(seen.pieces[last], seen.pieces[i]):
            found[i] = last
        last = i
    return found


def _is_annex(text: str, prose: bool) -> bool:
    """Return whether what follows a signature reads like an annex."""
    words = count_words(text)
    if not prose or words < ANNEX_WORDS or HEADER_LINE.match(text):
        return False
    return words > 3 * ANNEX_WORDS or not _SIGNED.match(text)


def _body_part(seen: _Seen, i: int, *, body: bool, first: bool) -> Part:
    """Tell body, bullet and heading apart between greeting and close."""
    piece = seen.pieces[i]
    owner = None if first else labelled_item(piece.text)
    if owner:
        return Part("heading", owner)
    if piece.bullet:
        return Part("heading" if _is_numbered_heading(seen, i) else "bullet")
    if body and _QUOTED.match(piece.text):
        return Part("body", QUOTED)
    if not body and is_statement(piece.text):
        return Part("body")
    following = seen.after[i]
    leads = following is not None and (seen.prose[following] or seen.pieces[following].bullet)
    words = count_words(piece.text)
    bare = (
        words <= 16
        and piece.text[0].isupper()
        and not CLAUSE.search(piece.text)
        and not piece.text.rstrip("*").endswith((":", ";", ","))
    )
    unended = first and words <= 40 and not is_ended(piece.text)
    if leads and (not body or bare or unended):
        adjacent_noise = following != i + 1
        return Part("furniture" if adjacent_noise and not first and words <= 8 else "heading")
    if body or (not first and gives_amount(piece.text)):
        return Part("body")
    return Part("heading" if first else "furniture")


def _is_numbered_heading(seen: _Seen, i: int) -> bool:
    """Whether "3. Publishing losses" heads the prose after it, and is no item of a list before that."""
    text, following = seen.pieces[i].text, seen.after[i]
    before = next((j for j in range(i - 1, -1, -1) if seen.noise[j] is None), None)
    return (
        is_item(text)
        and count_words(text) <= HEADING_WORDS
        and not (CLAUSE.search(text) or is_ended(text) or gives_amount(text))
        and not text.rstrip("*").endswith((":", ";", ","))
        and following is not None
        and seen.prose[following]
        and not seen.pieces[following].bullet
        and (before is None or not seen.pieces[before].bullet)
    )


def _with_speakers(seen: _Seen, parts: list[Part], opening: int, closing: int) -> list[Part]:
    """Name the speakers that only a paragraph's neighbours show: of restated items, views and quotations."""
    pieces = seen.pieces
    own = own_words(
        piece.text for piece, part in zip(pieces, parts, strict=True) if part.role in {"closing", "furniture"}
    )
    body = [i for i in range(opening, min(closing, len(parts))) if parts[i].role in {"body", "bullet"}]
    replied = [
        (i, j)
        for i, j in pairwise(body)
        if parts[j].role == "body" and parts[j].goes_on is None and parts[i].speaker is None
    ]
    plain = sum(is_item(pieces[i].text) and is_reply(pieces[j].text) for i, j in replied)
    restated = [i for i, j in replied if restates(pieces[i].text, pieces[j].text, others=plain)]
    if restated:
        lead = (pieces[i].text for i in reversed(body) if i < restated[0])
        owner = owner_of_items(islice(lead, 3))
        for i in restated:
            parts[i] = Part("heading", owner, parts[i].goes_on)
    for at, i in enumerate(body):
        part = parts[i]
        if part.speaker == QUOTED:
            before = pieces[body[at - 1]].text if at else ""
            parts[i] = Part(part.role, quoted_source(before, own), part.goes_on)
        elif part.speaker is None and part.role == "body":
            parts[i] = Part(part.role, reported_by(pieces[i].text, own), part.goes_on)
    for i, part in enumerate(parts):
        if part.goes_on is not None:
            parts[i] = Part(parts[part.goes_on].role, parts[part.goes_on].speaker, part.goes_on)
    return parts
