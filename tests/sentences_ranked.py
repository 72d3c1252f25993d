"""Sentences of letters ranked by words alone, so that a test needs no embedding model."""

from collections.abc import Sequence

from assistant.rank import Candidate, Ranker
from assistant.terms import Terms, find_terms
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
