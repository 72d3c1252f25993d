"""Which words stand in some letters: read out of few, looked up in the word index for many."""

import itertools
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from assistant.compounds import otherwise, together
from assistant.terms import Terms
from vectorstore.letter import Letter
from vectorstore.words import halves, stem, stems, tokens

READ = 100  # letters whose words are read; of more, the index is asked
NAMED_IN = 50  # letters that hold a word in which it is looked for as a name


class WordIndex(Protocol):
    """Tells which letters hold words; `vectorstore.store.Store` is one."""

    def letters_holding(self, words: str, *, among: Sequence[str] | None = None, most: int = 1) -> list[str]:
        """Return the ids of so many letters whose own words have these stems side by side."""


class Vocabulary:
    """The stems of some letters, which stand as names, and which stand side by side.

    Args:
        everything: whether these are all the letters of the index.
        index: None reads the letters, however many.
    """

    def __init__(
        self,
        letters: Sequence[Letter],
        terms: Terms,
        *,
        everything: bool = False,
        index: WordIndex | None = None,
    ) -> None:
        self._terms = terms
        self._index = index if len(letters) > READ else None
        self._by_id = {letter.id: letter for letter in letters} if self._index else {}
        self._among = None if everything else list(self._by_id)
        self._letters = [] if self._index else [_words_of(letter.text) for letter in letters]

    def has(self, word: str) -> bool:
        """Whether a word stands in them, be it written as one or as two, or another of its family."""
        ways = {way.stem for way in self._terms.ways if way.of == word and not way.loose}
        if self._index:
            return any(map(self._stands, (word, *ways, *self._writings(word))))
        return any(word in letter.stems or ways & letter.stems for letter in self._letters) or any(
            otherwise([word], self._terms, letter.stems, letter.pairs) for letter in self._letters
        )

    def has_pair(self, pair: tuple[str, str]) -> bool:
        """Whether two stems stand side by side."""
        if self._index:
            return self._stands(" ".join(pair))
        return any(pair in letter.pairs for letter in self._letters)

    def names(self, word: str) -> bool:
        """Whether a word stands in them as a name in capitals."""
        if self._index:
            holding = self._index.letters_holding(word, among=self._among, most=NAMED_IN)
            known = (self._by_id[one] for one in holding if one in self._by_id)
            return any(word in _words_of(letter.text).names for letter in known)
        return any(word in letter.names for letter in self._letters)

    def _stands(self, words: str) -> bool:
        return bool(self._index and self._index.letters_holding(words, among=self._among))

    def _writings(self, word: str) -> list[str]:
        """Return a word written as two, and those that it stands beside in the question written as one with it."""
        spelled = self._terms.spelled
        parted = [" ".join(pair) for pair in halves(spelled.get(word, word))]
        pairs = (pair for pair in self._terms.pairs if word in pair)
        return [*parted, *(together(*(spelled.get(w, w) for w in pair)) for pair in pairs)]


class _Words(NamedTuple):
    stems: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    names: frozenset[str]


@lru_cache(maxsize=1000)
def _words_of(text: str) -> _Words:
    words = stems(text)
    bare = (piece.strip("\"'“”‘’().,;:!?*") for piece in text.split())
    named = (piece for piece in bare if sum(c.isupper() for c in piece) > 1)
    return _Words(
        frozenset(words),
        frozenset(itertools.pairwise(words)),
        frozenset(stem(token) for piece in named for token in tokens(piece)),
    )
