"""What a model's calls use, counted as its server counts, and put down; with a spent budget nothing is sent."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatResult

from assistant.kept import Kept
from assistant.meter import BudgetMeter, Meter
from assistant.usage import Book, Prices, Usage
from vectorstore.errors import ModelError

PRICES = Prices(1_000_000.0, 2_000_000.0, "EUR")  # one a token read, two a token written


class Counted(BaseChatModel):
    """A chat model that says "12345678", counted or not, or raises what it is given."""

    counts: bool = True
    error: Any = None
    calls: list[int] = []  # noqa: RUF012  # pydantic copies it

    @property
    def _llm_type(self) -> str:
        return "counted"

    def _generate(self, messages: list[BaseMessage], *_: Any, **__: Any) -> ChatResult:
        self.calls.append(1)
        if self.error:
            raise self.error
        usage = {"input_tokens": 100, "output_tokens": 20, "total_tokens": 120} if self.counts else None
        message = AIMessage("12345678", usage_metadata=usage)
        return ChatResult(generations=[ChatGeneration(message=message)])


def used(model: BaseChatModel, prices: Prices | None = PRICES) -> Usage | None:
    meter = Meter(prices)
    with suppress(TimeoutError, RuntimeError):
        model.invoke("four and more: 21 chars", {"callbacks": [meter]})
    return meter.usage


def test_tokens_are_those_that_the_server_counts() -> None:
    assert used(Counted()) == Usage(1, 100, 20, cost=140.0, currency="EUR")
    assert used(Counted(), None) == Usage(1, 100, 20)


def test_a_server_that_does_not_count_is_estimated_and_said_to_be() -> None:
    assert used(Counted(counts=False), None) == Usage(1, 6, 2, estimated=True)


def test_a_call_that_was_given_up_is_counted_as_sent_and_one_that_was_refused_is_not() -> None:
    assert used(Counted(error=TimeoutError()), None) == Usage(1, 6, 0, estimated=True)
    assert used(Counted(error=RuntimeError("refused")), None) is None


def test_no_call_is_no_usage() -> None:
    assert Meter(PRICES).usage is None


def test_once_the_budget_is_spent_nothing_is_sent(tmp_path: Path) -> None:
    book = Book(Kept(tmp_path), budget=200.0, currency="EUR")
    model = Counted(callbacks=[BudgetMeter(PRICES, book, "small")])
    model.invoke("1")
    model.invoke("2")
    with pytest.raises(ModelError, match=r"200\.00 EUR\) is spent"):
        model.invoke("3")
    assert len(model.calls) == 2
    assert book.spent() == pytest.approx(280.0)


def test_with_a_budget_that_cannot_be_counted_nothing_is_sent(tmp_path: Path) -> None:
    (tmp_path / "kept.sqlite").write_bytes(b"no database" * 500)
    model = Counted(callbacks=[BudgetMeter(PRICES, Book(Kept(tmp_path), budget=1.0), "small")])
    with pytest.raises(ModelError, match="Move that file away"):
        model.invoke("1")
    assert model.calls == []


def test_without_a_budget_a_reply_is_handed_on_although_it_cannot_be_put_down(tmp_path: Path) -> None:
    (tmp_path / "kept.sqlite").write_bytes(b"no database" * 500)
    model = Counted(callbacks=[BudgetMeter(PRICES, Book(Kept(tmp_path)), "small")])
    assert model.invoke("1").text == "12345678"
