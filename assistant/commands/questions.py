"""Files of questions or queries: JSON lines, all checked before any is answered."""

import argparse
import json
from pathlib import Path
from typing import Any

from assistant.commands.output import emit, say
from vectorstore.errors import QuestionError


def refuse(line: dict[str, Any], name: str, error: QuestionError, options: argparse.Namespace) -> None:
    """Say why this one cannot be answered, in its place: one bad line of many does not keep the others waiting."""
    say(f"{line['id']}: {error}" if options.questions else str(error))
    if options.json and options.questions:
        emit({"id": line["id"], name: line[name], "error": str(error)})


def read_text(path: Path) -> str:
    """Read a file of UTF-8 text.

    Raises:
        QuestionError: it cannot be read, or is no UTF-8 text.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise QuestionError(f"The file {str(path)!r} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise QuestionError(f"The file {str(path)!r} is not UTF-8 text.") from error


def read_lines(path: Path, name: str) -> list[dict[str, Any]]:
    """Read a file of questions or queries; all of it is checked before any is answered."""
    found = []
    # A JSON string may hold every line break but this one.
    for number, line in enumerate(read_text(path).split("\n"), start=1):
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
