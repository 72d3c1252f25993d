"""The data that everything else is about: a letter, its card, its blocks and its passages.

Spans are half-open `[start, end)` in code points of `Letter.text`. No behaviour beyond slicing.
"""

from dataclasses import dataclass, fields
from typing import Literal

How = Literal["stated", "inferred", "corrected"]
Role = Literal["body", "heading", "bullet", "header", "closing", "furniture", "remark"]

QUOTABLE_ROLES: frozenset[Role] = frozenset({"body", "bullet"})


@dataclass(frozen=True, slots=True)
class CardField:
    """One fact about a letter.

    Args:
        value: as the letter writes it, white space folded; a date as ISO `yyyy-mm-dd`, or `yyyy-mm` or `yyyy` where
            the letter says no more.
        start: where the letter shows it, in code points; None where it is worked out without a place.
        end: end of that span, exclusive; None with `start`.
        how: "stated" when the letter says so in a place made for it, "inferred" when it is worked out, "corrected"
            when somebody wrote it by hand.
    """

    value: str
    start: int | None
    end: int | None
    how: How


@dataclass(frozen=True, slots=True)
class LetterCard:
    """Who wrote to whom, when and about what; None where the letter does not say.

    Args:
        addressee: the first of `addressees`; `reference` likewise of `references`.
        cc: the line or lines that name who gets copies; `copies` is each of them.
    """

    author: CardField | None = None
    office: CardField | None = None
    area: CardField | None = None
    addressee: CardField | None = None
    date: CardField | None = None
    reference: CardField | None = None
    subject: CardField | None = None
    report: CardField | None = None
    cc: CardField | None = None
    addressees: tuple[CardField, ...] = ()
    copies: tuple[CardField, ...] = ()
    references: tuple[CardField, ...] = ()

    def value(self, name: str) -> str | None:
        """Return the value of the field called `name`, or None."""
        found: CardField | None = getattr(self, name)
        return found.value if found else None

    def values(self, name: str) -> tuple[str, ...]:
        """Return all values of a field that a letter may have several of: all addressees for "addressee"."""
        listed: tuple[CardField, ...] = getattr(self, CARD_SEVERAL[name], ()) if name in CARD_SEVERAL else ()
        single = self.value(name)
        return tuple(field.value for field in listed) or ((single,) if single else ())


CARD_SEVERAL = {"addressee": "addressees", "reference": "references", "cc": "copies"}
CARD_LISTS: tuple[str, ...] = tuple(CARD_SEVERAL.values())
CARD_FIELDS: tuple[str, ...] = tuple(f.name for f in fields(LetterCard) if f.name not in CARD_LISTS)


@dataclass(frozen=True, slots=True)
class Block:
    """A run of a letter's text with one role.

    Args:
        number: paragraph number for pinpoint citation, from 1; 0 for blocks that are not the letter's body.
        page: counted from 1.
        speaker: whose words these are where they are not the author's own; None for the author.
    """

    start: int
    end: int
    role: Role
    number: int
    page: int
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class PageRead:
    """How one page was read.

    Args:
        how: "text" from the file's own text, "ocr" from its picture, "unreadable" when neither could be had.
        confidence: mean of the OCR's words, 0 to 1, lower where a line was not read; None for text.
        reason: why it is unreadable or OCR was used; else empty.
    """

    how: Literal["text", "ocr", "unreadable"]
    confidence: float | None = None
    reason: str = ""


# Of files that are pages; a text, a web page, an e-mail or a Word file has those that are broken in it, or none.
PAGED = (".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it is stored.

    Args:
        id: first 16 hexadecimal digits of the SHA-256 of the original bytes.
        source: the file's name.
        text: what was read; every span counts in it.
        text_sha256: of `text` in UTF-8.
        pages: where each page starts in `text`; the first is 0.
        reads: how each page was read; empty for plain text.
    """

    id: str
    source: str
    text: str
    text_sha256: str
    pages: tuple[int, ...]
    card: LetterCard
    blocks: tuple[Block, ...]
    reads: tuple[PageRead, ...] = ()

    @property
    def has_pages(self) -> bool:
        """Whether it has page numbers to cite: it came as PDF or as a picture, or is broken into pages."""
        return len(self.pages) > 1 or self.source.lower().endswith(PAGED)


@dataclass(frozen=True, slots=True)
class Passage:
    """A span of a letter that is searched: `letter.text[start:end] == text`.

    Args:
        id: from letter id, span, header and splitter version, so that the same text has the same id everywhere.
        header: who, office, area, date, report and heading; embedded with `text`, never quoted.
        paragraph: number of the block it starts in; 0 outside the body.
    """

    id: str
    letter_id: str
    start: int
    end: int
    page: int
    paragraph: int
    role: Role
    header: str
    text: str
    speaker: str | None = None

    @property
    def embedded_text(self) -> str:
        """What the indexes see: the header, then the letter's words."""
        return f"{self.header}\n{self.text}" if self.header else self.text


@dataclass(frozen=True, slots=True)
class ScoredPassage:
    """A passage with its scores; higher is better.

    Args:
        score: fused, 0 to 1 within one search.
        cosine: of query and passage vectors, -1 to 1; None where only words were searched.
        bm25: of the query's words, 0 and up.
    """

    passage: Passage
    score: float
    cosine: float | None
    bm25: float


@dataclass(frozen=True, slots=True)
class Scope:
    """Which letters are looked at; an empty tuple or None leaves that side open.

    Values of one field are alternatives; fields together narrow. Dates are ISO and inclusive.
    `letter_ids` names letters outright, `excluded` leaves letters out by area or author.
    """

    area: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    report: tuple[str, ...] = ()
    reference: tuple[str, ...] = ()
    date_from: str | None = None
    date_to: str | None = None
    letter_ids: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Scope()
