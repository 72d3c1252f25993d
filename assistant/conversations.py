"""Conversations that are kept: a user's questions with their answers, to reopen, rename, export and delete.

An answer is kept as it was given. Whether its words still stand in the letters is for whoever shows it to look up.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from sqlite3 import Connection

from pydantic import TypeAdapter, ValidationError

from assistant.answer import Answer
from assistant.kept import Kept

TITLE_CHARS = 80
MOST_CHARS = 50_000_000  # of one user's answers; a pass over 1,000 letters has some 300,000
OTHER_VERSION = "This answer was kept by another version of the program, and cannot be shown: ask again."

_ANSWER = TypeAdapter(Answer)


@dataclass(frozen=True, slots=True)
class KeptExchange:
    """A question and what came of it.

    Args:
        asked: when, by UTC, as yyyy-mm-ddThh:mm:ss.
        answer: as it was given; None where there was an error.
    """

    question: str
    asked: str
    answer: Answer | None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Title:
    """A conversation as it is listed; `changed` is when it was last asked something, by UTC."""

    id: str
    title: str
    changed: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation with its exchanges, oldest first."""

    id: str
    title: str
    changed: str
    exchanges: tuple[KeptExchange, ...]


def now() -> str:
    """Return the time by UTC, to the second."""
    return datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="seconds")


class Conversations:
    """One user's conversations; another user's are neither listed nor found.

    Args:
        user: who they belong to.
        most: conversations kept; the one longest unused goes first. 0 keeps none.

    Every method raises `KeptError` where the file cannot be used.
    """

    def __init__(self, kept: Kept, user: str, *, most: int = 200, clock: Callable[[], str] = now) -> None:
        self.most = most
        self._kept = kept
        self._user = user
        self._clock = clock

    def titles(self) -> list[Title]:
        """List the conversations, the last used first."""
        if not self.most:
            return []
        with self._kept.reading() as connection:
            rows = connection.execute(
                "SELECT id, title, changed FROM conversation WHERE user = ? ORDER BY changed DESC, rowid DESC",
                (self._user,),
            )
            return [Title(*row) for row in rows]

    def open(self, key: str) -> Conversation | None:
        """Return a conversation, or None where this user has none of this id."""
        with self._kept.reading() as connection:
            found = connection.execute(
                "SELECT id, title, changed FROM conversation WHERE id = ? AND user = ?", (key, self._user)
            ).fetchone()
            if found is None:
                return None
            rows = connection.execute(
                "SELECT question, asked, answer, error FROM exchange WHERE conversation = ? ORDER BY position",
                (key,),
            ).fetchall()
        identity, title, changed = found
        return Conversation(identity, title, changed, tuple(_exchange(*row) for row in rows))

    def add(self, key: str | None, question: str, answer: Answer | None, error: str = "") -> str | None:
        """Put an exchange at the end of a conversation, and return the conversation's id.

        A new one begins where `key` is None, or the conversation was deleted meanwhile in another window.
        """
        if not self.most:
            return None
        time = self._clock()
        held = None if answer is None else _ANSWER.dump_json(answer).decode()
        with self._kept.writing() as connection:
            changed = connection.execute(
                "UPDATE conversation SET changed = ? WHERE id = ? AND user = ?", (time, key, self._user)
            )
            if key is None or not changed.rowcount:
                key = secrets.token_hex(8)
                connection.execute(
                    "INSERT INTO conversation VALUES (?, ?, ?, ?)", (key, self._user, _title(question), time)
                )
            connection.execute(
                "INSERT INTO exchange SELECT ?, COALESCE(MAX(position), 0) + 1, ?, ?, ?, ? FROM exchange"
                " WHERE conversation = ?",
                (key, time, question, held, error, key),
            )
            connection.executemany(
                "DELETE FROM conversation WHERE id = ?",
                [(old,) for old in self._superfluous(connection, key)],
            )
        return key

    def rename(self, key: str, title: str) -> None:
        """Give a conversation another title; a blank one is left alone."""
        if title.strip():
            with self._kept.writing() as connection:
                connection.execute(
                    "UPDATE conversation SET title = ? WHERE id = ? AND user = ?",
                    (_title(title), key, self._user),
                )

    def delete(self, key: str) -> None:
        """Delete a conversation; its words are overwritten in the file."""
        with self._kept.writing() as connection:
            connection.execute("DELETE FROM conversation WHERE id = ? AND user = ?", (key, self._user))

    def delete_all(self) -> None:
        """Delete every conversation of this user."""
        with self._kept.writing() as connection:
            connection.execute("DELETE FROM conversation WHERE user = ?", (self._user,))

    def _superfluous(self, connection: Connection, current: str) -> list[str]:
        """Return the ids of those longest unused, beyond the number and the size that are kept."""
        rows = connection.execute(
            "SELECT c.id, COALESCE(SUM(LENGTH(e.answer)), 0) FROM conversation c"
            " LEFT JOIN exchange e ON e.conversation = c.id WHERE c.user = ?"
            " GROUP BY c.id ORDER BY c.id = ? DESC, c.changed DESC, c.rowid DESC",
            (self._user, current),
        ).fetchall()
        total, over = 0, []
        for position, (key, chars) in enumerate(rows):
            total += chars
            if position and (position >= self.most or total > MOST_CHARS):
                over.append(str(key))
        return over


def _title(words: str) -> str:
    """Make a title of a question: one line, cut at a word."""
    line = " ".join(words.split())
    if len(line) <= TITLE_CHARS:
        return line or "Untitled"
    return line[: TITLE_CHARS - 1].rsplit(" ", 1)[0][: TITLE_CHARS - 1] + "…"


def _exchange(question: str, asked: str, held: str | None, error: str) -> KeptExchange:
    try:
        answer = None if held is None else _ANSWER.validate_json(held)
    except ValidationError:
        return KeptExchange(question, asked, None, OTHER_VERSION)
    return KeptExchange(question, asked, answer, error)
