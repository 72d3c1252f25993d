"""The numbers and bullets of a Word letter's lists, which Word keeps apart from the text and counts anew each time."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from vectorstore.readers.ordinals import letter_number, roman_number

LEVELS = 9
_MAX_STYLES = 20  # that a style is based on; a longer chain is a circle
_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda n: f"{n:02}",
    "lowerLetter": letter_number,
    "upperLetter": lambda n: letter_number(n).upper(),
    "lowerRoman": roman_number,
    "upperRoman": lambda n: roman_number(n).upper(),
}


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    style: str


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbers:
    """Counts a letter's list items in the order in which they are asked for."""

    def __init__(self, numbering: etree._Element | None, styles: Callable[[], etree._Element | None]) -> None:
        """Take in the lists' definitions.

        Args:
            numbering: the root of the numbering part.
            styles: gives the root of the styles part; asked only when a letter has lists, for it is long.
        """
        self._lists: dict[str, _List] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._own_levels: dict[str, dict[int, _Level]] = {}
        self._styles: dict[str, tuple[str, etree._Element | None]] | None = None
        self._load_styles = styles
        if numbering is None:
            return
        abstract = {
            _value(item, "abstractNumId"): _List(dict(map(_level, item.iterfind("{*}lvl"))))
            for item in numbering.iterfind("{*}abstractNum")
        }
        for item in numbering.iterfind("{*}num"):
            number = _value(item, "numId")
            shared = item.find("{*}abstractNumId")
            found = abstract.get(_value(shared, "val")) if shared is not None else None
            if found is None:
                continue
            self._lists[number] = found
            self._starts[number] = {}
            self._own_levels[number] = {}
            for override in item.iterfind("{*}lvlOverride"):
                at = _integer(_value(override, "ilvl"))
                start, own = override.find("{*}startOverride"), override.find("{*}lvl")
                if start is not None:
                    self._starts[number][at] = _integer(_value(start, "val"), 1)
                if own is not None:
                    self._own_levels[number][at] = _level(own)[1]

    def label(self, properties: etree._Element | None) -> str:
        """Return what stands before a paragraph with these properties: "- ", "2. ", "(a) ", or nothing."""
        if properties is None or not self._lists:
            return ""
        number, at = self._place(properties)
        listed = self._lists.get(number)
        if listed is None or not 0 <= at < LEVELS:
            return ""
        levels = {**listed.levels, **self._own_levels[number]}
        level = levels.get(at)
        if level is None:
            return ""
        restart = self._starts[number].pop(at, None)
        before = listed.counts.get(at, level.start - 1)
        listed.counts[at] = before + 1 if restart is None else restart
        for deeper in [key for key in listed.counts if key > at]:
            del listed.counts[deeper]
        if level.form == "bullet":
            return "- "
        shown = re.sub(r"%([1-9])", lambda m: _shown(levels, listed.counts, int(m[1]) - 1), level.text)
        return f"{shown} " if shown.strip() else ""

    def _place(self, properties: etree._Element) -> tuple[str, int]:
        """Return the list and level of a paragraph: its own, or those of its style."""
        number, at = _reference(properties.find("{*}numPr"))
        style = properties.find("{*}pStyle")
        name = _value(style, "val") if style is not None else ""
        for _ in range(_MAX_STYLES):
            if number or not name:
                break
            based_on, reference = self._style(name)
            number, style_at = _reference(reference)
            if number:
                levels = self._lists[number].levels if number in self._lists else {}
                linked = next((key for key, level in levels.items() if level.style == name), style_at)
                at = linked if at is None else at
            name = based_on
        return number, at or 0

    def _style(self, name: str) -> tuple[str, etree._Element | None]:
        """Return the style that a style is based on, and its list."""
        if self._styles is None:
            root = self._load_styles()
            self._styles = {}
            for item in root.iterfind("{*}style") if root is not None else ():
                based = item.find("{*}basedOn")
                self._styles[_value(item, "styleId")] = (
                    _value(based, "val") if based is not None else "",
                    item.find("{*}pPr/{*}numPr"),
                )
        return self._styles.get(name, ("", None))


def _reference(item: etree._Element | None) -> tuple[str, int | None]:
    if item is None:
        return "", None
    number, at = item.find("{*}numId"), item.find("{*}ilvl")
    return (
        _value(number, "val") if number is not None else "",
        _integer(_value(at, "val")) if at is not None else None,
    )


def _level(item: etree._Element) -> tuple[int, _Level]:
    def inner(name: str, default: str) -> str:
        found = item.find(f"{{*}}{name}")
        return _value(found, "val") if found is not None else default

    level = _Level(
        _integer(inner("start", "1"), 1),
        inner("numFmt", "decimal"),
        inner("lvlText", ""),
        inner("pStyle", ""),
    )
    return _integer(_value(item, "ilvl")), level


def _shown(levels: dict[int, _Level], counts: dict[int, int], at: int) -> str:
    level = levels.get(at)
    if level is None or level.form == "none":
        return ""
    return _FORMS.get(level.form, str)(counts.get(at, level.start))


def _value(item: etree._Element, name: str) -> str:
    """Return an attribute by its name alone: Word's two flavours differ in its namespace."""
    return next((str(value) for key, value in item.items() if str(key).rpartition("}")[2] == name), "")


def _integer(text: str, default: int = 0) -> int:
    return (
        int(text) if text.lstrip("-").isascii() and text.lstrip("-").isdigit() and len(text) < 9 else default
    )
