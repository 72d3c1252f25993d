"""Figures that changed places: both stand in the other sentence, each beside the words of the other (pure).

It speaks only where that is clear: of two figures of one unit, what stands beside the one and not beside the other
must be the very words that the other sentence has the other way round.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.draft_figures import PERIODS, Figure, find_figures
from vectorstore.words import rarity, stem, tokens

_BREAK = re.compile(
    r"[.,;:()](?=\s|$)|\s[-–—]\s|\b(?:and|or|but|while|whilst|whereas|against|than|compared|although|though)\b",
    re.I,
)
_NOUN_WORDS = 2  # after a figure; before it, the nearest word alone: a subject is of both
_TELLS = 1.4  # as vectorstore.words.rarity
_DIRECTION = re.compile(r"\b(from|to)\W+(?:(?:about|around|over|some|nearly|just|under)\W+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A figure that stands in another's place.

    Args:
        ours: the figure as the first sentence has it.
        theirs: the other sentence's figure in whose place it stands.
    """

    ours: Figure
    theirs: Figure


def exchanged(ours: str, theirs: Sequence[str]) -> list[tuple[Exchange, int]]:
    """Return the figures of a sentence that changed places, each with the number of the other sentence that shows it.

    A pair that any of the other sentences has in the same places did not.
    """
    claimed = _neighbours(ours)
    if len(claimed) < 2:
        return []
    shown = [_neighbours(each) for each in theirs]
    found: list[tuple[Exchange, int]] = []
    for one, two in combinations(claimed, 2):
        if one[0].unit != two[0].unit or one[0].value == two[0].value:
            continue
        judged = [_judge(one, two, there) for there in shown]
        if any(straight for straight, _ in judged):
            continue
        turned = next(((pair, at) for at, (_, pair) in enumerate(judged) if pair), None)
        if turned:
            (first, second), at = turned
            found += [(Exchange(one[0], second), at), (Exchange(two[0], first), at)]
    return found


_Beside = tuple[Figure, frozenset[str]]


def _judge(one: _Beside, two: _Beside, there: Sequence[_Beside]) -> tuple[bool, tuple[Figure, Figure] | None]:
    """Say whether a sentence has two figures in the same places, and return both where it has them exchanged."""
    turned = None
    for first in (each for each in there if _equal(each[0], one[0])):
        for second in (each for each in there if _equal(each[0], two[0])):
            ours, theirs = (one[1] - two[1], two[1] - one[1]), (first[1] - second[1], second[1] - first[1])
            straight = bool(ours[0] & theirs[0] or ours[1] & theirs[1])
            crossed = bool(ours[0] & theirs[1]) and bool(ours[1] & theirs[0])
            if straight or not crossed:
                return True, None
            turned = first[0], second[0]
    return False, turned


def _equal(one: Figure, two: Figure) -> bool:
    return (one.value, one.unit) == (two.value, two.unit)


def _neighbours(text: str) -> list[_Beside]:
    """Return the figures of a sentence, each with what stands beside it: telling words, periods, "from" and "to"."""
    every = find_figures(text)
    figures = [figure for figure in every if figure.unit not in PERIODS]
    found = []
    for at, figure in enumerate(figures):
        begin = figures[at - 1].end if at else 0
        stop = figures[at + 1].start if at + 1 < len(figures) else len(text)
        begin = max([begin, *(m.end() for m in _BREAK.finditer(text, begin, figure.start))])
        broken = _BREAK.search(text, figure.end, stop)
        stop = broken.start() if broken else stop
        beside = {f"in {p.value}" for p in every if p.unit in PERIODS and begin <= p.start and p.end <= stop}
        beside |= set(_telling(text[begin : figure.start])[-1:])
        beside |= set(_telling(text[figure.end : stop])[:_NOUN_WORDS])
        direction = _DIRECTION.search(text[begin : figure.start])
        if direction:
            beside.add(f"{direction[1].lower()} it")
        found.append((figure, frozenset(beside)))
    return found


def _telling(text: str) -> list[str]:
    return [stem(word) for word in tokens(text) if not word[0].isdigit() and rarity(word) >= _TELLS]
