"""Cards corrected by hand: what somebody wrote goes before what was read, and is shown as such (pure)."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from vectorstore.dates import find_date, read_date_line
from vectorstore.errors import CorrectionError
from vectorstore.letter import CARD_FIELDS, CARD_SEVERAL, CardField, Letter, LetterCard

MAX_CHARS = 300
_MONTH_OR_YEAR = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")


def checked(field: str, value: str) -> str:
    """Return a correction as it is kept: white space folded, a date as ISO; "" says that the letter has no such field.

    Raises:
        CorrectionError: no card has this field, or it is no date, or too long.
    """
    if field not in CARD_FIELDS:
        raise CorrectionError(f"A card has no field {field!r}; it has {', '.join(CARD_FIELDS)}.")
    value = " ".join(value.split())
    if len(value) > MAX_CHARS:
        raise CorrectionError(
            f"A card's {field} has at most {MAX_CHARS} characters; this has {len(value):,}."
        )
    if field == "date" and value and not _MONTH_OR_YEAR.fullmatch(value):
        found = find_date(value) or read_date_line(value)
        if found is None:
            raise CorrectionError(f"{value!r} is no date; write it like 9 October 2020 or 2020-10-09.")
        return found.iso
    return value


def corrected(letter: Letter, corrections: Mapping[str, str]) -> Letter:
    """Return the letter with its card corrected.

    Args:
        corrections: value by field, as `checked` returns them.
    """
    changes: dict[str, Any] = {}
    for field, value in corrections.items():
        changes[field] = _field(letter.text, value) if value else None
        if field in CARD_SEVERAL:
            changes[CARD_SEVERAL[field]] = (changes[field],) if value else ()
    return replace(letter, card=replace(letter.card, **changes))


def still_good(corrections: Mapping[str, str], before: LetterCard, now: LetterCard) -> dict[str, str]:
    """Return the corrections that hold for a new version of a file: of fields that are read as they were before.

    Args:
        before, now: cards as they were read, not corrected.
    """
    return {field: value for field, value in corrections.items() if before.value(field) == now.value(field)}


def _field(text: str, value: str) -> CardField:
    """Return the field with its place, where the letter has these very words."""
    found = re.search(r"\s+".join(re.escape(word) for word in value.split()), text)
    start, end = found.span() if found else (None, None)
    return CardField(value, start, end, "corrected")
