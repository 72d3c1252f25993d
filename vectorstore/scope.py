"""Which letters a scope holds (pure)."""

from collections.abc import Iterable
from functools import lru_cache

from vectorstore.letter import Letter, LetterCard, Scope
from vectorstore.words import stems


def in_scope(card: LetterCard, scope: Scope, letter_id: str = "") -> bool:
    """Whether a letter with this card and id is in scope; a letter without the field asked for is not."""
    if scope.letter_ids and letter_id not in scope.letter_ids:
        return False
    if any(
        _names(card.value(field), value) for field in ("area", "author", "office") for value in scope.excluded
    ):
        return False
    for field, wanted in (
        ("area", scope.area),
        ("author", scope.author),
        ("addressee", scope.addressee),
        ("report", scope.report),
        ("reference", scope.reference),
    ):
        if wanted and not any(_names(has, value) for has in card.values(field) for value in wanted):
            return False
    date = card.value("date")
    # A date of less precision is in scope where any day of it is.
    if scope.date_from and (date is None or date < scope.date_from[: len(date)]):
        return False
    return not (scope.date_to and (date is None or date[: len(scope.date_to)] > scope.date_to))


def letters_in(letters: Iterable[Letter], scope: Scope) -> list[Letter]:
    """Return the letters in scope, in the order given."""
    return [letter for letter in letters if in_scope(letter.card, scope, letter.id)]


def _names(value: str | None, wanted: str) -> bool:
    """Whether a card's value holds all the words wanted: "Campion" names "John Campion"."""
    return value is not None and bool(words := _words(wanted)) and words <= _words(value)


@lru_cache(maxsize=200_000)
def _words(value: str) -> frozenset[str]:
    return frozenset(stems(value))
