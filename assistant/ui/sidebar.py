"""The sidebar: the pages, a new chat, which engine answers and how many letters there are."""

from collections.abc import Sequence

import streamlit as st

from assistant.chat import Assistant
from assistant.ui import session
from assistant.ui.markup import show, tag, text
from assistant.ui.wording import counted, engine


def show_pages(pages: Sequence[st.Page]) -> None:
    """Draw the name of the product and a link to each page."""
    with st.sidebar:
        show(tag("p", text("Letter assistant"), css="brand"))
        with st.container(gap="xxsmall"):
            for page in pages:
                st.page_link(page)


def show_facts(assistant: Assistant) -> None:
    """Draw the button for a new chat, the number of letters and the engine."""
    with st.sidebar:
        st.button(
            "New chat", key="new_chat", icon=":material/add:", width="stretch", on_click=session.new_chat
        )
        letters = tag("p", text(counted(len(assistant.letters()), "letter")))
        show(tag("div", letters, tag("p", text(engine(assistant.engine))), css="facts"))
