"""`brief`: questions answered into a briefing, as a Word or Markdown file with footnotes."""

import argparse
import os
from pathlib import Path
from typing import Any

from assistant.commands.output import emit, say
from assistant.settings import Settings

SUFFIXES = (".docx", ".md")


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "brief", parents=[common], help="write answers to a briefing with footnotes (.docx or .md)"
    )
    parser.add_argument(
        "--question",
        action="append",
        required=True,
        metavar="QUESTION",
        help="what to answer; repeat it for more, each is asked on its own",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FILE.docx|.md", help="file to write")
    parser.add_argument("--title", default="", help="title (default: Briefing)")
    parser.add_argument("--author", default="", help="who it is by")
    parser.add_argument("--marking", default="", help="handling marking for header and footer")
    parser.add_argument(
        "--include-unverified", action="store_true", help="keep what is not verified, marked as such"
    )
    parser.add_argument("--force", action="store_true", help="write over a file that is there")
    parser.add_argument(
        "--engine", choices=["auto", "quoting", "model"], help="who drafts (default: the settings')"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Answer the questions and write the file; exit code 1 where there is nothing to write."""
    out: Path = options.out
    if out.suffix.lower() not in SUFFIXES:
        say(f"The file {str(out)!r} is neither .docx nor .md; name one that is.")
        return 2
    if refused := _refused(out, force=options.force):  # before any question is asked
        say(refused)
        return 1

    from assistant import assembly
    from assistant.briefing import Options, collect, corpus_hash
    from assistant.briefing_docx import write_docx
    from assistant.briefing_markdown import write_markdown
    from assistant.compose import counted, make_briefing
    from assistant.house_style import parse_style

    assistant = assembly.open_assistant(settings)
    if assistant.notice:
        say(assistant.notice)
    answers = [assistant.ask(question) for question in options.question]
    letters = assistant.letters()
    corpus = corpus_hash(letters)
    briefing = make_briefing(
        [item for answer in answers for item in collect(answer, corpus)],
        letters,
        options=Options(options.title, options.author, options.marking, options.include_unverified),
        style=parse_style(settings.citation_style),
    )
    for answer in answers:
        if answer.notice and answer.notice != assistant.notice:
            say(answer.notice)
        if answer.kind == "off_topic":
            say(f"{answer.question!r} is left out. {answer.text}")
    for line in briefing.left_out:
        say(line)
    if not briefing.sections:
        hint = " --include-unverified keeps what is not verified." if briefing.left_out else ""
        say(f"There is nothing to write, so no file was written.{hint}")
        return 1
    data = write_docx(briefing) if out.suffix.lower() == ".docx" else write_markdown(briefing).encode()
    try:
        _write(out, data)
    except OSError as error:
        say(f"The file {str(out)!r} cannot be written: {error.strerror}.")
        return 1
    statements = sum(len(section.entries) for section in briefing.sections)
    footnotes = len(briefing.footnotes)
    if options.json:
        emit(
            {
                "out": str(out),
                "statements": statements,
                "footnotes": footnotes,
                "left_out": list(briefing.left_out),
                "corpus_sha256": briefing.corpus_sha256,
            }
        )
    else:
        print(f"Wrote {out}: {counted(statements, 'statement')}, {counted(footnotes, 'footnote')}.")
    return 0


def _refused(out: Path, *, force: bool) -> str:
    """Say why a file cannot be written there; "" when it can."""
    if out.is_dir() or not out.parent.is_dir():
        what = "is a folder" if out.is_dir() else "is in a folder that is not there"
        return f"The file {str(out)!r} {what}; name another."
    if out.exists() and not force:
        return f"The file {str(out)!r} is there already; --force writes over it."
    return ""


def _write(out: Path, data: bytes) -> None:
    """Write all of a file or nothing; what was there stays until the new one is whole."""
    part = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        part.write_bytes(data)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)
