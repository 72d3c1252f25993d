"""Readers that misbehave, for the sandbox to run: named functions, so that another process can find them."""

import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from vectorstore.errors import UnreadableError
from vectorstore.readers.page import Pages


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a reader gave back."""

    text: str
    process: int


class NoDataclass:
    """What a process that was taken over might send."""


def read(data: bytes, name: str) -> Outcome:
    """Do what the file's name says."""
    match name.partition(".")[0]:
        case "refuse":
            raise UnreadableError("it is not a letter")
        case "fault":
            raise KeyError("words of the letter")
        case "deep":
            return read(data, name)
        case "sleep":
            time.sleep(600)
        case "spin":
            while True:
                pass
        case "crash":
            os.abort()
        case "exit":
            os._exit(0)
        case "memory":
            return Outcome("x" * len(bytes(2**31)), 0)
        case "print":
            print("to standard output")
            print("and the other", file=sys.stderr)
            subprocess.run(["echo", "from another program"], check=True)
        case "connect":
            socket.create_connection(("127.0.0.1", 9))
        case "write":
            Path(data.decode()).write_text("x" * 10)
        case "start":
            subprocess.run(["sh", "-c", f"sleep 3; touch {data.decode()}"], check=True)
        case "foreign":
            return NoDataclass()  # type: ignore[return-value]
        case "huge":
            return Outcome("x" * 300_000_000, 0)
    return Outcome(data.decode("utf-8", "replace"), os.getpid())


def page_after_page(data: bytes, name: str) -> str:
    """Take 0.4 s for each byte, telling of each as of a page."""
    for _ in data:
        time.sleep(0.4)
        Pages.done()
    return name
