"""Sentences of letters ranked by words alone, so that a test needs no embedding model."""

from collections.abc import Mapping, Sequence
from zlib import crc32

import numpy as np

from assistant.rank import Candidate, Ranker
from assistant.terms import Terms, find_terms
from vectorstore.embed import TokenStates
from vectorstore.letter import Letter, ScoredPassage
from vectorstore.split import split_letter


def passages(*letters: Letter) -> list[ScoredPassage]:
    """Return the numbered passages of letters, each with the same score."""
    return [
        ScoredPassage(p, 0.5, None, 1.0) for letter in letters for p in split_letter(letter) if p.paragraph
    ]


def ranked(asked: str, *letters: Letter, terms: Terms | None = None) -> tuple[Terms, list[Candidate]]:
    """Return what a question looks for, and the sentences of these letters, best first."""
    terms = terms or find_terms(asked)
    return terms, Ranker(None).rank(asked, terms, passages(*letters))


def texts(candidates: Sequence[Candidate]) -> list[str]:
    """Return the sentences alone, white space folded."""
    return [" ".join(candidate.text.split()) for candidate in candidates]


class Meanings:
    """A model that knows which few words mean the same; all others are alike to nothing.

    Args:
        meanings: lower-case words, those that mean the same with the same number, from 0 to 9.
    """

    def __init__(self, meanings: Mapping[str, int]) -> None:
        self._meanings = meanings

    def token_states(self, texts: Sequence[str]) -> list[TokenStates]:
        """Return a state for each word of each text."""
        return [self._of(text) for text in texts]

    def _of(self, text: str) -> TokenStates:
        spans, at = [], 0
        for piece in text.split():
            at = text.index(piece, at)
            spans.append((at, at + len(piece.rstrip(".,?"))))
            at += len(piece)
        states = np.zeros((len(spans), 200), dtype=np.float32)
        for row, (start, end) in enumerate(spans):
            word = text[start:end].lower()
            states[row, self._meanings.get(word, 10 + crc32(word.encode()) % 190)] = 1.0
        return TokenStates(states, tuple(spans), states[0])
