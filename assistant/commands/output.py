"""What all commands print with: people's lines to standard error, one JSON object a line to standard output."""

import json
import sys


def say(line: str) -> None:
    """Print a line to standard error."""
    print(line, file=sys.stderr)


def emit(value: object) -> None:
    """Print one JSON object; neither a lone surrogate nor a terminal that is not UTF-8 must end the run."""
    text = json.dumps(value, ensure_ascii=(sys.stdout.encoding or "").lower() not in {"utf-8", "utf8"})
    print(text.encode("utf-8", "replace").decode(), flush=True)
