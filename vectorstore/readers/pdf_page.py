"""One page of a PDF as pdfium has it: its words that show with their places, and its picture.

pdfium is used in the modules whose names begin with `pdf` alone, and on one thread: it is not made for more.
"""

import math
from collections import Counter
from dataclasses import dataclass

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it carries no types
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]
from PIL import Image

from vectorstore.readers.ocr import DPI, MAX_PIXELS
from vectorstore.readers.pdf_look import Box, area, bare_share, is_flat, meet, preview_of
from vectorstore.readers.pdf_objects import find_objects
from vectorstore.readers.pdf_text import Written, read_words
from vectorstore.readers.word import Word

# A picture unpacks in memory; A0 scanned at 300 dpi has 140 million pixels.
MAX_PICTURE_PIXELS = 150_000_000
_POINTS_AN_INCH = 72
# Text lower than this, in points, is nothing that a reader of the page sees.
_MIN_HEIGHT = 1.5
# The same of how far apart characters stand.
_MIN_ADVANCE = 0.15


@dataclass(frozen=True, slots=True)
class Content:
    """What a page holds.

    Args:
        words: those that show, in the order of the page's making.
        aside: words that show and do not stand upright to the others, as a mark across the page.
        hidden: the file holds words for the page that do not show.
        pictured: share of the page that pictures cover and that has something on it but no words, 0 to 1.
        is_layered: most of its words are written to be invisible, over a picture: an earlier OCR's.
        largest_picture: width and height in pixels.
    """

    words: tuple[Word, ...]
    aside: tuple[str, ...]
    hidden: bool
    pictured: float
    is_layered: bool
    largest_picture: tuple[int, int]


def load_page(document: pdfium.PdfDocument, number: int) -> pdfium.PdfPage:
    """Load a page; what is filled in on a form or typed as a note becomes part of it.

    Args:
        number: from 0.

    Raises:
        PdfiumError: the page cannot be loaded.
    """
    page = document[number]
    if any(_is_written_on(page, at) for at in range(min(1000, pdfium_c.FPDFPage_GetAnnotCount(page.raw)))):
        pdfium_c.FPDFPage_Flatten(page.raw, pdfium_c.FLAT_NORMALDISPLAY)
        page.close()
        page = document[number]
    return page


def _is_written_on(page: pdfium.PdfPage, at: int) -> bool:
    note = pdfium_c.FPDFPage_GetAnnot(page.raw, at)
    kind = pdfium_c.FPDFAnnot_GetSubtype(note)
    pdfium_c.FPDFPage_CloseAnnot(note)
    return kind in {pdfium_c.FPDF_ANNOT_WIDGET, pdfium_c.FPDF_ANNOT_FREETEXT, pdfium_c.FPDF_ANNOT_STAMP}


def read_content(page: pdfium.PdfPage) -> Content:
    """Take a page's words out of it.

    Raises:
        PdfiumError: the page's text cannot be loaded.
    """
    paper: Box = page.get_bbox()
    written = list(read_words(page))
    objects = find_objects(page)
    invisible = sum(item.paint == "none" for item in written)
    is_layered = bool(objects.pictures) and invisible > len(written) / 2
    doubtful = [
        at
        for at, item in enumerate(written)
        if item.paint == "pale" or any(meet(item.box, cover) for cover in objects.covers)
    ]
    # A letterhead's crest is smaller; a picture that holds some lines of a letter is not.
    pictured = area(objects.pictures, paper) >= 0.06
    # A picture that is too large is not unpacked for a look either; the page is then not believed.
    width, height = objects.largest
    looks = written and (doubtful or pictured) and width * height <= MAX_PICTURE_PIXELS
    preview = preview_of(page, paper) if looks else None
    unseen = {at for at in doubtful if preview and is_flat(preview, written[at].box, paper)}
    shown: list[tuple[int, Written]] = []
    hidden = objects.shrunk
    for at, item in enumerate(written):
        sinks = item.paint == "none" or at in unseen or _is_speck(item)
        if sinks or not meet(item.box, paper):
            hidden = True
        else:
            shown.append((at, item))
    quarters = Counter(item.quarter for _, item in shown if item.quarter is not None)
    quarter = quarters.most_common(1)[0][0] if quarters else 0
    return Content(
        tuple(_upright(item, quarter, paper, at) for at, item in shown if item.quarter == quarter),
        tuple(item.text for _, item in shown if item.quarter != quarter),
        hidden,
        bare_share(objects.pictures, [item.box for _, item in shown], paper, preview) if pictured else 0.0,
        is_layered,
        objects.largest,
    )


def render(page: pdfium.PdfPage) -> tuple[Image.Image, int]:
    """Draw a page in grey at 300 dpi, or at what keeps it within bounds; return it with its resolution."""
    width, height = page.get_size()
    scale = min(DPI / _POINTS_AN_INCH, math.sqrt(MAX_PIXELS / max(1.0, width * height)))
    image: Image.Image = page.render(scale=scale, grayscale=True).to_pil()
    return image, max(1, round(scale * _POINTS_AN_INCH))


def _is_speck(item: Written) -> bool:
    """Return whether a word is too low or too narrow to be read."""
    width, height = item.box[2] - item.box[0], item.box[3] - item.box[1]
    along = height if item.quarter in (1, 3) else max(width, height) if item.quarter is None else width
    return height < _MIN_HEIGHT or along < _MIN_ADVANCE * len(item.text)


def _upright(item: Written, quarter: int, paper: Box, order: int) -> Word:
    """Turn a word's place so that its line runs to the right, and count downwards."""
    left, bottom, right, top = item.box
    west, south, east, north = paper
    if quarter == 0:
        place = left - west, north - top, right - west, north - bottom
    elif quarter == 1:
        place = bottom - south, left - west, top - south, right - west
    elif quarter == 2:
        place = east - right, bottom - south, east - left, top - south
    else:
        place = north - top, east - right, north - bottom, east - left
    return Word(item.text, *place, order)
