"""Check a draft: paste or upload one, and see what came of each of its quotations and figures."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from assistant.chat import Assistant
from assistant.check import Checker, summary
from assistant.check_report import MEANING, changes, heading, write_docx, write_markdown
from assistant.finding import Finding, by_trouble
from assistant.read_draft import MAX_TEXT_BYTES, SUFFIXES, read_draft
from assistant.ui import reader, session
from assistant.ui.markup import NOTHING, Html, clip, join, label, show, tag, text
from vectorstore.errors import UnreadableError
from vectorstore.letter import Letter

ABOUT = "Every quotation and every figure of a draft is held against the letters. Nothing of it is kept."
NOTHING_GIVEN = "Paste a draft or choose a file first."
NOTHING_FOUND = "There is neither a quotation nor a figure in this draft: there was nothing to check."
ROWS_AT_ONCE = 25
SHOWN_CHARS = 1_500


@dataclass(frozen=True, slots=True)
class Checked:
    """A draft that was checked.

    Args:
        name: of its file, or "" where it was pasted.
    """

    findings: tuple[Finding, ...]
    name: str
    markdown: str
    docx: bytes


def show_check(assistant: Assistant) -> None:
    """Draw the form and what came of the draft that was checked last."""
    letters = assistant.letters()
    with reader.beside(assistant):
        show(join(tag("h1", text("Check a draft")), tag("div", tag("p", text(ABOUT)), css="about")))
        with st.form("check", border=False):
            pasted = st.text_area(
                "Draft", key="check_text", height=180, placeholder="Paste a draft with its quotations …"
            )
            chosen = st.file_uploader("or a file", type=[suffix[1:] for suffix in SUFFIXES], key="check_file")
            asked = st.form_submit_button("Check", type="primary")
        if asked:
            st.session_state["checked"] = None
            try:
                given = (
                    (chosen.getvalue(), chosen.name) if chosen else (pasted.encode("utf-8", "replace"), "")
                )
                st.session_state["checked"] = _check(letters, *given)
            except UnreadableError as error:
                st.error(label(str(error)))
        checked: Checked | None = st.session_state.get("checked")
        if checked is not None:
            _show_checked(checked)


def _check(letters: Sequence[Letter], data: bytes, name: str) -> Checked:
    """Check a draft.

    Raises:
        UnreadableError: it cannot be read, or there is none.
    """
    if not name and not data.strip():
        raise UnreadableError(NOTHING_GIVEN)
    if not name and len(data) > MAX_TEXT_BYTES:
        raise UnreadableError(f"The draft is larger than {MAX_TEXT_BYTES:,} bytes; check it in parts.")
    with st.spinner("Checking"):
        draft = read_draft(data, name) if name else data.decode()
        findings = _checker(_key(letters), letters).check(draft)
        markdown = write_markdown(findings, name=name, letters=len(letters))
        return Checked(tuple(findings), name, markdown, write_docx(findings, name=name, letters=len(letters)))


@st.cache_resource(show_spinner=False, max_entries=1)
def _checker(_of: str, _letters: Sequence[Letter]) -> Checker:
    """Make the indexes once for the letters as they are."""
    return Checker(_letters)


def _key(letters: Sequence[Letter]) -> str:
    """Return what changes with any letter, its card included."""
    digest = hashlib.sha256()
    for letter in letters:
        digest.update(
            f"{letter.id} {letter.source} {letter.text_sha256} {letter.card}".encode("utf-8", "replace")
        )
    return digest.hexdigest()


def _show_checked(checked: Checked) -> None:
    if not checked.findings:
        st.info(NOTHING_FOUND)
        return
    about = f"{checked.name}: " if checked.name else ""
    show(
        tag(
            "div",
            tag("h2", text(f"{about}{summary(checked.findings)}")),
            tag("details", tag("summary", text("What the verdicts mean")), tag("p", text(MEANING))),
            css="checked",
        )
    )
    with st.container(key="check-report", horizontal=True, gap="small"):
        st.download_button("Report (Word)", checked.docx, "check.docx", key="check_docx", on_click="ignore")
        st.download_button(
            "Report (Markdown)", checked.markdown, "check.md", key="check_markdown", on_click="ignore"
        )
    rows = by_trouble(list(checked.findings))
    page = 1
    if len(rows) > ROWS_AT_ONCE:
        page = st.pagination(-(-len(rows) // ROWS_AT_ONCE), key="check_page")
    first = (page - 1) * ROWS_AT_ONCE
    with st.container(key="findings", gap=None):
        for number, finding in enumerate(rows[first : first + ROWS_AT_ONCE], start=first):
            _show_finding(finding, str(number))


def _show_finding(finding: Finding, key: str) -> None:
    cited = finding.citation
    with st.container(key=f"finding-{key}", horizontal=True, gap="small", vertical_alignment="top"):
        with st.container(width="stretch"):
            show(_row(finding))
        if cited:
            st.button(
                "Open",
                key=f"open-finding-{key}",
                help=label(f"Open the letter: {cited.label}"),
                on_click=session.open_letter,
                args=(cited.letter_id, cited if cited.exact else None),
            )


def _row(finding: Finding) -> Html:
    said = tag("span", text(heading(finding)), css=f"verdict {finding.verdict if finding.loud else 'quiet'}")
    quoted = clip(finding.quote, SHOWN_CHARS)
    if finding.kind == "quote":
        claimed = tag("p", tag("q", text(quoted)), css="claimed")
    else:
        claimed = tag(
            "p", tag("strong", text(quoted)), text(" in: "), text(clip(finding.context, SHOWN_CHARS))
        )
    cited = finding.citation
    return tag(
        "div",
        said,
        tag(
            "div",
            claimed,
            _difference(finding) if finding.difference else NOTHING,
            tag("p", text(cited.label if cited.exact else cited.source), css="label") if cited else NOTHING,
            tag("p", text(finding.note), css="note") if finding.note else NOTHING,
        ),
        css="finding",
    )


def _difference(finding: Finding) -> Html:
    """Mark what differs: the letter's words struck out, the draft's underlined, and said so to who cannot see it."""
    parts = []
    for change in changes(finding.difference):
        if change.kind == "letter":
            parts.append(tag("del", text(change.words), title="the letter’s words"))
        elif change.kind == "draft":
            parts.append(tag("ins", text(change.words), title="the draft’s words"))
        else:
            parts.append(text(change.words))
    return tag("p", join(*parts), css="difference")
