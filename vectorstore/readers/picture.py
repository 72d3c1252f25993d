"""A page's picture made ready for OCR: grey areas become paper; and where its rules are (pure).

Tesseract drops lines that touch a grey box. Words stay as they are: what is taken out is larger than any stroke.
"""

from collections.abc import Callable

from PIL import Image, ImageChops, ImageOps

_Combine = Callable[[Image.Image, Image.Image], Image.Image]

# In inches: wider than the strokes of a headline, taller than its letters, thicker than a rule.
_STROKE = 0.11
_RULE = 0.6
_THICK = 0.06
# Grey levels, of 255: darker areas may bear white words, and paler ones are paper.
_DARK = 100
_PALER = 24
_INK = 170
_BLACK = 40
# Share of a page that is grey, from which it has grey areas and not dirt alone.
_SHADED = 0.003
_STEP = 16
# Pixels of a picture's side that stand for one where it is only looked at.
_LOOK = 3


def prepare(image: Image.Image, dpi: int) -> Image.Image:
    """Return a grey picture of the same size whose grey areas are paper; without such areas, as it is."""
    grey = image.convert("L")
    return _without_shade(grey, max(3, round(_STROKE * dpi))) if _is_shaded(grey) else grey


def _is_shaded(image: Image.Image) -> bool:
    """Return whether areas of the page are of one grey, neither paper nor ink; a dithered picture's are of dots."""
    small = image.resize(
        (max(1, image.width // _LOOK), max(1, image.height // _LOOK)), Image.Resampling.NEAREST
    )
    counts = small.histogram()
    paper = max(range(256), key=counts.__getitem__)
    flat = small.point(lambda level: 255 if _DARK <= level < paper - _PALER else 0)
    for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        steps = ImageChops.difference(small, ImageChops.offset(small, x, y))
        flat = ImageChops.darker(flat, steps.point(lambda step: 255 if step < _STEP else 0))
    return flat.histogram()[255] > _SHADED * small.width * small.height


def _without_shade(image: Image.Image, stroke: int) -> Image.Image:
    """Lift each place by what its ground lacks to white; dark grounds stay."""
    ground = _shift(image, stroke, ImageChops.lighter, across=True)
    ground = _shift(ground, stroke, ImageChops.lighter, across=False)
    ground = _shift(ground, stroke, ImageChops.darker, across=True)
    ground = _shift(ground, stroke, ImageChops.darker, across=False)
    lifted = ImageChops.add(image, ground.point(lambda level: 255 - level if level > _DARK else 0))
    # Ink that was lifted is dark again.
    return lifted.point(lambda level: max(0, (level - _BLACK) * 255 // (255 - _BLACK)))


def rules_of(image: Image.Image, dpi: int, *, across: bool) -> Image.Image | None:
    """Return a picture of half the size, white where a rule is: dark, thin, longer than letters are tall.

    Args:
        across: whether rules go across the page; else those that stand upright.
    """
    length, thick = max(8, round(_RULE * dpi / 2)), max(3, round(_THICK * dpi / 2))
    ink = image.reduce(2).point(lambda level: 0 if level < _INK else 255)
    long = _close(ink, length, across=across)
    if long.getextrema() == (255, 255):
        return None
    rules = ImageChops.lighter(long, ImageChops.invert(_close(long, thick, across=not across)))
    # With the grey at its sides.
    return ImageChops.invert(_shift(rules, 5, ImageChops.darker, across=not across))


def _close(image: Image.Image, size: int, *, across: bool) -> Image.Image:
    """Lose what is dark for less than `size` pixels along one direction.

    Source: closing, of mathematical morphology (Serra 1982).
    """
    return _shift(
        _shift(image, size, ImageChops.lighter, across=across), size, ImageChops.darker, across=across
    )


def _shift(image: Image.Image, size: int, combine: _Combine, *, across: bool) -> Image.Image:
    """Combine each pixel with its neighbours in a window of `size` pixels (made odd) along one direction."""
    half = size // 2
    width, height = image.size
    # Pixels wrap around: at the edges the picture's own are repeated, as far as the window reaches.
    found = ImageOps.expand(image, (half, 0) if across else (0, half), fill=_fill(combine))
    reached, window = 1, 2 * half + 1
    while reached < window:
        step = min(reached, window - reached)
        moved = ImageChops.offset(found, -step if across else 0, 0 if across else -step)
        found = combine(found, moved)
        reached += step
    return found.crop((0, 0, width, height))


def _fill(combine: _Combine) -> int:
    """Return the level that changes nothing."""
    return 0 if combine is ImageChops.lighter else 255
