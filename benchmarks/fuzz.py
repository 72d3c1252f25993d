"""Mutated files of every kind through the sandbox: `python -m benchmarks.fuzz [--files 2000] [--seed 1]`.

Every file must be read or set aside with a reason, within the limits. Exit code 1 if one was not: an exception of
another kind, a fault in a reader, a limit overstepped, or a file written.
"""

import argparse
import os
import random
import re
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from benchmarks import made_letters
from benchmarks.machine import describe, watched_children
from benchmarks.whole_file import Read, read_whole
from tests.pdf_files import Sheet, pdf, saved, whole_page
from vectorstore.errors import UnreadableError
from vectorstore.sandbox import Sandbox

TIMEOUT_S = 60.0
MEMORY_BYTES = 2**30
# A killed process is noticed, and the next one started, within this.
GRACE_S = 10.0
_NUMBER = re.compile(rb"\d+")
_ODD_NUMBERS = (b"0", b"-1", b"65536", b"2147483648", b"4294967295", b"99999999999999999999", b"1e308")
_ODD_BYTES = (b"\0", b"\xff", b"\xff\xfe", b"\xed\xa0\x80", b"<", b">>", b"&#0;", b"%s", b"../", b"\r\n\r\n")
Chance = random.Random


@dataclass(slots=True)
class Tally:
    """How the files fared.

    Args:
        wrong: what must not happen, a line each.
    """

    outcomes: Counter[str] = field(default_factory=Counter)
    kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")
    wrong: list[str] = field(default_factory=list)


def seeds() -> dict[str, bytes]:
    """Return the sound files that the mutated ones are made of, one of a kind and more."""
    small = made_letters.scan(7, dpi=100, size=(400, 220))
    layered = pdf(Sheet(whole_page((400, 220)), small, size=(400, 220)), Sheet(""))
    text = made_letters.text_file(1, 200)
    word = made_letters.docx_file(2)
    return {
        "a.txt": text,
        "wide.txt": "\ufeff".encode("utf-16-le") + text.decode().encode("utf-16-le"),
        "a.pdf": made_letters.pdf_file(3, pages=3),
        "scan.pdf": layered,
        "a.docx": word,
        "a.html": made_letters.html_file(4, 200),
        "a.eml": made_letters.eml_file(5),
        "a.zip": made_letters.zip_file({"one.txt": text, "two.docx": word, "in/three.pdf": layered}),
        "a.png": saved(small, "PNG"),
        "a.jpg": saved(small, "JPEG"),
        "a.tif": made_letters.tiff_file(small, small),
        "grey.tiff": saved(small, "TIFF"),
    }


def mutated(files: int, seed: int) -> Iterator[tuple[str, bytes, str]]:
    """Yield mutated files, each with the words that name it in a report."""
    sound = seeds()
    names = list(sound)
    for number in range(files):
        name = names[number % len(names)]
        chance = random.Random(f"{seed} {number}")  # noqa: S311 - to be made again, not to be secret
        data = _mutate(sound[name], chance, sound)
        yield f"{name} number {number} of seed {seed}", data, name


def _mutate(data: bytes, chance: Chance, sound: dict[str, bytes]) -> bytes:
    # Packed parts are mostly refused by their checksums: what is behind those is met by mutating the parts.
    if data.startswith(b"PK") and chance.random() < 0.6:
        return _repacked(data, chance, sound)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        data = chance.choice(_MUTATIONS)(data, chance, sound)
    return data


def _repacked(data: bytes, chance: Chance, sound: dict[str, bytes]) -> bytes:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = chance.choice(list(parts))
    parts[name] = _mutate(parts[name], chance, sound)
    return made_letters.zip_file(parts, chance.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)))


def _place(data: bytes, chance: Chance) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + int(2 ** (12 * chance.random())))


def _flip(data: bytes, chance: Chance, _sound: dict[str, bytes]) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 8, 64)) if changed else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _truncate(data: bytes, chance: Chance, _sound: dict[str, bytes]) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _cut(data: bytes, chance: Chance, _sound: dict[str, bytes]) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + data[end:]


def _repeat(data: bytes, chance: Chance, _sound: dict[str, bytes]) -> bytes:
    start, end = _place(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 3, 200)) + data[end:]


def _splice(data: bytes, chance: Chance, sound: dict[str, bytes]) -> bytes:
    other = chance.choice(list(sound.values()))
    start, end = _place(other, chance)
    at = chance.randrange(len(data) + 1)
    return data[:at] + other[start:end] + data[at + chance.choice((0, end - start)) :]


def _insert(data: bytes, chance: Chance, _sound: dict[str, bytes]) -> bytes:
    at = chance.randrange(len(data) + 1)
    return data[:at] + chance.choice(_ODD_BYTES) * chance.choice((1, 4, 1000)) + data[at:]


def _number(data: bytes, chance: Chance, _sound: dict[str, bytes]) -> bytes:
    found = list(_NUMBER.finditer(data))
    if not found:
        return data
    at = chance.choice(found)
    return data[: at.start()] + chance.choice(_ODD_NUMBERS) + data[at.end() :]


_MUTATIONS: tuple[Callable[[bytes, Chance, dict[str, bytes]], bytes], ...] = (
    _flip,
    _flip,
    _truncate,
    _cut,
    _repeat,
    _splice,
    _insert,
    _number,
)


def fuzz(files: int, seed: int, *, timeout_s: float = TIMEOUT_S, memory_bytes: int = MEMORY_BYTES) -> Tally:
    """Read mutated files one by one in a sandbox, and count how they fared."""
    tally = Tally()
    good = made_letters.pdf_file(9)
    with Sandbox(read_whole, timeout_s=timeout_s, memory_bytes=memory_bytes) as sandbox:
        for words, data, name in mutated(files, seed):
            began = time.monotonic()
            try:
                sandbox.read(data, name)
                outcome = "read"
            except UnreadableError as error:
                outcome = _outcome(str(error))
                if outcome == "fault":
                    tally.wrong.append(f"{words}: {error}")
                elif outcome != "set aside":
                    tally.wrong += _next_fails(sandbox, good, words)
            except Exception as error:  # noqa: BLE001 - any other one is what is being looked for
                outcome = "raised"
                tally.wrong.append(f"{words}: {type(error).__name__}: {error}")
            seconds = time.monotonic() - began
            if seconds > timeout_s + GRACE_S:
                tally.wrong.append(f"{words}: took {seconds:.0f} s")
            tally.outcomes[outcome] += 1
            tally.kinds[name, outcome] += 1
            tally.slowest = max(tally.slowest, (seconds, words))
    return tally


def _outcome(reason: str) -> str:
    """Tell a limit or a fault from a file's own reason."""
    if reason.startswith("its reader has a fault"):
        return "fault"
    if reason.startswith("its reader crashed"):
        return "crashed"
    if reason.startswith("reading it takes longer"):
        return "timed out"
    return "out of memory" if reason.startswith("reading it takes more than") else "set aside"


def _next_fails(sandbox: Sandbox[Read], good: bytes, words: str) -> list[str]:
    try:
        sandbox.read(good, "good.pdf")
    except UnreadableError as error:
        return [f"{words}: the good file after it is not read: {error}"]
    return []


def main() -> int:
    """Fuzz, and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--files", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print(describe("pypdfium2", "pillow", "lxml"))
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, watched_children() as cost:
        os.chdir(folder)
        os.environ["TMPDIR"] = folder
        tally = fuzz(given.files, given.seed)
        tally.wrong += [f"written: {path.name}" for path in Path(folder).iterdir()]
        os.chdir("/")
    if cost.largest > MEMORY_BYTES:
        tally.wrong.append(f"a process took {cost.largest:,} bytes")
    for name in seeds():
        counts = {outcome: count for (kind, outcome), count in sorted(tally.kinds.items()) if kind == name}
        print(f"{name:12}", ", ".join(f"{outcome} {count}" for outcome, count in counts.items()))
    print(f"{given.files:,} files in {time.monotonic() - began:.0f} s:", dict(tally.outcomes))
    print(f"slowest: {tally.slowest[0]:.1f} s, {tally.slowest[1]}")
    print(
        f"memory at most: {cost.largest / 2**20:.0f} MiB a process, {cost.together / 2**20:.0f} MiB together"
    )
    print(*tally.wrong[:20], sep="\n")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
