"""Add letters: upload files, watch them being read, and see what came of each."""

import streamlit as st

from assistant import assembly
from assistant.settings import Settings
from assistant.ui.job import Job, start
from assistant.ui.markup import join, label, show, tag, text
from assistant.ui.wording import counted, time_left
from vectorstore.ingest import IngestReport
from vectorstore.progress import Progress
from vectorstore.read import SUFFIXES
from vectorstore.readers.unfold import FOLDED

ABOUT = (
    "PDF, scans (PNG, JPEG, TIFF), Word (.docx), web pages, e-mails (.eml, .msg) with their attachments, text, and ZIP"
    " archives of these. What cannot be read is listed with the reason; nothing is left out silently."
)
REPLACE = "A file takes the place of an earlier upload of the same name"
POLL_S = 0.5


def show_add(settings: Settings) -> None:
    """Draw the form, the progress of what is being read, and the report of what was."""
    with st.container(key="add"):
        show(join(tag("h1", text("Add letters")), tag("div", tag("p", text(ABOUT)), css="about")))
        with st.form("upload", clear_on_submit=True, border=False):
            kinds = sorted(suffix[1:] for suffix in SUFFIXES | FOLDED)
            files = st.file_uploader("Letters", type=kinds, accept_multiple_files=True, key="uploaded")
            replace = st.checkbox(REPLACE, key="replace")
            asked = st.form_submit_button("Read them", type="primary")
        job: Job | None = st.session_state.get("job")
        if asked and files and (job is None or job.is_done):
            given = [(file.name, file.getvalue()) for file in files]
            job = st.session_state["job"] = start(
                lambda watch: assembly.add_uploads(settings, given, replace=replace, on_progress=watch)
            )
            job.wait(POLL_S)
        elif asked and not files:
            st.warning("Choose files first.")
        elif asked:
            st.warning(
                "Earlier files are still being read: wait until they are done, then choose these again."
            )
        if job is not None and not job.is_done:
            _show_progress(job)
        elif job is not None and job.report is not None:
            _show_report(job.report)
        elif job is not None:
            st.error(label(job.error))


@st.fragment(run_every=POLL_S)
def _show_progress(job: Job) -> None:
    if job.is_done:
        st.rerun()
    share, words = _share(job.progress)
    st.progress(share, text=label(words))


def _share(progress: Progress | None) -> tuple[float, str]:
    """Return how far an ingest is, 0 to 1, and the same in words."""
    if progress is None:
        return 0.0, "Reading the first file"
    share = progress.done / max(1, progress.total)
    if progress.stage == "embedding":
        words = f"{progress.done:,} of {counted(progress.total, 'passage')} made searchable"
    else:
        read = f"{progress.done:,} of {counted(progress.total, 'file')}"
        words = f"{read}, {counted(progress.pages, 'page')} read, last {progress.name}"
    left = time_left(progress.seconds_left)
    return share, f"{words}; {left}" if left else words


def _show_report(report: IngestReport) -> None:
    parts = [
        f"{number:,} {name}"
        for name, number in (
            ("added", report.added),
            ("unchanged", report.unchanged),
            ("replaced", report.replaced),
            ("removed", report.removed),
        )
        if number
    ]
    done = tag("p", tag("strong", text(", ".join(parts) or "No letter was added")), text("."))
    holds = tag("p", text(f"The store holds {counted(report.letters, 'letter')} now."), css="label")
    show(tag("div", done, holds, css="report"))
    for heading, listed in (
        (f"{len(report.failed):,} could not be read", report.failed),
        ("To know", report.notes),
    ):
        if listed:
            rows = [tag("li", tag("strong", text(one.source)), text(f": {one.reason}")) for one in listed]
            show(tag("div", tag("p", text(heading), css="small-heading"), tag("ul", *rows), css="report"))
