"""Does the evidence answer? Decides before any engine drafts, so that no model answers what letters do not say (pure).

A question is turned down for a reason that can be told: it names what the letters in scope nowhere name, it asks
for a figure, date or name that no near sentence holds, or nothing in scope comes near its words or meaning.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from assistant.rank import Candidate
from assistant.terms import SAME, Terms
from vectorstore.letter import Letter
from vectorstore.words import stem, stems, tokens

# Found on evals/cases.jsonl and tests/letters by hand; evals/report.md shows what they give on questions set aside.
NEAR = 3  # sentences that an answer may be made of
LIKENESS = 0.50  # below it, and with few words shared, nothing is near
COVERAGE = 0.20
TYPED_COVERAGE = 0.35  # of the question's words, in a sentence that gives the figure, date or name
CLOSE = 0.35  # from here on the letters speak of the matter, and a word that nothing comes near is what they leave out
TELLING = 1.5  # as vectorstore.words.rarity: below it a word is too common to be the point
LIKE = 0.605
RARE = 3.5  # as vectorstore.words.rarity
LIKE_OTHER = 0.66  # where letters out of scope have the very words, more is asked of a likeness


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the evidence answers, and if not, why: one clause to show."""

    answers: bool
    reason: str = ""


def judge(
    terms: Terms, ranked: Sequence[Candidate], scope: Sequence[Letter], everywhere: Sequence[Letter]
) -> Verdict:
    """Judge the ranked sentences of the letters in scope.

    Args:
        everywhere: all letters; what only letters out of scope speak of is a reason to turn down, and to say so.
    """
    if not ranked:
        return Verdict(False, "nothing in the letters in scope is near the question")
    if terms.overview:
        return Verdict(True)
    if terms.contact:
        fits = any(c.fits for c in ranked)
        return Verdict(fits, "" if fits else "no letter in scope shows such a detail")
    inside = _Vocabulary(scope)
    missing = [word for word in terms.named if not inside.has(word)]
    if missing:
        return Verdict(False, f"nowhere in the letters in scope stands {_quoted(missing, terms)}")
    if (
        len(scope) < len(everywhere)
        and not terms.premise
        and (reason := _only_elsewhere(terms, ranked, scope, everywhere))
    ):
        return Verdict(False, reason)
    near = ranked[:NEAR]
    around = max(c.around for c in near)
    if terms.strict and not any(
        c.coverage >= TYPED_COVERAGE or c.around >= 2 * TYPED_COVERAGE for c in near if c.fits
    ):
        return Verdict(False, f"no sentence near the question gives a {terms.answer}")
    if around >= CLOSE and not terms.premise:
        for word, weight in terms.weights.items():
            if weight >= TELLING and not inside.has(word, terms) and not _comes_near(word, terms, ranked):
                return Verdict(
                    False,
                    f"the sentences nearest to the question say nothing of {_quoted([word], terms)}, which stands"
                    " nowhere in the letters in scope",
                )
    strange = bool(terms.weights) and all(
        not inside.has(word, terms) and not _comes_near(word, terms, ranked) for word in terms.weights
    )
    if strange or (around < COVERAGE and max(c.likeness for c in near) < LIKENESS):
        nowhere = [word for word in terms.weights if not inside.has(word, terms)]
        also = f"; {_quoted(nowhere, terms)} stands nowhere in them" if nowhere else ""
        return Verdict(
            False, f"nothing in the letters in scope is near the question in words or meaning{also}"
        )
    return Verdict(True)


def _only_elsewhere(
    terms: Terms, ranked: Sequence[Candidate], scope: Sequence[Letter], everywhere: Sequence[Letter]
) -> str:
    """Say that only letters out of scope speak of what is asked, or ""."""
    inside = _Vocabulary(scope)
    within = {letter.id for letter in scope}
    outside = _Vocabulary([letter for letter in everywhere if letter.id not in within])
    for pair in terms.pairs:
        missed = [word for word in pair if not inside.has(word, terms)]
        if missed and outside.has_pair(pair) and all(_nearest(word, ranked) < LIKE_OTHER for word in missed):
            return f"only letters out of scope speak of {_quoted(missed, terms)}"
    for word, weight in terms.weights.items():
        if weight > RARE and outside.names(word) and not inside.has(word, terms):
            return f"only letters out of scope name {_quoted([word], terms)}"
    return ""


def _quoted(words: Sequence[str], terms: Terms) -> str:
    """Return the question's own phrases that hold any of these stems, in quotation marks; each as a whole."""
    found = [phrase.text for phrase in terms.phrases if set(phrase.stems) & set(words)]
    return " and ".join(f"“{text}”" for text in dict.fromkeys(found)) or "what is asked about"


def _nearest(word: str, ranked: Sequence[Candidate]) -> float:
    """Return how near any word of the best sentences comes to `word`; 1 where no model can tell."""
    return max((c.nearest.get(word, 1.0) for c in ranked[: 2 * NEAR]), default=1.0)


def _comes_near(word: str, terms: Terms, ranked: Sequence[Candidate]) -> bool:
    """Whether the best sentences come near to `word`: by a likeness, or by a lesser one and a synonym or kind of it."""
    ways = {way.stem for way in terms.ways if way.of == word and way.loose}
    return _nearest(word, ranked) >= LIKE or any(
        candidate.nearest.get(word, 0.0) >= SAME and not ways.isdisjoint(stems(candidate.text))
        for candidate in ranked[: 2 * NEAR]
    )


class _Vocabulary:
    """The stems of some letters, which stand as names, and which stand side by side."""

    def __init__(self, letters: Sequence[Letter]) -> None:
        self._letters = [_words_of(letter.text) for letter in letters]

    def has(self, word: str, terms: Terms | None = None) -> bool:
        """Whether any letter has the word; where the question's terms are given, or another of its family."""
        ways = {way.stem for way in terms.ways if way.of == word and not way.loose} if terms else set()
        return any(word in letter.stems or ways & letter.stems for letter in self._letters)

    def has_pair(self, pair: tuple[str, str]) -> bool:
        return any(pair in letter.pairs for letter in self._letters)

    def names(self, word: str) -> bool:
        return any(word in letter.names for letter in self._letters)


class _Words(NamedTuple):
    stems: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    names: frozenset[str]


@lru_cache(maxsize=1000)
def _words_of(text: str) -> _Words:
    words = stems(text)
    bare = (piece.strip("\"'“”‘’().,;:!?*") for piece in text.split())
    named = (piece for piece in bare if sum(c.isupper() for c in piece) > 1)
    return _Words(
        frozenset(words),
        frozenset(itertools.pairwise(words)),
        frozenset(stem(token) for piece in named for token in tokens(piece)),
    )
