"""How far an ingest is, and what it set aside."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Failure:
    """A file, or a page of it, that was set aside, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest is.

    Args:
        stage: "reading" counts files, "embedding" passages.
        pages: read so far.
        name: of the file read last; empty while embedding.
        seconds_left: of this stage, from what is done of it so far; None until there is something to go by.
    """

    stage: Literal["reading", "embedding"]
    done: int
    total: int
    pages: int
    name: str
    seconds_left: float | None


Watch = Callable[[Progress], None]


class Clock:
    """Guesses the time left from the share of the work that is done."""

    def __init__(self, work: int) -> None:
        self._work = work
        self._done = 0
        self._began = time.monotonic()

    def left(self, done: int) -> float | None:
        """Add to what is done, and return the seconds that the rest takes at the same pace."""
        self._done += done
        if not self._done:
            return None
        return (time.monotonic() - self._began) * max(0, self._work - self._done) / self._done
