"""A file's bytes to the letter's text, its page starts and how each page was read, by the kind of file."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from vectorstore.errors import UnreadableError
from vectorstore.letter import PageRead
from vectorstore.readers.page import Page
from vectorstore.readers.text import read_text

TEXT = frozenset({".txt", ".text", ".md"})
PAGED = frozenset({".pdf", ".docx", ".html", ".htm", ".png", ".jpg", ".jpeg", ".tif", ".tiff"})
SUFFIXES = TEXT | PAGED
MAX_BYTES = 20_000_000
MAX_PAGED_BYTES = 100_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read.

    Args:
        pages: where each page starts in `text`, in code points; the first is 0.
        reads: how each page was read; empty for plain text.
    """

    text: str
    pages: tuple[int, ...]
    reads: tuple[PageRead, ...] = ()


def read_letter(data: bytes, name: str) -> Reading:
    """Read a letter.

    Raises:
        UnreadableError: this file cannot be read; the message is the reason, without the file's name.
    """
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise UnreadableError(
            f"files of the kind {suffix or 'without a suffix'!r} are not read; save it as PDF, Word (.docx) or text"
        )
    limit = MAX_BYTES if suffix in TEXT else MAX_PAGED_BYTES
    if len(data) > limit:
        raise UnreadableError(f"it is larger than {limit:,} bytes; a letter is not")
    if suffix in PAGED:
        return _joined(_page_reader(suffix)(data))
    text = read_text(data)
    last = len(text.rstrip())
    return Reading(text, (0, *(at + 1 for at, character in enumerate(text[:last]) if character == "\f")))


def _page_reader(suffix: str) -> Callable[[bytes], list[Page]]:
    """Return the reader of a kind of file; each loads libraries that the others do without."""
    if suffix == ".pdf":
        from vectorstore.readers.pdf import read_pdf

        return read_pdf
    if suffix in {".html", ".htm"}:
        from vectorstore.readers.html import read_html

        return read_html
    from vectorstore.readers.image import read_image

    if suffix != ".docx":
        return read_image
    from vectorstore.readers.docx import read_docx

    return lambda data: read_docx(data, read_image)


def _joined(pages: list[Page]) -> Reading:
    """Put pages together, each after a page break; what could not be read is an empty page with its reason.

    Raises:
        UnreadableError: no page holds any words.
    """
    if not any(any(c.isalnum() for c in page.text) for page in pages):
        reason = next((page.reason for page in pages if page.reason), "it holds no words")
        raise UnreadableError(reason)
    starts: list[int] = []
    text = ""
    for page in pages:
        text += "\n\f" if starts else ""
        starts.append(len(text))
        text += page.text.replace("\f", " ")
    return Reading(text, tuple(starts), tuple(PageRead(p.how, p.confidence, p.reason) for p in pages))
