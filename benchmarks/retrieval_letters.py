"""Do the passages that answer come first? The evaluation cases' gold evidence, through the product's own path.

A case's question is understood as the assistant understands it (its earlier questions asked before it), and searched
with the query and the scope that come of that; a comparison is searched once a side. A passage is right that holds
most of a gold quote. Cases that no search answers (lists, of which every letter is read; what the cards answer) are
left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answer import Question, Turn
from assistant.lexicon import find_names
from assistant.question import clean, understand
from benchmarks.ranking import reciprocal_rank
from evals.case import Case, load_cases
from evals.run import throwaway_assistant
from vectorstore.letter import Letter, Passage, Scope

if TYPE_CHECKING:
    from assistant.chat import Assistant
    from vectorstore.search import Search

DEPTH = 100
WAYS = ("thorough", "fast", "no scope")


@dataclass(frozen=True, slots=True)
class Found:
    """How one case went.

    Args:
        ranks: of each group of evidence the first passage that holds one of its quotes; None where none does.
        reciprocal_rank: of the first gold passage, the mean over the searches of a comparison.
    """

    case: Case
    ranks: tuple[int | None, ...]
    reciprocal_rank: float

    def recall(self, k: int) -> float:
        """Return the share of the groups that stand among the first k."""
        return sum(rank is not None and rank <= k for rank in self.ranks) / len(self.ranks)


@dataclass(frozen=True, slots=True)
class Asked:
    """A case with the searches that its question comes to."""

    case: Case
    searches: tuple[tuple[str, Scope], ...]


def measure(letters: Path, cases: Path, *, ways: Sequence[str]) -> dict[str, list[Found]]:
    """Return how every case goes by each of these ways; "no scope" is thorough over all letters."""
    with throwaway_assistant(letters, "quoting", print) as assistant:
        everywhere = assistant.letters()
        texts = {letter.source: letter.text for letter in everywhere}
        asked = [
            one for case in load_cases(cases, texts) if (one := searches_of(case, assistant, everywhere))
        ]
        return {way: [find(one, assistant.search, everywhere, way) for one in asked] for way in ways}


def searches_of(case: Case, assistant: "Assistant", everywhere: Sequence[Letter]) -> Asked | None:
    """Return the searches that a case's question comes to, or None where nothing is searched or is right."""
    if not case.evidence:
        return None
    turns: list[Turn] = []
    for earlier in case.history:
        turns.append(Turn(earlier, assistant.ask(earlier, history=tuple(turns))))
    question = understand(
        clean(case.question, max_chars=2000),
        names=find_names(list(everywhere)),
        letters=everywhere,
        history=tuple(turns),
    )
    if not _is_searched(question):
        return None
    scopes = [scope for _, scope in question.sides] or [question.scope]
    return Asked(case, tuple((question.query, scope) for scope in scopes))


def _is_searched(question: Question) -> bool:
    whole = question.terms.contact or question.terms.overview
    return question.kind in {"fact", "compare", "over_time"} and not whole and not question.unknown


def find(asked: Asked, search: "Search", everywhere: Sequence[Letter], way: str) -> Found:
    """Search for a case and return where its gold passages stand."""
    best: list[int | None] = [None] * len(asked.case.evidence)
    first: list[float] = []
    texts = {letter.id: letter for letter in everywhere}
    for query, scope in asked.searches:
        found = search.search(
            query, scope=None if way == "no scope" else scope or None, limit=DEPTH, thorough=way != "fast"
        )
        groups = [_groups_in(asked.case, one.passage, texts[one.passage.letter_id]) for one in found]
        for rank, inside in enumerate(groups, start=1):
            for group in inside:
                known = best[group]
                best[group] = rank if known is None else min(known, rank)
        gains = {str(at): 1 for at, inside in enumerate(groups) if inside}
        first.append(reciprocal_rank([str(at) for at in range(len(groups))], gains))
    return Found(asked.case, tuple(best), sum(first) / len(first))


def _groups_in(case: Case, passage: Passage, letter: Letter) -> set[int]:
    """Return which groups of evidence have a quote of which this passage holds the most."""
    found = set()
    for number, group in enumerate(case.evidence):
        for gold in group:
            start = letter.text.find(gold.quote) if gold.letter == letter.source else -1
            while start >= 0:
                end = start + len(gold.quote)
                if 2 * (min(end, passage.end) - max(start, passage.start)) >= len(gold.quote):
                    found.add(number)
                start = letter.text.find(gold.quote, end)
    return found
