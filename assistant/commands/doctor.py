"""`doctor`: whether store, index and settings are in order, and what to do if not."""

import argparse
from dataclasses import asdict
from typing import Any

from assistant.commands.output import emit
from assistant.settings import Settings


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "doctor", parents=[common], help="see whether store, index and settings are in order"
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """Print each finding; exit code 1 where something is not in order."""
    from assistant.doctor import examine

    code = 0
    for finding in examine(settings):
        code = code or int(not finding.ok)
        if options.json:
            emit(asdict(finding))
        else:
            print(f"{'ok ' if finding.ok else 'BAD'} {finding.part}: {finding.says}")
    return code
