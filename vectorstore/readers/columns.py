"""A page's runs of words to regions of one column each, in reading order (pure).

Two columns of prose are read one after the other, address blocks that stand side by side as well; a table is read row
by row. Where the look of the page leaves it open, the order in which the page was made decides.
"""

import re
from itertools import groupby
from statistics import median

from vectorstore.readers.word import Word

Runs = list[Word]
_MARKER = re.compile(r"\S{1,4}$")
# Shares of a line's height: how wide a gutter is at least, and how far apart the lines of one block may be.
_GUTTER = 0.8
_NEAR = 0.7
# More than any letter needs; a page made to be slow is read from top to bottom instead.
_MAX_RUNS = 1_000
_MAX_EDGES = 40
_MAX_DEPTH = 12


def find_regions(runs: Runs, depth: int = 0) -> list[Runs]:
    """Cut a page, or a part of one, into regions in reading order."""
    if not 3 <= len(runs) <= _MAX_RUNS or depth > _MAX_DEPTH:
        return [runs] if runs else []
    sides = _find_columns(runs)
    if sides is None:
        return [runs]
    groups = _group(*sides)
    inside = {run.order for side in sides for run in side}
    top = min(run.top for side in sides for run in side)
    above = [run for run in runs if run.order not in inside and run.top < top]
    below = [run for run in runs if run.order not in inside and run.top >= top]
    regions = find_regions(above, depth + 1)
    for group in groups:
        regions += find_regions(group, depth + 1) if len(groups) > 1 else [group]
    return regions + find_regions(below, depth + 1)


def _find_columns(runs: Runs) -> tuple[Runs, Runs] | None:
    """Return what stands left and right of the gutter with most beside it; None where there is no gutter."""
    left = min(run.left for run in runs)
    width = max(run.right for run in runs) - left
    height = median(run.height for run in runs)
    edges: dict[int, list[float]] = {}
    for run in runs:
        if run.left > left + 0.15 * width:
            edges.setdefault(round(run.left / 4), []).append(run.left)
    ordered = sorted(runs, key=lambda run: (run.top, run.left))
    best: tuple[int, int, tuple[Runs, Runs]] | None = None
    for edge in sorted(edges.values(), key=len, reverse=True)[:_MAX_EDGES]:
        at = min(edge) - 0.5
        for sides in _clear_parts(ordered, at, _GUTTER * height):
            found = _side_by_side(*sides, height)
            if found is None:
                continue
            score = min(len(found[0]), len(found[1])), len(found[0]) + len(found[1])
            if best is None or score > best[:2]:
                best = *score, found
    return best[2] if best else None


def _clear_parts(ordered: Runs, at: float, gutter: float) -> list[tuple[Runs, Runs]]:
    """Return the stretches of a page in which nothing crosses the gutter that ends at `at`, each in two sides."""
    parts = []
    for clear, stretch in groupby(ordered, key=lambda run: run.left >= at or run.right <= at - gutter):
        if clear:
            part = list(stretch)
            parts.append(([run for run in part if run.left < at], [run for run in part if run.left >= at]))
    return parts


def _side_by_side(left: Runs, right: Runs, height: float) -> tuple[Runs, Runs] | None:
    """Return the two sides without what only stands above or below them; None where they are no two columns."""
    # A bullet or a number is no column of its own.
    if not left or not right or len(left) + len(right) < 3 or all(_MARKER.match(run.text) for run in left):
        return None
    first = max(min(run.top for run in side) for side in (left, right))
    last = min(max(run.bottom for run in side) for side in (left, right))
    if _are_prose(left, right):
        return (left, right) if last - first > 2 * height else None
    trimmed = tuple(_attached(side, first, last, _NEAR * height) for side in (left, right))
    return (trimmed[0], trimmed[1]) if all(trimmed) and sum(map(len, trimmed)) >= 3 else None


def _attached(side: Runs, first: float, last: float, near: float) -> Runs:
    """Return the runs between two heights of the page, and those that follow on them closely."""
    core = [at for at, run in enumerate(side) if run.bottom > first and run.top < last]
    if not core:
        return []
    begin, end = core[0], core[-1]
    while begin and side[begin].top - side[begin - 1].bottom < near:
        begin -= 1
    while end + 1 < len(side) and side[end + 1].top - side[end].bottom < near:
        end += 1
    return side[begin : end + 1]


def _are_prose(left: Runs, right: Runs) -> bool:
    """Return whether both sides are columns of running text: several lines, wide, and mostly full."""
    return all(map(_is_prose, (left, right)))


def _is_prose(side: Runs) -> bool:
    height = max(1.0, median(run.height for run in side))
    width = max(run.right for run in side) - min(run.left for run in side)
    lines = len({round(run.middle / height) for run in side})
    return (
        lines >= 4 and width > 9 * height and sum(run.right - run.left for run in side) > 0.55 * lines * width
    )


def _group(left: Runs, right: Runs) -> list[Runs]:
    """Return the groups in which two sides are read; a single one is read row by row."""
    in_left = {run.order for run in left}
    made = [
        list(group)
        for _, group in groupby(
            sorted(left + right, key=lambda run: run.order), key=lambda run: run.order in in_left
        )
    ]
    if len(made) <= 3:
        return [left, right]
    # The cells of a table's rows, each of several lines, were made one after the other.
    tops = [min(run.top for run in group) for group in made]
    height = median(run.height for run in left)
    rows = all(abs(a - b) < 1.5 * height for a, b in zip(tops[::2], tops[1::2], strict=False))
    if rows and len(left) + len(right) >= 2 * len(made):
        return made
    return [left, right] if _are_prose(left, right) else [left + right]
