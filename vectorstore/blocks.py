"""A letter's text to its blocks: what is body, heading, bullet, and what only surrounds the letter (pure).

Letters come as converters left them: no mark-up tells a page footer from a paragraph. The rules look at form
alone (sentences, salutation, valediction, contact details, repetition), never at a letter's own words.
"""

from bisect import bisect_right

from vectorstore.letter import Block
from vectorstore.pieces import cut
from vectorstore.roles import find_roles


def find_blocks(text: str, pages: tuple[int, ...]) -> tuple[Block, ...]:
    """Return the blocks of a letter, in order, without overlap; white space lies between them.

    A paragraph that a page's footer and header cut in the middle of a sentence is two blocks with one number.
    """
    pieces = cut(text, pages)
    blocks: list[Block] = []
    last = 0
    for piece, part in zip(pieces, find_roles(pieces, pages), strict=True):
        number = 0
        if part.goes_on is not None:
            number = blocks[part.goes_on].number
        elif part.role in {"body", "bullet"} or part.speaker is not None:
            last += 1
            number = last
        page = bisect_right(pages, piece.start)
        blocks.append(Block(piece.start, piece.end, part.role, number, page, part.speaker))
    return tuple(blocks)
