"""What the assistant keeps of its own beside the letters: one SQLite file for conversations, spending and findings.

It is apart from the letters' store, so that damage to the one leaves the other alone. A connection lasts for one
piece of work: whoever moves a damaged file away goes on with a new one, and what was deleted leaves no copy behind.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from vectorstore.errors import KeptError

WAIT_S = 10.0
VERSION = 1
SCHEMA = """
CREATE TABLE conversation (id TEXT PRIMARY KEY, user TEXT NOT NULL, title TEXT NOT NULL, changed TEXT NOT NULL);
CREATE INDEX conversation_user ON conversation(user, changed);
CREATE TABLE exchange (
    conversation TEXT NOT NULL REFERENCES conversation(id) ON DELETE CASCADE, position INTEGER NOT NULL,
    asked TEXT NOT NULL, question TEXT NOT NULL, answer TEXT, error TEXT NOT NULL,
    PRIMARY KEY (conversation, position)
);
CREATE TABLE spending (
    day TEXT NOT NULL, model TEXT NOT NULL, calls INTEGER NOT NULL, input_tokens INTEGER NOT NULL,
    output_tokens INTEGER NOT NULL, cost REAL NOT NULL, PRIMARY KEY (day, model)
);
CREATE TABLE finding (key TEXT PRIMARY KEY, quotes TEXT NOT NULL);
"""


class Kept:
    """The file; many may read at once, in any thread or process, and one writes at a time.

    Args:
        folder: of the store; the file is made in it when it is first used.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / "kept.sqlite"

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Give a connection to read from.

        Raises:
            KeptError: the file is damaged, of a newer version, or cannot be opened.
        """
        with self._wrapped(), closing(self._open()) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give a connection in a transaction, which is undone where anything fails.

        Raises:
            KeptError: as for reading, or the file cannot be written to.
        """
        with self.reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
            # The log of changes holds what was deleted until it is written back.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=WAIT_S, isolation_level=None)
        try:
            connection.execute("PRAGMA secure_delete=ON")
            connection.execute("PRAGMA foreign_keys=ON")
            if self._version(connection) == 0:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("BEGIN IMMEDIATE")
                if self._version(connection) == 0:  # nobody else has made it meanwhile
                    for statement in SCHEMA.split(";"):
                        connection.execute(statement)
                    connection.execute(f"PRAGMA user_version={VERSION}")
                connection.execute("COMMIT")
            if self._version(connection) != VERSION:
                raise self._unusable("it was made by another version of this program")
        except BaseException:
            connection.close()
            raise
        return connection

    @staticmethod
    def _version(connection: sqlite3.Connection) -> int:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])

    @contextmanager
    def _wrapped(self) -> Iterator[None]:
        """Turn SQLite's errors into ours, save those that only a mistake in this program can raise."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if "locked" in str(error) or "busy" in str(error):
                raise KeptError(
                    f"Another program holds {str(self.path)!r} for longer than {WAIT_S:g} s: try again."
                ) from error
            raise KeptError(
                f"Conversations cannot be kept in {str(self.path)!r}: {error}. Look at its permissions and disk space."
            ) from error
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
            raise
        except sqlite3.DatabaseError as error:
            raise self._unusable(str(error)) from error

    def _unusable(self, reason: str) -> KeptError:
        return KeptError(
            f"The kept conversations in {str(self.path)!r} cannot be used: {reason}. Move that file away and a new one "
            "begins; the letters are not touched."
        )
