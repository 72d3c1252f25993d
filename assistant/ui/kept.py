"""Kept conversations on the page: whose they are, their list, and what can be done with the one that is open."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from assistant import assembly
from assistant.commands.conversations import conversation_json
from assistant.conversation_markdown import write_conversation
from assistant.conversations import Conversation, Conversations, Title
from assistant.kept import Kept
from assistant.kept_briefing import KeptBriefing
from assistant.settings import Settings
from assistant.ui import session, session_briefing
from assistant.ui.briefing import file_name
from assistant.ui.markup import label, show, tag, text
from vectorstore.errors import KeptError

LISTED = 12


def must_log_in() -> bool:
    """Whether people log in here, and this one has not."""
    return "is_logged_in" in st.user and not st.user["is_logged_in"]


def user(settings: Settings) -> str:
    """Return whose conversations these are: who logged in, or the one user whom the settings name."""
    if st.user.get("is_logged_in"):
        return f"{st.user.get('iss')}#{st.user.get('sub') or st.user.get('email')}"
    return settings.user


def conversations(settings: Settings) -> Conversations:
    """Return the conversations of whoever sits before this page."""
    return assembly.conversations(settings, user(settings))


def follow_briefing(settings: Settings) -> None:
    """Go on with the briefing that is kept for whoever sits before this page, where conversations are kept at all."""
    record = KeptBriefing(Kept(settings.store), user(settings)) if settings.keep_conversations else None
    session_briefing.follow(record)


def keep(exchange: session.Exchange, settings: Settings) -> None:
    """Put an exchange that has ended into the open conversation; where that fails it is said, and the chat goes on."""
    with _trouble():
        key = conversations(settings).add(
            session.conversation(), exchange.question, exchange.answer, exchange.error
        )
        session.continue_as(key)


def show_kept(settings: Settings) -> None:
    """Draw the list of conversations in the sidebar, and the menu of the open one."""
    kept = conversations(settings)
    with st.sidebar:
        with _trouble():
            titles = kept.titles()
            if titles:
                show(tag("p", text("Conversations"), css="small-heading"))
            with st.container(key="conversations", gap=None):
                for title in titles[:LISTED]:
                    _show_title(title, kept)
                if len(titles) > LISTED:
                    with st.expander(label(f"{len(titles) - LISTED} earlier")):
                        for title in titles[LISTED:]:
                            _show_title(title, kept)
        if trouble := st.session_state.get("kept_trouble"):
            st.warning(label(trouble))
        if st.user.get("is_logged_in"):
            st.button("Log out", on_click=st.logout, type="tertiary")


def _show_title(title: Title, kept: Conversations) -> None:
    is_open = title.id == session.conversation()
    with st.container(key=f"kept-{title.id}", horizontal=True, gap="xxsmall", vertical_alignment="center"):
        st.button(
            label(title.title),
            key=f"reopen-{title.id}",
            type="secondary" if is_open else "tertiary",
            width="stretch",
            help=label(f"{title.title}. Last asked {title.changed.replace('T', ' ')} UTC"),
            on_click=_guarded,
            args=(lambda: _reopen(kept, title.id),),
        )
        if is_open:
            with st.popover("Menu", type="tertiary", help="Rename, export or delete"):
                _show_menu(title, kept)


def _show_menu(title: Title, kept: Conversations) -> None:
    name = f"rename-{title.id}"
    st.text_input(
        "Title",
        value=title.title,
        key=name,
        max_chars=200,
        on_change=_guarded,
        args=(lambda: kept.rename(title.id, st.session_state[name]),),
    )
    conversation = kept.open(title.id)
    if conversation is None:
        return
    st.download_button(
        "Export as Markdown", write_conversation(conversation), file_name=f"{file_name(title.title)}.md",
        mime="text/markdown",
        key=f"markdown-{title.id}", on_click="ignore",
    )  # fmt: skip
    st.download_button(
        "Export as JSON", _json(conversation), file_name=f"{file_name(title.title)}.json", mime="application/json",
        key=f"json-{title.id}", on_click="ignore",
    )  # fmt: skip
    st.button(
        "Delete for good",
        key=f"delete-{title.id}",
        icon=":material/delete:",
        on_click=_guarded,
        args=(lambda: _delete(kept, title.id),),
    )


def _json(conversation: Conversation) -> str:
    return json.dumps(conversation_json(conversation), ensure_ascii=False, indent=2)


def _reopen(kept: Conversations, key: str) -> None:
    found = kept.open(key)
    if found is not None:  # it may have been deleted in another window
        session.reopen(found)


def _delete(kept: Conversations, key: str) -> None:
    kept.delete(key)
    session.new_chat()


def _guarded(work: Callable[[], None]) -> None:
    with _trouble():
        work()


@contextmanager
def _trouble() -> Iterator[None]:
    """Keep what is wrong with the file for the sidebar to say; the chat needs it not."""
    try:
        yield
    except KeptError as error:
        st.session_state["kept_trouble"] = str(error)
    else:
        st.session_state.pop("kept_trouble", None)
