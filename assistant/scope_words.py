"""A scope put into words, part by part, and without one of its parts (pure)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from vectorstore.dates import written
from vectorstore.letter import Scope

_NAMED = ("area", "author", "addressee", "report", "reference")


class Part(NamedTuple):
    """One part of a scope in words, and the scope that is left without it."""

    words: str
    without: Scope


def parts(scope: Scope) -> list[Part]:
    """Return what narrows a scope: names, dates, chosen letters, letters left out."""
    found = []
    for field in _NAMED:
        chosen: tuple[str, ...] = getattr(scope, field)
        if chosen:
            found.append(Part(f"{field} {' or '.join(chosen)}", replace(scope, **{field: ()})))  # type: ignore[arg-type]  # these fields hold tuples of names
    if dates := dated(scope):
        found.append(Part(dates, replace(scope, date_from=None, date_to=None)))
    if scope.letter_ids:
        number = len(scope.letter_ids) if scope.letter_ids != ("none",) else 0
        words = f"{number:,} chosen letter{'' if number == 1 else 's'}"
        found.append(Part(words, replace(scope, letter_ids=())))
    if scope.excluded:
        found.append(Part(f"without {_listed(scope.excluded)}", replace(scope, excluded=())))
    return found


def in_words(scope: Scope) -> str:
    """Say which letters are looked at; "" when all are."""
    return "; ".join(part.words for part in parts(scope))


def dated(scope: Scope) -> str:
    """Say of which dates the letters in scope are; "" where any will do."""
    if scope.date_from and scope.date_from == scope.date_to:
        return f"dated {written(scope.date_from)}"
    if scope.date_from and scope.date_to:
        return f"dated {written(scope.date_from)} to {written(scope.date_to)}"
    if scope.date_from:
        return f"dated {written(scope.date_from)} or later"
    return f"dated {written(scope.date_to)} or earlier" if scope.date_to else ""


def _listed(names: Sequence[str]) -> str:
    shown = [*names[:3], f"{len(names) - 3:,} others"] if len(names) > 4 else list(names)
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
