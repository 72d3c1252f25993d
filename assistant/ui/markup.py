"""The one way for text to reach the page: escaped, never as Markdown.

Streamlit's Markdown loads remote images and rewrites `10~20~30`, `:red[..]` and `$..$`, so the words of
letters, users and models go through `text` into HTML. Where Streamlit takes nothing but Markdown
(button labels, `st.error`), they go through `label`.
"""

import html
import re
from typing import NewType

import streamlit as st

Html = NewType("Html", str)

NOTHING = Html("")

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def text(value: str) -> Html:
    """Escape `value`, so that it is shown as it is; control characters become U+FFFD."""
    return Html(html.escape(_UNPRINTABLE.sub("\ufffd", value), quote=True))


def tag(name: str, *children: Html, css: str = "", **attributes: str) -> Html:
    """Wrap `children` in an element; `name`, `css` and attribute names are the program's own words.

    Example:
        >>> tag("p", text("a < b"), css="quote")
        '<p class="quote">a &lt; b</p>'
    """
    given = {"class": css, **attributes} if css else attributes
    written = "".join(f' {key.replace("_", "-")}="{text(value)}"' for key, value in given.items())
    return Html(f"<{name}{written}>{join(*children)}</{name}>")


def join(*parts: Html, separator: str = "") -> Html:
    """Put parts one after the other."""
    return Html(separator.join(parts))


def show(markup: Html) -> None:
    """Put markup on the page."""
    st.html(f"<div>{markup}</div>")


def label(value: str) -> str:
    """Escape `value` for a place that takes Markdown and nothing else; line breaks become spaces."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(_UNPRINTABLE.sub("\ufffd", value).split()))


def clip(value: str, max_chars: int) -> str:
    """Shorten the user's own words for display, saying how long they were; never used on a quote."""
    if len(value) <= max_chars:
        return value
    return f"{value[:max_chars]}… ({len(value):,} characters in all)"
