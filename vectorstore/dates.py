"""Dates as letters write them (pure).

"05/11/2020" is the fifth of November in one country and the eleventh of May in another: `month_comes_first` looks
for what the letter itself shows, and without any the day comes first.
"""

import calendar
import datetime
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_MONTHS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_GAP = r"[ \t\xa0]+"  # a word processor keeps a date on one line with no-break spaces
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:{_GAP}day)?(?:{_GAP}of)?(?:{_GAP}|-)(?P<month>{_MONTH})\.?,?"
    rf"(?:{_GAP}|-)(?P<year>\d{{4}})"
    rf"|(?P<us_month>{_MONTH})\.?{_GAP}(?P<us_day>\d{{1,2}})(?:st|nd|rd|th)?(?:,?{_GAP}|,)(?P<us_year>\d{{4}})"
    r"|(?P<iso>\d{4}(?P<gap>[/.-])\d{2}(?P=gap)\d{2})"
    r"|(?<![\d/.-])(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<last>(?:1[6-9]|20)\d\d|(?<=/)\d{2})(?![\d/-]|\.\d))\b",
    re.IGNORECASE,
)
_LABEL = r"(?:dated?|issued|sent)?[ \t*]*[:.]?[ \t*]*"
_MONTH_LINE = re.compile(
    rf"{_LABEL}(?:[^\W\d_]+,{_GAP})?(?P<when>(?P<month>{_MONTH})\.?,?{_GAP}(?P<year>(?:19|20)\d\d))[ \t*.]*",
    re.IGNORECASE,
)
_YEAR_LINE = re.compile(r"dated?[ \t*]*[:.][ \t*]*(?P<when>(?:19|20)\d\d)[ \t*.]*", re.IGNORECASE)
_US_STATE = (
    r"A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[TA]"
    r"|W[AVIY]"
)
US_PLACE = re.compile(rf"\b(?P<state>{_US_STATE})\.?,? {{1,3}}\d{{5}}(?:-\d{{4}})?\b")
_UK_PLACE = re.compile(r"\b[A-Z]{1,2}\d[\dA-Z]? \d[A-Z]{2}\b")


class FoundDate(NamedTuple):
    """A date in a text: its span, and the date as `yyyy-mm-dd`, or less where no more is said."""

    start: int
    end: int
    iso: str


def find_date(text: str, *, month_first: bool = False) -> FoundDate | None:
    """Return the first full date in `text`; of 05/11/2020 the day comes first, unless it cannot."""
    return next(_dates(text, month_first), None)


def find_dates(text: str, *, month_first: bool = False) -> list[FoundDate]:
    """Return every full date in `text`, in order."""
    return list(_dates(text, month_first))


def read_date_line(line: str) -> FoundDate | None:
    """Read a line that says no more than a month and year, or a labelled year: the date as `yyyy-mm` or `yyyy`."""
    found = _MONTH_LINE.fullmatch(line)
    if found:
        return FoundDate(*found.span("when"), f"{found['year']}-{_MONTHS[found['month'].lower()]:02}")
    found = _YEAR_LINE.fullmatch(line)
    return FoundDate(*found.span("when"), found["when"]) if found else None


def month_comes_first(text: str) -> bool:
    """Whether 05/11/2020 in this letter is the eleventh of May.

    What tells, the surest first: another date in figures that can be read in one way only; how the letter writes
    its months out; American or British addresses.
    """
    figures: Counter[bool] = Counter()
    spelled: Counter[bool] = Counter()
    for match in _DATE.finditer(text):
        if match["first"] is not None:
            first, second = int(match["first"]), int(match["second"])
            if first <= 12 < second or second <= 12 < first:
                figures[second > 12] += 1
        elif match["iso"] is None:
            spelled[match["us_month"] is not None] += 1
    places = Counter(
        {True: sum(1 for _ in US_PLACE.finditer(text)), False: sum(1 for _ in _UK_PLACE.finditer(text))}
    )
    for told in (figures, spelled, places):
        if told[True] != told[False]:
            return told[True] > told[False]
    return False


def _dates(text: str, month_first: bool) -> Iterator[FoundDate]:
    for match in _DATE.finditer(text):
        day = _day(match, month_first)
        if day is not None:
            yield FoundDate(match.start(), match.end(), day.isoformat())


def _day(match: re.Match[str], month_first: bool) -> datetime.date | None:
    if match["day"]:
        parts = match["year"], _MONTHS[match["month"].lower()], match["day"]
    elif match["us_day"]:
        parts = match["us_year"], _MONTHS[match["us_month"].lower()], match["us_day"]
    elif match["iso"]:
        parts = match["iso"][:4], int(match["iso"][5:7]), match["iso"][8:]
    else:
        first, second = int(match["first"]), int(match["second"])
        swapped = second > 12 or (month_first and first <= 12)
        month, day = (first, second) if swapped else (second, first)
        parts = match["last"], month, str(day)
    year = int(parts[0])
    if len(parts[0]) == 2:
        # Nobody dates a letter far ahead: of two figures, 70 to 99 are of the last century.
        year += 1900 if year >= 70 else 2000
    try:
        return datetime.date(year, parts[1], int(parts[2]))
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def written(iso: str) -> str:
    """Return an ISO date as a British letter writes it: 9 October 2020, October 2020 or 2020.

    What is no date comes back as it is.
    """
    parts = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?", iso)
    if not parts:
        return iso
    year, month, day = parts.groups()
    name = f"{calendar.month_name[int(month)]} " if month else ""
    return f"{int(day)} {name}{year}" if day else f"{name}{year}"
