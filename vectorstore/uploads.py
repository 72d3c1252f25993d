"""Letters that came through the page rather than from a folder: kept beside the store, under names that are safe."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from vectorstore.errors import StoreError
from vectorstore.readers.member import label
from vectorstore.store import Store

FOLDER = "uploads"


def keep_uploads(store_folder: Path, files: Iterable[tuple[str, bytes]], *, replace: bool) -> list[Path]:
    """Write uploaded files into the store's folder; return where, in order, to be ingested from there.

    Args:
        files: name and bytes of each.
        replace: whether a file takes the place of an earlier one of its name; else it gets a number after its name,
            unless it is the same file.

    Raises:
        StoreError: the folder cannot be written to.
    """
    folder = store_folder / FOLDER
    kept: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        taken: Counter[str] = Counter()
        for name, data in files:
            path = folder / label(name, taken)
            while not replace and path.exists() and path.read_bytes() != data:
                path = folder / label(name, taken)
            path.write_bytes(data)
            kept.append(path)
    except OSError as error:
        raise StoreError(
            f"The letters cannot be kept in {str(folder)!r}: {error.strerror}. Look at its permissions and disk space."
        ) from error
    return kept


def uploads_of(store: Store, letter_id: str) -> list[Path]:
    """Return the uploaded files that hold a letter; empty where it stands in a folder and would come back."""
    folder = (store.folder / FOLDER).resolve()
    paths = [Path(file.path) for file in store.files_of(letter_id)]
    return paths if paths and all(path.parent == folder for path in paths) else []


def drop_unread(store: Store, paths: Iterable[Path]) -> None:
    """Erase uploaded files that hold no letter: they were set aside, and whoever uploaded them was told."""
    known = store.files()
    for path in paths:
        if str(path) not in known:
            path.unlink(missing_ok=True)
