"""Letters for tests: the five that ship, those of other kinds under `tests/letters`, and letters made on the spot."""

from functools import cache
from pathlib import Path

from vectorstore.letter import Block, Letter
from vectorstore.make import make_letter
from vectorstore.sentences import Span, sentence_spans

ROOT = Path(__file__).resolve().parent.parent


@cache
def shipped() -> tuple[Letter, ...]:
    """Return the five letters of the corpus that ships."""
    return _all_in(ROOT / "letters")


@cache
def of_other_kinds() -> tuple[Letter, ...]:
    """Return letters by other kinds of writers: a hospital, a water company, a council and more."""
    return _all_in(ROOT / "tests" / "letters")


def _all_in(folder: Path) -> tuple[Letter, ...]:
    return tuple(make_letter(path.read_bytes(), path.name) for path in sorted(folder.glob("*.txt")))


def named(source: str) -> Letter:
    """Return the letter whose file's name begins so."""
    (found,) = [letter for letter in (*shipped(), *of_other_kinds()) if letter.source.startswith(source)]
    return found


def made(
    *paragraphs: str,
    author: str = "Ann Example",
    office: str = "Chief Executive",
    area: str = "Northmere",
    date: str = "3 May 2021",
    to: str = "Mr Bob Sample",
    source: str = "made.txt",
) -> Letter:
    """Return a letter with these paragraphs in its body."""
    head = f"{to}\nMinistry of Tests\n1 High Street\n\n{date}\n\nDear {' '.join(to.split()[::2])}\n\n"
    closing = f"\n\nYours sincerely\n\n{author}\n{office}\n{area}\n"
    return make_letter((head + "\n\n".join(paragraphs) + closing).encode(), source)


def block_with(letter: Letter, words: str) -> Block:
    """Return the first block of a letter that holds these words."""
    return next(block for block in letter.blocks if words in letter.text[block.start : block.end])


def sentences(letter: Letter) -> list[Span]:
    """Return the spans of the sentences in a letter's numbered paragraphs, in order."""
    return [
        (block.start + start, block.start + end)
        for block in letter.blocks
        if block.number
        for start, end in sentence_spans(letter.text[block.start : block.end])
    ]
