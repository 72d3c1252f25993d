"""How many fields of cards are right on a collection of real letters: `python -m benchmarks.cards [FOLDER]`.

Prints a row a file and a column a field. What is right was read off the pages by eye and stands in
`tests/letters/collection_cards.json`; the files are not part of the project. Scans need Tesseract.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from assistant.settings import ROOT
from vectorstore.blocks import find_blocks
from vectorstore.card import find_card
from vectorstore.errors import UnreadableError
from vectorstore.letter import LetterCard
from vectorstore.read import read_letter

FILES = ROOT.parent / "shared" / "data" / "letter_files"
EXPECTED = ROOT / "tests" / "letters" / "collection_cards.json"
FIELDS = ("author", "addressee", "date", "reference")

Accepted = Sequence[str | None]


class Scored(NamedTuple):
    """One field of one file: what the card says, and whether it is among the values that are right."""

    file: str
    field: str
    value: str | None
    right: bool
    given: bool  # whether the paper gives this field at all


def main() -> None:
    """Print the table, what is wrong, and the totals."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FILES
    if not folder.is_dir():
        sys.exit(f"The collected letters are not at {str(folder)!r}; name their folder.")
    scored = score(expected(), folder)
    print(f"{'file':62}" + "".join(f"{field:>11}" for field in FIELDS))
    for file in dict.fromkeys(one.file for one in scored):
        marks = {one.field: "right" if one.right else "WRONG" for one in scored if one.file == file}
        print(f"{file[:60]:62}" + "".join(f"{marks[field]:>11}" for field in FIELDS))
    for one in scored:
        if not one.right:
            print(f"wrong: {one.file}: {one.field} is {one.value!r}")
    for field in FIELDS:
        print(_total(field, [one for one in scored if one.field == field]))
    print(_total("fields that the papers give", [one for one in scored if one.given]))
    print(_total("all", scored))


def expected() -> dict[str, dict[str, Accepted]]:
    """Return the values that are right, by file and field; None among them means that there is none."""
    files = json.loads(EXPECTED.read_text("utf-8"))["files"]
    return {file: {field: card[field] for field in FIELDS} for file, card in files.items()}


def score(cards: Mapping[str, Mapping[str, Accepted]], folder: Path) -> list[Scored]:
    """Read every file and hold its card against what is right; a file that cannot be read has an empty card."""
    scored: list[Scored] = []
    for file, accepted in cards.items():
        card = _card(folder / file)
        for field in FIELDS:
            value = card.value(field)
            scored.append(
                Scored(file, field, value, is_right(value, accepted[field]), None not in accepted[field])
            )
    return scored


def is_right(value: str | None, accepted: Accepted) -> bool:
    """Whether a value is an accepted one, white space and case folded."""
    return _folded(value) in {_folded(other) for other in accepted}


def _folded(value: str | None) -> str | None:
    return None if value is None else " ".join(value.split()).casefold()


def _card(path: Path) -> LetterCard:
    try:
        reading = read_letter(path.read_bytes(), path.name)
    except UnreadableError:
        return LetterCard()
    return find_card(reading.text, find_blocks(reading.text, reading.pages))


def _total(name: str, scored: Sequence[Scored]) -> str:
    right = sum(one.right for one in scored)
    return f"{name}: {right}/{len(scored)} right ({right / max(1, len(scored)):.1%})"


if __name__ == "__main__":
    main()
