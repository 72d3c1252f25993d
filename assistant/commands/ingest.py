"""`ingest`: read letters into the store, and say what came of each file."""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from assistant.commands.output import emit, say
from assistant.settings import Settings
from vectorstore.progress import Progress


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("ingest", parents=[common], help="read letters into the store")
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="files and folders (default: letters/)"
    )
    parser.add_argument(
        "--rebuild", action="store_true", help="read all anew, also with another model or splitter"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Read files and folders; exit code 1 where a file could not be read."""
    from assistant import assembly

    absent = [path for path in options.paths if not path.exists()]
    if absent:
        say(f"There is no file or folder {str(absent[0])!r}. Nothing was changed.")
        return 1
    show = None if options.json or not sys.stderr.isatty() else _progress
    report = assembly.ingest(
        settings, options.paths, rebuild=options.rebuild, on_progress=show, on_notice=say
    )
    if options.json:
        emit(asdict(report))
    else:
        print(
            f"{report.added} added, {report.unchanged} unchanged, {report.replaced} replaced,"
            f" {report.removed} removed, {len(report.failed)} failed."
            f" {report.letters} letters, {report.passages} passages, {report.seconds:.1f} s."
        )
    for failure in (*report.failed, *report.notes):
        say(f"{failure.source}: {failure.reason}")
    return 1 if report.failed else 0


def _progress(progress: Progress) -> None:
    counted = "files" if progress.stage == "reading" else "passages embedded"
    line = f"{progress.done:,}/{progress.total:,} {counted}, {progress.pages:,} pages"
    if progress.seconds_left is not None and progress.seconds_left >= 1:
        line += f", {_time(progress.seconds_left)} left"
    end = "" if progress.done < progress.total else "\n"
    print(f"\r\033[K{line} {progress.name}"[:120], end=end, file=sys.stderr, flush=True)


def _time(seconds: float) -> str:
    minutes = round(seconds) // 60
    return f"{minutes} min" if minutes else f"{seconds:.0f} s"
