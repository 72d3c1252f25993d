"""The command line: ingest, ask, search, letters, doctor.

Exit codes: 0 done, 1 something asked for was not possible, 2 usage. With --json, standard output holds one JSON
object a line and nothing else; progress and warnings go to standard error.
"""

import argparse
import io
import json
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.settings import Settings, load_settings
from vectorstore.errors import LetterAssistantError, QuestionError
from vectorstore.letter import CARD_FIELDS, Scope

if TYPE_CHECKING:
    from assistant.answer import Answer
    from assistant.chat import Assistant

SCOPE_FIELDS = ("area", "author", "addressee", "report", "reference", "from", "to")
_ISO_DATE = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal may lack a letter's characters
    try:
        settings = load_settings(store=options.store, engine=getattr(options, "engine", None))
        code: int = options.run(options, settings)
    except LetterAssistantError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. What was done so far is kept.", file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    return code


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--store", type=Path, metavar="DIR", help="folder of the store (default: the settings')"
    )
    common.add_argument("--json", action="store_true", help="print one JSON object a line")
    parser = argparse.ArgumentParser(
        prog="python -m assistant",
        description="Answers questions over official letters with verified citations.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    ingest = commands.add_parser("ingest", parents=[common], help="read letters into the store")
    ingest.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="files and folders (default: letters/)"
    )
    ingest.add_argument(
        "--rebuild", action="store_true", help="read all anew, also with another model or splitter"
    )
    ingest.set_defaults(run=_ingest)

    ask = commands.add_parser("ask", parents=[common], help="ask the letters a question")
    ask.add_argument("question", nargs="?", metavar="QUESTION")
    ask.add_argument(
        "--from",
        dest="questions",
        type=Path,
        metavar="FILE.jsonl",
        help='lines of {"id", "question", "history"}',
    )
    ask.add_argument(
        "--history", type=Path, metavar="FILE", help="earlier questions: one a line, or a JSON list"
    )
    ask.add_argument(
        "--scope",
        type=_scope,
        metavar="area=...,from=...",
        help=f"narrow the letters by {', '.join(SCOPE_FIELDS)}; dates are yyyy, yyyy-mm or yyyy-mm-dd",
    )
    ask.add_argument(
        "--engine", choices=["auto", "quoting", "model"], help="who drafts (default: the settings')"
    )
    ask.set_defaults(run=_ask)

    search = commands.add_parser("search", parents=[common], help="find passages")
    search.add_argument("query", nargs="?", metavar="QUERY")
    search.add_argument(
        "--from", dest="questions", type=Path, metavar="FILE.jsonl", help='lines of {"id", "query"}'
    )
    search.add_argument(
        "--limit", type=_positive, default=10, metavar="N", help="passages at most (default: 10)"
    )
    search.set_defaults(run=_search)

    letters = commands.add_parser("letters", parents=[common], help="list the letters and their cards")
    letters.set_defaults(run=_letters)

    doctor = commands.add_parser(
        "doctor", parents=[common], help="see whether store, index and settings are in order"
    )
    doctor.set_defaults(run=_doctor)
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 up")
    return number


def _say(line: str) -> None:
    print(line, file=sys.stderr)


def _emit(value: object) -> None:
    """Print one JSON object; neither a lone surrogate nor a terminal that is not UTF-8 must end the run."""
    text = json.dumps(value, ensure_ascii=(sys.stdout.encoding or "").lower() not in {"utf-8", "utf8"})
    print(text.encode("utf-8", "replace").decode(), flush=True)


# -- ingest ---------------------------------------------------------------------------------------


def _ingest(options: argparse.Namespace, settings: Settings) -> int:
    from assistant import assembly

    absent = [path for path in options.paths if not path.exists()]
    if absent:
        _say(f"There is no file or folder {str(absent[0])!r}. Nothing was changed.")
        return 1
    show = None if options.json or not sys.stderr.isatty() else _progress
    report = assembly.ingest(
        settings, options.paths, rebuild=options.rebuild, on_progress=show, on_notice=_say
    )
    if options.json:
        _emit(asdict(report))
    else:
        print(
            f"{report.added} added, {report.unchanged} unchanged, {report.replaced} replaced,"
            f" {report.removed} removed, {len(report.failed)} failed."
            f" {report.letters} letters, {report.passages} passages, {report.seconds:.1f} s."
        )
    for failure in report.failed:
        _say(f"{failure.source}: {failure.reason}")
    return 1 if report.failed else 0


def _progress(done: int, total: int, name: str) -> None:
    print(
        f"\r\033[K{done + 1}/{total} {name}"[:100],
        end="" if done + 1 < total else "\n",
        file=sys.stderr,
        flush=True,
    )


# -- ask ------------------------------------------------------------------------------------------


def _ask(options: argparse.Namespace, settings: Settings) -> int:
    from assistant import assembly

    if (options.question is None) == (options.questions is None):
        _say("Give one question, or many with --from FILE.jsonl.")
        return 2
    if options.questions and options.history:
        _say("With --from, each line brings its own history; leave --history out.")
        return 2
    history = _history(options.history) if options.history else []
    lines = (
        _lines(options.questions, "question")
        if options.questions
        else [{"id": None, "question": options.question, "history": history}]
    )
    assistant = assembly.open_assistant(settings)
    if assistant.notice:
        _say(assistant.notice)
    code = 0
    for line in lines:
        try:
            answer = _answer(assistant, line, options.scope)
        except QuestionError as error:
            _refuse(line, "question", error, options)
            code = 1
            continue
        if options.json:
            _emit(answer_json(answer, line["id"]))
        else:
            _print_answer(answer)
    return code


def _refuse(line: dict[str, Any], name: str, error: QuestionError, options: argparse.Namespace) -> None:
    """Say why this one cannot be answered, in its place: one bad line of many does not keep the others waiting."""
    _say(f"{line['id']}: {error}" if options.questions else str(error))
    if options.json and options.questions:
        _emit({"id": line["id"], name: line[name], "error": str(error)})


def _answer(assistant: "Assistant", line: dict[str, Any], scope: Scope | None) -> "Answer":
    """Answer a line's question after its earlier ones, each with the turns before it."""
    from assistant.answer import Turn

    turns: list[Turn] = []
    for earlier in line["history"]:
        turns.append(Turn(earlier, assistant.ask(earlier, history=turns, scope=scope)))
    return assistant.ask(line["question"], history=turns, scope=scope)


def answer_json(answer: "Answer", key: object) -> dict[str, Any]:
    """Return an answer as the command line prints it (the stable contract)."""
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
            {"letter_id": r.letter_id, "source": r.source, "says": r.says, "citations": list(r.citations)}
            for r in answer.ledger.rows
        ],
        "nearest": list(answer.nearest),
        "letters_in_scope": answer.letters_in_scope,
        "letters_read": answer.letters_read,
        "engine": answer.engine,
        "prompt_id": answer.prompt_id,
        "notice": answer.notice,
        "seconds": round(answer.seconds, 3),
    }  # fmt: skip


def _print_answer(answer: "Answer") -> None:
    if answer.standalone != answer.question:
        print(f"Understood as: {answer.standalone}\n")
    print(answer.text)
    if answer.nearest:
        print("\nNearest, though no answer:")
    elif answer.citations:
        print()
    for citation in answer.citations:
        speaker = f" (words of {citation.speaker})" if citation.speaker else ""
        print(f"[{citation.number}] “{' '.join(citation.exact.split())}”")
        print(f"    {citation.label}{speaker} · {citation.source}")
    if answer.notice:
        _say(answer.notice)


def _scope(text: str) -> Scope | None:
    """Read `area=West Mercia,from=2020` as a scope.

    Raises:
        argparse.ArgumentTypeError: it is not written so.
    """
    given: dict[str, tuple[str, ...]] = {}
    for part in text.split(",") if text else ():
        name, value = (side.strip() for side in [*part.split("=", 1), ""][:2])
        if name not in SCOPE_FIELDS or not value:
            raise argparse.ArgumentTypeError(
                f"{part!r} is not understood; write name=value, the name one of {', '.join(SCOPE_FIELDS)}"
            )
        if name in {"from", "to"} and not _ISO_DATE.fullmatch(value):
            raise argparse.ArgumentTypeError(f"{value!r} is no date; write yyyy, yyyy-mm or yyyy-mm-dd")
        given[name] = (*given.get(name, ()), value)
    return (
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


def _history(path: Path) -> list[str]:
    text = _text(path)
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        return [line.strip() for line in text.split("\n") if line.strip()]
    if isinstance(given, list) and all(isinstance(question, str) for question in given):
        return given
    raise QuestionError(
        f"The history in {str(path)!r} must be earlier questions, one a line or as a JSON list of strings."
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise QuestionError(f"The file {str(path)!r} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise QuestionError(f"The file {str(path)!r} is not UTF-8 text.") from error


def _lines(path: Path, name: str) -> list[dict[str, Any]]:
    """Read a file of questions or queries; all of it is checked before any is answered."""
    found = []
    # A JSON string may hold every line break but this one.
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            given = json.loads(line)
        except (ValueError, RecursionError) as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else "it is too deep or too large"
            raise QuestionError(f"Line {number} of {str(path)!r} is not JSON: {reason}.") from error
        history = given.get("history") or [] if isinstance(given, dict) else None
        if (
            not isinstance(given, dict)
            or not isinstance(given.get(name), str)
            or not isinstance(history, list)
        ):
            raise QuestionError(
                f'Line {number} of {str(path)!r} must be an object with "{name}" as a string (and "history" as a list).'
            )
        found.append(
            {
                "id": given.get("id", number),
                name: given[name],
                "history": [str(question) for question in history],
            }
        )
    return found


# -- search, letters, doctor ------------------------------------------------------------------------


def _search(options: argparse.Namespace, settings: Settings) -> int:
    from assistant import assembly
    from assistant.question import clean

    if (options.query is None) == (options.questions is None):
        _say("Give one query, or many with --from FILE.jsonl.")
        return 2
    lines = (
        _lines(options.questions, "query") if options.questions else [{"id": None, "query": options.query}]
    )
    search, notice = assembly.open_search(settings)
    if notice:
        _say(notice)
    sources = {letter.id: letter.source for letter in search.letters()}
    code = 0
    for line in lines:
        began = time.monotonic()
        try:
            query = clean(line["query"], max_chars=settings.max_question_chars)
        except QuestionError as error:
            _refuse(line, "query", error, options)
            code = 1
            continue
        passages = [
            {
                "letter_id": f.passage.letter_id, "source": sources.get(f.passage.letter_id, ""),
                "start": f.passage.start, "end": f.passage.end, "page": f.passage.page,
                "score": round(f.score, 6), "text": f.passage.text,
            }
            for f in search.search(query, limit=options.limit)
        ]  # fmt: skip
        seconds = round(time.monotonic() - began, 3)
        if options.json:
            _emit({"id": line["id"], "query": line["query"], "passages": passages, "seconds": seconds})
            continue
        for rank, passage in enumerate(passages, start=1):
            place = f"{passage['source']} {passage['start']}:{passage['end']}"
            print(f"{rank}. {place} (score {passage['score']:.2f})")
            print(f"   {' '.join(str(passage['text']).split())}")
    return code


def _letters(options: argparse.Namespace, settings: Settings) -> int:
    from vectorstore.store import Store

    store = Store(settings.store)
    for letter in store.letters():
        card = {
            name: asdict(value) if (value := getattr(letter.card, name)) else None for name in CARD_FIELDS
        }
        if options.json:
            passages = len(store.passages_of([letter.id]))
            _emit(
                {
                    "letter_id": letter.id,
                    "source": letter.source,
                    **card,
                    "pages": len(letter.pages),
                    "passages": passages,
                }
            )
            continue
        print(letter.source)
        for name in CARD_FIELDS:
            field = card[name]
            if field:
                print(f"  {name:10} {field['value']}{'  (inferred)' if field['how'] == 'inferred' else ''}")
    return 0


def _doctor(options: argparse.Namespace, settings: Settings) -> int:
    from assistant.doctor import examine

    code = 0
    for finding in examine(settings):
        code = code or int(not finding.ok)
        if options.json:
            _emit(asdict(finding))
        else:
            print(f"{'ok ' if finding.ok else 'BAD'} {finding.part}: {finding.says}")
    return code


if __name__ == "__main__":
    sys.exit(main())
