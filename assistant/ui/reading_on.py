"""A complete pass that a model can read on: what that would cost, before it begins, and how it goes on once stopped."""

import streamlit as st

from assistant.answer import Answer
from assistant.ui import session
from assistant.ui.markup import label, show, tag, text
from assistant.usage import offered

KEPT = "The letters that the model has judged are kept: it goes on after them."


def show_offer(exchange: session.Exchange, answer: Answer, engine: str, *, key: str) -> None:
    """Say what letters are left open and what judging them would use, with the button that begins it."""
    if answer.left_open is None:
        return
    with st.container(key=f"offer-{key}", horizontal=True, gap="small", vertical_alignment="center"):
        with st.container(width="stretch"):
            show(tag("p", text(f"{offered(answer.left_open, engine)}."), css="label"))
        _show_button("Let it read on", answer.standalone, exchange, key)


def show_resume(exchange: session.Exchange, *, key: str) -> None:
    """Offer to go on with a reading that was stopped."""
    if exchange.reads_on and exchange.error:
        show(tag("p", text(KEPT), css="label"))
        _show_button("Resume", exchange.question, exchange, key)


def _show_button(words: str, question: str, exchange: session.Exchange, key: str) -> None:
    st.button(
        label(words),
        key=f"read-on-{key}",
        icon=":material/play_arrow:",
        on_click=session.read_on,
        args=(question, exchange),
    )
