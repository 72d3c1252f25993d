"""`letters`: every letter's card."""

import argparse
from dataclasses import asdict
from typing import Any

from assistant.commands.output import emit
from assistant.settings import Settings
from vectorstore.letter import CARD_FIELDS


def add(commands: Any, common: argparse.ArgumentParser) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("letters", parents=[common], help="list the letters and their cards")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace, settings: Settings) -> int:
    """List the letters by date."""
    from vectorstore.store import Store

    store = Store(settings.store)
    for letter in store.letters():
        card = {
            name: asdict(value) if (value := getattr(letter.card, name)) else None for name in CARD_FIELDS
        }
        if options.json:
            passages = len(store.passages_of([letter.id]))
            emit(
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
                mark = "" if field["how"] == "stated" else f"  ({field['how']})"
                print(f"  {name:10} {'; '.join(letter.card.values(name))}{mark}")
    return 0
