"""Passages to sentences, ranked by how well each answers the question."""

import itertools
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

import numpy as np

from assistant.compounds import stems_held
from assistant.cues import ASKED_BY_YOU, LEANS, OPENS, WRITING
from assistant.fits import answers_type
from assistant.terms import Terms, as_question
from vectorstore.letter import QUOTABLE_ROLES, ScoredPassage
from vectorstore.likeness import SeenStates, TokenModel, cosines, likeness
from vectorstore.sentences import sentence_spans
from vectorstore.words import rarity, stem, tokens

# Found on evals/cases.jsonl and tests/letters by counting gold sentences at rank 1 and in the top 3.
WORD_BY_WORD, PASSAGE, WORDS, TYPE = 1.0, 0.6, 0.4, 0.3
HEADING_WORDS = 8
# Words without which few sentences are whole.
_SAYING = frozenset(
    """
    is are was were be been am has have had do does did will would shall should can could may might must
    i we you he she it they this that these those there who which
    """.split()
)
KEPT = 2000  # sentences recur from question to question; so many hold about 60 MB
LEANING = 0.5
OPENING = 0.5  # of its score, what is left to a sentence that says no more than to what the letter replies
NEAR_WORD = 0.55  # cosine from which a word of a letter is told as near in meaning
COMMON_WORD = 1.5  # as vectorstore.words.rarity


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer.

    Args:
        start: code points into the letter; the sentence is `[start, end)`.
        score: for ranking within one question; higher is better.
        coverage: share of the question's telling words in the sentence, weighted by rarity, 0 to 1.
        around: the same over its whole passage and headings.
        likeness: mean over the question's telling words of the nearest word's cosine; 0 without a model.
        fits: whether it holds the kind of thing asked for.
        nearest: cosine of each telling word of the question to the sentence's nearest word; empty without a model.
    """

    found: ScoredPassage
    start: int
    end: int
    text: str
    score: float
    coverage: float
    around: float
    likeness: float
    fits: bool
    nearest: Mapping[str, float]


class Ranker:
    """Ranks sentences; keeps what the model said about sentences it has seen.

    Args:
        model: None ranks by words alone.
    """

    def __init__(self, model: TokenModel | None) -> None:
        self._seen = SeenStates(model, most=KEPT) if model else None

    @property
    def compares(self) -> bool:
        """Whether a model compares words by meaning."""
        return self._seen is not None

    def rank(
        self,
        question: str,
        terms: Terms,
        passages: Sequence[ScoredPassage],
        *,
        only: Callable[[str], bool] | None = None,
    ) -> list[Candidate]:
        """Return the quotable sentences of these passages, best first.

        Args:
            only: leaves out sentences of which it is false, before the model looks at them.
        """
        raw: list[tuple[ScoredPassage, int, int, str]] = []
        for found in passages:
            passage = found.passage
            letterhead = bool(terms.contact) and passage.role in {"furniture", "header"}
            restated = bool(passage.speaker) and not (passage.role == "heading" and _only_names(passage.text))
            if passage.role in QUOTABLE_ROLES or restated or letterhead:
                raw += [
                    (found, passage.start + a, passage.start + b, passage.text[a:b])
                    for a, b in sentence_spans(passage.text)
                    if only is None or only(passage.text[a:b])
                ]
        if not raw:
            return []
        spoken_of = {id(found): covered(found.passage.embedded_text, terms) for found, *_ in raw}
        around = [spoken_of[id(found)] for found, *_ in raw]
        fits = [answers_type(text, terms, found.passage.text) for found, *_, text in raw]
        coverage = np.array(
            [
                covered(text, terms, terms.sums if fit else frozenset())
                for (*_, text), fit in zip(raw, fits, strict=True)
            ]
        )
        likenesses, nearest = self._compare(question, terms, [text for *_, text in raw])
        score = (
            WORD_BY_WORD * _spread(likenesses)
            + PASSAGE * _spread(np.array([found.score for found, *_ in raw]))
            + WORDS * _spread(coverage)
            + (TYPE * np.array(fits) if terms.answer != "any" else 0.0)
        )
        score = _leaning(score, raw)
        score, coverage = _answering(score, coverage, raw)
        score, coverage = _under_run_in_heading(score, coverage, raw)
        if terms.answer in {"any", "stance"} and not WRITING.search(question):
            score = score * np.array([OPENING if OPENS.search(text) else 1.0 for *_, text in raw])
        candidates = [
            Candidate(
                found,
                start,
                end,
                text,
                float(score[i]),
                float(coverage[i]),
                around[i],
                float(likenesses[i]),
                fits[i],
                nearest[i],
            )
            for i, (found, start, end, text) in enumerate(raw)
        ]
        return sorted(candidates, key=lambda c: (-c.score, c.found.passage.letter_id, c.start))

    def near_words(
        self, question: str, terms: Terms, passages: Sequence[ScoredPassage], *, most: int = 4
    ) -> list[str]:
        """Return words of these passages that come near in meaning to the question's telling words, nearest first.

        Forms of the question's own words are left out; without a model there are none.
        """
        if self._seen is None:
            return []
        question = as_question(question)
        asked = self._seen.of(question)
        rows = [i for i, (a, b) in enumerate(asked.spans) if _word_at(question, a, b) in terms.weights]
        best: dict[str, float] = {}
        for found in passages:
            text = found.passage.text
            told = self._seen.of(text)
            for (start, end), cosine in zip(told.spans, cosines(asked, told)[rows].max(axis=0), strict=True):
                word = _whole_word(text, start, end)
                if (
                    cosine >= NEAR_WORD
                    and rarity(word or "a") > COMMON_WORD
                    and stem(word) not in terms.weights
                ):
                    best[word] = max(best.get(word, 0.0), float(cosine))
        return sorted(best, key=lambda word: (-best[word], word))[:most]

    def _compare(
        self, question: str, terms: Terms, sentences: Sequence[str]
    ) -> tuple[Any, list[dict[str, float]]]:
        """Return the sentences' likeness, of shape (sentences,), and each telling word's nearest cosine in each.

        Words of the question count by how much they tell.
        """
        if self._seen is None:
            return np.zeros(len(sentences)), [{} for _ in sentences]
        question = as_question(question)
        asked = self._seen.of(question)
        belongs = [_word_at(question, a, b) for a, b in asked.spans]
        weights = np.array([terms.weights.get(word, 0.0) for word in belongs])
        if not weights.any():
            weights = np.ones(len(asked.spans))
        pieces = {
            word: [i for i, other in enumerate(belongs) if other == word]
            for word in terms.weights
            if word in belongs
        }
        likenesses: list[float] = []
        nearest: list[dict[str, float]] = []
        for sentence in sentences:
            near = cosines(asked, self._seen.of(sentence))
            likenesses.append(likeness(near, weights))
            nearest.append({word: float(near[rows].mean(axis=0).max()) for word, rows in pieces.items()})
        return np.array(likenesses), nearest


def _whole_word(text: str, start: int, end: int) -> str:
    """Return the word that the token `[start, end)` begins, lower case, or "" where it is no word's beginning."""
    if start > 0 and text[start - 1].isalnum():
        return ""
    while end < len(text) and text[end].isalnum():
        end += 1
    word = text[start:end].lower()
    return word if word.isalpha() else ""


def _word_at(question: str, start: int, end: int) -> str:
    """Return the stem of the word that the token `[start, end)` is part of."""
    while start > 0 and question[start - 1].isalnum():
        start -= 1
    while end < len(question) and question[end].isalnum():
        end += 1
    words = tokens(question[start:end])
    return stem(words[0]) if words else ""


def covered(text: str, terms: Terms, said: Set[str] = frozenset()) -> float:
    """Return the share of the telling words that `text` holds, or others for them, weighted, 0 to 1.

    Args:
        said: telling words that it says in any case.
    """
    return terms.weigh(terms.held_by(stems_held(text, terms) | said)) if terms.weights else 0.0


def _leaning(score: Any, raw: Sequence[tuple[ScoredPassage, int, int, str]]) -> Any:
    """Raise a sentence that leans on the one before it ("It came from …") by half of what that one is ahead."""
    raised = score.copy()
    for at, (before, now) in enumerate(itertools.pairwise(raw), start=1):
        if before[0] is now[0] and LEANS.match(now[3]):
            raised[at] += LEANING * max(0.0, score[at - 1] - score[at])
    return raised


def _answering(
    score: Any, coverage: Any, raw: Sequence[tuple[ScoredPassage, int, int, str]]
) -> tuple[Any, Any]:
    """Put a sentence that follows "you asked about …" where that stands, and that behind it."""
    score, coverage = score.copy(), coverage.copy()
    for at, (before, now) in enumerate(itertools.pairwise(raw)):
        if before[0] is now[0] and ASKED_BY_YOU.search(before[3]) and not ASKED_BY_YOU.search(now[3]):
            score[at], score[at + 1] = OPENING * score[at], max(score[at], score[at + 1])
            coverage[at + 1] = max(coverage[at], coverage[at + 1])
    return score, coverage


def _under_run_in_heading(
    score: Any, coverage: Any, raw: Sequence[tuple[ScoredPassage, int, int, str]]
) -> tuple[Any, Any]:
    """Raise the sentences under "3. Mutual aid." by half of what that heading is ahead, and put it behind them."""
    score, coverage = score.copy(), coverage.copy()
    for _, group in itertools.groupby(range(len(raw)), key=lambda at: id(raw[at][0])):
        head, *under = group
        found, start, _, text = raw[head]
        if under and start == found.passage.start and _is_heading(text):
            for at in under:
                score[at] += LEANING * max(0.0, score[head] - score[at])
                coverage[at] = max(coverage[at], LEANING * coverage[head])
            score[head] = OPENING * min(score[at] for at in (head, *under))
    return score, coverage


def _only_names(heading: str) -> bool:
    """Whether a heading only names what was recommended: "Recommendation 4: a shared store"."""
    return heading.rstrip()[-1:].isalnum() and _SAYING.isdisjoint(tokens(heading))


def _is_heading(sentence: str) -> bool:
    """Whether a sentence only names a matter: few words, no figure, and none by which it would say a thing of it."""
    words = tokens(sentence.lstrip("0123456789.() "))
    return len(words) <= HEADING_WORDS and not any(
        word in _SAYING or word.endswith("ed") or word[0].isdigit() for word in words
    )


def _spread(values: Any) -> Any:
    low, high = values.min(), values.max()
    return (values - low) / (high - low) if high > low else np.zeros(len(values))
