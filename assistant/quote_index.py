"""Where a quote stands in any of many letters, found by an index and not by reading them all (pure).

The same rules as `cite.locate`: typography folded and nothing else, whole tokens, no words of a converter's remark, no
quote that runs from one speaker's words into another's. What is found is the place of the quote's own words; `cite`
grows it to whole sentences.

The index holds words and pairs of neighbouring words, as hashes, each with the letters that it stands in. It tells
which letters may hold a quote; whether one does is always read in its text, so that two words of one hash do no harm.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assistant.find import Sought, find_sought, seek
from assistant.fold import PARTED, Folded, fold
from vectorstore.letter import QUOTABLE_ROLES, Block, Letter

_WORD = re.compile(r"[^\W_]+")
_WORD_WITH_HYPHENS = re.compile(rf"[-{PARTED}]*[^\W_]+(?:[-{PARTED}]+[^\W_]*)*")
_FEW = 8  # letters that are sooner read than sifted further
_MANY = 8  # so many times as many letters are not worth sifting by
_SIFTINGS = 6
_end_of = attrgetter("end")
_MIX = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F))
_HALF = np.uint64(32)


class _Entry(NamedTuple):
    letter_id: str
    folded: Folded
    blocks: tuple[Block, ...]


class QuoteIndex:
    """An index over the words of letters. It keeps their folded text and their blocks, and not the letters.

    It costs about three bytes for each character of the letters: one for the folded text, the rest for the hashes
    (4 bytes for each word and each pair of words of each letter, and 8 for each that is new): 10 KiB a letter of two
    pages. It is built in half a second for a thousand of them, and not changed afterwards: after an ingest it is built
    anew. (Measured by `python -m benchmarks.verification`.)

    Args:
        letters: in the order in which places are given; of two with one id the first counts.
    """

    def __init__(self, letters: Iterable[Letter]) -> None:
        self._entries: list[_Entry] = []
        self._number: dict[str, int] = {}
        keys: list[npt.NDArray[np.uint32]] = []
        for letter in letters:
            if letter.id not in self._number:
                self._number[letter.id] = len(self._entries)
                self._entries.append(_Entry(letter.id, fold(letter.text), letter.blocks))
                keys.append(np.unique(_hashes(_WORD.findall(_joined(self._entries[-1].folded.text)))))
        numbers = np.repeat(np.arange(len(keys), dtype=np.uint32), [len(each) for each in keys])
        together = np.concatenate([np.empty(0, np.uint32), *keys])
        order = np.argsort(together, kind="stable")  # within a key the letters stay in order
        self._letters = numbers[order]
        self._keys, begins = np.unique(together[order], return_index=True)
        self._begins = np.append(begins, len(together)).astype(np.uint32)

    def __contains__(self, letter_id: str) -> bool:
        """Whether a letter with this id is in the index."""
        return letter_id in self._number

    @property
    def size(self) -> int:
        """Return the bytes that hashes, folded texts and the ways back to the originals take, blocks left out."""
        texts = sum(
            len(entry.folded.text) + len(entry.folded.bare) + 12 * len(entry.folded.stretches)
            for entry in self._entries
        )
        return self._keys.nbytes + self._begins.nbytes + self._letters.nbytes + texts

    def find(self, quote: str) -> list[tuple[str, int, int]]:
        """Return every place where a quote stands, as (letter id, start, end), letter by letter.

        Within a letter the author's own paragraphs go before what surrounds them. A quote without a word is nowhere.
        """
        sought = seek(quote)
        if sought is None:
            return []
        return [
            (entry.letter_id, *span)
            for entry in self._may_hold(sought)
            for span in places(find_sought(sought, entry.folded), entry.blocks)
        ]

    def find_in(self, quote: str, letter_id: str) -> list[tuple[int, int]]:
        """Return every place where a quote stands in one letter, as (start, end), best first.

        Returns nothing where no letter has this id.
        """
        sought, number = seek(quote), self._number.get(letter_id)
        if sought is None or number is None:
            return []
        entry = self._entries[number]
        return places(find_sought(sought, entry.folded), entry.blocks)

    def _may_hold(self, sought: Sought) -> list[_Entry]:
        """Return the letters that hold all words and pairs of words of a quote, and maybe some more, in order."""
        hashes = _hashes(_sure_words(sought.exact))
        if not len(hashes):
            return self._entries
        if not len(self._keys):
            return []
        at = np.searchsorted(self._keys, hashes)
        at[at == len(self._keys)] = 0
        if (self._keys[at] != hashes).any():
            return []
        first, last = self._begins[at], self._begins[at + 1]
        counts = last - first
        held: list[int] = []
        for turn, each in enumerate(np.argsort(counts)[:_SIFTINGS].tolist()):
            here = self._letters[first[each] : last[each]].tolist()
            others = frozenset(here)
            held = [number for number in held if number in others] if turn else here
            if len(held) <= _FEW or len(here) > _MANY * len(held):
                break
        return [self._entries[number] for number in held]


def places(spans: Iterable[tuple[int, int]], blocks: Sequence[Block]) -> list[tuple[int, int]]:
    """Return those spans that may be cited, the author's own paragraphs first.

    Words of a converter's remark are not the letter's; nor may a quote run from one speaker's words, or from page
    furniture, into another's.
    """
    found: list[tuple[bool, int, int]] = []
    for start, end in spans:
        touched = touching(start, end, blocks)
        if touched and touched[0].role != "remark" and _of_one_voice(touched):
            found.append((touched[0].role not in QUOTABLE_ROLES, start, end))
    return [(start, end) for _, start, end in sorted(found)]


def _of_one_voice(blocks: Sequence[Block]) -> bool:
    voices = {(block.speaker, block.role in {"furniture", "remark"}) for block in blocks[1:]}
    return voices <= {(blocks[0].speaker, blocks[0].role in {"furniture", "remark"})}


def touching(start: int, end: int, blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks that `[start, end)` has a part in, in order."""
    touched = []
    for at in range(bisect_right(blocks, start, key=_end_of), len(blocks)):
        if blocks[at].start >= end:
            break
        touched.append(blocks[at])
    return touched


def _joined(folded: str) -> str:
    return folded.replace(PARTED, "").casefold()


def _sure_words(wanted: str) -> list[str | None]:
    """Return a quote's words, with None for each that a letter which holds the quote may have otherwise.

    Those are words with a hyphen, which a line's end may part in the letter, and a first word outside ASCII, whose
    other capitals do not always lead to the same small letters.
    """
    words: list[str | None] = [
        None if "-" in word or PARTED in word else word
        for word in _WORD_WITH_HYPHENS.findall(wanted.casefold())
    ]
    if not all(word is None or word.isascii() for word in words[:2]):
        words[:2] = [None, None]
    return words


def _hashes(words: Sequence[str | None]) -> npt.NDArray[np.uint32]:
    """Return the hashes of words, and of each two that are neighbours."""
    ones = np.array([hash(word) for word in words], np.int64).view(np.uint64)
    singles, pairs = ones * _MIX[1], ones[:-1] * _MIX[0] + ones[1:] * _MIX[1]
    if None in words:
        known = np.array([word is not None for word in words], bool)
        singles, pairs = singles[known], pairs[known[:-1] & known[1:]]
    return (np.concatenate([singles, pairs]) >> _HALF).astype(np.uint32)
