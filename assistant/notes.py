"""What is to be said beside an answer of its letters: dates that none bears, doubtful dates, doubles (pure)."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer import Kind
from assistant.periods import Period
from assistant.scoping import held_by
from vectorstore.dates import written
from vectorstore.letter import Letter, Scope
from vectorstore.scope import letters_in

ALIKE = 0.8  # of the paragraphs of two letters, from which on they are one letter twice
_WORDS = frozenset({"body", "bullet", "heading"})
_PREPOSITION = re.compile(r"(?!of |from |dated )[a-z]+ ", re.IGNORECASE)
# "What did they say in 2014?" asks for letters of that year.
_OF_WRITING = re.compile(
    r"\b(?:sa(?:y|ys|id)|wr(?:ote|ite|ites|itten)|letters?|repl(?:y|ies|ied)|respon(?:ses?|d|ded)|views?|positions?)\b",
    re.IGNORECASE,
)


def unmet(question: str, kind: Kind, periods: Sequence[Period], inside: Sequence[Letter]) -> tuple[str, str]:
    """Say which date in a question is no letter's: as a reason that nothing answers, and as a note beside an answer.

    Args:
        inside: the letters that the question's other words mean.
    """
    missing = next((p for p in periods if not any(held_by(p, letter) for letter in inside)), None)
    if missing is None or not inside:
        return "", ""
    said = f"no letter in scope was written {_when(missing, question)}"
    if kind == "about_letters":
        return said, ""
    if kind != "list" and not _OF_WRITING.search(question) and _spoken_of(missing, inside):
        return "", ""  # when something happened that the letters tell of, not when they were written
    year = re.compile(rf"(?<!\d){(missing.first or missing.last or '')[:4]}")
    if kind != "list" and not any(year.search(letter.text) for letter in inside):
        return f"{said}, and none names that year", ""
    return "", f"{said[0].upper()}{said[1:]}."


def _when(period: Period, question: str) -> str:
    """Return a period's words with the preposition that writing takes: "on 3 May 2021" for "of 3 May 2021"."""
    words = question[period.start : period.end]
    if words[:1].islower() and _PREPOSITION.match(words):
        return words
    on_day = period.first == period.last and len(period.first or "") == len("2021-05-03")
    return f"{'on' if on_day else 'in'} {period.words}"


def _spoken_of(period: Period, letters: Sequence[Letter]) -> bool:
    """Whether a letter names that very time, a year, a month or a day, in its own words."""
    named = re.compile(rf"(?<!\d){re.escape(period.words)}(?!\d)".replace(r"\ ", r"\s+"), re.IGNORECASE)
    return any(named.search(letter.text) for letter in letters)


def notes_on(scope: Scope, inside: Sequence[Letter], everywhere: Sequence[Letter]) -> Iterator[str]:
    """Yield what a reader should know about the letters that an answer rests on.

    Args:
        inside: the letters in scope.
    """
    if scope.date_from or scope.date_to:
        bound = max(len(scope.date_from or ""), len(scope.date_to or ""))
        for letter in inside:
            date = letter.card.value("date") or ""
            if len(date) < bound:
                yield f"{_named(letter)} is dated only {written(date)}, and was looked at too."
        undated = [
            letter
            for letter in letters_in(everywhere, _without_dates(scope))
            if letter.card.value("date") is None
        ]
        if undated:
            names = ", ".join(letter.source for letter in undated[:3])
            yield f"{len(undated)} without a date left out ({names}{', …' if len(undated) > 3 else ''})."


def twice(letters: Sequence[Letter]) -> Iterator[str]:
    """Yield a sentence for each two letters that are nearly one and bear conflicting dates or references."""
    for one, other in itertools.combinations(letters, 2):
        if one.card.value("author") != other.card.value("author") or not _alike(one, other):
            continue
        differing = [
            f"{name} {_shown(name, one)} and {_shown(name, other)}"
            for name in ("date", "reference", "addressee")
            if one.card.value(name) != other.card.value(name)
        ]
        words = len(_paragraphs(one) ^ _paragraphs(other))
        differing += [f"words of {words} paragraphs"] if words else []
        conflict = "; ".join(differing) or "nothing but the file"
        yield f"{one.source} and {other.source} are nearly the same letter and conflict in: {conflict}."


def _shown(name: str, letter: Letter) -> str:
    value = letter.card.value(name)
    return (written(value) if name == "date" else value) if value else "none"


def _alike(one: Letter, other: Letter) -> bool:
    first, second = _paragraphs(one), _paragraphs(other)
    return bool(first and second) and len(first & second) >= ALIKE * min(len(first), len(second)) - 1


def _paragraphs(letter: Letter) -> set[str]:
    return {" ".join(letter.text[b.start : b.end].split()) for b in letter.blocks if b.role in _WORDS}


def _without_dates(scope: Scope) -> Scope:
    return replace(scope, date_from=None, date_to=None)


def _named(letter: Letter) -> str:
    return f"The letter by {letter.card.value('author') or letter.source}"
