"""A question on its way, in a thread: the page shows its stages, can be left and come back to, and can stop it."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.answer import Answer


class Stopped(BaseException):  # no error: the user asked for it
    """Whoever asked has stopped the question; nothing of it is handed on."""


@dataclass(slots=True)
class Asking:
    """A question under way; written by its thread, read by the page.

    Args:
        stage: what is being done now, in a few words.
        answer: once it is there.
        error: what went wrong instead.
    """

    stage: str = "Reading the question"
    answer: Answer | None = None
    error: BaseException | None = None
    _ended: threading.Event = field(default_factory=threading.Event)
    _stopped: threading.Event = field(default_factory=threading.Event)

    def wait(self, seconds: float) -> bool:
        """Wait for the end, at most so long; return whether it came."""
        return self._ended.wait(seconds)

    def stop(self) -> None:
        """Let nothing more begin: a call to a model that is under way ends by itself, and what it cost is counted."""
        self._stopped.set()

    def tell(self, stage: str) -> None:
        """Note a stage as it begins.

        Raises:
            Stopped: the user does not wait any more.
        """
        if self._stopped.is_set():
            raise Stopped
        self.stage = stage

    def run(self, work: Callable[[Callable[[str], None]], Answer]) -> None:
        """Do the work, in this thread."""
        try:
            self.answer = work(self.tell)
        except BaseException as error:  # noqa: BLE001  # handed on to the page, which shows or raises it
            self.error = error
        finally:
            self._ended.set()


def start(work: Callable[[Callable[[str], None]], Answer]) -> Asking:
    """Start a question in a thread of its own, which keeps no program from ending."""
    asking = Asking()
    threading.Thread(target=asking.run, args=(work,), name="asking", daemon=True).start()
    return asking
