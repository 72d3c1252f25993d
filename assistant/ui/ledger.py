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
    """Draw the ledger, the letters that were asked for first, a page of rows at a time."""
    asked_for = {statement.text for statement in answer.statements}
    rows = sorted(ledger.rows, key=lambda row: (row.label not in asked_for, _ORDER.index(row.says)))
    with st.container(key=f"ledger-{key}", gap=None):
        show(
            tag(
                "div",
                tag("span", text("Fits" if ledger.meaning else "Says so")),
                tag("span", text("Letter")),
                css="ledger-row ledger-head",
            )
        )
        page = 1
        if len(rows) > ROWS_AT_ONCE:
            page = st.pagination(-(-len(rows) // ROWS_AT_ONCE), key=f"ledger-page-{key}")
        for row in rows[(page - 1) * ROWS_AT_ONCE : page * ROWS_AT_ONCE]:
            cited = [answer.citation(number) for number in row.citations]
            show_cited(_row(row, cited), cited, key=f"{key}-{row.letter_id}")
    show(tag("p", text(summary(ledger)), css="label"))


def summary(ledger: Ledger) -> str:
    """Count what the letters say: 2 letters say so, 3 do not; and those that could not be read, if any."""
    says = Counter(row.says for row in ledger.rows)
    say = "says so" if says["yes"] == 1 else "say so"
    if ledger.meaning:
        say = "does" if says["yes"] == 1 else "do"
    does = "does" if says["no"] == 1 else "do"
    said = f"{counted(says['yes'], 'letter')} {say}, {says['no']:,} {does} not"
    if ledger.meaning:
        said = f"A letter fits that {ledger.meaning}: {said}"
    if says["unreadable"]:
        said += f", {says['unreadable']:,} could not be read"
    read = [row.by for row in ledger.rows if row.by]
    return f"{said}; {read[0]} reads {len(read):,} otherwise." if read else f"{said}."


def _row(row: LedgerRow, cited: list[Citation]) -> Html:
    quotes = [tag("p", source(citation, f"[{citation.number}] {place(citation)}")) for citation in cited]
    judged = (
        [tag("p", text(f"As {row.by} reads these words; our own check does not find it said"), css="label")]
        if row.by
        else []
    )
    return tag(
        "div",
        tag("span", text("Maybe" if row.by else _SAYS[row.says]), css=f"says {row.says}"),
        tag("div", tag("p", text(row.label)), *quotes, *judged),
        css="ledger-row",
    )
