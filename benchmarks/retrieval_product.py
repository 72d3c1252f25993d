"""A retrieval set in the product's own store and indexes, and the ways of ranking it that are held against each other.

Reading is left out: documents come as letters (`retrieval_sets.letter_of`). Everything after it is the product's:
splitter, store, FTS5 words, vectors, Chroma, fusion and reranking. A document ranks where its best passage does.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from benchmarks.kept import KeptModel
from benchmarks.retrieval_sets import RetrievalSet, letter_of
from vectorstore.fuse import VECTOR_WEIGHT, Ranking, fuse, stretched
from vectorstore.index import VectorIndex
from vectorstore.ingest import index_letters
from vectorstore.letter import Passage
from vectorstore.lexical import search_words
from vectorstore.likeness import cosines, likeness
from vectorstore.rerank import DEPTH, LIKENESS_WEIGHT
from vectorstore.search import CANDIDATES, Search
from vectorstore.sentences import sentence_spans
from vectorstore.store import Store
from vectorstore.words import rarity, tokens

PREFIX = "Represent this sentence for searching relevant passages: "
_RRF = 60  # Cormack, Clarke and Buettcher 2009
_FEEDBACK_PASSAGES = 3
Liked = Literal["passage", "text", "rarity", "sentence"]


@dataclass(frozen=True, slots=True)
class Way:
    """A way of ranking; its defaults are the product's thorough search.

    Args:
        header: whether both indexes see it.
        fusion: of scores, or of ranks (reciprocal rank fusion).
        liked: what the query is held against word by word: the passage with its header, its text's words alone, the
            passage with rare words of the query counting for more, or the best sentence of its text.
        feedback: weight of the mean vector of the first passages, added to the query's before a second look.
        prefix: put before the query for its vector.
    """

    name: str
    header: bool = True
    vectors: bool = True
    words: bool = True
    vector_weight: float = VECTOR_WEIGHT
    fusion: Literal["scores", "ranks"] = "scores"
    rerank: float = LIKENESS_WEIGHT
    depth: int = DEPTH
    liked: Liked = "passage"
    feedback: float = 0.0
    prefix: str = ""


class Indexed:
    """One set in a store of its own."""

    def __init__(self, found: RetrievalSet, model: KeptModel, folder: Path, *, header: bool) -> None:
        store = Store(folder, create=True)
        self._model = model
        self._document: dict[str, str] = {}
        self._passages: dict[str, Passage] = {}
        for document in found.documents:
            letter, passages = letter_of(document, header=header)
            store.put_letter(letter, passages, bytes_sha256=letter.text_sha256)
            for passage in passages:
                self._document[passage.id] = document.id
                self._passages[passage.id] = passage
        index_letters(store, model, model.model_id)
        self.store = store
        self.index = VectorIndex(store, model.model_id)
        self.search = Search(store, model, self.index)
        self._near: dict[tuple[str, str, Liked], float] = {}
        self._words: dict[str, Ranking] = {}
        self._vectors: dict[tuple[str, str, float], Ranking] = {}

    def documents(self, passage_ids: Sequence[str]) -> list[str]:
        """Return the documents of these passages, each once, in order."""
        return list(dict.fromkeys(self._document[key] for key in passage_ids))

    def rank(self, query: str, way: Way) -> list[str]:
        """Return the ids of documents, best first."""
        by_words = self._by_words(query) if way.words else []
        by_vector = self._by_vector(query, way.prefix, way.feedback) if way.vectors else []
        fused = (
            fuse(by_vector, by_words, vector_weight=way.vector_weight)
            if way.fusion == "scores"
            else _by_rank(by_vector, by_words)
        )
        if way.rerank:
            fused = self._reranked(query, fused, way)
        return self.documents([key for key, _ in fused])

    def _by_words(self, query: str) -> Ranking:
        if query not in self._words:
            self._words[query] = search_words(self.store, query, limit=CANDIDATES)
        return self._words[query]

    def _by_vector(self, query: str, prefix: str, feedback: float) -> Ranking:
        key = (query, prefix, feedback)
        if key not in self._vectors:
            vector = np.array(self._model.embed_query(prefix + query), np.float32)
            if feedback:
                first = [found for found, _ in self._by_vector(query, prefix, 0.0)[:_FEEDBACK_PASSAGES]]
                vectors = self.store.vectors(self._model.model_id, first)
                vector = vector + feedback * np.mean([vectors[found] for found in first], axis=0)
            self._vectors[key] = self.index.query(vector.tolist(), limit=CANDIDATES)
        return self._vectors[key]

    def _reranked(self, query: str, ranking: Ranking, way: Way) -> Ranking:
        liked = stretched([(key, self._likeness(query, key, way.liked)) for key, _ in ranking[: way.depth]])
        moved = [(key, (1 - way.rerank) * score + way.rerank * liked.get(key, 0.0)) for key, score in ranking]
        return sorted(moved, key=lambda item: (-item[1], item[0]))

    def _likeness(self, query: str, key: str, liked: Liked) -> float:
        if (query, key, liked) not in self._near:
            passage = self._passages[key]
            asked, told = self._model.token_states([query, passage.embedded_text])
            near = cosines(asked, told)
            begins = len(passage.embedded_text) - len(passage.text)
            if liked in {"text", "sentence"}:
                spans = sentence_spans(passage.text) if liked == "sentence" else [(0, len(passage.text))]
                columns = [_columns(told.spans, (begins + start, begins + end)) for start, end in spans]
                self._near[query, key, liked] = max(likeness(near[:, some]) for some in columns)
            else:
                weights = _rarities(query, asked.spans) if liked == "rarity" else None
                self._near[query, key, liked] = likeness(near, weights)
        return self._near[query, key, liked]


def _by_rank(*rankings: Ranking) -> Ranking:
    """Fuse by rank, and stretch to 0..1 as the other fusion does."""
    found: dict[str, float] = {}
    for ranking in rankings:
        for rank, (key, _) in enumerate(ranking, start=1):
            found[key] = found.get(key, 0.0) + 1 / (_RRF + rank)
    best = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return sorted(stretched(best).items(), key=lambda item: (-item[1], item[0]))


def _columns(spans: Sequence[tuple[int, int]], within: tuple[int, int]) -> list[int]:
    return [i for i, (start, _) in enumerate(spans) if within[0] <= start < within[1]]


def _rarities(query: str, spans: Sequence[tuple[int, int]]) -> Any:
    """Return how much the word tells that each token of the query belongs to."""
    found = []
    for begin, _ in spans:
        word = re.search(r"\w*$", query[:begin])[0] + re.match(r"\w*", query[begin:])[0]  # type: ignore[index]  # both match
        words = tokens(word)
        found.append(rarity(words[0]) if words else 0.0)
    return np.array(found) if any(found) else None


def by_search(indexed: Indexed, query: str, *, thorough: bool) -> list[str]:
    """Return the ids of documents as the product's search ranks them."""
    found = indexed.search.search(query, limit=CANDIDATES, thorough=thorough)
    return indexed.documents([scored.passage.id for scored in found])
