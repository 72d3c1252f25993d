"""PDF to pages of text, page by page: the text layer where it can be believed, else OCR of the page as it looks.

A text layer is believed when it shows, reads as language, and leaves no part of the page to a picture. No page is left
out: what cannot be read is a page that says so. Pages are drawn on one thread and read by OCR side by side.
"""

from concurrent.futures import Future
from dataclasses import dataclass, replace

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it carries no types
import pypdfium2.raw as pdfium_c  # type: ignore[import-untyped]

from vectorstore.errors import UnreadableError
from vectorstore.readers import sound
from vectorstore.readers.kind import mistaken
from vectorstore.readers.layout import lay_out
from vectorstore.readers.ocr import BLANK, INSTALL, OcrQueue, ocr_available, ocr_queue
from vectorstore.readers.page import HIDDEN, Page
from vectorstore.readers.pdf_page import Content, load_page, read_content, render

MAX_PAGES = 2_000
# A picture unpacks in memory; A0 scanned at 300 dpi has 140 million pixels.
MAX_PICTURE_PIXELS = 150_000_000
_DAMAGED = "the page is damaged; print the letter to a new PDF"
_PICTURED = "part of it is a picture"
_ODD = "its text layer does not read as language"


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A page whose text layer is to be weighed against what OCR sees."""

    text: str
    why: str
    seen: Future[Page]


def read_pdf(data: bytes) -> list[Page]:
    """Read all pages; one that cannot be read is marked so, with the reason.

    Raises:
        UnreadableError: the file is encrypted, damaged, cut short, or has more pages than a letter.
    """
    document = _open(data)
    try:
        with ocr_queue() as queue:
            found = [_read_page(document, number, queue) for number in range(len(document))]
            return [_settle(page) if isinstance(page, _Doubt) else page for page in found]
    finally:
        document.close()


def _open(data: bytes) -> pdfium.PdfDocument:
    if b"%PDF-" not in data[:1024]:
        raise UnreadableError(
            mistaken(data, "a PDF") or "it is not a PDF, whatever its name says; get the file again"
        )
    # A file that was cut off still opens, with the pages that are left: the others would be lost unseen.
    if b"%%EOF" not in data[-min(16_384, len(data) // 2) :]:
        raise UnreadableError("it is cut short: its end is missing; get the file again")
    try:
        document = pdfium.PdfDocument(data)
        pages = len(document)
    except pdfium.PdfiumError as error:
        if error.err_code == pdfium_c.FPDF_ERR_PASSWORD:
            raise UnreadableError("it is encrypted; save it without a password") from error
        raise UnreadableError("it is damaged and cannot be opened as a PDF; get the file again") from error
    if not 1 <= pages <= MAX_PAGES:
        document.close()
        raise UnreadableError(
            f"it has {pages:,} pages; at most {MAX_PAGES:,} are read: split it"
            if pages
            else "it has no pages"
        )
    return document


def _read_page(document: pdfium.PdfDocument, number: int, queue: OcrQueue) -> Page | _Doubt:
    try:
        page = load_page(document, number)
    except pdfium.PdfiumError:
        return Page("", "unreadable", reason=_DAMAGED)
    try:
        content = read_content(page)
        text = _text(content)
        why = _why_ocr(content, text)
        if not why:
            return Page(text, "text", reason=HIDDEN if content.hidden else "")
        width, height = content.largest_picture
        if width * height > MAX_PICTURE_PIXELS:
            large = f"it holds a picture of {width:,} by {height:,} pixels; save it at 300 dpi"
            return Page("", "unreadable", reason=large)
        if not ocr_available() and why in {_PICTURED, _ODD}:
            return _unchecked(text, why, content.pictured)
        image, dpi = render(page)
        return _Doubt(text, why, queue.add(image, dpi=dpi, reason=why))
    except (pdfium.PdfiumError, MemoryError):
        return Page("", "unreadable", reason=_DAMAGED)
    finally:
        page.close()


def _text(content: Content) -> str:
    body = lay_out(content.words)
    return "\n\n".join(part for part in (body, " ".join(content.aside)) if part)


def _why_ocr(content: Content, text: str) -> str:
    """Return why the page is to be read from its picture; nothing where its text is believed."""
    if content.is_layered:
        return "its text layer is invisible, made by an earlier reading of its picture"
    if not text:
        return "it has no text that shows" if content.hidden else "it has no text layer"
    if content.pictured >= 0.03:
        return _PICTURED
    return "" if sound.judge(text) == "sound" else _ODD


def _settle(doubt: _Doubt) -> Page:
    """Choose between a page's text layer and what OCR saw of it."""
    seen = doubt.seen.result()
    if seen.reason == BLANK or not doubt.text:
        return replace(seen, how="text" if seen.reason == BLANK else seen.how)
    if seen.how == "unreadable":
        return Page(doubt.text, "text") if doubt.why == _PICTURED else seen
    if doubt.why == _PICTURED:
        # A photograph holds few words; a letter's body that is a picture holds most of the page's.
        more = sound.unseen(doubt.text, seen.text)
        return seen if more >= max(8, len(doubt.text.split()) // 10) else Page(doubt.text, "text")
    if doubt.why == _ODD and sound.agreement(doubt.text, seen.text) >= 0.6:
        return Page(doubt.text, "text")
    return seen


def _unchecked(text: str, why: str, pictured: float) -> Page:
    """Make what can be made of a page without OCR; its words must at least be able to be right."""
    if why == _ODD:
        if sound.judge(text) == "doubtful":
            return Page(text, "text", reason=f"{why}; to check it, {INSTALL}")
        return Page("", "unreadable", reason=f"{why}; to read it, {INSTALL}")
    # A full page holds some 500 words: where the picture has room for more than the text has, it is the letter.
    if len(text.split()) < 500 * pictured:
        return Page("", "unreadable", reason=f"most of it is a picture; to read it, {INSTALL}")
    return Page(text, "text", reason=f"{why} and was left out; to read it, {INSTALL}")
