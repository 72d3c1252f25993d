"""A comparison on the page: sides by matters, the fewer of the two as columns, each quote with its button."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from assistant.answer import Answer, Statement
from assistant.chat import Assistant
from assistant.comparison import Table
from assistant.quotation import is_same
from assistant.ui.citations import place, show_cited, source
from assistant.ui.collecting import show_add
from assistant.ui.markup import show, tag, text

ROOM = 4.0  # of the quotes, beside the first column's 1


def show_table(answer: Answer, table: Table[Statement], assistant: Assistant, *, key: str) -> set[int]:
    """Draw a table; return the citations whose quotes stand in its cells."""
    quoted: set[int] = set()
    heads, rows = table.issues, table.rows
    if len(rows) < len(heads):
        heads = tuple(heading for heading, _ in table.rows)
        rows = tuple(zip(table.issues, zip(*(cells for _, cells in table.rows), strict=True), strict=True))
    widths = [1.0, *(ROOM / len(heads) for _ in heads)]
    with st.container(key=f"table-{key}", gap=None):
        if any(heads):
            for column, head in zip(st.columns(widths), ("", *heads), strict=True):
                with column:
                    show(tag("p", text(head), css="small-heading"))
        for at, (heading, cells) in enumerate(rows):
            columns = st.columns(widths)
            with columns[0]:
                show(tag("h3", text(heading), css="side"))
            for number, (column, cell) in enumerate(zip(columns[1:], cells, strict=True)):
                with column:
                    quoted |= _show_cell(answer, cell, assistant, key=f"{key}-{at}-{number}")
    return quoted


def _show_cell(answer: Answer, cell: Sequence[Statement], assistant: Assistant, *, key: str) -> set[int]:
    quoted: set[int] = set()
    for at, statement in enumerate(cell):
        cited = [answer.citation(number) for number in statement.citations]
        if not cited:
            show(tag("p", text(statement.text), css="empty-cell"))
            continue
        if len(cited) == 1 and statement.supported and is_same(statement.text, cited[0]):
            quoted.add(cited[0].number)
            words = tag("div", source(cited[0], place(cited[0])), css="quotation")
        else:
            doubt = (
                () if statement.supported else (tag("p", text("Not borne out by its quotes."), css="doubt"),)
            )
            words = tag("div", tag("p", text(statement.text)), *doubt, css="statement")
        add = partial(show_add, answer, answer.statements.index(statement), assistant, key=f"{key}-{at}")
        show_cited(words, cited, key=f"{key}-{at}", after=add)
    return quoted
