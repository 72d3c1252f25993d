"""Figures in a sentence, however they are written: value, unit and what they count (pure)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from vectorstore.dates import find_dates
from vectorstore.words import rarity, stem, tokens

_UNITS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
    " nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORTH = {
    **{word: number for number, word in enumerate(_UNITS.split(), start=2)},
    **{word: number * 10 for number, word in enumerate(_TENS.split(), start=2)},
}
_SMALL = {"one": 1, **_WORTH}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_SHORT = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000}
_SPELLED = "|".join(sorted([*_SMALL, *_SCALES, "half", "quarter", "third", "dozen"], key=len, reverse=True))
_NUMBER = re.compile(
    r"(?<![\w.,/£$€-])(?P<sign>[-−+](?=[£$€\d]))?(?P<money>[£$€])?(?P<digits>\d+(?:,\d{3})*(?:\.\d+)?)"
    r"(?:(?P<short>k|m|mn|bn)\b|(?P<percent> ?%))?(?![\w/]|[.,:]\d)"
    r"(?P<scale>[ \xa0](?:hundred|thousand|million|billion)\b)?",
    re.IGNORECASE,
)
# £78,000-£80,000 and 10–15: the second of two.
_RANGE = re.compile(r"(?<=\d)[-–—](?=[£$€]?\d)")
_WORDS = re.compile(rf"\b(?:{_SPELLED})(?:[ -](?:and )?(?:{_SPELLED}))*\b", re.IGNORECASE)
_PERCENT = re.compile(r"[ \xa0-]?(?:per ?cent\b|percent(?:age points?)?\b|%|pc\b)", re.IGNORECASE)
_MONEY = re.compile(r"[ \xa0](?:pounds?(?: sterling)?|dollars?|euros?|GBP|USD|EUR)\b", re.IGNORECASE)
_MEASURE = re.compile(
    r"[ \xa0-](?P<unit>seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|miles?|metres?|km|kg)\b",
    re.IGNORECASE,
)
_MEASURES = {"sec": "second", "min": "minute", "hr": "hour"}
# Numbers that point at a place and count nothing.
_POINTS = re.compile(
    r"(?:\b(?:pages?|pp?\.|sections?|s\.|ss\.|§+|paragraphs?|paras?\.?|chapters?|ch\.|parts?|tables?|figures?|figs?\."
    r"|annex(?:es)?|appendi(?:x|ces)|notes?|footnotes?|no\.?|nos\.|numbers?|recommendations?|areas? for improvement"
    r"|causes? of concern|questions?|items?|steps?|phases?|schedules?|articles?|clauses?|rules?|vol\.|volumes?|issues?"
    r"|slides?|stages?|version|points?|rooms?|box(?:es)?|lines?|ref(?:erence)?s?\.?:?) *|\[\^?)"
    r"(?:\d+(?:\.\d+)*(?: ?(?:,|-|–|to|and|&) ?))*$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
# 2019/20, 2019-20, 2019 to 2020: a year that is none of the calendar.
_YEARS = re.compile(
    r"(?<![\w/£$€.-])(?P<from>(?:19|20)\d\d)(?:/| ?[-–—] ?| to )(?:(?:19|20)(?=\d\d))?(?P<to>\d\d)(?![\w/]|[-–—.,]\d)"
)
_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = re.compile(
    rf"\b(?P<month>{'|'.join(f'{name}|{name[:3]}' for name in _MONTHS)}|sept)\.?,?[ \xa0](?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
PERIODS = frozenset({"year", "years", "month", "date"})
# Shares of a whole; "a third report" and "half an hour" are none.
_PARTS = {
    "half": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
}  # fmt: skip
_FEW = "|".join(_UNITS.split()[:8])
_PLURAL_PART = re.compile(
    rf"\b(?P<top>{_FEW})[ -](?P<part>{'|'.join(part for part in _PARTS if part != 'half')})s\b", re.IGNORECASE
)
_ONE_PART = re.compile(
    rf"\b(?:an?|one)[ -](?P<part>{'|'.join(_PARTS)})\b(?= of\b(?! (?:an?|the) (?:hour|year|century|mile|million)\b)"
    r"(?! (?:19|20)\d\d)|[.,;:)]|$| (?:more|less|fewer|higher|lower|longer|were|are|was|had|have|said)\b)",
    re.IGNORECASE,
)
_HALF = re.compile(
    r"(?<!\bfirst )(?<!\bsecond )(?<!\bother )(?<!\blatter )(?<!\band a )(?<!\bin )(?<![\w-])half\b"
    r"(?= (?:of|the|our|its|their|his|her|these|those|all|were|are|had|have)\b|[.,;:)]|$)"
    r"(?!(?: of)?(?: (?:an|the))? (?:hour|time|year|century|way|battle|(?:19|20)\d\d)\b)",
    re.IGNORECASE,
)
_ONE_IN = re.compile(
    rf"\b(?P<top>one|{_FEW}|[1-9])(?: in | out of )(?:every )?"
    rf"(?P<whole>{'|'.join((*_UNITS.split(), *_TENS.split()))}|hundred|\d{{1,3}})\b"
    r"(?![.,/:]\d|[- ](?:percent|per cent|seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b| ?%)",
    re.IGNORECASE,
)
# Whose letter it is that a date is said to be of: "her letter of", "Hill's reply dated".
_OF_LETTER = re.compile(
    r"(?P<whose>\b(?:his|her|their|its|the|a)\b|[\w’'-]+['’]s?)(?: [\w-]+)? (?:letter|reply|response)"
    r"(?: to (?:the |an? )?[\w’' -]{2,40}?)?,? (?:of|dated|from|on)(?: the)? $",
    re.IGNORECASE,
)
_ANSWERING = re.compile(
    r"\b(?:in (?:response|reply|answer)|respon\w+|repl\w+|answer\w*|refer\w*|further|following)(?: to)?"
    r"(?: (?:the|an?))? $",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"[(\[][^()\[\]]{0,200}[)\]]")
_CLAUSE_END = re.compile(r"[.,;:()](?=\s|$)|\b(?:and|or|but|by|to|in|at)\b")
_NOUN_WORDS = 4  # after a figure, among which is what it counts
_TELLS = 2.0  # as vectorstore.words.rarity


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure; `start` and `end` count in the text that it was found in.

    Args:
        value: a number in plain digits, or a date as `yyyy-mm-dd`.
        unit: "date", "year", "years" (2019/20), "month" (yyyy-mm), "percent", "money", a measure ("minute"), or "" for
            a bare number. A share ("one in five") is a percentage, one that does not come out even a fraction ("1/3").
        counts: stems of the words that follow it, among which is what it counts.
    """

    start: int
    end: int
    value: str
    unit: str
    counts: frozenset[str]


def find_figures(text: str) -> list[Figure]:
    """Return the figures of a text, in order; numbers of pages, sections and list items are none."""
    dates = [Figure(d.start, d.end, d.iso, "date", frozenset()) for d in find_dates(text)]
    for more in (_periods, _shares, _numbers):
        dates += [figure for figure in more(text) if not _overlaps(figure, dates)]
    found = dates
    found += [f for f in _spelled(text) if not _overlaps(f, found)]
    return sorted(found, key=lambda figure: figure.start)


def claimed_figures(sentence: str) -> list[Figure]:
    """Return the figures that a draft's sentence claims: those in a citation's brackets only say where from."""
    cited = [m.span() for m in _BRACKETS.finditer(sentence) if find_dates(m[0]) or _YEAR.search(m[0])]
    return [
        figure
        for figure in find_figures(sentence)
        if not any(start <= figure.start < end for start, end in cited) and not _labels(sentence, figure)
    ]


def letter_dates(sentence: str) -> list[tuple[Figure, str]]:
    """Return the dates that a sentence gives to a letter, each with the word that says whose letter it is."""
    found = []
    for figure in find_figures(sentence):
        of = _OF_LETTER.search(sentence[: figure.start]) if figure.unit in {"date", "month"} else None
        if of and not _ANSWERING.search(sentence[: of.start()]):
            found.append((figure, of["whose"]))
    return found


def content(text: str) -> dict[str, float]:
    """Return the stems of a text's telling words, figures left out, with how much each tells."""
    return {
        stem(word): rarity(word)
        for word in tokens(text)
        if not word[0].isdigit() and word not in _SMALL and word not in _SCALES and rarity(word) >= _TELLS
    }


def _overlaps(figure: Figure, others: Sequence[Figure]) -> bool:
    return any(figure.start < other.end and other.start < figure.end for other in others)


def _labels(sentence: str, figure: Figure) -> bool:
    """Whether a date says which letter is meant: "his letter of 3 May 2021"."""
    before = sentence[: figure.start]
    return figure.unit in PERIODS and bool(
        re.search(
            r"\b(?:letter|reply|response|report|dated|inspection)(?: (?:of|from|dated|on|in))?\W+$",
            before,
            re.I,
        )
    )


def _periods(text: str) -> Iterator[Figure]:
    for years in _YEARS.finditer(text):
        if (int(years["from"]) + 1) % 100 == int(years["to"]):
            yield Figure(*years.span(), f"{years['from']}/{years['to']}", "years", frozenset())
    for month in _MONTH.finditer(text):
        number = next(
            at for at, name in enumerate(_MONTHS, start=1) if name[:3] == month["month"][:3].lower()
        )
        yield Figure(*month.span(), f"{month['year']}-{number:02}", "month", frozenset())


def _shares(text: str) -> Iterator[Figure]:
    for match in _PLURAL_PART.finditer(text):
        yield _share(text, match, _SMALL[match["top"].lower()], _PARTS[match["part"].lower()])
    for match in _ONE_PART.finditer(text):
        yield _share(text, match, 1, _PARTS[match["part"].lower()])
    for match in _HALF.finditer(text):
        yield _share(text, match, 1, 2)
    for match in _ONE_IN.finditer(text):
        top, whole = (_count(match[name]) for name in ("top", "whole"))
        if top < whole:
            yield _share(text, match, top, whole)


def _count(word: str) -> int:
    return int(word) if word.isdigit() else 100 if word.lower() == "hundred" else _SMALL[word.lower()]


def _share(text: str, match: re.Match[str], top: int, whole: int) -> Figure:
    percent = Fraction(100 * top, whole)
    even = (percent * 100).denominator == 1
    value = (
        _plain(Decimal(percent.numerator) / Decimal(percent.denominator))
        if even
        else str(Fraction(top, whole))
    )
    return _figure(text, match.start(), match.end(), value, "percent")


def _numbers(text: str) -> Iterator[Figure]:
    text = _RANGE.sub(" ", text)
    for match in _NUMBER.finditer(text):
        if _POINTS.search(text[max(0, match.start() - 60) : match.start()]):
            continue
        if not text[: match.start()].strip() and re.match(r"[.)]\s", text[match.end() : match.end() + 2]):
            continue  # a list's number
        scale = match["scale"] or ""
        try:
            value = Decimal(match["digits"].replace(",", ""))
        except InvalidOperation:
            continue
        value *= _SCALES.get(scale.strip().lower(), 1) * _SHORT.get((match["short"] or "").lower(), 1)
        unit, end = _unit(text, match.end())
        unit = "money" if match["money"] else "percent" if match["percent"] else unit
        if not unit and not scale and _YEAR.fullmatch(match["digits"]):
            unit = "year"
        sign = "-" if match["sign"] in {"-", "−"} else ""
        yield _figure(text, match.start(), end, sign + _plain(value), unit)


def _spelled(text: str) -> Iterator[Figure]:
    for match in _WORDS.finditer(text):
        value = _worth(match[0])
        is_part = re.match(
            r"[ -](?:thirds?|quarters?|halves|fifths?|tenths?)\b", text[match.end() :], re.IGNORECASE
        )
        if value is None or is_part or _POINTS.search(text[max(0, match.start() - 60) : match.start()]):
            continue
        unit, end = _unit(text, match.end())
        yield _figure(text, match.start(), end, _plain(value), unit)


def _figure(text: str, start: int, end: int, value: str, unit: str) -> Figure:
    clause = _CLAUSE_END.split(text[end : end + 80], maxsplit=1)[0]
    after = [
        word for word in tokens(clause)[:_NOUN_WORDS] if rarity(word) >= _TELLS and not word[0].isdigit()
    ]
    return Figure(start, end, value, unit, frozenset(stem(word) for word in after))


def _unit(text: str, end: int) -> tuple[str, int]:
    """Return the unit written after a number, and where it ends."""
    for unit, pattern in (("percent", _PERCENT), ("money", _MONEY)):
        found = pattern.match(text, end)
        if found:
            return unit, found.end()
    found = _MEASURE.match(text, end)
    if found:
        name = found["unit"].lower()
        name = name[:-1] if name.endswith("s") else name
        return _MEASURES.get(name, name), found.end()
    return "", end


def _worth(words: str) -> Decimal | None:
    """Return what number words are worth; "one" alone is more often a pronoun, and a half is no number here."""
    parts = [word for word in re.split(r"[ -]", words.lower()) if word != "and"]
    if parts == ["one"] or any(part in {"half", "quarter", "third"} for part in parts):
        return None
    total, current = 0, 0
    for part in parts:
        if part in _SMALL:
            current += _SMALL[part]
        elif part == "dozen":
            current = (current or 1) * 12
        elif part == "hundred":
            current = (current or 1) * 100
        else:
            total += (current or 1) * _SCALES[part]
            current = 0
    return Decimal(total + current)


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
