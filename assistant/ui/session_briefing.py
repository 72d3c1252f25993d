"""What a user has collected for a briefing, in order, and how it is to be written. Draws nothing.

It is kept for the user as it changes, where conversations are kept: a page that is loaded anew, and another window,
go on with it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import streamlit as st

from assistant.briefing import Item, Options
from assistant.kept_briefing import Collection, KeptBriefing
from vectorstore.errors import KeptError


@dataclass(slots=True)
class Collected:
    """An item of the briefing; its serial tells its controls from those of others, wherever it moves."""

    serial: int
    item: Item


def follow(record: KeptBriefing | None) -> None:
    """Go on with what is kept for this user, another window's changes included; with None, keep nothing."""
    st.session_state["briefing_record"] = record
    _catch_up()


def trouble() -> str:
    """Say why the briefing could not be kept, or ""."""
    return str(st.session_state.get("briefing_trouble", ""))


def collected() -> list[Collected]:
    """Return what was collected, in the order of the briefing; the list itself, not a copy."""
    found: list[Collected] = st.session_state.setdefault("collected", [])
    return found


def has(items: Iterable[Item]) -> bool:
    """Say whether all of these items are in the briefing."""
    known = {kept.item.identity for kept in collected()}
    return all(item.identity in known for item in items)


def add(items: Iterable[Item]) -> None:
    """Put items at the end; those that are there already stay where they are."""
    with _change():
        for item in items:
            if not has([item]):
                serial = (
                    max([st.session_state.get("collections", 0), *(one.serial for one in collected())]) + 1
                )
                st.session_state["collections"] = serial
                collected().append(Collected(serial, item))


def move(serial: int, by: int) -> None:
    """Move an item up (-1) or down (1)."""
    with _change():
        kept = collected()
        at = _position(serial)
        if at is not None and 0 <= at + by < len(kept):
            kept[at], kept[at + by] = kept[at + by], kept[at]


def remove(serial: int) -> None:
    """Take an item out."""
    with _change():
        at = _position(serial)
        if at is not None:
            del collected()[at]


def edit(serial: int, words: str) -> None:
    """Change what an item says."""
    with _change():
        at = _position(serial)
        if at is not None:
            kept = collected()[at]
            kept.item = replace(kept.item, text=words)


def clear() -> None:
    """Take everything out, and keep nothing of it."""
    with _change():
        collected().clear()
        st.session_state["briefing_options"] = Options()


def _position(serial: int) -> int | None:
    return next((at for at, kept in enumerate(collected()) if kept.serial == serial), None)


def options() -> Options:
    """Return how the briefing is to be written."""
    found: Options = st.session_state.setdefault("briefing_options", Options())
    return found


def choose(**changes: object) -> None:
    """Change how the briefing is to be written."""
    with _change():
        st.session_state["briefing_options"] = replace(options(), **changes)  # type: ignore[arg-type]  # callers name them


# -- kept -----------------------------------------------------------------------------------------


@contextmanager
def _change() -> Iterator[None]:
    """Change what other windows may have changed too, and keep it."""
    _catch_up()
    yield
    record: KeptBriefing | None = st.session_state.get("briefing_record")
    if record is not None:
        with _said():
            items = tuple((one.serial, one.item) for one in collected())
            st.session_state["briefing_stamp"] = record.save(items, options())


def _catch_up() -> None:
    """Read what is kept where it is not what this window knows."""
    record: KeptBriefing | None = st.session_state.get("briefing_record")
    if record is None:
        return
    with _said():
        if record.stamp() != st.session_state.get("briefing_stamp", ""):
            _show(record.open())


def _show(kept: Collection) -> None:
    st.session_state["briefing_stamp"] = kept.stamp
    before = {one.serial: one.item.text for one in collected()}
    st.session_state["collected"] = [Collected(serial, item) for serial, item in kept.items]
    for serial, item in kept.items:
        # What a control was given earlier would hide what another window wrote.
        if before.get(serial, item.text) != item.text:
            st.session_state[f"words-{serial}"] = item.text
    st.session_state["briefing_options"] = kept.options
    for name in ("title", "author", "marking", "include_unverified"):
        if f"brief-{name}" in st.session_state:
            st.session_state[f"brief-{name}"] = getattr(kept.options, name)


@contextmanager
def _said() -> Iterator[None]:
    """Note what is wrong with the file, for the page to say; the briefing of this window needs it not."""
    try:
        yield
    except KeptError as error:
        st.session_state["briefing_trouble"] = str(error)
    else:
        st.session_state.pop("briefing_trouble", None)
