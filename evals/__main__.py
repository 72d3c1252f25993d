"""Command line of the evaluation: `python -m evals run | gate | report`.

Tables go to standard output, progress and what went wrong to standard error. Exit codes: 0 done, 1 the gate
is shut or something asked for was not possible, 2 usage.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from assistant.settings import ROOT
from evals.case import CaseError, CaseKind, choose_kinds, load_cases
from evals.gate import Baseline, make_baseline, read_baseline, what_got_worse, write_baseline
from evals.origin import Origin, origin_of
from evals.record import record
from evals.report import thresholds, write_report
from evals.run import Result, read_files, run_cases, throwaway_assistant
from evals.summary import summarise_kinds
from evals.table import COLUMNS, aligned, cells, failures, share, totals
from vectorstore.errors import LetterAssistantError

HERE = Path(__file__).resolve().parent


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    arguments = _parser().parse_args(argv)
    try:
        # Read first: without a baseline nobody should wait for the cases to run.
        compares = arguments.command == "gate" and not arguments.update
        baseline = read_baseline(arguments.baseline) if compares else None
        results, origin = _evaluate(arguments)
        if arguments.command == "run":
            return _run(arguments, results, origin)
        if baseline is not None:
            return _compare(results, origin, baseline)
        if arguments.command == "gate":
            return _update(arguments, results, origin)
        return _report(arguments, results, origin)
    except LetterAssistantError as error:
        _say(str(error))
        return 1


def _evaluate(arguments: argparse.Namespace) -> tuple[list[Result], Origin]:
    if not arguments.cases.is_file():
        raise CaseError(f"There is no file of cases {str(arguments.cases)!r}. Name one with --cases.")
    with throwaway_assistant(arguments.letters, arguments.engine, _say) as assistant:
        letters = assistant.letters()
        cases = load_cases(arguments.cases, {letter.source: letter.text for letter in letters})
        chosen = choose_kinds(cases, getattr(arguments, "kind", None) or ())
        results = run_cases(assistant, chosen, read_files(arguments.letters), _progress)
        _say(f"{len(chosen)} cases over {len(letters)} letters done.")
        return results, origin_of(arguments.cases, letters, assistant, [result.answer for result in results])


def _run(arguments: argparse.Namespace, results: list[Result], origin: Origin) -> int:
    rows = summarise_kinds([result.score for result in results])
    print(aligned([COLUMNS, *(cells(row) for row in rows)]), "", *totals(rows[-1]), sep="\n")
    if arguments.failures:
        print("", failures(results) or "No case failed.", sep="\n")
    if arguments.json:
        _write(arguments.json, record(results, origin))
    return 0


def _update(arguments: argparse.Namespace, results: list[Result], origin: Origin) -> int:
    write_baseline(arguments.baseline, make_baseline(results, origin))
    _say(f"Wrote {arguments.baseline.name}: {_passing(results)}.")
    return 0


def _compare(results: list[Result], origin: Origin, baseline: Baseline) -> int:
    worse = what_got_worse(results, origin, baseline)
    for line in worse:
        _say(line)
    print(f"Gate {'shut' if worse else 'open'}: {_passing(results)}.")
    return 1 if worse else 0


def _report(arguments: argparse.Namespace, results: list[Result], origin: Origin) -> int:
    _write(arguments.out, write_report(results, origin))
    for line in thresholds(results):
        print(f"{line.name}: {share(line.measured)}, wanted {100 * line.wanted:.0f} %: {line.verdict}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description="How well the assistant answers.")
    commands = parser.add_subparsers(dest="command", required=True)
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--cases", type=Path, default=HERE / "cases.jsonl", metavar="FILE", help="the cases to run"
    )
    shared.add_argument(
        "--letters", type=Path, default=ROOT / "letters", metavar="DIR", help="the letters to ask"
    )
    shared.add_argument("--engine", choices=("quoting", "model"), default="quoting", help="who drafts")

    run = commands.add_parser("run", parents=[shared], help="run the cases and print a table")
    run.add_argument(
        "--kind", action="append", choices=get_args(CaseKind), help="only this kind; may be repeated"
    )
    run.add_argument("--failures", action="store_true", help="list the cases that fail with what came back")
    run.add_argument("--json", type=Path, metavar="OUT", help="write every result to this file")

    gate = commands.add_parser(
        "gate", parents=[shared], help="compare with the baseline; 1 where something got worse"
    )
    gate.add_argument("--baseline", type=Path, default=HERE / "baselines" / "quoting.json", metavar="FILE")
    gate.add_argument("--update", action="store_true", help="write the baseline instead of comparing")

    report = commands.add_parser("report", parents=[shared], help="write the report in Markdown")
    report.add_argument("--out", type=Path, default=HERE / "report.md", metavar="FILE")
    return parser


def _passing(results: list[Result]) -> str:
    return f"{sum(result.score.passed for result in results)} of {len(results)} cases pass"


def _write(path: Path, content: str) -> None:
    try:
        path.write_text(content, encoding="utf-8")
    except OSError as error:
        raise CaseError(f"{str(path)!r} cannot be written: {error.strerror}. Name another file.") from error
    _say(f"Wrote {path.name}.")


def _progress(done: int, of: int, case_id: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{done}/{of} {case_id}", end="", file=sys.stderr, flush=True)
    elif done % 20 == 0:
        print(f"{done}/{of}", file=sys.stderr, flush=True)


def _say(line: str) -> None:
    clear = "\r\033[K" if sys.stderr.isatty() else ""
    print(f"{clear}{line}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
