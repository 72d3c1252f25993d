"""The vector index: Chroma over the store's vectors, the only importer of chromadb.

The store is the truth and this a cache. Opening compares passage ids with the store and mends the difference;
what cannot be trusted (torn files, vectors that do not find themselves) is rebuilt beside the old and switched
over, from stored vectors, without embedding anything again.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np

from vectorstore.errors import StoreError
from vectorstore.store import Store

COLLECTION = "passages"
# Chroma takes 5,461 rows at most in one call, and `get` fails past 32,766.
WRITE_ROWS = 4000
READ_ROWS = 10_000
SAMPLE = 16
# HNSW keeps vectors and links in files of a size that follows from their count; torn, they grow without bound.
MAX_BYTES_BASE = 64_000_000
MAX_BYTES_PER_VECTOR = 20_000


class VectorIndex:
    """The vectors of one store and one embedding model."""

    def __init__(self, store: Store, model: str) -> None:
        """Open the index and bring it in line with the store.

        Raises:
            StoreError: it cannot be opened or rebuilt, or another program is writing.
        """
        self._store = store
        self._model = model
        self._client: Any = None
        self._collection: Any = None
        self._generation = -1
        self.refresh()

    def refresh(self) -> None:
        """Look whether letters have changed since the last look, here or in another process, and follow."""
        generation = self._store.generation
        if generation == self._generation:
            return
        expected = self._store.vector_ids(self._model)
        if not self._open(expected):
            with self._store.writing():
                # Whoever held the lock may have mended it meanwhile.
                if not self._open(expected := self._store.vector_ids(self._model)):
                    self._mend(expected)
        self._generation = generation

    def query(
        self, vector: Sequence[float], *, limit: int, letter_ids: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return (passage id, cosine) of the nearest passages, best first."""
        if self._collection is None or limit < 1:
            return []
        where = None if letter_ids is None else {"letter_id": {"$in": list(letter_ids)}}
        if letter_ids is not None and not letter_ids:
            return []
        try:
            found = self._collection.query(
                query_embeddings=[list(vector)], n_results=limit, where=where, include=["distances"]
            )
        except Exception as error:  # chromadb's Rust core raises bare Exceptions
            raise StoreError(
                f"The vector index cannot be searched ({error}). Mend it: `python -m assistant doctor`."
            ) from error
        return [(key, 1.0 - float(d)) for key, d in zip(found["ids"][0], found["distances"][0], strict=True)]

    def close(self) -> None:
        """Let go of the index's files."""
        if self._client is not None:
            self._client.close()
        self._client = self._collection = None

    @property
    def _folder(self) -> Path:
        return self._store.folder / (self._store.meta("index_folder") or "index")

    def _open(self, expected: dict[str, str]) -> bool:
        """Open what is on disk; return whether it holds what the store holds and can be trusted."""
        self.close()
        folder = self._folder
        if not (folder / "chroma.sqlite3").is_file():
            return not expected and self._nothing()
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        if size > MAX_BYTES_BASE + MAX_BYTES_PER_VECTOR * len(expected):
            return False
        try:
            self._connect(folder)
            return self._ids() == set(expected) and self._finds_itself(list(expected))
        except Exception:  # noqa: BLE001 - whatever a torn index raises, it is rebuilt
            self.close()
            return False

    def _nothing(self) -> bool:
        self._collection = None
        return True

    def _connect(self, folder: Path) -> None:
        import chromadb
        from chromadb.config import Settings

        self._client = chromadb.PersistentClient(
            path=str(folder), settings=Settings(anonymized_telemetry=False, is_persistent=True)
        )
        self._collection = self._client.get_or_create_collection(
            COLLECTION,
            embedding_function=None,
            configuration={
                "hnsw": {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 32}
            },
        )

    def _ids(self) -> set[str]:
        found: set[str] = set()
        total = self._collection.count()
        for offset in range(0, total, READ_ROWS):
            found.update(self._collection.get(limit=READ_ROWS, offset=offset, include=[])["ids"])
        return found

    def _finds_itself(self, ids: Sequence[str]) -> bool:
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

    def _mend(self, expected: dict[str, str]) -> None:
        """Bring the index in line by set difference; rebuild beside it where that does not do."""
        try:
            if (self._folder / "chroma.sqlite3").is_file():
                self._connect(self._folder)
                self._write(expected)
                if self._ids() == set(expected) and self._finds_itself(list(expected)):
                    return
        except Exception:  # noqa: BLE001 - a torn index may fail in any way; the rebuild below decides
            self.close()
        self._rebuild(expected)

    def _rebuild(self, expected: dict[str, str]) -> None:
        old = self._folder
        name = f"index-{uuid4().hex[:8]}"
        self.close()
        try:
            self._connect(self._store.folder / name)
            self._write(expected)
            sound = self._ids() == set(expected) and self._finds_itself(list(expected))
        except Exception as error:
            raise StoreError(
                f"The vector index in {str(self._store.folder)!r} cannot be built ({error}). Look at the disk's free space, "
                "then run `python -m assistant doctor`."
            ) from error
        if not sound:
            raise StoreError(
                f"The vector index in {str(self._store.folder)!r} was built but does not find its own vectors. "
                "Run `python -m assistant ingest --rebuild`."
            )
        self._store.set_meta("index_folder", name)
        shutil.rmtree(old, ignore_errors=True)

    def _write(self, expected: dict[str, str]) -> None:
        present = self._ids()
        gone = sorted(present - set(expected))
        new = sorted(set(expected) - present)
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
