"""What is drawn on a PDF's page besides text: its pictures, and what may lie over its words."""

import ctypes
from dataclasses import dataclass

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it carries no types
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]

from vectorstore.readers.pdf_look import Box

_MAX_OBJECTS = 20_000
_MAX_DEPTH = 4
# Lower or narrower than this, in points, it is a line or a speck.
_MIN_SIDE = 4


@dataclass(frozen=True, slots=True)
class Objects:
    """What is drawn.

    Args:
        covers: the boxes of what is painted after the first text, and may lie on it.
        largest: width and height of the largest picture, in pixels as it is stored.
        shrunk: some text is set in size zero, which leaves it out of the text layer.
    """

    pictures: tuple[Box, ...]
    covers: tuple[Box, ...]
    largest: tuple[int, int]
    shrunk: bool


def find_objects(page: pdfium.PdfPage) -> Objects:
    """Look through what is drawn on a page for pictures, and for what may cover words."""
    pictures: list[Box] = []
    covers: list[Box] = []
    largest = (0, 0)
    has_text = shrunk = False
    for number in range(min(_MAX_OBJECTS, pdfium_c.FPDFPage_CountObjects(page.raw))):
        item = pdfium_c.FPDFPage_GetObject(page.raw, number)
        kind = pdfium_c.FPDFPageObj_GetType(item)
        if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            has_text = True
            shrunk = shrunk or _is_shrunk(item)
            continue
        box = _bounds(item)
        if box is None or min(box[2] - box[0], box[3] - box[1]) < _MIN_SIDE:
            continue
        size = _picture_size(item, 0)
        if size is not None:
            pictures.append(box)
            largest = max(largest, size, key=lambda side: side[0] * side[1])
        if has_text and kind != pdfium_c.FPDF_PAGEOBJ_SHADING and _fills(item, kind):
            covers.append(box)
    return Objects(tuple(pictures), tuple(covers), largest, shrunk)


def _is_shrunk(text: object) -> bool:
    """Return whether text is set in size zero, or squeezed to no width; a mere space has no height either."""
    size = ctypes.c_float()
    if pdfium_c.FPDFTextObj_GetFontSize(text, size) and size.value == 0:
        return True
    box = _bounds(text)
    return box is not None and box[0] == box[2] and box[1] < box[3]


def _fills(item: object, kind: int) -> bool:
    if kind != pdfium_c.FPDF_PAGEOBJ_PATH:
        return True
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium_c.FPDFPath_GetDrawMode(item, mode, stroke)) and mode.value != 0


def _bounds(item: object) -> Box | None:
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium_c.FPDFPageObj_GetBounds(item, *sides):
        return None
    return (sides[0].value, sides[1].value, sides[2].value, sides[3].value)


def _picture_size(item: object, depth: int) -> tuple[int, int] | None:
    """Return the pixels of a picture, or of the largest one in a form; None where there is none."""
    kind = pdfium_c.FPDFPageObj_GetType(item)
    if kind == pdfium_c.FPDF_PAGEOBJ_IMAGE:
        width, height = ctypes.c_uint(), ctypes.c_uint()
        pdfium_c.FPDFImageObj_GetImagePixelSize(item, width, height)
        return width.value, height.value
    if kind != pdfium_c.FPDF_PAGEOBJ_FORM or depth >= _MAX_DEPTH:
        return None
    inside = (
        _picture_size(pdfium_c.FPDFFormObj_GetObject(item, number), depth + 1)
        for number in range(min(1000, pdfium_c.FPDFFormObj_CountObjects(item)))
    )
    return max((size for size in inside if size), key=lambda side: side[0] * side[1], default=None)
