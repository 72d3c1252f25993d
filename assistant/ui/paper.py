"""A letter as HTML: paragraphs with their numbers, page turns, and the cited words marked. Pure."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from assistant.ui.markup import NOTHING, Html, join, tag, text
from vectorstore.letter import Block, Letter

PART_CHARS = 80_000
AROUND_CHARS = 2_000
_ASIDES = {"furniture": "Letterhead or page footer", "remark": "Remark left by the converter"}

Span = tuple[int, int]


def paper(letter: Letter, cited: Span | None = None, within: Span | None = None) -> Html:
    """Return a letter, with the span `cited` inside <mark>.

    Text between the blocks is shown as well: nothing of the letter is left out.

    Args:
        within: the part that is shown; the whole letter where it is None.
    """
    first, last = within or (0, len(letter.text))
    rows: list[Html] = []
    shown, page = first, page_at(letter, first) - 1 if first else 0
    speaker, role = None, ""
    for block in letter.blocks:
        if block.end <= first:
            continue
        if block.start >= last:
            break
        rows.append(_between(letter, shown, min(block.start, last), cited))
        rows += _turns(letter, page, max(block.page, page_at(letter, max(first, block.start))))
        if block.speaker and block.speaker != speaker:
            rows.append(tag("div", text(f"Words of {block.speaker}"), css="speaker"))
        if block.role in _ASIDES and block.role != role:
            rows.append(tag("div", text(_ASIDES[block.role]), css="aside"))
        speaker, role = block.speaker, block.role
        start, shown = max(first, block.start), min(last, block.end)
        rows.append(_row(letter, block, (start, shown), cited))
        page = max(block.page, page_at(letter, max(start, shown - 1)))
    rows.append(_between(letter, shown, last, cited))
    # A last page that shows nothing begins where the text ends.
    rows += _turns(letter, page, page_at(letter, last if last == len(letter.text) else last - 1))
    return join(*rows)


def page_at(letter: Letter, at: int) -> int:
    """Return the page, counted from 1, that an offset stands on."""
    return max(1, bisect_right(letter.pages, at))


def page_span(letter: Letter, page: int) -> Span:
    """Return where a page, counted from 1, stands in the letter's text."""
    ends = (*letter.pages[1:], len(letter.text))
    return letter.pages[page - 1], ends[page - 1]


def parts(letter: Letter) -> list[Span]:
    """Return the spans in which a letter is shown, one at a time: one, unless it is long.

    They follow on each other, and begin with a page or a paragraph where there is one.
    """
    starts = [0]
    while len(letter.text) - starts[-1] > PART_CHARS * 5 // 4:
        least, most = starts[-1] + PART_CHARS // 2, starts[-1] + PART_CHARS
        pages = [at for at in letter.pages if least < at <= most]
        paragraphs = [block.start for block in letter.blocks if least < block.start <= most]
        starts.append(max(pages or paragraphs or [most]))
    return list(pairwise((*starts, len(letter.text))))


def with_context(letter: Letter, part: Span, cited: Span) -> Span:
    """Return a part grown so that the cited words stand in it whole, and not at its very edge."""
    start = min(part[0], max(0, cited[0] - AROUND_CHARS))
    end = max(part[1], min(len(letter.text), cited[1] + AROUND_CHARS))
    for block in letter.blocks:
        # Whole paragraphs, unless a paragraph is itself as long as a letter.
        if block.start < start < block.end and start - block.start < PART_CHARS // 4:
            start = block.start
        if block.start < end < block.end and block.end - end < PART_CHARS // 4:
            end = block.end
    return start, end


def _turns(letter: Letter, seen: int, page: int) -> Iterator[Html]:
    """Yield where a page begins, and what became of pages before it that show nothing."""
    for number in range(seen + 1, page + 1):
        read = letter.reads[number - 1] if number <= len(letter.reads) else None
        if read and read.how == "unreadable":
            why = f"Page {number} could not be read: {read.reason}"
            yield tag("div", text(why), css="page-turn unread")
        elif number == page and number > 1:
            yield tag("div", text(f"Page {number}"), css="page-turn")


def _between(letter: Letter, start: int, end: int, cited: Span | None) -> Html:
    if not letter.text[start:end].strip():
        return NOTHING
    words = tag("div", _words(letter, start, end, cited), css="words")
    return tag("div", tag("span", css="number"), words, css="row header")


def _row(letter: Letter, block: Block, shown: Span, cited: Span | None) -> Html:
    number = tag("span", text(str(block.number)) if block.number else NOTHING, css="number")
    words = tag("div", _words(letter, *shown, cited), css="words")
    quoted = " quoted" if block.speaker else ""
    return tag("div", number, words, css=f"row {block.role}{quoted}")


def _words(letter: Letter, start: int, end: int, cited: Span | None) -> Html:
    """Return the letter's text between two offsets, cut where the mark or a page begins or ends."""
    turns = {at: page for page, at in enumerate(letter.pages, start=1) if start < at < end}
    cuts = {start, end, *turns, *(at for at in cited or () if start < at < end)}
    pieces: list[Html] = []
    for left, right in pairwise(sorted(cuts)):
        if left in turns:
            pieces.append(tag("span", text(f"Page {turns[left]}"), css="page-turn-inline"))
        piece = text(letter.text[left:right])
        is_cited = cited is not None and cited[0] <= left < cited[1]
        pieces.append(tag("mark", piece) if is_cited and letter.text[left:right].strip() else piece)
    return join(*pieces)
