"""The write path: files to store to index. A bad file is set aside with its reason; the rest goes on."""

import hashlib
import os
import stat
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from vectorstore.blocks import find_blocks
from vectorstore.card import find_card
from vectorstore.errors import StoreError, UnreadableError
from vectorstore.index import VectorIndex
from vectorstore.letter import Letter
from vectorstore.read import MAX_PAGED_BYTES, SUFFIXES, TEXT, Reading, read_letter
from vectorstore.sandbox import Sandbox
from vectorstore.split import SPLITTER_VERSION, split_letter
from vectorstore.store import REBUILD, File, Store

EMBED_AT_ONCE = 512
# A scan takes a second or two a page; a hundred pages of it are a letter still.
READ_TIMEOUT_S = 300.0
READ_MEMORY_BYTES = 2**30
Progress = Callable[[int, int, str], None]
Read = Callable[[bytes, str], Reading]


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that was set aside, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did, counted in letters; `letters` and `passages` are what the store holds afterwards."""

    added: int
    unchanged: int
    replaced: int
    removed: int
    failed: tuple[Failure, ...]
    letters: int
    passages: int
    seconds: float


def ingest(
    store: Store,
    paths: Sequence[Path],
    *,
    embeddings: Embeddings | None,
    model_id: str | None,
    rebuild: bool = False,
    on_progress: Progress | None = None,
) -> IngestReport:
    """Bring the store in line with these files and folders; a file that a named folder no longer holds is removed.

    Args:
        embeddings: None stores letters without vectors; a later ingest adds them.
        model_id: what the vectors are stored under.
        rebuild: read every letter anew and let another embedding model or splitter in.
        on_progress: called with files done, files in all, and the file's name.

    Raises:
        StoreError: the store is held by another writer, or was made with another model or splitter.
    """
    began = time.monotonic()
    with (
        store.writing(),
        Sandbox(read_letter, timeout_s=READ_TIMEOUT_S, memory_bytes=READ_MEMORY_BYTES) as sandbox,
    ):
        read = _reader(sandbox)
        check_versions(store, model_id if embeddings else None, rebuild=rebuild)
        tally = {"added": 0, "unchanged": 0, "replaced": 0, "removed": 0}
        failed: list[Failure] = []
        unlisted: list[OSError] = []
        known = store.files()
        taken: set[str] = set()
        found = list(
            dict.fromkeys(path for given in paths for path in _files(given, store.folder, unlisted.append))
        )
        for done, path in enumerate(found):
            if on_progress:
                on_progress(done, len(found), path.name)
            try:
                tally[_take(store, path, known.get(_shown(path)), read, failed, rebuild=rebuild)] += 1
                taken.add(_shown(path))
            except UnreadableError as error:
                failed.append(Failure(_shown(path.name), str(error)))
        failed += [
            Failure(_shown(e.filename), f"the folder cannot be listed: {e.strerror}") for e in unlisted
        ]
        folders = [path.resolve() for path in paths if path.is_dir()]
        # What could not be read or listed this time keeps what was read of it before: nothing is lost.
        for name in sorted(known.keys() - {_shown(path) for path in found}):
            gone = _below(name, folders) and not _below(name, [e.filename for e in unlisted])
            if gone and store.remove_file(name):
                tally["removed"] += 1
        if rebuild:
            failed += _renew(store, taken, read)
            store.set_meta("splitter_version", SPLITTER_VERSION)
        if embeddings is not None and model_id is not None:
            _embed(store, embeddings, model_id)
            store.set_meta("embedding_model", model_id)
            VectorIndex(store, model_id, rebuild=rebuild).close()
        _erase_copies(store)
        letters, passages = store.counts()
    return IngestReport(
        **tally, failed=tuple(failed), letters=letters, passages=passages, seconds=time.monotonic() - began
    )


def check_versions(store: Store, model_id: str | None, *, rebuild: bool = False) -> None:
    """Refuse a store that another embedding model or another splitter made.

    Raises:
        StoreError: names both, and the command that rebuilds.
    """
    if rebuild:
        return
    recorded = store.meta("embedding_model")
    if model_id and recorded and recorded != model_id:
        raise StoreError(
            f"The store's vectors were made by the embedding model {recorded!r}; the settings now name {model_id!r}. "
            f"Set it back, or rebuild with {REBUILD}."
        )
    splitter = store.meta("splitter_version")
    if splitter and splitter != SPLITTER_VERSION:
        raise StoreError(
            f"The store's passages were made by splitter version {splitter!r}; this program has {SPLITTER_VERSION!r}. "
            f"Rebuild with {REBUILD}."
        )


def _files(given: Path, store_folder: Path, on_error: Callable[[OSError], None]) -> Iterator[Path]:
    """Yield the files meant by a path: itself, or all letters below a folder, in the order of their names."""
    if not given.is_dir():
        yield given.parent.resolve() / given.name
        return
    own = store_folder.resolve()
    for folder, below, names in os.walk(given.resolve(), onerror=on_error):
        # Hidden folders are programs'; the store's own holds copies of the letters.
        below[:] = sorted(name for name in below if not name.startswith(".") and Path(folder, name) != own)
        for name in sorted(names):
            # Only files that could be letters are asked of a folder; a README explains, it is no letter.
            if (
                Path(name).suffix.lower() in SUFFIXES
                and Path(name).stem.lower() != "readme"
                and not name.startswith(".")
            ):
                yield Path(folder) / name


def _reader(sandbox: Sandbox[Reading]) -> Read:
    """Return what reads a file: plain text here, every other kind in a process apart that can be killed."""

    def read(data: bytes, name: str) -> Reading:
        return read_letter(data, name) if Path(name).suffix.lower() in TEXT else sandbox.read(data, name)

    return read


def _shown(path: Path | str) -> str:
    """Return a path that can be stored and printed; a file's name may be bytes that are no text."""
    return str(path).encode("utf-8", "backslashreplace").decode()


def _below(name: str, folders: Iterable[Path | str]) -> bool:
    return any(Path(_shown(folder)) in Path(name).parents for folder in folders)


def _take(
    store: Store, path: Path, known: File | None, read: Read, failed: list[Failure], *, rebuild: bool
) -> str:
    """Read one file into the store; return what came of it: added, unchanged or replaced.

    Args:
        failed: gets the pages that could not be read of a file that otherwise could.

    Raises:
        UnreadableError: the file cannot be read.
    """
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise UnreadableError("it is no file but a device, a pipe or the like")
        if known and not rebuild and (known.size, known.mtime_ns) == (found.st_size, found.st_mtime_ns):
            return "unchanged"
        if found.st_size > MAX_PAGED_BYTES:
            raise UnreadableError(f"it is larger than {MAX_PAGED_BYTES:,} bytes; a letter is not")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableError(f"it cannot be opened: {error.strerror}") from error
    file = File(_shown(path), hashlib.sha256(data).hexdigest()[:16], found.st_size, found.st_mtime_ns)
    had_it = store.letter(file.letter_id)
    if had_it is None or rebuild:
        failed += _put(store, data, had_it.source if had_it else path.name, file, read)
    else:
        store.put_file(file)
    if known and known.letter_id != file.letter_id:
        return "replaced"
    # The same letter under a second name is one letter.
    return "unchanged" if had_it else "added"


def _put(store: Store, data: bytes, source: str, file: File | None, read: Read) -> list[Failure]:
    """Make a letter of a file's bytes, keep a copy of them, store the letter; return its unreadable pages.

    Raises:
        UnreadableError: the bytes cannot be read.
    """
    letter = make_letter(data, source, read)
    try:
        store.originals.mkdir(exist_ok=True)
        (store.originals / f"{letter.id}{Path(letter.source).suffix.lower()}").write_bytes(data)
    except OSError as error:
        raise StoreError(
            f"The letter {letter.source!r} cannot be copied to {str(store.originals)!r}: {error.strerror}. "
            "Look at its permissions and disk space, then run the same command again."
        ) from error
    store.put_letter(letter, split_letter(letter), bytes_sha256=hashlib.sha256(data).hexdigest(), file=file)
    return [
        Failure(f"{letter.source}, page {number}", page.reason)
        for number, page in enumerate(letter.reads, start=1)
        if page.how == "unreadable"
    ]


def _renew(store: Store, taken: Collection[str], read: Read) -> list[Failure]:
    """Read the letters that no file taken in this run holds anew, from the store's copies; return those without."""
    renewed = {file.letter_id for path, file in store.files().items() if path in taken}
    failed: list[Failure] = []
    for letter in store.letters():
        if letter.id not in renewed:
            copy = next(store.originals.glob(f"{letter.id}*"), None)
            if copy is None:
                failed.append(Failure(letter.source, "the store's copy of it is gone; name its folder too"))
            else:
                failed += _put(store, copy.read_bytes(), letter.source, None, read)
    return failed


def _erase_copies(store: Store) -> None:
    """Erase the copies of letters that are no more: a removed letter leaves nothing behind."""
    kept = store.letter_ids()
    for copy in store.originals.glob("*"):
        if copy.name.split(".")[0] not in kept:
            copy.unlink(missing_ok=True)


def make_letter(data: bytes, source: str, read: Read = read_letter) -> Letter:
    """Make a letter of a file's bytes.

    Raises:
        UnreadableError: the file cannot be read.
    """
    reading = read(data, source)
    blocks = find_blocks(reading.text, reading.pages)
    return Letter(
        id=hashlib.sha256(data).hexdigest()[:16],
        source=source.encode("utf-8", "backslashreplace").decode(),
        text=reading.text,
        text_sha256=hashlib.sha256(reading.text.encode()).hexdigest(),
        pages=reading.pages,
        card=find_card(reading.text, blocks),
        blocks=blocks,
        reads=reading.reads,
    )


def _embed(store: Store, embeddings: Embeddings, model_id: str) -> None:
    """Embed what has no vector yet, longest last, in runs that are written as they come."""
    waiting = sorted(store.unembedded(model_id), key=lambda item: len(item[1]))
    for at in range(0, len(waiting), EMBED_AT_ONCE):
        run = waiting[at : at + EMBED_AT_ONCE]
        vectors = embeddings.embed_documents([text for _, text in run])
        store.put_vectors(
            model_id,
            ((key, np.array(vector, np.float32)) for (key, _), vector in zip(run, vectors, strict=True)),
        )
    store.drop_vectors(model_id)
