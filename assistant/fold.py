"""Fold typography, and nothing else, with a way back to the original offsets (pure).

Letters, digits, negations and names stay exact. What is folded: compatibility forms (NFKC: ligatures, accents put
together, non-breaking spaces), quotation marks, dashes, soft hyphens and other marks that nobody sees, asterisks that
a converter put for bold, line breaks and runs of white space, and the hyphen of a word parted at a line's end.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

# Stands in folded text where a line's end parts a word: a reader cannot tell whether the word has a hyphen of its own.
PARTED = "\u00ad"
_SAME = {
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "⁄": "/",
}
_AT_LINE_END = re.compile(r"(?<=[^\W\d_])[-‐\u00ad]\s*\n\s*(?=[^\W\d_])")
_DIGIT_STARS = re.compile(r"(?<=\d)\*+(?=\d)")
# Where folding may change something: all but plain characters, single spaces and single hyphens between them.
_PLAIN = r"!-)+,.-_a-~"
_UNEVEN = re.compile(rf"(?:[ -](?=[^{_PLAIN}])|[^{_PLAIN} -])[^{_PLAIN}]*")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text, and where it comes from, kept as stretches: most of a text is folded into itself.

    Args:
        stretches: where in `text`, in code points, each stretch begins; the first at 0.
        starts: where in the original each stretch begins.
        ends: where in the original the one place ends that a whole stretch stands for; 0 for a stretch each of whose
            code points stands for one of the original.
        dashes: where in `text` a dash parts two words and does not join them.
        bare: `text` without its hyphens where a line's end parts a word in it; else empty.
    """

    text: str
    stretches: Sequence[int]
    starts: Sequence[int]
    ends: Sequence[int]
    dashes: Set[int]
    bare: str

    def start(self, at: int) -> int:
        """Return where in the original the code point at `at` of the folded text begins."""
        stretch = bisect_right(self.stretches, at) - 1
        begun = self.starts[stretch]
        return begun if self.ends[stretch] else begun + at - self.stretches[stretch]

    def end(self, at: int) -> int:
        """Return where in the original the code point at `at` of the folded text ends, exclusive."""
        stretch = bisect_right(self.stretches, at) - 1
        return self.ends[stretch] or self.starts[stretch] + at - self.stretches[stretch] + 1


class _Folding:
    """A text while it is folded."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.last = ""
        self.stretches, self.starts, self.ends = array("I", [0]), array("I", [0]), array("I", [0])
        self.dashes: set[int] = set()

    def copy(self, text: str, start: int, end: int) -> None:
        """Add `text[start:end]` as it is."""
        if start < end:
            self._begin(start)
            self.parts.append(text[start:end])
            self.length += end - start
            self.last = text[end - 1]

    def add(self, part: str, start: int, end: int, *, long: bool) -> None:
        """Add one code point that stands for `[start, end)` of the original."""
        if part == self.last and part in " -":
            # A run of white space is one space, and "--" is how a typewriter writes a dash.
            self._widen(end)
            return
        if end - start == 1:
            self._begin(start)
        else:
            self._stretch(self.length, start, end)
        if long or (part == "-" and end - start > 1):
            self.dashes.add(self.length)
        self.parts.append(part)
        self.length += 1
        self.last = part

    def _begin(self, start: int) -> None:
        """Make sure that the next code point, which stands for that at `start`, is in a stretch that leads there."""
        if self.ends[-1] or self.starts[-1] + self.length - self.stretches[-1] != start:
            self._stretch(self.length, start, 0)

    def _widen(self, end: int) -> None:
        """Let the last code point stand for what reaches to `end`."""
        at = self.length - 1
        if not self.ends[-1]:
            self._stretch(at, self.starts[-1] + at - self.stretches[-1], end)
        elif self.stretches[-1] == at:
            self.ends[-1] = end
        else:
            self._stretch(at, self.starts[-1], end)
        if self.last == "-":
            self.dashes.add(at)

    def _stretch(self, at: int, start: int, end: int) -> None:
        if self.stretches[-1] == at:
            self.starts[-1], self.ends[-1] = start, end
        else:
            self.stretches.append(at)
            self.starts.append(start)
            self.ends.append(end)


def fold(text: str) -> Folded:
    """Fold a text; a word parted at a line's end has `PARTED` in it."""
    if not _UNEVEN.search(text):
        return Folded(text, (0,), (0,), (0,), frozenset(), "")
    folding = _Folding()
    stars = _DIGIT_STARS.finditer(text) if "*" in text else ()
    multiplied = {at for found in stars for at in range(*found.span())}
    done = 0
    for uneven in _UNEVEN.finditer(text):
        position, stop = uneven.span()
        if position > done and unicodedata.combining(text[position]):
            position -= 1  # the accent belongs to the plain letter before it
        folding.copy(text, done, position)
        while position < stop:
            position = _fold_at(folding, text, position, kept_stars=multiplied)
        done = position
    folding.copy(text, done, len(text))
    folded = "".join(folding.parts)
    bare = without_hyphens(folded) if PARTED in folded else ""
    return Folded(folded, folding.stretches, folding.starts, folding.ends, frozenset(folding.dashes), bare)


@lru_cache(maxsize=1024)
def fold_letter(text: str) -> Folded:
    """Fold a text that is likely to be looked at again."""
    return fold(text)


def plain(text: str) -> str:
    """Return the folded text alone, words parted at a line's end put together."""
    return fold(text).text.replace(PARTED, "")


def without_hyphens(folded: str) -> str:
    """Return folded text without its hyphens, those included that a line's end may have put there."""
    return folded.replace("-", "").replace(PARTED, "")


def _fold_at(folding: _Folding, text: str, position: int, *, kept_stars: Set[int]) -> int:
    """Fold what stands at `position`, and return where it ends."""
    first = text[position]
    if unicodedata.category(first) == "Cf" and first != PARTED:
        return position + 1
    parted = _AT_LINE_END.match(text, position) if first in "-‐\u00ad" else None
    if parted:
        folding.add(PARTED, position, parted.end(), long=False)
        return parted.end()
    end = position + 1
    if first == PARTED or (first == "*" and position not in kept_stars):
        return end
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    beside_digit = folding.last.isdigit() or text[end : end + 1].isdigit()
    for part in _fold_cluster(text[position:end], beside_digit=beside_digit):
        folding.add(part, position, end, long=first in "—―")
    return end


def _fold_cluster(cluster: str, *, beside_digit: bool) -> str:
    first = cluster[0]
    if first in _SAME:
        return _SAME[first]
    composed = unicodedata.normalize("NFKC", cluster)
    if beside_digit and not first.isdecimal() and (composed[0].isdigit() or composed[-1].isdigit()):
        return first  # 10² is not 102, nor is 1½ 11/2
    return "".join(" " if part.isspace() else _SAME.get(part, part) for part in composed)
