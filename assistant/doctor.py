"""Examines settings, store, embedding model and index, one after another, and says what to do about each."""

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.assembly import index_place, open_embeddings, open_model
from assistant.model_server import ModelServer
from assistant.providers import OPENAI
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
    yield _settings(settings)
    model_id = None
    try:
        _, model_id = open_embeddings(settings)
        yield Examined("embedding model", True, f"{model_id} is in order.")
    except LetterAssistantError as error:
        yield Examined("embedding model", False, str(error))
    try:
        store = Store(settings.store)
        found = _store(store)
        yield found
        if not found.ok:
            return
        check_versions(store, model_id)
    except LetterAssistantError as error:
        yield Examined("store", False, str(error))
        return
    if model_id is not None:
        yield from _index(store, model_id, settings)


def _settings(settings: Settings) -> Examined:
    if not settings.uses_model:
        return Examined("settings", True, "The quoting engine answers; no key is needed.")
    if settings.openai_api_key is None and settings.openai_base_url is None:
        advice = "Set LETTERS_OPENAI_API_KEY or LETTERS_OPENAI_BASE_URL, or LETTERS_ENGINE to auto."
        return Examined(
            "settings", False, f"A model is to answer, but neither key nor address is set. {advice}"
        )
    try:
        open_model(settings)
    except LetterAssistantError as error:
        return Examined("settings", False, str(error))
    server = ModelServer(settings.model, settings.openai_base_url or OPENAI, 1.0, 0)
    return Examined("settings", True, f"The model engine answers: {settings.model!r} at {server.address}.")


def _store(store: Store) -> Examined:
    if not store.intact():
        advice = "Move that folder away, then run `python -m assistant ingest`."
        return Examined("store", False, f"The store in {str(store.folder)!r} is damaged. {advice}")
    letters, passages = store.counts()
    if not letters:
        return Examined("store", False, "It holds no letters. Run `python -m assistant ingest`.")
    return Examined("store", True, f"{letters} letters, {passages} passages.")


def _index(store: Store, model_id: str, settings: Settings) -> Iterator[Examined]:
    try:
        waiting = len(store.unembedded(model_id))
        if waiting:
            advice = "Run `python -m assistant ingest`."
            yield Examined("vectors", False, f"{waiting} passages have no vector yet. {advice}")
        place = index_place(settings, store)
        vectors = len(store.vector_ids(model_id))
        VectorIndex(store, model_id, place=place, thorough=vectors > 0).close()
        where = f" on the Chroma server at {settings.chroma_url!r}" if place else ""
        yield Examined("index", True, f"{vectors} vectors, each found again{where}.")
    except LetterAssistantError as error:
        yield Examined("index", False, str(error))
