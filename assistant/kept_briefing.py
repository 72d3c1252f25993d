"""A user's briefing that is kept: what was collected, in order, with how it is to be written.

Whether its words still stand in the letters is for whoever shows it to look up.
"""

import secrets
from dataclasses import dataclass, field
from sqlite3 import Connection

from pydantic import TypeAdapter, ValidationError

from assistant.briefing import Item, Options
from assistant.kept import Kept

# Made when it is first needed, so that a file from before there were briefings goes on as it is.
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS briefing"
    " (user TEXT PRIMARY KEY, stamp TEXT NOT NULL, items TEXT NOT NULL, options TEXT NOT NULL)"
)
_ITEMS = TypeAdapter(tuple[tuple[int, Item], ...])
_OPTIONS = TypeAdapter(Options)


@dataclass(frozen=True, slots=True)
class Collection:
    """A briefing as it is kept.

    Args:
        stamp: another with each change; "" where nothing is kept.
        items: each with its serial, in the order of the briefing.
    """

    stamp: str = ""
    items: tuple[tuple[int, Item], ...] = ()
    options: Options = field(default_factory=Options)


class KeptBriefing:
    """One user's briefing; another user's is not found.

    Every method raises `KeptError` where the file cannot be used.
    """

    def __init__(self, kept: Kept, user: str) -> None:
        self._kept = kept
        self._user = user

    def stamp(self) -> str:
        """Return the stamp of what is kept, "" where nothing is."""
        row = self._row("stamp")
        return str(row[0]) if row else ""

    def open(self) -> Collection:
        """Return what is kept; what another version of the program kept and this one cannot read is left out."""
        row = self._row("stamp, items, options")
        if row is None:
            return Collection()
        stamp, items, options = row
        try:
            return Collection(stamp, _ITEMS.validate_json(items), _OPTIONS.validate_json(options))
        except ValidationError:
            return Collection(stamp)

    def save(self, items: tuple[tuple[int, Item], ...], options: Options) -> str:
        """Keep a briefing in place of the one before, and return its stamp; an empty one is removed."""
        if not items:
            self.clear()
            return ""
        stamp = secrets.token_hex(8)
        with self._kept.writing() as connection:
            connection.execute(_SCHEMA)
            connection.execute(
                "INSERT OR REPLACE INTO briefing VALUES (?, ?, ?, ?)",
                (self._user, stamp, _ITEMS.dump_json(items).decode(), _OPTIONS.dump_json(options).decode()),
            )
        return stamp

    def clear(self) -> None:
        """Remove the briefing; its words are overwritten in the file."""
        with self._kept.writing() as connection:
            if _is_there(connection):
                connection.execute("DELETE FROM briefing WHERE user = ?", (self._user,))

    def _row(self, columns: str) -> tuple[str, ...] | None:
        with self._kept.reading() as connection:
            if not _is_there(connection):
                return None
            query = f"SELECT {columns} FROM briefing WHERE user = ?"  # noqa: S608  # columns are named above
            found: tuple[str, ...] | None = connection.execute(query, (self._user,)).fetchone()
            return found


def _is_there(connection: Connection) -> bool:
    query = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'briefing'"
    return connection.execute(query).fetchone() is not None
