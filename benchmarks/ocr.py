"""How well scanned letters are read, ours beside plain Tesseract in its modes: `python -m benchmarks.ocr`.

Needs `../shared/data/letter_files` beside the checkout: pictures with the text that they show. Accuracy is one less
the edits that turn what was read into what is expected, over the length of what is expected: of characters, and of
words; words are counted in any order as well, for pages of columns and cells have more than one order.
"""

import os
import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.machine import describe
from vectorstore.readers.image import read_image

COLLECTED = Path(__file__).parents[2] / "shared" / "data" / "letter_files"
MODES = {
    "1": "turned pages, columns",
    "3": "columns; its default",
    "4": "one column",
    "6": "one block",
    "11": "scattered",
}


@dataclass(frozen=True, slots=True)
class Score:
    """How a page was read, each from 0 (or below, for more errors than text) to 1."""

    characters: float
    words: float
    words_in_any_order: float
    seconds: float


def score(read: str, expected: str, seconds: float) -> Score:
    """Hold what was read against what is expected; typographic quotes and white space count as plain ones."""
    ours, theirs = _folded(read), _folded(expected)
    words, wanted = ours.split(), theirs.split()
    return Score(
        1 - edits(ours, theirs) / len(theirs),
        1 - edits(words, wanted) / len(wanted),
        (Counter(words) & Counter(wanted)).total() / len(wanted),
        seconds,
    )


def edits(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many items are to be put in, left out or changed to make one sequence of the other.

    Source: Levenshtein's distance, a row at a time.
    """
    numbers = {item: at for at, item in enumerate({*one, *other})}
    columns = np.array([numbers[item] for item in other], np.int32)
    places = np.arange(len(other) + 1)
    row = places.copy()
    for at, item in enumerate(one, start=1):
        least = np.minimum(row[1:] + 1, row[:-1] + (columns != numbers[item]))
        # An item put in costs one more than the place before: the running least, with the places taken off.
        row = np.minimum.accumulate(np.concatenate(([at], least)) - places) + places
    return int(row[-1])


def _folded(text: str) -> str:
    quotes = str.maketrans("’‘“”", "''\"\"")
    return " ".join(text.translate(quotes).split())


def _ours(path: Path) -> str:
    return "\n\n".join(page.text for page in read_image(path.read_bytes()))


def _plain(mode: str | None) -> Callable[[Path], str]:
    """Return a reader that runs Tesseract on the file as it is; without a mode, as it is without any option."""
    program = shutil.which("tesseract")
    assert program
    options = ["--psm", mode] if mode else []

    def read(path: Path) -> str:
        command = [program, str(path), "stdout", *options]
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        return subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout

    return read


def main() -> None:
    """Measure and print."""
    pictures = sorted((COLLECTED / "scan_image").glob("*.png"))
    if not pictures or not shutil.which("tesseract"):
        print(f"nothing to measure: this needs Tesseract, and the collected scans at {COLLECTED}")
        return
    print(describe("pillow"))
    print(f"\n{'':46}{'characters':>11}{'words':>9}{'any order':>11}{'s':>8}")
    readers = {"ours": _ours, "tesseract, no options": _plain(None)}
    readers |= {f"tesseract --psm {mode} ({what})": _plain(mode) for mode, what in MODES.items()}
    for path in pictures:
        expected = (COLLECTED / "expected" / f"{path.name}.txt").read_text("utf-8")
        print(path.name)
        for name, read in readers.items():
            began = time.monotonic()
            text = read(path)
            found = score(text, expected, time.monotonic() - began)
            print(
                f"  {name:44}{found.characters:>11.4f}{found.words:>9.4f}"
                f"{found.words_in_any_order:>11.4f}{found.seconds:>8.2f}"
            )


if __name__ == "__main__":
    main()
