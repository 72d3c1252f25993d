"""Which letters a question means: names, dates and exclusions in its own words (pure)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.card_cues import holders
from assistant.cues import CHANGED, EXCEPT
from assistant.letter_order import LATEST_OF, LETTER, WHICH_LETTER, bounds_of, dates_of_two, names_two
from assistant.lexicon import TITLES, Mention
from assistant.periods import Period, day_after, day_before
from vectorstore.dates import find_dates
from vectorstore.letter import Letter, Scope
from vectorstore.scope import in_scope, letters_in
from vectorstore.words import rarity, stems, tokens

_TO = re.compile(
    r"\b(?:to|wr(?:ote|ites?|itten|iting)|address(?:ed|es)?|told|tell|tells|send|sent|asked)\s+(?:the\s+)?"
    rf"(?:(?:{'|'.join(sorted(TITLES))})\.?\s+)*$",
    re.I,
)
_FROM_EVENT = re.compile(r"\b(?P<how>since|after|before|until)\s+(?:the\s+|(?:his|her|their)\s+)?$", re.I)
_THEIR_LETTER = re.compile(rf"['’]?s?\s+(?:\w+\s+)?{LETTER}\b", re.I)
_SINCE_REPORT = re.compile(
    r"\b(?P<how>since|after|before)\s+the\s+(?P<what>(?:[\w'’&-]+\s+){1,8}?)"
    r"(?P<noun>(?:spotlight\s+|inspection\s+|thematic\s+)?(?:report|inspection|review)"
    r"(?:\s+(?:on|into|of|about)\s+[\w'’& -]{3,60}?)?)"
    r"(?=[?.,;!]|$| (?:was|were|came|is|did|has|have|about|say|said)\b)",
    re.I,
)
_A_REPORT = re.compile(r"\b(?:report|inspection|review)s?\b", re.I)
NEAR_REPORT = 200  # code points before the words that say when it came out
_PUBLISHED = re.compile(r"\b(?:published|released|issued|appeared|came out)\b[^.\n]{0,40}", re.I)


def scope_of(
    question: str,
    mentions: Sequence[Mention],
    letters: Sequence[Letter],
    periods: Sequence[Period],
    *,
    inherited: Scope | None,
    given: Scope | None,
) -> Scope:
    """Return the scope that a question's words set, within the caller's.

    A word of scope that would leave no letter at all is dropped: it does not mean a letter.

    Args:
        periods: what `assistant.periods.find_periods` found in `question`.
    """
    scope = inherited or Scope()
    own = Scope()
    periods = [_from_the_day(period, letters) for period in periods]
    excluded = [m for m in mentions if EXCEPT.search(_text_before(question, m))]
    events = [m for m in mentions if _dates_event(question, m)]
    kept = _one_role(question, [m for m in mentions if m not in excluded and m not in events])
    for field in ("area", "author", "reference"):
        values = tuple(dict.fromkeys(m.name.value for m in kept if m.name.field == field))
        if values:
            own = replace(own, **{field: values})  # type: ignore[arg-type]  # these three fields hold tuples of names
    if own.area and own.author:
        own = _either(own, letters)
    offices = [m for m in kept if m.name.field == "office" and not m.name.general]
    if offices and not own:
        own = replace(own, letter_ids=tuple(sorted(set().union(*(m.name.letter_ids for m in offices)))))
    if not own and (described := holders(question, letters)):
        own = replace(own, letter_ids=tuple(sorted(described.letter_ids)))
    people = tuple(dict.fromkeys(m.name.value for m in kept if m.name.field == "addressee"))
    greeted = [m for m in kept if m.name.field == "greeted"]
    if people and not greeted:
        own = replace(own, addressee=people)
    received = [m.name.letter_ids for m in greeted if _TO.search(_text_before(question, m))]
    if received and any(len(ids) < len(letters) for ids in received):
        own = _of_ids(own, frozenset().union(*received), letters)
    if excluded:
        own = replace(
            own, excluded=tuple(m.name.value for m in excluded if m.name.field in {"area", "author"})
        )
    own = own or scope
    groups = [m.name.letter_ids for m in kept if m.name.field in {"area", "author"}]
    if len(groups) > 1 and any(one.isdisjoint(other) for one in groups for other in groups):
        own = _dated_each(question, own, groups, letters, periods, events)
    else:
        own = _dated(question, own, letters, periods, events)
    return _within(own, given, letters)


def _dated_each(
    question: str,
    own: Scope,
    groups: Sequence[frozenset[str]],
    letters: Sequence[Letter],
    periods: Sequence[Period],
    events: Sequence[Mention],
) -> Scope:
    """Narrow each writer's letters by the dates on their own: a date that one never wrote on is not meant of them."""
    inside = letters_in(letters, own)
    kept: set[str] = set()
    for ids in groups:
        theirs = [letter for letter in inside if letter.id in ids]
        whose = Scope(letter_ids=tuple(letter.id for letter in theirs))
        dated = _dated(question, whose, letters, periods, events) if theirs else whose
        kept.update(letter.id for letter in letters_in(theirs, dated))
    if len(kept) == len(inside) or not kept:
        return own
    together = _dated(question, own, letters, periods, events)
    if {letter.id for letter in letters_in(letters, together)} == kept:
        return together
    return replace(own, letter_ids=tuple(letter.id for letter in inside if letter.id in kept))


def _one_role(question: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Take a name that both a writer, or their office, and an addressee bear for the one whom the question means."""
    kept = []
    for mention in mentions:
        same = {m.name.field for m in mentions if (m.start, m.end) == (mention.start, mention.end)}
        to = _TO.search(_text_before(question, mention))
        writing = same & {"author", "office"}
        if writing and "addressee" in same and mention.name.field in (writing if to else {"addressee"}):
            continue
        kept.append(mention)
    return kept


def _of_ids(own: Scope, ids: frozenset[str], letters: Sequence[Letter]) -> Scope:
    """Narrow a scope to some letters; leave it as it is where none of them is in it."""
    kept = [letter.id for letter in letters_in(letters, own) if letter.id in ids]
    return replace(own, letter_ids=tuple(kept)) if kept else own


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
    return question[: span_of(question, mention)[0]]


def span_of(question: str, mention: Mention) -> tuple[int, int]:
    """Return where a mention's words begin and end in the question, in code points, punctuation included."""
    pieces = list(re.finditer(r"\S+", question))
    owner = [piece for piece in pieces for _ in tokens(piece[0])]
    if mention.end > len(owner):
        return 0, 0
    return owner[mention.start].start(), owner[mention.end - 1].end()


def _dates_event(question: str, mention: Mention) -> bool:
    """Whether a name only says whose letter something came after: "since Underhill's reply"."""
    start, end = span_of(question, mention)
    end -= len(question[start:end]) - len(re.sub(r"['’]s?$", "", question[start:end]))
    return bool(_FROM_EVENT.search(question[:start]) and _THEIR_LETTER.match(question, end))


def _dated(
    question: str,
    own: Scope,
    letters: Sequence[Letter],
    periods: Sequence[Period],
    events: Sequence[Mention],
) -> Scope:
    """Narrow by the dates in a question that are dates of letters."""
    inside = letters_in(letters, own)
    dates = sorted({date for letter in inside if (date := letter.card.value("date"))})
    if not dates:
        return own
    if names_two(question):
        both = dates_of_two(question, dates)
        return replace(own, letter_ids=tuple(x.id for x in inside if x.card.value("date") in both))
    if bounds := bounds_of(question, dates):
        return replace(own, date_from=bounds[0], date_to=bounds[1])
    found = [*periods, *_since_events(question, letters, events)]
    meant = [period for period in found if any(map(period.holds, dates))]
    if not meant:
        return own
    if CHANGED.search(question):
        meant = [_from_what_stood(period, dates) for period in meant]
    kept = [letter for letter in inside if any(held_by(period, letter) for period in meant)]
    # A year that every letter in scope bears tells nothing; one that some bear narrows to those.
    if len(kept) == len(inside) and all(period.first and period.last for period in meant):
        return own
    if len(meant) == 1:
        return replace(own, date_from=meant[0].first, date_to=meant[0].last)
    return replace(own, letter_ids=tuple(letter.id for letter in kept))


def _from_what_stood(period: Period, dates: Sequence[str]) -> Period:
    """Begin a time "since" something with the last letter before it, where none was written as it began."""
    before = [date for date in dates if period.first and date < period.first]
    if not before or period.last or not period.first or any(date.startswith(period.first) for date in dates):
        return period
    return period._replace(first=before[-1])


def without_when(question: str, periods: Sequence[Period]) -> str:
    """Put "the" for each word that only says when the letters were written: the others keep their place."""
    spans = [(p.start, p.end) for p in periods] + [
        m.span() for which in (WHICH_LETTER, LATEST_OF) for m in which.finditer(question)
    ]
    for start, end in spans:
        words = question[start:end]
        blank = " ".join("the" for _ in tokens(words))
        question = question[:start] + blank.ljust(len(words))[: len(words)] + question[end:]
    return question


def held_by(period: Period, letter: Letter) -> bool:
    """Whether a letter is dated in a period; one without a date is in none."""
    date = letter.card.value("date")
    return date is not None and period.holds(date)


def _since_events(question: str, letters: Sequence[Letter], events: Sequence[Mention]) -> Iterator[Period]:
    """Yield the time since, or before, somebody's letter or a report that letters answer."""
    for mention in events:
        start, end = span_of(question, mention)
        dates = [letter.card.value("date") for letter in letters if letter.id in mention.name.letter_ids]
        how = _FROM_EVENT.search(question[:start])
        if how and (known := sorted(date for date in dates if date)):
            yield _around(how["how"], known[-1], day_after(known[-1]), (start, end), question)
    for found in _SINCE_REPORT.finditer(question):
        if day := _day_of_report(f"{found['what']}{found['noun']}", letters):
            yield _around(found["how"], day, day, found.span(), question)


def _around(how: str, day: str, since: str, span: tuple[int, int], question: str) -> Period:
    words = question[slice(*span)]
    if how.lower() in {"before", "until"}:
        return Period(*span, None, day_before(day), words)
    return Period(*span, since, None, words)


def _day_of_report(named: str, letters: Sequence[Letter]) -> str | None:
    """Return when a report came out: the day that a letter answering it states, else that of the first such letter."""
    asked = {word for word in stems(named) if rarity(word) > 2.0}
    if not asked:
        return None
    answering = [
        letter
        for letter in letters
        if asked <= set(stems(f"{letter.card.value('report') or ''} {letter.card.value('subject') or ''}"))
    ]
    stated = [
        date.iso
        for letter in answering
        for found in _PUBLISHED.finditer(letter.text)
        for date in find_dates(found[0])
    ]
    known = sorted(date for letter in answering if (date := letter.card.value("date")))
    return min(stated) if stated else known[0] if known else None


def _from_the_day(period: Period, letters: Sequence[Letter]) -> Period:
    """Begin, or end, the time since or before a dated report on the day that a letter says it came out."""
    if not period.report:
        return period
    stated = [
        date.iso
        for letter in letters
        for found in _PUBLISHED.finditer(letter.text)
        if _A_REPORT.search(letter.text, max(0, found.start() - NEAR_REPORT), found.start())
        for date in find_dates(found[0])
        if date.iso.startswith(period.report)
    ]
    if not stated:
        return period
    day = min(stated)
    return period._replace(first=day if period.first else None, last=day_before(day) if period.last else None)


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
