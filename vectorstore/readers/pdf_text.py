"""The text layer of a PDF's page: its words, where they stand, and how they are painted."""

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it carries no types
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]

from vectorstore.readers.pdf_look import Box

# pdfium puts one of these for a hyphen at the end of a line, and leaves the line break out.
_HYPHENS = "\ufffe\x02"
_UNPAINTED = frozenset({pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP})
_OUTLINED = frozenset({pdfium_c.FPDF_TEXTRENDERMODE_STROKE, pdfium_c.FPDF_TEXTRENDERMODE_STROKE_CLIP})
_WORD = re.compile(rf"[^\s{_HYPHENS}]+[{_HYPHENS}]?")


@dataclass(frozen=True, slots=True)
class Written:
    """A word as it is written in the file, shown or not.

    Args:
        quarter: quarters of a turn, counterclockwise, from 0 to 3; None for what stands aslant.
        paint: "pale" for what may not show on white paper, "none" for what is not painted at all.
    """

    text: str
    box: Box
    quarter: int | None
    paint: Literal["plain", "pale", "none"]


def read_words(page: pdfium.PdfPage) -> Iterator[Written]:
    """Yield the words of the text layer, in the order of the page's making.

    Raises:
        PdfiumError: the text layer cannot be loaded.
    """
    textpage = page.get_textpage()
    try:
        raw = textpage.raw
        count = pdfium_c.FPDFText_CountChars(raw)
        buffer = (ctypes.c_ushort * (2 * count + 2))()
        units = pdfium_c.FPDFText_GetText(raw, 0, count, buffer)
        text = bytes(buffer)[: 2 * max(0, units - 1)].decode("utf-16-le", "replace")
        box, colour = pdfium_c.FS_RECTF(), [ctypes.c_uint() for _ in range(4)]
        # pdfium counts characters; what has no meaning is in its count and not in its text.
        is_same = len(text) == count
        of: int | None = None
        for match in _WORD.finditer(text):
            first, last = match.start(), match.end() - 1
            if not is_same:
                first, last = (pdfium_c.FPDFText_GetCharIndexFromTextIndex(raw, at) for at in (first, last))
            if not pdfium_c.FPDFText_GetLooseCharBox(raw, first, box):
                continue
            left, bottom, right, top = box.left, box.bottom, box.right, box.top
            if last != first and pdfium_c.FPDFText_GetLooseCharBox(raw, last, box):
                left, bottom = min(left, box.left), min(bottom, box.bottom)
                right, top = max(right, box.right), max(top, box.top)
            drawn = pdfium_c.FPDFText_GetTextObject(raw, first)
            at = ctypes.addressof(drawn.contents) if drawn else None
            if at is None or at != of:
                # Words that are drawn together look alike.
                of, quarter, paint = at, _quarter(raw, first), _paint(raw, first, drawn, colour)
            word = match.group()
            if word[-1] in _HYPHENS:
                word = word[:-1] + "-"
            yield Written(word, (left, bottom, right, top), quarter, paint)
    finally:
        textpage.close()


def _quarter(raw: object, index: int) -> int | None:
    # pdfium counts angles clockwise.
    turns = -pdfium_c.FPDFText_GetCharAngle(raw, index) * 2 / math.pi
    return round(turns) % 4 if abs(turns - round(turns)) < 0.05 else None


def _paint(
    raw: object, index: int, drawn: object, colour: list[ctypes.c_uint]
) -> Literal["plain", "pale", "none"]:
    mode = pdfium_c.FPDFTextObj_GetTextRenderMode(drawn)
    if mode in _UNPAINTED:
        return "none"
    ink = pdfium_c.FPDFText_GetStrokeColor if mode in _OUTLINED else pdfium_c.FPDFText_GetFillColor
    if ink(raw, index, *colour):
        red, green, blue, alpha = colour
        if alpha.value < 64 or (red.value > 200 and green.value > 200 and blue.value > 200):
            return "pale"
    return "plain"
