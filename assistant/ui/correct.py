"""Correct a letter's card by hand, or remove a letter that was uploaded: a dialog over the list of letters."""

from collections.abc import Callable

import streamlit as st

from assistant import assembly
from assistant.settings import Settings
from assistant.ui.markup import label
from assistant.ui.wording import counted
from vectorstore.dates import written
from vectorstore.errors import LetterAssistantError
from vectorstore.letter import CARD_FIELDS, Letter, LetterCard

NAMES = {
    "author": "Author",
    "office": "Office",
    "area": "Area or organisation",
    "addressee": "Addressee",
    "date": "Date",
    "reference": "Reference",
    "subject": "Subject",
    "report": "Report that it answers",
    "cc": "Copies to",
}


def corrected_fields(card: LetterCard) -> list[str]:
    """Return the names of the fields that were corrected by hand, for the page."""
    found = ((NAMES[name], getattr(card, name)) for name in CARD_FIELDS)
    return [name for name, field in found if field is not None and field.how == "corrected"]


@st.dialog("Correct the card", width="large")
def show_correct(settings: Settings, letter: Letter) -> None:
    """Draw a form of the card's fields; an empty one says that the letter has none."""
    st.caption(label(f"{letter.source}. What you write here stays when the letter is read again."))
    read = {name: letter.card.value(name) or "" for name in CARD_FIELDS} | {
        "date": written(letter.card.value("date") or "")
    }
    with st.form("correct", border=False):
        columns = st.columns(2)
        given = {
            name: columns[at % 2].text_input(NAMES[name], value=read[name], key=f"correct-{letter.id}-{name}")
            for at, name in enumerate(CARD_FIELDS)
        }
        saved = st.form_submit_button("Save", type="primary")
    changed: dict[str, str | None] = {
        name: value for name, value in given.items() if value.strip() != read[name]
    }
    earlier = assembly.corrections(settings, letter.id)
    if saved:
        _do(lambda: assembly.correct_card(settings, letter.id, changed))
    if earlier and st.button(
        label(f"Take back {counted(len(earlier), 'correction')}"),
        key="take_back",
        help="Show what was read off the letter",
    ):
        _do(lambda: assembly.correct_card(settings, letter.id, dict.fromkeys(earlier)))
    if assembly.is_upload(settings, letter.id) and st.button("Remove this letter", key="remove_letter"):
        _do(lambda: assembly.remove_upload(settings, letter.id))


def _do(work: Callable[[], None]) -> None:
    try:
        work()
    except LetterAssistantError as error:
        st.error(label(str(error)))
    else:
        st.rerun()
