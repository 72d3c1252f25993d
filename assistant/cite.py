"""Draft to verified statements (pure): a quote that is not in its letter is never shown as a citation.

What is shown is sliced from the letter, whole sentences at a time, so that a crop cannot turn a meaning round.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.answer import Citation, Draft, Statement
from assistant.carry import carried
from assistant.cut import whole
from assistant.find import find_folded
from assistant.fold import plain
from assistant.quote_index import places, touching
from vectorstore.dates import written
from vectorstore.letter import QUOTABLE_ROLES, Block, Letter
from vectorstore.reported import own_words, quoted_source, reported_by
from vectorstore.sentences import sentence_spans
from vectorstore.words import rarity, stem, tokens

CONTEXT_CHARS = 32
# Far below what statements in other words share: it marks what is about another matter, such as a prompt recited.
SHARED = 0.2
FEW = 3  # telling words, below which a share says nothing: "It was not spent" of "did not spend"
TELLING = 1.0  # as vectorstore.words.rarity
WEAK = 0.85  # mean confidence of a page's words, below which a reader should look at the page itself
# A straight single mark may be an apostrophe; a curly one that opens is none, and one that closes ends a word.
_OPEN_SINGLE = re.compile(r"‘(?:(?!’(?!\w))[^‘])*$")


@dataclass(slots=True)
class Numbering:
    """Citation numbers that stay the same through a conversation: the same words keep their number."""

    known: dict[tuple[str, int, int], int] = field(default_factory=dict)
    _last: int = field(init=False)

    def __post_init__(self) -> None:
        """Go on from the highest number known."""
        self._last = max(self.known.values(), default=0)

    def number(self, letter_id: str, start: int, end: int) -> int:
        """Return the number of these words, a new one the first time."""
        number = self.known.setdefault((letter_id, start, end), self._last + 1)
        self._last = max(self._last, number)
        return number


def locate(quote: str, letter: Letter) -> tuple[int, int] | None:
    """Return where a claimed quote stands in a letter, grown to whole sentences; None when it does not stand there.

    Words of a converter's remark are not the letter's, and are not found; nor is a quote that runs from one
    speaker's words, or from page furniture, into another's. The author's paragraphs go before what surrounds them.
    """
    found = places(find_folded(quote, letter.text), letter.blocks)
    return whole_sentences(letter, *found[0]) if found else None


def whole_sentences(letter: Letter, start: int, end: int) -> tuple[int, int]:
    """Grow `[start, end)` to the sentences that it has a part in, as far as they are told apart."""
    for block in touching(start, end, letter.blocks):
        prose = block.role in {*QUOTABLE_ROLES, "heading"}
        spans = sentence_spans(letter.text[block.start : block.end]) if prose else []
        for first, last in ((block.start + a, block.start + b) for a, b in spans):
            if first <= start < last:
                start = first
            if first < end <= last:
                end = last
    return start, end


def make_citation(letter: Letter, start: int, end: int, numbering: Numbering) -> Citation:
    """Slice a citation out of a letter."""
    text = letter.text
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
        exact=text[start:end],
        prefix=text[max(0, start - CONTEXT_CHARS) : start],
        suffix=text[end : end + CONTEXT_CHARS],
        page=page,
        paragraph=paragraph,
        label=label(letter, page, paragraph),
        speaker=speaker(letter, block, start, end),
        has_pages=letter.has_pages,
    )


def speaker(letter: Letter, block: Block | None, start: int, end: int) -> str | None:
    """Say whose words `[start, end)` are where the letter shows that they are not the author's own."""
    if block is None or block.role in {"furniture", "remark"}:
        return "page furniture, not the author's words"
    if block.speaker:
        return block.speaker
    text = letter.text
    before, cited = text[block.start : start], plain(text[start:end]).strip()
    begun = plain(before).count('"') % 2 or _OPEN_SINGLE.search(before)
    wholly = cited.startswith('"') and not any(c.isalnum() for c in cited[1:].partition('"')[2])
    if not (begun or wholly or reported_by(text[start:end])):
        return None  # whoever the author is
    own = own_words(text[b.start : b.end] for b in letter.blocks if b.role in {"closing", "furniture"})
    if begun:
        return quoted_source(before[: max(0, *(before.rfind(mark) for mark in '"“‘'))], own)
    if wholly:
        return quoted_source(before, own)
    return reported_by(text[start:end], own)


def label(letter: Letter, page: int, paragraph: int) -> str:
    """Return who, office, area, date, page and paragraph, from the card alone, and whether the page was a picture.

    A letter without pages has none in its label.
    """
    read = letter.reads[page - 1] if page <= len(letter.reads) else None
    if read is None or read.how != "ocr":
        scanned = ""
    else:
        weak = read.confidence is not None and read.confidence < WEAK
        scanned = ", read by OCR with doubts: check the page" if weak else ", read by OCR"
    at = (f", p. {page}" if letter.has_pages else "") + (f", para {paragraph}" if paragraph else "")
    return who(letter) + at + scanned


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

    A statement none of whose quotes is found is kept only as unsupported and without citation; one that says the same
    on the same words, as the two parts of a sentence that a page's edge cut, is kept once.
    """
    statements: list[Statement] = []
    citations: dict[int, Citation] = {}
    for claim in draft.statements:
        cited: list[Citation] = []
        for letter_id, quote in claim.quotes:
            letter = letters.get(letter_id)
            span = locate(quote, letter) if letter else None
            if letter is None or span is None:
                continue
            for part in whole(letter, *span):
                citation = make_citation(letter, *part, numbering)
                citations[citation.number] = citation
                if citation not in cited:
                    cited.append(citation)
        # A side of a comparison on which nothing was found claims no words, and needs none.
        sound = supported(claim.text, cited, letters) if claim.quotes else bool(claim.heading)
        numbers = tuple(citation.number for citation in cited)
        statement = Statement(claim.text, sound, numbers, claim.heading, claim.issue)
        if statement not in statements:
            statements.append(statement)
    return statements, list(citations.values())


def supported(text: str, cited: Sequence[Citation], letters: Mapping[str, Letter]) -> bool:
    """Whether what a statement says in figures, dates, names, negations and quotation marks stands in its quotes.

    Figures, dates and names may also come from the cited letters' cards. A statement that shares next to no telling
    word with its quotes speaks of something else, whatever they prove.
    """
    cards = " . ".join(who(letters[citation.letter_id]) for citation in cited)
    shown = " ".join(citation.exact for citation in cited)
    return _share(text, f"{shown} {cards}") >= SHARED and carried(
        text, [citation.exact for citation in cited], cards, _names_on_cards(letters.values())
    )


def _share(text: str, shown: str) -> float:
    """Return the share of a statement's telling words that stand in what it rests on; 1 where it has too few."""
    said = {stem(word) for word in tokens(plain(text)) if rarity(word) >= TELLING}
    held = {stem(word) for word in tokens(plain(shown))}
    return len(said & held) / len(said) if len(said) >= FEW else 1.0


def _names_on_cards(letters: Iterable[Letter]) -> set[str]:
    return {
        word
        for letter in letters
        for name in ("author", "area")
        for word in tokens(letter.card.value(name) or "")
        if rarity(word) > 1.0
    }
