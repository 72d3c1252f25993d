"""Figures and dates of a text as values: £3.1m is £3.1 million, and 09/10/2020 is 9 October 2020 (pure)."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from vectorstore.dates import find_dates

MONTHS = "january february march april may june july august september october november december".split()
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen"
)
NUMBERS = frozenset(_ONES.split())
_SMALL = {
    **{word: number for number, word in enumerate(_ONES.split(), start=1)},
    **{
        word: number * 10
        for number, word in enumerate(
            "twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2
        )
    },
}
_SCALES = {
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "dozen": 12,
}
_SHORT = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
_ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(), start=1
    )
}
_CURRENCIES = {"£": "pounds", "$": "dollars", "€": "euros"}
_PERCENT = (
    r"[ -]?(?P<percent>%|(?:per ?cent|pc)\b(?! point))"
    r"|[ -]?(?P<points>percent(?:age)?[ -]points?\b|per cent points?\b)"
)
_AFTER = re.compile(
    rf"(?P<scale>[ -]?(?:hundred|thousand|million|billion|trillion|dozen|bn|mn|tn)\b|[km]\b)?"
    rf"(?:{_PERCENT}|[ -](?P<money>pounds|dollars|euros)\b)?",
    re.IGNORECASE,
)
_DIGITS = re.compile(
    r"(?:(?<=[\s(])|^)(?P<sign>[-+])(?=[£$€]?\d)"
    r"|(?P<currency>[£$€])?(?P<digits>\d+(?:,\d{3})*(?!\d)(?:\.\d+)?|\d+)(?P<ordinal>(?:st|nd|rd|th)\b)?"
)
_TENS = "|".join(word for word in _SMALL if word.endswith("ty"))
_ONE_SMALL = rf"(?:(?:{_TENS})[ -](?:{'|'.join(_ONES.split()[:9])})|{'|'.join(_SMALL)})"
_LARGE = rf"(?:(?:{_ONE_SMALL}[ -])?(?:{'|'.join(_SCALES)})(?:[ -](?:{'|'.join(_SCALES)}))*)"
_WORDS = re.compile(
    rf"\b(?:{_LARGE}(?:(?: and)? {_LARGE})*(?:(?: and)? {_ONE_SMALL})?|{_ONE_SMALL})\b", re.IGNORECASE
)
_ORDINAL_WORD = re.compile(rf"\b(?:{'|'.join(_ORDINALS)})\b(?!,)", re.IGNORECASE)
# 2019/20, 2019-20, 2019 to 2020: a year that is none of the calendar.
_YEARS = re.compile(
    r"\b(?P<from>(?:19|20)\d\d)(?:/| ?- ?| to )(?:(?:19|20)(?=\d\d))?(?P<to>\d\d)\b(?![-/]\d)"
)
_TIME = re.compile(
    r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap])\.?m\b\.?"
    r"|\b(?P<hours>[01]?\d|2[0-4]):(?P<minutes>[0-5]\d)\b",
    re.IGNORECASE,
)
_MONTH = "|".join([*MONTHS, *(month[:3] for month in MONTHS), "sept"])
_DAY_MONTH = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})\b\.?", re.IGNORECASE
)
_MONTH_DAY = re.compile(rf"\b(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"\b(?P<month>{_MONTH})\.?,? (?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
# Two figures of which the second alone has scale or unit: 5 to 10 per cent, £3-4 million.
_RANGE = re.compile(r"\s?(?:-|to|and|or)\s?$")


@dataclass(frozen=True, slots=True)
class Figure:
    """What one figure says.

    Args:
        value: a number in plain digits, or what `unit` says.
        unit: "" for a bare number; "percent", "points", "pounds", "dollars", "euros", "ordinal", "date" (yyyy-mm-dd),
            "month" (yyyy-mm), "day" (mm-dd), "years" (2019/20), "time" (hh:mm).
        kin: what it may also be said as: of 5 to 10 per cent, the 5 is 5 per cent too.
    """

    value: str
    unit: str = ""
    kin: tuple["Figure", ...] = ()


def claims(text: str) -> list[Figure]:
    """Return the figures that a folded text claims; "one" and "first" are more often no number."""
    return [figure for figure, spelled in _figures(text) if not (spelled and figure.value == "1")]


def shows(text: str) -> set[Figure]:
    """Return all that the figures of a folded text carry: of a date its month, its day and its year as well."""
    shown: set[Figure] = set()
    for figure, _ in _figures(text):
        shown.add(Figure(figure.value, figure.unit))
        shown.update(figure.kin)
        shown.update(_parts(figure))
    return shown


def carries(shown: set[Figure], claimed: Figure) -> bool:
    """Whether a claimed figure is among those shown, in any way of writing it."""
    return any(
        Figure(figure.value, unit) in shown
        for figure in (claimed, *claimed.kin)
        for unit in _equal_units(figure.unit)
    )


def named_days(shown: set[Figure]) -> set[str]:
    """Return the names of the months and weekdays that the dates shown fall in."""
    names: set[str] = set()
    for figure in shown:
        if figure.unit == "date":
            day = datetime.date.fromisoformat(figure.value)
            names |= {WEEKDAYS[day.weekday()], MONTHS[day.month - 1], MONTHS[day.month - 1][:3]}
        elif figure.unit in {"month", "day"}:
            month = MONTHS[int(figure.value[5:7] if figure.unit == "month" else figure.value[:2]) - 1]
            names |= {month, month[:3]}
    return names | ({"sept"} & {name + "t" for name in names})


def _equal_units(unit: str) -> tuple[str, ...]:
    if unit in {"pounds", "dollars", "euros"}:
        return unit, ""  # a column of money names its currency once
    if unit == "":
        return "", "ordinal", "pounds", "dollars", "euros"
    return (unit, "") if unit == "ordinal" else (unit,)


def _parts(figure: Figure) -> Iterator[Figure]:
    if figure.unit == "date":
        year, month, day = figure.value.split("-")
        yield from (Figure(f"{year}-{month}", "month"), Figure(f"{month}-{day}", "day"), Figure(year))
    elif figure.unit == "month":
        yield Figure(figure.value[:4])
    elif figure.unit == "percent" and figure.value == "50":
        yield Figure("half")
    elif figure.value == "half":
        yield Figure("50", "percent")
    if figure.value.startswith("-"):
        yield Figure(figure.value[1:], figure.unit)  # a change of -5 % is a fall by 5 %


def _figures(text: str) -> Iterator[tuple[Figure, bool]]:
    """Give the figures of a text, and of each whether it is written in words."""
    taken = bytearray(len(text))
    for start, end, figure in (*_dates(text), *_times(text)):
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            yield figure, False
    blank = "".join("\0" if gone else character for character, gone in zip(text, taken, strict=True))
    yield from ((figure, spelled) for _, _, figure, spelled in _with_ranges(blank))
    for word in _ORDINAL_WORD.finditer(blank):
        yield Figure(str(_ORDINALS[word[0].lower()]), "ordinal"), True
    for _ in re.finditer(r"\bhalf\b", blank, re.IGNORECASE):
        yield Figure("half"), True


def _dates(text: str) -> Iterator[tuple[int, int, Figure]]:
    for date in find_dates(text):
        yield date.start, date.end, Figure(date.iso, "date")
    for years in _YEARS.finditer(text):
        if (int(years["from"]) + 1) % 100 == int(years["to"]):
            yield *years.span(), Figure(f"{years['from']}/{years['to']}", "years")
    for month in _MONTH_YEAR.finditer(text):
        yield *month.span(), Figure(f"{month['year']}-{_month(month['month']):02}", "month")
    for pattern in (_DAY_MONTH, _MONTH_DAY):
        for day in pattern.finditer(text):
            # "the 12 may agree": the verb has no capital.
            if 1 <= int(day["day"]) <= 31 and day["month"][0].isupper():
                yield *day.span(), Figure(f"{_month(day['month']):02}-{int(day['day']):02}", "day")


def _month(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month[:3] == name[:3].lower())


def _times(text: str) -> Iterator[tuple[int, int, Figure]]:
    for time in _TIME.finditer(text):
        hour, minute = int(time["hour"] or time["hours"]), time["minute"] or time["minutes"] or "00"
        if time["half"]:
            hour = hour % 12 + (12 if time["half"].lower() == "p" else 0)
        yield *time.span(), Figure(f"{hour:02}:{minute}", "time")


def _with_ranges(text: str) -> list[tuple[int, int, Figure, bool]]:
    found = sorted((*_in_digits(text), *_in_words(text)), key=lambda each: each[0])
    for at in range(len(found) - 2, -1, -1):
        (start, end, figure, spelled), (after, _, following, _) = found[at], found[at + 1]
        scaled = following.kin[0] if following.kin and following.kin[0].unit == "scale" else None
        if _RANGE.fullmatch(text[end:after]):
            scale = Decimal(scaled.value) if scaled else Decimal(1)
            unit = figure.unit or following.unit
            kin = Figure(_plain(Decimal(figure.value) * scale), unit)
            if kin != Figure(figure.value, figure.unit) and unit != "ordinal":
                found[at] = start, end, Figure(figure.value, figure.unit, (*figure.kin, kin)), spelled
    return [
        (start, end, Figure(f.value, f.unit, tuple(k for k in f.kin if k.unit != "scale")), spelled)
        for start, end, f, spelled in found
    ]


def _in_digits(text: str) -> Iterator[tuple[int, int, Figure, bool]]:
    sign = ""
    for match in _DIGITS.finditer(text):
        if match["sign"]:
            sign = match["sign"]
            continue
        value = Decimal(match["digits"].replace(",", ""))
        if match["ordinal"]:
            yield *match.span(), Figure(_plain(value), "ordinal"), False
        else:
            end, figure = _scaled(text, match.end(), value, _CURRENCIES.get(match["currency"] or "", ""))
            if sign == "-":
                figure = Figure(f"-{figure.value}", figure.unit, figure.kin)
            yield match.start(), end, figure, False
        sign = ""


def _in_words(text: str) -> Iterator[tuple[int, int, Figure, bool]]:
    for match in _WORDS.finditer(text):
        if re.search(r"\d[ -]?$", text[: match.start()]):
            continue  # 3 million: its digits have it
        end, figure = _scaled(text, match.end(), Decimal(_worth(match[0])), "")
        yield match.start(), end, figure, True


def _scaled(text: str, end: int, value: Decimal, currency: str) -> tuple[int, Figure]:
    """Return the figure of a number with what follows it, and where that ends."""
    after = _AFTER.match(text, end)
    if after is None:
        return end, Figure(_plain(value), currency)
    word = (after["scale"] or "").strip(" -").lower()
    scale = _SCALES.get(word) or _SHORT.get(word) or 1
    unit = (
        "percent"
        if after["percent"]
        else "points"
        if after["points"]
        else (after["money"] or "").lower() or currency
    )
    kin = (Figure(str(scale), "scale"),) if scale > 1 else ()
    return after.end(), Figure(_plain(value * scale), unit, kin)


def _worth(words: str) -> int:
    total, current = 0, 0
    for part in re.split(r"[ -]", words.lower()):
        if part in _SMALL:
            current += _SMALL[part]
        elif part in {"hundred", "dozen"}:
            current = (current or 1) * _SCALES[part]
        elif part in _SCALES:
            total += (current or 1) * _SCALES[part]
            current = 0
    return total + current


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
