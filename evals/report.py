"""A run as a Markdown report: what was measured, where, with what, and which thresholds it meets."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from evals.origin import Origin
from evals.run import Result
from evals.summary import Share, Summary, summarise, summarise_kinds
from evals.table import COLUMNS, cells, interval, share, totals

PACKAGES = (
    "chromadb",
    "langchain",
    "langchain-core",
    "onnxruntime",
    "tokenizers",
    "numpy",
    "nupunkt",
    "pydantic",
)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share that is asked for, and what was measured."""

    name: str
    wanted: float
    measured: Share

    @property
    def verdict(self) -> str:
        """Met, missed, or not measured where nothing was counted."""
        if self.measured.value is None:
            return "not measured"
        return "met" if self.measured.value >= self.wanted else "missed"


def thresholds(results: Sequence[Result]) -> list[Threshold]:
    """Hold a run against what the product promises."""
    scores = [result.score for result in results]

    def of(*kinds: str) -> Summary:
        return summarise(kinds[0], [score for score in scores if score.kind in kinds])

    found, everything = of("fact", "paraphrase"), summarise("all", scores)
    falsely = everything.false_abstention
    return [
        Threshold("Facts and paraphrases: right letter first", 0.9, found.right_letter_first),
        Threshold("Facts and paraphrases: gold sentence cited", 0.95, found.gold_cited),
        Threshold("Lists: exact set of letters", 0.95, of("list").exact_set),
        Threshold("Unanswerable: abstains", 0.95, of("unanswerable").abstained),
        Threshold("What the letters answer is answered", 0.95, Share(falsely.n - falsely.hits, falsely.n)),
        Threshold("Follow-ups pass", 0.9, of("follow_up").passed),
        Threshold("Citations word for word in their letter", 1.0, everything.verbatim),
    ]


def write_report(results: Sequence[Result], origin: Origin) -> str:
    """Return the report of a run in Markdown."""
    rows = summarise_kinds([result.score for result in results])
    failing = [result for result in results if not result.score.passed]
    promised = [
        [line.name, f"{100 * line.wanted:.0f} %", share(line.measured), interval(line.measured), line.verdict]
        for line in thresholds(results)
    ]
    parts = [
        "# How well the letter assistant answers",
        f"{len(results)} cases, engine `{origin.engine}`. Written by `python -m evals report`; do not edit.",
        "## Thresholds",
        _table(["", "wanted", "measured", "95 % interval", ""], promised),
        "## By kind",
        "Shares count the cases that have such a gold; the interval is Wilson's, in per cent, of `passed`.",
        _table(list(COLUMNS), [cells(row) for row in rows]),
        "\n".join(f"- {line}" for line in totals(rows[-1])),
        "How likely the best sentences are to answer, as a curve on questions of the public, and what that would turn "
        "down: [calibration](../benchmarks/calibration.md).",
        "## Cases that fail",
        "\n".join(f"- `{result.case.id}` ({result.case.kind}): {_plain(result)}" for result in failing)
        or "None.",
        "## Made with",
        "\n".join(f"- {line}" for line in _surroundings(origin)),
    ]
    return "\n\n".join(parts) + "\n"


def machine() -> str:
    """Name the processor and its cores, as far as the operating system tells."""
    name = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        lines = cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines()
        name = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), name)
    return f"{name}, {os.cpu_count()} cores, {platform.system()}"


def _surroundings(origin: Origin) -> list[str]:
    packages = ", ".join(f"{name} {_version(name)}" for name in PACKAGES)
    return [
        f"Machine: {machine()}",
        f"Python {platform.python_version()}; {packages}",
        f"Embedding model `{origin.embedding}`, splitter `{origin.splitter}`, prompts: {_prompts(origin)}",
        f"Cases `{origin.cases[:16]}`, letters `{origin.letters[:16]}` (SHA-256)",
    ]


def _prompts(origin: Origin) -> str:
    return ", ".join(f"`{prompt}`" for prompt in origin.prompts) or "none"


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _plain(result: Result) -> str:
    said = result.score.error or (result.answer.status if result.answer else "nothing")
    return f"{' '.join(result.case.question.split())} Expected `{result.case.expect}`, came back: {said}."


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, rule, *rows])
