"""A page as it looks, beside its text: a dialog over the reader, for letters that came as PDF or as pictures."""

from pathlib import Path

import streamlit as st

from assistant.cite import WEAK
from assistant.ui import scroll
from assistant.ui.markup import label, show, tag, text
from assistant.ui.paper import Span, page_span, paper
from vectorstore.errors import UnreadableError
from vectorstore.letter import Letter
from vectorstore.page_image import PICTURED, look_at

_PAGE = "page_looked_at"
_KEPT = 64  # pictures, some 200 kB each


def has_pictures(letter: Letter) -> bool:
    """Say whether a letter's pages can be looked at."""
    return Path(letter.source).suffix.lower() in PICTURED


def is_doubtful(letter: Letter, page: int) -> bool:
    """Say whether a page, counted from 1, was read by OCR that was not sure of its words."""
    read = letter.reads[page - 1] if page <= len(letter.reads) else None
    return read is not None and read.confidence is not None and read.confidence < WEAK


def how_read(letter: Letter, page: int) -> str:
    """Say in a sentence how a page, counted from 1, was read; "" for plain text."""
    read = letter.reads[page - 1] if page <= len(letter.reads) else None
    if read is None:
        return ""
    why = f" ({read.reason})" if read.reason else ""
    if read.how == "unreadable":
        return f"This page could not be read{why}."
    if read.how == "text":
        return f"This page’s words are the file’s own text{why}."
    sure = "" if read.confidence is None else f", {read.confidence:.0%} sure of its words"
    check = ": compare them with the page before you quote" if is_doubtful(letter, page) else ""
    return f"This page was read by OCR{why}{sure}{check}."


def choose_page(page: int) -> None:
    """Have the dialog open at a page, counted from 1."""
    _, openings = st.session_state.get(_PAGE, (0, 0))
    st.session_state[_PAGE] = page, openings + 1


@st.dialog("The page as it looks", width="large")
def show_page(letter: Letter, original: Path, cited: Span | None) -> None:
    """Draw a page's picture beside its text, the cited words marked, and what goes from page to page."""
    with st.container(key="page-view"):
        with st.container(key="page-tools", horizontal=True, vertical_alignment="center"):
            page, opening = st.session_state.get(_PAGE, (1, 0))
            if len(letter.pages) > 1:
                page = st.pagination(len(letter.pages), default=page, key=f"{_PAGE}-{opening}")
            show(tag("p", text(f"Page {page} of {len(letter.pages)} · {letter.source}"), css="label"))
            is_large = st.toggle("Enlarge", key="page_enlarged")
        if how := how_read(letter, page):
            show(tag("p", text(how), css="doubt" if is_doubtful(letter, page) else "label"))
        words, looks = st.columns([2, 3], gap="medium")
        with words:
            sheet = tag(
                "div",
                paper(letter, cited, page_span(letter, page)),
                css="paper",
                tabindex="0",
                role="region",
                aria_label=f"Text of page {page}",
                data_page=str(page),
            )
            show(sheet)
            scroll.to_mark_of_page(page)
        with looks, st.container(key="page-picture-large" if is_large else "page-picture"):
            try:
                picture = _picture(str(original), page)
            except UnreadableError as error:
                st.warning(label(f"The page cannot be shown: {error}."))
            else:
                st.image(picture, width="stretch", alt=f"Page {page} of {letter.source}, as it looks")


@st.cache_data(show_spinner="Drawing the page", max_entries=_KEPT)
def _picture(original: str, page: int) -> bytes:
    """Draw a page once: an original's name is the hash of its bytes."""
    return look_at(Path(original), page)
