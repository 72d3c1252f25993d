"""The truth: letters, cards, passages and vectors in one SQLite file; every index is rebuilt from here.

One letter is one transaction: there or not there. Readers may be many, in any thread or process; one writer
at a time holds the store's lock file.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from vectorstore.correct import corrected
from vectorstore.database import Database
from vectorstore.errors import StoreError
from vectorstore.letter import (
    CARD_FIELDS,
    CARD_LISTS,
    Block,
    CardField,
    Letter,
    LetterCard,
    PageRead,
    Passage,
)
from vectorstore.listed import Body, ListedLetter
from vectorstore.split import SPLITTER_VERSION
from vectorstore.words import stems

SCHEMA_VERSION = 4
REBUILD = "`python -m assistant ingest --rebuild`"
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE letters (
    id TEXT PRIMARY KEY, source TEXT NOT NULL, bytes_sha256 TEXT NOT NULL, text_sha256 TEXT NOT NULL,
    pages TEXT NOT NULL, card TEXT NOT NULL, reads TEXT NOT NULL, text TEXT NOT NULL, blocks TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE files (
    path TEXT NOT NULL, member TEXT NOT NULL, letter_id TEXT NOT NULL REFERENCES letters(id),
    size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, complete INTEGER NOT NULL, PRIMARY KEY (path, member)
) WITHOUT ROWID;
CREATE TABLE corrections (
    letter_id TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (letter_id, field)
) WITHOUT ROWID;
CREATE INDEX files_by_letter ON files(letter_id);
CREATE TABLE passages (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, letter_id TEXT NOT NULL REFERENCES letters(id),
    start INTEGER NOT NULL, end INTEGER NOT NULL, page INTEGER NOT NULL, paragraph INTEGER NOT NULL,
    role TEXT NOT NULL, header TEXT NOT NULL, text TEXT NOT NULL, speaker TEXT, text_hash TEXT NOT NULL
);
CREATE INDEX passages_by_letter ON passages(letter_id);
CREATE INDEX passages_by_hash ON passages(text_hash);
CREATE TABLE vectors (model TEXT, text_hash TEXT, vector BLOB NOT NULL, PRIMARY KEY (model, text_hash)) WITHOUT ROWID;
CREATE TABLE touched (text_hash TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE changes (generation INTEGER NOT NULL, letter_id TEXT NOT NULL, passage_id TEXT);
CREATE INDEX changes_by_generation ON changes(generation);
CREATE VIRTUAL TABLE passages_words USING fts5(header, text, tokenize='unicode61');
CREATE VIRTUAL TABLE passages_terms USING fts5vocab(passages_words, row);
"""
# So many lines of the journal are kept; whoever has not looked for longer reads everything.
JOURNAL_LINES = 100_000
# Letters whose text is kept in memory, of those that are listed without it.
BODIES = 512


class File(NamedTuple):
    """A file that a letter was read from.

    Args:
        member: which part of an archive or e-mail it is; empty for a file that is a letter itself.
        complete: whether all of the file could be read; if not, the next ingest tries again.
    """

    path: str
    member: str
    letter_id: str
    size: int
    mtime_ns: int
    complete: bool = True


class Changes(NamedTuple):
    """What happened between two generations.

    Args:
        letters: ids of letters that came, went, or have other passages or vectors.
        gone: ids of passages that were taken out; some may have come back.
    """

    letters: frozenset[str]
    gone: frozenset[str]


class Store(Database):
    """One store folder.

    Args:
        folder: holds `letters.sqlite`, `originals/` and the vector index.
    """

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        """Open the store.

        Raises:
            StoreError: it is missing (and `create` is not set), of another version, damaged or locked.
        """
        super().__init__(folder)
        self.originals = folder / "originals"
        # What one question reads of its letters it reads several times.
        self._body = lru_cache(maxsize=BODIES)(self._read_body)
        if not self.path.is_file():
            if not create:
                raise StoreError(
                    f"There is no store in {str(folder)!r}. Make one: `python -m assistant ingest`."
                )
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise StoreError(
                    f"The store's folder {str(folder)!r} cannot be made: {error.strerror}. "
                    "Choose another with --store or LETTERS_STORE."
                ) from error
        with self._wrapped():
            found = self._connection().execute("PRAGMA user_version").fetchone()[0]
            if found == 0 and create:
                self._create()
            elif found == 0:
                raise StoreError(
                    f"The store in {str(folder)!r} was never finished. Finish it: `python -m assistant ingest`."
                )
            elif found != SCHEMA_VERSION:
                raise StoreError(
                    f"The store in {str(folder)!r} has version {found}, this program reads version {SCHEMA_VERSION}. "
                    "Move that folder away, then make a new store: `python -m assistant ingest`."
                )
            else:
                # A damaged file shows itself at the first look at its pages; better here than in an answer.
                self._connection().execute("SELECT count(*) FROM letters, meta").fetchone()

    def _create(self) -> None:
        connection = self._connection()
        with self.writing():
            connection.execute("PRAGMA journal_mode=WAL")
            if connection.execute("PRAGMA user_version").fetchone()[0] == 0:
                connection.executescript(
                    f"BEGIN; {_SCHEMA} INSERT INTO meta VALUES ('splitter_version', '{SPLITTER_VERSION}');"  # noqa: S608 - ours
                    f" PRAGMA user_version={SCHEMA_VERSION}; COMMIT;"
                )

    # -- facts about the store ------------------------------------------------------------------

    def meta(self, key: str) -> str | None:
        """Return a recorded fact, such as embedding_model or splitter_version; `vectorstore.index` records its own."""
        rows = self._rows("SELECT value FROM meta WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else None

    def set_meta(self, key: str, value: str) -> None:
        """Record a fact about the store."""
        with self._transaction() as connection:
            connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    @property
    def generation(self) -> int:
        """Count of the changes to letters and vectors so far; a reader that sees a new one reads again."""
        return int(self.meta("generation") or 0)

    def changes_since(self, generation: int) -> Changes | None:
        """Return what has changed since a generation, or None where the journal does not reach back to it."""
        if generation == self.generation:
            return Changes(frozenset(), frozenset())
        with self._wrapped():
            first = self._connection().execute("SELECT min(generation) FROM changes").fetchone()[0]
            # The oldest generation kept may have lost lines.
            if first is None or generation < first:
                return None
            rows = self._rows("SELECT letter_id, passage_id FROM changes WHERE generation > ?", (generation,))
        return Changes(frozenset(row[0] for row in rows), frozenset(row[1] for row in rows if row[1]))

    def counts(self) -> tuple[int, int]:
        """Return how many letters and passages there are."""
        row = self._rows("SELECT (SELECT count(*) FROM letters), (SELECT count(*) FROM passages)")[0]
        return int(row[0]), int(row[1])

    def letter_count(self) -> int:
        """Return how many letters there are."""
        return int(self._rows("SELECT count(*) FROM letters")[0][0])

    def intact(self) -> bool:
        """Read the whole file and say whether SQLite finds it sound."""
        try:
            return bool(self._rows("PRAGMA integrity_check")[0][0] == "ok")
        except StoreError:
            return False

    # -- letters --------------------------------------------------------------------------------

    def letters(self, ids: Sequence[str] | None = None) -> list[Letter]:
        """Return all letters, or those with these ids, their cards as corrected, by date and then source."""
        rows = self._rows(
            f"SELECT {_LISTED}, text, blocks,"  # noqa: S608 - ours
            " (SELECT json_group_object(field, value) FROM corrections c WHERE c.letter_id = letters.id)"
            f" FROM letters WHERE {_among('id', ids)}",
            _values(ids),
        )
        return sorted((corrected(_letter(row), json.loads(row[8])) for row in rows), key=by_date)

    def listed(self, ids: Iterable[str] | None = None) -> list[Letter]:
        """Return all letters, or those with these ids, without their text until it is looked at; in no order."""
        rows = self._rows(f"SELECT {_LISTED} FROM letters WHERE {_among('id', ids)}", _values(ids))  # noqa: S608 - ours
        touched = {str(row[0]) for row in self._rows("SELECT DISTINCT letter_id FROM corrections")}
        cards = {letter.id: letter.card for letter in self.letters([r[0] for r in rows if r[0] in touched])}
        return [
            ListedLetter(
                id=row[0],
                source=row[1],
                text_sha256=row[2],
                pages=tuple(json.loads(row[3])),
                card=cards.get(row[0]) or _card(json.loads(row[4])),
                reads=tuple(PageRead(*read) for read in json.loads(row[5])),
                read=self._body,
            )
            for row in rows
        ]

    def _read_body(self, letter_id: str) -> Body:
        rows = self._rows("SELECT text, blocks FROM letters WHERE id = ?", (letter_id,))
        if not rows:
            raise StoreError("A letter was removed while it was being read. Ask again.")
        return str(rows[0][0]), _blocks(rows[0][1])

    def sources(self, letter_ids: Iterable[str]) -> dict[str, str]:
        """Return the file's name of each of these letters, by id."""
        rows = self._rows(
            "SELECT id, source FROM letters WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(letter_ids)),),
        )
        return {str(row[0]): str(row[1]) for row in rows}

    def letter_ids(self) -> set[str]:
        """Return the ids of all letters."""
        return {str(row[0]) for row in self._rows("SELECT id FROM letters")}

    def letter(self, letter_id: str) -> Letter | None:
        """Return one letter, or None."""
        return next(iter(self.letters([letter_id])), None)

    def card_as_read(self, letter_id: str) -> LetterCard | None:
        """Return a letter's card without what was corrected by hand, or None where there is no such letter."""
        rows = self._rows("SELECT card FROM letters WHERE id = ?", (letter_id,))
        return _card(json.loads(rows[0][0])) if rows else None

    def text_hash_of(self, letter_id: str) -> str | None:
        """Return the hash of a letter's text, or None where there is no such letter."""
        rows = self._rows("SELECT text_sha256 FROM letters WHERE id = ?", (letter_id,))
        return str(rows[0][0]) if rows else None

    def files(self) -> dict[str, dict[str, File]]:
        """Return every file that was read, by path and member."""
        found: dict[str, dict[str, File]] = {}
        for row in self._rows("SELECT path, member, letter_id, size, mtime_ns, complete FROM files"):
            file = File(*row)._replace(complete=bool(row[5]))
            found.setdefault(file.path, {})[file.member] = file
        return found

    def files_of(self, letter_id: str) -> list[File]:
        """Return the files that hold a letter."""
        rows = self._rows(
            "SELECT path, member, letter_id, size, mtime_ns, complete FROM files WHERE letter_id = ?",
            (letter_id,),
        )
        return [File(*row) for row in rows]

    def put_letter(
        self, letter: Letter, passages: Sequence[Passage], *, bytes_sha256: str, file: File | None = None
    ) -> None:
        """Write a letter and its passages, in place of what was there under its id, as one transaction.

        Args:
            file: where the letter stands; a letter that stood there before goes in the same transaction.
        """
        with self._transaction() as connection:
            self._forget(connection, letter.id)
            connection.execute(
                "INSERT OR REPLACE INTO letters VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    letter.id,
                    letter.source,
                    bytes_sha256,
                    letter.text_sha256,
                    json.dumps(letter.pages),
                    json.dumps(asdict(letter.card)),
                    json.dumps([[r.how, r.confidence, r.reason] for r in letter.reads]),
                    letter.text,
                    json.dumps(
                        [[b.start, b.end, b.role, b.number, b.page, b.speaker] for b in letter.blocks]
                    ),
                ),
            )
            self._insert(connection, passages)
            if file is not None:
                self._place(connection, file)
            _next_generation(connection, letter.id)

    def put_passages(self, letter_id: str, passages: Sequence[Passage]) -> None:
        """Write a letter's passages anew, after its card was corrected."""
        with self._transaction() as connection:
            self._forget(connection, letter_id)
            self._insert(connection, passages)
            _next_generation(connection, letter_id)

    def put_file(self, file: File) -> None:
        """Record that a letter that is here stands in this file; a letter that stood there before goes."""
        with self._transaction() as connection:
            self._place(connection, file)

    def complete_file(self, path: str) -> None:
        """Record that all members of a file are in the store."""
        with self._transaction() as connection:
            connection.execute("UPDATE files SET complete = 1 WHERE path = ?", (path,))

    def remove_file(self, path: str, member: str | None = None) -> int:
        """Forget a file, or one member of it, and letters that no other file holds; return how many went."""
        with self._transaction() as connection:
            rows = connection.execute(
                "SELECT member, letter_id FROM files WHERE path = ?1 AND (?2 IS NULL OR member = ?2)",
                (path, member),
            ).fetchall()
            connection.executemany(
                "DELETE FROM files WHERE path = ? AND member = ?", ((path, row[0]) for row in rows)
            )
            return sum(self._drop_unheld(connection, letter_id) for letter_id in {row[1] for row in rows})

    def corrections(self, letter_id: str) -> dict[str, str]:
        """Return what was corrected by hand on a letter's card: value by field."""
        rows = self._rows("SELECT field, value FROM corrections WHERE letter_id = ?", (letter_id,))
        return dict(rows)

    def put_corrections(self, letter_id: str, values: Mapping[str, str | None]) -> None:
        """Keep corrections of a letter's card, also beyond the letter's next ingest; None takes one back."""
        with self._transaction() as connection:
            for field, value in values.items():
                key = (letter_id, field)
                connection.execute("DELETE FROM corrections WHERE letter_id = ? AND field = ?", key)
                if value is not None:
                    connection.execute("INSERT INTO corrections VALUES (?, ?, ?)", (*key, value))
            _next_generation(connection, letter_id)

    def _place(self, connection: sqlite3.Connection, file: File) -> None:
        key = (file.path, file.member)
        before = connection.execute(
            "SELECT letter_id FROM files WHERE path = ? AND member = ?", key
        ).fetchone()
        connection.execute("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)", file)
        if before is not None and before[0] != file.letter_id:
            self._drop_unheld(connection, before[0])

    def _drop_unheld(self, connection: sqlite3.Connection, letter_id: str) -> bool:
        """Remove a letter that no file holds any more; return whether it went."""
        if connection.execute("SELECT 1 FROM files WHERE letter_id = ?", (letter_id,)).fetchone():
            return False
        self._forget(connection, letter_id)
        connection.execute("DELETE FROM letters WHERE id = ?", (letter_id,))
        _next_generation(connection, letter_id)
        return True

    @staticmethod
    def _insert(connection: sqlite3.Connection, passages: Iterable[Passage]) -> None:
        for passage in passages:
            key = text_hash(passage)
            cursor = connection.execute(
                f"INSERT INTO passages ({_COLUMNS}, text_hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - ours
                (*(getattr(passage, name) for name in _PASSAGE), key),
            )
            if passage.paragraph:
                connection.execute("INSERT OR IGNORE INTO touched VALUES (?)", (key,))
            connection.execute(
                "INSERT INTO passages_words (rowid, header, text) VALUES (?, ?, ?)",
                (cursor.lastrowid, " ".join(stems(passage.header)), " ".join(stems(passage.text))),
            )

    @staticmethod
    def _forget(connection: sqlite3.Connection, letter_id: str) -> None:
        """Take a letter's passages out; its next generation is to be counted in the same transaction."""
        connection.execute(
            f"INSERT INTO changes SELECT {_GENERATION} + 1, letter_id, id FROM passages"  # noqa: S608 - ours
            " WHERE letter_id = ? AND paragraph > 0",
            (letter_id,),
        )
        connection.execute(
            "INSERT OR IGNORE INTO touched SELECT text_hash FROM passages WHERE letter_id = ? AND paragraph > 0",
            (letter_id,),
        )
        connection.execute(
            "DELETE FROM passages_words WHERE rowid IN (SELECT number FROM passages WHERE letter_id = ?)",
            (letter_id,),
        )
        connection.execute("DELETE FROM passages WHERE letter_id = ?", (letter_id,))

    # -- passages and vectors -------------------------------------------------------------------

    def passages(self, ids: Sequence[str]) -> dict[str, Passage]:
        """Return the passages with these ids, by id."""
        rows = self._rows(
            f"SELECT {_COLUMNS} FROM passages WHERE id IN (SELECT value FROM json_each(?))",  # noqa: S608 - our names
            (json.dumps(list(ids)),),
        )
        return {row[0]: Passage(**dict(zip(_PASSAGE, row, strict=True))) for row in rows}

    def passages_of(self, letter_ids: Sequence[str]) -> list[Passage]:
        """Return the passages of these letters, letter by letter in the order of the text."""
        rows = self._rows(
            f"SELECT {_COLUMNS} FROM passages"  # noqa: S608 - our own names
            " WHERE letter_id IN (SELECT value FROM json_each(?)) ORDER BY letter_id, start",
            (json.dumps(list(letter_ids)),),
        )
        return [Passage(**dict(zip(_PASSAGE, row, strict=True))) for row in rows]

    def match_words(
        self, query: str, *, limit: int, letter_ids: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """Return (passage id, BM25) for an FTS5 query, best first; higher is better.

        A passage's own words count double those of its header.
        """
        # The unary plus keeps SQLite from asking the word index once for each passage in scope.
        inside = "" if letter_ids is None else (
            " AND +rowid IN (SELECT number FROM passages WHERE letter_id IN (SELECT value FROM json_each(?3)))"
        )  # fmt: skip
        rows = self._rows(
            "SELECT p.id, w.score FROM (SELECT rowid AS number, -bm25(passages_words, 0.5, 1.0) AS score"  # noqa: S608 - ours
            f" FROM passages_words WHERE passages_words MATCH ?1{inside} ORDER BY score DESC, number LIMIT ?2) w"
            " JOIN passages p ON p.number = w.number ORDER BY w.score DESC, p.id",
            (query, limit, *([] if letter_ids is None else [json.dumps(list(letter_ids))])),
        )
        return [(str(row[0]), float(row[1])) for row in rows]

    def numbers_holding(self, term: str) -> "np.ndarray[Any, np.dtype[np.int64]]":
        """Return the numbers of the passages whose own words have this stem, in order."""
        rows = self._rows(
            "SELECT rowid FROM passages_words WHERE passages_words MATCH ?", (f'text : "{term}"',)
        )
        return np.fromiter((row[0] for row in rows), dtype=np.int64, count=len(rows))

    def letters_holding(self, words: str, *, among: Sequence[str] | None = None, most: int = 1) -> list[str]:
        """Return the ids of so many letters whose own words have these stems side by side, in no order."""
        within = "AND p.letter_id IN (SELECT value FROM json_each(?))" if among is not None else ""
        rows = self._rows(
            "SELECT DISTINCT p.letter_id FROM passages_words CROSS JOIN passages p ON p.number = passages_words.rowid"  # noqa: S608 - ours
            f" WHERE passages_words MATCH ? {within} LIMIT ?",
            (f'text : "{words}"', *([] if among is None else [json.dumps(among)]), most),
        )
        return [str(row[0]) for row in rows]

    def numbered_passages(self, numbers: Sequence[int]) -> list[Passage]:
        """Return the passages with these numbers, letter by letter in the order of the text."""
        rows = self._rows(
            f"SELECT {_COLUMNS} FROM passages WHERE number IN (SELECT value FROM json_each(?))"  # noqa: S608 - ours
            " ORDER BY letter_id, start",
            (json.dumps(list(numbers)),),
        )
        return [Passage(**dict(zip(_PASSAGE, row, strict=True))) for row in rows]

    @property
    def most_passages(self) -> int:
        """A number that there are no more passages than, at once known."""
        return int(self._rows("SELECT coalesce(max(number), 0) FROM passages")[0][0])

    def passages_with(self, terms: Sequence[str]) -> dict[str, int]:
        """Return how many passages hold each of these stems, in their words or header."""
        rows = [
            row
            for term in terms
            for row in self._rows("SELECT term, doc FROM passages_terms WHERE term = ?", (term,))
        ]
        return {str(row[0]): int(row[1]) for row in rows}

    def unembedded(self, model: str) -> list[tuple[str, str]]:
        """Return (text hash, embedded text) of the body passages that this model has no vector for."""
        # What was not touched since this model's vectors were last complete has them.
        among = "touched t CROSS JOIN passages p ON p.text_hash = t.text_hash"
        rows = self._rows(
            "SELECT DISTINCT p.text_hash, p.header, p.text"  # noqa: S608 - ours
            f" FROM {among if self.meta('embedding_model') == model else 'passages p'} LEFT JOIN vectors v"
            " ON v.model = ? AND v.text_hash = p.text_hash WHERE v.text_hash IS NULL AND p.paragraph > 0",
            (model,),
        )
        return [(row[0], f"{row[1]}\n{row[2]}" if row[1] else row[2]) for row in rows]

    def put_vectors(self, model: str, vectors: Iterable[tuple[str, "np.ndarray[Any, Any]"]]) -> None:
        """Write vectors by text hash."""
        rows = [(model, key, np.asarray(vector, dtype=np.float32).tobytes()) for key, vector in vectors]
        with self._transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
            connection.executemany("INSERT OR IGNORE INTO touched VALUES (?)", [row[1:2] for row in rows])
            connection.execute(
                f"INSERT INTO changes SELECT DISTINCT {_GENERATION} + 1, letter_id, NULL FROM passages"  # noqa: S608 - ours
                " WHERE text_hash IN (SELECT value FROM json_each(?))",
                (json.dumps([row[1] for row in rows]),),
            )
            _next_generation(connection)

    def drop_vectors(self, model: str) -> None:
        """Remove vectors that no passage needs, or that another model made."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM vectors WHERE model < ?", (model,))
            connection.execute("DELETE FROM vectors WHERE model > ?", (model,))
            needed = "(SELECT p.text_hash FROM passages p JOIN touched t ON t.text_hash = p.text_hash)"
            connection.execute(
                "DELETE FROM vectors WHERE model = ? AND text_hash IN (SELECT text_hash FROM touched)"  # noqa: S608 - ours
                f" AND text_hash NOT IN {needed}",
                (model,),
            )
            # What still waits for its vector stays.
            connection.execute(
                f"DELETE FROM touched WHERE text_hash NOT IN {needed}"  # noqa: S608 - ours
                " OR EXISTS (SELECT 1 FROM vectors v WHERE v.model = ? AND v.text_hash = touched.text_hash)",
                (model,),
            )

    def vector_ids(self, model: str, letter_ids: Iterable[str] | None = None) -> dict[str, str]:
        """Return the letter id of every passage that has a vector, of all letters or these, by passage id."""
        # Of all, each vector is looked at once; of some letters, theirs alone.
        join = "JOIN" if letter_ids is None else "CROSS JOIN"
        rows = self._rows(
            f"SELECT p.id, p.letter_id FROM passages p {join} vectors v ON v.text_hash = p.text_hash AND v.model = ?"  # noqa: S608 - ours
            f" WHERE p.paragraph > 0 AND {_among('p.letter_id', letter_ids)}",
            (model, *_values(letter_ids)),
        )
        return {str(row[0]): str(row[1]) for row in rows}

    def letters_of(self, passage_ids: Sequence[str]) -> dict[str, str]:
        """Return the letter id of each of these passages that is here, by passage id."""
        rows = self._rows(
            "SELECT id, letter_id FROM passages WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(passage_ids)),),
        )
        return {str(row[0]): str(row[1]) for row in rows}

    def sample(self, count: int) -> list[str]:
        """Return the ids of so many body passages, spread over the store, and of as many that came last.

        What was written last is what a torn or overtaken index lacks.
        """
        most = self._rows("SELECT coalesce(max(number), 0) FROM passages")[0][0]
        spread = self._rows(
            "SELECT (SELECT id FROM passages WHERE number > value AND paragraph > 0 ORDER BY number LIMIT 1)"
            " FROM json_each(?)",
            (json.dumps([most * at // count for at in range(count)]),),
        )
        last = self._rows(
            "SELECT id FROM passages WHERE paragraph > 0 ORDER BY number DESC LIMIT ?", (count,)
        )
        return list(dict.fromkeys(str(row[0]) for row in (*spread, *last) if row[0]))

    def vectors_of(
        self, model: str, letter_ids: Sequence[str]
    ) -> tuple[list[str], "np.ndarray[Any, np.dtype[np.float32]]"]:
        """Return the passage ids of these letters and their stored vectors, of shape (passages, dimension)."""
        return _stacked(
            self._rows(
                f"SELECT p.id, v.vector {_WITH_VECTOR} AND p.letter_id IN (SELECT value FROM json_each(?))",  # noqa: S608 - ours
                (model, json.dumps(list(letter_ids))),
            )
        )

    def newest_vectors(
        self, model: str, count: int
    ) -> tuple[list[str], "np.ndarray[Any, np.dtype[np.float32]]"]:
        """Return the ids of so many body passages that came last, and their vectors: (passages, dimension)."""
        return _stacked(
            self._rows(
                f"SELECT p.id, v.vector {_WITH_VECTOR} ORDER BY p.number DESC LIMIT ?",
                (model, count),
            )
        )

    def vectors(self, model: str, ids: Sequence[str]) -> dict[str, "np.ndarray[Any, np.dtype[np.float32]]"]:
        """Return stored vectors by passage id: float32, one dimension."""
        # In this order, whatever SQLite thinks: it would read every vector of the model for a few.
        rows = self._rows(
            "SELECT p.id, v.vector FROM json_each(?) wanted CROSS JOIN passages p ON p.id = wanted.value"
            " CROSS JOIN vectors v ON v.model = ? AND v.text_hash = p.text_hash",
            (json.dumps(list(ids)), model),
        )
        return {str(row[0]): np.frombuffer(row[1], dtype=np.float32) for row in rows}


_WITH_VECTOR = (
    "FROM passages p CROSS JOIN vectors v ON v.text_hash = p.text_hash AND v.model = ? WHERE p.paragraph > 0"
)
_LISTED = "id, source, text_sha256, pages, card, reads"
_PASSAGE = ("id", "letter_id", "start", "end", "page", "paragraph", "role", "header", "text", "speaker")
_COLUMNS = ", ".join(_PASSAGE)


def _stacked(rows: Sequence[Any]) -> tuple[list[str], "np.ndarray[Any, np.dtype[np.float32]]"]:
    """Return the ids and the vectors, as one array, of rows that hold both."""
    joined = np.frombuffer(b"".join(row[1] for row in rows), dtype=np.float32)
    return [str(row[0]) for row in rows], joined.reshape(len(rows), -1) if rows else joined.reshape(0, 0)


def _among(column: str, ids: Iterable[str] | None) -> str:
    """Return a condition that holds for these ids, whose values `_values` gives; None for all."""
    return "1" if ids is None else f"{column} IN (SELECT value FROM json_each(?))"  # noqa: S608 - our names


def _values(ids: Iterable[str] | None) -> tuple[str, ...]:
    return () if ids is None else (json.dumps(list(ids)),)


def text_hash(passage: Passage) -> str:
    """Return the key of a passage's vector: what is embedded, hashed."""
    return hashlib.sha256(passage.embedded_text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


_GENERATION = "coalesce((SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'generation'), 0)"


def _next_generation(connection: sqlite3.Connection, letter_id: str | None = None) -> None:
    """Count a change, of this letter where one is named, and keep the journal short."""
    generation = int(connection.execute(f"SELECT {_GENERATION} + 1").fetchone()[0])
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('generation', ?)", (str(generation),))
    if letter_id is not None:
        connection.execute("INSERT INTO changes VALUES (?, ?, NULL)", (generation, letter_id))
    if generation % 1000 == 0:
        connection.execute(
            "DELETE FROM changes WHERE rowid <= (SELECT max(rowid) FROM changes) - ?", (JOURNAL_LINES,)
        )


def by_date(letter: Letter) -> tuple[str, str]:
    """Return what letters are sorted by: date, those without one last, and then source."""
    return letter.card.value("date") or "9999", letter.source


def _letter(row: Sequence[Any]) -> Letter:
    return Letter(
        id=row[0],
        source=row[1],
        text_sha256=row[2],
        pages=tuple(json.loads(row[3])),
        card=_card(json.loads(row[4])),
        reads=tuple(PageRead(*read) for read in json.loads(row[5])),
        text=row[6],
        blocks=_blocks(row[7]),
    )


def _blocks(kept: str) -> tuple[Block, ...]:
    return tuple(Block(*block) for block in json.loads(kept))


def _card(kept: dict[str, Any]) -> LetterCard:
    made: dict[str, Any] = {name: CardField(**kept[name]) if kept.get(name) else None for name in CARD_FIELDS}
    made |= {name: tuple(CardField(**item) for item in kept.get(name, ())) for name in CARD_LISTS}
    return LetterCard(**made)
