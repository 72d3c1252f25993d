"""The chat page: page set-up, navigation, error display. `streamlit run app.py`, or `make chat`."""

from pathlib import Path

import streamlit as st

from assistant import assembly
from assistant.chat import Assistant
from assistant.settings import load_settings
from assistant.ui.chat import show_chat
from assistant.ui.letters import show_letters
from assistant.ui.markup import label
from assistant.ui.sidebar import show_facts, show_pages
from vectorstore.errors import LetterAssistantError

NO_LETTERS = (
    "There are no letters in the store yet. Run `python -m assistant ingest` (or `make chat`), then reload."
)
UI = Path(__file__).parent / "assistant" / "ui"


@st.cache_resource(show_spinner="Opening the letters")
def opened_assistant() -> Assistant:
    """Open the assistant once for all sessions of this process."""
    return assembly.open_assistant(load_settings())


def ask() -> None:
    """Draw the chat."""
    show_chat(opened_assistant())


def letters() -> None:
    """Draw the list of letters."""
    show_letters(opened_assistant())


def main() -> None:
    """Draw the page that was chosen; what a user can mend is shown, anything else is a bug and propagates."""
    st.set_page_config(page_title="Letter assistant", page_icon=UI / "icon.svg", layout="wide")
    st.html(UI / "style.css")
    # No page icons: Streamlit would fetch them from a font host as favicons.
    pages = [st.Page(ask, title="Ask", default=True), st.Page(letters, title="Letters")]
    page = st.navigation(pages, position="hidden")
    show_pages(pages)
    try:
        assistant = opened_assistant()
        show_facts(assistant)
        if assistant.letters():
            page.run()
        else:
            with st.container(key="trouble"):
                st.info(NO_LETTERS)
    except LetterAssistantError as error:
        with st.container(key="trouble"):
            st.error(label(str(error)))


if __name__ == "__main__":
    main()
