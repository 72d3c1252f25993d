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


@dataclass(frozen=True, slots=True)
class Finding:
    """What one letter says of a matter: its best sentences, or none."""

    letter: Letter
    sentences: tuple[Candidate, ...]


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
        Finding(letter, tuple(_says(question.standalone, matters, of[letter.id], ranker)))
        for letter in letters
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
) -> list[Candidate]:
    scored = [
        ScoredPassage(p, max(covered(p.embedded_text, m) for m in matters), None, 0.0) for p in passages
    ]
    found: list[Candidate] = []
    for terms in matters:
        near = [s for s in scored if covered(s.passage.text, terms) > 0 or not terms.named]
        ranked = ranker.rank(question, terms, near)
        found += [c for c in ranked[:8] if speaks_of(c, terms)]
    best = sorted(found, key=lambda c: -(c.coverage + c.likeness))
    kept: list[Candidate] = []
    for candidate in best:
        if all((candidate.start, candidate.end) != (other.start, other.end) for other in kept):
            kept.append(candidate)
    return kept[:3]


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
