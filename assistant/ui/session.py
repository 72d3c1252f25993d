"""What one browser session remembers: the conversation and the letter that is open. Draws nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from assistant.answer import Answer, Citation, Turn


@dataclass(slots=True)
class Exchange:
    """A question and what came of it: an answer, an error, or neither yet."""

    question: str
    answer: Answer | None = None
    error: str = ""

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
    """

    letter_id: str
    citation: Citation | None
    serial: int


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


def new_chat() -> None:
    """Forget the conversation and close the reader."""
    st.session_state["exchanges"] = []
    close()


def opened() -> Opened | None:
    """Return what the reader shows, or None when it is closed."""
    current: Opened | None = st.session_state.get("opened")
    return current


def open_letter(letter_id: str, citation: Citation | None = None) -> None:
    """Open a letter, at a citation's words where one is given."""
    serial = st.session_state.get("openings", 0) + 1
    st.session_state["openings"] = serial
    st.session_state["opened"] = Opened(letter_id, citation, serial)


def close() -> None:
    """Close the reader."""
    st.session_state["opened"] = None
