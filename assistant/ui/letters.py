"""The letters: a row a letter with what its card says, and a button that opens it in the reader."""

import streamlit as st

from assistant.chat import Assistant
from assistant.settings import Settings
from assistant.ui import reader, session
from assistant.ui.correct import corrected_fields, show_correct
from assistant.ui.markup import NOTHING, Html, join, label, show, tag, text
from assistant.ui.wording import corpus, listed, writer
from vectorstore.dates import written
from vectorstore.letter import CARD_FIELDS, Letter

ROWS_AT_ONCE = 20


def show_letters(assistant: Assistant, settings: Settings) -> None:
    """Draw the list of letters, by date, filtered by words of their cards."""
    letters = assistant.letters()
    with reader.beside(assistant):
        show(join(tag("h1", text("Letters")), tag("div", tag("p", text(corpus(letters))), css="about")))
        wanted = st.text_input("Filter", key="filter", placeholder="Name, area, report, year …")
        chosen = [letter for letter in letters if matches(letter, wanted)]
        if not chosen:
            show(tag("p", text("No letter's card has these words.")))
            return
        page = 1
        if len(chosen) > ROWS_AT_ONCE:
            page = st.pagination(-(-len(chosen) // ROWS_AT_ONCE), key="letters_page")
        with st.container(key="letters", gap=None):
            for letter in chosen[(page - 1) * ROWS_AT_ONCE : page * ROWS_AT_ONCE]:
                _show_row(letter, settings)


def matches(letter: Letter, wanted: str) -> bool:
    """Say whether every word of `wanted` stands in the letter's card or file name, in any case."""
    card = " ".join(value for field in CARD_FIELDS if (value := letter.card.value(field)))
    date = letter.card.value("date")
    there = f"{card} {written(date) if date else ''} {letter.source}".casefold()
    return all(word in there for word in wanted.casefold().split())


def _show_row(letter: Letter, settings: Settings) -> None:
    date = letter.card.value("date")
    with st.container(key=f"letter-{letter.id}", horizontal=True, vertical_alignment="top"):
        st.button(
            label(written(date) if date else "No date"),
            key=f"open-letter-{letter.id}",
            help=label(f"Open {letter.source}"),
            type="tertiary",
            width=140,
            on_click=session.open_letter,
            args=(letter.id,),
        )
        with st.container(width="stretch"):
            show(_card(letter))
        if st.button(
            "Correct",
            key=f"correct-letter-{letter.id}",
            help=label(f"Correct the card of {letter.source}"),
            type="tertiary",
        ):
            show_correct(settings, letter)


def _card(letter: Letter) -> Html:
    card = letter.card
    area = card.value("area")
    about = card.value("subject") or card.value("report")
    to = ", ".join(card.values("addressee"))
    by_hand = corrected_fields(card)
    return tag(
        "div",
        tag("p", tag("strong", text(writer(card))), text(f" · {area}") if area else NOTHING),
        tag("p", text(f"To {to}"), css="label") if to else NOTHING,
        tag("p", text(about)) if about else NOTHING,
        tag("p", text(f"Corrected by hand: {listed(by_hand)}"), css="label") if by_hand else NOTHING,
        css="card",
    )
