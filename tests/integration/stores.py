"""Stores for the vector store's tests: stand-ins for the embedding model, letters by the dozen, other processes."""

import hashlib
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings

from tests.corpora import ROOT
from vectorstore.embed import OnnxEmbeddings, packaged_model
from vectorstore.ingest import IngestReport, ingest
from vectorstore.store import Store
from vectorstore.words import stems

DIMENSION = 64
MODEL = "words:1"


def copy_store(store: Path, to: Path) -> Path:
    """Copy a store that this process has open, through SQLite: to close a plain copy's file would drop its locks.

    Source: "How to corrupt an SQLite database file", section 2.2.
    """
    shutil.copytree(store, to, ignore=shutil.ignore_patterns("*.sqlite*"))
    for file in store.glob("*.sqlite"):
        with closing(sqlite3.connect(file)) as there, closing(sqlite3.connect(to / file.name)) as here:
            there.backup(here)
    return to


class WordVectors(Embeddings):
    """Texts that share words have vectors near each other; counts what it embeds."""

    def __init__(self) -> None:
        self.embedded = 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded += len(texts)
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        vector = sum((_direction(stem) for stem in stems(text)), np.full(DIMENSION, 1e-3))
        unit: list[float] = (vector / np.linalg.norm(vector)).tolist()
        return unit


def _direction(word: str) -> "np.ndarray[Any, np.dtype[np.float64]]":
    seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:8])
    return np.random.default_rng(seed).standard_normal(DIMENSION)


class Refusing(Embeddings):
    """What must not be asked to embed a letter again."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        raise AssertionError(f"{len(texts)} texts were embedded again")

    def embed_query(self, text: str) -> list[float]:
        raise AssertionError("a query was embedded")


def letter_text(number: int, said: str = "", *, paragraphs: int = 4) -> str:
    """Return a letter like no other; `said` is one more paragraph of it."""
    words = "grant bridge river school clinic harbour garden library theatre orchard".split()
    body = [
        f"On the {words[(number + at) % 10]} we wrote in paragraph {at} of letter {number} that "
        f"the {words[(number * 3 + at) % 10]} cost {number * 100 + at} pounds."
        for at in range(paragraphs)
    ]
    return "\n\n".join(
        [
            "Mr Bob Sample",
            f"{number % 28 + 1} May {2000 + number % 25}",
            "Dear Mr Sample",
            *body,
            *([said] if said else []),
            "Yours sincerely",
            f"Ann Number{'abcdefghij'[number % 10]}\nChief Executive\nNorthmere Council",
        ]
    )


def write_letters(folder: Path, count: int, *, paragraphs: int = 4) -> Path:
    """Write so many letters into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        (folder / f"{number:03}.txt").write_text(letter_text(number, paragraphs=paragraphs), "utf-8")
    return folder


def take(
    store: Store,
    *paths: Path,
    embeddings: Embeddings | None = None,
    rebuild: bool = False,
    model_id: str = MODEL,
) -> IngestReport:
    """Ingest with the stand-in for a model, or with what is given."""
    return ingest(store, paths, embeddings=embeddings or WordVectors(), model_id=model_id, rebuild=rebuild)


def counts(report: IngestReport) -> tuple[int, int, int, int]:
    """Return added, unchanged, replaced and removed."""
    return report.added, report.unchanged, report.replaced, report.removed


def contents(store: Store, *, without: Sequence[str] = ()) -> dict[str, list[Any]]:
    """Return all that a store holds, by table; what may differ between two stores of the same letters left out."""
    queries = {
        "letters": "SELECT * FROM letters ORDER BY id",
        "files": "SELECT path, letter_id FROM files ORDER BY path",
        "passages": "SELECT id, letter_id, start, end, page, paragraph, role, header, text, speaker, text_hash"
        " FROM passages ORDER BY id",
        "words": "SELECT p.id, w.header, w.text FROM passages p LEFT JOIN passages_words w ON w.rowid = p.number"
        " ORDER BY p.id",
        "words without a passage": "SELECT count(*) FROM passages_words"
        " WHERE rowid NOT IN (SELECT number FROM passages)",
        "vectors": "SELECT * FROM vectors ORDER BY model, text_hash",
        "meta": "SELECT * FROM meta WHERE key NOT IN ('generation', 'index_folder', 'index_files',"
        " 'generation of index', 'count of index') ORDER BY key",
    }
    return {name: store._rows(query) for name, query in queries.items() if name not in without}


def run_python(code: str, *arguments: object) -> "subprocess.CompletedProcess[str]":
    """Run code in another process, which may import what tests import."""
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,  # some are meant to be killed
    )


@contextmanager
def held_by_another_process(lock: Path) -> Iterator[None]:
    """Have another process hold the writer's lock."""
    code = "import sys, filelock\nwith filelock.FileLock(sys.argv[1]): print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield
        finally:
            process.stdin.close()


class Packaged(Embeddings):
    """The embedding model that `make install` installs; remembers what it has embedded, as tests embed the same."""

    def __init__(self) -> None:
        self.model = OnnxEmbeddings(packaged_model())
        self.model_id = self.model.model_id
        self._known: dict[str, list[float]] = {}

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known.update(zip(new, self.model.embed_documents(new), strict=True))
        return [self._known[text] for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return self.model.embed_query(text)


@cache
def packaged() -> Packaged:
    """Return the packaged model, loaded once."""
    return Packaged()
