"""A complete pass read on by a model: never below the pass without, paid for once, stopped and gone on with."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant import assembly
from assistant.answer import Answer, Ledger
from assistant.chat import Assistant
from assistant.quoting import QuotingEngine
from assistant.rank import Ranker
from assistant.settings import Settings, load_settings
from tests.corpora import ROOT
from tests.integration.model_server import Scenario, ScriptedServer
from tests.integration.stores import copy_store
from vectorstore.embed import OnnxEmbeddings

RAISE = "Which commissioners say they gave call handlers a pay rise?"
PLAIN = "Which letters mention THRIVE?"


@dataclass
class Place:
    """The five letters, and a folder of this test's own for what is kept."""

    assistant: Assistant
    folder: Path


@pytest.fixture
def store(assistant: Assistant, tmp_path: Path) -> Place:
    return Place(assistant, tmp_path)


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer("good") as running:
        yield running


def opened(store: Place, server: ScriptedServer, **given: object) -> Assistant:
    """Return the assistant as a new process has it, over letters that are open already."""
    settings = load_settings(
        store=store.folder, engine="model", openai_base_url=server.base_url, model_retries=0,
        **{"model": "scripted", "price_in": 1.0, "price_out": 5.0, **given},
    )  # fmt: skip
    embeddings = store.assistant.search.embeddings
    assert isinstance(embeddings, OnnxEmbeddings)
    ranker = Ranker(embeddings)
    return Assistant(
        store.assistant.search,
        ranker,
        quoting=QuotingEngine(ranker).runnable,
        model=assembly.open_model(settings),
        engine=settings.model,
        reader=assembly._reader(settings),
        prices=assembly._prices(settings),
    )


def rows(answer: Answer) -> Ledger:
    assert answer.ledger is not None
    return answer.ledger


def said_by_model(answer: Answer) -> int:
    return sum(row.by == "scripted" for row in rows(answer).rows)


def test_what_it_would_cost_is_said_before_anything_is_sent(store: Place, server: ScriptedServer) -> None:
    answer = opened(store, server).ask(RAISE)
    assert server.requests == []
    assert answer.left_open is not None
    assert answer.left_open.calls == 5
    assert answer.left_open.estimated
    assert answer.left_open.cost == pytest.approx(
        (answer.left_open.input_tokens + 5 * answer.left_open.output_tokens) / 1_000_000
    )


def test_the_estimate_is_near_what_is_sent(store: Place, server: ScriptedServer) -> None:
    assistant = opened(store, server)
    estimate = assistant.ask(RAISE).left_open
    assistant.ask(RAISE, read_on=True)
    sent = sum(len(message["content"]) for chat in server.chats for message in chat["messages"])
    assert estimate is not None
    assert estimate.input_tokens == pytest.approx(sent / 4, rel=0.01)


def test_each_open_letter_is_one_call_and_its_yes_is_cited_and_said_to_be_the_models(
    store: Place, server: ScriptedServer
) -> None:
    stages: list[str] = []
    assistant = opened(store, server)
    answer = assistant.ask(RAISE, read_on=True, on_stage=stages.append)
    assert len(server.chats) == 5
    assert said_by_model(answer) > 0
    assert f"; in {said_by_model(answer)} that do not" in answer.text
    assert (answer.left_open, answer.engine) == (None, "scripted")
    assert answer.usage is not None
    assert answer.usage.calls == 5
    assert answer.usage.cost == pytest.approx(5 * 0.0002)
    for row in rows(answer).rows:
        assert (row.says, bool(row.by)) == ("no", bool(row.citations))
        for citation in map(answer.citation, row.citations):
            assert citation.letter_id == row.letter_id
            assert assistant.still_there(citation)
    told = [stage for stage in stages if "reads letter" in stage]
    assert told[0] == "scripted reads letter 1 of 5"
    assert told[4] == "scripted reads letter 5 of 5; 0.0008 USD so far"


def test_only_that_letters_passages_are_sent_with_each_call(store: Place, server: ScriptedServer) -> None:
    opened(store, server).ask(RAISE, read_on=True)
    names = ["Underhill", "Campion", "Burns-Williamson"]
    for chat in server.chats:
        sent = str(chat["messages"][1]["content"]).split("\n")[1]
        assert sum(name in sent for name in names) <= 1


@pytest.mark.parametrize(
    "scenario",
    [
        "good",
        "altered_digit",
        "no_answer",
        "unknown_passage",
        "no_quotes",
        "half_json",
        "server_error",
        "refusal",
    ],
)
@pytest.mark.parametrize(
    "asked", [RAISE, "Which letters touch on career development for control room staff?"]
)
def test_a_bad_model_adds_nothing_and_takes_nothing_away(
    scenario: Scenario, asked: str, store: Place, server: ScriptedServer
) -> None:
    server.play(scenario)
    floor = store.assistant.ask(asked)
    answer = opened(store, server).ask(asked, read_on=True)
    assert server.chats
    says = [(row.letter_id, row.says) for row in rows(answer).rows]
    assert says == [(row.letter_id, row.says) for row in rows(floor).rows]
    for citation in answer.citations:
        assert citation.exact in (ROOT / "letters" / citation.source).read_text("utf-8")
    if scenario not in {"good", "altered_digit"}:
        assert answer.ledger == floor.ledger


def test_the_pass_without_a_model_is_never_overruled(store: Place, server: ScriptedServer) -> None:
    server.play("no_answer")
    floor = store.assistant.ask(PLAIN)
    assert opened(store, server).ask(PLAIN, read_on=True).ledger == floor.ledger


def test_what_was_judged_is_not_paid_for_again_not_even_after_a_restart(
    store: Place, server: ScriptedServer
) -> None:
    first = opened(store, server).ask(RAISE, read_on=True)
    again = opened(store, server).ask(RAISE)
    assert len(server.chats) == 5
    assert (again.ledger, again.left_open, again.usage) == (first.ledger, None, None)
    assert opened(store, server, model="another").ask(RAISE).left_open is not None


def test_what_is_stopped_keeps_what_was_read_and_goes_on_from_there(
    store: Place, server: ScriptedServer
) -> None:
    class Stop(BaseException):
        """The user has had enough."""

    def until_the_third(stage: str) -> None:
        if "letter 3 of 5" in stage:
            raise Stop

    with pytest.raises(Stop):
        opened(store, server).ask(RAISE, read_on=True, on_stage=until_the_third)
    assert len(server.chats) == 2
    left = opened(store, server).ask(RAISE).left_open
    assert left is not None
    assert left.calls == 3
    stages: list[str] = []
    answer = opened(store, server).ask(RAISE, read_on=True, on_stage=stages.append)
    assert len(server.chats) == 5
    assert any("letter 1 of 3" in stage for stage in stages)
    assert answer.left_open is None


def test_a_letter_that_the_model_fails_on_is_left_open_and_the_others_are_read(
    store: Place, server: ScriptedServer
) -> None:
    server.play("refusal", "good")
    answer = opened(store, server).ask(RAISE, read_on=True)
    assert len(server.chats) == 5
    assert answer.left_open is not None
    assert answer.left_open.calls == 1
    assert "ask again to go on" in answer.notice


def test_a_server_that_keeps_failing_is_left_alone(store: Place, server: ScriptedServer) -> None:
    server.play("server_error")
    answer = opened(store, server).ask(RAISE, read_on=True)
    assert len(server.chats) == 3
    assert answer.ledger is not None
    assert "(status 500)" in answer.notice


def test_when_the_budget_is_spent_on_the_way_the_rest_is_left_open(
    store: Place, server: ScriptedServer
) -> None:
    answer = opened(store, server, budget_a_day=0.0003).ask(RAISE, read_on=True)
    assert len(server.chats) == 2
    assert answer.left_open is not None
    assert answer.left_open.calls == 3
    assert "is spent" in answer.notice


def test_the_command_line_says_the_price_and_refuses_above_a_limit(
    five: Settings, server: ScriptedServer, tmp_path: Path
) -> None:
    folder = copy_store(five.store, tmp_path / "store")

    def run(*arguments: str) -> tuple[dict[str, object], str]:
        done = subprocess.run(
            [sys.executable, "-m", "assistant", "ask", RAISE, "--json", "--store", str(folder), *arguments],
            cwd=ROOT,
            env={
                "PATH": "/usr/bin:/bin", "LETTERS_OPENAI_BASE_URL": server.base_url, "LETTERS_MODEL": "scripted",
                "LETTERS_PRICE_IN": "1", "LETTERS_PRICE_OUT": "5",
            },
            capture_output=True, text=True, timeout=100, check=True,
        )  # fmt: skip
        return json.loads(done.stdout), done.stderr

    answer, said = run("--read-on", "--at-most", "0.000001")
    assert "Nothing was sent: the estimate is about" in said
    assert server.requests == []
    assert isinstance(answer["left_open"], dict)
    answer, said = run("--read-on", "--at-most", "5")
    assert "5 letters come near" in said
    assert "reads letter 5 of 5" in said
    assert (answer["left_open"], len(server.chats)) == (None, 5)
