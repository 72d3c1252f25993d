"""Pictures of pages (PNG, JPEG, TIFF of one or many pages) to pages of text, by OCR.

A picture's size is read from its header and judged before its pixels are unpacked.
"""

import io
import math
import warnings
from concurrent.futures import Future

from PIL import Image, ImageOps, UnidentifiedImageError

from vectorstore.errors import UnreadableError
from vectorstore.readers.kind import mistaken
from vectorstore.readers.ocr import DPI, MAX_PIXELS, ocr_queue
from vectorstore.readers.page import Page

FORMATS = ("PNG", "JPEG", "TIFF")
MAX_PAGES = 2_000
# Unpacked, in bytes: a page of A0 at 300 dpi in colour is 420 MB, and a letter is not that.
MAX_UNPACKED_BYTES = 300_000_000
_A4_INCHES = (8.27, 11.69)


def read_image(data: bytes) -> list[Page]:
    """Read a picture's pages; a page that cannot be read is marked so, with the reason.

    Raises:
        UnreadableError: it is no picture of these kinds, or it has more pages than a letter.
    """
    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # odd metadata, and Pillow's own size warning: the size is judged here
        try:
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            count: int = getattr(image, "n_frames", 1)
        except Image.DecompressionBombError as error:
            raise UnreadableError("its picture is far larger than a page; save it at 300 dpi") from error
        except (
            UnidentifiedImageError,
            OSError,
            ValueError,
            SyntaxError,
            EOFError,
            TypeError,
            KeyError,
        ) as error:
            raise UnreadableError(
                mistaken(data, "a picture")
                or "it is not a picture that can be opened (PNG, JPEG or TIFF); save it anew"
            ) from error
        if count > MAX_PAGES:
            raise UnreadableError(f"it has {count:,} pages; at most {MAX_PAGES:,} are read: split it")
        with image, ocr_queue() as queue:
            found: list[Page | Future[Page]] = []
            for number in range(count):
                picture = _picture(image, number)
                found.append(
                    picture
                    if isinstance(picture, Page)
                    else queue.add(picture, dpi=_resolution(picture), reason="it is a picture")
                )
            return [page.result() if isinstance(page, Future) else page for page in found]


def _picture(image: Image.Image, number: int) -> Image.Image | Page:
    """Unpack one page, upright and grey, no larger than OCR needs; or say why it cannot be had."""
    try:
        image.seek(number)
        width, height = image.size
        if width * height * _bytes_a_pixel(image.mode) > MAX_UNPACKED_BYTES:
            return Page(
                "",
                "unreadable",
                reason=f"its picture is {width:,} by {height:,} pixels, more than a page needs; save it at 300 dpi",
            )
        if image.format == "JPEG":
            # A JPEG can be unpacked at a half, quarter or eighth of its size, which is quicker and smaller.
            image.draft("L", fit(width, height))
        grey = _on_white(image)
        grey.thumbnail(fit(*grey.size))
        return ImageOps.exif_transpose(grey)
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, MemoryError) as error:
        return Page("", "unreadable", reason=f"its picture is damaged: {error}")


def fit(width: float, height: float) -> tuple[int, int]:
    """Return the largest size of these proportions that OCR takes, in pixels; a smaller one stays."""
    scale = min(1.0, math.sqrt(MAX_PIXELS / (max(1.0, width) * max(1.0, height))))
    return max(1, int(width * scale)), max(1, int(height * scale))


def _bytes_a_pixel(mode: str) -> int:
    return {"1": 1, "L": 1, "P": 1, "LA": 2, "I;16": 2, "RGB": 3, "YCbCr": 3, "LAB": 3}.get(mode, 4)


def _on_white(image: Image.Image) -> Image.Image:
    """Make a picture grey; what is transparent shows white paper."""
    if image.mode in {"I;16", "I;16B", "I"}:
        return image.convert("I").point(lambda level: level / 256).convert("L")
    if "A" in image.getbands() or "transparency" in image.info:
        layered = image.convert("LA")
        paper = Image.new("L", image.size, 255)
        paper.paste(layered.getchannel("L"), mask=layered.getchannel("A"))
        paper.info = image.info
        return paper
    return image.convert("L")


def _resolution(image: Image.Image) -> int:
    """Work out dots per inch as if the picture were a page of A4; what files say of it is mostly made up."""
    return max(70, min(2 * DPI, round(min(image.size) / _A4_INCHES[0])))
