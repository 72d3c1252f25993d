"""How a citation is written: a line with named fields. An empty field goes with its punctuation. Pure."""

import string
from collections.abc import Mapping
from dataclasses import dataclass

from vectorstore.errors import SettingsError

DEFAULT = "{author}, {office}, {area}, letter to {addressee}, {date}, p. {page}, para {paragraph}: “{quote}”"
FIELDS = (
    "author", "office", "area", "addressee", "date", "reference", "subject", "report", "file", "page", "paragraph",
    "speaker", "reading", "quote",
)  # fmt: skip
_SETTING = "The setting LETTERS_CITATION_STYLE"
_CLOSES = {"(": ")", "[": "]", "“": "”", "‘": "’", "«": "»", "<": ">"}
_SEPARATORS = " ,;:.·|/–—-"


@dataclass(frozen=True, slots=True)
class Style:
    """A house style.

    Args:
        parts: the fields in order, each with the text that stands before it.
        tail: the text after the last field.
    """

    parts: tuple[tuple[str, str], ...]
    tail: str

    @property
    def fields(self) -> frozenset[str]:
        """The fields that it names."""
        return frozenset(name for _, name in self.parts)

    def write(self, values: Mapping[str, str]) -> str:
        """Write a citation.

        A field that is empty goes with the text between it and the field before it, and with the bracket or
        quotation mark that closes what this text opened; what it closes stays.
        """
        written = ""
        around = ""  # what was written of the style's own text
        begun = False
        closing = ""
        for text, name in self.parts:
            before = _without(text, closing)
            closing = ""
            value = values.get(name, "")
            if not value:
                kept = _closed(before, around)
                closing = _left_open(before[len(kept) :])
                written, around = written + kept, around + kept
                continue
            if not begun and (text, name) != self.parts[0]:
                # What stood first was empty: what separated it from this has nothing to separate.
                before = before.lstrip(_SEPARATORS)
            begun = True
            written, around = written + before + value, around + before
        return written + _without(self.tail, closing)


def parse_style(line: str) -> Style:
    """Read a house style.

    Raises:
        SettingsError: it has an unknown field or an open brace, runs over several lines, or leaves the quote out.
    """
    try:
        found = list(string.Formatter().parse(line))
    except ValueError as error:
        raise SettingsError(
            f"{_SETTING} is {line!r}: {error}. Write a field as {{author}}; a brace itself is doubled."
        ) from error
    parts: list[tuple[str, str]] = []
    pending = ""
    for before, name, form, conversion in found:
        pending += before
        if name is None:
            continue
        if name not in FIELDS or form or conversion:
            raise SettingsError(
                f"{_SETTING} has the unknown field {_field(name, form, conversion)!r}. Fields are: {', '.join(FIELDS)}."
            )
        parts.append((pending, name))
        pending = ""
    if not any(name == "quote" for _, name in parts):
        raise SettingsError(
            f"{_SETTING} is {line!r}, without the words that are cited: put {{quote}} into it."
        )
    if not line.isprintable():
        raise SettingsError(f"{_SETTING} is {line!r}: write it on one line, without control characters.")
    return Style(tuple(parts), pending)


def _field(name: str, form: str | None, conversion: str | None) -> str:
    return "{" + name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "") + "}"


def _left_open(text: str) -> str:
    """Return what closes the last bracket or quotation mark that a text leaves open, or ""."""
    for opener, closer in _CLOSES.items():
        if text.count(opener) > text.count(closer):
            return closer
    return ""


def _closed(text: str, around: str) -> str:
    """Return the marks at the head of a text that close what was opened around the fields before it."""
    kept = ""
    for mark in text:
        before = around + kept
        opener = next((opener for opener, closer in _CLOSES.items() if closer == mark), "")
        is_open = (
            before.count(opener) > before.count(mark) if opener else mark == '"' and before.count(mark) % 2
        )
        if not is_open:
            break
        kept += mark
    return kept


def _without(text: str, closing: str) -> str:
    return text[len(closing) :] if closing and text.startswith(closing) else text
