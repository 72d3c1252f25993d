"""The machine that a measurement ran on, and how much memory programs take there (Linux alone tells)."""

import os
import platform
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

_SAMPLE_S = 0.05


def describe(*packages: str) -> str:
    """Return one line: processor, cores that may be used, load, and the versions of these packages."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    names = [f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in packages)]
    if program := shutil.which("tesseract"):
        said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
        names.append(said.split("\n", 1)[0])
    return (
        f"{platform.machine()}, {cores} cores (load before: {os.getloadavg()[0]:.1f}), Linux {platform.release()}, "
        + ", ".join(names)
    )


@dataclass(slots=True)
class Cost:
    """What child processes took.

    Args:
        together: the most memory that all of them held at once, resident, in bytes.
        largest: the same of one of them.
        processor_s: what they computed; unlike time by the clock it does not grow when others use the machine.
    """

    together: int = 0
    largest: int = 0
    processor_s: float = 0.0


@contextmanager
def watched_children() -> Iterator[Cost]:
    """Look at the memory of this process's descendants, 20 times a second, and at what they compute in the block."""
    cost, ended = Cost(), threading.Event()
    before = _processor_s()

    def watch() -> None:
        while not ended.wait(_SAMPLE_S):
            sizes = [size for size, _ in _children()]
            cost.together = max(cost.together, sum(sizes))
            cost.largest = max(cost.largest, *sizes, 0)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield cost
    finally:
        ended.set()
        thread.join()
        cost.processor_s = _processor_s() - before


def _processor_s() -> float:
    """Return what all descendants have computed so far, those included that have ended."""
    ended = os.times()
    return ended.children_user + ended.children_system + sum(seconds for _, seconds in _children())


def _children() -> Iterator[tuple[int, float]]:
    """Yield of each descendant its resident bytes, and the seconds that it and its own ended ones have computed."""
    found: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                # The program's name stands in brackets and may hold spaces.
                fields = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
            except OSError:
                continue  # it has just ended
            found[int(entry.name)] = [int(fields[at]) for at in (1, 21, 11, 12, 13, 14)]
    own = os.getpid()
    for parent, pages, *ticks in found.values():
        if _descends(parent, own, found):
            yield pages * os.sysconf("SC_PAGE_SIZE"), sum(ticks) / os.sysconf("SC_CLK_TCK")


def _descends(process: int, ancestor: int, found: dict[int, list[int]]) -> bool:
    while process != ancestor and process in found:
        process = found[process][0]
    return process == ancestor
