"""Examines settings, store, embedding model and index, one after another, and says what to do about each."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.assembly import open_embeddings
from assistant.settings import Settings
from vectorstore.errors import LetterAssistantError
from vectorstore.index import VectorIndex
from vectorstore.ingest import check_versions
from vectorstore.store import Store


@dataclass(frozen=True, slots=True)
class Examined:
    """One part, whether it is in order, and a sentence about it that says what to do if not."""

    part: str
    ok: bool
    says: str


def examine(settings: Settings) -> Iterator[Examined]:
    """Yield a finding for each part; parts that hang on a broken one are left out. An index that can be mended is."""
    if settings.uses_model:
        where = settings.openai_base_url or "OpenAI"
        yield Examined("settings", True, f"The model engine answers: {settings.model!r} at {where}.")
    else:
        yield Examined("settings", True, "The quoting engine answers; no key is needed.")
    model_id = None
    try:
        _, model_id = open_embeddings(settings)
        yield Examined("embedding model", True, f"{model_id} is in order.")
    except LetterAssistantError as error:
        yield Examined("embedding model", False, str(error))
    try:
        store = Store(settings.store)
        letters, passages = store.counts()
        if not store.intact():
            yield Examined(
                "store",
                False,
                f"The store in {str(settings.store)!r} is damaged. Move that folder away, then run"
                " `python -m assistant ingest`.",
            )
            return
        yield Examined(
            "store",
            letters > 0,
            f"{letters} letters, {passages} passages."
            if letters
            else "It holds no letters. Run `python -m assistant ingest`.",
        )
        check_versions(store, model_id)
        if model_id is None:
            return
        waiting = len(store.unembedded(model_id))
        if waiting:
            yield Examined(
                "vectors", False, f"{waiting} passages have no vector yet. Run `python -m assistant ingest`."
            )
        VectorIndex(store, model_id).close()
        yield Examined("index", True, f"{len(store.vector_ids(model_id))} vectors, each found again.")
    except LetterAssistantError as error:
        yield Examined("store", False, str(error))
