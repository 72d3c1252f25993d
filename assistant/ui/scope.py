"""The scope of an answer on the page: a chip for each part, which a press takes away, and a form to change it."""

from functools import partial

import streamlit as st

from assistant.answer import Answer
from assistant.chat import Assistant
from assistant.scope_words import parts
from assistant.ui import session
from assistant.ui.markup import label, show, tag, text
from assistant.ui.wording import counted, values
from vectorstore.letter import Scope

_NAMES = {"area": "Area or organisation", "author": "Author", "addressee": "Addressee"}


def show_scope(answer: Answer, assistant: Assistant, *, key: str) -> None:
    """Draw which letters were looked at; a chip asks the same question again without its part.

    The form to change the scope stands under the last answer only.
    """
    if answer.kind == "off_topic":
        return
    is_last = key == str(len(session.exchanges()) - 1)
    found = parts(answer.scope)
    if not found and not is_last:
        return
    again = partial(session.ask_again, answer.standalone)
    with st.container(key=f"scope-{key}", horizontal=True, gap="xsmall", vertical_alignment="center"):
        looked_at = counted(answer.letters_in_scope, "letter")
        show(tag("p", text(f"{looked_at}:" if found else f"All {looked_at}"), css="label"))
        for at, part in enumerate(found):
            st.button(
                label(f"{part.words} ✕"),
                key=f"without-{key}-{at}",
                help=label(f"Ask again without: {part.words}"),
                on_click=again,
                args=(part.without,),
            )
        if is_last:
            with st.popover("Change"):
                _show_form(answer, assistant, key)


def _show_form(answer: Answer, assistant: Assistant, key: str) -> None:
    letters = assistant.letters()
    with st.form(f"scope-form-{key}", border=False):
        for field, title in _NAMES.items():
            options = values(letters, field)
            st.multiselect(
                title,
                options,
                default=[value for value in options if value in getattr(answer.scope, field)],
                key=f"scope-{field}-{key}",
            )
        st.text_input(
            "Dated from (2020, 2020-07 or 2020-07-28)", answer.scope.date_from or "", key=f"scope-from-{key}"
        )
        st.text_input("Dated to", answer.scope.date_to or "", key=f"scope-to-{key}")
        st.form_submit_button("Ask again", on_click=_ask_changed, args=(answer.standalone, key))


def _ask_changed(question: str, key: str) -> None:
    """Ask again within what the form says; a date that is none is left out and said."""
    state = st.session_state
    dates = [str(state[f"scope-{name}-{key}"]).strip() for name in ("from", "to")]
    session.ask_again(
        question,
        Scope(
            **{field: tuple(state[f"scope-{field}-{key}"]) for field in _NAMES},
            date_from=dates[0] if session.is_date(dates[0]) else None,
            date_to=dates[1] if session.is_date(dates[1]) else None,
        ),
        notice=" ".join(
            f"{date!r} is no date, and was left out." for date in dates if date and not session.is_date(date)
        ),
    )
