"""The command line: ingest, ask, brief, check, search, letters, conversations, doctor.

Exit codes: 0 done, 1 something asked for was not possible, 2 usage. With --json, standard output holds one JSON
object a line and nothing else; progress and warnings go to standard error.
"""

import argparse
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from assistant.commands import ask, brief, check, conversations, doctor, ingest, letters, search
from assistant.settings import load_settings
from vectorstore.errors import LetterAssistantError

COMMANDS = (ingest, ask, brief, check, search, letters, conversations, doctor)


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
    for command in COMMANDS:
        command.add(commands, common)
    return parser


if __name__ == "__main__":
    sys.exit(main())
