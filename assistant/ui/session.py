"""What one browser session remembers: the conversation and the letter that is open. Draws nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from assistant.answer import Answer, Citation, Turn
from assistant.conversations import Conversation
from assistant.ui.asking import Asking
from vectorstore.letter import Scope

STOPPED = "Stopped before there was an answer. What a model was already asked is still counted."
_DATE = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


@dataclass(slots=True)
class Exchange:
    """A question and what came of it: an answer, an error, or neither yet.

    Args:
        asking: the question under way, so that a page that is drawn anew does not ask it again.
        is_reopened: whether the answer was kept from an earlier time.
        reads_on: whether the model is to judge the letters that a complete pass leaves open.
        scope: the letters that the user chose for it, in place of what its words say where `only` is set.
        notice: what is to be said about how it was asked, or "".
    """

    question: str
    answer: Answer | None = None
    error: str = ""
    asking: Asking | None = None
    is_reopened: bool = False
    reads_on: bool = False
    scope: Scope | None = None
    only: bool = False
    notice: str = ""

    @property
    def is_pending(self) -> bool:
        """Whether the question still waits for its answer."""
        return self.answer is None and not self.error


@dataclass(frozen=True, slots=True)
class Opened:
    """The letter in the reader.

    Args:
        citation: whose words to highlight; None for the letter as a whole.
        serial: counts openings, so that the reader scrolls once for each.
        among: the citations of the answer that it was opened from, in order; empty where it was none.
        notice: what is to be said about how it was opened, or "".
    """

    letter_id: str
    citation: Citation | None
    serial: int
    among: tuple[Citation, ...] = ()
    notice: str = ""

    @property
    def position(self) -> int:
        """Where in `among` the citation stands, from 0."""
        return next((at for at, one in enumerate(self.among) if one is self.citation), 0)


def exchanges() -> list[Exchange]:
    """Return the conversation, oldest first; the list itself, not a copy."""
    conversation: list[Exchange] = st.session_state.setdefault("exchanges", [])
    return conversation


def history(before: int) -> Sequence[Turn]:
    """Return the answered turns before the exchange at this position."""
    return [Turn(e.question, e.answer) for e in exchanges()[:before] if e.answer is not None]


def ask(question: str) -> None:
    """Put a question at the end of the conversation; the chat view answers it."""
    exchanges().append(Exchange(question))


def read_on(question: str, exchange: Exchange) -> None:
    """Put a question again of the letters of an exchange; the model judges those that its pass left open."""
    exchanges().append(Exchange(question, reads_on=True, scope=exchange.scope, only=exchange.only))


def stop(exchange: Exchange) -> None:
    """Wait no longer for an answer."""
    if exchange.asking is not None:
        exchange.asking.stop()
        exchange.asking = None
    exchange.error = STOPPED


def ask_again(question: str, scope: Scope, notice: str = "") -> None:
    """Put a question at the end of the conversation again, to be answered from these letters alone."""
    exchanges().append(Exchange(question, scope=scope or None, only=True, notice=notice))


def is_date(written: str) -> bool:
    """Whether it is a date as a scope takes it: `yyyy`, `yyyy-mm` or `yyyy-mm-dd`."""
    return bool(_DATE.fullmatch(written))


def new_chat() -> None:
    """Leave the conversation and close the reader; a question under way is stopped."""
    for exchange in exchanges():
        if exchange.is_pending:
            stop(exchange)
    st.session_state["exchanges"] = []
    continue_as(None)
    close()


def conversation() -> str | None:
    """Return the id under which the conversation is kept; None before its first answer."""
    key: str | None = st.session_state.get("conversation")
    return key


def continue_as(key: str | None) -> None:
    """Go on with the conversation of this id; with None, the next answer begins one."""
    st.session_state["conversation"] = key


def reopen(kept: Conversation) -> None:
    """Show a conversation that was kept, in place of the one that is open."""
    new_chat()
    st.session_state["exchanges"] = [
        Exchange(e.question, e.answer, e.error, is_reopened=True) for e in kept.exchanges
    ]
    continue_as(kept.id)
    st.session_state["to_chat"] = True


def is_led_to_chat() -> bool:
    """Say, once, whether the page of the chat is to be shown whichever one is open."""
    return bool(st.session_state.pop("to_chat", False))


def opened() -> Opened | None:
    """Return what the reader shows, or None when it is closed."""
    current: Opened | None = st.session_state.get("opened")
    return current


def open_letter(letter_id: str, citation: Citation | None = None) -> None:
    """Open a letter, at a citation's words where one is given."""
    _leave_link()
    _open(letter_id, citation)


def open_link(letter_id: str, citation: Citation | None, notice: str) -> None:
    """Open what a link led to; the page's address stays, so that it can be loaded again.

    Args:
        letter_id: "" where there is none to open and the notice says why.
    """
    _open(letter_id, citation, notice)


def step(by: int) -> None:
    """Go on (1) or back (-1) to another citation of the answer that the letter was opened from."""
    current = opened()
    if current is not None and 0 <= current.position + by < len(current.among):
        citation = current.among[current.position + by]
        open_letter(citation.letter_id, citation)


def close() -> None:
    """Close the reader."""
    _leave_link()
    st.session_state["opened"] = None


def visit(path: str) -> None:
    """Note which page is drawn: the last part of its address, "" for the first page."""
    st.session_state["path"] = path


def path() -> str:
    """Return the last part of the address of the page that is drawn."""
    return str(st.session_state.get("path", ""))


def _open(letter_id: str, citation: Citation | None, notice: str = "") -> None:
    serial = st.session_state.get("openings", 0) + 1
    st.session_state["openings"] = serial
    st.session_state["opened"] = Opened(letter_id, citation, serial, _around(citation), notice)


def _leave_link() -> None:
    """Take a link out of the page's address: it led to what was open before."""
    if st.query_params:
        st.query_params.clear()


def _around(citation: Citation | None) -> tuple[Citation, ...]:
    """Return the citations of the answer that this very one belongs to, not just one that equals it."""
    if citation is None:
        return ()
    answers = [exchange.answer for exchange in exchanges() if exchange.answer is not None]
    return next((a.citations for a in answers if any(one is citation for one in a.citations)), ())
