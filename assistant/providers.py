"""OpenAI, or a server compatible with it, as LangChain's chat model and embeddings; for `assembly` alone.

Everything is passed explicitly, so that no environment variable made for another program decides where letters'
text is sent; those of a proxy alone keep their say.
"""

import math
import re
from urllib.parse import urlsplit

from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from pydantic import SecretStr

from assistant.model_server import ModelServer
from vectorstore.errors import EmbeddingError, SettingsError

OPENAI = "https://api.openai.com/v1"
NO_KEY = SecretStr("none")  # the client wants a key also for a server that asks for none
EMBEDDED_AT_ONCE = 256  # texts in one call; OpenAI takes 300,000 tokens, a passage has some 250

# OpenAI's reasoning models refuse a temperature.
REASONING = re.compile(r"o\d|gpt-[5-9]")


def switch_tracing_off() -> None:
    """Keep LangSmith from sending questions and letters away when the environment asks for tracing."""
    import langsmith

    langsmith.configure(enabled=False)


def chat_model(
    *, model: str, api_key: SecretStr | None, base_url: str | None, timeout_s: float, retries: int
) -> BaseChatModel:
    """Build the chat model; nothing is sent yet.

    Args:
        model: its name at the provider.
        api_key: None where the server asks for none.
        base_url: of a compatible server, up to and with /v1; None for OpenAI.
        timeout_s: for one call.
        retries: calls repeated after a failure that may pass.

    Raises:
        SettingsError: the address or the key cannot be one.
    """
    from langchain.chat_models import init_chat_model  # takes seconds

    switch_tracing_off()
    built: BaseChatModel = init_chat_model(
        model,
        model_provider="openai",
        api_key=_checked_key(api_key),
        base_url=_checked_url(base_url),
        # Names such as "codex" would send a compatible server's user to an interface that only OpenAI has.
        use_responses_api=None if base_url is None else False,
        timeout=timeout_s,
        max_retries=retries,
        temperature=None if REASONING.match(model) else 0.0,
        stream_usage=True,
    )
    return built


def openai_embeddings(
    *, model: str, api_key: SecretStr | None, base_url: str | None, timeout_s: float, retries: int = 2
) -> Embeddings:
    """Build the embeddings; nothing is sent yet.

    Raises:
        SettingsError: the address or the key cannot be one.
    """
    from langchain_openai import OpenAIEmbeddings  # takes seconds

    url = _checked_url(base_url)
    embeddings = OpenAIEmbeddings(
        model=model,
        openai_api_key=_checked_key(api_key),
        openai_api_base=url,
        request_timeout=timeout_s,
        max_retries=retries,
        chunk_size=EMBEDDED_AT_ONCE,
        # Counting tokens would fetch an encoder from the network, and send tokens where servers want text.
        check_embedding_ctx_length=False,
    )
    server = ModelServer(model, url, timeout_s, retries, setting="LETTERS_EMBEDDING_MODEL")
    return ServedEmbeddings(embeddings, server)


class ServedEmbeddings(Embeddings):
    """Embeddings of a server, with its failures as `EmbeddingError`."""

    def __init__(self, embeddings: Embeddings, server: ModelServer) -> None:
        self._embeddings = embeddings
        self._server = server

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed texts.

        Raises:
            EmbeddingError: the server did not, or sent vectors that cannot be used.
        """
        try:
            vectors = self._embeddings.embed_documents(texts)
        except Exception as error:
            problem = self._server.explain(error)
            if problem is None:
                raise
            raise EmbeddingError(problem) from error
        whole = all(vector and all(map(math.isfinite, vector)) for vector in vectors)
        if len(vectors) != len(texts) or not whole or len({len(vector) for vector in vectors}) > 1:
            raise EmbeddingError(
                f"The model server at {self._server.address!r} sent vectors that cannot be used "
                f"({len(vectors)} for {len(texts)} texts): check that {self._server.model!r} is a model for "
                "embeddings."
            )
        return vectors

    def embed_query(self, text: str) -> list[float]:
        """Embed one text.

        Raises:
            EmbeddingError: as for many.
        """
        return self.embed_documents([text])[0]


def _checked_key(api_key: SecretStr | None) -> SecretStr:
    """Return the key, or what stands for none.

    Raises:
        SettingsError: it holds something that no HTTP header can carry; the key itself is not shown.
    """
    key = api_key.get_secret_value().strip() if api_key else ""
    if not re.fullmatch(r"[!-~]*", key):
        raise SettingsError(
            "The setting LETTERS_OPENAI_API_KEY holds a space, a line break or a letter that no key has: "
            "copy the key again."
        )
    return SecretStr(key) if key else NO_KEY


def _checked_url(base_url: str | None) -> str:
    """Return the address of the server.

    Raises:
        SettingsError: it is no http or https address.
    """
    if base_url is None:
        return OPENAI
    try:
        parts = urlsplit(base_url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise SettingsError(
            f"The setting LETTERS_OPENAI_BASE_URL is {base_url!r}: it must be an address such as "
            "'http://127.0.0.1:8080/v1'."
        )
    return base_url
