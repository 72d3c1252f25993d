"""Draft to verified statements (pure): a quote that is not in its letter is never shown as a citation.

What is shown is sliced from the letter, whole sentences at a time, so that a crop cannot turn a meaning round.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.answer import Citation, Draft, DraftStatement, Statement
from assistant.fold import find_folded, plain
from vectorstore.dates import written
from vectorstore.letter import QUOTABLE_ROLES, Block, Letter
from vectorstore.sentences import sentence_spans
from vectorstore.words import rarity, tokens

CONTEXT_CHARS = 32
WEAK = 0.85  # mean confidence of a page's words, below which a reader should look at the page itself
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
# "Not only … but" denies nothing, nor does "No. 5".
_NEGATION = re.compile(
    r"\b(?:not(?! only\b)|no(?!\.? ?\d)|never|none|nor|neither|nobody|nothing|nowhere|without|cannot|unable"
    r"|fail(?:s|ed)?|refus\w+|den(?:y|ies|ied)|\w+n't)\b",
    re.I,
)
_NAME = re.compile(r"(?<![.!?:] )(?<!^)(?<![\"'])\b[A-Z][\w'-]*[A-Za-z0-9]\b")
# A straight single mark may be an apostrophe; a curly one that opens is none, and one that closes ends a word.
_OPEN_SINGLE = re.compile(r"‘(?:(?!’(?!\w))[^‘])*$")
_IN_QUOTATION_MARKS = re.compile(r'"([^"]+)"')
_UNITS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
    " nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORTH = {
    **{word: str(number) for number, word in enumerate(_UNITS.split(), start=2)},
    **{word: str(number * 10) for number, word in enumerate(_TENS.split(), start=2)},
    **{word: word for word in ("hundred", "thousand", "million", "billion", "dozen", "half")},
}


@dataclass(slots=True)
class Numbering:
    """Citation numbers that stay the same through a conversation: the same words keep their number."""

    known: dict[tuple[str, int, int], int] = field(default_factory=dict)

    def number(self, letter_id: str, start: int, end: int) -> int:
        """Return the number of these words, a new one the first time."""
        return self.known.setdefault((letter_id, start, end), max(self.known.values(), default=0) + 1)


def locate(quote: str, letter: Letter) -> tuple[int, int] | None:
    """Return where a claimed quote stands in a letter, grown to whole sentences; None when it does not stand there.

    Words of a converter's remark are not the letter's, and are not found; nor is a quote that runs from one
    speaker's words, or from page furniture, into another's. The author's paragraphs go before what surrounds them.
    """
    places: list[tuple[bool, int, int, list[Block]]] = []
    for start, end in find_folded(quote, letter.text):
        touched = [b for b in letter.blocks if b.start < end and start < b.end]
        voices = {(b.speaker, b.role in {"furniture", "remark"}) for b in touched}
        if len(voices) == 1 and touched[0].role != "remark":
            places.append((touched[0].role not in QUOTABLE_ROLES, start, end, touched))
    if not places:
        return None
    _, start, end, touched = min(places, key=lambda place: place[:2])
    return _whole_sentences(letter, touched, start, end)


def _whole_sentences(letter: Letter, touched: Sequence[Block], start: int, end: int) -> tuple[int, int]:
    for block in touched:
        whole = block.role in {*QUOTABLE_ROLES, "heading"}
        spans = sentence_spans(letter.text[block.start : block.end]) if whole else []
        for first, last in ((block.start + a, block.start + b) for a, b in spans):
            if first <= start < last:
                start = first
            if first < end <= last:
                end = last
    return start, end


def make_citation(letter: Letter, start: int, end: int, numbering: Numbering) -> Citation:
    """Slice a citation out of a letter."""
    block = next((b for b in letter.blocks if b.start <= start < b.end), None)
    page = bisect_right(letter.pages, start)
    paragraph = block.number if block else 0
    return Citation(
        number=numbering.number(letter.id, start, end),
        letter_id=letter.id,
        source=letter.source,
        text_sha256=letter.text_sha256,
        start=start,
        end=end,
        exact=letter.text[start:end],
        prefix=letter.text[max(0, start - CONTEXT_CHARS) : start],
        suffix=letter.text[end : end + CONTEXT_CHARS],
        page=page,
        paragraph=paragraph,
        label=label(letter, page, paragraph),
        speaker=speaker(letter, block, start, end),
    )


def speaker(letter: Letter, block: Block | None, start: int, end: int) -> str | None:
    """Say whose words `[start, end)` are where the letter shows that they are not the author's own."""
    if block is None or block.role in {"furniture", "remark"}:
        return "page furniture, not the author's words"
    if block.speaker:
        return block.speaker
    before, cited = letter.text[block.start : start], plain(letter.text[start:end]).strip()
    begun = plain(before).count('"') % 2 or _OPEN_SINGLE.search(before)
    wholly = cited.startswith('"') and not any(c.isalnum() for c in cited[1:].partition('"')[2])
    return "a source that the letter quotes" if begun or wholly else None


def label(letter: Letter, page: int, paragraph: int) -> str:
    """Return who, office, area, date, page and paragraph, from the card alone, and whether the page was a picture."""
    read = letter.reads[page - 1] if page <= len(letter.reads) else None
    if read is None or read.how != "ocr":
        scanned = ""
    else:
        weak = read.confidence is not None and read.confidence < WEAK
        scanned = ", read by OCR with doubts: check the page" if weak else ", read by OCR"
    return f"{who(letter)}, p. {page}" + (f", para {paragraph}" if paragraph else "") + scanned


def who(letter: Letter) -> str:
    """Return author, office, area and date in one line; the file's name where the author is not known."""
    card = letter.card
    author, office, area, date = (card.value(name) for name in ("author", "office", "area", "date"))
    parts = [
        author or letter.source,
        office,
        None if area and office and area in office else area,
        written(date) if date else None,
    ]
    return ", ".join(part for part in parts if part)


def verify(
    draft: Draft, letters: Mapping[str, Letter], numbering: Numbering
) -> tuple[list[Statement], list[Citation]]:
    """Return a draft's statements with their verified citations.

    A statement none of whose quotes is found is kept only as unsupported and without citation.
    """
    statements: list[Statement] = []
    citations: dict[int, Citation] = {}
    for claim in draft.statements:
        cited: list[Citation] = []
        for letter_id, quote in claim.quotes:
            letter = letters.get(letter_id)
            span = locate(quote, letter) if letter else None
            if letter and span:
                citation = make_citation(letter, *span, numbering)
                citations[citation.number] = citation
                if citation not in cited:
                    cited.append(citation)
        # A side of a comparison on which nothing was found claims no words, and needs none.
        carried = _carried(claim, cited, letters) if claim.quotes else bool(claim.heading)
        statements.append(Statement(claim.text, carried, tuple(c.number for c in cited), claim.heading))
    return statements, list(citations.values())


def _carried(claim: DraftStatement, cited: Sequence[Citation], letters: Mapping[str, Letter]) -> bool:
    """Whether what a statement says in figures, names, negations and quotation marks stands in its quotes.

    Figures and names may also come from the cited letters' cards.
    """
    quotes = [plain(citation.exact) for citation in cited]
    said, shown = plain(claim.text), " ".join(quotes)
    cards = " ".join(who(letters[citation.letter_id]) for citation in cited)
    if not _figures(said) <= _figures(shown) | _figures(cards):
        return False
    if not set(tokens(f"{shown} {cards}")).issuperset(_names(said, letters)):
        return False
    if not all(
        any(find_folded(words, quote) for quote in quotes) for words in _IN_QUOTATION_MARKS.findall(said)
    ):
        return False
    denies = bool(_NEGATION.search(said))
    return any(bool(_NEGATION.search(quote)) == denies for quote in quotes)


def _figures(text: str) -> set[str]:
    """Return the figures of a text, however they are written: 1,300 is 1300, and eight is 8."""
    found = {re.sub(r",(?=\d{3}(?!\d))", "", figure) for figure in _NUMBER.findall(text)}
    return found | {_WORTH[word] for word in re.findall(r"[a-z]+", text.lower()) if word in _WORTH}


def _names(said: str, letters: Mapping[str, Letter]) -> set[str]:
    """Return the words of a statement that are names: those with a capital, and at its beginning those on a card."""
    found = {word for name in _NAME.findall(said) for word in tokens(name)}
    # A capital tells nothing at the beginning of a sentence.
    known = {
        word
        for letter in letters.values()
        for name in ("author", "area")
        for word in tokens(letter.card.value(name) or "")
        if rarity(word) > 1.0
    }
    return found | (
        known
        & {word for first in re.findall(r"(?:^|[.!?:] )\W*([A-Z][\w'-]*)", said) for word in tokens(first)}
    )
