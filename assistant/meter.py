"""Counts what a model's calls use, as a LangChain callback: for one answer, and for the day's budget."""

import logging
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.messages import AIMessage, BaseMessage
from langchain_core.outputs import ChatGeneration, LLMResult

from assistant.model_server import may_be_charged
from assistant.usage import Book, Prices, Usage
from vectorstore.errors import KeptError, ModelError

CHARS_A_TOKEN = 4  # of English; an estimate for servers that do not count

log = logging.getLogger(__name__)


class Meter(BaseCallbackHandler):
    """Sums what the calls that it hears of use.

    Attributes:
        usage: the sum so far; None before the first call ended.
    """

    def __init__(self, prices: Prices | None, on_use: Callable[[Usage], None] | None = None) -> None:
        self.usage: Usage | None = None
        self._prices = prices
        self._on_use = on_use
        self._sent: dict[UUID, int] = {}

    def on_chat_model_start(
        self, serialized: dict[str, Any], messages: list[list[BaseMessage]], *, run_id: UUID, **_: Any
    ) -> None:
        """Note how much is sent, for servers that do not count."""
        del serialized  # what LangChain knows of the model; the name is the base class's
        self._sent[run_id] = estimate(str(message.text) for batch in messages for message in batch)

    def on_llm_end(self, response: LLMResult, *, run_id: UUID, **_: Any) -> None:
        """Count a reply."""
        sent = self._sent.pop(run_id, 0)
        replies = [
            choice.message
            for choices in response.generations
            for choice in choices
            if isinstance(choice, ChatGeneration)
        ]
        counted = next(
            (m.usage_metadata for m in replies if isinstance(m, AIMessage) and m.usage_metadata), None
        )
        if counted:
            self._count(counted["input_tokens"], counted["output_tokens"])
        else:
            self._count(sent, estimate(str(message.text) for message in replies), estimated=True)

    def on_llm_error(self, error: BaseException, *, run_id: UUID, **_: Any) -> None:
        """Count a reply that was written and could not be used, or was not waited for; a refused request is free."""
        sent = self._sent.pop(run_id, 0)
        counted = getattr(getattr(error, "completion", None), "usage", None)
        if counted is not None:
            self._count(counted.prompt_tokens, counted.completion_tokens)
        elif may_be_charged(error):
            self._count(sent, 0, estimated=True)

    def _count(self, input_tokens: int, output_tokens: int, *, estimated: bool = False) -> None:
        cost = self._prices.cost(input_tokens, output_tokens) if self._prices else None
        currency = self._prices.currency if self._prices else ""
        used = Usage(1, input_tokens, output_tokens, estimated, cost, currency)
        self.usage = used if self.usage is None else self.usage + used
        if self._on_use:
            self._on_use(used)


class BudgetMeter(Meter):
    """Puts each call of a model down in the book, and lets none begin once the day's budget is spent.

    Calls that are under way at once may together go over it by what they cost.
    """

    raise_error = True  # LangChain hands on what `on_chat_model_start` raises: nothing is sent

    def __init__(self, prices: Prices | None, book: Book, model: str) -> None:
        super().__init__(prices)
        self._book = book
        self._model = model
        self._on_use = self._put_down

    def on_chat_model_start(
        self, serialized: dict[str, Any], messages: list[list[BaseMessage]], *, run_id: UUID, **rest: Any
    ) -> None:
        """Refuse a call that there is no money for.

        Raises:
            ModelError: the budget is spent, or one is set and cannot be looked up.
        """
        try:
            refusal = self._book.refusal()
        except KeptError as error:
            raise ModelError(f"Whether the budget is spent cannot be told. {error}") from error
        if refusal:
            raise ModelError(refusal)
        super().on_chat_model_start(serialized, messages, run_id=run_id, **rest)

    def _put_down(self, used: Usage) -> None:
        try:
            self._book.add(self._model, used)
        except KeptError:
            # The answer is there and paid for; with a budget, the next call says what is wrong.
            log.warning("what a call of %s used could not be put down", self._model)


def estimate(texts: Iterable[str]) -> int:
    """Return about how many tokens texts have."""
    return sum(-(-len(text) // CHARS_A_TOKEN) for text in texts)
