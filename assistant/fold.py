"""Fold typography, and nothing else, with a way back to the original offsets (pure).

Letters, digits, negations and names stay exact. What is folded: compatibility forms (NFKC: ligatures, accents put
together, non-breaking spaces), quotation marks, dashes, soft hyphens and other marks that nobody sees, asterisks that
a converter put for bold, line breaks and runs of white space, and the hyphen of a word parted at a line's end.
"""

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
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
# After the number or letter of a list, if there is one: "3. The trust must …".
_FIRST_WORD = re.compile(
    rf"\W*(?:(?:\d{{1,3}}|[a-z]|[ivx]{{1,4}})[.)] )?(?P<word>[^\W_]+(?:{PARTED}[^\W_]+)*)"
)
# 1,300; 2019/20; 17:10; £500; 5%; -5; non-emergency; wouldn't.
_TOKEN = re.compile(
    rf"(?:[-+](?=[£$€¥₹]?\d))?[£$€¥₹]?[^\W_]+(?:(?:['{PARTED}-]|(?<=\d)[.,/:](?=\d))[^\W_]+)*[%‰]?"
)


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text, and where it comes from.

    Args:
        starts: where in the original, in code points, each code point of `text` begins.
        ends: where in the original each ends, exclusive.
        inside: for each place between two code points of `text`, 1 where a token goes on, else 0.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    inside: bytes


@lru_cache(maxsize=1024)
def fold(text: str) -> Folded:
    """Fold a text; a word parted at a line's end has `PARTED` in it."""
    parted = {found.start(): found.end() for found in _AT_LINE_END.finditer(text)}
    multiplied = {at for found in _DIGIT_STARS.finditer(text) for at in range(*found.span())}
    kept: list[str] = []
    starts, ends = array("I"), array("I")
    position = 0
    while position < len(text):
        end = parted.get(position) or _cluster_end(text, position)
        if position in parted:
            parts = PARTED
        elif text[position] == "*" and position not in multiplied:
            parts = ""
        else:
            parts = _fold_cluster(text[position:end], after_digit=bool(kept) and kept[-1].isdigit())
        for part in parts:
            if kept and part == kept[-1] and part in " -":
                # A run of white space is one space, and "--" is how a typewriter writes a dash.
                ends[-1] = end
                continue
            kept.append(part)
            starts.append(position)
            ends.append(end)
        position = end
    folded = "".join(kept)
    return Folded(folded, starts, ends, _inside(folded, text, starts, ends))


def plain(text: str) -> str:
    """Return the folded text alone, words parted at a line's end put together."""
    return fold(text).text.replace(PARTED, "")


def find_folded(quote: str, text: str) -> list[tuple[int, int]]:
    """Return the spans of `text` that read as `quote` once both are folded, whole tokens only, in order.

    Where it is not found so, the first word's capitals may differ, since a quote may begin mid-sentence.
    """
    wanted = fold(quote).text.strip()
    first = _FIRST_WORD.match(wanted)
    if not first:
        return []
    folded = fold(text)
    head, word, rest = wanted[: first.start("word")], first["word"], wanted[first.end() :]
    capitals = {word.lower(), word.upper(), word.capitalize()}
    capitals |= {word[0].upper() + word[1:], word[0].lower() + word[1:]}
    for spellings in ({word}, capitals):
        spans = sorted(
            (folded.starts[start], folded.ends[end - 1])
            for spelling in spellings
            for start, end in _occurrences(head + spelling + rest, folded.text)
            if not folded.inside[start] and not folded.inside[end]
        )
        if spans:
            return spans
    return []


def _cluster_end(text: str, position: int) -> int:
    """Return where the character at `position` ends, the accents that follow it and belong to it included."""
    end = position + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


def _fold_cluster(cluster: str, *, after_digit: bool) -> str:
    first = cluster[0]
    if unicodedata.category(first) == "Cf":
        return ""
    if first in _SAME:
        return _SAME[first]
    composed = unicodedata.normalize("NFKC", cluster)
    if after_digit and not first.isdecimal() and composed[0].isdigit():
        return first  # 10² is not 102, nor is 1½ 11/2
    return "".join(" " if part.isspace() else _SAME.get(part, part) for part in composed)


def _inside(folded: str, text: str, starts: Sequence[int], ends: Sequence[int]) -> bytes:
    """Mark the places where a cut would part a token: 78,000 is no part of 478,000, nor "able" of "un-able"."""
    inside = bytearray(len(folded) + 1)
    for token in _TOKEN.finditer(folded):
        start, end = token.span()
        inside[start + 1 : end] = b"\1" * (end - start - 1)
        for at in range(start + 1, end - 1):
            long_dash = folded[at] == "-" and (text[starts[at]] in "—―" or ends[at] - starts[at] > 1)
            if long_dash and not (folded[at - 1].isdigit() and folded[at + 1].isdigit()):
                inside[at] = inside[at + 1] = 0  # a dash between two words parts them
    return bytes(inside)


def _occurrences(wanted: str, text: str) -> Iterator[tuple[int, int]]:
    if PARTED not in wanted and PARTED not in text:
        start = text.find(wanted)
        while start >= 0:
            yield start, start + len(wanted)
            start = text.find(wanted, start + 1)
        return
    pattern = re.compile(_with_hyphens_open(wanted))
    found = pattern.search(text)
    while found:
        yield found.span()
        found = pattern.search(text, found.start() + 1)


def _with_hyphens_open(wanted: str) -> str:
    """Return a pattern in which a word parted at a line's end may have a hyphen of its own or not, on either side."""
    parts = []
    for character, following in zip(wanted, [*wanted[1:], " "], strict=True):
        if character == PARTED:
            parts.append(f"[-{PARTED}]?")
        elif character == "-":
            parts.append(f"[-{PARTED}]")
        else:
            parts.append(re.escape(character))
            if character.isalpha() and following.isalpha():
                parts.append(f"{PARTED}?")
    return "".join(parts)
