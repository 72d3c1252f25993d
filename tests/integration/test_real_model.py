"""The model engine and the chat model against a real, small model behind llama.cpp's server: plumbing, not quality."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answer import Draft
from assistant.draft import ModelEngine
from assistant.model_server import ModelServer
from assistant.prompt import load_prompt
from assistant.providers import chat_model
from assistant.reply import REPLY_FORMAT, read_reply
from tests.evidence import evidence, letter, two_letters
from vectorstore.errors import ModelError

pytestmark = [pytest.mark.model, pytest.mark.timeout(600)]

PATIENCE_S = 200  # on a machine that is busy with other tests

# A process of its own: a fault in native code takes nothing else with it, and it ends when its input closes.
SERVE = Path(__file__).parents[2] / "scripts" / "serve_model.py"


@pytest.fixture(scope="module")
def base_url(small_model: Path) -> Iterator[str]:
    # One thread: several wait for each other where the machine has other work.
    limits = ["--port", "0", "--context", "4096", "--reply", "200", "--threads", "1"]
    command = [sys.executable, str(SERVE), str(small_model), *limits]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        assert address, f"the server did not start: status {process.wait(5)}"
        yield address
        process.stdin.close()
        process.wait(10)


def draft_by(base_url: str, *letters: str) -> Draft:
    chat = chat_model(model="SmolLM2", api_key=None, base_url=base_url, timeout_s=PATIENCE_S, retries=0)
    server = ModelServer("SmolLM2", base_url, timeout_s=PATIENCE_S, retries=0)
    engine = ModelEngine(chat, prompt=load_prompt("answer"), server=server)
    found = [letter(text, author="Ann Example") for text in letters] or two_letters()
    return engine.runnable.invoke(evidence(*found))


def test_a_question_ends_in_a_draft_or_an_error_for_the_user(base_url: str) -> None:
    outcome: Draft | ModelError
    try:
        outcome = draft_by(base_url)
    except ModelError as error:
        outcome = error
    if isinstance(outcome, Draft):
        sent = {found.id for found in two_letters()}
        assert {name for statement in outcome.statements for name, _ in statement.quotes} <= sent
    else:
        assert "'SmolLM2'" in str(outcome)


def test_passages_that_are_too_long_for_the_model_are_said_to_be(base_url: str) -> None:
    with pytest.raises(ModelError, match="was sent more than 'SmolLM2' can read"):
        draft_by(base_url, "The force agrees with it. " * 2000)


def test_a_reply_held_to_the_schema_has_its_structure(base_url: str) -> None:
    chat = chat_model(model="SmolLM2", api_key=None, base_url=base_url, timeout_s=PATIENCE_S, retries=0)
    held = chat.bind(response_format=REPLY_FORMAT)
    said = 'Reply with no statements: the list is empty. Reply: {"statements": []}'
    reply = held.invoke(said)
    assert read_reply(str(reply.text)).statements is not None


def test_without_the_schema_the_same_model_replies_in_prose(base_url: str) -> None:
    chat = chat_model(model="SmolLM2", api_key=None, base_url=base_url, timeout_s=PATIENCE_S, retries=0)
    assert not str(chat.invoke("Say hello.").text).lstrip().startswith("{")


def test_a_reply_arrives_in_pieces_and_its_tokens_are_counted(base_url: str) -> None:
    chat = chat_model(model="SmolLM2", api_key=None, base_url=base_url, timeout_s=PATIENCE_S, retries=0)
    chunks = list(chat.stream("Name three colours."))
    assert len([chunk for chunk in chunks if chunk.text]) > 3
    counted = [chunk.usage_metadata for chunk in chunks if chunk.usage_metadata]
    assert len(counted) == 1
    assert counted[0]["output_tokens"] > 3
