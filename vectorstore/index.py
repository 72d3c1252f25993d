"""The vector index: Chroma over the store's vectors, the only importer of chromadb.

The store is the truth and this a cache. Opening compares passage ids with the store and mends the difference;
what cannot be trusted (torn files, vectors that do not find themselves) is rebuilt beside the old and switched
over, from stored vectors, without embedding anything again.
"""

import shutil
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

import numpy as np

from vectorstore.errors import StoreBusyError, StoreError
from vectorstore.store import Store

COLLECTION = "passages"
# Chroma takes 5,461 rows at most in one call, and `get` fails past 32,766.
WRITE_ROWS = 4000
READ_ROWS = 10_000
SAMPLE = 16
# HNSW keeps vectors and links in files of a size that follows from their count; torn, they grow without bound.
MAX_BYTES_BASE = 64_000_000
MAX_BYTES_PER_VECTOR = 20_000
_HNSW = {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 32}
# "behind": it can be trusted, and lacks or has too much; "broken": it is not to be opened again.
_State = Literal["sound", "behind", "broken"]


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
            with store.writing():
                self._rebuild(store.vector_ids(model))
        self.refresh()

    def refresh(self) -> None:
        """Look whether letters have changed since the last look, here or in another process, and follow.

        While another program is writing, an index that is behind is searched as it is, and looked at again next time.

        Raises:
            StoreError: it cannot be rebuilt, or it is broken while another program is writing.
        """
        with self._lock:
            generation = self._store.generation
            if generation == self._generation:
                return
            state = self._open(self._store.vector_ids(self._model))
            if state != "sound":
                try:
                    with self._store.writing(timeout_s=0.0 if state == "behind" else None):
                        # Whoever held the lock may have mended it meanwhile.
                        expected = self._store.vector_ids(self._model)
                        state = self._open(expected)
                        if state != "sound":
                            self._mend(expected, state)
                except StoreBusyError:
                    if state == "broken":
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

    def _open(self, expected: Mapping[str, str]) -> _State:
        """Open what is on disk, if it can be trusted, and say how it compares with the store."""
        self.close()
        folder = self._folder
        if not (folder / "chroma.sqlite3").is_file():
            return "behind" if expected else "sound"
        # Looked at before it is opened: a torn index grows when it is.
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        if size > MAX_BYTES_BASE + MAX_BYTES_PER_VECTOR * len(expected):
            return "broken"
        try:
            self._connect(folder)
            present = self._ids()
            trusted = self._finds_itself(present & expected.keys())
        except Exception:  # noqa: BLE001 - whatever a torn index raises, it is rebuilt
            trusted = False
        if not trusted:
            self.close()
            return "broken"
        return "sound" if present == expected.keys() else "behind"

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

    def _mend(self, expected: Mapping[str, str], state: _State) -> None:
        """Bring the index in line by set difference; rebuild beside it where that does not do."""
        if state == "behind" and self._collection is not None:
            try:
                self._write(expected)
                if self._ids() == expected.keys() and self._finds_itself(set(expected)):
                    return
            except Exception:  # noqa: BLE001, S110 - a torn index may fail in any way; the rebuild below decides
                pass
        self._rebuild(expected)

    def _rebuild(self, expected: Mapping[str, str]) -> None:
        name = f"index-{uuid4().hex[:8]}"
        folder = self._store.folder / name
        self.close()
        try:
            self._connect(folder, create=True)
            self._write(expected)
            sound = self._ids() == expected.keys() and self._finds_itself(set(expected))
        except Exception as error:
            self._discard(folder)
            raise StoreError(
                f"The vector index in {str(self._store.folder)!r} cannot be built ({error}). "
                "Look at the disk's free space, then run `python -m assistant doctor`."
            ) from error
        if not sound:
            self._discard(folder)
            raise StoreError(
                f"The vector index in {str(self._store.folder)!r} was built but does not find its own vectors. "
                "Run `python -m assistant ingest --rebuild`."
            )
        self._store.set_meta("index_folder", name)
        # The one before, and any that a killed program left half built.
        for path in self._store.folder.glob("index*"):
            if path != folder:
                shutil.rmtree(path, ignore_errors=True)

    def _discard(self, folder: Path) -> None:
        self.close()
        shutil.rmtree(folder, ignore_errors=True)

    def _write(self, expected: Mapping[str, str]) -> None:
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
