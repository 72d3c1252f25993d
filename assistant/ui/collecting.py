"""Under an answer: put it into the briefing, or copy one of its citations in the house style."""

from collections.abc import Sequence

import streamlit as st

from assistant.answer import Answer, Citation
from assistant.briefing import Item, collect, collect_statement, corpus_hash
from assistant.chat import Assistant
from assistant.compose import write_citation
from assistant.house_style import Style, parse_style
from assistant.settings import load_settings
from assistant.ui import session_briefing
from assistant.ui.citations import place
from assistant.ui.markup import label, show, tag, text

NO_LONGER = "These words no longer stand in their letter as the answer gave them: ask again."


@st.cache_resource(show_spinner=False)
def house_style() -> Style:
    """Return the house style that the settings name."""
    return parse_style(load_settings().citation_style)


def show_controls(answer: Answer, assistant: Assistant, *, key: str) -> None:
    """Draw what can be done with a whole answer; `key` tells its controls from those of others."""
    items = collect(answer, "")
    if not items and not answer.citations:
        return
    with st.container(key=f"collecting-{key}", horizontal=True, gap="small"):
        if items:
            is_in = session_briefing.has(items)
            st.button(
                label("In the briefing" if is_in else "Add to briefing"),
                key=f"collect-{key}",
                icon=":material/check:" if is_in else ":material/playlist_add:",
                disabled=is_in,
                on_click=_add,
                args=(answer, None, assistant),
            )
        if answer.citations:
            with st.popover("Copy citation", icon=":material/content_copy:"):
                _show_copy(answer.citations, assistant, key)


def show_add(answer: Answer, position: int, assistant: Assistant, *, key: str) -> None:
    """Draw the button that puts one statement into the briefing."""
    is_in = session_briefing.has([collect_statement(answer, position, "")])
    st.button(
        label("Added" if is_in else "Add"),
        key=f"collect-one-{key}",
        width=72,  # the same for both words: the buttons before it keep their place
        help="Add this statement to the briefing",
        type="tertiary",
        disabled=is_in,
        on_click=_add,
        args=(answer, position, assistant),
    )


def _add(answer: Answer, position: int | None, assistant: Assistant) -> None:
    corpus = corpus_hash(assistant.letters())
    items: list[Item] = (
        collect(answer, corpus) if position is None else [collect_statement(answer, position, corpus)]
    )
    session_briefing.add(items)


def _show_copy(citations: Sequence[Citation], assistant: Assistant, key: str) -> None:
    """Show one citation as plain text with a button that copies it; of several, let the user choose."""
    chosen = citations[0]
    if len(citations) > 1:
        by_number = {citation.number: citation for citation in citations}
        number = st.selectbox(
            "Citation",
            list(by_number),
            format_func=lambda number: f"[{number}] {place(by_number[number])}",
            key=f"copy-{key}",
        )
        chosen = by_number[number]
    letter = assistant.letter(chosen.letter_id) if assistant.still_there(chosen) else None
    if letter is None:
        show(tag("p", text(NO_LONGER)))
    else:
        st.code(write_citation(letter, chosen, house_style()), language=None, wrap_lines=True)
