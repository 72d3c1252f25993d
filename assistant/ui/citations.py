"""Citations on the page: quote and place, the buttons that open the letter, and the list under an answer."""

from collections.abc import Callable, Sequence

import streamlit as st

from assistant.answer import Citation
from assistant.quotation import BULLETS
from assistant.ui import session
from assistant.ui.markup import Html, join, label, show, tag, text


def show_cited(
    words: Html, citations: Sequence[Citation], *, key: str, after: Callable[[], None] | None = None
) -> None:
    """Draw words followed by a button for each citation; `key` tells these buttons from others.

    Args:
        after: draws what stands behind these buttons.
    """
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
        if after:
            after()


def show_sources(citations: Sequence[Citation]) -> None:
    """List citations, each with its number, quote and label."""
    if not citations:
        return
    rows = [
        tag("li", tag("span", text(f"[{citation.number}]"), css="number"), tag("div", source(citation)))
        for citation in citations
    ]
    show(join(tag("p", text("Citations"), css="small-heading"), tag("ul", *rows, css="sources")))


def source(citation: Citation, place: str = "") -> Html:
    """Write a citation: its quote, then `place` (its label, where none is given) and whose words they are."""
    place = place or citation.label
    if citation.speaker:
        place += f" · words of {citation.speaker}"
    return join(quote(citation), tag("span", text(place), css="label"))


def quote(citation: Citation) -> Html:
    """Write the cited words in quotation marks; a bullet at their head is left out, nothing else is."""
    return tag("q", text(citation.exact.lstrip(BULLETS) or citation.exact))


def place(citation: Citation) -> str:
    """Say where in its letter a citation stands."""
    page = f"p. {citation.page}" if citation.has_pages else ""
    paragraph = f"para {citation.paragraph}" if citation.paragraph else ""
    return ", ".join(part for part in (page, paragraph) if part) or "outside the numbered paragraphs"
