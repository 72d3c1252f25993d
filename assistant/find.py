"""Find a quote in a text once the typography of both is folded: whole tokens and whole numbers only (pure)."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.fold import PARTED, Folded, fold, fold_letter, without_hyphens

_HYPHEN = re.compile(rf"[-{PARTED}]")
# After the number or letter of a list, if there is one: "3. The trust must …".
_FIRST_WORD = re.compile(
    rf"\W*(?:(?:\d{{1,3}}|[a-z]|[ivx]{{1,4}})[.)] )?(?P<word>[^\W_]+(?:{PARTED}[^\W_]+)*)"
)
# 1,300; 2019/20; 17:10; £500; 5%; -5; non-emergency; wouldn't.
_TOKEN = re.compile(
    rf"(?:[-+](?=[£$€¥₹]?\d))?[£$€¥₹]?[^\W_]+(?:(?:['{PARTED}-]|(?<=\d)[.,/:](?=\d))[^\W_]+)*[%‰]?"
)
# £3 million is not £3, nor is "five per cent" five: the two words are one number.
_COUNT_BEFORE = re.compile(
    r"(?:\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|hundred|thousand|million"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty)) ?$",
    re.IGNORECASE,
)
_SCALE_AFTER = re.compile(
    r" ?(?:(?:hundred|thousand|million|billion|trillion|bn|mn|per ?cent)\b|[%‰])", re.IGNORECASE
)
_PARTS = frozenset(' ;!?()[]"')  # what no token holds
_SCALE_CHARS = 16  # more than the longest of these words


@dataclass(frozen=True, slots=True)
class Sought:
    """A quote as it is looked for in folded text.

    Args:
        recased: the same with other capitals in its first word, since a quote may begin mid-sentence.
        rest: what follows its first word.
    """

    exact: str
    recased: tuple[str, ...]
    rest: str


def seek(quote: str) -> Sought | None:
    """Return a quote as it is looked for; None where it has no word."""
    wanted = fold(quote).text.strip()
    first = _FIRST_WORD.match(wanted)
    if not first:
        return None
    head, word, rest = wanted[: first.start("word")], first["word"], wanted[first.end() :]
    capitals = {word.lower(), word.upper(), word.capitalize()}
    capitals |= {word[0].upper() + word[1:], word[0].lower() + word[1:]}
    recased = tuple(head + spelling + rest for spelling in sorted(capitals - {word}))
    return Sought(wanted, recased, rest)


def find_folded(quote: str, text: str) -> list[tuple[int, int]]:
    """Return the spans of `text` that read as `quote` once both are folded, whole tokens only, in order.

    Where it is not found so, the first word's capitals may differ.
    """
    sought = seek(quote)
    return find_sought(sought, fold_letter(text)) if sought else []


def find_sought(sought: Sought, folded: Folded) -> list[tuple[int, int]]:
    """Return the spans of the original of `folded` in which a quote stands, in order."""
    inside: dict[int, bytes] = {}
    for spellings in ((sought.exact,), sought.recased):
        spans: list[tuple[int, int]] = []
        for spelling in spellings:
            for start in _beginnings(spelling, folded):
                if parts_a_token(folded, start, inside):
                    continue
                end = _read_along(spelling, folded.text, start)
                if end is not None and not parts_a_token(folded, end, inside):
                    spans.append((folded.start(start), folded.end(end - 1)))
        if spans:
            return sorted(spans)
        if not _may_hold(sought.rest, folded):
            break
    return []


def _may_hold(rest: str, folded: Folded) -> bool:
    """Whether it is worth looking for the first word in other capitals: most texts do not hold what follows it."""
    if folded.bare:
        return without_hyphens(rest) in folded.bare
    return PARTED in rest or rest in folded.text


def parts_a_token(folded: Folded, at: int, inside: dict[int, bytes]) -> bool:
    """Whether a cut at `at` would part a token: 78,000 is no part of 478,000, nor "able" of "un-able".

    Args:
        inside: what was found out so far, by where the stretch between two spaces begins.
    """
    text = folded.text
    if not 0 < at < len(text):
        return False
    goes_on = text[at] not in ".,:" or text[at + 1 : at + 2].isdigit()
    if goes_on and text[at] not in _PARTS and text[at - 1] not in _PARTS:
        # No token reaches over a space, so what lies between two of them is enough to tell.
        begin = text.rfind(" ", 0, at) + 1
        if begin not in inside:
            stop = text.find(" ", at)
            inside[begin] = _inside(folded, begin, len(text) if stop < 0 else stop)
        if inside[begin][at - begin] or unicodedata.combining(text[at]):
            return True
    if not folded.bare:
        scale = _SCALE_AFTER.match(text, at)
        return scale is not None and _COUNT_BEFORE.search(text[max(0, at - _SCALE_CHARS) : at]) is not None
    before, after = (
        part.replace(PARTED, "")
        for part in (text[max(0, at - _SCALE_CHARS) : at], text[at : at + _SCALE_CHARS])
    )
    return _SCALE_AFTER.match(after) is not None and _COUNT_BEFORE.search(before) is not None


def _inside(folded: Folded, begin: int, stop: int) -> bytes:
    """Return for each place from `begin` to `stop` 1 where a token goes on over it, else 0."""
    inside, text = bytearray(stop - begin + 1), folded.text
    for token in _TOKEN.finditer(text, begin, stop):
        start, end = token.span()
        inside[start + 1 - begin : end - begin] = b"\1" * (end - start - 1)
        for at in range(start + 1, end - 1) if folded.dashes else ():
            if at in folded.dashes and not (text[at - 1].isdigit() and text[at + 1].isdigit()):
                inside[at - begin] = inside[at + 1 - begin] = 0  # a dash between two words parts them
    return bytes(inside)


def _beginnings(wanted: str, folded: Folded) -> Iterator[int]:
    """Give the places where a quote may begin; where a line's end parts a word, whether it does is still to be read."""
    if folded.bare or PARTED in wanted:
        yield from _beginnings_with_hyphens_open(wanted, folded)
        return
    start = folded.text.find(wanted)
    while start >= 0:
        yield start
        start = folded.text.find(wanted, start + 1)


def _beginnings_with_hyphens_open(wanted: str, folded: Folded) -> Iterator[int]:
    """Look for a quote where a word parted at a line's end may have a hyphen of its own or not, on either side."""
    text = folded.text
    bare_wanted, bare_text = without_hyphens(wanted), folded.bare or without_hyphens(text)
    found = bare_text.find(bare_wanted)
    if found < 0:
        return
    # How many hyphens stand before each place of the bare text.
    left_out = [hyphen.start() - number for number, hyphen in enumerate(_HYPHEN.finditer(text))]
    leading = len(wanted) - len(wanted.lstrip("-"))
    while found >= 0:
        yield max(0, found + bisect_right(left_out, found) - leading)
        found = bare_text.find(bare_wanted, found + 1)


def _read_along(wanted: str, text: str, at: int) -> int | None:
    """Return where a quote that begins at `at` ends there; None where it reads otherwise."""
    if text.startswith(wanted, at):
        return at + len(wanted)
    before = ""
    for character in wanted:
        here = text[at : at + 1]
        if character == PARTED:
            at += here in {"-", PARTED}
        elif here == character or (character == "-" and here == PARTED):
            at += 1
        elif here == PARTED and before.isalpha() and text[at + 1 : at + 2] == character:
            at += 2
        else:
            return None
        before = character
    return at
