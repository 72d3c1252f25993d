"""The chat page: page set-up, navigation, error display. `streamlit run app.py`, or `make chat`."""

from contextlib import suppress
from pathlib import Path

import streamlit as st

from assistant import assembly
from assistant.chat import Assistant
from assistant.settings import load_settings
from assistant.ui import kept, link, session
from assistant.ui.add import show_add
from assistant.ui.briefing import show_briefing
from assistant.ui.chat import show_chat
from assistant.ui.check import show_check
from assistant.ui.letters import show_letters
from assistant.ui.markup import label
from assistant.ui.sidebar import show_facts, show_pages
from vectorstore.errors import LetterAssistantError

NO_LETTERS = (
    "There are no letters in the store yet. Add some with “Add letters”, or run `python -m assistant ingest` "
    "(or `make chat`), then reload."
)
UI = Path(__file__).parent / "assistant" / "ui"


@st.cache_resource(show_spinner="Opening the letters")
def opened_assistant() -> Assistant:
    """Open the assistant once for all sessions of this process."""
    return assembly.open_assistant(load_settings())


def ask() -> None:
    """Draw the chat."""
    settings = load_settings()
    show_chat(opened_assistant(), keep=lambda exchange: kept.keep(exchange, settings))


def letters() -> None:
    """Draw the list of letters."""
    show_letters(opened_assistant(), load_settings())


def add() -> None:
    """Draw what adds letters; it needs none."""
    show_add(load_settings())


def briefing() -> None:
    """Draw the briefing."""
    show_briefing(opened_assistant())


def check() -> None:
    """Draw the check of a draft."""
    show_check(opened_assistant())


def main() -> None:
    """Draw the page that was chosen; what a user can mend is shown, anything else is a bug and propagates."""
    st.set_page_config(page_title="Letter assistant", page_icon=UI / "icon.svg", layout="wide")
    st.html(UI / "style.css")
    # No page icons: Streamlit would fetch them from a font host as favicons.
    adding = st.Page(add, title="Add letters")
    pages = [
        st.Page(ask, title="Ask", default=True),
        st.Page(letters, title="Letters"),
        adding,
        st.Page(briefing, title="Briefing"),
        st.Page(check, title="Check a draft"),
    ]
    page = st.navigation(pages, position="hidden")
    if kept.must_log_in():
        st.button("Log in", on_click=st.login, type="primary")
        return
    kept.follow_briefing(load_settings())
    show_pages(pages)
    if session.is_led_to_chat():
        st.switch_page(pages[0])
    session.visit(page.url_path)
    try:
        if page is adding:
            page.run()
            with suppress(LetterAssistantError):  # there need be no letters yet
                show_facts(opened_assistant())
                kept.show_kept(load_settings())
            return
        assistant = opened_assistant()
        show_facts(assistant)
        link.follow(assistant)
        if assistant.letters():
            page.run()
            kept.show_kept(load_settings())
        else:
            with st.container(key="trouble"):
                st.info(NO_LETTERS)
    except LetterAssistantError as error:
        with st.container(key="trouble"):
            st.error(label(str(error)))


if __name__ == "__main__":
    main()
