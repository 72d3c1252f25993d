"""What stands in quotation marks, by any of the usual conventions, balanced or not (pure)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

_OPENERS = {"“": "double", "„": "double", "‟": "double", "«": "angle", "‘": "single", "‚": "single"}
_CLOSERS = {"”": "double", "»": "angle", "’": "single"}
_MARK = re.compile("[\"“”„‟«»'‘’‚]")
_CLIPPED = re.compile(
    r"(?:\d|(?:tis|twas|til|em|n|cause|bout)\b)", re.IGNORECASE
)  # what an apostrophe begins
# Where a quotation is not the letter's words in one run: three points, and what the drafter puts in brackets.
_LEFT_OUT = re.compile(r"[\[(]\s*(?:…|\.{2,}|\. \. \.)\s*[\])]|…|\.{3,}|(?:\. ){2,}\.")
_CHANGED_CASE = re.compile(r"\[([^\W\d_])\](?=[^\W\d_])")
_INSERTED = re.compile(
    r"\[(?:\^[^\]\s]+|\d{1,3}|sic\.?|[^\]]*(?:emphasis|italics)[^\]]*)\]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+(?=\W|$)", re.IGNORECASE
)
_BRACKETED = re.compile(r"\[[^\[\]]{0,200}\]")
_DEEPEST = 12  # so many quotations within one another are none
UNSEEN = "\u200b"  # stands for a mark of Markdown within words: nothing is shown there
_BREAK = "\ue000"  # a private code point: no letter has it
_SEAM = re.compile(rf"({_BRACKETED.pattern}|{_BREAK})")


@dataclass(frozen=True, slots=True)
class Marked:
    """Words in quotation marks; spans count code points of the draft, marks left out.

    Args:
        parts: its words, one run for each paragraph that it runs over.
        spans: where each of them stands.
        closed: False where its mark is opened and never closed: it ends with its paragraph.
    """

    start: int
    end: int
    parts: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    closed: bool = True


class _Open(NamedTuple):
    at: int
    family: str
    mark: str


def find_marked(paragraphs: Sequence[tuple[int, str]]) -> list[list[Marked]]:
    """Return what each paragraph quotes, outermost marks only.

    A quotation that its next paragraph opens anew, or closes, goes on there and is told with its first paragraph.

    Args:
        paragraphs: each with where it starts in the draft.
    """
    found: list[list[Marked]] = []
    running: tuple[int, int] | None = None  # where the quotation that is still open was put
    for at, (offset, text) in enumerate(paragraphs):
        here, orphan = _scan(text)
        if running is not None:
            row, column = running
            whole = found[row][column]
            more = _goes_on(whole, text, here, orphan)
            running = None
            if more is not None:
                first, last, closed = more
                here = [each for each in here if each.start > last]
                found[row][column] = replace(
                    whole,
                    end=offset + last,
                    parts=(*whole.parts, text[first:last]),
                    spans=(*whole.spans, (offset + first, offset + last)),
                    closed=closed,
                )
                running = None if closed else (row, column)
        found.append([_moved(each, offset) for each in here])
        if here and not here[-1].closed:
            running = (at, len(here) - 1)
    return found


def _moved(marked: Marked, by: int) -> Marked:
    spans = tuple((start + by, end + by) for start, end in marked.spans)
    return replace(marked, start=marked.start + by, end=marked.end + by, spans=spans)


def _goes_on(
    whole: Marked, text: str, here: Sequence[Marked], orphan: int | None
) -> tuple[int, int, bool] | None:
    """Return where in a paragraph an open quotation goes on, and whether it ends there."""
    lead = len(text) - len(text.lstrip())
    if here and here[0].start == lead + 1 and whole.parts[-1].rstrip()[-1:] in {*".!?:;…"}:
        return here[0].start, here[0].end, here[0].closed
    if orphan is not None and (not here or orphan < here[0].start):
        return lead, orphan, True
    return None


def _marked(text: str, start: int, end: int, *, closed: bool = True) -> Marked:
    return Marked(start, end, (text[start:end],), ((start, end),), closed)


def _scan(text: str) -> tuple[list[Marked], int | None]:
    """Return the outermost quotations of a paragraph, and where a mark closes that was not opened there."""
    stack: list[_Open] = []
    done: list[Marked] = []
    orphan: int | None = None
    for found in _MARK.finditer(text):
        at, mark = found.start(), found[0]
        side, family = _side(text, at, mark, stack)
        if side == "open" and len(stack) < _DEEPEST:
            stack.append(_Open(at, family, mark))
        elif side == "close":
            depth = next((d for d in range(len(stack) - 1, -1, -1) if stack[d].family == family), None)
            if depth is None:
                orphan = at if orphan is None and family != "single" and not done else orphan
                continue
            opened = stack[depth].at
            del stack[depth:]
            while done and done[-1].start > opened:
                done.pop()
            done.append(_marked(text, opened + 1, at))
    return _settled(text, done, stack), orphan


def _settled(text: str, done: list[Marked], stack: list[_Open]) -> list[Marked]:
    """Add what was never closed: it ends where the next of its kind opens, else with the paragraph."""
    found = list(done)
    for opened in stack:
        if opened.family == "single":
            continue  # an apostrophe more likely than a quotation
        after = [
            each.start - 1 for each in done if each.start > opened.at and text[each.start - 1] == opened.mark
        ]
        after += [other.at for other in stack if other.at > opened.at and other.family == opened.family]
        end = min(after, default=len(text.rstrip()))
        found = [each for each in found if not (opened.at < each.start and each.end <= end)]
        found.append(_marked(text, opened.at + 1, end, closed=False))
    found.sort(key=lambda each: each.start)
    return [each for each in found if any(c.isalnum() for c in text[each.start : each.end])]


def _side(text: str, at: int, mark: str, stack: Sequence[_Open]) -> tuple[str, str]:
    """Say whether a mark opens, closes or is an apostrophe ("")."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    at_start = not before or before.isspace() or before in "([{—–-/\"“‘'„«" or before == UNSEEN
    opens = at_start and bool(after) and not after.isspace()
    if mark == '"':
        if any(each.mark == '"' for each in stack):
            return ("open" if opens and not _shuts(text, at) else "close"), "straight"
        if before.isdigit() and not opens:
            return "", ""  # inches
        return ("open" if opens else "close"), "straight"
    if mark == "“" and any(each.mark == "„" for each in stack):
        return "close", "double"
    if mark in "'‘’‚":
        return _single_side(text, at, mark, stack, opens=opens)
    if mark in _OPENERS:
        return "open", _OPENERS[mark]
    return "close", _CLOSERS[mark]


def _shuts(text: str, at: int) -> bool:
    """Whether a straight mark between spaces closes: what comes before it is no beginning."""
    return not text[at - 1 : at].isspace()


def _single_side(text: str, at: int, mark: str, stack: Sequence[_Open], *, opens: bool) -> tuple[str, str]:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    family = "plain" if mark == "'" else "single"
    if before.isalnum() and after.isalnum():
        return "", ""
    if mark in "'‘‚" and opens and not _CLIPPED.match(text, at + 1):
        return ("open", family) if _closer(text, at + 1, mark) is not None else ("", "")
    opened = next((each for each in reversed(stack) if each.family == family), None)
    if opened is None or mark in "‘‚":
        return "", ""
    return ("close", family) if _closer(text, opened.at + 1, opened.mark) == at else ("", "")


def _closer(text: str, begin: int, mark: str) -> int | None:
    """Return where a quotation in single marks ends: at the first mark after a word that is no plural's apostrophe."""
    close = "'" if mark == "'" else "’"
    doubtful: int | None = None
    for found in re.finditer(f"{close}|{mark}", text[begin:]):
        at = begin + found.start()
        before, after = text[at - 1 : at], text[at + 1 : at + 2]
        if found[0] == mark and (not before or before.isspace() or before in "(["):
            if after and not after.isspace() and not _CLIPPED.match(text, at + 1):
                break  # the next one opens
            continue
        if before.isspace() or after.isalnum():
            continue
        if before in "sS" and re.match(r" [a-z]", text[at + 1 : at + 3]):
            doubtful = at if doubtful is None else doubtful
            continue
        return at
    return doubtful


def split_parts(marked: Marked) -> tuple[str, ...]:
    """Return the runs of words that a quotation claims to be its letter's: three points and brackets join nothing."""
    return parts_and_seams(marked)[0]


def parts_and_seams(marked: Marked) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the runs of words that a quotation claims to be its letter's, and the drafter's in brackets around them.

    Of the second there is one more: what stands before each run, "" for mere points, and what stands after the last.
    """
    parts: list[str] = []
    seams = [""]
    for part in marked.parts:
        text = _LEFT_OUT.sub(_BREAK, part.replace(UNSEEN, ""))
        text = _CHANGED_CASE.sub(rf"{_BREAK}\1", _INSERTED.sub("", text))
        for at, run in enumerate(_SEAM.split(text)):
            words = " ".join(run.strip(f"[]{_BREAK}" if at % 2 else None).split())
            if at % 2 and words:
                seams[-1] = f"{seams[-1]} {words}".strip()
            elif not at % 2 and any(c.isalnum() for c in words):
                parts.append(words)
                seams.append("")
    return tuple(parts), tuple(seams)


def written(marked: Marked) -> str:
    """Return a quotation as the draft has it, in one line."""
    return " ".join(" ".join(marked.parts).replace(UNSEEN, "").split())


def spellings(words: str) -> list[str]:
    """Return the ways in which a letter may have these words for the quotation to be true to it.

    A comma or full stop before a closing mark may be the drafter's, and marks within a quotation change their kind.
    """
    bare = words.strip().rstrip(" .,;:-–—").lstrip(" ,;:")
    ways = [words.strip(), bare]
    for way in (words.strip(), bare):
        to_double = re.sub(r"(?<![^\W_])['‘](?=\w)|(?<=[\w.,!?])['’](?![^\W_])", '"', way)
        ways += [to_double, re.sub(r'["“”„«»]', "'", way)]
    return [way for way in dict.fromkeys(ways) if way]
