"""The vector index: Chroma over the store's vectors, brought in line with what the store's journal says.

The store is the truth and this a cache. Opening counts, and lets sampled vectors find themselves; a change costs what
was changed. Where that does not explain what is found, passage ids are compared one by one and the difference is
mended; what cannot be trusted is rebuilt beside the old and switched over, from stored vectors, without embedding
anything again.
"""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from vectorstore.chroma import Folder, Place
from vectorstore.errors import IndexDownError, StoreBusyError, StoreError
from vectorstore.store import Changes, Store

# Chroma takes 5,461 rows at most in one call, and `get` fails past 32,766.
WRITE_ROWS = 4000
READ_ROWS = 10_000
SAMPLE = 16
OUT_OF_REACH = 8  # of so many sampled vectors one may be out of the graph's reach
SAME_DISTANCE = 1e-3
# So many of the nearest are asked for, to be thinned out by scope; beyond it the scope's own vectors are scanned.
MOST_RESULTS = 4000
# So many passages that came last are scanned with every query: each process grafts them onto Chroma's graph by itself,
# where one that is unlike all others can end up out of reach, and nobody would know until the graph is written anew.
NEWEST = 1000
# A conversation keeps its scope; vectors of so many passages are kept for its next question.
KEPT_ROWS = 60_000

Floats = np.ndarray[Any, np.dtype[np.float32]]


class VectorIndex:
    """The vectors of one store and one embedding model; may be shared between threads.

    Args:
        place: where Chroma keeps them; None for the store's own folder.
    """

    def __init__(
        self,
        store: Store,
        model: str,
        *,
        place: Place | None = None,
        rebuild: bool = False,
        thorough: bool = False,
        later: bool = False,
    ) -> None:
        """Open the index and bring it in line with the store.

        Args:
            rebuild: trust nothing that is there.
            thorough: compare every passage, whatever the journal says.
            later: leave all of it to the first `refresh`.

        Raises:
            StoreError: it cannot be opened or rebuilt, or another program is writing.
            IndexDownError: its server does not answer.
        """
        self._store = store
        self._model = model
        self._place: Place = place or Folder(store)
        self._collection: Any = None
        self._generation = self._opened = -1
        self._lock = threading.RLock()
        self._newest: tuple[list[str], Floats] = [], np.empty((0, 0), np.float32)
        self._scanned: OrderedDict[tuple[int, frozenset[str]], tuple[list[str], Floats]] = OrderedDict()
        if rebuild or thorough:
            with store.indexing():
                generation, expected = store.generation, store.vector_ids(model)
                if rebuild:
                    self._rebuild(expected)
                else:
                    self._compare(expected)
                self._settle(generation)
        if not later:
            self.refresh()

    def refresh(self) -> None:
        """Look whether letters have changed since the last look, here or in another process, and follow.

        While another program writes letters or the index, one that is open is searched as it is, and looked at again
        next time.

        Raises:
            StoreError: it cannot be opened or rebuilt, or another program is writing.
            IndexDownError: its server does not answer.
        """
        with self._lock:
            if self._store.generation == self._generation:
                return
            try:
                with self._store.indexing(wait=self._collection is None):
                    # A change between these two is looked at twice.
                    generation = self._store.generation
                    self._follow(generation)
                    self._newest = _of_length_one(self._store.newest_vectors(self._model, NEWEST))
            except StoreBusyError:
                if self._collection is None:
                    raise
                return
            self._generation = generation

    def query(
        self, vector: Sequence[float], *, limit: int, letter_ids: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return (passage id, cosine) of the nearest passages, best first.

        Args:
            letter_ids: keeps to these letters. Few are scanned one by one, which is exact; of many, the nearest of all
                are asked for and thinned out.

        Raises:
            StoreError: the index cannot be searched, even after another look at it.
            IndexDownError: its server does not answer.
        """
        if limit < 1 or (letter_ids is not None and not letter_ids):
            return []
        with self._lock:
            try:
                return self._query(vector, limit, letter_ids)
            except Exception:  # noqa: BLE001 - chromadb's Rust core raises bare Exceptions, as when its files went away
                self.close()
                self._generation = -1
                self.refresh()
            try:
                return self._query(vector, limit, letter_ids)
            except StoreError:
                raise
            except Exception as error:
                if isinstance(shown := self._place.explain(error), IndexDownError):
                    raise shown from error
                raise StoreError(
                    f"The vector index cannot be searched ({error}). Mend it: `python -m assistant ingest --rebuild`."
                ) from error

    def _query(
        self, vector: Sequence[float], limit: int, letter_ids: Sequence[str] | None
    ) -> list[tuple[str, float]]:
        if self._collection is None:
            return []
        if letter_ids is None:
            return self._nearest(vector, limit)
        wanted = 2 * limit * self._store.letter_count() // len(letter_ids) + limit
        if wanted <= MOST_RESULTS:
            found = self._nearest(vector, wanted)
            owners, allowed = self._store.letters_of([key for key, _ in found]), set(letter_ids)
            kept = [(key, score) for key, score in found if owners.get(key) in allowed]
            if len(kept) >= limit or len(found) >= self._recorded("count"):
                return kept[:limit]
        return self._scan(vector, limit, frozenset(letter_ids))

    def _nearest(self, vector: Sequence[float], limit: int) -> list[tuple[str, float]]:
        found = self._collection.query(
            query_embeddings=[list(vector)], n_results=limit, include=["distances"]
        )
        nearest = {key: 1.0 - float(d) for key, d in zip(found["ids"][0], found["distances"][0], strict=True)}
        nearest |= _best(self._newest, vector, limit)
        return sorted(nearest.items(), key=lambda item: (-item[1], item[0]))[:limit]

    def _scan(
        self, vector: Sequence[float], limit: int, letter_ids: frozenset[str]
    ) -> list[tuple[str, float]]:
        """Compare with every stored vector of these letters."""
        key = (self._generation, letter_ids)
        if key not in self._scanned:
            self._scanned[key] = _of_length_one(self._store.vectors_of(self._model, sorted(letter_ids)))
            while len(self._scanned) > 1 and sum(len(ids) for ids, _ in self._scanned.values()) > KEPT_ROWS:
                self._scanned.popitem(last=False)
        self._scanned.move_to_end(key)
        return list(_best(self._scanned[key], vector, limit).items())

    def close(self) -> None:
        """Let go of the index's files or server."""
        self._place.close()
        self._collection = None

    # -- following the store --------------------------------------------------------------------

    def _recorded(self, name: str) -> int:
        """Return a number recorded about this place: the store's generation that it holds, or how many passages."""
        return int(self._store.meta(f"{name} of {self._place.name}") or -1)

    def _settle(self, generation: int) -> None:
        """Record what the index holds now; killed before this, the next look does the same work again."""
        self._store.set_meta(f"count of {self._place.name}", str(self._collection.count()))
        self._store.set_meta(f"generation of {self._place.name}", str(generation))
        self._generation = self._opened = generation

    def _follow(self, generation: int) -> None:
        """Open what is there, and bring it from the generation that it holds to this one."""
        held = self._recorded("generation")
        if self._collection is None or (held != self._opened and not self._place.is_shared):
            if self._store.meta("embedding_model") is None and not self._store.vector_ids(self._model):
                return
            if not self._open():
                self._compare(self._store.vector_ids(self._model), opened=False)
                self._settle(generation)
                return
        changes = self._store.changes_since(held)
        if changes is not None and not changes.letters:
            return
        # Whoever brings letters in brings the index along; nobody else need do it meanwhile.
        with self._store.writing(wait=False):
            if changes is None or not self._change(changes):
                self._compare(self._store.vector_ids(self._model))
            self._settle(generation)

    def _open(self) -> bool:
        """Open what is there; return whether it is as it was left: as many as recorded, and samples find themselves."""
        self.close()
        self._opened = self._recorded("generation")
        try:
            self._collection = self._place.open()
            return (
                self._collection is not None
                and self._collection.count() == self._recorded("count")
                and self._finds_itself(sorted(self._present(self._store.sample(SAMPLE))))
            )
        except Exception as error:  # whatever an index raises that is not sound, it is rebuilt
            if isinstance(shown := self._place.explain(error), IndexDownError):
                raise shown from error
            self._collection = None
            return False

    def _change(self, changes: Changes) -> bool:
        """Write what the journal tells; return whether the index then holds as many as it should, found again."""
        new = self._store.vector_ids(self._model, changes.letters)
        gone = changes.gone - new.keys()
        if not (new or gone):
            return True
        try:
            before = self._collection.count()
            known = self._present([*new, *gone])
            self._delete(sorted(known & gone))
            self._upsert(sorted(new))
            self._place.record()
            expected = before + len(new.keys() - known) - len(known & gone)
            return bool(self._collection.count() == expected) and self._finds_itself(_sampled(new))
        except Exception as error:  # whatever it raises, all is compared
            if isinstance(shown := self._place.explain(error), IndexDownError):
                raise shown from error
            return False

    def _compare(self, expected: Mapping[str, str], *, opened: bool = True) -> None:
        """Bring the index in line by set difference; rebuild it beside where that does not do."""
        try:
            if self._collection is None and opened:
                self._collection = self._place.open()
            if self._collection is not None:
                present = self._ids()
                if self._finds_itself(_sampled(present & expected.keys())):
                    self._delete(sorted(present - expected.keys()))
                    self._upsert(sorted(expected.keys() - present))
                    # Killed between these two, the index is rebuilt next time.
                    self._place.record()
                    if self._holds(expected):
                        return
        except Exception as error:  # whatever an index raises that is not sound, it is rebuilt
            if isinstance(shown := self._place.explain(error), IndexDownError):
                raise shown from error
        self._rebuild(expected)

    def _rebuild(self, expected: Mapping[str, str]) -> None:
        try:
            self._collection = self._place.begin()
            self._upsert(sorted(expected))
            if not self._holds(expected):
                raise StoreError("it does not find its own vectors")
            self._place.switch()
        except Exception as error:
            self._collection = None
            self._place.abandon()
            self.close()
            if isinstance(shown := self._place.explain(error), IndexDownError):
                raise shown from error
            raise StoreError(
                f"The vector index in {str(self._store.folder)!r} cannot be built ({error}). "
                "Look at the disk's free space, then run `python -m assistant doctor`."
            ) from error

    def _ids(self) -> set[str]:
        found: set[str] = set()
        total = self._collection.count()
        for offset in range(0, total, READ_ROWS):
            found.update(self._collection.get(limit=READ_ROWS, offset=offset, include=[])["ids"])
        return found

    def _present(self, ids: Sequence[str]) -> set[str]:
        found: set[str] = set()
        for at in range(0, len(ids), WRITE_ROWS):
            found.update(self._collection.get(ids=list(ids[at : at + WRITE_ROWS]), include=[])["ids"])
        return found

    def _holds(self, expected: Mapping[str, str]) -> bool:
        return self._ids() == expected.keys() and self._finds_itself(_sampled(expected))

    def _finds_itself(self, sample: Sequence[str]) -> bool:
        """Query the stored vectors of these passages; each must come back at distance zero, or nearly each.

        In a large graph a few are out of reach (4 of 2,000 in a million, `benchmarks/scale.md`); it must hold those.
        """
        vectors = self._store.vectors(self._model, sample)
        if len(vectors) != len(sample):
            return False
        if not sample:
            return True
        found = self._collection.query(
            query_embeddings=[vectors[key] for key in sample], n_results=1, include=["distances"]
        )
        missed = [
            key
            for key, row in zip(sample, found["distances"], strict=True)
            if not row or row[0] >= SAME_DISTANCE
        ]
        return len(missed) <= max(1, len(sample) // OUT_OF_REACH) and self._has(
            {k: vectors[k] for k in missed}
        )

    def _has(self, vectors: Mapping[str, Floats]) -> bool:
        """Whether the index has these very vectors, in reach or not."""
        if not vectors:
            return True
        there = self._collection.get(ids=list(vectors), include=["embeddings"])
        held = dict(zip(there["ids"], there["embeddings"], strict=True))
        return held.keys() == vectors.keys() and all(
            _best(_of_length_one(([key], np.asarray([held[key]], np.float32))), vector, 1)[key]
            > 1.0 - SAME_DISTANCE
            for key, vector in vectors.items()
        )

    def _delete(self, ids: Sequence[str]) -> None:
        for at in range(0, len(ids), WRITE_ROWS):
            self._collection.delete(ids=list(ids[at : at + WRITE_ROWS]))

    def _upsert(self, ids: Sequence[str]) -> None:
        # In equal parts: Chroma writes its graph out after a thousand new rows; whoever opens it grafts the rest on.
        parts = -(-len(ids) // WRITE_ROWS)
        for part in range(parts):
            vectors = self._store.vectors(
                self._model, ids[len(ids) * part // parts : len(ids) * (part + 1) // parts]
            )
            self._collection.upsert(ids=list(vectors), embeddings=np.stack(list(vectors.values())))


def _best(among: tuple[list[str], Floats], vector: Sequence[float] | Floats, limit: int) -> dict[str, float]:
    """Return the cosines of the nearest of these passages, whose vectors have length one, best first."""
    ids, vectors = among
    if not ids:
        return {}
    cosines = vectors @ (np.asarray(vector, np.float32) / np.linalg.norm(vector))
    return {ids[at]: float(cosines[at]) for at in np.argsort(-cosines, kind="stable")[:limit]}


def _of_length_one(among: tuple[list[str], Floats]) -> tuple[list[str], Floats]:
    """Return the vectors at length one: a cosine, which Chroma goes by, takes no account of a model's lengths."""
    ids, vectors = among
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    return ids, vectors / np.maximum(lengths, np.finfo(np.float32).tiny)[:, None]


def _sampled(ids: Iterable[str]) -> list[str]:
    ordered = sorted(ids)
    return ordered[:: max(1, len(ordered) // SAMPLE)]
