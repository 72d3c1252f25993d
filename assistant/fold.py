"""Fold typography, and nothing else, with a way back to the original offsets (pure).

Letters, digits, negations and names stay exact. What is folded: compatibility forms (NFKC: ligatures,
non-breaking spaces), quotation marks, dashes, soft hyphens and zero-width marks, asterisks that a converter put for
bold, line breaks and runs of white space, and the hyphen of a word parted at a line's end.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_SAME = {
    **dict.fromkeys("‘’‚‛′`´", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
}
_NOTHING = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff*")
_PARTED = re.compile(r"(?<=[^\W\d_])[-‐\u00ad][ \t]*\r?\n[ \t]*(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `at[i]` is where its i-th code point comes from, and `at[len(text)]` the original's length."""

    text: str
    at: tuple[int, ...]


@lru_cache(maxsize=2048)
def fold(text: str, *, join_parted: bool = True) -> Folded:
    """Fold a text.

    Args:
        join_parted: drop the hyphen of a word parted at a line's end; else keep it, for words that have one anyway.
    """
    parted: dict[int, int] = {m.start(): m.end() for m in _PARTED.finditer(text)}
    kept: list[str] = []
    at: list[int] = []
    position = 0
    while position < len(text):
        if position in parted:
            if not join_parted:
                kept.append("-")
                at.append(position)
            position = parted[position]
            continue
        character = text[position]
        if character not in _NOTHING:
            for part in _SAME.get(character) or unicodedata.normalize("NFKC", character):
                plain = _SAME.get(part, part)
                if plain.isspace():
                    if kept and kept[-1] == " ":
                        continue
                    plain = " "
                kept.append(plain)
                at.append(position)
        position += 1
    return Folded("".join(kept), (*at, len(text)))


def find_folded(quote: str, text: str) -> list[tuple[int, int]]:
    """Return the spans of `text` that read as `quote` once both are folded, whole tokens only, in order.

    The first word's capital may differ, since a quote may begin or end mid-sentence.
    """
    wanted = fold(quote).text.strip()
    if not any(c.isalnum() for c in wanted):
        return []
    spans: set[tuple[int, int]] = set()
    for join in (True, False):
        folded = fold(text, join_parted=join)
        for needle in dict.fromkeys((wanted, wanted[0].upper() + wanted[1:], wanted[0].lower() + wanted[1:])):
            found = folded.text.find(needle)
            while found >= 0:
                end = found + len(needle)
                if _whole(folded.text, found, end):
                    spans.add((folded.at[found], folded.at[end - 1] + 1))
                found = folded.text.find(needle, found + 1)
    return sorted(spans)


def _whole(text: str, start: int, end: int) -> bool:
    """Whether `[start, end)` begins and ends between tokens: 78,000 is no part of 478,000, nor "able" of "un-able"."""
    return not (_joins(text, start, text[start : start + 1]) or _joins(text, end, text[end - 1 : end]))


def _joins(text: str, edge: int, inside: str) -> bool:
    before, after = text[edge - 1 : edge], text[edge : edge + 1]
    if not inside.isalnum() or not before or not after:
        return False
    if before.isalnum() and after.isalnum():
        return True
    # A mark that holds a token together: 1,300; 2019/20; non-emergency; wouldn't; 5%.
    outside = after if inside == before else before
    beyond = text[edge + 1 : edge + 2] if inside == before else text[edge - 2 : edge - 1] if edge >= 2 else ""
    if outside in "%£$€":
        return inside.isdigit()
    if outside in ".,/:":
        return inside.isdigit() and beyond.isdigit()
    return outside in "-'" and beyond.isalnum()
