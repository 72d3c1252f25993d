"""The write path: files to store to index. A bad file is set aside with its reason; the rest goes on."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from langchain_core.embeddings import Embeddings

from vectorstore.chroma import Place
from vectorstore.correct import checked
from vectorstore.errors import CorrectionError, IndexDownError, StoreError
from vectorstore.gather import gather
from vectorstore.index import VectorIndex
from vectorstore.intake import Intake, Propose
from vectorstore.progress import Clock, Failure, Progress, Watch
from vectorstore.split import SPLITTER_VERSION, split_letter
from vectorstore.store import REBUILD, Store
from vectorstore.uploads import uploads_of

EMBED_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did, counted in letters; `letters` and `passages` are what the store holds afterwards.

    Args:
        notes: what a user should know of and is no failure: files passed over, corrections that hold no longer.
    """

    added: int
    unchanged: int
    replaced: int
    removed: int
    failed: tuple[Failure, ...]
    notes: tuple[Failure, ...]
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
    on_progress: Watch | None = None,
    propose: Propose | None = None,
    place: Place | None = None,
) -> IngestReport:
    """Bring the store in line with these files and folders; a file that a named folder no longer holds is removed.

    Args:
        embeddings: None stores letters without vectors; a later ingest adds them.
        model_id: what the vectors are stored under.
        rebuild: read every letter anew and let another embedding model or splitter in.
        on_progress: called after each file, and after each run of passages that was embedded.
        propose: fills what a new letter's card lacks.
        place: where the vector index lies; None for the store's own folder.

    Raises:
        StoreError: the store is held by another writer, or was made with another model or splitter.
        IndexDownError: the index's server does not answer; the letters and their vectors are stored all the same.
    """
    began = time.monotonic()
    with (
        store.writing(),
        Intake(store, rebuild=rebuild, watch=on_progress or _nobody, propose=propose) as intake,
    ):
        check_versions(store, model_id if embeddings else None, rebuild=rebuild)
        gathered = gather(paths, store.folder)
        intake.take(gathered.files)
        intake.forget(gathered)
        if rebuild:
            intake.renew()
            store.set_meta("splitter_version", SPLITTER_VERSION)
        erase_copies(store)
        try:
            index_letters(
                store,
                embeddings,
                model_id,
                rebuild=rebuild,
                watch=intake.watch,
                pages=intake.pages,
                place=place,
            )
        except IndexDownError as error:
            raise IndexDownError(
                f"The letters are stored, and found by words alone so far. {error} Then run the same command again."
            ) from error
        letters, passages = store.counts()
    return IngestReport(
        intake.added,
        intake.unchanged,
        intake.replaced,
        intake.removed,
        tuple(intake.failed),
        tuple(intake.notes),
        letters,
        passages,
        time.monotonic() - began,
    )


def correct_card(
    store: Store,
    letter_id: str,
    values: Mapping[str, str | None],
    *,
    embeddings: Embeddings | None,
    model_id: str | None,
    place: Place | None = None,
) -> None:
    """Correct a letter's card by hand, in the store and in what is searched.

    Args:
        values: by field; "" says that the letter has no such field, None takes an earlier correction back.

    Raises:
        CorrectionError: no letter has this id, no card such a field, or a value cannot be one; nothing is changed.
        StoreError: the store is held by another writer.
    """
    kept = {field: value if value is None else checked(field, value) for field, value in values.items()}
    with store.writing():
        if store.letter(letter_id) is None:
            raise CorrectionError("This letter is no longer in the store.")
        store.put_corrections(letter_id, kept)
        for letter in store.letters([letter_id]):
            store.put_passages(letter_id, split_letter(letter))
        index_letters(store, embeddings, model_id, place=place)


def remove_upload(store: Store, letter_id: str, *, model_id: str | None, place: Place | None = None) -> None:
    """Remove a letter that was uploaded, its file and its copy.

    Raises:
        CorrectionError: it stands in a folder too, from where the next ingest would bring it back.
        StoreError: the store is held by another writer.
    """
    with store.writing():
        paths = uploads_of(store, letter_id)
        if not paths:
            raise CorrectionError(
                "This letter comes from a folder: delete its file there, then run `python -m assistant ingest`."
            )
        for path in paths:
            path.unlink(missing_ok=True)
            store.remove_file(str(path))
        erase_copies(store)
        if model_id is not None:
            store.drop_vectors(model_id)
            VectorIndex(store, model_id, place=place).close()


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


def index_letters(
    store: Store,
    embeddings: Embeddings | None,
    model_id: str | None,
    *,
    rebuild: bool = False,
    watch: Watch | None = None,
    pages: int = 0,
    place: Place | None = None,
) -> None:
    """Embed what has no vector yet and bring the vector index in line; without a model nothing is done.

    Passages are embedded shortest first, so that those of one run fill their batches evenly; each run is written as it
    comes.
    """
    if embeddings is None or model_id is None:
        return
    waiting = sorted(store.unembedded(model_id), key=lambda item: len(item[1]))
    clock = Clock(sum(len(text) for _, text in waiting))
    for at in range(0, len(waiting), EMBED_AT_ONCE):
        run = waiting[at : at + EMBED_AT_ONCE]
        vectors = embeddings.embed_documents([text for _, text in run])
        store.put_vectors(
            model_id,
            ((key, np.array(vector, np.float32)) for (key, _), vector in zip(run, vectors, strict=True)),
        )
        left = clock.left(sum(len(text) for _, text in run))
        if watch:
            watch(Progress("embedding", at + len(run), len(waiting), pages, "", left))
    store.drop_vectors(model_id)
    store.set_meta("embedding_model", model_id)
    VectorIndex(store, model_id, place=place, rebuild=rebuild).close()


def _nobody(_progress: Progress) -> None:
    pass


def erase_copies(store: Store) -> None:
    """Erase the copies of letters that are no more: a removed letter leaves nothing behind."""
    kept = store.letter_ids()
    for copy in store.originals.glob("*"):
        if copy.name.split(".")[0] not in kept:
            copy.unlink(missing_ok=True)
