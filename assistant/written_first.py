"""Which of several letters was written first or last, as the cards' dates tell (pure)."""

import calendar
import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.addressed import addressed_to
from assistant.described import writers_described
from assistant.lexicon import BODIES, COMMON, Mention
from assistant.periods import find_periods
from vectorstore.letter import Letter
from vectorstore.words import rarity, stem, stems, tokens

_ORDER = re.compile(
    r"^\W*(?:did|has|have|does|do) (?P<one>.+?) (?:write|written|reply|replied|respond|responded|sign|signed) "
    r"(?P<how>before|after|earlier than|later than|sooner than) (?P<other>.+?)(?: did| wrote)?\W*$",
    re.I,
)


def in_which_order(question: str, mentions: Sequence[Mention], letters: Sequence[Letter]) -> bool:
    """Whether it asks which of two writers wrote first: "did Hale write before Moss?"."""
    if not _ORDER.match(question):
        return False
    ids = [m.name.letter_ids for m in mentions if m.name.field in {"author", "area"}]
    ids += [one.letter_ids for one in writers_described(question, mentions, letters)]
    return any(one.isdisjoint(other) for one in ids for other in ids)


def order_told(question: str, letters: Sequence[Letter]) -> str:
    """Return "Yes", "No" or "In part" to "did Hale write before Moss?", by the cards' dates; "" for anything else."""
    found = _ORDER.match(question)
    one, other = ([_date(x) for x in _of(found[who], letters)] if found else [] for who in ("one", "other"))
    if not found or not one or not other or not all((*one, *other)):
        return ""
    if found["how"].lower() in {"after", "later than"}:
        one, other = other, one
    if max(one) < min(other):
        return "Yes"
    return "No" if min(one) >= max(other) else "In part"


def _of(name: str, letters: Sequence[Letter]) -> list[Letter]:
    asked = {word for word in tokens(name) if rarity(word) > COMMON}
    return [
        letter
        for letter in letters
        if asked & set(tokens(f"{letter.card.value('author') or ''} {letter.card.value('area') or ''}"))
    ]


def _date(letter: Letter) -> str:
    return letter.card.value("date") or ""


_FIRST = "first|earliest|oldest|sooner|earlier"
_LAST = "last|latest|newest|most recent(?:ly)?|later"
_ASKED_FIRST = re.compile(rf"\b(?:{_FIRST})\b", re.I)
_ASKED_LAST = re.compile(rf"\b(?:{_LAST})\b", re.I)
_OF_TWO = re.compile(r"\b(?:sooner|earlier|later)\b", re.I)
_ASKS = re.compile(
    r"^\W*(?:and |so )?(?:who(?:se|m)?|which|what(?:['’]s)?|when|was|were|is|did|has|have|tell|give|show)\b",
    re.I,
)
# What such a question is made of beside names: were there anything else, it would ask of that.
_WRITING = frozenset(
    """
    letter letters reply replies response responses wrote write writes written writing replied reply responded respond
    answer answers answered signed sign sent send came come comes dated arrived received
    """.split()
)
_SMALL = frozenset(
    """
    and so who whom whose which what s when was were is are did do does has have the a an of these those them this that
    or in on one ones it out to by from for either two both we you us our me tell give show date all time among each
    most recent recently their his her
    """.split()
)
_WRITERS = frozenset(
    "author authors writer writers sender senders body bodies organisation organisations person".split()
)
_REPORT = frozenset("report reports review inspection".split())


_MONTHS = list(calendar.month_name)
# "The July 2020 report", before which nobody answered it.
_DATED_REPORT = re.compile(
    rf"\b(?P<date>(?:(?P<month>{'|'.join(_MONTHS[1:])}) )?(?P<year>(?:19|20)\d\d))(?: \w+){{0,2}}? "
    r"(?:report|review|inspection)s?\b",
    re.IGNORECASE,
)


class Order(NamedTuple):
    """What a question asks of the order of letters.

    Args:
        first: whether it asks which was first; `last` whether which was last; it may ask both.
        between: ids of the letters of each of those whom it names or describes, where these are two or more.
        since: the date of the report that they answer, ISO; "" where it names none.
    """

    first: bool
    last: bool
    between: tuple[frozenset[str], ...]
    since: str


def order_asked(question: str, mentions: Sequence[Mention], letters: Sequence[Letter]) -> Order | None:
    """Return which letter a question asks for by its place among them; None where it asks for anything else.

    "Who replied first?", "was the hospital's letter before the council's?", but not "who sent engineers first?".
    """
    first, last = bool(_ASKED_FIRST.search(question)), bool(_ASKED_LAST.search(question))
    if not (first or last) or not _ASKS.search(question):
        return None
    named = [m for m in mentions if m.name.field in {"area", "author"}]
    described = writers_described(question, mentions, letters)
    between = tuple(dict.fromkeys([*(m.name.letter_ids for m in named), *(d.letter_ids for d in described)]))
    if _OF_TWO.search(question) and len(between) < 2:
        return None
    gone = [(d.start, d.end) for d in described] + [(p.start, p.end) for p in find_periods(question)]
    report = _DATED_REPORT.search(question)
    gone += [report.span("date")] if report else []
    to = addressed_to(question, letters)
    gone += [to.span] if to and to.letters else []
    rest = list(question)
    for start, end in gone:
        rest[start:end] = " " * (end - start)
    words = set(tokens(_ASKED_FIRST.sub(" ", _ASKED_LAST.sub(" ", "".join(rest)))))
    writing = words & _WRITING
    words -= _WRITING | _SMALL | {word for m in named for word in m.name.words}
    if writing:
        words -= (
            _WRITERS | BODIES | {word for m in mentions if m.name.field == "office" for word in m.name.words}
        )
        titles = set(stems(" ".join(_about(letter) for letter in letters))) if words & _REPORT else set()
        words = {word for word in words - _REPORT if stem(word) not in titles}
    if words:
        return None
    since = ""
    if report:
        month = f"-{_MONTHS.index(report['month'].capitalize()):02}" if report["month"] else ""
        since = f"{report['year']}{month}"
    return Order(first, last, between if len(between) > 1 else (), since)


def _about(letter: Letter) -> str:
    return f"{letter.card.value('subject') or ''} {letter.card.value('report') or ''}"
