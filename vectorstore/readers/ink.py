"""Ink that OCR's words leave uncovered: where a line of a page's text was not read (pure)."""

from collections.abc import Iterable
from itertools import pairwise

from PIL import Image, ImageDraw

from vectorstore.readers.picture import rules_of

Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels; right and bottom are outside

# A place of ink, in inches: a page is looked at in squares of this size.
_CELL = 0.02
_INK = 140
# Of a line, in inches: as far apart as its words stand, its height, and how long it is at least.
_GAP = 0.12
_LOW, _HIGH = 0.06, 0.32
_LONG = 0.7
# Share of its box that is ink, and how often it begins anew along its length: letters, and no drawing or stroke.
_SPARSE, _DENSE = 0.06, 0.55
_LETTERS_AN_INCH = 4


def find_unread(image: Image.Image, words: Iterable[Box], dpi: int) -> list[Box]:
    """Return the boxes of ink that looks like a line of text and that no word covers.

    Args:
        image: grey, dark on light.
        words: the boxes of the words that were read.
    """
    ink = image.point(lambda level: 255 if level < _INK else 0)
    for across in (True, False):
        if rules := rules_of(image, dpi, across=across):
            ink.paste(0, mask=rules.resize(ink.size, Image.Resampling.NEAREST))
    draw = ImageDraw.Draw(ink)
    around = max(1, round(0.02 * dpi))
    for left, top, right, bottom in words:
        draw.rectangle((left - around, top - around, right + around, bottom + around), fill=0)
    cell = max(1, round(_CELL * dpi))
    boxes = _connected(ink.reduce(cell), gap=max(1, round(_GAP / _CELL)))
    return [
        box
        for left, top, right, bottom in boxes
        if _is_line(ink, box := (left * cell, top * cell, right * cell, bottom * cell), dpi)
    ]


def find_upright_rules(image: Image.Image, dpi: int) -> list[Box]:
    """Return the boxes of the rules that stand upright on a page, as between its columns."""
    rules = rules_of(image, dpi, across=False)
    if rules is None:
        return []
    cell = max(1, round(_CELL * dpi / 2))
    scale = 2 * cell
    return [
        (left * scale, top * scale, right * scale, bottom * scale)
        for left, top, right, bottom in _connected(rules.reduce(cell), gap=0)
    ]


def _connected(small: Image.Image, gap: int) -> list[Box]:
    """Return the boxes of what touches, or stands no more than `gap` apart in a row."""
    width, height = small.size
    cells = small.tobytes()
    boxes: list[list[int]] = []
    owner: list[int] = []
    above: list[tuple[int, int, int]] = []

    def root(at: int) -> int:
        while owner[at] != at:
            at = owner[at]
        return at

    for y in range(height):
        here: list[tuple[int, int, int]] = []
        for left, right in _stretches(cells[y * width : (y + 1) * width], gap):
            touching = {root(at) for a, b, at in above if a < right and left < b}
            if touching:
                at = min(touching)
            else:
                at = len(boxes)
                owner.append(at)
                boxes.append([left, y, right, y + 1])
            for other in touching:
                owner[other] = at
                _widen(boxes[at], boxes[other])
            _widen(boxes[at], [left, y, right, y + 1])
            here.append((left, right, at))
        above = here
    return [(a, b, c, d) for at, (a, b, c, d) in enumerate(boxes) if owner[at] == at]


def _stretches(row: bytes, gap: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    if not any(row):
        return found
    for x, level in enumerate(row):
        if level > 24:
            if found and x - found[-1][1] <= gap:
                found[-1] = (found[-1][0], x + 1)
            else:
                found.append((x, x + 1))
    return found


def _widen(box: list[int], other: list[int]) -> None:
    box[:] = [*map(min, box[:2], other[:2]), *map(max, box[2:], other[2:])]


def _is_line(ink: Image.Image, box: Box, dpi: int) -> bool:
    """Return whether the ink in a box is as high, long and broken as a line of letters."""
    width, height = (box[2] - box[0]) / dpi, (box[3] - box[1]) / dpi
    if not (_LOW <= height <= _HIGH and width >= _LONG and width > 4 * height):
        return False
    part = ink.crop(box)
    filled = part.histogram()[255] / (part.width * part.height)
    # The mean of each column: nothing between letters.
    columns = part.resize((part.width, 1), Image.Resampling.BOX).tobytes()
    begun = sum(not before and here for before, here in pairwise(columns))
    return _SPARSE <= filled <= _DENSE and begun >= _LETTERS_AN_INCH * width
