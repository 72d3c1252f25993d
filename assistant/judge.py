"""Does the evidence answer? Decides before any engine drafts, so that no model answers what letters do not say (pure).

A question is turned down for a reason that can be told: it names what the letters in scope nowhere name, it asks
for a figure, date or name that no near sentence holds, or nothing in scope comes near its words or meaning.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.compounds import stems_held
from assistant.rank import Candidate, covered
from assistant.terms import SAME, Terms
from assistant.vocabulary import Vocabulary, WordIndex
from vectorstore.letter import Letter

# Found on evals/cases.jsonl and tests/letters by hand; evals/report.md shows what they give on questions set aside.
NEAR = 3  # sentences that an answer may be made of
LIKENESS = 0.50  # below it, and with few words shared, nothing is near
COVERAGE = 0.20
TYPED_COVERAGE = 0.35  # of the question's words, in a sentence that gives the figure, date or name
CLOSE = 0.35  # from here on the letters speak of the matter, and a word that nothing comes near is what they leave out
TELLING = 1.5  # as vectorstore.words.rarity: below it a word is too common to be the point
LIKE = 0.605
RARE = 3.5  # as vectorstore.words.rarity
SPEAKS_OF_IT = 0.6  # of the question's telling words, in a passage
# Both found on the halves for fitting of benchmarks/calibration.py's questions.
ORDINARY = 2.6  # as vectorstore.words.rarity: a word in daily use, that a letter may well put another way
SAYS_REST = 0.75  # of the other telling words, in a sentence
LIKE_OTHER = 0.66  # where letters out of scope have the very words, more is asked of a likeness

ONE_OF_TWO = "{} stands nowhere in the letters in scope; of {} they say:"
NOT_SAID = "The letters in scope do not say {}; nearest to it they say:"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the evidence answers, and if not, why: one clause to show.

    Args:
        aside: of what answers, a sentence to put before it on what the letters do not say; or "".
    """

    answers: bool
    reason: str = ""
    aside: str = ""


def judge(
    terms: Terms,
    ranked: Sequence[Candidate],
    scope: Sequence[Letter],
    everywhere: Sequence[Letter],
    index: WordIndex | None = None,
) -> Verdict:
    """Judge the ranked sentences of the letters in scope.

    Args:
        index: of the words of all letters, or None to read them.
        everywhere: all letters; what only letters out of scope speak of is a reason to turn down, and to say so.
    """
    if not ranked:
        return Verdict(False, "nothing in the letters in scope is near the question")
    if terms.overview:
        return Verdict(True)
    if terms.contact:
        fits = any(c.fits for c in ranked)
        return Verdict(fits, "" if fits else f"no letter in scope shows such a detail ({terms.contact})")
    inside = Vocabulary(scope, terms, everything=len(scope) == len(everywhere), index=index)
    missing = [word for word in terms.named if not inside.has(word)]
    if missing:
        return Verdict(False, f"nowhere in the letters in scope stands {_quoted(missing, terms)}")
    if terms.answer == "stance" and any(c.fits for c in ranked):
        return Verdict(True, aside=_taken_for_granted(terms, ranked, inside))
    if (
        len(scope) < len(everywhere)
        and not terms.premise
        and (reason := _only_elsewhere(terms, ranked, scope, everywhere, inside, index))
    ):
        return Verdict(False, reason)
    near = ranked[:NEAR]
    around = max(c.around for c in near)
    if terms.strict and not any(
        (c.coverage >= TYPED_COVERAGE or c.around >= 2 * TYPED_COVERAGE) and _is_of_it(c, terms)
        for c in near
        if c.fits
    ):
        return Verdict(False, f"no sentence near the question gives a {terms.answer}")
    if around >= CLOSE and not terms.premise:
        for word, weight in terms.weights.items():
            if weight >= TELLING and not inside.has(word) and not _comes_near(word, terms, ranked):
                if (
                    (word in terms.excused and _speaks_of_rest(terms, near))
                    or (word in terms.light and _holds_rest(terms, near))
                    or (_is_ordinary(word, terms) and _says_rest(word, terms, near))
                ):
                    return Verdict(True, aside=_not_said([word], terms))
                return Verdict(
                    False,
                    f"the sentences nearest to the question say nothing of {_quoted([word], terms)}, which stands"
                    " nowhere in the letters in scope",
                )
    strange = bool(terms.weights) and all(
        not inside.has(word) and not _comes_near(word, terms, ranked) for word in terms.weights
    )
    if strange or (around < COVERAGE and max(c.likeness for c in near) < LIKENESS):
        nowhere = [word for word in terms.weights if not inside.has(word)]
        also = f"; {_quoted(nowhere, terms)} stands nowhere in them" if nowhere else ""
        return Verdict(
            False, f"nothing in the letters in scope is near the question in words or meaning{also}"
        )
    return Verdict(True, aside=_taken_for_granted(terms, ranked, inside))


def one_of_two(
    terms: Terms, scope: Sequence[Letter], *, everything: bool = False, index: WordIndex | None = None
) -> tuple[Terms, str]:
    """Leave out that one of two names asked of alike which stands nowhere in scope, and say so.

    Where there is nothing to leave out, the terms come back as they are, with "".
    A "THRIVE and STRIVE" of which letters have but one is asked of that one.
    """
    if not terms.joined:
        return terms, ""
    inside = Vocabulary(scope, terms, everything=everything, index=index)
    missing = [word for word in terms.named if not inside.has(word)]
    if len(missing) != 1 or not any(missing[0] in two for two in terms.joined):
        return terms, ""
    (gone,) = missing
    other = next(word for two in terms.joined if gone in two for word in two if word != gone)
    rest = replace(
        terms,
        weights={word: weight for word, weight in terms.weights.items() if word != gone},
        named=terms.named - {gone},
        pairs=tuple(pair for pair in terms.pairs if gone not in pair),
        joined=(),
    )
    return rest, ONE_OF_TWO.format(_quoted([gone], terms), _quoted([other], terms))


def _speaks_of_rest(terms: Terms, near: Sequence[Candidate]) -> bool:
    """Whether a near passage speaks of the matter, the verb that it is asked with aside."""
    weights = {word: weight for word, weight in terms.weights.items() if word not in terms.excused}
    rest = replace(terms, weights=weights)
    return any(covered(c.found.passage.embedded_text, rest) >= SPEAKS_OF_IT for c in near)


def _holds_rest(terms: Terms, near: Sequence[Candidate]) -> bool:
    """Whether a near passage has all other telling words, a rarer one among them, of what a light one asks."""
    rest = {word for word, weight in terms.weights.items() if weight >= TELLING and word not in terms.light}
    rarest = max((terms.weights[word] for word in terms.light), default=0.0)
    if not any(terms.weights[word] > rarest for word in rest):
        return False
    passages = {c.found.passage.embedded_text for c in near}
    return any(rest <= terms.held_by(stems_held(text, terms)).keys() for text in passages)


def _is_of_it(candidate: Candidate, terms: Terms) -> bool:
    """Whether a sum stands in a passage that has something of what it is to be for: other sums are costs as well."""
    bought = {word for word in terms.weights if word not in terms.sums}
    present = terms.held_by(stems_held(candidate.found.passage.embedded_text, terms))
    return not terms.sums or not bought or not bought.isdisjoint(present)


def _is_ordinary(word: str, terms: Terms) -> bool:
    """Whether a word is one in daily use and neither a name nor what the question asks for.

    Which figure, date or name is asked for, every word of the question tells: "how much were they fined?".
    """
    return not terms.strict and terms.weights[word] < ORDINARY and word not in terms.named | terms.asked_for


def _says_rest(word: str, terms: Terms, near: Sequence[Candidate]) -> bool:
    """Whether one near sentence that gives what is asked for has almost all else that tells, a rarer word among it."""
    rest = {other: w for other, w in terms.weights.items() if w >= TELLING and other != word}
    if not any(weight > terms.weights[word] for weight in rest.values()):
        return False
    besides = replace(terms, weights=rest, ways=tuple(way for way in terms.ways if way.of in rest))
    return any(c.fits and covered(c.text, besides) >= SAYS_REST for c in near)


def _only_elsewhere(
    terms: Terms,
    ranked: Sequence[Candidate],
    scope: Sequence[Letter],
    everywhere: Sequence[Letter],
    inside: Vocabulary,
    index: WordIndex | None,
) -> str:
    """Say that only letters out of scope speak of what is asked, or ""."""
    within = {letter.id for letter in scope}
    outside = Vocabulary([letter for letter in everywhere if letter.id not in within], terms, index=index)
    for pair in terms.pairs:
        missed = [word for word in pair if word not in terms.excused | terms.light and not inside.has(word)]
        if missed and outside.has_pair(pair) and all(_nearest(word, ranked) < LIKE_OTHER for word in missed):
            return f"only letters out of scope speak of {_quoted(missed, terms)}"
    for word, weight in terms.weights.items():
        if weight > RARE and word not in terms.excused and outside.names(word) and not inside.has(word):
            return f"only letters out of scope name {_quoted([word], terms)}"
    return ""


def _taken_for_granted(terms: Terms, ranked: Sequence[Candidate], inside: Vocabulary) -> str:
    """Say which words of a question that takes something for granted the letters do not say, or ""."""
    if not terms.premise:
        return ""
    missing = [
        word
        for word, weight in terms.weights.items()
        if weight >= TELLING and not inside.has(word) and not _comes_near(word, terms, ranked)
    ]
    if terms.parted and not any(terms.parted[0] in stems_held(c.text, terms) for c in ranked):
        missing = list(dict.fromkeys([terms.parted[0], *missing]))
    return _not_said(missing, terms) if missing else ""


def _not_said(words: Sequence[str], terms: Terms) -> str:
    """Say which of the question's words the letters do not say; a verb with the particle parted from it."""
    spelled = {word: terms.spelled.get(word, word) for word in words}
    if terms.parted and terms.parted[0] in spelled:
        spelled[terms.parted[0]] += f" {terms.parted[1]}"
    return NOT_SAID.format(" or ".join(f"“{word}”" for word in spelled.values()))


def _quoted(words: Sequence[str], terms: Terms) -> str:
    """Return the question's own phrases that hold any of these stems, in quotation marks; each as a whole."""
    found = [phrase.text for phrase in terms.phrases if set(phrase.stems) & set(words)]
    return " and ".join(f"“{text}”" for text in dict.fromkeys(found)) or "what is asked about"


def _nearest(word: str, ranked: Sequence[Candidate]) -> float:
    """Return how near any word of the best sentences comes to `word`; 1 where no model can tell."""
    return max((c.nearest.get(word, 1.0) for c in ranked[: 2 * NEAR]), default=1.0)


def _comes_near(word: str, terms: Terms, ranked: Sequence[Candidate]) -> bool:
    """Whether the best sentences come near to `word`: by a likeness, or by a lesser one and a synonym or kind of it.

    A sum comes near to "cost".
    """
    if word in terms.sums and any(c.fits for c in ranked[: 2 * NEAR]):
        return True
    ways = {way.stem for way in terms.ways if way.of == word and way.loose}
    return _nearest(word, ranked) >= LIKE or any(
        candidate.nearest.get(word, 0.0) >= SAME and not ways.isdisjoint(stems_held(candidate.text, terms))
        for candidate in ranked[: 2 * NEAR]
    )
