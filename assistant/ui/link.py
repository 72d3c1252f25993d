"""Links to cited words: the address to copy, and what the page shows when it is opened at one."""

from dataclasses import replace

import streamlit as st

from assistant.answer import Citation
from assistant.chat import Assistant
from assistant.cite import Numbering, make_citation
from assistant.link import Changed, Opened, link_of, resolve, tell
from assistant.ui import session
from vectorstore.letter import Letter


def address_of(citation: Citation) -> str:
    """Return the address that opens a citation's words; without its host where the browser did not tell it."""
    url = (st.context.url or "").rstrip("/")
    # A link leads to the first page, whichever one it is made on.
    if session.path():
        url = url.removesuffix(f"/{session.path()}")
    return f"{url}/?{link_of(citation)}"


def follow(assistant: Assistant) -> None:
    """Open what the page's address leads to, once, or say in a sentence why not."""
    query = st.query_params.to_dict() if "letter" in st.query_params else None
    if query == st.session_state.get("followed"):
        return
    st.session_state["followed"] = query
    if query is None:
        return
    outcome = resolve(query, assistant.letter, lambda source: only(assistant, source))
    match outcome:
        case Opened(letter_id=letter_id, start=start, end=end):
            letter = assistant.letter(letter_id)
            # No answer numbers this citation.
            found = replace(make_citation(letter, start, end, Numbering()), number=0) if letter else None
            session.open_link(letter_id, found, tell(outcome))
        case Changed(letter_id=letter_id):
            session.open_link(letter_id, None, tell(outcome))
        case _:
            session.open_link("", None, tell(outcome))


def only(assistant: Assistant, source: str) -> Letter | None:
    """Return the letter whose file has this name; None where several have it."""
    found = [letter for letter in assistant.letters() if letter.source == source]
    return found[0] if len(found) == 1 else None
