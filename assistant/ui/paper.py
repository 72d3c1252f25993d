"""A letter as HTML: paragraphs with their numbers, page turns, and the cited words marked. Pure."""

from itertools import pairwise

from assistant.ui.markup import NOTHING, Html, join, tag, text
from vectorstore.letter import Block, Letter

_ASIDES = {"furniture": "Letterhead or page footer", "remark": "Remark left by the converter"}


def paper(letter: Letter, cited: tuple[int, int] | None = None) -> Html:
    """Return the whole letter, with the span `cited` inside <mark>.

    Text between the blocks is shown as well: nothing of the letter is left out.
    """
    rows: list[Html] = []
    shown, page = 0, 1
    speaker, role = None, ""
    for block in letter.blocks:
        rows.append(_between(letter, shown, block.start, cited))
        if block.page != page:
            page = block.page
            rows.append(tag("div", text(f"Page {page}"), css="page-turn"))
        if block.speaker and block.speaker != speaker:
            rows.append(tag("div", text(f"Words of {block.speaker}"), css="speaker"))
        if block.role in _ASIDES and block.role != role:
            rows.append(tag("div", text(_ASIDES[block.role]), css="aside"))
        speaker, role = block.speaker, block.role
        rows.append(_row(letter, block, cited))
        shown = block.end
    rows.append(_between(letter, shown, len(letter.text), cited))
    return join(*rows)


def _between(letter: Letter, start: int, end: int, cited: tuple[int, int] | None) -> Html:
    if not letter.text[start:end].strip():
        return NOTHING
    words = tag("div", _words(letter, start, end, cited), css="words")
    return tag("div", tag("span", css="number"), words, css="row header")


def _row(letter: Letter, block: Block, cited: tuple[int, int] | None) -> Html:
    number = tag("span", text(str(block.number)) if block.number else NOTHING, css="number")
    words = tag("div", _words(letter, block.start, block.end, cited), css="words")
    quoted = " quoted" if block.speaker else ""
    return tag("div", number, words, css=f"row {block.role}{quoted}")


def _words(letter: Letter, start: int, end: int, cited: tuple[int, int] | None) -> Html:
    """Return the letter's text between two offsets, cut where the mark or a page begins or ends."""
    turns = {at: page for page, at in enumerate(letter.pages, start=1) if start < at < end}
    cuts = {start, end, *turns, *(at for at in cited or () if start < at < end)}
    parts: list[Html] = []
    for left, right in pairwise(sorted(cuts)):
        if left in turns:
            parts.append(tag("span", text(f"Page {turns[left]}"), css="page-turn-inline"))
        piece = text(letter.text[left:right])
        is_cited = cited is not None and cited[0] <= left < cited[1]
        parts.append(tag("mark", piece) if is_cited and letter.text[left:right].strip() else piece)
    return join(*parts)
