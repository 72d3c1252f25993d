"""The ledger on the page: a row for each letter of a complete pass, with what it says and where."""

from collections import Counter

import streamlit as st

from assistant.answer import Answer, Ledger, LedgerRow, Says
from assistant.ui.citations import show_cited
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
            show_cited(_row(row), [answer.citation(n) for n in row.citations], key=f"{key}-{row.letter_id}")


def summary(ledger: Ledger) -> str:
    """Count what the letters say: 2 say so, 3 do not, 0 could not be read."""
    says = Counter(row.says for row in ledger.rows)
    return (
        f"of {counted(len(ledger.rows), 'letter')}, {says['yes']:,} say so, {says['no']:,} do not, "
        f"{says['unreadable']:,} could not be read"
    )


def _row(row: LedgerRow) -> Html:
    return tag(
        "div",
        tag("span", text(_SAYS[row.says]), css=f"says {row.says}"),
        tag("span", text(row.label)),
        css="ledger-row",
    )
