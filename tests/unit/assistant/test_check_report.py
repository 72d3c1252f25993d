"""The report of a check, in Markdown and in Word."""

import io
import zipfile

import pytest
from lxml import etree

from assistant.check import Checker
from assistant.check_report import changes, write_docx, write_markdown
from assistant.finding import Finding
from assistant.read_draft import read_word
from tests.corpora import made

DRAFT = (
    "Example: “The board spent £13 million on the wall, and did not borrow.” and “nobody ever wrote this at all here”."
    " Of <b>17</b> per cent & more: “![x](http://192.0.2.1/x.png) *bold* <script>alert(1)</script> of it”."
)


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    return Checker([made("The board spent £31 million on the wall, and did not borrow.")]).check(DRAFT)


def test_the_markdown_says_what_came_of_each_and_runs_nothing(findings: list[Finding]) -> None:
    report = write_markdown(findings, name="a*b.md", letters=1)
    assert "1 altered" in report
    assert "~~£31~~**£13**" in report
    assert "made.txt, characters" in report
    assert "a\\*b.md" in report
    assert "![x]" not in report
    assert "<script>" not in report
    assert report.index("Altered") < report.index("Not found")


def test_the_word_file_is_sound_has_no_outside_part_and_holds_the_same(findings: list[Finding]) -> None:
    data = write_docx(findings, name="a & b.docx", letters=1)
    assert data == write_docx(findings, name="a & b.docx", letters=1)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            etree.fromstring(package.read(name))
            assert b"TargetMode" not in package.read(name)
        document = package.read("word/document.xml").decode()
    assert "<w:strike/>" in document
    words = read_word(data, "check.docx")
    assert "a & b.docx" in words
    assert "£31£13" in words
    assert "<script>alert(1)</script>" in words


def test_control_characters_break_no_report() -> None:
    found = Checker([made("We agree.")]).check("Example: “we \x01 agree \ud800 with\x0b all of it”")
    assert "�" in write_markdown(found)
    with zipfile.ZipFile(io.BytesIO(write_docx(found))) as package:
        etree.fromstring(package.read("word/document.xml"))


def test_a_difference_is_taken_apart() -> None:
    assert [(each.kind, each.words) for each in changes("a [-b-]{+c+} d")] == [
        ("same", "a "), ("letter", "b"), ("draft", "c"), ("same", " d"),
    ]  # fmt: skip
    assert list(changes("")) == []
