"""A page of a letter's original as it looks: a picture of bounded size, drawn in a process apart.

What is drawn is a stranger's file: it is opened in the sandbox and nowhere else, and what comes back are the bytes of
a JPEG that this program's own code wrote.
"""

import io
import warnings
from pathlib import Path

from PIL import Image, ImageOps

from vectorstore.errors import UnreadableError
from vectorstore.letter import Letter
from vectorstore.make import letter_id
from vectorstore.readers.image import FORMATS, MAX_UNPACKED_BYTES
from vectorstore.sandbox import Sandbox

PICTURED = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff"})
DPI = 144
MAX_SIDE = 2_000  # pixels
TIMEOUT_S = 30.0
_QUALITY = 85
_POINTS_AN_INCH = 72


def original_of(originals: Path, letter: Letter) -> Path:
    """Return where a store keeps the bytes that a letter was read from."""
    return originals / f"{letter.id}{Path(letter.source).suffix.lower()}"


def read_original(original: Path) -> bytes:
    """Return the bytes that a letter was read from.

    Raises:
        UnreadableError: they are gone, or are others than the letter was read from.
    """
    try:
        data = original.read_bytes()
    except OSError as error:
        raise UnreadableError(f"the store's copy of it cannot be opened: {error.strerror}") from error
    if letter_id(data) != original.stem:
        raise UnreadableError("the store's copy of it was altered; ingest the letter again")
    return data


def look_at(original: Path, number: int) -> bytes:
    """Return the JPEG of one page of an original, drawn in a process apart.

    Args:
        number: counted from 1.

    Raises:
        UnreadableError: the original is gone or altered, or the page cannot be drawn.
    """
    data = read_original(original)
    with Sandbox(draw_page, timeout_s=TIMEOUT_S) as sandbox:
        return sandbox.read(data, f"{number}{original.suffix}")


def draw_page(data: bytes, name: str) -> bytes:
    """Draw one page; for the inside of a sandbox.

    Args:
        name: the page's number, counted from 1, with the file's suffix: "12.pdf".

    Raises:
        UnreadableError: there is no such page, or it cannot be drawn.
    """
    wanted = Path(name)
    if wanted.suffix not in PICTURED:
        raise UnreadableError(f"files of the kind {wanted.suffix!r} have no pages to look at")
    picture = (_of_pdf if wanted.suffix == ".pdf" else _of_image)(data, int(wanted.stem) - 1)
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return written.getvalue()


def _of_pdf(data: bytes, at: int) -> Image.Image:
    import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it carries no types

    from vectorstore.readers.pdf_page import load_page

    try:
        with pdfium.PdfDocument(data) as document:
            if not 0 <= at < len(document):
                raise UnreadableError(f"it has no page {at + 1:,}")
            page = load_page(document, at)
            width, height = page.get_size()
            scale = min(DPI / _POINTS_AN_INCH, (MAX_SIDE - 1) / max(1.0, width, height))
            picture: Image.Image = page.render(scale=scale, rev_byteorder=True).to_pil()
            return picture.convert("RGB")
    except pdfium.PdfiumError as error:
        raise UnreadableError("the page is damaged and cannot be drawn") from error


def _of_image(data: bytes, at: int) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # odd metadata, and Pillow's own size warning
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                if not 0 <= at < getattr(image, "n_frames", 1):
                    raise UnreadableError(f"it has no page {at + 1:,}")
                image.seek(at)
                width, height = image.size
                if width * height * len(image.getbands()) > MAX_UNPACKED_BYTES:
                    raise UnreadableError(
                        f"its picture is {width:,} by {height:,} pixels, too large to be drawn"
                    )
                # A JPEG can be unpacked at a half, quarter or eighth of its size, which is quicker and smaller.
                image.draft("RGB", (MAX_SIDE, MAX_SIDE))
                picture = _on_white(image)
                picture.thumbnail((MAX_SIDE, MAX_SIDE))
                return ImageOps.exif_transpose(picture)
    except (
        Image.DecompressionBombError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        TypeError,
        KeyError,
    ) as error:
        raise UnreadableError("its picture is damaged and cannot be drawn") from error


def _on_white(image: Image.Image) -> Image.Image:
    """Return a copy in the colours that a JPEG has; what is transparent shows white paper."""
    if image.mode in {"I;16", "I;16B", "I"}:
        return image.convert("I").point(lambda level: level / 256).convert("L")
    if image.mode in {"1", "L"}:
        return image.convert("L")
    if "A" in image.getbands() or "transparency" in image.info:
        layered = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(layered, mask=layered.getchannel("A"))
        return paper
    return image.convert("RGB")
