"""The model engine: question and passages go to a language model, a draft comes back, and is not believed.

Passages are numbered P1, P2, … for one request and stand between markers that carry a code made for that
request, so that no letter can forge a marker. What the model claims is checked afterwards, in `cite`.
"""

import contextvars
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from secrets import token_hex
from typing import Any, TypeVar

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_core.runnables import Runnable, RunnableLambda

from assistant.answer import Draft, DraftStatement, Evidence
from assistant.meter import estimate
from assistant.model_server import ModelServer
from assistant.prompt import Prompt
from assistant.recital import recites
from assistant.reply import REPLY_FORMAT, Reply, ReplyError, ReplyStatement, read_reply
from vectorstore.errors import ModelError
from vectorstore.letter import Letter, Passage

Result = TypeVar("Result")

REPEATED_CHARS = 4000  # of a reply that could not be used, when it is sent back


@dataclass(frozen=True, slots=True)
class _Request:
    """What is sent, and by passage id which letter it stands in and its words."""

    messages: list[BaseMessage]
    letter_ids: Mapping[str, str]
    bodies: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Exchange:
    """A reply beside what it replies to."""

    request: _Request
    reply: Reply


class ModelEngine:
    """Drafts answers with a language model.

    Args:
        model: any LangChain chat model that takes `response_format` with a JSON schema.
        server: names the model and limits the time of one question.
        nonce: makes the code of one request's markers.

    Attributes:
        name: of the model.
        runnable: from evidence to draft; `invoke` raises `ModelError` where there is no usable reply.
    """

    def __init__(
        self,
        model: BaseChatModel,
        *,
        prompt: Prompt,
        server: ModelServer,
        nonce: Callable[[], str] = lambda: token_hex(8),
    ) -> None:
        self.name = server.model
        self.prompt_id = prompt.id
        self._prompt = prompt
        self._server = server
        self._nonce = nonce
        # What `with_structured_output` sends, without what it does to the reply: its reader completes a JSON
        # that breaks off, and its thread pool keeps a program from ending while a server dribbles.
        self._model: Runnable[Any, BaseMessage] = model.bind(response_format=REPLY_FORMAT)
        self.runnable: Runnable[Evidence, Draft] = (
            RunnableLambda(self._request) | RunnableLambda(self._converse) | RunnableLambda(self._draft)
        )

    def tokens(self, evidence: Evidence) -> int:
        """Return about how many tokens a request holds; nothing is sent."""
        return estimate(str(message.text) for message in self._request(evidence).messages)

    def _request(self, evidence: Evidence) -> _Request:
        """Fill the prompt, the passages numbered."""
        passages = {f"P{number}": scored.passage for number, scored in enumerate(evidence.passages, start=1)}
        question = evidence.question.standalone
        bodies = {name: _body(found, evidence.letters[found.letter_id]) for name, found in passages.items()}
        nonce = self._nonce()
        while any(nonce in text for text in (question, *bodies.values())):
            nonce = self._nonce()
        block = "\n\n".join(
            f"=== {name} begins {nonce} ===\n{body}\n=== {name} ends {nonce} ==="
            for name, body in bodies.items()
        )
        return _Request(
            messages=[
                SystemMessage(self._prompt.fill("system", nonce=nonce)),
                HumanMessage(self._prompt.fill("user", nonce=nonce, passages=block, question=question)),
            ],
            letter_ids={name: passage.letter_id for name, passage in passages.items()},
            bodies=bodies,
        )

    def _converse(self, request: _Request) -> _Exchange:
        """Ask, and once more where the reply has the wrong structure."""
        deadline = time.monotonic() + self._server.total_s
        text = self._ask(request.messages, deadline)
        try:
            return _Exchange(request, read_reply(text))
        except ReplyError as error:
            problem = str(error)
        repair = self._prompt.fill("repair", problem=problem)
        # Some servers refuse an empty message.
        again = [*request.messages, AIMessage(text[:REPEATED_CHARS] or "(nothing)"), HumanMessage(repair)]
        try:
            return _Exchange(request, read_reply(self._ask(again, deadline)))
        except ReplyError as error:
            raise ModelError(
                f"The model {self._server.model!r} twice sent a reply without the structure asked for: "
                f"choose one that replies by JSON schema with {self._server.setting}."
            ) from error

    def _ask(self, messages: list[BaseMessage], deadline: float) -> str:
        """Return the text of the model's reply.

        Raises:
            ModelError: there is none, or the model declined.
        """
        try:
            message = _within(deadline - time.monotonic(), lambda: self._model.invoke(messages))
        except Exception as error:
            problem = self._server.explain(error)
            if problem is None:
                raise
            raise ModelError(problem) from error
        if message.additional_kwargs.get("refusal"):
            raise ModelError(f"The model {self._server.model!r} declined to answer: ask in other words.")
        return str(message.text)

    def _draft(self, exchange: _Exchange) -> Draft:
        """Keep the statements that rest on a quote from a passage that was sent."""
        letter_ids, bodies = exchange.request.letter_ids, exchange.request.bodies
        told = [claimed for claimed in exchange.reply.statements if not self._recites(claimed, bodies)]
        statements = [
            DraftStatement(
                text=claimed.text.strip(),
                quotes=tuple(
                    (letter_ids[quote.passage], quote.quote)
                    for quote in claimed.quotes
                    if quote.passage in letter_ids and quote.quote.strip()
                ),
            )
            for claimed in told
        ]
        kept = tuple(dict.fromkeys(found for found in statements if found.text and found.quotes))
        notice = ""
        if statements and not kept:
            notice = f"What {self._server.model!r} wrote rests on no passage that it was sent: left out."
        if len(told) < len(exchange.reply.statements):
            notice = f"What {self._server.model!r} wrote of its own instructions is left out."
        return Draft(statements=kept, engine=self._server.model, prompt_id=self._prompt.id, notice=notice)

    def _recites(self, claimed: ReplyStatement, bodies: Mapping[str, str]) -> bool:
        """Whether a claim, or a quote of it that no passage has, repeats the prompt, nearly or word for word."""
        held = [q.quote for q in claimed.quotes if _squeezed(q.quote) in _squeezed(bodies.get(q.passage, ""))]
        made_up = [q.quote for q in claimed.quotes if q.quote not in held]
        return any(recites(said, self._prompt.system, " ".join(held)) for said in (claimed.text, *made_up))


def _body(passage: Passage, letter: Letter) -> str:
    """Put a line saying whose letter it is before the passage as it stands there."""
    card = letter.card
    named = [value for name in ("author", "office", "area", "date") if (value := card.value(name))]
    line = ", ".join(named) if named else "writer and date not stated"
    if report := card.value("report"):
        line += f"; about: {report}"
    if passage.speaker:
        line += f"; words of: {passage.speaker}"
    return f"{' '.join(line.split())}\n{passage.text}"


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _within(seconds: float, work: Callable[[], Result]) -> Result:
    """Do the work, and stop waiting for it after so many seconds.

    A client's own timeout counts from one byte to the next: a server that dribbles would hold the question
    for ever. The thread that is left behind ends with its connection, and never keeps the program running.

    Raises:
        TimeoutError: it took longer.
    """
    outcome: Future[Result] = Future()

    def run() -> None:
        try:
            outcome.set_result(work())
        except BaseException as error:  # noqa: BLE001  # handed on to whoever waits
            outcome.set_exception(error)

    # The copied context keeps LangChain's callbacks attached to this question.
    threading.Thread(target=contextvars.copy_context().run, args=(run,), daemon=True).start()
    return outcome.result(timeout=max(seconds, 0.0))
