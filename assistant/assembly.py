"""Builds store, index, engines and assistant from settings: the only place that names providers."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.kept import Kept
from assistant.settings import Settings
from assistant.usage import Book, Prices
from vectorstore.errors import EmbeddingError
from vectorstore.ingest import IngestReport, check_versions
from vectorstore.ingest import correct_card as correct_stored_card
from vectorstore.ingest import ingest as ingest_files
from vectorstore.ingest import remove_upload as remove_stored_upload
from vectorstore.progress import Watch
from vectorstore.store import Store
from vectorstore.uploads import drop_unread, keep_uploads, uploads_of

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings
    from langchain_core.language_models import BaseChatModel
    from langchain_core.runnables import Runnable

    from assistant.answer import Draft, Evidence
    from assistant.chat import Assistant
    from assistant.conversations import Conversations
    from assistant.model_server import ModelServer
    from assistant.propose import CardProposer
    from assistant.read_on import Reader
    from vectorstore.chroma import Place
    from vectorstore.search import Search


def open_embeddings(settings: Settings) -> tuple["Embeddings", str]:
    """Load the embedding model that the settings name; return it with the id its vectors are stored under.

    Raises:
        EmbeddingError: it is missing or broken.
        SettingsError: OpenAI embeddings without a key.
    """
    if settings.embedding == "openai":
        from assistant.providers import openai_embeddings

        return (
            openai_embeddings(
                model=settings.embedding_model,
                api_key=settings.openai_api_key,
                base_url=settings.openai_base_url,
                timeout_s=settings.model_timeout_s,
                retries=settings.model_retries,
            ),
            f"openai:{settings.embedding_model}",
        )
    from vectorstore.embed import OnnxEmbeddings, model_in, packaged_model

    files = model_in(settings.embedding_folder) if settings.embedding_folder else packaged_model()
    pooling = settings.embedding_pooling if settings.embedding_folder else "cls"
    model = OnnxEmbeddings(files, pooling=pooling, threads=settings.threads)
    return model, model.model_id


def _embeddings_or_words(settings: Settings) -> tuple["Embeddings | None", str | None, str]:
    """Load the embedding model; where it is missing, say so and go by words alone."""
    try:
        embeddings, model_id = open_embeddings(settings)
    except EmbeddingError as error:
        return None, None, f"Search goes by words alone. {error}"
    return embeddings, model_id, ""


def index_place(settings: Settings, store: Store) -> "Place | None":
    """Return where the vector index lies: on the Chroma server that the settings name, or None for the store's folder.

    Raises:
        SettingsError: the server's address is none.
    """
    if settings.chroma_url is None:
        return None
    from vectorstore.chroma import Server

    token = settings.chroma_token.get_secret_value() if settings.chroma_token else None
    return Server(
        store,
        settings.chroma_url,
        token=token,
        tenant=settings.chroma_tenant,
        database=settings.chroma_database,
    )


def open_search(settings: Settings) -> tuple["Search", str]:
    """Open the store for reading; return the search and a notice, or "".

    A Chroma server that is down is no error here: searches go by words and say so until it answers.

    Raises:
        StoreError: there is no store, it is unusable, or another model or splitter made it.
    """
    from vectorstore.index import VectorIndex
    from vectorstore.search import Search

    store = Store(settings.store)
    embeddings, model_id, notice = _embeddings_or_words(settings)
    check_versions(store, model_id)
    place = index_place(settings, store)
    index = VectorIndex(store, model_id, place=place, later=place is not None) if model_id else None
    return Search(store, embeddings, index), notice


def open_model(settings: Settings) -> "Runnable[Evidence, Draft] | None":
    """Build the model engine, where the settings ask for one; nothing is sent yet.

    Raises:
        SettingsError: the settings ask for a model that they do not describe.
    """
    if not settings.uses_model:
        return None
    from assistant.draft import ModelEngine
    from assistant.prompt import load_prompt

    chat, server = _model(settings)
    return ModelEngine(chat, prompt=load_prompt("answer"), server=server).runnable


def _model(settings: Settings) -> "tuple[BaseChatModel, ModelServer]":
    from assistant.meter import BudgetMeter
    from assistant.model_server import ModelServer
    from assistant.providers import OPENAI, chat_model

    chat = chat_model(
        model=settings.model,
        api_key=settings.openai_api_key,
        base_url=settings.openai_base_url,
        timeout_s=settings.model_timeout_s,
        retries=settings.model_retries,
    )
    chat.callbacks = [BudgetMeter(_prices(settings), _book(settings), settings.model)]
    base_url = settings.openai_base_url or OPENAI
    return chat, ModelServer(settings.model, base_url, settings.model_timeout_s, settings.model_retries)


def conversations(settings: Settings, user: str) -> "Conversations":
    """Return what is kept of a user's conversations; nothing is opened yet."""
    from assistant.conversations import Conversations

    return Conversations(Kept(settings.store), user, most=settings.keep_conversations)


def _prices(settings: Settings) -> Prices | None:
    if settings.price_in is None or settings.price_out is None:
        return None
    return Prices(settings.price_in, settings.price_out, settings.currency)


def _book(settings: Settings) -> Book:
    return Book(Kept(settings.store), budget=settings.budget_a_day, currency=settings.currency)


def _reader(settings: Settings) -> "Reader | None":
    """Build what judges the letters that a complete pass leaves open, where there is a model."""
    if not settings.uses_model:
        return None
    from assistant.draft import ModelEngine
    from assistant.prompt import load_prompt
    from assistant.read_on import Reader

    chat, server = _model(settings)
    engine = ModelEngine(chat, prompt=load_prompt("letter"), server=server)
    return Reader(engine, kept=Kept(settings.store), prices=_prices(settings))


def _proposer(settings: Settings, on_notice: Callable[[str], None] | None) -> "CardProposer | None":
    """Build what fills gaps in cards, where the settings ask for it."""
    if not (settings.uses_model and settings.propose_cards):
        return None
    from assistant.prompt import load_prompt
    from assistant.propose import CardProposer

    chat, server = _model(settings)
    return CardProposer(chat, prompt=load_prompt("card"), server=server, on_notice=on_notice)


def open_assistant(settings: Settings) -> "Assistant":
    """Open the store for reading and build the chain.

    Raises:
        StoreError: there is no store, it is unusable, or another model or splitter made it.
        SettingsError: the settings ask for a model that they do not describe.
    """
    from assistant.chat import Assistant
    from assistant.providers import switch_tracing_off
    from assistant.quoting import NAME, QuotingEngine
    from assistant.rank import Ranker
    from vectorstore.embed import OnnxEmbeddings

    switch_tracing_off()
    search, notice = open_search(settings)
    ranker = Ranker(search.embeddings if isinstance(search.embeddings, OnnxEmbeddings) else None)
    model = open_model(settings)
    reader = _reader(settings)
    return Assistant(
        search,
        ranker,
        quoting=QuotingEngine(ranker).runnable,
        model=model,
        engine=settings.model if model is not None else NAME,
        reader=reader,
        prices=_prices(settings),
        notice=notice,
        passages=settings.passages,
        max_question_chars=settings.max_question_chars,
    )


def ingest(
    settings: Settings,
    paths: Sequence[Path] = (),
    *,
    rebuild: bool = False,
    on_progress: Watch | None = None,
    on_notice: Callable[[str], None] | None = None,
) -> IngestReport:
    """Bring the store in line with these files and folders; default the settings' folder.

    Args:
        on_notice: called with a sentence when letters are stored without vectors.

    Raises:
        StoreError: the store is held by another writer, or was made with another model or splitter.
    """
    embeddings, model_id, notice = _embeddings_or_words(settings)
    if notice and on_notice:
        on_notice(notice)
    store = Store(settings.store, create=True)
    return ingest_files(
        store,
        list(paths) or [settings.folder],
        embeddings=embeddings,
        model_id=model_id,
        rebuild=rebuild,
        on_progress=on_progress,
        propose=_proposer(settings, on_notice),
        place=index_place(settings, store),
    )


def add_uploads(
    settings: Settings,
    files: Sequence[tuple[str, bytes]],
    *,
    replace: bool = False,
    on_progress: Watch | None = None,
) -> IngestReport:
    """Take letters that came through the page into the store.

    Args:
        files: name and bytes of each.
        replace: whether a file takes the place of an earlier one of its name.

    Raises:
        StoreError: the store is held by another writer, or cannot be written to.
    """
    paths = keep_uploads(settings.store, files, replace=replace)
    report = ingest(settings, paths, on_progress=on_progress)
    drop_unread(Store(settings.store), paths)
    return report


def correct_card(settings: Settings, letter_id: str, values: Mapping[str, str | None]) -> None:
    """Correct a letter's card by hand; None takes an earlier correction back.

    Raises:
        CorrectionError: no letter has this id, no card such a field, or a value cannot be one.
        StoreError: the store is held by another writer.
    """
    embeddings, model_id, _ = _embeddings_or_words(settings)
    store = Store(settings.store)
    place = index_place(settings, store)
    correct_stored_card(store, letter_id, values, embeddings=embeddings, model_id=model_id, place=place)


def corrections(settings: Settings, letter_id: str) -> dict[str, str]:
    """Return what was corrected by hand on a letter's card: value by field."""
    return Store(settings.store).corrections(letter_id)


def is_upload(settings: Settings, letter_id: str) -> bool:
    """Say whether a letter came through the page alone, so that it can be removed there."""
    return bool(uploads_of(Store(settings.store), letter_id))


def remove_upload(settings: Settings, letter_id: str) -> None:
    """Remove a letter that was uploaded.

    Raises:
        CorrectionError: it stands in a folder too.
        StoreError: the store is held by another writer.
    """
    store = Store(settings.store)
    model_id = store.meta("embedding_model")
    remove_stored_upload(store, letter_id, model_id=model_id, place=index_place(settings, store))
