"""Words that one writes as one and another as two: "LiveChat" and "Live Chat", "well-being" and "wellbeing" (pure)."""

import itertools
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from assistant.terms import Terms
from vectorstore.words import halves, stem, stems

Pair = tuple[str, str]
ALL = frozenset(map(stem, ("all", "every", "each")))
_BUT = frozenset(map(stem, "not other but except save apart excluding nearly almost".split()))
_ALL_OF = 5  # words from "all" to what it is said of: "all of the seven new proposals"
_PARTED = 5  # words between a verb and its particle


def stems_held(text: str, terms: Terms) -> set[str]:
    """Return the stems of a text, and those looked for that it writes as one word or as two."""
    said = stems(text)
    present = set(said)
    if terms.parted and not _has_parted(said, *terms.parted):
        present.discard(terms.parted[0])
    present |= {number for noun, number in terms.numbered() if has_all(said, noun)}
    missing = [word for word in terms.weights if word not in present]
    if missing:
        present |= otherwise(missing, terms, present, set(itertools.pairwise(said)))
    return present


def has_all(said: Sequence[str], noun: str) -> bool:
    """Whether a text has all of a kind: "all seven recommendations", and not "not all", "all other", "all but"."""
    for at, word in enumerate(said):
        if word == noun:
            before = said[max(0, at - _ALL_OF) : at]
            first = next((i for i, other in enumerate(before) if other in ALL), len(before))
            around = {*before, *said[at + 1 : at + 2]}
            if first < len(before) and _BUT.isdisjoint(around) and not any(w.isdigit() for w in before):
                return True
    return False


def _has_parted(said: Sequence[str], verb: str, particle: str) -> bool:
    """Whether a text has a verb with its particle, which may stand a few words on: "turned the offer down"."""
    return any(
        word == verb and stem(particle) in said[at + 1 : at + 2 + _PARTED] for at, word in enumerate(said)
    )


def otherwise(
    missing: Iterable[str], terms: Terms, present: Collection[str], neighbours: Collection[Pair]
) -> set[str]:
    """Return those of the missing stems that a text has in another writing.

    Args:
        missing: stems that are looked for.
        present: the stems of the text; `neighbours` those that stand side by side in it.
    """
    wanted = set(missing)
    found = {w for w in wanted if any(pair in neighbours for pair in halves(terms.spelled.get(w, w)))}
    for pair in terms.pairs:
        if not wanted.isdisjoint(pair) and together(*(terms.spelled.get(w, w) for w in pair)) in present:
            found |= wanted.intersection(pair)
    return found


@lru_cache(maxsize=2000)
def together(first: str, second: str) -> str:
    """Return the stem of two words written as one."""
    return stem(first + second)
