"""The complete pass: every letter in scope is read, and the ledger says what each says or does not say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Question
from assistant.lexicon import Mention
from assistant.rank import Candidate, Ranker, covered
from assistant.terms import Terms, find_terms
from vectorstore.letter import Letter, Passage, ScoredPassage
from vectorstore.store import Store
from vectorstore.words import stems

# Found on evals/cases.jsonl by hand.
SAYS = 0.60
LIKE = 0.66
HALF = 0.30
NEAR = 4  # sentences of an open letter that a model is asked about
# Chosen by what it sends, not by what comes back: low, so that other words for the matter are not left out.
COMES_NEAR = 0.30
LIKE_NEAR = 0.55


@dataclass(frozen=True, slots=True)
class Finding:
    """What one letter says of a matter: its best sentences, or none.

    Args:
        near: where there are none, sentences that come near without saying it outright.
        by: the model that finds it said by those sentences; "" where the rules do, or nobody.
    """

    letter: Letter
    sentences: tuple[Candidate, ...]
    near: tuple[Candidate, ...] = ()
    by: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the rules found nothing, and something near it."""
        return bool(self.near) and not self.sentences


def read_all(
    question: Question, mentions: Sequence[Mention], letters: Sequence[Letter], store: Store, ranker: Ranker
) -> list[Finding]:
    """Read every letter and return a finding for each, in the order given.

    A matter stands in a letter when one sentence holds its telling words, or words that come close to them; what is
    written as a name must be there as it is. Of matters joined by "or", any one will do.
    """
    matters = _alternatives(question, mentions)
    passages = store.passages_of([letter.id for letter in letters])
    of: dict[str, list[Passage]] = {letter.id: [] for letter in letters}
    for passage in passages:
        if passage.paragraph:
            of[passage.letter_id].append(passage)
    return [
        Finding(letter, *_says(question.standalone, matters, of[letter.id], ranker)) for letter in letters
    ]


def _alternatives(question: Question, mentions: Sequence[Mention]) -> list[Terms]:
    """Part what is asked for at "or": "domestic abuse or stalking" is two matters."""
    parts = re.split(r"\bor\b", question.standalone)
    terms = []
    for part in parts:
        mine = find_terms(part, mentions if len(parts) == 1 else ())
        shared = {word: weight for word, weight in mine.weights.items() if word in question.terms.weights}
        if shared:
            terms.append(replace(mine, weights=shared, named=mine.named & set(shared)))
    return terms or [question.terms]


def _says(
    question: str, matters: Sequence[Terms], passages: Sequence[Passage], ranker: Ranker
) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """Return the sentences of one letter that say it, or else those that come near."""
    scored = [
        ScoredPassage(p, max(covered(p.embedded_text, m) for m in matters), None, 0.0) for p in passages
    ]
    found: list[Candidate] = []
    near_by: list[Candidate] = []
    for terms in matters:
        near = [s for s in scored if covered(s.passage.text, terms) > 0 or not terms.named]
        ranked = ranker.rank(question, terms, near)
        found += [c for c in ranked[:8] if speaks_of(c, terms)]
        near_by += [c for c in ranked[:8] if comes_near(c, terms)][:NEAR]
    best = sorted(found, key=lambda c: -(c.coverage + c.likeness))
    kept: list[Candidate] = []
    for candidate in best:
        if all((candidate.start, candidate.end) != (other.start, other.end) for other in kept):
            kept.append(candidate)
    return tuple(kept[:3]), () if kept else tuple(near_by)


def comes_near(candidate: Candidate, terms: Terms) -> bool:
    """Whether a sentence may say it in other words: the names stand in its passage, and some of the words come near."""
    total = sum(terms.weights.values())
    if not total or not terms.named <= set(stems(candidate.found.passage.text)):
        return False
    present = set(terms.weights) & set(stems(candidate.text))
    hinted = [w for w in terms.weights if w not in present and candidate.nearest.get(w, 0.0) >= LIKE_NEAR]
    return sum(terms.weights[word] for word in (*present, *hinted)) / total >= COMES_NEAR


def speaks_of(candidate: Candidate, terms: Terms) -> bool:
    """Whether a sentence speaks of what is asked: its names all there, and each telling word there or come near."""
    total = sum(terms.weights.values())
    if not total:
        return False
    present = set(terms.weights) & set(stems(candidate.text))
    if not terms.named <= present:
        return False
    near = {
        word for word in terms.weights if word not in present and candidate.nearest.get(word, 0.0) >= LIKE
    }
    held = sum(terms.weights[word] for word in present)
    hinted = sum(terms.weights[word] for word in near)
    return held / total >= HALF and (held + 0.6 * hinted) / total >= SAYS
