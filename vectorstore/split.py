"""A letter to its passages: paragraphs and bullets, long ones cut between sentences (pure)."""

import hashlib

from vectorstore.letter import Block, Letter, LetterCard, Passage
from vectorstore.sentences import Span, sentence_spans

SPLITTER_VERSION = "5"
MAX_CHARS = 1200


def split_letter(letter: Letter) -> tuple[Passage, ...]:
    """Return the passages of a letter in order; each slices back out of it and no sentence is cut.

    Headings, letterheads, signatures and page furniture become passages too (they hold words and numbers that people
    look for), with their role; converter remarks do not.
    """
    passages: list[Passage] = []
    who = card_line(letter.card)
    heading = lead = ""
    begun: Block | None = None
    for block in letter.blocks:
        text = letter.text[block.start : block.end]
        if block.role == "heading":
            heading, lead = " ".join(text.split()), ""
        if block.role == "remark":
            continue
        if block.role != "bullet" and block.role in {"body", "heading"}:
            lead = ""
        if begun and block.number == begun.number:
            # The page's edge cut its first sentence; the beginning is read beside it.
            first = letter.text[begun.start : begun.end]
            lead = " ".join(first[sentence_spans(first)[-1][0] :].split())
        begun = block if block.number else begun
        context = [part for part in (heading if block.role != "heading" else "", lead) if part]
        header = "\n".join([who, *context]) if block.number else ""
        for start, end in _cut(text):
            passages.append(_passage(letter, block, block.start + start, block.start + end, header))
        if block.role == "body" and text.rstrip("*").endswith(":"):
            lead = " ".join(text[sentence_spans(text)[-1][0] :].split())
    return tuple(passages)


def card_line(card: LetterCard) -> str:
    """Return who wrote when about what, in one line: what a passage's words are read beside."""
    parts = [card.value(name) for name in ("author", "office", "area", "date")]
    line = ", ".join(part for part in parts if part)
    about = card.value("report") or card.value("subject")
    return ". ".join(part for part in (line, about) if part)


def _cut(text: str) -> list[Span]:
    """Group sentences into runs of at most MAX_CHARS; one longer sentence stays whole."""
    if len(text) <= MAX_CHARS:
        return [(0, len(text))]
    runs: list[Span] = []
    for start, end in sentence_spans(text):
        if runs and end - runs[-1][0] <= MAX_CHARS:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs


def _passage(letter: Letter, block: Block, start: int, end: int, header: str) -> Passage:
    # With its header, so that a corrected card brings new vectors into the index.
    key = f"{letter.id}:{start}:{end}:{SPLITTER_VERSION}:{header}"
    page = sum(at <= start for at in letter.pages)
    return Passage(
        id=hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:24],
        letter_id=letter.id,
        start=start,
        end=end,
        page=page,
        paragraph=block.number,
        role=block.role,
        header=header,
        text=letter.text[start:end],
        speaker=block.speaker,
    )
