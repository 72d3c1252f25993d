"""The inside of a sandbox: a process that reads files one after another within limits, and writes nothing.

It is started by `vectorstore.sandbox`, takes pickles on its standard input and answers on its standard output.
"""

import os
import pickle
import struct
import sys
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from vectorstore.errors import UnreadableError
from vectorstore.readers.page import Pages

if sys.platform != "win32":
    import resource

MAX_RESULT_BYTES = 256 * 2**20
MAX_OPEN_FILES = 256
LENGTH = struct.Struct(">Q")
Kind = Literal["read", "refused", "memory", "page"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost.

    Args:
        page_s: added to the time for each page that was read by OCR: a long scan may take long, a stuck page not.
    """

    timeout_s: float
    memory_bytes: int
    page_s: float = 0.0


def main() -> None:
    """Answer tasks until the input ends; each task is a list of files, each answered by itself."""
    # The readers get neither end of the conversation: what a library prints must not break it.
    tasks, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for used in (0, 1, 2):
        os.dup2(nothing, used)
    limits: Limits = pickle.load(tasks)  # noqa: S301 - written by the process that started this one
    _confine(limits)
    function: Callable[[bytes, str], Any] = pickle.load(tasks)  # noqa: S301 - the same
    lock = threading.Lock()

    def tell() -> None:
        _allow_time(limits)
        with lock:
            _answer(replies, "page", b"")

    Pages.tell = tell
    while True:
        try:
            files: list[tuple[bytes, str]] = pickle.load(tasks)  # noqa: S301 - the same
        except EOFError:
            return
        for data, name in files:
            _allow_time(limits)
            outcome = _read(function, data, name)
            with lock:
                _answer(replies, *outcome)


def _read(function: Callable[[bytes, str], Any], data: bytes, name: str) -> tuple[Kind, bytes]:
    try:
        try:
            result = pickle.dumps(function(data, name))
            if len(result) > MAX_RESULT_BYTES:
                raise UnreadableError("it holds more text than any letter; split it")
            return "read", result
        except UnreadableError as error:
            return "refused", pickle.dumps(str(error))
        except RecursionError:
            return "refused", pickle.dumps("its parts are nested too deeply; save it as PDF")
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - a reader's fault ends one file, not the batch; it is named
            return "refused", pickle.dumps(
                f"its reader has a fault ({_place(error)}); save it as PDF and add that"
            )
    except MemoryError:
        return "memory", b""


def _place(error: Exception) -> str:
    """Return what went wrong and where, without the error's words: they may be the letter's."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {Path(last.filename).name}, line {last.lineno}"


def _answer(replies: Any, kind: Kind, result: bytes) -> None:
    message = kind.encode().ljust(8) + result
    replies.write(LENGTH.pack(len(message)) + message)
    replies.flush()


def _confine(limits: Limits) -> None:
    """Limit memory, open files and written bytes where the system can, and close the network."""
    sys.dont_write_bytecode = True
    if sys.platform != "win32":
        for kind, most in (
            (resource.RLIMIT_AS, limits.memory_bytes),
            (resource.RLIMIT_NOFILE, MAX_OPEN_FILES),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
        ):
            allowed = resource.getrlimit(kind)[1]
            limit = most if allowed == resource.RLIM_INFINITY else min(most, allowed)
            resource.setrlimit(kind, (limit, limit))
    # Numeric libraries reserve memory for each core before they do anything.
    for variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.putenv(variable, "1")
    sys.addaudithook(_refuse_network)


def _refuse_network(event: str, _arguments: tuple[Any, ...]) -> None:
    if event.startswith("socket.") and event != "socket.gethostname":
        raise PermissionError("files are read without a network")


def _allow_time(limits: Limits) -> None:
    """Bound the processor time of one file, for the case that nobody is left to stop the clock."""
    if sys.platform != "win32":
        most = int(time.process_time() + 4 * limits.timeout_s) + 1
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(
            resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
        )


if __name__ == "__main__":
    main()
