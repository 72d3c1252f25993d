"""Citations on the page: the numbered buttons that open the letter, and the list under an answer."""

from collections.abc import Sequence

import streamlit as st

from assistant.answer import Citation
from assistant.ui import session
from assistant.ui.markup import NOTHING, Html, join, label, show, tag, text


def show_cited(words: Html, citations: Sequence[Citation], *, key: str) -> None:
    """Draw words followed by a button for each citation; `key` tells these buttons from others."""
    with st.container(key=f"cited-{key}", horizontal=True, gap="xsmall", vertical_alignment="top"):
        with st.container(width="stretch"):
            show(words)
        for citation in citations:
            st.button(
                label(f"[{citation.number}]"),
                key=f"open-{key}-{citation.number}",
                help=label(f"Open the letter: {citation.label}"),
                on_click=session.open_letter,
                args=(citation.letter_id, citation),
            )


def show_sources(citations: Sequence[Citation], *, already_shown: str) -> None:
    """List citations with quote and label; a quote that `already_shown` contains is not said twice."""
    if not citations:
        return
    rows = [
        tag(
            "li",
            tag("span", text(f"[{citation.number}]"), css="number"),
            tag("div", source(citation, quoted=citation.exact not in already_shown)),
        )
        for citation in citations
    ]
    show(join(tag("p", text("Citations"), css="small-heading"), tag("ul", *rows, css="sources")))


def source(citation: Citation, *, quoted: bool) -> Html:
    """Write a citation: its quote where wanted, its label, and the speaker where it is another's word."""
    quote = tag("q", text(citation.exact)) if quoted else NOTHING
    speaker = f" · words of {citation.speaker}" if citation.speaker else ""
    return join(quote, tag("span", text(citation.label + speaker), css="label"))
