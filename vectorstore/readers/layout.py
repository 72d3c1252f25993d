"""Words with their places on a page to text in reading order, paragraphs parted by one empty line (pure)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from vectorstore.readers.columns import find_regions
from vectorstore.readers.word import Word

# A gap between words, in heights of a line, from which they belong to different columns or cells.
_WIDE = 1.2
# Lines this much further apart than those of a paragraph begin a new one.
_APART = 1.25
_ENDED = re.compile(r"[.:;?!][\"”’')\]]*$")
_BEGUN = re.compile(r"[\"“‘'(\[]?[A-Z0-9]")


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    left: float
    right: float
    middle: float
    height: float


def lay_out(words: Sequence[Word]) -> str:
    """Return the words of one page as text."""
    return write_out(regions_of(words))


def regions_of(words: Sequence[Word]) -> list[list[Word]]:
    """Return the regions of one column each, in reading order, of runs that each keep their first word's `order`."""
    return find_regions(_runs(words))


def write_out(regions: Sequence[list[Word]]) -> str:
    """Return regions as text."""
    return "\n\n".join(map(_write, regions))


def _runs(words: Sequence[Word]) -> list[Word]:
    """Put together the words that follow each other closely on one line."""
    runs: list[list[Word]] = []
    last: Word | None = None
    for word in words:
        if last is not None and _follows(last, word):
            runs[-1].append(word)
        else:
            runs.append([word])
        last = word
    return [_join(run) for run in runs]


def _follows(last: Word, word: Word) -> bool:
    """Return whether two words stand on one line, and no further apart than words do."""
    above, here = last.height, word.height
    less, more = (above, here) if above < here else (here, above)
    shared = min(last.bottom, word.bottom) - max(last.top, word.top)
    return shared >= 0.5 * less and -0.5 * more <= word.left - last.right <= _WIDE * more


def _join(run: list[Word]) -> Word:
    # A raised figure makes no line taller: the place is that of the tallest word.
    tallest = max(run, key=lambda word: word.height)
    return Word(
        " ".join(word.text for word in run),
        min(word.left for word in run),
        tallest.top,
        max(word.right for word in run),
        tallest.bottom,
        run[0].order,
    )


def _lines(region: list[Word]) -> list[_Line]:
    """Put together the runs that stand at one height; a wide gap between them becomes a tab."""
    rows: list[list[Word]] = []
    for run in sorted(region, key=lambda run: (run.middle, run.left)):
        anchor = rows[-1][0] if rows else None
        if anchor is not None and run.middle - anchor.middle < 0.5 * min(run.height, anchor.height):
            rows[-1].append(run)
        else:
            rows.append([run])
    lines = []
    for row in rows:
        row.sort(key=lambda run: run.left)
        text = row[0].text
        for before, run in pairwise(row):
            text += ("\t" if run.left - before.right > 2 * run.height else " ") + run.text
        tallest = max(row, key=lambda run: len(run.text))
        right = max(run.right for run in row)
        lines.append(_Line(text, row[0].left, right, tallest.middle, tallest.height))
    return lines


def _write(region: list[Word]) -> str:
    lines = _lines(region)
    if not lines:
        return ""
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    usual = _usual_distance(lines)
    text = lines[0].text
    for at, (above, line) in enumerate(pairwise(lines), start=1):
        below = lines[at + 1] if at + 1 < len(lines) else None
        parted = (
            _distance(above, line) > _APART * usual
            or abs(above.height - line.height) > 0.2 * max(above.height, line.height)
            or _is_indented(above, line, below)
            or (
                above.right < right - 0.25 * (right - left)
                and _ENDED.search(above.text) is not None
                and _BEGUN.match(line.text) is not None
            )
        )
        text += ("\n\n" if parted else "\n") + line.text
    return text


def _usual_distance(lines: Sequence[_Line]) -> float:
    """Return how far apart the lines of a paragraph stand here, in heights of a line; paragraphs stand further.

    It is the smallest distance that is no exception: a tenth of the lines at least keep it.
    """
    distances = sorted(_distance(above, line) for above, line in pairwise(lines))
    for distance in distances:
        if distance >= 0.8 and 10 * sum(distance <= d <= 1.1 * distance for d in distances) >= len(distances):
            return distance
    return distances[0] if distances else 1.0


def _distance(above: _Line, line: _Line) -> float:
    return (line.middle - above.middle) / max(above.height, line.height, 0.1)


def _is_indented(above: _Line, line: _Line, below: _Line | None) -> bool:
    """Return whether a line begins a paragraph by its indent alone."""
    indent = line.left - above.left
    return (
        0.7 * line.height < indent < 5 * line.height
        and _ENDED.search(above.text) is not None
        and (below is None or abs(below.left - above.left) < 0.3 * line.height)
    )
