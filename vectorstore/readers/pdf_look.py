"""How a PDF's page looks, drawn small: what of it shows, and where it shows something but no words."""

import math
from collections.abc import Iterable, Sequence

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it carries no types
from PIL import Image

Box = tuple[float, float, float, float]  # left, bottom, right, top in points, as PDF counts: upwards

# What differs less than this from its surroundings, of 255 levels of grey, is not seen.
_MIN_CONTRAST = 24
_PREVIEW_PIXELS = 1_000_000
_CELLS = 20


def preview_of(page: pdfium.PdfPage, paper: Box) -> Image.Image:
    """Draw a page small, unturned, to see what shows."""
    width, height = paper[2] - paper[0], paper[3] - paper[1]
    scale = min(1.0, math.sqrt(_PREVIEW_PIXELS / max(1.0, width * height)))
    turned = (360 - page.get_rotation()) % 360
    image: Image.Image = page.render(scale=scale, grayscale=True, rotation=turned).to_pil()
    return image


def is_flat(preview: Image.Image, box: Box, paper: Box) -> bool:
    """Return whether a box of a page shows one level of grey."""
    across = preview.width / max(1.0, paper[2] - paper[0])
    down = preview.height / max(1.0, paper[3] - paper[1])
    # Neighbouring lines reach into the top and bottom of a line's box.
    inset = 0.2 * (box[3] - box[1])
    left = min(preview.width - 1, max(0, int((box[0] - paper[0]) * across)))
    top = min(preview.height - 1, max(0, int((paper[3] - box[3] + inset) * down)))
    right = max(left + 1, min(preview.width, math.ceil((box[2] - paper[0]) * across)))
    bottom = max(top + 1, min(preview.height, math.ceil((paper[3] - box[1] - inset) * down)))
    low, high = preview.crop((left, top, right, bottom)).getextrema()
    return float(high) - float(low) < _MIN_CONTRAST  # type: ignore[arg-type]  # a grey picture's are two numbers


def meet(one: Box, other: Box) -> bool:
    """Return whether two boxes share some paper."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def area(boxes: Iterable[Box], paper: Box) -> float:
    """Return the boxes' share of a page; 1 is all of it, and more where they overlap."""
    whole = max(1.0, (paper[2] - paper[0]) * (paper[3] - paper[1]))
    return sum((box[2] - box[0]) * (box[3] - box[1]) for box in boxes) / whole


def bare_share(
    pictures: Sequence[Box], words: Sequence[Box], paper: Box, preview: Image.Image | None
) -> float:
    """Return the share of a page where a picture shows something and no word stands, by a grid of 20 by 20."""
    across, down = (paper[2] - paper[0]) / _CELLS, (paper[3] - paper[1]) / _CELLS

    def cells(box: Box) -> set[tuple[int, int]]:
        columns = range(
            max(0, int((box[0] - paper[0]) / across)), min(_CELLS, int((box[2] - paper[0]) / across) + 1)
        )
        rows = range(
            max(0, int((box[1] - paper[1]) / down)), min(_CELLS, int((box[3] - paper[1]) / down) + 1)
        )
        return {(column, row) for column in columns for row in rows}

    bare = set[tuple[int, int]]().union(*map(cells, pictures)) - set[tuple[int, int]]().union(
        *map(cells, words)
    )
    if preview is not None:
        west, south = paper[0], paper[1]
        bare = {
            (column, row)
            for column, row in bare
            if not is_flat(
                preview,
                (
                    west + column * across,
                    south + row * down,
                    west + (column + 1) * across,
                    south + (row + 1) * down,
                ),
                paper,
            )
        }
    return len(bare) / _CELLS**2
