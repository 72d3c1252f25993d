"""A draft's file to its text; of what cannot be read one sentence."""

import io
import zipfile
from pathlib import Path

import pytest

from assistant import read_draft as module
from assistant.check import Checker
from assistant.read_draft import open_draft, read_draft
from tests.corpora import made
from vectorstore.errors import UnreadableError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word(body: str, notes: str = "") -> bytes:
    """Return a Word file with this body and these footnotes."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as package:
        package.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml"'
            ' ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/'
            'vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        )
        head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        package.writestr(
            "_rels/.rels",
            f'{head}<Relationship Id="r1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        package.writestr(
            "word/_rels/document.xml.rels",
            f'{head}<Relationship Id="r1" Type="{R}/footnotes" Target="footnotes.xml"/></Relationships>',
        )
        package.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
        package.writestr("word/footnotes.xml", f'<w:footnotes xmlns:w="{W}">{notes}</w:footnotes>')
    return written.getvalue()


def paragraph(words: str, style: str = "", note: str = "") -> str:
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    mark = f'<w:r><w:footnoteReference w:id="{note}"/></w:r>' if note else ""
    return f'<w:p>{styled}<w:r><w:t xml:space="preserve">{words}</w:t></w:r>{mark}</w:p>'


def test_a_word_draft_keeps_headings_quotations_and_notes() -> None:
    note = '<w:footnote w:id="2">' + paragraph("Birkett, 3 May 2021") + "</w:footnote>"
    body = (
        paragraph("Findings", "Heading1")
        + paragraph("She wrote “we built the wall”", note="2")
        + paragraph("We did not borrow for the wall.", "Quote")
    )
    text = read_draft(word(body, note), "draft.docx")
    assert text.split("\n\n") == [
        "# Findings",
        "She wrote “we built the wall”[^f2]",
        "> We did not borrow for the wall.",
        "[^f2]: Birkett, 3 May 2021",
    ]
    mine = made("In spring we built the wall. We did not borrow for the wall.", author="Ann Birkett")
    other = made("We saw that we built the wall too.", author="Cy Dunmore", source="other.txt")
    found = Checker([other, mine]).check(text)
    assert [(each.verdict, each.citation and each.citation.source) for each in found] == [
        ("verified", "made.txt"), ("verified", "made.txt"),
    ]  # fmt: skip


def sentence(data: bytes, name: str) -> str:
    with pytest.raises(UnreadableError) as raised:
        read_draft(data, name)
    said = str(raised.value)
    assert "\n" not in said
    assert said.endswith(".")
    assert repr(name) in said
    return said


def test_what_is_no_draft_is_said_in_one_sentence() -> None:
    assert "is empty" in sentence(b"", "a.txt")
    assert "no words" in sentence(b" \n ", "a.md")
    assert "are not read; save it as" in sentence(b"%PDF-1.7", "a.pdf")
    assert "without a suffix" in sentence(b"words", "draft")
    assert "control characters" in sentence(b"\x00\x01\x02words\x03" * 50, "a.txt")
    sentence(b"no zip at all", "a.docx")
    assert "no words" in sentence(word(paragraph(" ")), "a.docx")


def test_an_enormous_draft_is_refused_before_it_is_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(module, "MAX_TEXT_BYTES", 10)
    assert "larger than 10 bytes" in sentence(b"eleven bytes", "a.txt")
    monkeypatch.setattr(module, "MAX_WORD_BYTES", 5)
    path = tmp_path / "a.txt"
    path.write_bytes(b"eleven bytes")
    with pytest.raises(UnreadableError, match="larger than 5 bytes"):
        open_draft(path)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="There is no file"):
        open_draft(tmp_path / "none.txt")
    with pytest.raises(UnreadableError, match="is a folder"):
        open_draft(tmp_path)
    (tmp_path / "draft.md").write_text("“we agree”", "utf-16")
    assert open_draft(tmp_path / "draft.md") == "“we agree”"
