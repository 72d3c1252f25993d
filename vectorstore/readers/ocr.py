"""A picture of a page to its text, by Tesseract in a process of its own; needs the program, not a package.

Tesseract finds the page's orientation, its columns and paragraphs itself. What becomes of a page for which it is not
installed, takes too long or fails is a value: a page marked unreadable, with the reason.
"""

import csv
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby

from PIL import Image

from vectorstore.readers.layout import regions_of, write_out
from vectorstore.readers.page import Page, Pages
from vectorstore.readers.word import Word

DPI = 300
TIMEOUT_S = 60
# About A2 at 300 dpi: a larger page is scaled down to it, so that one page needs some 300 MB at most.
MAX_PIXELS = 35_000_000
INSTALL = "install Debian's tesseract-ocr and ingest it again"
# Fewer lines than that across two columns are a heading, or an accident.
_MIN_JOINED = 4
BLANK = "the page is blank"
_MARKER = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})[.)]|[•▪*·–-]")


@dataclass(slots=True)
class _Line:
    """A line of words as Tesseract found it, in pixels."""

    left: int
    top: int
    bottom: int
    words: list[str] = field(default_factory=list)


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
    picture = io.BytesIO()
    image.convert("L").save(picture, "PPM")
    # Page segmentation 1 turns a page that lies on its side; it costs a tenth more time than 3, which does not.
    command = [program, "stdin", "stdout", "-l", "eng", "--psm", "1", "--dpi", str(dpi), "tsv"]
    try:
        done = subprocess.run(  # noqa: S603 - the program's own path and numbers
            command,
            input=picture.getvalue(),
            capture_output=True,
            timeout=TIMEOUT_S,
            check=True,
            # One thread a page: pages are read side by side, and more threads a page only get in each other's way.
            env={"OMP_THREAD_LIMIT": "1"},
        )
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
    text, confidence = parse_words(done.stdout.decode("utf-8", "replace"))
    if not text:
        return Page("", "unreadable", reason="there is something on the page, and no words were found in it")
    return Page(text, "ocr", confidence, reason)


def parse_words(table: str) -> tuple[str, float | None]:
    """Return the text and the mean word confidence (0 to 1) of Tesseract's table of words."""
    lines: dict[tuple[int, int, int], _Line] = {}
    placed: list[tuple[tuple[int, int, int], int, int]] = []
    confidences: list[float] = []
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        at = int(row["block_num"]), int(row["par_num"]), int(row["line_num"])
        if row["level"] == "4":
            lines[at] = _Line(int(row["left"]), int(row["top"]), int(row["top"]) + int(row["height"]))
        elif row["level"] == "5" and (word := (row["text"] or "").strip()):
            lines[at].words.append(word)
            placed.append((at, int(row["left"]), int(row["left"]) + int(row["width"])))
            confidences.append(float(row["conf"]) / 100)
    for line in lines.values():
        _restore_pronoun(line.words)
    confidence = round(sum(confidences) / len(confidences), 4) if confidences else None
    if text := _unjoined(lines, placed):
        return text, confidence
    _place_markers(lines)
    paragraphs = (
        "\n".join(" ".join(line.words) for _, line in group if line.words)
        for _, group in groupby(lines.items(), key=lambda item: item[0][:2])
    )
    text = "\n\n".join(paragraph for paragraph in paragraphs if paragraph)
    return text, confidence


def _unjoined(
    lines: dict[tuple[int, int, int], _Line], placed: list[tuple[tuple[int, int, int], int, int]]
) -> str:
    """Return the text of a page on which Tesseract took the lines of two columns for one; "" where it did not.

    Elsewhere its own paragraphs are the better ones: it sees the picture, and tables as tables.
    """
    texts = {at: iter(line.words) for at, line in lines.items()}
    words = [
        Word(next(texts[at]), left, lines[at].top, right, lines[at].bottom, order)
        for order, (at, left, right) in enumerate(placed)
    ]
    regions = regions_of(words)
    of_line: dict[tuple[int, int, int], dict[int, str]] = {}
    for number, region in enumerate(regions):
        for run in region:
            sides = of_line.setdefault(placed[run.order][0], {})
            sides[number] = f"{sides.get(number, '')} {run.text}"
    joined = [sides for sides in of_line.values() if sum(map(_is_said, sides.values())) > 1]
    return write_out(regions) if len(joined) >= _MIN_JOINED else ""


def _is_said(text: str) -> bool:
    """Return whether a part of a line is of words, as in sentences and not in tables."""
    words = [word for word in text.split() if sum(map(str.isalpha, word)) > len(word) / 2]
    return len(words) >= 3 and len(words) > 0.6 * len(text.split())


def _restore_pronoun(words: list[str]) -> None:
    """Turn a bar between words into the "I" that it is; in a typeface without serifs Tesseract takes one for the other.

    A table's borders come in pairs, and at the ends of lines.
    """
    if words.count("|") == 1:
        at = words.index("|")
        if at + 1 < len(words) and words[at + 1][0].islower():
            words[at] = "I"


def _place_markers(lines: dict[tuple[int, int, int], _Line]) -> None:
    """Put list numbers and bullets that Tesseract took for a column of their own before the lines they number."""
    for marker in lines.values():
        if not (len(marker.words) == 1 and _MARKER.fullmatch(marker.words[0])):
            continue
        middle = (marker.top + marker.bottom) / 2
        beside = [
            line
            for line in lines.values()
            if line.left > marker.left
            and line.top <= middle <= line.bottom
            and line.words
            and line is not marker
        ]
        if beside:
            owner = min(beside, key=lambda line: line.left)
            owner.words[:0] = marker.words
            owner.left = marker.left
            marker.words.clear()


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
