"""How fast letters of every kind are read, and how that grows: `python -m benchmarks.reading`.

All letters are invented by the script; with `../shared/data/letter_files` beside the checkout, those are read too.
Beside time by the clock stands what the processors computed, which other programs on the machine disturb less.
"""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from benchmarks import made_letters
from benchmarks.machine import describe, watched_children
from tests.pdf_files import saved
from vectorstore.errors import UnreadableError
from vectorstore.read import TEXT, Reading, read_letter
from vectorstore.sandbox import Sandbox

COLLECTED = Path(__file__).parents[2] / "shared" / "data" / "letter_files"
TIMEOUT_S = 300.0
OCR_PAGES = 8
File = tuple[int, bytes, str]


@dataclass(frozen=True, slots=True)
class Run:
    """What reading some files took.

    Args:
        processor_s: what the reading processes computed, and what they started.
        largest: memory of the largest process in MiB, resident.
        together: the most that all held at once.
    """

    files: int
    pages: int
    seconds: float
    processor_s: float
    largest: float
    together: float
    failed: int


def read_all(files: Sequence[File], workers: int, *, at_once: int = 32, here: bool = False) -> Run:
    """Read files in a sandbox that is running already, as in a long ingest.

    Args:
        here: plain text is read in this process, as an ingest does.
    """
    pages, failed = 0, 0
    with Sandbox(read_letter, timeout_s=TIMEOUT_S, workers=workers) as sandbox:
        # Starting an interpreter and loading the libraries is paid once, whatever the number of letters.
        warm = [(at, _warm(files[0][2]), files[0][2]) for at in range(2 * workers)]
        list(sandbox.map(warm, at_once=1))
        own = time.process_time()
        with watched_children() as cost:
            began = time.monotonic()
            for _, outcome in sandbox.map(files, directly=_is_text if here else None, at_once=at_once):
                failed += isinstance(outcome, UnreadableError)
                pages += len(outcome.pages) if isinstance(outcome, Reading) else 0
            seconds = time.monotonic() - began
        own = time.process_time() - own if here else 0.0
    memory = cost.largest / 2**20, cost.together / 2**20
    return Run(len(files), pages, seconds, cost.processor_s + own, *memory, failed)


def _warm(name: str) -> bytes:
    kind = Path(name).suffix
    if kind == ".pdf":
        return made_letters.pdf_file(1)
    if kind == ".docx":
        return made_letters.docx_file(1)
    if kind in {".png", ".tif"}:
        return saved(made_letters.scan(1, dpi=100, size=(300, 160)), "PNG" if kind == ".png" else "TIFF")
    return made_letters.html_file(1) if kind == ".html" else b"warm"


def _is_text(name: str) -> bool:
    return Path(name).suffix in TEXT


def _numbered(datas: Sequence[bytes], suffix: str) -> list[File]:
    return [(at, data, f"{at}{suffix}") for at, data in enumerate(datas)]


def throughput() -> None:
    """Print letters a second of each kind, with one reading process and with two."""
    print(
        f"\n{'':36}{'target':>8}{'1 process':>11}{'2 processes':>13}{'a processor s':>15}{'MiB together':>14}"
    )
    distinct = 20
    pdfs = [made_letters.pdf_file(n, pages=20) for n in range(distinct)] * 2
    words = [made_letters.docx_file(n) for n in range(distinct)] * 15
    pages = [made_letters.html_file(n) for n in range(distinct)] * 15
    texts = [made_letters.text_file(n) for n in range(200)] * 20
    _line("PDF pages/s, 40 files of 20", 200, _numbered(pdfs, ".pdf"), _pages)
    # Files with scanned pages among theirs are OCR's to measure.
    digital = [data for data in _collected("pdf") if _is_digital(data)]
    _line(f"PDF pages/s, {len(digital)} collected x 20", 200, _numbered(digital * 20, ".pdf"), _pages)
    _line("DOCX files/s, 300 files", 100, _numbered(words, ".docx"), _files)
    found = _collected("docx")
    _line(f"DOCX files/s, {len(found)} collected x 40", 100, _numbered(found * 40, ".docx"), _files)
    _line("web pages/s, 300 files", None, _numbered(pages, ".html"), _files)
    _line("text letters/s, 4,000 files", 1_000, _numbered(texts, ".txt"), _files, here=True)


def _pages(run: Run) -> int:
    return run.pages


def _files(run: Run) -> int:
    return run.files


def _collected(kind: str) -> list[bytes]:
    return [path.read_bytes() for path in sorted((COLLECTED / kind).glob(f"*.{kind}"))]


def _is_digital(data: bytes) -> bool:
    return all(page.how == "text" for page in read_letter(data, "a.pdf").reads)


def _line(
    name: str, target: int | None, files: Sequence[File], count: Callable[[Run], int], *, here: bool = False
) -> None:
    if not files:
        return
    one, two = (read_all(files, workers, here=here) for workers in (1, 2))
    rates = f"{count(one) / one.seconds:>11,.0f}{count(two) / two.seconds:>13,.0f}"
    failed = f"  {one.failed} set aside" if one.failed else ""
    print(
        f"{name:36}{target or '':>8}{rates}{count(one) / one.processor_s:>15,.0f}{two.together:>14,.0f}{failed}"
    )


def recognition() -> None:
    """Print seconds a page of OCR, ours beside the bare engine on the same pictures."""
    scans = [made_letters.scan(n) for n in range(OCR_PAGES)]
    single = _numbered([saved(scan, "PNG") for scan in scans], ".png")
    joined = [(0, made_letters.tiff_file(*scans), "0.tif")]
    pictures = [saved(scan, "PPM") for scan in scans]
    head = f"OCR of {OCR_PAGES} pages, A4 at 300 dpi"
    print(f"\n{head:46}{'s/page':>8}{'processor s/page':>18}{'MiB together':>14}")
    for name, files, workers in (
        ("ours, one file of all pages, 1 process", joined, 1),
        ("ours, a file a page, 1 process", single, 1),
        ("ours, a file a page, 2 processes", single, 2),
    ):
        run = read_all(files, workers, at_once=1)
        _ocr_line(name, run.seconds, run.processor_s, run.together)
    for side_by_side in (1, 2):
        for threads in ("1", None):
            for psm in ("3", "1"):
                name = f"tesseract --psm {psm}, {side_by_side} at a time, {threads or 'any'} thread"
                _ocr_line(name, *_bare(pictures, side_by_side, threads, psm))


def _ocr_line(name: str, seconds: float, processor_s: float, together: float) -> None:
    print(f"{name:46}{seconds / OCR_PAGES:>8.2f}{processor_s / OCR_PAGES:>18.2f}{together:>14,.0f}")


def _bare(
    pictures: Sequence[bytes], side_by_side: int, threads: str | None, psm: str
) -> tuple[float, float, float]:
    program = shutil.which("tesseract")
    assert program
    environment = {key: value for key, value in os.environ.items() if key != "OMP_THREAD_LIMIT"}
    if threads:
        environment["OMP_THREAD_LIMIT"] = threads

    def read(picture: bytes) -> None:
        command = [program, "stdin", "stdout", "-l", "eng", "--psm", psm, "--dpi", "300"]
        subprocess.run(command, input=picture, check=True, capture_output=True, env=environment)

    with watched_children() as cost, ThreadPoolExecutor(side_by_side) as pool:
        began = time.monotonic()
        list(pool.map(read, pictures))
        seconds = time.monotonic() - began
    return seconds, cost.processor_s, cost.together / 2**20


def growth() -> None:
    """Print time and memory of one file as it doubles; `growth` is of the processor's time."""
    print(f"\n{'one file as it grows':28}{'bytes':>12}{'s':>8}{'processor s':>13}{'growth':>8}{'MiB':>6}")
    scan = made_letters.scan(1, dpi=200)
    kinds: list[tuple[str, Callable[[int], bytes], Sequence[int]]] = [
        ("a.txt", lambda n: made_letters.text_file(1) * n, (1_500, 3_000, 6_000)),
        ("a.pdf", lambda n: made_letters.pdf_file(1, pages=n), (250, 500, 1_000, 2_000)),
        ("a.docx", _long_docx, (1_000, 2_000, 4_000)),
        ("a.html", lambda n: made_letters.html_file(1) * n, (1_000, 2_000, 4_000)),
    ]
    if shutil.which("tesseract"):
        kinds.append(("a.tif", lambda n: made_letters.tiff_file(*[scan] * n), (4, 8, 16)))
    for name, make, sizes in kinds:
        before = 0.0
        for size in sizes:
            data = make(size)
            run = read_all([(0, data, name)], 1)
            grown = f"{run.processor_s / before:.2f}" if before else ""
            label = f"{name} x {size:,}" + (", set aside" if run.failed else "")
            print(
                f"{label:28}{len(data):>12,}{run.seconds:>8.2f}{run.processor_s:>13.2f}{grown:>8}{run.together:>6,.0f}"
            )
            before = run.processor_s


def _long_docx(letters: int) -> bytes:
    """Make a Word file of many letters; packed no smaller than files of letters are."""
    return made_letters.docx_file(*range(letters))


def main() -> None:
    """Measure and print."""
    print(describe("pypdfium2", "pillow", "lxml"))
    throughput()
    if shutil.which("tesseract"):
        recognition()
    growth()


if __name__ == "__main__":
    main()
