"""Sentences that a page's edge cut in two: what stands on one page is never shown without the rest of it (pure).

A page's footer stands between the two parts, so that no one span of the letter holds the sentence alone.
"""

from itertools import pairwise

from vectorstore.letter import Letter
from vectorstore.sentences import sentence_spans

Span = tuple[int, int]


def whole(letter: Letter, start: int, end: int) -> list[Span]:
    """Return `[start, end)` and, where it holds one part of a cut sentence, the other part too, in the text's order."""
    spans = [(start, end)]
    for first, second in cut_sentences(letter):
        if _meet(first, spans) and not _meet(second, spans):
            spans.append(second)
        elif _meet(second, spans) and not _meet(first, spans):
            spans.insert(0, first)
    return spans


def cut_sentences(letter: Letter) -> list[tuple[Span, Span]]:
    """Return both parts of every sentence that goes on in the next block under the same paragraph number."""
    found: list[tuple[Span, Span]] = []
    numbered = [block for block in letter.blocks if block.number]
    for before, after in pairwise(numbered):
        if before.number == after.number:
            head = sentence_spans(letter.text[before.start : before.end])[-1]
            tail = sentence_spans(letter.text[after.start : after.end])[0]
            found.append(
                (
                    (before.start + head[0], before.start + head[1]),
                    (after.start + tail[0], after.start + tail[1]),
                )
            )
    return found


def _meet(part: Span, spans: list[Span]) -> bool:
    return any(start < part[1] and part[0] < end for start, end in spans)
