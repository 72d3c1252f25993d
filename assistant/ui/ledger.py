"""The ledger on the page: a row for each letter of a complete pass, with what it says and where."""

from collections import Counter

import streamlit as st

from assistant.answer import Answer, Citation, Ledger, LedgerRow, Says
from assistant.ui.citations import place, show_cited, source
from assistant.ui.markup import Html, show, tag, text
from assistant.ui.wording import counted

ROWS_AT_ONCE = 25

_SAYS: dict[Says, str] = {"yes": "Yes", "no": "No", "unreadable": "Unreadable"}
_ORDER: tuple[Says, ...] = ("yes", "unreadable", "no")


def show_ledger(answer: Answer, ledger: Ledger, *, key: str) -> None:
    """Draw the ledger, letters that say so first, a page of rows at a time."""
    rows = sorted(ledger.rows, key=lambda row: _ORDER.index(row.says))
    show(tag("p", text(f"Letter by letter: {summary(ledger)}"), css="small-heading"))
    with st.container(key=f"ledger-{key}", gap=None):
        page = 1
        if len(rows) > ROWS_AT_ONCE:
            page = st.pagination(-(-len(rows) // ROWS_AT_ONCE), key=f"ledger-page-{key}")
        for row in rows[(page - 1) * ROWS_AT_ONCE : page * ROWS_AT_ONCE]:
            cited = [answer.citation(number) for number in row.citations]
            show_cited(_row(row, cited), cited, key=f"{key}-{row.letter_id}")


def summary(ledger: Ledger) -> str:
    """Count what the letters say: of 5 letters, 2 say so, 3 do not, 0 could not be read."""
    says = Counter(row.says for row in ledger.rows)
    return (
        f"of {counted(len(ledger.rows), 'letter')}, {says['yes']:,} say so, {says['no']:,} do not, "
        f"{says['unreadable']:,} could not be read"
    )


def _row(row: LedgerRow, cited: list[Citation]) -> Html:
    quotes = [tag("p", source(citation, f"[{citation.number}] {place(citation)}")) for citation in cited]
    return tag(
        "div",
        tag("span", text(_SAYS[row.says]), css=f"says {row.says}"),
        tag("div", tag("p", text(row.label)), *quotes),
        css="ledger-row",
    )
