"""Query and scope to ranked passages: words and vectors, fused."""

import threading
from collections.abc import Sequence

from langchain_core.embeddings import Embeddings

from vectorstore.errors import IndexDownError
from vectorstore.fuse import Ranking, fuse, stretched
from vectorstore.index import VectorIndex
from vectorstore.letter import Letter, Scope, ScoredPassage
from vectorstore.lexical import search_words
from vectorstore.rerank import DEPTH, reranker_with
from vectorstore.scope import letters_in
from vectorstore.store import Store, by_date
from vectorstore.words import tokens

CANDIDATES = 100
# As many of the passages that share words with a query are held against its words as they stand.
VERBATIM = 30
KEPT_SCOPES = 20


class Search:
    """Searches one store.

    Args:
        embeddings: None searches by words alone.
        index: the vectors that `embeddings` made; None with it.

    `notice` is a sentence where the last search went by words alone since the index's server is down, else "".
    """

    def __init__(self, store: Store, embeddings: Embeddings | None, index: VectorIndex | None) -> None:
        self.store = store
        self.embeddings = embeddings
        self._index = index
        self.notice = ""
        self._reranker = reranker_with(embeddings)
        self._letters: list[Letter] = []
        self._generation = -1
        self._kept: dict[Scope, tuple[list[Letter], list[str]]] = {}
        self._lock = threading.Lock()

    def letters(self) -> list[Letter]:
        """Return all letters as they are now, by date and then source; their texts are read when they are looked at."""
        with self._lock:
            generation = self.store.generation
            if generation != self._generation:
                changes = self.store.changes_since(self._generation)
                if changes is None:
                    listed = self.store.listed()
                else:
                    listed = [letter for letter in self._letters if letter.id not in changes.letters]
                    listed += self.store.listed(changes.letters)
                self._letters = sorted(listed, key=by_date)
                self._generation = generation
            return self._letters

    def search(
        self, query: str, *, scope: Scope | None = None, limit: int = 10, thorough: bool = False
    ) -> list[ScoredPassage]:
        """Return the passages nearest to a query, best first, from the letters in scope.

        Args:
            thorough: hold the query against the best passages word by word too, which takes some tenths of a second;
                nothing changes where the embedding model shows no words.

        Raises:
            StoreError: the store or its index cannot be read.
        """
        letter_ids = self._in_scope(scope) if scope else None
        if letter_ids == []:
            return []
        count = max(CANDIDATES, limit)
        by_words = search_words(self.store, query, limit=count, letter_ids=letter_ids)
        by_vector: list[tuple[str, float]] = []
        if self.embeddings is not None and self._index is not None:
            by_vector = self._near(self.embeddings.embed_query(query), count, letter_ids)
        best = (
            self._with_verbatim(query, fuse(by_vector, by_words), by_words)
            if by_vector
            else fuse([], by_words)
        )
        if thorough and self._reranker is not None:
            at_the_top = self.store.passages([key for key, _ in best[:DEPTH]])
            best = self._reranker.rerank(query, best, at_the_top)
        best = best[:limit]
        passages = self.store.passages([key for key, _ in best])
        cosines, words = dict(by_vector), dict(by_words)
        return [
            ScoredPassage(passages[key], score, cosines.get(key), words.get(key, 0.0))
            for key, score in best
            # A letter replaced between the two looks is gone from the store, which is the truth.
            if key in passages
        ]

    def _in_scope(self, scope: Scope) -> list[str]:
        """Return the ids of the letters in scope; a conversation keeps its scopes, and so does this."""
        letters = self.letters()
        with self._lock:
            kept = self._kept.get(scope)
        if kept is None or kept[0] is not letters:
            kept = letters, [letter.id for letter in letters_in(letters, scope)]
            with self._lock:
                self._kept[scope] = kept
                while len(self._kept) > KEPT_SCOPES:
                    self._kept.pop(next(iter(self._kept)))
        return kept[1]

    def _with_verbatim(
        self, query: str, best: list[tuple[str, float]], by_words: Ranking
    ) -> list[tuple[str, float]]:
        """Score what is not embedded, as headings and letterheads, by its words alone where it holds all of the query.

        It has no vector, and would stand behind everything that is near in meaning.
        """
        wanted = tokens(query)
        if len(wanted) < 2:
            return best
        passages = self.store.passages([key for key, _ in by_words[:VERBATIM]])
        alone = stretched(by_words)
        verbatim = {
            key: alone[key]
            for key, passage in passages.items()
            if not passage.paragraph and _holds(tokens(passage.text), wanted)
        }
        scored = ((key, max(score, verbatim.get(key, 0.0))) for key, score in best)
        return sorted(scored, key=lambda item: (-item[1], item[0])) if verbatim else best

    def _near(
        self, vector: Sequence[float], limit: int, letter_ids: Sequence[str] | None
    ) -> list[tuple[str, float]]:
        """Search by vector; where the index's server is down, say so in `notice` and leave it to the words."""
        assert self._index is not None
        try:
            self._index.refresh()
            found = self._index.query(vector, limit=limit, letter_ids=letter_ids)
        except IndexDownError as error:
            self.notice = f"Search goes by words alone. {error}"
            return []
        self.notice = ""
        return found


def _holds(words: Sequence[str], wanted: Sequence[str]) -> bool:
    """Whether words stand among others, in their order and without a gap."""
    count = len(wanted)
    return any(words[at : at + count] == wanted for at in range(len(words) - count + 1))
