"""`ask`: one question, or a file of them, answered with citations."""

import argparse
import json
import re
import shutil
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from assistant.commands.output import emit, say
from assistant.commands.questions import read_lines, read_text, refuse
from assistant.settings import Settings
from assistant.usage import offered, told
from vectorstore.errors import QuestionError
from vectorstore.letter import Scope

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.chat import Assistant

SCOPE_FIELDS = ("area", "author", "addressee", "report", "reference", "from", "to")
LINE = 100  # characters, where the terminal does not say
_ISO_DATE = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("ask", parents=[common], help="ask the letters a question")
    parser.add_argument("question", nargs="?", metavar="QUESTION")
    parser.add_argument(
        "--from",
        dest="questions",
        type=Path,
        metavar="FILE.jsonl",
        help='lines of {"id", "question", "history"}',
    )
    parser.add_argument(
        "--history", type=Path, metavar="FILE", help="earlier questions: one a line, or a JSON list"
    )
    parser.add_argument(
        "--scope",
        type=_scope,
        metavar="area=...,from=...",
        help=f"narrow the letters by {', '.join(SCOPE_FIELDS)}; dates are yyyy, yyyy-mm or yyyy-mm-dd; begin with"
        " 'all' to set aside what the question's own words narrow",
    )
    parser.add_argument(
        "--engine", choices=["auto", "quoting", "model"], help="who drafts (default: the settings')"
    )
    parser.add_argument(
        "--read-on",
        action="store_true",
        help="let the model judge the letters that a complete pass leaves open, a call each",
    )
    parser.add_argument(
        "--at-most",
        type=float,
        metavar="COST",
        help="with --read-on: send nothing where that is estimated to cost more",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Answer; exit code 1 where a question cannot be asked."""
    from assistant import assembly

    if (options.question is None) == (options.questions is None):
        say("Give one question, or many with --from FILE.jsonl.")
        return 2
    if options.questions and options.history:
        say("With --from, each line brings its own history; leave --history out.")
        return 2
    history = _history(options.history) if options.history else []
    lines = (
        read_lines(options.questions, "question")
        if options.questions
        else [{"id": None, "question": options.question, "history": history}]
    )
    assistant = assembly.open_assistant(settings)
    if assistant.notice:
        say(assistant.notice)
    code = 0
    for at, line in enumerate(lines):
        if options.questions and not options.json:
            print("\n" * bool(at) + f"Question: {line['question']}\n")
        try:
            answer = _answer(assistant, line, options)
        except QuestionError as error:
            refuse(line, "question", error, options)
            code = 1
            continue
        if options.json:
            emit(answer_json(answer, line["id"]))
        else:
            _print_answer(answer)
    return code


def _answer(assistant: "Assistant", line: dict[str, Any], options: argparse.Namespace) -> "Answer":
    """Answer a line's question after its earlier ones, each with the turns before it."""
    from assistant.answer import Turn

    scope, only = options.scope or Given(None)
    turns: list[Turn] = []
    for earlier in line["history"]:
        turns.append(Turn(earlier, assistant.ask(earlier, history=turns, scope=scope)))
    answer = assistant.ask(line["question"], history=turns, scope=scope, only=only)
    if not (options.read_on and answer.left_open):
        return answer
    cost = answer.left_open.cost
    if options.at_most is not None and (cost is None or cost > options.at_most):
        estimate = "is not known without prices" if cost is None else f"is {told(answer.left_open)}"
        say(f"Nothing was sent: the estimate {estimate}, and --at-most is {options.at_most:g}.")
        return answer
    say(f"{offered(answer.left_open, assistant.engine)}.")
    read = assistant.ask(line["question"], history=turns, scope=scope, only=only, on_stage=say, read_on=True)
    return replace(read, seconds=answer.seconds + read.seconds)


def answer_json(answer: "Answer", key: object) -> dict[str, Any]:
    """Return an answer as the command line prints it (the stable contract)."""
    from assistant.scope_words import in_words

    return {
        "id": key,
        "question": answer.question,
        "standalone": answer.standalone,
        "kind": answer.kind,
        "status": answer.status,
        "answer": answer.text,
        "statements": [
            {"text": s.text, "supported": s.supported, "citations": list(s.citations)} for s in answer.statements
        ],
        "citations": [
            {
                "n": c.number, "letter_id": c.letter_id, "source": c.source, "page": c.page, "paragraph": c.paragraph,
                "start": c.start, "end": c.end, "quote": c.exact, "label": c.label, "speaker": c.speaker,
            }
            for c in answer.citations
        ],
        "ledger": None if answer.ledger is None else [
            {
                "letter_id": r.letter_id, "source": r.source, "says": r.says, "citations": list(r.citations),
                **({"by": r.by} if r.by else {}),
            }
            for r in answer.ledger.rows
        ],
        "nearest": list(answer.nearest),
        "letters_in_scope": answer.letters_in_scope,
        "letters_read": answer.letters_read,
        "engine": answer.engine,
        "prompt_id": answer.prompt_id,
        "notice": answer.notice,
        "seconds": round(answer.seconds, 3),
        "usage": answer.usage and asdict(answer.usage),
        "left_open": answer.left_open and asdict(answer.left_open),
        "scope": in_words(answer.scope),
        "table": _table_json(answer),
    }  # fmt: skip


def _table_json(answer: "Answer") -> dict[str, Any] | None:
    """Return a comparison by rows; a cell without citations says that nothing was found."""
    from assistant.comparison import table_of

    table = table_of(answer.kind, answer.statements)
    if table is None:
        return None
    return {
        "issues": list(table.issues),
        "rows": [
            {
                "heading": heading,
                "cells": [[{"text": s.text, "citations": list(s.citations)} for s in cell] for cell in cells],
            }
            for heading, cells in table.rows
        ],
    }


def _print_answer(answer: "Answer") -> None:
    from assistant.commands.printed import printed

    for line in printed(answer, shutil.get_terminal_size((LINE, 0)).columns):
        print(line)
    if answer.notice:
        say(answer.notice)
    if answer.usage:
        say(f"Used by the model: {told(answer.usage)}.")
    if answer.left_open:
        say(f"{offered(answer.left_open, 'the model')}: --read-on does it.")


class Given(NamedTuple):
    """What `--scope` says: the letters, and whether they take the place of what the question's words set."""

    scope: Scope | None
    only: bool = False


def _scope(text: str) -> Given:
    """Read `area=West Mercia,from=2020` as a scope; `all` before it sets the question's own words aside.

    Raises:
        argparse.ArgumentTypeError: it is not written so.
    """
    given: dict[str, tuple[str, ...]] = {}
    parts = text.split(",") if text else []
    only = bool(parts) and parts[0].strip() == "all"
    for part in parts[only:]:
        name, value = (side.strip() for side in [*part.split("=", 1), ""][:2])
        if name not in SCOPE_FIELDS or not value:
            raise argparse.ArgumentTypeError(
                f"{part!r} is not understood; write name=value, the name one of {', '.join(SCOPE_FIELDS)}"
            )
        if name in {"from", "to"} and not _ISO_DATE.fullmatch(value):
            raise argparse.ArgumentTypeError(f"{value!r} is no date; write yyyy, yyyy-mm or yyyy-mm-dd")
        given[name] = (*given.get(name, ()), value)
    scope = (
        Scope(
            area=given.get("area", ()),
            author=given.get("author", ()),
            addressee=given.get("addressee", ()),
            report=given.get("report", ()),
            reference=given.get("reference", ()),
            date_from=max(given.get("from", ()), default=None),
            date_to=min(given.get("to", ()), default=None),
        )
        or None
    )
    return Given(scope, only)


def _history(path: Path) -> list[str]:
    text = read_text(path)
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        return [line.strip() for line in text.split("\n") if line.strip()]
    if isinstance(given, list) and all(isinstance(question, str) for question in given):
        return given
    raise QuestionError(
        f"The history in {str(path)!r} must be earlier questions, one a line or as a JSON list of strings."
    )
