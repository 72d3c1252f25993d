"""An ingest that goes on while the page is drawn anew, or another one is opened: in a thread, watched from outside."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from vectorstore.errors import LetterAssistantError
from vectorstore.ingest import IngestReport
from vectorstore.progress import Progress, Watch

BROKEN = "The program failed on these files; its log says why. What was read so far is kept."


@dataclass(slots=True)
class Job:
    """An ingest under way or done; written by its thread, read by the page.

    Args:
        progress: how far it is; None until the first file is read.
        report: what it did, once it is done.
        error: why it could not be done; empty otherwise.
    """

    progress: Progress | None = None
    report: IngestReport | None = None
    error: str = ""
    _ended: threading.Event = field(default_factory=threading.Event)

    @property
    def is_done(self) -> bool:
        """Whether it has ended, well or not."""
        return self._ended.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait for its end, at most so long; return whether it came."""
        return self._ended.wait(seconds)

    def run(self, work: Callable[[Watch], IngestReport]) -> None:
        """Do the work, in this thread."""
        try:
            self.report = work(self._watch)
        except LetterAssistantError as error:
            self.error = str(error)
        except BaseException:
            self.error = BROKEN
            raise
        finally:
            self._ended.set()

    def _watch(self, progress: Progress) -> None:
        self.progress = progress


def start(work: Callable[[Watch], IngestReport]) -> Job:
    """Start an ingest in a thread of its own."""
    job = Job()
    threading.Thread(target=job.run, args=(work,), name="ingest").start()
    return job
