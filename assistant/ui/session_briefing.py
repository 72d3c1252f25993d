"""What one browser session has collected for its briefing, in order, and how it is to be written. Draws nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import streamlit as st

from assistant.briefing import Item, Options


@dataclass(slots=True)
class Collected:
    """An item of the briefing; its serial tells its controls from those of others, wherever it moves."""

    serial: int
    item: Item


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
    for item in items:
        if not has([item]):
            serial = st.session_state.get("collections", 0) + 1
            st.session_state["collections"] = serial
            collected().append(Collected(serial, item))


def move(serial: int, by: int) -> None:
    """Move an item up (-1) or down (1)."""
    kept = collected()
    at = _position(serial)
    if at is not None and 0 <= at + by < len(kept):
        kept[at], kept[at + by] = kept[at + by], kept[at]


def remove(serial: int) -> None:
    """Take an item out."""
    at = _position(serial)
    if at is not None:
        del collected()[at]


def edit(serial: int, words: str) -> None:
    """Change what an item says."""
    at = _position(serial)
    if at is not None:
        kept = collected()[at]
        kept.item = replace(kept.item, text=words)


def _position(serial: int) -> int | None:
    return next((at for at, kept in enumerate(collected()) if kept.serial == serial), None)


def options() -> Options:
    """Return how the briefing is to be written."""
    found: Options = st.session_state.setdefault("briefing_options", Options())
    return found


def choose(**changes: object) -> None:
    """Change how the briefing is to be written."""
    st.session_state["briefing_options"] = replace(options(), **changes)  # type: ignore[arg-type]  # callers name them
