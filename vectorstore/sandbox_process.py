"""One process that reads files, as its owner sees it: started, sent files, timed, and ended."""

import io
import os
import pickle
import signal
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import is_dataclass
from typing import Any

from vectorstore.sandbox_child import LENGTH, MAX_RESULT_BYTES, Limits

# Parsers written in C leak; a process is replaced before that counts.
FILES_A_PROCESS = 2_000
_TICK_S = 0.1
_START = "import sys; sys.path[:] = sys.argv[1:]; from vectorstore.sandbox_child import main; main()"


class ReadingProcess:
    """A fresh interpreter that reads until it is closed or not `usable` any more; used by one thread at a time."""

    def __init__(self, function: Callable[[bytes, str], Any], limits: Limits) -> None:
        self.files = 0
        self.usable = True
        self._limits = limits
        self._roots = {"vectorstore", function.__module__.partition(".")[0]}
        self._timed_out = False
        self._deadline = float("inf")
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._process = subprocess.Popen(  # noqa: S603 - this interpreter, and this program's own code
            [sys.executable, "-c", _START, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # What it starts in turn ends with it, and the keyboard's interrupt is the parent's to handle.
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._tasks, self._replies = self._process.stdin, self._process.stdout
        threading.Thread(target=self._watch, daemon=True, name="sandbox-watch").start()
        self._write(pickle.dumps(limits) + pickle.dumps(function))

    def send(self, files: Sequence[tuple[bytes, str]]) -> None:
        """Hand over files; `receive` then gives the outcome of each."""
        self._write(pickle.dumps(list(files), protocol=5))

    def receive(self, on_page: Callable[[], None] | None = None) -> tuple[str, Any]:
        """Return how a file fared: read, with the result; or refused, memory, timed out, crashed, with a reason.

        Args:
            on_page: called for each page that was read by OCR, as it is done.
        """
        began, allowed = time.monotonic(), self._limits.timeout_s
        kind, message = self._message(allowed)
        while kind == "page":
            if on_page:
                on_page()
            allowed += self._limits.page_s
            kind, message = self._message(began + allowed - time.monotonic())
        self.files += 1
        self.usable = kind in ("read", "refused") and self.files < FILES_A_PROCESS and not self._timed_out
        if kind == "memory":
            most = self._limits.memory_bytes // 2**20
            return kind, f"reading it takes more than {most:,} MiB of memory; split it, or save it smaller"
        if kind in ("read", "refused"):
            try:
                return kind, _Plain(io.BytesIO(message), self._roots).load()
            except (pickle.UnpicklingError, EOFError, AttributeError, ImportError, IndexError, TypeError):
                self.usable = False
        if self._timed_out:
            return (
                "timed out",
                f"reading it takes longer than {allowed:g} s; split it, or save it simpler",
            )
        return (
            "crashed",
            "its reader crashed on it, perhaps for want of memory; print it to a new PDF and add that",
        )

    def _message(self, timeout_s: float) -> tuple[str, bytes]:
        """Return the next message's kind and content; ("", b"") where there is none."""
        self._set_deadline(timeout_s)
        try:
            length = LENGTH.unpack(self._replies.read(LENGTH.size))[0]
            message = self._replies.read(length) if length <= MAX_RESULT_BYTES + 8 else b""
        except (OSError, ValueError, struct.error):
            message = b""
        finally:
            self._set_deadline(None)
        return message[:8].strip().decode("ascii", "replace"), message[8:]

    def kill(self) -> None:
        """End the process and whatever it has started."""
        with suppress(ProcessLookupError, PermissionError):
            if sys.platform == "win32":
                self._process.kill()
            elif self._process.returncode is None:
                os.killpg(self._process.pid, signal.SIGKILL)

    def close(self) -> None:
        """End it and let go of what it holds; safe to do twice."""
        self._ended.set()
        self.usable = False
        self.kill()
        for stream in (self._tasks, self._replies):
            with suppress(OSError):
                stream.close()
        self._process.wait()

    def _write(self, message: bytes) -> None:
        self._set_deadline(self._limits.timeout_s)
        try:
            self._tasks.write(message)
            self._tasks.flush()
        except OSError:
            pass  # it is gone; the answer that does not come says so
        finally:
            self._set_deadline(None)

    def _set_deadline(self, seconds: float | None) -> None:
        with self._lock:
            self._deadline = float("inf") if seconds is None else time.monotonic() + seconds

    def _watch(self) -> None:
        while not self._ended.wait(_TICK_S):
            with self._lock:
                if time.monotonic() > self._deadline:
                    self._timed_out = True
                    self.kill()
                    return


class _Plain(pickle.Unpickler):
    """Takes in plain values and this program's dataclasses: a process that a bad file took over sends nothing else."""

    def __init__(self, stream: io.BytesIO, roots: set[str]) -> None:
        super().__init__(stream)
        self._roots = roots

    def find_class(self, module: str, name: str) -> Any:
        if module.partition(".")[0] in self._roots:
            found = super().find_class(module, name)
            if isinstance(found, type) and is_dataclass(found):
                return found
        raise pickle.UnpicklingError("not a plain value")
