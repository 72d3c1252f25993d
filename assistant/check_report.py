"""A check as a report to keep or send on: Markdown or Word, with nothing in it that is fetched or run (pure)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape as escape_xml

from assistant.briefing_markdown import escape
from assistant.check import summary
from assistant.docx_parts import LANGUAGE, PACKAGE, W, pack
from assistant.finding import Finding, Verdict, by_trouble
from assistant.quotation import one_line

TITLE = "Check of a draft"
SAYS: dict[Verdict, str] = {
    "altered": "Altered",
    "misattributed": "Misattributed",
    "cannot_check": "Cannot be checked",
    "not_found": "Not found",
    "verified": "Verified",
}
MEANING = (
    "Verified: the words stand in the letter, word for word; not that they are true. Altered: a letter has nearly these"
    " words; what differs is marked, the letter’s words struck out, the draft’s underlined or bold. Misattributed: the"
    " words are somebody else’s. Not found: no letter has them. Cannot be checked: a page of the letter could not"
    " be read. Not checked: no letter is named for a figure, and none says it of the same thing."
)
_CHANGE = re.compile(r"\[-(?P<theirs>.*?)-\]|\{\+(?P<ours>.*?)\+\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Change:
    """A run of words of a difference: `kind` is "same", "letter" (the letter's alone) or "draft" (the draft's)."""

    kind: str
    words: str


def changes(difference: str) -> Iterator[Change]:
    """Take a marked difference apart."""
    at = 0
    for found in _CHANGE.finditer(difference):
        if found.start() > at:
            yield Change("same", difference[at : found.start()])
        if found["theirs"] is not None:
            yield Change("letter", found["theirs"])
        else:
            yield Change("draft", found["ours"])
        at = found.end()
    if at < len(difference):
        yield Change("same", difference[at:])


def heading(finding: Finding) -> str:
    """Say what came of a quotation or figure, in words."""
    if finding.is_unchecked:
        return "Not checked (no letter is named)"
    if finding.kind == "quote" and finding.verdict == "not_found" and not finding.loud:
        return "Not found (a way of speaking?)"
    return SAYS[finding.verdict]


def place(finding: Finding) -> str:
    """Say where in which letter it was held against, or ""."""
    cited = finding.citation
    if cited is None:
        return ""
    if not cited.exact:
        return cited.source
    return f"{cited.label} ({cited.source}, characters {cited.start} to {cited.end})"


# -- Markdown -------------------------------------------------------------------------------------


def write_markdown(findings: Sequence[Finding], *, name: str = "", letters: int = 0) -> str:
    """Write a report in Markdown.

    Args:
        name: of the draft's file, or "".
        letters: how many it was held against.
    """
    blocks = [f"# {TITLE}", *(escape(line) for line in _opening(findings, name, letters))]
    for number, finding in enumerate(by_trouble(list(findings)), start=1):
        blocks.append(f"## {number}. {escape(heading(finding))}")
        quoted = one_line(finding.quote)
        blocks.append(f"> “{escape(quoted)}”" if finding.kind == "quote" else f"> Figure: {escape(quoted)}")
        if finding.context:
            blocks.append(f"In the draft: {escape(one_line(finding.context))}")
        if finding.difference:
            blocks.append(
                "Difference: " + "".join(_change_markdown(each) for each in changes(finding.difference))
            )
        if finding.citation:
            blocks.append(f"Letter: {escape(one_line(place(finding)))}")
            if finding.citation.exact.strip() and finding.verdict != "verified":
                blocks.append(f"The letter reads: “{escape(one_line(finding.citation.exact))}”")
        if finding.note:
            blocks.append(f"Note: {escape(one_line(finding.note))}")
    return "\n\n".join(blocks) + "\n"


def _opening(findings: Sequence[Finding], name: str, letters: int) -> Iterator[str]:
    if name:
        yield f"Draft: {one_line(name)}"
    yield summary(findings)
    if letters:
        yield f"Held against {letters:,} letter{'' if letters == 1 else 's'}."
    yield MEANING


def _change_markdown(change: Change) -> str:
    lead, words, tail = _spaced(change.words)
    if change.kind == "same" or not words:
        return lead + escape(words) + tail if words else lead + tail
    mark = "~~" if change.kind == "letter" else "**"
    return f"{lead}{mark}{escape(words)}{mark}{tail}"


def _spaced(words: str) -> tuple[str, str, str]:
    bare = words.strip()
    if not bare:
        return words, "", ""
    at = words.index(bare[0])
    return words[:at], bare, words[at + len(bare) :]


# -- Word -----------------------------------------------------------------------------------------


def write_docx(findings: Sequence[Finding], *, name: str = "", letters: int = 0) -> bytes:
    """Write a report as a Word file; the same findings give the same bytes."""
    body = [_paragraph(_run(TITLE), "Title")]
    body += [_paragraph(_run(line)) for line in _opening(findings, name, letters)]
    for number, finding in enumerate(by_trouble(list(findings)), start=1):
        body.append(_paragraph(_run(f"{number}. {heading(finding)}"), "Heading2"))
        quoted = one_line(finding.quote)
        body.append(
            _paragraph(_run(f"“{quoted}”" if finding.kind == "quote" else f"Figure: {quoted}"), "Quote")
        )
        if finding.context:
            body.append(_paragraph(_run("In the draft: ", "Aside") + _run(one_line(finding.context))))
        if finding.difference:
            marked = "".join(_change_word(each) for each in changes(one_line(finding.difference)))
            body.append(_paragraph(_run("Difference: ", "Aside") + marked))
        if finding.citation:
            body.append(_paragraph(_run("Letter: ", "Aside") + _run(one_line(place(finding)))))
            if finding.citation.exact.strip() and finding.verdict != "verified":
                words = f"“{one_line(finding.citation.exact)}”"
                body.append(_paragraph(_run("The letter reads: ", "Aside") + _run(words)))
        if finding.note:
            body.append(_paragraph(_run("Note: ", "Aside") + _run(one_line(finding.note))))
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    document = (
        f'{head}<w:document xmlns:w="{W}"><w:body>{"".join(body)}'
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1304" w:right="1304" w:bottom="1304" w:left="1304"'
        ' w:header="708" w:footer="708" w:gutter="0"/>'
        "</w:sectPr></w:body></w:document>"
    )
    core = (
        f'{head}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{TITLE}</dc:title>'
        f"<dc:language>{LANGUAGE}</dc:language></cp:coreProperties>"
    )
    # Word asks for the notes that its settings name, also where there are none.
    notes = (
        f'{head}<w:footnotes xmlns:w="{W}">'
        '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    return pack({"document": document.encode(), "footnotes": notes.encode(), "core": core.encode()})


def _paragraph(runs: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{runs}</w:p>"


def _run(words: str, style: str = "", marks: str = "") -> str:
    named = f'<w:rStyle w:val="{style}"/>' if style else ""
    properties = f"<w:rPr>{named}{marks}</w:rPr>" if named or marks else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape_xml(words)}</w:t></w:r>'


def _change_word(change: Change) -> str:
    marks = {"letter": "<w:strike/>", "draft": '<w:b/><w:u w:val="single"/>'}
    return _run(change.words, marks=marks.get(change.kind, ""))
