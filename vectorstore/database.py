"""One SQLite file with a connection a thread, its errors turned into ours, and the lock files beside it."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from vectorstore.errors import StoreBusyError, StoreError

LOCK_TIMEOUT_S = 10.0


class Database:
    """A folder with one SQLite file. Readers may be many, in any thread or process; writers hold its lock."""

    def __init__(self, folder: Path) -> None:
        """Open nothing yet: a thread's connection is made when it first asks."""
        self.folder = folder
        self.path = folder / "letters.sqlite"
        self._local = threading.local()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self.path, timeout=LOCK_TIMEOUT_S, isolation_level=None)
            connection.execute("PRAGMA foreign_keys=ON")
            connection.execute("PRAGMA synchronous=NORMAL")
            self._local.connection = connection
        return connection

    def close(self) -> None:
        """Close this thread's connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.close()
            self._local.connection = None

    @contextmanager
    def _wrapped(self) -> Iterator[None]:
        """Turn SQLite's errors into ours, save those that only a mistake in this program can raise."""
        try:
            yield
        except sqlite3.OperationalError as error:
            if "locked" in str(error) or "busy" in str(error):
                raise StoreBusyError(
                    f"The store in {str(self.folder)!r} is locked by another program. "
                    "Wait until it is done, then try again."
                ) from error
            raise StoreError(
                f"The store in {str(self.folder)!r} cannot be used: {error}. Look at its permissions and disk space, "
                "or choose another with --store."
            ) from error
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
            raise
        except sqlite3.DatabaseError as error:
            raise StoreError(
                f"The store in {str(self.folder)!r} is damaged ({error}). Move that folder away, then make a new one "
                "from the letters: `python -m assistant ingest`."
            ) from error

    def _rows(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        with self._wrapped():
            return self._connection().execute(query, values).fetchall()

    def writing(self, *, wait: bool = True) -> AbstractContextManager[None]:
        """Hold the lock of whoever changes letters; the same thread may enter again.

        Raises:
            StoreBusyError: another program holds it, for longer than LOCK_TIMEOUT_S when asked to wait.
            StoreError: the folder cannot be written to.
        """
        return self._locked("writer.lock", LOCK_TIMEOUT_S if wait else 0.0)

    def indexing(self, *, wait: bool = True) -> AbstractContextManager[None]:
        """Hold the lock of whoever opens or changes the vector index's files; it is held for that alone.

        Raises:
            StoreBusyError: another program holds it, for longer than LOCK_TIMEOUT_S when asked to wait.
            StoreError: the folder cannot be written to.
        """
        return self._locked("index.lock", LOCK_TIMEOUT_S if wait else 0.0)

    @contextmanager
    def _locked(self, name: str, timeout_s: float) -> Iterator[None]:
        locks: dict[str, FileLock] = self._local.__dict__.setdefault("locks", {})
        lock = locks.setdefault(name, FileLock(self.folder / name))
        try:
            lock.acquire(timeout=timeout_s)
        except Timeout as error:
            raise StoreBusyError(
                f"Another program is writing to the store in {str(self.folder)!r}. "
                "Wait until it is done, then try again."
            ) from error
        except OSError as error:
            raise StoreError(
                f"The store's folder {str(self.folder)!r} cannot be written to: {error.strerror}. "
                "Look at its permissions, or choose another with --store."
            ) from error
        try:
            yield
        finally:
            lock.release()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._wrapped():
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                # SQLite has rolled back by itself where the disk is full.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
