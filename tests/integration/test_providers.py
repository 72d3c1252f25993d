"""The chat model and the embeddings as they are built, against a scripted server."""

from collections.abc import Iterator

import pytest
from langchain_core.embeddings import Embeddings
from langchain_core.language_models import BaseChatModel
from pydantic import SecretStr

from assistant.providers import OPENAI, chat_model, openai_embeddings
from tests.integration.model_server import Scenario, ScriptedServer, vector
from vectorstore.errors import EmbeddingError, SettingsError


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as running:
        yield running


def make_chat(base_url: str | None, *, key: str | None = None, model: str = "small") -> BaseChatModel:
    api_key = SecretStr(key) if key is not None else None
    return chat_model(model=model, api_key=api_key, base_url=base_url, timeout_s=5, retries=0)


def make_embeddings(base_url: str) -> Embeddings:
    key = SecretStr("sk-very-secret")
    return openai_embeddings(model="vectors", api_key=key, base_url=base_url, timeout_s=5, retries=0)


# Chat


def test_a_server_without_keys_is_sent_a_placeholder(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-someone")
    make_chat(server.base_url).invoke("Hello?")
    assert server.requests[0].headers["authorization"] == "Bearer none"


def test_a_streamed_reply_counts_its_tokens(server: ScriptedServer) -> None:
    chunks = list(make_chat(server.base_url).stream("Hello?"))
    assert "".join(str(chunk.text) for chunk in chunks) == "A scripted model sends its regards."
    assert len([chunk for chunk in chunks if chunk.text]) > 3
    assert server.chats[0]["stream_options"] == {"include_usage": True}
    counted = [chunk.usage_metadata["total_tokens"] for chunk in chunks if chunk.usage_metadata]
    assert counted == [120]


def test_a_compatible_server_is_asked_by_chat_completions_whatever_the_models_name(
    server: ScriptedServer,
) -> None:
    make_chat(server.base_url, model="codex-of-mine").invoke("Hello?")
    assert [request.path for request in server.requests] == ["/v1/chat/completions"]


def test_without_an_address_it_is_openai_whatever_the_environment_says(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:1/v1")
    monkeypatch.setenv("OPENAI_API_BASE", "http://127.0.0.1:1/v1")
    assert getattr(make_chat(None, key="sk-x"), "openai_api_base", None) == OPENAI


@pytest.mark.parametrize(
    "base_url",
    ["", "127.0.0.1:8080/v1", "ftp://host/v1", "http://", "http://host:99999/v1", "http://[::1/v1"],
)
def test_what_is_no_address_is_refused_before_anything_is_sent(base_url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        make_chat(base_url)
    assert repr(base_url) in str(caught.value)
    assert "LETTERS_OPENAI_BASE_URL" in str(caught.value)


@pytest.mark.parametrize("key", ["sk-…", "sk-a b", "sk-a\nb", "sk-ключ"])
def test_what_is_no_key_is_refused_without_showing_it(key: str) -> None:
    with pytest.raises(SettingsError, match="LETTERS_OPENAI_API_KEY") as caught:
        make_chat("http://127.0.0.1:1/v1", key=key)
    assert key not in str(caught.value)


def test_white_space_around_a_key_is_forgiven(server: ScriptedServer) -> None:
    make_chat(server.base_url, key=" sk-x\n").invoke("Hello?")
    assert server.requests[0].headers["authorization"] == "Bearer sk-x"


# Embeddings


def test_texts_are_embedded_in_their_order_as_text_not_as_tokens(server: ScriptedServer) -> None:
    texts = ["the force spent", "the grant", ""]
    vectors = make_embeddings(server.base_url).embed_documents(texts)
    for text, found in zip(texts, vectors, strict=True):
        assert found == pytest.approx(vector(text), abs=1e-6)
    assert server.embeddings[0]["input"] == texts


def test_many_texts_go_in_several_calls(server: ScriptedServer) -> None:
    texts = [f"letter {number}" for number in range(600)]
    vectors = make_embeddings(server.base_url).embed_documents(texts)
    assert len(vectors) == 600
    assert vectors[599] == pytest.approx(vector("letter 599"), abs=1e-6)
    assert [len(body["input"]) for body in server.embeddings] == [256, 256, 88]


def test_a_question_is_embedded_like_a_text(server: ScriptedServer) -> None:
    assert make_embeddings(server.base_url).embed_query("the grant") == pytest.approx(
        vector("the grant"), abs=1e-6
    )


def test_no_texts_are_no_call(server: ScriptedServer) -> None:
    assert make_embeddings(server.base_url).embed_documents([]) == []
    assert server.requests == []


@pytest.mark.parametrize(
    ("scenario", "said"),
    [
        ("unauthorized", "refused the key"),
        ("not_found", "check LETTERS_EMBEDDING_MODEL"),
        ("rate_limit", "turns requests away"),
        ("server_error", "failed"),
        ("html", "sent something that is not a model's reply"),
        ("not_json", "sent something that is not a model's reply"),
        ("other_json", "sent something that is not a model's reply"),
        ("disconnect", "cannot be reached or hung up"),
    ],
)
def test_each_failure_is_one_sentence_that_names_what_to_mend(
    server: ScriptedServer, scenario: Scenario, said: str
) -> None:
    server.play(scenario)
    with pytest.raises(EmbeddingError) as caught:
        make_embeddings(server.base_url).embed_query("the grant")
    assert said in str(caught.value)
    assert server.base_url in str(caught.value)
    assert "sk-very-secret" not in str(caught.value)
    assert caught.value.__cause__ is not None


@pytest.mark.parametrize("vectors", [[[1.0]], [[1.0], []], [[1.0], [1.0, 2.0]], [[1.0], [float("nan")]]])
def test_vectors_that_cannot_be_used_are_refused(
    server: ScriptedServer, monkeypatch: pytest.MonkeyPatch, vectors: list[list[float]]
) -> None:
    embeddings = make_embeddings(server.base_url)
    monkeypatch.setattr("langchain_openai.OpenAIEmbeddings.embed_documents", lambda *_: vectors)
    with pytest.raises(EmbeddingError, match="vectors that cannot be used"):
        embeddings.embed_documents(["a", "b"])
