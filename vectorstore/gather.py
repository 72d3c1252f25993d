"""Files and folders to the files that could hold letters, with what the system says of each."""

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from vectorstore.read import MAX_PAGED_BYTES, SUFFIXES
from vectorstore.readers.unfold import FOLDED

MOST_KINDS = 8


@dataclass(frozen=True, slots=True)
class Found:
    """A file.

    Args:
        shown: its path as it can be stored and printed; a file's name may be bytes that are no text.
        reason: why it cannot be read; empty where nothing speaks against it.
    """

    path: Path
    shown: str
    size: int = 0
    mtime_ns: int = 0
    reason: str = ""

    @property
    def kind(self) -> str:
        """The suffix, in small letters."""
        return self.path.suffix.lower()


@dataclass(frozen=True, slots=True)
class Gathered:
    """What was found.

    Args:
        folders: those that were named, as they are printed.
        unlisted: (path, reason) of folders that cannot be listed; what they hold is not known.
        passed_over: (folder that was named, reason) of files of kinds that letters do not come as.
    """

    files: tuple[Found, ...]
    folders: tuple[str, ...]
    unlisted: tuple[tuple[str, str], ...]
    passed_over: tuple[tuple[str, str], ...] = ()

    def is_gone(self, path: str) -> bool:
        """Say whether a file that was there before stood in one of the folders and does so no longer."""
        unlisted = [folder for folder, _ in self.unlisted]
        return _below(path, self.folders) and not _below(path, unlisted)


def gather(paths: Sequence[Path], own: Path) -> Gathered:
    """Find the files meant by paths: a file itself, or all that could be letters below a folder, by name.

    Args:
        own: the store's folder, which holds copies of the letters and is passed over.
    """
    unlisted: list[OSError] = []
    others: dict[str, Counter[str]] = {}
    found = dict.fromkeys(
        path
        for given in paths
        for path in _files(
            given, own.resolve(), unlisted.append, others.setdefault(shown(given.resolve()), Counter())
        )
    )
    return Gathered(
        tuple(_look(path) for path in found),
        tuple(shown(path.resolve()) for path in paths if path.is_dir()),
        tuple((shown(error.filename), error.strerror or "it is not there") for error in unlisted),
        tuple((folder, _of_other_kinds(kinds)) for folder, kinds in others.items() if kinds),
    )


def shown(path: Path | str) -> str:
    """Return a path that can be stored and printed."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def _of_other_kinds(kinds: Counter[str]) -> str:
    """Say how many files of which kinds were passed over."""
    listed = [f"{kind} ({count:,})" for kind, count in kinds.most_common(MOST_KINDS)]
    more = ", ..." if len(kinds) > MOST_KINDS else ""
    return f"files of kinds that letters do not come as were passed over: {', '.join(listed)}{more}"


def _files(
    given: Path, own: Path, on_error: Callable[[OSError], None], others: Counter[str]
) -> Iterator[Path]:
    if not given.is_dir():
        yield given.parent.resolve() / given.name
        return
    for folder, below, names in os.walk(given.resolve(), onerror=on_error):
        # Hidden folders are programs'.
        below[:] = sorted(name for name in below if not name.startswith(".") and Path(folder, name) != own)
        for name in sorted(names):
            path = Path(folder, name)
            # A README explains, it is no letter; hidden files are programs'.
            if path.stem.lower() == "readme" or name.startswith("."):
                continue
            # Only files that could be letters are asked of a folder; a file that is named is always tried.
            if path.suffix.lower() in SUFFIXES | FOLDED:
                yield path
            else:
                others[shown(path.suffix.lower()) or "without an ending"] += 1


def _look(path: Path) -> Found:
    try:
        status = path.stat()
    except OSError as error:
        return Found(path, shown(path), reason=f"it cannot be opened: {error.strerror}")
    reason = ""
    if not stat.S_ISREG(status.st_mode):
        reason = "it is no file but a device, a pipe or the like"
    elif status.st_size > MAX_PAGED_BYTES:
        reason = f"it is larger than {MAX_PAGED_BYTES:,} bytes; a letter is not"
    return Found(path, shown(path), status.st_size, status.st_mtime_ns, reason)


def _below(name: str, folders: Iterable[str]) -> bool:
    return any(Path(folder) in Path(name).parents for folder in folders)
