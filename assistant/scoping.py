"""Which letters a question means: names, dates and exclusions in its own words (pure)."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Kind
from assistant.cues import EXCEPT
from assistant.lexicon import Mention
from vectorstore.dates import find_dates
from vectorstore.letter import Letter, Scope
from vectorstore.scope import in_scope, letters_in
from vectorstore.words import tokens

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTH_YEAR = re.compile(rf"\b(?P<month>{'|'.join(_MONTHS)})\s+(?P<year>(?:19|20)\d\d)\b", re.I)
# 2018/19 is a financial year or part of a title, not when somebody wrote.
_YEAR = re.compile(r"(?<![\d/–-])(?P<year>(?:19|20)\d\d)\b(?![/–-]\d)")
_BEFORE = re.compile(r"\b(?:before|until|up to|earlier than|prior to)\s+(?:\w+\s+)?$", re.I)
_AFTER = re.compile(r"\b(?:(?P<later>after|later than)|since|from)\s+(?:\w+\s+)?$", re.I)
_LATEST = re.compile(r"\b(?:latest|most recent|newest)\b", re.I)
_OLDEST = re.compile(
    r"\b(?:oldest|earliest|first) (?:letter|reply|response)\b(?!.*\b(?:later|second|latest|last|newer)\b)",
    re.I,
)


def scope_of(
    question: str,
    mentions: Sequence[Mention],
    letters: Sequence[Letter],
    *,
    inherited: Scope | None,
    given: Scope | None,
) -> Scope:
    """Return the scope that a question's words set, within the caller's.

    A word of scope that would leave no letter at all is dropped: it does not mean a letter.
    """
    scope = inherited or Scope()
    own = Scope()
    excluded = [m for m in mentions if EXCEPT.search(_text_before(question, m))]
    kept = [m for m in mentions if m not in excluded]
    for field in ("area", "author", "reference"):
        values = tuple(dict.fromkeys(m.name.value for m in kept if m.name.field == field))
        if values:
            own = replace(own, **{field: values})  # type: ignore[arg-type]  # these three fields hold tuples of names
    if own.area and own.author:
        own = _either(own, letters)
    offices = [m for m in kept if m.name.field == "office" and 0 < len(m.name.letter_ids) < len(letters) / 3]
    if offices and not own:
        own = replace(own, letter_ids=tuple(sorted(set().union(*(m.name.letter_ids for m in offices)))))
    people = tuple(dict.fromkeys(m.name.value for m in kept if m.name.field == "addressee"))
    if people and not any(m.name.field == "greeted" for m in kept):
        own = replace(own, addressee=people)
    if excluded:
        own = replace(
            own, excluded=tuple(m.name.value for m in excluded if m.name.field in {"area", "author"})
        )
    own = _dated(question, own, letters)
    narrowed = own or scope
    if not any(in_scope(letter.card, narrowed, letter.id) for letter in letters):
        narrowed = replace(narrowed, date_from=None, date_to=None)
    return _within(narrowed, given, letters)


def _either(own: Scope, letters: Sequence[Letter]) -> Scope:
    """Mean both of an author and an area that are not one letter's ("Campion and Dorset"), not their overlap."""
    if letters_in(letters, own):
        areas = {letter.id for letter in letters_in(letters, Scope(area=own.area))}
        authors = {letter.id for letter in letters_in(letters, Scope(author=own.author))}
        if authors <= areas:
            return own
    both = [
        letter.id
        for scope in (Scope(area=own.area), Scope(author=own.author))
        for letter in letters_in(letters, scope)
    ]
    return replace(own, area=(), author=(), letter_ids=tuple(dict.fromkeys(both)))


def _text_before(question: str, mention: Mention) -> str:
    pieces = list(re.finditer(r"\S+", question))
    owner = [at for at, piece in enumerate(pieces) for _ in tokens(piece[0])]
    return question[: pieces[owner[mention.start]].start()] if mention.start < len(owner) else ""


def _dated(question: str, own: Scope, letters: Sequence[Letter]) -> Scope:
    """Narrow by the dates in a question that are dates of letters."""
    dates = sorted({date for letter in letters_in(letters, own) if (date := letter.card.value("date"))})
    if not dates:
        return own
    if _LATEST.search(question) and re.search(
        r"\b(?:letter|reply|response|say|said|position)\b", question, re.I
    ):
        return replace(own, date_from=dates[-1])
    if _OLDEST.search(question):
        return replace(own, date_to=dates[0])
    found: list[tuple[int, str]] = [(date.start, date.iso) for date in find_dates(question)]
    found += [
        (m.start(), f"{m['year']}-{_MONTHS[m['month'].lower()]:02}") for m in _MONTH_YEAR.finditer(question)
    ]
    spoken = {at for at, _ in found}
    years = [(m.start(), m["year"]) for m in _YEAR.finditer(question)]
    found += [(at, year) for at, year in years if not any(start <= at <= start + 20 for start in spoken)]
    meant = [(at, prefix) for at, prefix in found if any(date.startswith(prefix) for date in dates)]
    for at, prefix in found:
        after = _AFTER.search(question[:at])
        if after and any(date > prefix for date in dates) and len(found) == 1:
            # "After 2019" begins with 2020, "since 2019" with 2019.
            later = after["later"] and len(prefix) == 4
            return replace(own, date_from=str(int(prefix) + 1) if later else prefix)
        if _BEFORE.search(question[:at]) and any(date < prefix for date in dates) and len(found) == 1:
            return replace(own, date_to=_day_before(prefix))
    if not meant:
        return own
    # A year that every letter in scope bears tells nothing; one that some bear narrows to those.
    ids = tuple(
        letter.id
        for letter in letters_in(letters, own)
        if any((letter.card.value("date") or "").startswith(prefix) for _, prefix in meant)
    )
    if len(ids) == len(letters_in(letters, own)):
        return own
    low, high = min(prefix for _, prefix in meant), max(prefix for _, prefix in meant)
    return replace(own, date_from=low, date_to=high)


def _day_before(prefix: str) -> str:
    """Return a date bound just below a year, month or day, as `Scope.date_to` takes it."""
    if len(prefix) == 4:
        return str(int(prefix) - 1)
    year, month = int(prefix[:4]), int(prefix[5:7])
    if len(prefix) == 7:
        return f"{year - 1}-12" if month == 1 else f"{year}-{month - 1:02}"
    return prefix


def _within(scope: Scope, given: Scope | None, letters: Sequence[Letter]) -> Scope:
    """Narrow a question's scope by the caller's."""
    if not given:
        return scope
    if not scope:
        return given
    ids = tuple(
        letter.id
        for letter in letters
        if in_scope(letter.card, scope, letter.id) and in_scope(letter.card, given, letter.id)
    )
    return replace(given, letter_ids=ids or ("none",))


def sides_of(
    mentions: Sequence[Mention], inside: Sequence[Letter], kind: Kind
) -> tuple[tuple[str, Scope], ...]:
    """Return the sides of a comparison: by name, or by letter where one author's letters are compared over time."""
    if kind == "over_time":
        return (
            tuple((_dated_heading(letter), Scope(letter_ids=(letter.id,))) for letter in inside)
            if len(inside) > 1
            else ()
        )
    if kind != "compare":
        return ()
    allowed = {letter.id for letter in inside}
    sides: list[tuple[str, Scope]] = []
    taken: set[frozenset[str]] = set()
    for mention in mentions:
        if mention.name.field not in {"area", "author"}:
            continue
        ids = frozenset(mention.name.letter_ids & allowed)
        if ids and not any(ids & other for other in taken):
            taken.add(ids)
            sides.append((_titled(mention.name.value), Scope(letter_ids=tuple(sorted(ids)))))
    return tuple(sides)


def _titled(value: str) -> str:
    return value if any(c.isupper() for c in value) else value.title()


def _dated_heading(letter: Letter) -> str:
    from vectorstore.dates import written

    date = letter.card.value("date")
    who = letter.card.value("author") or letter.source
    return f"{written(date)}, {who}" if date else who
