"""How long a user waits, and how much memory it takes: `python -m benchmarks.answering`.

Prints one line a measure, with machine and versions. Needs a store of nobody's: it makes its own in a temporary
folder from `letters/`.
"""

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from importlib.metadata import version
from pathlib import Path

from assistant import assembly
from assistant.settings import ROOT, load_settings

CASES = ROOT / "evals" / "cases.jsonl"
PAGE_PORT = 8599


def main() -> None:
    """Measure ingest, questions, the command line, and the first page."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, " + _versions())
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(store=Path(folder), engine="quoting")
        assembly.open_embeddings(settings)
        report = assembly.ingest(settings)
        print(f"ingest of {report.letters} letters, model loaded before: {report.seconds:.2f} s")
        _questions(folder)
        _command_line(folder)
        _first_page(folder)


def _versions() -> str:
    return ", ".join(
        f"{name} {version(name)}" for name in ("chromadb", "onnxruntime", "langchain-core", "streamlit")
    )


def _questions(folder: str) -> None:
    assistant = assembly.open_assistant(load_settings(store=Path(folder), engine="quoting"))
    questions = [json.loads(line)["question"] for line in CASES.read_text(encoding="utf-8").splitlines()]
    assistant.ask(questions[0])
    cold, warm = [], []
    for kept in (cold, warm):
        for question in questions:
            began = time.monotonic()
            assistant.ask(question)
            kept.append(time.monotonic() - began)
    for name, seconds in (("first time asked", cold), ("asked again", warm)):
        print(
            f"{len(seconds)} questions, {name}: median {statistics.median(seconds):.3f} s, "
            f"95 % under {statistics.quantiles(seconds, n=20)[-1]:.3f} s, slowest {max(seconds):.3f} s"
        )
    print(
        f"memory of this process at most: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB"
    )


def _command_line(folder: str) -> None:
    began = time.monotonic()
    command = [
        sys.executable,
        "-m",
        "assistant",
        "ask",
        "Who wrote the first letter?",
        "--store",
        folder,
        "--json",
    ]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    print(f"command line, one question from cold: {time.monotonic() - began:.2f} s")


def _first_page(folder: str) -> None:
    """Start the page as `make chat` does, open it over its socket, and look at its memory."""
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={PAGE_PORT}"]
    began = time.monotonic()
    server = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, "LETTERS_STORE": folder},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _healthy():
            time.sleep(0.05)
        up = time.monotonic() - began
        drawn, memory = _draw_page(folder)
        print(f"server up after {up:.2f} s; first page drawn in {drawn:.2f} s, with {memory:.0f} MiB")
    finally:
        server.terminate()
        server.wait()


def _healthy() -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{PAGE_PORT}/_stcore/health", timeout=1) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _draw_page(folder: str) -> tuple[float, float]:
    """Run the page's script once from cold, in a process of its own, and return its seconds and MiB."""
    script = (
        "import resource, time; began = time.monotonic()\n"
        "from streamlit.testing.v1 import AppTest\n"
        "page = AppTest.from_file('app.py', default_timeout=60).run()\n"
        "assert not page.exception, page.exception\n"
        "print(time.monotonic() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "LETTERS_STORE": folder},
    )
    seconds, memory = done.stdout.split()[-2:]
    return float(seconds), float(memory)


if __name__ == "__main__":
    main()
