"""The reader: one letter beside the page, its card on top, the cited words marked and scrolled to."""

from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import streamlit as st

from assistant.answer import Citation
from assistant.chat import Assistant
from assistant.ui import scroll, session
from assistant.ui.correct import corrected_fields
from assistant.ui.link import address_of
from assistant.ui.markup import NOTHING, Html, join, label, show, tag, text
from assistant.ui.page_image import choose_page, has_pictures, how_read, is_doubtful, show_page
from assistant.ui.paper import Span, page_at, paper, parts, with_context
from assistant.ui.wording import listed, writer
from vectorstore.dates import written
from vectorstore.letter import Letter, LetterCard
from vectorstore.page_image import original_of, read_original

CHANGED = (
    "The text of this letter changed since the answer was given: ask again to get a citation that holds."
)
GONE = "This letter is no longer in the store: ask again to get an answer from the letters that are."

LINK = "This address opens these words, or says that they have changed."

_READ = (("ocr", "Read by OCR"), ("unreadable", "Not read"))
_DETAILS = (("report", "Answers"), ("reference", "Reference"), ("cc", "Copied to"))


@contextmanager
def beside(assistant: Assistant) -> Iterator[None]:
    """Draw what is inside on the left and the open letter on the right, or alone when none is open."""
    current = session.opened()
    # The same columns either way, so that opening a letter leaves what is on the left where it was.
    with st.container(key="desk"):
        left, right = st.columns([6, 5], gap="large")
    if current is not None:
        with right, st.container(key="reader"):
            _show(assistant, current)
    with left:
        yield


def _show(assistant: Assistant, current: session.Opened) -> None:
    letter = assistant.letter(current.letter_id) if current.letter_id else None
    citation = current.citation
    if letter and citation and not assistant.still_there(citation):
        citation = None
    with st.container(key="reader-tools", horizontal=True, gap="xsmall", vertical_alignment="center"):
        st.button("Close letter", key="close_letter", icon=":material/close:", on_click=session.close)
        if len(current.among) > 1:
            _show_steps(current)
        if letter:
            _show_tools(letter, citation, original_of(assistant.search.store.originals, letter))
    if current.notice and citation:
        st.info(label(current.notice))
    elif current.notice:
        st.warning(label(current.notice))
    elif letter is None:
        st.warning(GONE)
    elif current.citation and citation is None:
        st.warning(CHANGED)
    if letter:
        _show_letter(letter, citation, current.serial)


def _show_steps(current: session.Opened) -> None:
    """Draw what goes from citation to citation of the answer."""
    at, last = current.position, len(current.among) - 1
    with st.container(
        key="reader-steps", horizontal=True, gap="xsmall", width="content", vertical_alignment="center"
    ):
        st.button(
            "Previous",
            key="previous_citation",
            icon=":material/chevron_left:",
            help="Previous citation of the answer",
            disabled=at == 0,
            on_click=session.step,
            args=(-1,),
        )
        show(tag("p", text(f"{at + 1} of {last + 1}"), css="label", aria_live="polite"))
        st.button(
            "Next",
            key="next_citation",
            icon=":material/chevron_right:",
            help="Next citation of the answer",
            disabled=at == last,
            on_click=session.step,
            args=(1,),
        )


def _show_tools(letter: Letter, citation: Citation | None, original: Path) -> None:
    """Draw what can be done with the letter: look at its page, copy a link to the cited words, have its file."""
    if has_pictures(letter):
        page = citation.page if citation else 1
        if st.button(
            "Page as it looks",
            key="look_at_page",
            icon=":material/image:",
            type="primary" if citation and is_doubtful(letter, page) else "secondary",
            on_click=choose_page,
            args=(page,),
        ):
            show_page(letter, original, _span(citation))
    if citation:
        with st.popover("Copy link", icon=":material/link:", key="copy_link"):
            show(tag("p", text(LINK), css="label link-about"))
            st.code(address_of(citation), language=None, wrap_lines=True)
    is_there = original.is_file()
    st.download_button(
        "Original",
        # Read when it is asked for; its kind is not told, so that no browser shows a stranger's page as this one's.
        data=partial(read_original, original),
        file_name=letter.source,
        mime="application/octet-stream",
        key="download_original",
        icon=":material/download:",
        help=label(f"Download {letter.source}" if is_there else "The store's copy of it is gone"),
        disabled=not is_there,
        on_click="ignore",
    )


def _span(citation: Citation | None) -> Span | None:
    return (citation.start, citation.end) if citation else None


def _show_letter(letter: Letter, citation: Citation | None, serial: int) -> None:
    cited, within = _span(citation), None
    shown = parts(letter)
    if len(shown) > 1:
        start = citation.start if citation else 0
        at = bisect_right([first for first, _ in shown], start) - 1
        with st.container(key="reader-parts", horizontal=True, vertical_alignment="center", gap="small"):
            chosen = st.pagination(len(shown), default=at + 1, max_visible_pages=0, key=f"part-{serial}") - 1
            within = with_context(letter, shown[chosen], cited) if cited and chosen == at else shown[chosen]
            show(tag("p", text(_part(letter, within, chosen, len(shown))), css="label"))
    sheet = tag(
        "div",
        paper(letter, cited, within),
        css="paper",
        tabindex="0",
        role="region",
        aria_label="Text of the letter",
        data_opening=str(serial),
    )
    show(tag("article", _heading(letter, citation), sheet, css="reader"))
    scroll.to_mark(serial)


def _part(letter: Letter, within: Span, at: int, count: int) -> str:
    """Say which part of a long letter is shown."""
    first, last = page_at(letter, within[0]), page_at(letter, within[1] - 1)
    if len(letter.pages) == 1:
        return f"Part {at + 1} of {count}"
    return f"Pages {first} to {last} of {len(letter.pages)}"


def _heading(letter: Letter, citation: Citation | None) -> Html:
    card = letter.card
    area, date, addressee = card.value("area"), card.value("date"), ", ".join(card.values("addressee"))
    facts = [part for part in (area, written(date) if date else None) if part]
    lines = [
        tag("h2", text(writer(card))),
        tag("p", text(" · ".join(facts))) if facts else NOTHING,
        tag("p", text(f"To {addressee}")) if addressee else NOTHING,
        tag("p", text(subject), css="subject") if (subject := card.value("subject")) else NOTHING,
        _details(letter),
        _place(letter, citation) if citation else NOTHING,
    ]
    return tag("header", *lines)


def _details(letter: Letter) -> Html:
    """List what else the card knows and how the pages were read, folded away."""
    card = letter.card
    rows = [tag("dt", text("File")), tag("dd", text(letter.source))]
    for field, name in _DETAILS:
        if several := card.values(field):
            rows += [tag("dt", text(name)), tag("dd", text("; ".join(several)))]
    if by_hand := corrected_fields(card):
        rows += [tag("dt", text("Corrected")), tag("dd", text(f"{', '.join(by_hand)}: written by hand"))]
    guessed = [name for name in ("author", "office", "area", "addressee", "date") if _inferred(card, name)]
    if guessed:
        rows += [
            tag("dt", text("Worked out")),
            tag("dd", text(f"{', '.join(guessed)}: not stated in so many words")),
        ]
    for how, name in _READ:
        if pages := [str(page) for page, read in enumerate(letter.reads, start=1) if read.how == how]:
            rows += [
                tag("dt", text(name)),
                tag("dd", text(f"page {listed(pages, at_most=12, of_what='page')}")),
            ]
    return tag("details", tag("summary", text("More about this letter")), tag("dl", *rows))


def _inferred(card: LetterCard, name: str) -> bool:
    field = getattr(card, name)
    return field is not None and field.how == "inferred"


def _place(letter: Letter, citation: Citation) -> Html:
    """Say where the cited words stand and, where they are not the author's own, whose they are."""
    page = f"page {citation.page}, " if citation.has_pages else ""
    paragraph = f"paragraph {citation.paragraph}" if citation.paragraph else "outside the numbered paragraphs"
    where = (page + paragraph).capitalize()
    place = [tag("strong", text(f"[{citation.number}] ")) if citation.number else NOTHING, text(where)]
    if citation.speaker:
        place += [text(" · "), tag("strong", text(f"words of {citation.speaker}, not the author’s own"))]
    said = tag("p", join(*place), css="place")
    if not is_doubtful(letter, citation.page):
        return said
    return join(said, tag("p", text(how_read(letter, citation.page)), css="doubt"))
