"""The chat: an empty page that says what this is, then questions and their answers."""

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assistant.chat import Assistant
from assistant.ui import reader, scroll, session
from assistant.ui.asking import start
from assistant.ui.examples import examples
from assistant.ui.markup import NOTHING, clip, join, label, show, tag, text
from assistant.ui.reading_on import show_offer, show_resume
from assistant.ui.reply import show_answer
from assistant.ui.since import show_since
from assistant.ui.wording import corpus, engine
from vectorstore.errors import LetterAssistantError
from vectorstore.letter import Letter

WHAT_IT_IS = (
    "Answers questions over official letters, and proves each answer with quotes checked word for word."
)
BROKEN = "The program failed on this question; its log says why. The conversation goes on."
SHOWN_CHARS = 600
POLL_S = 0.1


def show_chat(assistant: Assistant, keep: Callable[[session.Exchange], None]) -> None:
    """Draw the conversation and answer what is still waiting for an answer.

    Args:
        keep: called with each exchange once it has an answer or an error.
    """
    st.chat_input("Ask about the letters", key="question", submit_mode="disable", on_submit=_submit)
    with reader.beside(assistant):
        if not session.exchanges():
            _show_empty(assistant.engine, assistant.letters())
        for position, exchange in enumerate(session.exchanges()):
            _show_exchange(assistant, exchange, position, keep)


def _submit() -> None:
    session.ask(st.session_state["question"])


def _show_empty(engine_name: str, letters: Sequence[Letter]) -> None:
    """Say what this is, over how many letters, by which engine, and offer questions to start with."""
    about = tag(
        "div",
        *(tag("p", text(line)) for line in (WHAT_IT_IS, corpus(letters), engine(engine_name))),
        css="about",
    )
    suggestions = examples(letters)
    show(
        join(
            tag("h1", text("Ask the letters")),
            about,
            tag("p", text("For example"), css="small-heading") if suggestions else NOTHING,
        )
    )
    with st.container(key="examples", gap="small"):
        for position, question in enumerate(suggestions):
            st.button(label(question), key=f"example-{position}", on_click=session.ask, args=(question,))


def _show_exchange(
    assistant: Assistant,
    exchange: session.Exchange,
    position: int,
    keep: Callable[[session.Exchange], None],
) -> None:
    is_new = exchange.is_pending
    show(
        tag("div", text(clip(exchange.question, SHOWN_CHARS)), css="question", role="heading", aria_level="2")
    )
    # Places that are there in every run, used or not: what stands below them keeps its own.
    progress, after = st.empty(), st.container()
    if is_new:
        _answer(assistant, exchange, position, progress)
        keep(exchange)
    with after:
        if exchange.error:
            st.error(label(exchange.error))
            show_resume(exchange, key=str(position))
        if exchange.notice:
            st.warning(label(exchange.notice))
        if exchange.answer:
            if exchange.is_reopened:
                show_since(exchange.answer, assistant)
            with st.container(key=f"answer-{position}"):
                show_answer(exchange.answer, assistant, key=str(position))
                show_offer(exchange, exchange.answer, assistant.engine, key=str(position))
        if is_new:
            scroll.to_question(position)


def _answer(assistant: Assistant, exchange: session.Exchange, position: int, place: DeltaGenerator) -> None:
    """Ask the assistant, showing its stages; what can go wrong is kept with the question."""
    history = session.history(before=position)
    # A page that is drawn anew meanwhile finds the question under way, and does not ask it twice.
    asking = exchange.asking or start(
        lambda tell: assistant.ask(
            exchange.question,
            history=history,
            scope=exchange.scope,
            only=exchange.only,
            on_stage=tell,
            read_on=exchange.reads_on,
        )
    )
    exchange.asking = asking
    with place.container():
        scroll.to_question(position)
        status = st.status(label(asking.stage))
        st.button(
            "Stop",
            key=f"stop-{position}",
            icon=":material/stop:",
            on_click=session.stop,
            args=(exchange,),
        )
    while not asking.wait(POLL_S):
        status.update(
            label=label(asking.stage)
        )  # here Streamlit ends the run where the user pressed something
    exchange.asking = None
    exchange.answer = asking.answer
    if isinstance(asking.error, LetterAssistantError):
        exchange.error = str(asking.error)
    elif asking.error is not None:
        exchange.error = BROKEN  # so that the next rerun does not ask, and fail, again
        raise asking.error
    place.empty()
