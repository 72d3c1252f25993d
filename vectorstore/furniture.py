"""What surrounds a letter on its pages: headers, footers, page numbers, addresses, logos, converter remarks (pure).

Two ways to tell: what stands at the edges of several pages in the same words (numbers may count along), and what
a piece looks like by itself. Neither looks for a letter's own words.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from vectorstore.letter import Role
from vectorstore.prose import WORD, is_prose
from vectorstore.readers.sound import judge

Span = tuple[int, int]

EDGE = 6  # lines from a page's top or bottom that a header or footer may take
ALIKE = 0.6  # share of letter triples that two readings of the same line have in common
KINDS = 40  # different lines a letter's edges are compared with: keeps the work linear
MAX_LINE = 300

HEADER_LINE = re.compile(
    r"[ \t*]*(?:c\.?c\.?|copied to|copy to|copies to|(?:our|my|your)\s+ref\w*|ref(?:erence)?|date)\b[ \t*]*[:.]",
    re.IGNORECASE,
)
CONTACT = re.compile(
    # Only from a token's beginning: else a long line without spaces is read anew from each of its characters.
    r"(?<!\S)\S{1,200}@\S+|\bwww\.\S+|\bhttps?://\S+|(?<!\w)@\w+|\b(?:tel|telephone|phone|fax|e-?mail|twitter|facebook)\b[^\n]{0,6}:"
    r"|\b[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}\b|\bpage \d+(?: of \d+)?\b",
    re.IGNORECASE,
)
_REMARK = re.compile(
    r"(?:\[[^\]]{3,300}\]|(?:an?|the|this)(?: [\w-]+){0,4} (?:signature|logo|image|picture|photograph|crest|emblem"
    r"|stamp|seal|watermark|barcode|qr code|icon)\b.*)\W*$",
    re.IGNORECASE | re.DOTALL,
)
_PAGE_NUMBER = re.compile(
    r"\W{0,6}(?:(?:page|p\.?|pg\.?|tudalen)\s{0,3}(?P<said>\d{1,4})|(?P<bare>\d{1,4}))"
    r"(?:\s{0,3}(?:of|/|o)\s{0,3}\d{1,4})?\W{0,6}",
    re.IGNORECASE,
)
# A label that counts what the letter answers, not the pages.
_LABEL = re.compile(
    r"\W{0,4}(?:[A-Z]\w+ ){0,3}(?:recommendation|area|finding|requirement|action|question|annex|appendix|section|part"
    r"|table|figure|chapter|schedule|cause)s?\b[\w ]{0,30}\d",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\W{0,3}(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]\s+[^\W\d]", re.IGNORECASE)
_CLOSE = re.compile(
    r"\W{0,3}(?:dear\b|yours (?:sincerely|faithfully|truly|ever)|(?:kind|best) regards)", re.I
)
_ANSWERS = re.compile(
    r"\W{0,3}(?:(?:our|the|my|management|\w+[’']s) )?(?:response|reply|answer|comments?|action taken|progress|update"
    r"|position)\W{0,3}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line near the edge of a page; `rank` counts from that edge, from 0."""

    start: int
    end: int
    text: str
    page: int
    rank: int


def find_page_edges(text: str, pages: Sequence[int]) -> list[Span]:
    """Return the headers and footers that stand at the edges of pages, in order; at most two a page.

    The head of the first page is left out: a letter begins with its letterhead, which has a place of its own.
    """
    if len(pages) < 2:
        return []
    tops, bottoms, inner = _edges(text, pages)
    found: set[Span] = set()
    for from_top, edges in ((True, tops), (False, bottoms)):
        surrounding = _repeated([line for page in edges for line in page], len(pages), inner)
        for number, page in enumerate(edges):
            if from_top and number == 0:
                continue
            run = _run(page, surrounding, from_top=from_top)
            # A converter's remark among them keeps its own role.
            for _, lines in groupby(
                sorted(run, key=lambda line: line.start), lambda line: is_remark(line.text)
            ):
                together = list(lines)
                found.add((together[0].start, together[-1].end))
    spans: list[Span] = []
    for start, end in sorted(found):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _edges(text: str, pages: Sequence[int]) -> tuple[list[list[_Line]], list[list[_Line]], frozenset[str]]:
    """Return the lines at the top and at the bottom of each page, from the edge inwards, and all others' shapes."""
    tops: list[list[_Line]] = []
    bottoms: list[list[_Line]] = []
    inner: set[str] = set()
    for number, (start, end) in enumerate(zip(pages, [*pages[1:], len(text)], strict=True)):
        lines: list[Span] = []
        at = start
        for line in text[start:end].split("\n"):
            if line.strip():
                first = at + len(line) - len(line.lstrip())
                lines.append((first, first + len(line.strip())))
            at += len(line) + 1
        tops.append([_Line(a, b, text[a:b], number, i) for i, (a, b) in enumerate(lines[:EDGE])])
        bottoms.append(
            [_Line(a, b, text[a:b], number, i) for i, (a, b) in enumerate(lines[: -EDGE - 1 : -1])]
        )
        inner |= {_letters(text[a:b]) for a, b in lines[EDGE:-EDGE]}
    return tops, bottoms, frozenset(inner)


def _run(page: Sequence[_Line], surrounding: set[int], *, from_top: bool) -> list[_Line]:
    """Return the lines of a page that are furniture, from the edge up to the first that is none."""
    run: list[_Line] = []
    waiting: list[_Line] = []
    for line in page:
        if line.start in surrounding:
            run += [*waiting, line]
            waiting = []
        elif len(line.text) <= 3 or (from_top and is_garbled(line.text)):
            # A speck between two lines of a header belongs to it.
            waiting.append(line)
        else:
            break
    return run


def _repeated(lines: Sequence[_Line], pages: int, inner: frozenset[str]) -> set[int]:
    """Return where the lines start that stand at this edge of several pages, and the page numbers."""
    kinds: dict[str, list[_Line]] = defaultdict(list)
    numbers: list[_Line] = []
    for line in lines:
        if _PAGE_NUMBER.fullmatch(line.text):
            numbers.append(line)
        elif not _CLOSE.match(line.text):
            kinds[_letters(line.text)].append(line)
    found = {line.start for line in _page_numbers(numbers)}
    for kind in _alike(kinds):
        if _surrounds(kind, pages, inner):
            found |= {line.start for line in kind}
    return found


def _letters(text: str) -> str:
    """Return a line's letters and a mark for each number: what stays the same from page to page."""
    return re.sub(r"[\W_]+", "", re.sub(r"\d+(?:[^\w\n]{0,2}\d+)*", "0", text.lower()))


def _alike(kinds: dict[str, list[_Line]]) -> list[list[_Line]]:
    """Put together lines that differ by a few letters, as OCR reads the same line differently on each page."""
    groups: list[tuple[frozenset[str], list[_Line]]] = []
    for shape, lines in sorted(kinds.items(), key=lambda kind: (-len(kind[1]), kind[0])):
        triples = (
            frozenset(shape[i : i + 3] for i in range(len(shape) - 2))
            if len(shape) <= MAX_LINE
            else frozenset()
        )
        near = next(
            (
                group
                for known, group in groups[:KINDS]
                if len(shape) >= 8
                and known
                and 2 * len(known & triples) >= ALIKE * (len(known) + len(triples))
            ),
            None,
        )
        if near is None:
            groups.append((triples, list(lines)))
        else:
            near += lines
    return [group for _, group in groups]


def _surrounds(lines: Sequence[_Line], pages: int, inner: frozenset[str]) -> bool:
    """Tell a running header or footer from words that chance to stand at two pages' edges."""
    on = {line.page for line in lines}
    shape = _letters(lines[0].text)
    if len(on) < 2 or len(shape) < 2 or _ANSWERS.match(lines[0].text):
        return False
    same = len({re.sub(r"\s+", " ", line.text) for line in lines}) == 1
    if not same and (_LABEL.match(lines[0].text) or _ITEM.match(lines[0].text)):
        return False
    # What OCR reads differently may be two headings that are much alike; a third page makes it sure.
    alike = len({_letters(line.text) for line in lines}) == 1 and _counts_along(lines)
    sure = 2 if alike and _follows(lines) else 3
    if any(is_prose(line.text) for line in lines):
        # A sentence that the author says twice is his own; a footer is on nearly every page, in one place.
        ranks = Counter(line.rank for line in lines)
        steady = ranks.most_common(1)[0][1] >= 0.75 * len(lines)
        return same and steady and shape not in inner and len(on) >= max(sure, 0.6 * pages)
    if shape in inner:
        return len(on) >= max(3, 0.6 * pages)
    return len(on) >= sure


def _follows(lines: Sequence[_Line]) -> bool:
    """Return whether lines of two pages stand at about one height of neighbouring pages, or of odd or even ones."""
    first, last = min(lines, key=lambda line: line.page), max(lines, key=lambda line: line.page)
    return last.page - first.page <= 2 and abs(last.rank - first.rank) <= 1


def _counts_along(lines: Sequence[_Line]) -> bool:
    """Return whether each number in these lines is the same on all pages or goes up with them."""
    figures = [[int(f) for f in re.findall(r"\d{1,9}", line.text)] for line in lines]
    if len({len(row) for row in figures}) != 1:
        return False
    for column in zip(*figures, strict=True):
        steps = {value - line.page for value, line in zip(column, lines, strict=True)}
        if len(set(column)) > 1 and len(steps) > 1:
            return False
    return True


def _page_numbers(lines: Sequence[_Line]) -> list[_Line]:
    """Return the lines that give the page's number: those that say so, and bare ones that count with the pages."""
    found: list[_Line] = []
    bare: dict[int, list[_Line]] = defaultdict(list)
    for line in lines:
        match = _PAGE_NUMBER.fullmatch(line.text)
        if match and match["said"]:
            found.append(line)
        elif match:
            bare[int(match["bare"]) - line.page].append(line)
    for step, group in bare.items():
        if step == 1 or len({line.page for line in group}) > 1:
            found += group
    return found


def shape(text: str) -> str:
    """Return a piece's words with its numbers masked, to find what is repeated."""
    return re.sub(r"\d+", "#", " ".join(text.lower().split()))


def is_remark(text: str) -> bool:
    """Return whether a piece is what a converter says about a picture."""
    return bool(
        _REMARK.fullmatch(text) and len(WORD.findall(text)) <= 60 and not re.search(r"\b(?:I|we|our)\b", text)
    )


def noise_of(text: str, *, prose: bool, repeated: bool) -> Role | None:
    """Tell page furniture and converter remarks from what somebody wrote to somebody, by a piece's own look."""
    words = WORD.findall(text)
    if is_remark(text):
        return "remark"
    contacts = len(CONTACT.findall(text))
    characters = sum(len(word) for word in words) or 1
    crowded = contacts >= 2 and len(words) / contacts <= 14
    if contacts and (crowded or not prose) and not HEADER_LINE.match(text):
        return "furniture"
    if not prose and (repeated or not words):
        return "furniture"
    capitals = sum(c.isupper() for c in text)
    if not prose and len(words) >= 3 and capitals / characters > 0.8 and "\t" in text:
        return "furniture"
    return None


def may_head(text: str) -> bool:
    """Return whether a piece that recurs may be a heading: written like a sentence's beginning, not like a name."""
    words = WORD.findall(text)
    if _ANSWERS.match(text):
        return True
    return len(words) >= 2 and words[0][0].isupper() and all(word[0].islower() for word in words[1:])


def is_garbled(text: str) -> bool:
    """Return whether a piece is what a reader made of a logo: letters that are no words of any language."""
    words = re.findall(r"[^\W\d_]{2,}", text[:MAX_LINE])
    if not words:
        characters = [c for c in text[:MAX_LINE] if not c.isspace()]
        return len(characters) >= 4 and sum(not c.isalnum() for c in characters) > 0.5 * len(characters)
    # Judging needs eight words; fewer are read as often as it takes.
    return judge(" ".join(words * (1 + 7 // len(words)))) == "broken"
