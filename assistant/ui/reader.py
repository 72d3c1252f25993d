"""The reader: one letter beside the page, its card on top, the cited words marked and scrolled to."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from assistant.answer import Citation
from assistant.chat import Assistant
from assistant.ui import scroll, session
from assistant.ui.correct import corrected_fields
from assistant.ui.markup import NOTHING, Html, join, show, tag, text
from assistant.ui.paper import paper
from assistant.ui.wording import writer
from vectorstore.dates import written
from vectorstore.letter import Letter, LetterCard

CHANGED = (
    "The text of this letter changed since the answer was given: ask again to get a citation that holds."
)
GONE = "This letter is no longer in the store: ask again to get an answer from the letters that are."

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
    st.button("Close letter", key="close_letter", icon=":material/close:", on_click=session.close)
    letter = assistant.letter(current.letter_id)
    if letter is None:
        st.warning(GONE)
        return
    citation = current.citation
    if citation and not assistant.still_there(citation):
        st.warning(CHANGED)
        citation = None
    cited = (citation.start, citation.end) if citation else None
    sheet = tag(
        "div",
        paper(letter, cited),
        css="paper",
        tabindex="0",
        role="region",
        aria_label="Text of the letter",
        data_opening=str(current.serial),
    )
    show(tag("article", _heading(letter, citation), sheet, css="reader"))
    scroll.to_mark(current.serial)


def _heading(letter: Letter, citation: Citation | None) -> Html:
    card = letter.card
    area, date, addressee = card.value("area"), card.value("date"), ", ".join(card.values("addressee"))
    facts = [part for part in (area, written(date) if date else None) if part]
    lines = [
        tag("h2", text(writer(card))),
        tag("p", text(" · ".join(facts))) if facts else NOTHING,
        tag("p", text(f"To {addressee}")) if addressee else NOTHING,
        tag("p", text(subject), css="subject") if (subject := card.value("subject")) else NOTHING,
        _details(letter.source, card),
        _place(citation) if citation else NOTHING,
    ]
    return tag("header", *lines)


def _details(source: str, card: LetterCard) -> Html:
    """List what else the card knows, folded away."""
    rows = [tag("dt", text("File")), tag("dd", text(source))]
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
    return tag("details", tag("summary", text("More about this letter")), tag("dl", *rows))


def _inferred(card: LetterCard, name: str) -> bool:
    field = getattr(card, name)
    return field is not None and field.how == "inferred"


def _place(citation: Citation) -> Html:
    """Say where the cited words stand and, where they are not the author's own, whose they are."""
    where = f"Page {citation.page}"
    where += (
        f", paragraph {citation.paragraph}" if citation.paragraph else ", outside the numbered paragraphs"
    )
    place = [tag("strong", text(f"[{citation.number}] ")), text(where)]
    if citation.speaker:
        place += [text(" · "), tag("strong", text(f"words of {citation.speaker}, not the author’s own"))]
    return tag("p", join(*place), css="place")
