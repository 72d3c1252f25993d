"""Tesseract's table of words to a page's text: columns parted, list numbers at their lines (pure)."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from vectorstore.readers.ink import Box
from vectorstore.readers.layout import regions_of, write_out
from vectorstore.readers.word import Word

# A single line across two columns is a heading, or an accident.
_MIN_JOINED = 2
# A line that was read on a second look goes with the paragraph above it, no further off than this share of its height.
_NEAR = 0.9
# Of the words of a second look, mean: what is less sure is a drawing.
_SURE = 0.5
_MARKER = re.compile(r"\(?(?:\d{1,3}|[A-Za-z]|[ivx]{1,4})[.)]|[•▪*·–-]")

# What Tesseract makes of a rule.
_BARS = re.compile(r"[|\[\](){}!Il1/\\_—–-]{1,2}")
_BAR_AT_END = re.compile(r"(?<=\w)[|\]}]$|(?<=\W)[|\]})]$")
_BAR_AT_START = re.compile(r"^[|\[{](?=\w)")

_At = tuple[int, int, int]  # block, paragraph and line, as Tesseract numbers them


@dataclass(slots=True)
class _Seen:
    """A word, in pixels; confidence from 0 to 1."""

    text: str
    box: Box
    confidence: float


@dataclass(slots=True)
class _Line:
    """A line of words as Tesseract found it, in pixels."""

    left: int
    top: int
    bottom: int
    words: list[_Seen] = field(default_factory=list)

    @property
    def right(self) -> int:
        """Where its last word ends."""
        return max((word.box[2] for word in self.words), default=self.left)

    @property
    def middle(self) -> float:
        """How far down the page it stands."""
        return (self.top + self.bottom) / 2

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(word.text for word in self.words)


class SeenPage:
    """The words that OCR found on a page, in its order of reading."""

    def __init__(self, table: str = "") -> None:
        self._lines: dict[_At, _Line] = {}
        for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
            at = int(row["block_num"]), int(row["par_num"]), int(row["line_num"])
            left, top = int(row["left"]), int(row["top"])
            right, bottom = left + int(row["width"]), top + int(row["height"])
            if row["level"] == "4":
                self._lines[at] = _Line(left, top, bottom)
            elif row["level"] == "5" and (word := (row["text"] or "").strip()):
                confidence = float(row["conf"]) / 100
                self._lines[at].words.append(_Seen(word, (left, top, right, bottom), confidence))

    @property
    def boxes(self) -> list[Box]:
        """Where its words stand."""
        return [word.box for word in self._words()]

    @property
    def confidence(self) -> float | None:
        """The mean of its words, 0 to 1; None without words."""
        seen = [word.confidence for word in self._words()]
        return round(sum(seen) / len(seen), 4) if seen else None

    def _words(self) -> list[_Seen]:
        return [word for line in self._lines.values() for word in line.words]

    def add(self, other: "SeenPage", boxes: Iterable[tuple[Box, Box]]) -> list[Box]:
        """Put the lines of a second look among these; return the boxes in which it found no words either.

        Args:
            boxes: where a line stands on the page, and where on the picture of the second look.
        """
        left_out = []
        found = other._words()  # noqa: SLF001 - its own kind
        for box, looked in boxes:
            words = [
                word for word in found if _is_inside(word.box, looked) and any(map(str.isalnum, word.text))
            ]
            if not words or sum(word.confidence for word in words) < _SURE * len(words):
                left_out.append(box)
                continue
            x, y = box[0] - looked[0], box[1] - looked[1]
            for word in words:
                a, b, c, d = word.box
                word.box = a + x, b + y, c + x, d + y
            self._insert(_Line(box[0], box[1], box[3], sorted(words, key=lambda word: word.box[0])))
        return left_out

    def part_at(self, rules: Iterable[Box]) -> None:
        """Part words from the upright rules that Tesseract took for a character of theirs, or for a word."""
        for left, top, right, bottom in rules:
            for line in self._lines.values():
                if top < line.middle < bottom:
                    near = (line.bottom - line.top) // 8
                    line.words = [word for word in line.words if _part(word, left - near, right + near)]

    def _insert(self, line: _Line) -> None:
        """Put a line after the one that it follows: to its left, else above it."""
        others = [(at, other) for at, other in self._lines.items() if other.words]
        beside = [
            (at, o) for at, o in others if o.top < line.middle < o.bottom and o.right <= line.words[0].box[2]
        ]
        above = [(at, o) for at, o in others if o.middle < line.top]
        over = [(at, o) for at, o in above if o.left < line.right and line.left < o.right]
        last = max(beside, key=lambda item: item[1].right, default=None) or max(
            over or above, key=lambda item: item[1].bottom, default=None
        )
        number = 10_000 + len(self._lines)
        # Not of any block: a paragraph of its own.
        key: _At = (0, number, 1)
        if last and (last in beside or line.top - last[1].bottom < _NEAR * (line.bottom - line.top)):
            key = (*last[0][:2], number)
        lines: dict[_At, _Line] = {} if last else {key: line}
        for at, other in self._lines.items():
            lines[at] = other
            if last and at == last[0]:
                lines[key] = line
        self._lines = lines

    def text(self) -> str:
        """Write its words out, paragraphs parted by one empty line."""
        for line in self._lines.values():
            _restore_pronoun(line.words)
        if text := self._unjoined():
            return text
        _place_markers(list(self._lines.values()))
        paragraphs = (
            "\n".join(line.text for _, line in group if line.words)
            for _, group in groupby(self._lines.items(), key=lambda item: item[0][:2])
        )
        return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)

    def _unjoined(self) -> str:
        """Return the text of a page on which Tesseract took the lines of two columns for one; "" where it did not.

        Elsewhere its own paragraphs are the better ones: it sees the picture, and tables as tables.
        """
        placed = [(at, line, word) for at, line in self._lines.items() for word in line.words]
        words = [
            Word(word.text, word.box[0], line.top, word.box[2], line.bottom, order)
            for order, (_, line, word) in enumerate(placed)
        ]
        regions = regions_of(words)
        of_line: dict[_At, dict[int, str]] = {}
        for number, region in enumerate(regions):
            for run in region:
                sides = of_line.setdefault(placed[run.order][0], {})
                sides[number] = f"{sides.get(number, '')} {run.text}"
        joined = [sides for sides in of_line.values() if sum(map(_is_said, sides.values())) > 1]
        return write_out(regions) if len(joined) >= _MIN_JOINED else ""


def _part(word: _Seen, left: int, right: int) -> bool:
    """Cut off what of a word is a rule that stands from `left` to `right`; return whether anything is left."""
    begin, top, end, bottom = word.box
    if end <= left or begin >= right:
        return True
    if _BARS.fullmatch(word.text):
        return False
    if left > (begin + end) / 2:
        word.text = _BAR_AT_END.sub("", word.text)
        word.box = begin, top, left, bottom
    elif right < (begin + end) / 2:
        word.text = _BAR_AT_START.sub("", word.text)
        word.box = right, top, end, bottom
    return True


def _is_inside(box: Box, around: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return around[0] <= x < around[2] and around[1] <= y < around[3]


def _is_said(text: str) -> bool:
    """Return whether a part of a line is of words, as in sentences and not in tables."""
    words = [word for word in text.split() if sum(map(str.isalpha, word)) > len(word) / 2]
    return len(words) >= 3 and len(words) > 0.6 * len(text.split())


def _restore_pronoun(words: list[_Seen]) -> None:
    """Turn a bar between words into the "I" that it is; in a typeface without serifs Tesseract takes one for the other.

    A table's borders come in pairs, and at the ends of lines.
    """
    bars = [at for at, word in enumerate(words) if word.text == "|"]
    if len(bars) == 1 and bars[0] + 1 < len(words) and words[bars[0] + 1].text[0].islower():
        words[bars[0]].text = "I"


def _place_markers(lines: list[_Line]) -> None:
    """Put list numbers and bullets that Tesseract took for a column of their own before the lines they number."""
    for marker in lines:
        if not (len(marker.words) == 1 and _MARKER.fullmatch(marker.words[0].text)):
            continue
        beside = [
            line
            for line in lines
            if line.left > marker.left
            and line.top <= marker.middle <= line.bottom
            and line.words
            and line is not marker
        ]
        if beside:
            owner = min(beside, key=lambda line: line.left)
            owner.words[:0] = marker.words
            owner.left = marker.left
            marker.words.clear()
