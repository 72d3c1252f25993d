"""What a letter is about, as it says itself: its subject line, the report it answers, headings, first words (pure)."""

from collections.abc import Iterator

from assistant.cues import OPENS
from vectorstore.letter import Letter, Passage
from vectorstore.sentences import sentence_spans

OPENING_PARAGRAPHS = 1


def matter_of(letter: Letter) -> list[Passage]:
    """Return the places that say what a letter is about, each once, in its order; all may be quoted.

    They are its subject line and the report's title, its headings, and the sentences of its first paragraph that say
    to what it replies, or all of that paragraph where there is no subject line.
    """
    spans = sorted(set(_spans(letter)))
    text = letter.text
    return [
        Passage(f"{letter.id}:{start}", letter.id, start, end, 1, 1, "body", "", text[start:end])
        for at, (start, end) in enumerate(spans)
        if not any(a <= start and end <= b for a, b in spans[:at] + spans[at + 1 :])
    ]


def _spans(letter: Letter) -> Iterator[tuple[int, int]]:
    for field in (letter.card.subject, letter.card.report):
        if field and field.start is not None and field.end is not None:
            yield field.start, field.end
    yield from ((block.start, block.end) for block in letter.blocks if block.role == "heading")
    for block in letter.blocks:
        if 0 < block.number <= OPENING_PARAGRAPHS and block.role != "heading":
            text = letter.text[block.start : block.end]
            for start, end in sentence_spans(text):
                if not letter.card.subject or OPENS.search(text[start:end]):
                    yield block.start + start, block.start + end
