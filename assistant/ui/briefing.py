"""The briefing: the statements that were collected, to be ordered and edited, and the file that comes of them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from assistant.briefing import NOT_HERE, Briefing, Entry, SourceRow, corpus_hash
from assistant.briefing_docx import MIME, write_docx
from assistant.briefing_markdown import write_markdown
from assistant.chat import Assistant
from assistant.comparison import Table
from assistant.compose import Checked, check, make_briefing
from assistant.ui import session_briefing
from assistant.ui.collecting import house_style
from assistant.ui.markup import NOTHING, Html, join, label, show, tag, text
from assistant.ui.session_briefing import move, remove
from assistant.ui.wording import counted

HOW = (
    "Nothing is collected yet. Ask the letters a question, then press “Add to briefing” under the answer, or “Add”"
    " beside one of its statements."
)
NOTHING_VERIFIED = "Nothing here is verified. Include what is not verified, or collect other statements."


def show_briefing(assistant: Assistant) -> None:
    """Draw the briefing: what was collected on the left, the file as it will be on the right."""
    kept = session_briefing.collected()
    if not kept:
        with st.container(key="no-briefing"):
            show(join(tag("h1", text("Briefing")), tag("div", tag("p", text(HOW)), css="about")))
        return
    letters = assistant.letters()
    by_id, corpus = {letter.id: letter for letter in letters}, corpus_hash(letters)
    with st.container(key="briefing"):
        left, right = st.columns(2, gap="large")
        with left:
            show(tag("h1", text("Briefing")))
            if trouble := session_briefing.trouble():
                st.warning(label(trouble))
            _show_options()
            for position, one in enumerate(kept):
                is_last = position == len(kept) - 1
                _show_item(one, check(one.item, by_id, corpus), position, is_last=is_last)
        briefing = make_briefing(
            [one.item for one in kept], letters, options=session_briefing.options(), style=house_style()
        )
        with right:
            with st.container(horizontal=True, gap="small"):
                _show_downloads(briefing)
                with st.popover("Clear", icon=":material/delete_sweep:", type="tertiary", key="clear"):
                    st.button("Remove everything for good", key="clear-all", on_click=session_briefing.clear)
            show(_sheet(briefing))


# -- what was collected ---------------------------------------------------------------------------


def _show_options() -> None:
    chosen = session_briefing.options()
    st.text_input("Title", value=chosen.title, key="brief-title", on_change=_choose, args=("title",))
    author, marking = st.columns(2)
    with author:
        st.text_input("Author", value=chosen.author, key="brief-author", on_change=_choose, args=("author",))
    with marking:
        st.text_input(
            "Handling marking",
            value=chosen.marking,
            key="brief-marking",
            placeholder="For header and footer",
            on_change=_choose,
            args=("marking",),
        )
    st.checkbox(
        "Include what is not verified, marked as such",
        value=chosen.include_unverified,
        key="brief-include_unverified",
        on_change=_choose,
        args=("include_unverified",),
    )


def _choose(name: str) -> None:
    session_briefing.choose(**{name: st.session_state[f"brief-{name}"]})


def _show_item(one: session_briefing.Collected, checked: Checked, position: int, *, is_last: bool) -> None:
    serial, item = one.serial, one.item
    with st.container(key=f"item-{serial}", border=True, gap="xsmall"):
        show(tag("p", text(item.question), css="label"))
        st.text_area(
            label(f"Statement {position + 1}"),
            value=item.text,
            key=f"words-{serial}",
            height="content",
            label_visibility="collapsed",
            on_change=_edit,
            args=(serial,),
        )
        show(_verdict(one, checked))
        with st.container(horizontal=True, gap="xsmall"):
            is_edited = item.text != item.original
            _show_button("Up", "arrow_upward", serial, partial(move, serial, -1), disabled=position == 0)
            _show_button("Down", "arrow_downward", serial, partial(move, serial, 1), disabled=is_last)
            _show_button("Undo edits", "undo", serial, partial(_undo, one), disabled=not is_edited)
            _show_button("Remove", "delete", serial, partial(remove, serial))


def _show_button(
    name: str, icon: str, serial: int, act: Callable[[], None], *, disabled: bool = False
) -> None:
    key = f"{name.partition(' ')[0].lower()}-{serial}"
    st.button(
        label(name), key=key, icon=f":material/{icon}:", type="tertiary", disabled=disabled, on_click=act
    )


def _edit(serial: int) -> None:
    session_briefing.edit(serial, st.session_state[f"words-{serial}"])


def _undo(one: session_briefing.Collected) -> None:
    st.session_state[f"words-{one.serial}"] = one.item.original
    session_briefing.edit(one.serial, one.item.original)


def _verdict(one: session_briefing.Collected, checked: Checked) -> Html:
    """Say whether a statement is verified, how many citations it has, and what became of others."""
    if checked.doubt:
        words = [tag("span", text(f"Not verified: {checked.doubt}."), css="doubt")]
    elif one.item.is_edited:
        words = [text("Verified: its quotes carry its figures, names and negations; the wording is yours.")]
    elif one.item.basis and not checked.cited:
        words = [text(f"Nothing to verify: {one.item.basis}.")]
    else:
        words = [text("Verified.")]
    if checked.cited:
        words.append(text(f" {counted(len(checked.cited), 'citation')}."))
    words += [
        tag("span", text(f" Left out: {reason}."), css="doubt") for reason in dict.fromkeys(checked.gone)
    ]
    return tag("p", *words, css="label")


# -- the file -------------------------------------------------------------------------------------


def _show_downloads(briefing: Briefing) -> None:
    if not briefing.sections:
        show(tag("p", text(NOTHING_VERIFIED), css="doubt"))
        return
    name = file_name(briefing.title)
    # One press more, so that what was typed last has reached the file before it can be had.
    with st.popover("Download", icon=":material/download:", type="primary", key="downloads"):
        st.download_button(
            "Word",
            data=write_docx(briefing),
            file_name=f"{name}.docx",
            mime=MIME,
            key="download-docx",
            width="stretch",
            on_click="ignore",
        )
        st.download_button(
            "Markdown",
            data=write_markdown(briefing).encode(),
            file_name=f"{name}.md",
            mime="text/markdown",
            key="download-md",
            width="stretch",
            on_click="ignore",
        )


def file_name(title: str) -> str:
    """Make a file's name of a title: its words in small letters, joined with hyphens."""
    return "-".join(re.findall(r"\w+", title.lower()))[:60].strip("-") or "briefing"


def _sheet(briefing: Briefing) -> Html:
    """Write the briefing as it will be in the file."""
    marking = tag("p", text(briefing.marking), css="marking") if briefing.marking else NOTHING
    lines = [tag("h2", text(briefing.title))]
    if briefing.author:
        lines.append(tag("p", text(briefing.author), css="label"))
    lines += [tag("p", text(line), css="doubt") for line in briefing.left_out]
    for section in briefing.sections:
        lines.append(tag("h3", text(section.question)))
        heading = ""
        for entry in section.before_table:
            if entry.heading and entry.heading != heading:
                lines.append(tag("p", tag("strong", text(entry.heading))))
            heading = entry.heading
            lines.append(_entry(entry))
        if section.table:
            lines.append(_comparison(section.column_heads, section.table))
    notes = [
        tag("li", tag("span", text(str(note.number)), css="number"), tag("div", text(note.text)))
        for note in briefing.footnotes
    ]
    if notes:
        lines.append(tag("ul", *notes, css="sources notes"))
    lines.append(_annex(briefing))
    return tag("article", marking, *lines, marking, css="sheet", aria_label="Preview", tabindex="0")


def _comparison(heads: Sequence[str], table: Table[Entry]) -> Html:
    rows = [tag("tr", *(tag("th", text(head), scope="col") for head in heads))]
    for heading, cells in table.rows:
        said = (
            tag("td", *(_entry(replace(one, basis="")) for one in cell) if cell else (text(NOT_HERE),))
            for cell in cells
        )
        rows.append(tag("tr", tag("th", text(heading), scope="row"), *said))
    return tag("table", *rows)


def _entry(entry: Entry) -> Html:
    numbers = ", ".join(str(note.number) for note in entry.footnotes)
    mark = tag("span", text(numbers), css="note-mark") if numbers else NOTHING
    if entry.quoted:
        whose = tag("span", text(f" (words of {entry.speaker})"), css="label") if entry.speaker else NOTHING
        return tag("p", tag("q", text(entry.text)), mark, whose, css="quoted-words")
    if not entry.doubt:
        aside = tag("span", text(f" ({entry.basis})"), css="label") if entry.basis else NOTHING
        return tag("p", text(entry.text), mark, aside)
    before = tag("span", text("Not verified: "), css="doubt")
    return tag(
        "p",
        before,
        text(entry.text),
        mark,
        tag("span", text(f" ({entry.doubt})"), css="label"),
        css="unsupported",
    )


def _annex(briefing: Briefing) -> Html:
    facts = [
        part for name, value in briefing.facts for part in (tag("dt", text(name)), tag("dd", text(value)))
    ]
    return tag(
        "details",
        tag("summary", text("Annex: what this rests on")),
        tag("dl", *facts),
        _rows("Letters consulted and cited", briefing.cited, "footnotes "),
        _rows("Letters in scope, not cited", briefing.uncited, ""),
    )


def _rows(heading: str, rows: tuple[SourceRow, ...], before: str) -> Html:
    lines = [tag("li", text(f"{row.letter} · {row.file} · {before}{row.use}")) for row in rows]
    return join(
        tag("p", text(heading), css="small-heading"), tag("ul", *lines) if lines else tag("p", text("None."))
    )
