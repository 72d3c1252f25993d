"""The vector index: Chroma over the store's vectors, the only importer of chromadb.

The store is the truth and this a cache. Opening compares passage ids with the store and mends the difference;
what cannot be trusted (files other than those that were written, vectors that do not find themselves) is rebuilt
beside the old and switched over, from stored vectors, without embedding anything again.
"""

import hashlib
import json
import shutil
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np

from vectorstore.errors import StoreBusyError, StoreError
from vectorstore.store import Store

COLLECTION = "passages"
# Chroma takes 5,461 rows at most in one call, and `get` fails past 32,766.
WRITE_ROWS = 4000
READ_ROWS = 10_000
SAMPLE = 16
_HNSW = {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 32}


class VectorIndex:
    """The vectors of one store and one embedding model; may be shared between threads."""

    def __init__(self, store: Store, model: str, *, rebuild: bool = False) -> None:
        """Open the index and bring it in line with the store.

        Args:
            rebuild: trust nothing that is on disk.

        Raises:
            StoreError: it cannot be opened or rebuilt, or another program is writing.
        """
        self._store = store
        self._model = model
        self._client: Any = None
        self._collection: Any = None
        self._generation = -1
        self._lock = threading.RLock()
        if rebuild:
            with store.indexing():
                self._rebuild(store.vector_ids(model))
        self.refresh()

    def refresh(self) -> None:
        """Look whether letters have changed since the last look, here or in another process, and follow.

        While another program writes to the index, one that is open is searched as it is, and looked at again next time.

        Raises:
            StoreError: it cannot be opened or rebuilt, or another program is writing.
        """
        with self._lock:
            generation = self._store.generation
            if generation == self._generation:
                return
            try:
                with self._store.indexing(wait=self._collection is None):
                    self._follow(self._store.vector_ids(self._model))
            except StoreBusyError:
                if self._collection is None:
                    raise
                return
            self._generation = generation

    def query(
        self, vector: Sequence[float], *, limit: int, letter_ids: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return (passage id, cosine) of the nearest passages, best first.

        Raises:
            StoreError: the index cannot be searched, even after another look at it.
        """
        if limit < 1 or (letter_ids is not None and not letter_ids):
            return []
        with self._lock:
            try:
                return self._query(vector, limit, letter_ids)
            except Exception:  # noqa: BLE001 - chromadb's Rust core raises bare Exceptions, as when its files went away
                self._generation = -1
                self.refresh()
            try:
                return self._query(vector, limit, letter_ids)
            except Exception as error:
                raise StoreError(
                    f"The vector index cannot be searched ({error}). Mend it: `python -m assistant ingest --rebuild`."
                ) from error

    def _query(
        self, vector: Sequence[float], limit: int, letter_ids: Sequence[str] | None
    ) -> list[tuple[str, float]]:
        if self._collection is None:
            return []
        found = self._collection.query(
            query_embeddings=[list(vector)],
            n_results=limit,
            where=None if letter_ids is None else {"letter_id": {"$in": list(letter_ids)}},
            include=["distances"],
        )
        return [(key, 1.0 - float(d)) for key, d in zip(found["ids"][0], found["distances"][0], strict=True)]

    def close(self) -> None:
        """Let go of the index's files."""
        if self._client is not None:
            self._client.close()
        self._client = self._collection = None

    @property
    def _folder(self) -> Path:
        return self._store.folder / (self._store.meta("index_folder") or "index")

    def _follow(self, expected: Mapping[str, str]) -> None:
        """Open what is on disk and bring it in line by set difference; rebuild beside it where that does not do."""
        self.close()
        folder = self._folder
        if not expected and not folder.exists():
            return
        # Checked before Chroma opens them: torn files of its graph end the whole process, or grow without bound.
        if self._store.meta("index_files") == _fingerprint(folder):
            try:
                self._connect(folder)
                if self._finds_itself(self._ids() & expected.keys()):
                    # Killed between these two, the index is rebuilt next time.
                    if self._write(expected):
                        self._store.set_meta("index_files", _fingerprint(folder))
                    if self._holds(expected):
                        return
            except Exception:  # noqa: BLE001, S110 - whatever an index raises that is not sound, it is rebuilt
                pass
        self._rebuild(expected)

    def _rebuild(self, expected: Mapping[str, str]) -> None:
        name = f"index-{uuid4().hex[:8]}"
        folder = self._store.folder / name
        self.close()
        try:
            self._connect(folder, create=True)
            self._write(expected)
            if not self._holds(expected):
                raise StoreError("it does not find its own vectors")
        except Exception as error:
            self.close()
            shutil.rmtree(folder, ignore_errors=True)
            raise StoreError(
                f"The vector index in {str(self._store.folder)!r} cannot be built ({error}). "
                "Look at the disk's free space, then run `python -m assistant doctor`."
            ) from error
        self._store.set_meta("index_folder", name)
        self._store.set_meta("index_files", _fingerprint(folder))
        # The one before, and any that a killed program left half built.
        for path in self._store.folder.glob("index*/"):
            if path != folder:
                shutil.rmtree(path, ignore_errors=True)

    def _connect(self, folder: Path, *, create: bool = False) -> None:
        import chromadb
        from chromadb.config import Settings

        self._client = chromadb.PersistentClient(
            path=str(folder), settings=Settings(anonymized_telemetry=False, is_persistent=True)
        )
        if create:
            self._client.create_collection(COLLECTION, embedding_function=None, configuration={"hnsw": _HNSW})
        self._collection = self._client.get_collection(COLLECTION, embedding_function=None)

    def _ids(self) -> set[str]:
        found: set[str] = set()
        total = self._collection.count()
        for offset in range(0, total, READ_ROWS):
            found.update(self._collection.get(limit=READ_ROWS, offset=offset, include=[])["ids"])
        return found

    def _holds(self, expected: Mapping[str, str]) -> bool:
        return self._ids() == expected.keys() and self._finds_itself(set(expected))

    def _finds_itself(self, ids: set[str]) -> bool:
        """Query sampled vectors; each must come back at distance zero."""
        sample = sorted(ids)[:: max(1, len(ids) // SAMPLE)]
        vectors = self._store.vectors(self._model, sample)
        if len(vectors) != len(sample):
            return False
        if not sample:
            return True
        found = self._collection.query(
            query_embeddings=[vectors[key] for key in sample], n_results=1, include=["distances"]
        )
        return all(row and row[0] < 1e-3 for row in found["distances"])

    def _write(self, expected: Mapping[str, str]) -> bool:
        """Take out what is too much and put in what is missing; return whether there was any."""
        present = self._ids()
        gone = sorted(present - expected.keys())
        new = sorted(expected.keys() - present)
        for at in range(0, len(gone), WRITE_ROWS):
            self._collection.delete(ids=gone[at : at + WRITE_ROWS])
        for at in range(0, len(new), WRITE_ROWS):
            rows = new[at : at + WRITE_ROWS]
            vectors = self._store.vectors(self._model, rows)
            self._collection.upsert(
                ids=rows,
                embeddings=np.stack([vectors[key] for key in rows]),
                metadatas=[{"letter_id": expected[key]} for key in rows],
            )
        return bool(gone or new)


def _fingerprint(folder: Path) -> str:
    """Return name and hash of the files that Chroma's graph is read from; only writing to the index changes them.

    A graph of fewer than a thousand vectors lies in Chroma's SQLite file alone; what stands beside it then are
    placeholders, made anew at each opening. The SQLite file changes then too, and tells of damage by itself.
    """
    graphs = sorted(path.parent for path in folder.rglob("index_metadata.pickle"))
    found = {}
    for path in sorted(path for graph in graphs for path in graph.iterdir() if path.is_file()):
        with path.open("rb") as file:
            found[str(path.relative_to(folder))] = hashlib.file_digest(file, "sha256").hexdigest()
    return json.dumps(found)
