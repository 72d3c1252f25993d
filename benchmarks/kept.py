"""A sentence model that keeps what it worked out in a file, so that a benchmark run again embeds nothing twice."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from langchain_core.embeddings import Embeddings

from vectorstore.embed import TokenStates

_AT_ONCE = 256
_MAPPED_BYTES = 1 << 33  # reading the file's pages one by one would take longer than the model
_IN_MEMORY = 3000  # texts of which the states are held too; one of 200 tokens takes 300 kB


class SentenceModel(Protocol):
    """What `vectorstore.embed.OnnxEmbeddings` offers."""

    model_id: str

    def embed(self, texts: Sequence[str]) -> "np.ndarray[Any, np.dtype[np.float32]]":
        """Return a vector a text, as float32 of shape (len(texts), dimension)."""

    def token_states(self, texts: Sequence[str]) -> list[TokenStates]:
        """Return each text's tokens with their states."""


class KeptModel(Embeddings):
    """Answers from its file what was asked before, and from the model what was not.

    States are kept as half precision floats, which moves a cosine by less than 0.001.

    Args:
        path: the file, made where there is none; the name of another model's file must differ.
        with_states: keep the token states of every document too, worked out in the same pass as its vector.
        on_progress: told how many of how many texts the model has been through, where there are many.
    """

    def __init__(
        self,
        model: SentenceModel,
        path: Path,
        *,
        with_states: bool = False,
        on_progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self.model_id = model.model_id
        self._model = model
        self._with_states = with_states
        self._watch = on_progress
        self._recent: dict[str, TokenStates] = {}
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = sqlite3.connect(path)
        self._file.execute(f"PRAGMA mmap_size={_MAPPED_BYTES}")
        self._file.execute(
            "CREATE TABLE IF NOT EXISTS vectors (key TEXT PRIMARY KEY, vector BLOB) WITHOUT ROWID"
        )
        self._file.execute(
            "CREATE TABLE IF NOT EXISTS states (key TEXT PRIMARY KEY, states BLOB, spans BLOB)"
        )

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return one vector a text."""
        missing = [text for text in dict.fromkeys(texts) if not self._has("vectors", text)]
        for done, some in self._batches(missing):
            if self._with_states:
                self._keep(some, self._model.token_states(some))
            else:
                self._keep_vectors(some, self._model.embed(some))
            if self._watch:
                self._watch(done, len(missing))
        return [np.frombuffer(self._row("vectors", text)[1], np.float32).tolist() for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a query."""
        return self.embed_documents([text])[0]

    def token_states(self, texts: Sequence[str]) -> list[TokenStates]:
        """Return each text's tokens with their states."""
        if len(self._recent) > _IN_MEMORY:
            self._recent.clear()
        new = [text for text in dict.fromkeys(texts) if text not in self._recent]
        for _, some in self._batches([text for text in new if not self._has("states", text)]):
            self._keep(some, self._model.token_states(some))
        self._recent |= {text: self._states(text) for text in new}
        return [self._recent[text] for text in texts]

    def _batches(self, texts: list[str]) -> Iterable[tuple[int, list[str]]]:
        by_length = sorted(texts, key=len)
        for at in range(0, len(texts), _AT_ONCE):
            yield min(at + _AT_ONCE, len(texts)), by_length[at : at + _AT_ONCE]

    def _states(self, text: str) -> TokenStates:
        _, states, spans = self._row("states", text)
        vector = np.frombuffer(self._row("vectors", text)[1], np.float32)
        found = np.frombuffer(states, np.float16).astype(np.float32).reshape(-1, len(vector))
        ends = np.frombuffer(spans, np.int32).reshape(-1, 2).tolist()
        return TokenStates(found, tuple((start, end) for start, end in ends), vector)

    def _has(self, table: str, text: str) -> bool:
        found = self._file.execute(f"SELECT 1 FROM {table} WHERE key = ?", (_key(text),)).fetchone()  # noqa: S608 - ours
        return found is not None

    def _row(self, table: str, text: str) -> Any:
        return self._file.execute(f"SELECT * FROM {table} WHERE key = ?", (_key(text),)).fetchone()  # noqa: S608 - ours

    def _keep(self, texts: Sequence[str], found: Sequence[TokenStates]) -> None:
        self._file.executemany(
            "INSERT OR REPLACE INTO states VALUES (?, ?, ?)",
            (
                (_key(text), one.states.astype(np.float16).tobytes(), np.array(one.spans, np.int32).tobytes())
                for text, one in zip(texts, found, strict=True)
            ),
        )
        self._keep_vectors(texts, [one.vector for one in found])

    def _keep_vectors(self, texts: Sequence[str], vectors: Iterable[Any]) -> None:
        with self._file:
            self._file.executemany(
                "INSERT OR REPLACE INTO vectors VALUES (?, ?)",
                (
                    (_key(text), np.asarray(vector, np.float32).tobytes())
                    for text, vector in zip(texts, vectors, strict=True)
                ),
            )


def _key(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
