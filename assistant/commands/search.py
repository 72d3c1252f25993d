"""`search`: the passages nearest to a query, without an answer."""

import argparse
import time
from pathlib import Path
from typing import Any

from assistant.commands.output import emit, say
from assistant.commands.questions import read_lines, refuse
from assistant.settings import Settings
from vectorstore.errors import QuestionError


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("search", parents=[common], help="find passages")
    parser.add_argument("query", nargs="?", metavar="QUERY")
    parser.add_argument(
        "--from", dest="questions", type=Path, metavar="FILE.jsonl", help='lines of {"id", "query"}'
    )
    parser.add_argument(
        "--limit", type=_positive, default=10, metavar="N", help="passages at most (default: 10)"
    )
    parser.add_argument(
        "--thorough",
        action="store_true",
        help="hold the query against the best passages word by word too, as answers do (slower)",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Search; exit code 1 where a query cannot be searched."""
    from assistant import assembly
    from assistant.question import clean

    if (options.query is None) == (options.questions is None):
        say("Give one query, or many with --from FILE.jsonl.")
        return 2
    lines = (
        read_lines(options.questions, "query")
        if options.questions
        else [{"id": None, "query": options.query}]
    )
    search, notice = assembly.open_search(settings)
    if notice:
        say(notice)
    code = 0
    for line in lines:
        began = time.monotonic()
        try:
            query = clean(line["query"], max_chars=settings.max_question_chars)
        except QuestionError as error:
            refuse(line, "query", error, options)
            code = 1
            continue
        found = search.search(query, limit=options.limit, thorough=options.thorough)
        if search.notice:
            say(search.notice)
        sources = search.store.sources({f.passage.letter_id for f in found})
        passages = [
            {
                "letter_id": f.passage.letter_id, "source": sources.get(f.passage.letter_id, ""),
                "start": f.passage.start, "end": f.passage.end, "page": f.passage.page,
                "score": round(f.score, 6), "text": f.passage.text,
            }
            for f in found
        ]  # fmt: skip
        seconds = round(time.monotonic() - began, 3)
        if options.json:
            emit({"id": line["id"], "query": line["query"], "passages": passages, "seconds": seconds})
            continue
        for rank, passage in enumerate(passages, start=1):
            place = f"{passage['source']} {passage['start']}:{passage['end']}"
            print(f"{rank}. {place} (score {passage['score']:.2f})")
            print(f"   {' '.join(str(passage['text']).split())}")
    return code


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 up")
    return number
