"""Draft to verified statements (pure): a quote that is not in its letter is never shown as a citation.

What is shown is sliced from the letter, whole sentences at a time, so that a crop cannot turn a meaning round.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from assistant.answer import Citation, Draft, DraftStatement, Statement
from assistant.fold import find_folded, fold
from vectorstore.dates import written
from vectorstore.letter import Block, Letter
from vectorstore.sentences import sentence_spans
from vectorstore.words import tokens

CONTEXT_CHARS = 32
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*")
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nor|neither|without|cannot|unable|fail(?:s|ed)?|refus\w+|den(?:y|ies|ied)|\w+n[’']t)\b",
    re.I,
)
_NAME = re.compile(r"(?<![.!?:] )(?<!^)(?<![\"“‘'])\b[A-Z][\w’'-]*[A-Za-z0-9]\b")


@dataclass(slots=True)
class Numbering:
    """Citation numbers that stay the same through a conversation: the same words keep their number."""

    known: dict[tuple[str, int, int], int] = field(default_factory=dict)

    def number(self, letter_id: str, start: int, end: int) -> int:
        """Return the number of these words, a new one the first time."""
        return self.known.setdefault((letter_id, start, end), max(self.known.values(), default=0) + 1)


def locate(quote: str, letter: Letter) -> tuple[int, int] | None:
    """Return where a claimed quote stands in a letter, grown to whole sentences; None when it does not stand there.

    Words of a converter's remark are not the letter's, and are not found.
    """
    for start, end in find_folded(quote, letter.text):
        touched = [b for b in letter.blocks if b.start < end and start < b.end]
        if touched and not any(b.role == "remark" for b in touched):
            return _whole_sentences(letter, touched, start, end)
    return None


def _whole_sentences(letter: Letter, touched: Sequence[Block], start: int, end: int) -> tuple[int, int]:
    first, last = touched[0], touched[-1]
    if first.number:
        spans = sentence_spans(letter.text[first.start : first.end])
        start = min(
            [start, *(first.start + a for a, b in spans if first.start + a <= start < first.start + b)]
        )
    if last.number:
        spans = sentence_spans(letter.text[last.start : last.end])
        end = max([end, *(last.start + b for a, b in spans if last.start + a < end <= last.start + b)])
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
        speaker=speaker(letter, block, start),
    )


def speaker(letter: Letter, block: Block | None, start: int) -> str | None:
    """Say whose words stand at `start` where the letter shows that they are not the author's own."""
    if block is None or block.role == "furniture":
        return "page furniture, not the author's words"
    if block.speaker:
        return block.speaker
    before = fold(letter.text[block.start : start]).text
    return "a source that the letter quotes" if before.count('"') % 2 else None


def label(letter: Letter, page: int, paragraph: int) -> str:
    """Return who, office, area, date, page and paragraph, from the card alone."""
    return f"{who(letter)}, p. {page}" + (f", para {paragraph}" if paragraph else "")


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
        carried = _carried(claim, cited, letters) if claim.quotes else True
        statements.append(Statement(claim.text, carried, tuple(c.number for c in cited), claim.heading))
    return statements, list(citations.values())


def _carried(claim: DraftStatement, cited: Sequence[Citation], letters: Mapping[str, Letter]) -> bool:
    """Whether figures, names and negations of a statement stand in its quotes, or on the cited letters' cards."""
    if not cited:
        return False
    shown = fold(" ".join(c.exact for c in cited)).text
    said = fold(claim.text).text
    cards = " ".join(who(letters[c.letter_id]) for c in cited)
    figures = set(_NUMBER.findall(shown)) | set(_NUMBER.findall(cards))
    if not set(_NUMBER.findall(said)) <= figures:
        return False
    known = set(tokens(f"{shown} {cards}"))
    if not all(known.issuperset(tokens(name)) for name in _NAME.findall(said)):
        return False
    return bool(_NEGATION.search(said)) == bool(_NEGATION.search(shown)) or (
        not _NEGATION.search(said) and len(cited) > 1
    )
