"""`check`: each quotation and figure of a draft held against the letters."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.commands.output import emit, say
from assistant.settings import Settings
from vectorstore.errors import LetterAssistantError

if TYPE_CHECKING:
    from assistant.finding import Finding

REPORTS = (".md", ".docx")


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "check", parents=[common], help="hold a draft's quotations and figures against the letters"
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="a draft: text, Markdown or Word (.docx)")
    parser.add_argument(
        "--out", type=_report, metavar="FILE.md|.docx", help="write a report of the check as well"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Check a draft; exit code 1 where it cannot be read or the report cannot be written."""
    from assistant.check import Checker, summary
    from assistant.finding import by_trouble
    from assistant.read_draft import open_draft
    from vectorstore.store import Store

    text = open_draft(options.file)
    letters = Store(settings.store).letters()
    if not letters:
        say("There are no letters in the store yet. Run `python -m assistant ingest` first.")
        return 1
    findings = Checker(letters).check(text)
    if options.out:
        _write(options.out, findings, options.file.name, len(letters))
    if options.json:
        for finding in findings:
            emit(finding.as_json())
    else:
        _print_findings(by_trouble(findings))
        print(summary(findings))
    return 0


def _print_findings(findings: "Sequence[Finding]") -> None:
    from assistant.check_report import heading, place

    for finding in findings:
        quoted = f"“{finding.quote}”" if finding.kind == "quote" else finding.quote
        print(f"{heading(finding).upper() if finding.loud else heading(finding)}: {quoted}")
        if finding.difference:
            print(f"    {finding.difference}")
        if finding.citation:
            print(f"    {place(finding)}")
        if finding.note:
            print(f"    {finding.note}")
        print()


def _write(path: Path, findings: "Sequence[Finding]", name: str, letters: int) -> None:
    from assistant.check_report import write_docx, write_markdown

    try:
        if path.suffix.lower() == ".docx":
            path.write_bytes(write_docx(findings, name=name, letters=letters))
        else:
            path.write_text(write_markdown(findings, name=name, letters=letters), "utf-8")
    except OSError as error:
        raise LetterAssistantError(
            f"The report {str(path)!r} cannot be written: {error.strerror}."
        ) from error
    say(f"Wrote {path}.")


def _report(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in REPORTS:
        raise argparse.ArgumentTypeError(f"{text!r} ends neither in .md nor in .docx")
    return path
