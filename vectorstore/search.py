"""Query and scope to ranked passages: words and vectors, fused."""

from langchain_core.embeddings import Embeddings

from vectorstore.fuse import fuse
from vectorstore.index import VectorIndex
from vectorstore.letter import Letter, Scope, ScoredPassage
from vectorstore.lexical import search_words
from vectorstore.rerank import DEPTH, reranker_with
from vectorstore.scope import letters_in
from vectorstore.store import Store

CANDIDATES = 100


class Search:
    """Searches one store.

    Args:
        embeddings: None searches by words alone.
        index: the vectors that `embeddings` made; None with it.
    """

    def __init__(self, store: Store, embeddings: Embeddings | None, index: VectorIndex | None) -> None:
        self.store = store
        self.embeddings = embeddings
        self._index = index
        self._reranker = reranker_with(embeddings)
        self._letters: list[Letter] = []
        self._generation = -1

    def letters(self) -> list[Letter]:
        """Return all letters as they are now, by date and then source."""
        generation = self.store.generation
        if generation != self._generation:
            self._letters = self.store.letters()
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
        letter_ids = [letter.id for letter in letters_in(self.letters(), scope)] if scope else None
        if letter_ids == []:
            return []
        count = max(CANDIDATES, limit)
        by_words = search_words(self.store, query, limit=count, letter_ids=letter_ids)
        by_vector: list[tuple[str, float]] = []
        if self.embeddings is not None and self._index is not None:
            self._index.refresh()
            by_vector = self._index.query(
                self.embeddings.embed_query(query), limit=count, letter_ids=letter_ids
            )
        best = fuse(by_vector, by_words)
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
