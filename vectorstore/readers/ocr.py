"""A picture of a page to its text, by Tesseract in a process of its own; needs the program, not a package.

Tesseract finds the page's orientation, its columns and paragraphs itself. What becomes of a page for which it is not
installed, takes too long or fails is a value: a page marked unreadable, with the reason. Ink that looks like a line and
that no word covers is read once more by itself; what stays unread makes the page one to doubt.
"""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager

from PIL import Image

from vectorstore.readers.ink import Box, find_unread, find_upright_rules
from vectorstore.readers.ocr_words import SeenPage
from vectorstore.readers.page import Page, Pages
from vectorstore.readers.picture import prepare

DPI = 300
TIMEOUT_S = 60
# About A2 at 300 dpi: a larger page is scaled down to it, so that one page needs some 300 MB at most.
MAX_PIXELS = 35_000_000
INSTALL = "install Debian's tesseract-ocr and ingest it again"
BLANK = "the page is blank"
# The confidence of a page is no higher where a line on it was not read, however sure its other words are.
DOUBTED = 0.8
# Page segmentation 1 turns a page that lies on its side; it costs a tenth more time than 3, which does not.
_TURNED = "1"
_ONE_BLOCK = "6"


def ocr_available() -> bool:
    """Return whether Tesseract is installed."""
    return shutil.which("tesseract") is not None


def ocr_page(image: Image.Image, *, dpi: int = DPI, reason: str = "") -> Page:
    """Read one page's picture.

    Args:
        dpi: the picture's resolution; Tesseract judges the size of letters by it.
        reason: why the page is read by OCR; kept with what was read.
    """
    program = shutil.which("tesseract")
    if is_blank(image):
        return Page("", "ocr", reason=BLANK)
    if program is None:
        return Page("", "unreadable", reason=f"{reason or 'it is a picture'}; to read it, {INSTALL}")
    picture = prepare(image, dpi)
    try:
        seen = _run(program, picture, dpi, _TURNED)
    except subprocess.TimeoutExpired:
        return Page("", "unreadable", reason=f"reading its picture took longer than {TIMEOUT_S} s")
    except (subprocess.CalledProcessError, OSError) as error:
        said = (
            error.stderr.decode("utf-8", "replace")
            if isinstance(error, subprocess.CalledProcessError)
            else ""
        )
        last = (said.strip().splitlines() or [str(error)])[-1]
        return Page("", "unreadable", reason=f"tesseract failed on its picture: {last[:200]}")
    seen.part_at(find_upright_rules(picture, dpi))
    unread = find_unread(picture, seen.boxes, dpi)
    lost = _look_again(program, picture, dpi, unread, seen) if unread else 0
    text, confidence = seen.text(), seen.confidence
    if not text or confidence is None:
        return Page("", "unreadable", reason="there is something on the page, and no words were found in it")
    if lost:
        lines = "a line on it was" if lost == 1 else f"{lost} lines on it were"
        reason = "; ".join(part for part in (reason, f"what looks like {lines} not read") if part)
        confidence = min(confidence, DOUBTED)
    return Page(text, "ocr", confidence, reason)


def _run(program: str, image: Image.Image, dpi: int, mode: str) -> SeenPage:
    """Run Tesseract on a picture.

    Raises:
        SubprocessError, OSError: it cannot be started, fails, or takes too long.
    """
    picture = io.BytesIO()
    image.save(picture, "PPM")
    command = [program, "stdin", "stdout", "-l", "eng", "--psm", mode, "--dpi", str(dpi), "tsv"]
    done = subprocess.run(  # noqa: S603 - the program's own path and numbers
        command,
        input=picture.getvalue(),
        capture_output=True,
        timeout=TIMEOUT_S,
        check=True,
        # One thread a page: pages are read side by side, and more threads a page only get in each other's way.
        env={"OMP_THREAD_LIMIT": "1"},
    )
    return SeenPage(done.stdout.decode("utf-8", "replace"))


def _look_again(program: str, image: Image.Image, dpi: int, unread: list[Box], seen: SeenPage) -> int:
    """Read the lines that were passed over, put one under the other, into `seen`; return how many stay unread."""
    gap = max(4, dpi // 10)
    near = max(1, dpi // 60)
    height = sum(bottom - top + 2 * (near + gap) for _, top, _, bottom in unread)
    strips = Image.new("L", (max(right - left for left, _, right, _ in unread) + 2 * gap, height), 255)
    looked: list[tuple[Box, Box]] = []
    y = gap
    for left, top, right, bottom in unread:
        strips.paste(image.crop((left - near, top - near, right + near, bottom + near)), (gap - near, y))
        looked.append(
            ((left, top, right, bottom), (gap, y + near, gap + right - left, y + near + bottom - top))
        )
        y += bottom - top + 2 * (near + gap)
    try:
        return len(seen.add(_run(program, strips, dpi, _ONE_BLOCK), looked))
    except (subprocess.SubprocessError, OSError):
        return len(unread)


def is_blank(image: Image.Image) -> bool:
    """Return whether a page shows nothing: paper alone, with the specks that a scanner adds."""
    small = image.convert("L")
    # Made smaller than a quarter, small print on a large sheet would pale into the paper.
    small.thumbnail((max(1000, small.width // 4), max(1000, small.height // 4)))
    histogram = small.histogram()
    paper = max(range(256), key=histogram.__getitem__)
    marks = sum(count for level, count in enumerate(histogram) if abs(level - paper) > 64)
    return marks < small.width * small.height * 0.0001


def _processors() -> int:
    """Return how many processors this process may use; a container has fewer than its machine."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


class OcrQueue:
    """Pages under way: as many at a time as there are processors; `add` waits rather than pile up pictures."""

    def __init__(self) -> None:
        self.workers = _processors()
        self._pool = ThreadPoolExecutor(self.workers, thread_name_prefix="ocr")
        self._under_way: set[Future[Page]] = set()

    def add(self, image: Image.Image, *, dpi: int = DPI, reason: str = "") -> Future[Page]:
        """Read one more page; blocks while each processor has its page and another waits."""
        while len(self._under_way) > self.workers:
            _, self._under_way = wait(self._under_way, return_when=FIRST_COMPLETED)
        future = self._pool.submit(ocr_page, image, dpi=dpi, reason=reason)
        future.add_done_callback(lambda _: Pages.done())
        self._under_way.add(future)
        return future

    def close(self) -> None:
        """Wait for the pages under way; those that have not begun are dropped."""
        self._pool.shutdown(cancel_futures=True)


@contextmanager
def ocr_queue() -> Iterator[OcrQueue]:
    """Open a queue of pages to read, closed at the end."""
    queue = OcrQueue()
    try:
        yield queue
    finally:
        queue.close()
