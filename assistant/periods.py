"""When somebody wrote, as a question says it: "in July 2018", "since March 2021", "between 2018 and 2020" (pure)."""

import calendar
import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from vectorstore.dates import find_dates

_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTH_YEAR = re.compile(rf"\b(?P<month>{'|'.join(_MONTHS)}),?\s+(?P<year>(?:19|20)\d\d)\b", re.I)
_MONTHS_OF_YEAR = re.compile(
    rf"\b(?:between|from)\s+(?P<first>{'|'.join(_MONTHS)})\s+(?:and|to|until)\s+(?P<last>{'|'.join(_MONTHS)}),?\s+"
    r"(?P<year>(?:19|20)\d\d)\b",
    re.I,
)
# 2018/19 is a financial year or part of a title, not when somebody wrote.
_YEAR = re.compile(r"(?<![\d/–-])(?P<year>(?:19|20)\d\d)\b(?![/–-]\d)")
_RANGE_BEGINS = re.compile(r"\b(?:between|from)\s+(?:the\s+)?$", re.I)
_RANGE_GOES_ON = re.compile(r"\s*(?:,\s*)?(?:and|to|until|till|through|–|-)\s*(?:the\s+)?", re.I)
_RELATION = re.compile(
    r"\b(?:(?P<since>since|starting(?: in)?)|(?P<after>after|later than|following)"
    r"|(?P<before>before|earlier than|prior to)|(?P<upto>until|till|up to|no later than))\s+"
    r"(?:(?:the|his|her|their|its)\s+)?$",
    re.I,
)
_PLAIN = re.compile(
    r"\b(?:(?:back )?in|on|of|from|dated|during|for|by)\s+(?:the\s+)?(?:(?:early|mid|late)[ -])?$", re.I
)
# "The July 2020 report": a report's date, on which no letter need have been written.
_OF_ANOTHER = re.compile(
    r"(?:\s+(?!letters?\b|repl|respon|and\b|or\b|to\b|in\b|on\b|about\b|with\b|did\b|say\b|as\b|for\b)[\w'’-]+){0,3}"
    r"\s+(?:reports?|inspections?|reviews?|surveys?|acts?|figures|strateg\w+|plans?|elections?|findings|guidance|budgets?"
    r"|targets?|standards?)\b",
    re.I,
)
# Of which a letter may be the answer, written in the very month in which it came out.
_OF_REPORT = re.compile(
    r"(?:\s+(?:inspection|spotlight|thematic|inspectorate|annual|progress|national))?\s+(?:reports?|inspections?|reviews?)\b",
    re.I,
)
_ONWARDS = re.compile(r"\s+on(?:wards?)?\b(?! (?:the|a|an|its|his|her|their)\b)", re.I)
# "How many of the posts announced in 2019 did it fill?": when that was done, not when somebody wrote. Either the verb
# of the question follows the date, or what was done to stands after a preposition, where no verb has its subject.
_DONE = re.compile(
    r"(?P<after>\b(?:of|to|about|for|with|from|on|by|into) (?:the |any |those |these )?(?:[a-z][\w’'-]* ){0,2}?)?"
    r"\b(?!(?:is|are|was|were|has|have|had|been|be|not|and|or|who|what|which|that|it|they|we|he|she|letters?|repl(?:y|ies)"
    r"|responses?)\b)[a-z][\w’'-]+ (?!(?:said|stated|written|dated|reported|mentioned|described|discussed|raised|asked"
    r"|sent|signed|received)\b)(?:[a-z]+ed|made|built|begun|held|given|taken|set up|put up)"
    r" (?:back )?(?:in|on|during) (?:the )?$"
)
_GOES_ON = re.compile(
    r",? (?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|been)\b", re.IGNORECASE
)
_SPOKEN_YEAR = re.compile(
    r"\b(?P<which>last|this) year(?:['’]s\s+(?:\w+\s+)?(?:letters?|repl(?:y|ies)|responses?)\b|(?=\W*$))",
    re.I,
)
_WRITTEN = re.compile(r"\b(?:letters?|repl(?:y|ies)|responses?|wrote|writt?en|sent|dated)\b", re.I)


class Period(NamedTuple):
    """A stretch of time that a question names.

    Args:
        start: where its words begin in the question, the preposition before it included; `end` is exclusive.
        first: the earliest date in it, `yyyy`, `yyyy-mm` or `yyyy-mm-dd`; None where it is open.
        last: the latest date in it, likewise.
        words: the date itself, as the question writes it.
        report: of "since the July 2020 report" the report's date, within which it came out; else "".
    """

    start: int
    end: int
    first: str | None
    last: str | None
    words: str
    report: str = ""

    def holds(self, date: str) -> bool:
        """Whether any day of an ISO date, which may give no more than its month or year, lies in it."""
        if self.first and date < self.first[: len(date)]:
            return False
        return not (self.last and date[: len(self.last)] > self.last)


class _Date(NamedTuple):
    start: int
    end: int
    iso: str


def find_periods(question: str, *, today: datetime.date | None = None) -> list[Period]:
    """Return the periods that a question names, in order; those that date something else than letters are left out.

    Args:
        today: what "last year's letter" counts from; None to leave such words alone.
    """
    found = [
        Period(*m.span(), _month(m["first"], m["year"]), _month(m["last"], m["year"]), m[0])
        for m in _MONTHS_OF_YEAR.finditer(question)
    ]
    dates = [date for date in _dates(question) if not any(p.start <= date.start < p.end for p in found)]
    at = 0
    while at < len(dates):
        date = dates[at]
        begins = _RANGE_BEGINS.search(question[: date.start])
        after = dates[at + 1] if at + 1 < len(dates) else None
        if begins and after and _RANGE_GOES_ON.fullmatch(question[date.end : after.start]):
            words = question[date.start : after.end]
            found.append(
                Period(begins.start(), after.end, min(date.iso, after.iso), max(date.iso, after.iso), words)
            )
            at += 2
            continue
        found += _one(question, date)
        at += 1
    return sorted([*found, *_spoken(question, today)], key=lambda period: period.start)


def _month(name: str, year: str) -> str:
    return f"{year}-{_MONTHS[name.lower()]:02}"


def day_after(iso: str) -> str:
    """Return the day, month or year after one."""
    return _shifted(iso, 1)


def day_before(iso: str) -> str:
    """Return the day, month or year before one."""
    return _shifted(iso, -1)


def _shifted(iso: str, by: int) -> str:
    if len(iso) == 4:
        return f"{int(iso) + by:04}"
    if len(iso) == 7:
        months = int(iso[:4]) * 12 + int(iso[5:]) - 1 + by
        return f"{months // 12:04}-{months % 12 + 1:02}"
    return (datetime.date.fromisoformat(iso) + datetime.timedelta(days=by)).isoformat()


def _dates(question: str) -> list[_Date]:
    """Return full dates, months and years, none inside another."""
    found = [_Date(*date) for date in find_dates(question)]
    months = [
        _Date(*m.span(), f"{m['year']}-{_MONTHS[m['month'].lower()]:02}")
        for m in _MONTH_YEAR.finditer(question)
    ]
    years = [_Date(*m.span(), m["year"]) for m in _YEAR.finditer(question)]
    for more in (months, years):
        found += [date for date in more if not any(d.start < date.end and date.start < d.end for d in found)]
    return sorted(found)


def _one(question: str, date: _Date) -> Iterator[Period]:
    words = question[date.start : date.end]
    relation = _RELATION.search(question[: date.start])
    if relation is None:
        if _was_done(question, date):
            return
        if not _OF_ANOTHER.match(question, date.end):
            plain = _PLAIN.search(question[: date.start])
            onwards = _ONWARDS.match(question, date.end) if plain else None
            end = onwards.end() if onwards else date.end
            yield Period(
                plain.start() if plain else date.start, end, date.iso, None if onwards else date.iso, words
            )
        return
    report = _OF_REPORT.match(question, date.end)
    first = (
        date.iso
        if relation["since"] or (relation["after"] and report)
        else day_after(date.iso)
        if relation["after"]
        else None
    )
    last = day_before(date.iso) if relation["before"] else date.iso if relation["upto"] else None
    end = report.end() if report else date.end
    yield Period(relation.start(), end, first, last, words, date.iso if report else "")


def _was_done(question: str, date: _Date) -> bool:
    """Whether a date says when something was done of which the question asks something else."""
    done = _DONE.search(question[: date.start])
    return done is not None and bool(done["after"] or _GOES_ON.match(question, date.end))


def _spoken(question: str, today: datetime.date | None) -> Iterator[Period]:
    """Yield "last year's reply", and "last year" at the end of a question about when letters were written."""
    found = _SPOKEN_YEAR.search(question) if today else None
    if found and today and _WRITTEN.search(question):
        year = str(today.year - (found["which"].lower() == "last"))
        end = found.start() + len(f"{found['which']} year")
        yield Period(found.start(), end, year, year, question[found.start() : end])
