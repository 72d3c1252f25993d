"""The Word file: footnotes that Word knows, nothing that it would fetch or work out, the same bytes each time."""

import io
import posixpath
import zipfile
from dataclasses import replace

import pytest
from lxml import etree

from assistant.briefing import FROM_READING, Briefing
from assistant.briefing_docx import TEXT_WIDTH, write_docx
from assistant.comparison import SAYS_NOTHING
from assistant.docx_parts import W
from assistant.quotation import one_line
from tests.unit.assistant.briefings import (
    ASIDE,
    CALLS,
    SPENT,
    brief,
    cited,
    comparison_answer,
    corpus,
    grant_answer,
    items_of,
    made,
    not_found,
    pass_answer,
)
from vectorstore.readers.docx import read_docx

ODD = "Sum \x0b\x00\ud800\ufffe & <w:br/> ]]> \u202e000,87 \u05e9\u05dc\u05d5\u05dd {MERGEFIELD x} 'a' \"b\" \U0001f600"


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def words(element: etree._Element) -> str:
    return "".join(run.text or "" for run in element.iter(f"{{{W}}}t"))


def full() -> Briefing:
    letters = corpus()
    answers = grant_answer(letters), pass_answer(letters), not_found()
    items = items_of(letters, *answers)
    items[1] = replace(items[1], text="The force spent 5 pounds.")
    return brief(
        items,
        letters,
        title="Grants & calls",
        author="A. Analyst",
        marking="OFFICIAL",
        include_unverified=True,
    )


def test_every_part_is_xml_that_is_declared_and_related() -> None:
    files = parts(write_docx(full()))
    types = etree.fromstring(files["[Content_Types].xml"])
    declared = {item.get("PartName") for item in types.iterfind("{*}Override")}
    assert declared == {f"/{name}" for name in files if not name.endswith(".rels") and name[0] != "["}
    related = set()
    for name in files:
        etree.fromstring(files[name])
        if name.endswith(".rels"):
            base = posixpath.dirname(posixpath.dirname(name))
            for relation in etree.fromstring(files[name]):
                assert relation.get("TargetMode") is None
                related.add(posixpath.join("/", base, relation.get("Target") or ""))
    assert related == declared


def test_nothing_in_it_is_worked_out_run_or_fetched() -> None:
    files = parts(write_docx(full()))
    assert not [name for name in files if name.endswith((".bin", ".jpeg", ".png", ".emf"))]
    for name, data in files.items():
        used = {etree.QName(element).localname for element in etree.fromstring(data).iter()}
        assert not used & {
            "fldSimple", "fldChar", "instrText", "hyperlink", "drawing", "pict", "object", "altChunk",
            "attachedTemplate", "subDoc", "dataBinding", "sdt", "updateFields",
        }, name  # fmt: skip


def test_footnotes_are_notes_of_word_each_referred_to_once_in_order() -> None:
    made_of = full()
    files = parts(write_docx(made_of))
    notes = etree.fromstring(files["word/footnotes.xml"]).findall("{*}footnote")
    assert [(n.get(f"{{{W}}}type"), n.get(f"{{{W}}}id")) for n in notes[:2]] == [
        ("separator", "-1"), ("continuationSeparator", "0"),
    ]  # fmt: skip
    assert {n.get(f"{{{W}}}id"): words(n).strip() for n in notes[2:]} == {
        str(note.number): note.text for note in made_of.footnotes
    }
    assert all(n.find(".//{*}footnoteRef") is not None for n in notes[2:])
    document = etree.fromstring(files["word/document.xml"])
    referred = [mark.get(f"{{{W}}}id") for mark in document.iter("{*}footnoteReference")]
    assert referred == [str(n) for n in range(1, len(made_of.footnotes) + 1)]
    known = etree.fromstring(files["word/settings.xml"]).find("{*}footnotePr")
    assert known is not None
    assert [note.get(f"{{{W}}}id") for note in known] == ["-1", "0"]


def test_every_style_that_is_used_is_there() -> None:
    files = parts(write_docx(full()))
    styles = etree.fromstring(files["word/styles.xml"])
    there = {style.get(f"{{{W}}}styleId") for style in styles.iterfind("{*}style")}
    used = {
        element.get(f"{{{W}}}val")
        for name in ("document", "footnotes", "header", "footer")
        for tag in ("pStyle", "rStyle", "tblStyle")
        for element in etree.fromstring(files[f"word/{name}.xml"]).iter(f"{{*}}{tag}")
    }
    assert {"FootnoteText", "FootnoteReference", "Title", "Heading1", "Quote", "NotVerified"} <= used <= there


def test_the_body_has_title_questions_statements_and_what_is_not_verified() -> None:
    document = etree.fromstring(parts(write_docx(full()))["word/document.xml"])
    lines = [words(paragraph) for paragraph in document.iter("{*}p")]
    assert lines[:3] == ["Grants & calls", "A. Analyst", "Was the grant spent?"]
    assert lines[3] == f"“{SPENT}”"
    assert lines[4].startswith("Not verified: The force spent 5 pounds.")
    assert lines[4].endswith("(its quotes do not carry its figures, names, negations or quoted words)")
    assert f"The letters do not say. Looked in 3 of 3 letters. ({FROM_READING})" in lines
    assert "Annex: what this rests on" in lines
    assert "could not be read" in lines


def test_the_marking_stands_in_header_and_footer_or_there_is_none() -> None:
    files = parts(write_docx(full()))
    for name in ("header", "footer"):
        assert words(etree.fromstring(files[f"word/{name}.xml"])) == "OFFICIAL"
    plain = parts(write_docx(brief([], corpus())))
    assert not [name for name in plain if "header" in name or "footer" in name]
    assert b"headerReference" not in plain["word/document.xml"]


def test_page_language_and_properties_are_set() -> None:
    files = parts(write_docx(full()))
    page = etree.fromstring(files["word/document.xml"]).find(".//{*}pgSz")
    assert page is not None
    assert (page.get(f"{{{W}}}w"), page.get(f"{{{W}}}h")) == ("11906", "16838")
    core = etree.fromstring(files["docProps/core.xml"])
    assert {etree.QName(item).localname: item.text for item in core} == {
        "title": "Grants & calls", "creator": "A. Analyst", "language": "en-GB",
    }  # fmt: skip
    language = etree.fromstring(files["word/styles.xml"]).find(".//{*}lang")
    assert language is not None
    assert language.get(f"{{{W}}}val") == "en-GB"


def test_the_same_briefing_gives_the_same_bytes() -> None:
    assert write_docx(full()) == write_docx(full())


def test_two_footnotes_at_one_place_do_not_read_as_one_number() -> None:
    letters = corpus()
    document = etree.fromstring(
        parts(write_docx(brief(items_of(letters, grant_answer(letters)), letters)))["word/document.xml"]
    )
    marks = [r for r in document.iter("{*}r") if r.find(".//{*}rStyle") is not None]
    assert [words(r) or "mark" for r in marks] == ["mark", "mark", ", ", "mark"]


@pytest.mark.parametrize("text", [ODD, "Ten pounds. " * 8_500], ids=["odd", "100 kB"])
def test_a_quote_survives_in_its_footnote(text: str) -> None:
    letter = made(text, author=text[:200].encode("utf-8", "replace").decode())
    [item] = items_of([letter], not_found())
    items = [replace(item, citations=(cited(letter, text),), text=text, original=text)]
    made_of = brief(items, [letter])
    notes = etree.fromstring(parts(write_docx(made_of))["word/footnotes.xml"])
    said = words(notes[2])
    expected = text.strip()
    for found, put in (("\x0b", ""), ("\x00", "\ufffd"), ("\ud800", "\ufffd"), ("\ufffe", "\ufffd")):
        expected = expected.replace(found, put)
    assert expected.rstrip() in said
    if "\u202e" in text:
        assert said.endswith("\u202c”"), "what was turned is turned back before the quotation mark"


def test_the_reader_of_word_letters_reads_it_back() -> None:
    read = "\n".join(page.text for page in read_docx(write_docx(full())))
    assert "OFFICIAL" in read
    assert f": “{SPENT}”" in read
    assert f": “{ASIDE}”" in read


def cells_of(table: etree._Element) -> list[list[str]]:
    return [[words(cell) for cell in row.iterfind(f"{{{W}}}tc")] for row in table.iterfind(f"{{{W}}}tr")]


def test_a_comparison_is_a_table_with_the_footnotes_in_its_cells() -> None:
    letters = corpus()
    document = etree.fromstring(
        parts(write_docx(brief(items_of(letters, comparison_answer(letters)), letters)))["word/document.xml"]
    )
    table = next(document.iter(f"{{{W}}}tbl"))
    assert cells_of(table) == [
        ["Whose letter", "the grant", "calls | rings"],
        ["Northshire", f"“{SPENT}”“{ASIDE}”", SAYS_NOTHING],
        ["Southtown", SAYS_NOTHING, f"“{one_line(CALLS)}”"],
    ]
    marks = [
        [mark.get(f"{{{W}}}id") for mark in cell.iter(f"{{{W}}}footnoteReference")]
        for cell in table.iter(f"{{{W}}}tc")
    ]
    assert marks == [[], [], [], [], ["1", "2"], [], [], [], ["3"]]
    grid = [int(column.get(f"{{{W}}}w") or 0) for column in table.iter(f"{{{W}}}gridCol")]
    assert (len(grid), sum(grid)) == (3, TEXT_WIDTH)
    head, *sides = table.iter(f"{{{W}}}tr")
    assert head.find(f".//{{{W}}}tblHeader") is not None  # repeated on every page
    assert not [side for side in sides if side.find(f".//{{{W}}}cantSplit") is not None]
    styles = {style.get(f"{{{W}}}val") for style in document.iter(f"{{{W}}}pStyle")}
    assert "Heading2" in styles  # of the annex
    assert "Quote" not in styles
