"""Reads files in processes of their own, which can be killed: a bad file costs its own reading and nothing else.

The processes are fresh interpreters that are kept from file to file. Each file has a time limit; a process that
outruns it, needs too much memory or crashes is replaced, and the files after it are read by the next one.
"""

import queue
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Generic, Self, TypeVar

from vectorstore.errors import UnreadableError
from vectorstore.sandbox_child import Limits
from vectorstore.sandbox_process import ReadingProcess

Result = TypeVar("Result")
Key = TypeVar("Key")

FILES_AT_ONCE = 32
BYTES_AT_ONCE = 4_000_000


class Sandbox(Generic[Result]):
    """Applies one function to files, in processes apart.

    Example:
        with Sandbox(read_letter) as sandbox:
            for path, outcome in sandbox.map((path, path.read_bytes(), path.name) for path in paths):
                ...
    """

    def __init__(
        self,
        function: Callable[[bytes, str], Result],
        *,
        timeout_s: float = 60.0,
        memory_bytes: int = 2**30,
        page_s: float = 0.0,
        workers: int = 1,
        on_page: Callable[[], None] | None = None,
    ) -> None:
        """Start nothing yet: a process starts when there is a file for it.

        Args:
            function: of a module, so that it can be named to another process; it returns plain values and
                dataclasses, and raises `UnreadableError`.
            timeout_s: for one file.
            memory_bytes: address space of one process; not limited on Windows.
            page_s: more time for each page that was read by OCR.
            workers: processes side by side.
            on_page: called for each page that was read by OCR, as it is done, from a thread of the sandbox.
        """
        self._function = function
        self._limits = Limits(timeout_s, memory_bytes, page_s)
        self._on_page = on_page
        self._processes: list[ReadingProcess] = []
        self._idle: queue.SimpleQueue[ReadingProcess | None] = queue.SimpleQueue()
        for _ in range(workers):
            self._idle.put(None)
        self._workers = workers
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="sandbox")
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the processes, whatever they are doing."""
        self._closed = True
        for process in self._processes.copy():
            process.kill()
        self._threads.shutdown(cancel_futures=True)
        for process in self._processes:
            process.close()

    def read(self, data: bytes, name: str) -> Result:
        """Read one file.

        Raises:
            UnreadableError: the function's own, or a limit was met, with the reason.
        """
        outcome = self._threads.submit(self._read_all, [(data, name)], _never).result()[0]
        if isinstance(outcome, UnreadableError):
            raise outcome
        return outcome

    def map(
        self,
        files: Iterable[tuple[Key, bytes, str]],
        *,
        directly: Callable[[str], bool] | None = None,
        at_once: int = FILES_AT_ONCE,
    ) -> Iterator[tuple[Key, Result | UnreadableError]]:
        """Read many files; yield each one's key and outcome, in order, while the next ones are being read.

        Args:
            files: of each a key to know it by, its bytes and its name; asked for a few at a time.
            directly: whether a file of this name is read here without a process: for plain text alone.
            at_once: files that go to a process, and come back, together; 1 where each takes seconds.
        """
        running: deque[tuple[list[Key], Future[list[Result | UnreadableError]]]] = deque()
        try:
            for keys, batch in _batches(files, at_once):
                running.append((keys, self._threads.submit(self._read_all, batch, directly or _never)))
                if len(running) > self._workers:
                    yield from _outcomes(running)
            while running:
                yield from _outcomes(running)
        finally:
            for _, future in running:
                future.cancel()

    def _read_all(
        self, files: Sequence[tuple[bytes, str]], directly: Callable[[str], bool]
    ) -> list[Result | UnreadableError]:
        apart = [file for file in files if not directly(file[1])]
        read = iter(self._read_apart(apart))
        return [self._read_here(*file) if directly(file[1]) else next(read) for file in files]

    def _read_here(self, data: bytes, name: str) -> Result | UnreadableError:
        try:
            return self._function(data, name)
        except UnreadableError as error:
            return error

    def _read_apart(self, files: Sequence[tuple[bytes, str]]) -> list[Result | UnreadableError]:
        outcomes: list[Result | UnreadableError] = []
        process = self._idle.get()
        try:
            while len(outcomes) < len(files):
                if process is None or not process.usable:
                    process = self._replace(process)
                process.send(files[len(outcomes) :])
                while len(outcomes) < len(files) and process.usable:
                    earlier = process.files
                    kind, value = process.receive(self._on_page)
                    # What the files before it left behind is not this file's fault: once more in a fresh process.
                    if kind in ("memory", "crashed") and earlier:
                        break
                    outcomes.append(value if kind == "read" else UnreadableError(value))
        finally:
            self._idle.put(process)
        return outcomes

    def _replace(self, process: ReadingProcess | None) -> ReadingProcess:
        if process is not None:
            process.close()
            self._processes.remove(process)
        if self._closed:
            raise RuntimeError("this sandbox is closed")
        fresh = ReadingProcess(self._function, self._limits)
        self._processes.append(fresh)
        return fresh


def _batches(
    files: Iterable[tuple[Key, bytes, str]], at_once: int
) -> Iterator[tuple[list[Key], list[tuple[bytes, str]]]]:
    keys: list[Key] = []
    batch: list[tuple[bytes, str]] = []
    size = 0
    for key, data, name in files:
        keys.append(key)
        batch.append((data, name))
        size += len(data)
        if len(batch) >= at_once or size >= BYTES_AT_ONCE:
            yield keys, batch
            keys, batch, size = [], [], 0
    if batch:
        yield keys, batch


def _outcomes(
    running: deque[tuple[list[Key], Future[list[Result | UnreadableError]]]],
) -> Iterator[tuple[Key, Result | UnreadableError]]:
    keys, future = running.popleft()
    yield from zip(keys, future.result(), strict=True)


def _never(_name: str) -> bool:
    return False
