"""Dates as letters write them (pure)."""

import calendar
import datetime
import re
from typing import NamedTuple

from dateutil import parser

_MONTHS = "|".join([*calendar.month_name[1:], *calendar.month_abbr[1:], "Sept"])
_GAP = r"[ \t\xa0]+"  # a word processor keeps a date on one line with no-break spaces
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)?{_GAP}(?:{_MONTHS})\.?,?{_GAP}\d{{4}}"
    rf"|(?:{_MONTHS})\.?{_GAP}\d{{1,2}}(?:st|nd|rd|th)?,?{_GAP}\d{{4}}"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})|\d{1,2}[/.]\d{1,2}[/.]\d{4})\b",
    re.IGNORECASE,
)


class FoundDate(NamedTuple):
    """A date in a text: its span, and the date as `yyyy-mm-dd`."""

    start: int
    end: int
    iso: str


def find_date(text: str) -> FoundDate | None:
    """Return the first full date in `text`; of 05/11/2020 the day comes first, unless it cannot."""
    return next(iter(find_dates(text)), None)


def find_dates(text: str) -> list[FoundDate]:
    """Return every full date in `text`, in order."""
    dates: list[FoundDate] = []
    for match in _DATE.finditer(text):
        try:
            moment = parser.parse(match[0].replace("\xa0", " "), dayfirst=match["iso"] is None)
        except (ValueError, OverflowError):
            continue
        dates.append(FoundDate(match.start(), match.end(), moment.date().isoformat()))
    return dates


def written(iso: str) -> str:
    """Return an ISO date as a British letter writes it: 9 October 2020."""
    day = datetime.date.fromisoformat(iso)
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"
