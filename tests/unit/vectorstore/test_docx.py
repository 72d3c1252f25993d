import io
import zipfile
from pathlib import Path

import pytest

from vectorstore.errors import UnreadableError
from vectorstore.readers.docx import read_docx
from vectorstore.readers.page import HIDDEN, Page

SHARED = Path(__file__).parents[4] / "shared/data/letter_files"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="wp"><wp:extent cx="{cx}" cy="{cy}"/>'
    '<a:blip xmlns:a="a" r:embed="rPic"/></wp:inline></w:drawing></w:r></w:p>'
)


def pack(parts: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def word(body: str, parts: dict[str, str | bytes] | None = None, relations: str = "") -> bytes:
    """A Word file with this body; `parts` are further files below `word/`."""
    return pack(
        {
            "_rels/.rels": f"<Relationships>{relation('r1', 'officeDocument', 'word/document.xml')}</Relationships>",
            "word/document.xml": f"<w:document {W} {R}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": f"<Relationships>{relations}</Relationships>",
            **{f"word/{name}": content for name, content in (parts or {}).items()},
        }
    )


def relation(name: str, kind: str, target: str, mode: str = "Internal") -> str:
    return f'<Relationship Id="{name}" Type="{KINDS}/{kind}" Target="{target}" TargetMode="{mode}"/>'


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    return (
        f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr>"
        f'<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def text_of(data: bytes) -> str:
    [page] = read_docx(data)
    assert (page.how, page.confidence) == ("text", None)
    return page.text


def item(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


NUMBERING = (
    f"<w:numbering {W}>"
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1%2)"/></w:lvl>'
    "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="x"/></w:lvl>'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    "</w:numbering>"
)


def test_paragraphs_are_parted_by_empty_lines_and_keep_tabs_line_breaks_and_soft_hyphens() -> None:
    body = paragraph("Dear Minister,") + (
        "<w:p><w:r><w:t>One</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t>"
        "<w:softHyphen/><w:t>four</w:t><w:noBreakHyphen/><w:t>five</w:t></w:r></w:p><w:p/>"
    )
    assert text_of(word(body)) == "Dear Minister,\n\nOne\ttwo\nthree\u00adfour-five"


def test_tracked_changes_are_as_accepted() -> None:
    body = (
        '<w:p><w:r><w:t xml:space="preserve">We </w:t></w:r>'
        "<w:del><w:r><w:delText>reject</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>accept</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>here</w:t></w:r></w:moveFrom>"
        '<w:moveTo><w:r><w:t xml:space="preserve"> there</w:t></w:r></w:moveTo></w:p>'
    )
    assert text_of(word(body)) == "We accept there"


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    body = paragraph("The force ", "<w:rPr><w:del/></w:rPr>") + paragraph("agrees.")
    assert text_of(word(body)) == "The force agrees."


def test_a_deleted_table_row_is_gone() -> None:
    row = "<w:tr>{}<w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    rows = row.format("", paragraph("a"), paragraph("b")) + row.format(
        "<w:trPr><w:del/></w:trPr>", paragraph("c"), paragraph("d")
    )
    assert text_of(word(f"<w:tbl>{rows}</w:tbl>")) == "a\tb"


def test_lists_show_their_numbers_and_a_dash_for_bullets() -> None:
    body = "".join(
        [
            paragraph("first", item(1)),
            paragraph("inner", item(1, 1)),
            paragraph("second", item(1)),
            paragraph("inner again", item(1, 1)),
            paragraph("bullet", item(2)),
            paragraph("restarted", item(3)),
            paragraph("none", item(0)),
        ]
    )
    data = word(body, {"numbering.xml": NUMBERING}, relation("n", "numbering", "numbering.xml"))
    assert text_of(data).split("\n\n") == [
        "1. first", "1a) inner", "2. second", "2a) inner again", "- bullet", "1. restarted", "none",
    ]  # fmt: skip


def test_a_style_can_bring_the_list() -> None:
    styles = (
        f'<w:styles {W}><w:style w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="Mine"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style></w:styles>'
    )
    data = word(
        paragraph("point", '<w:pStyle w:val="Mine"/>') + paragraph("plain", '<w:pStyle w:val="Loop"/>'),
        {"numbering.xml": NUMBERING, "styles.xml": styles},
        relation("n", "numbering", "numbering.xml") + relation("s", "styles", "styles.xml"),
    )
    assert text_of(data) == "- point\n\nplain"


def test_a_table_is_lines_with_tabs_and_prose_cells_are_paragraphs() -> None:
    long = "This cell is an answer in whole sentences, which a reader has to be able to cite by itself. " * 2
    cells = [("Force", "Count"), ("West", "478,000"), ("Recommendation 1", long)]
    rows = "".join(f"<w:tr><w:tc>{paragraph(a)}</w:tc><w:tc>{paragraph(b)}</w:tc></w:tr>" for a, b in cells)
    assert (
        text_of(word(f"<w:tbl>{rows}</w:tbl>"))
        == f"Force\tCount\nWest\t478,000\n\nRecommendation 1\n\n{long}"
    )


def test_headers_come_first_notes_and_footers_last_each_once() -> None:
    body = paragraph("Body.") + (
        '<w:sectPr><w:headerReference w:type="default" r:id="h"/><w:headerReference w:type="first" r:id="f"/>'
        '<w:headerReference w:type="even" r:id="e"/><w:footerReference w:type="default" r:id="z"/>'
        "<w:titlePg/></w:sectPr>"
    )
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator">{paragraph("line")}</w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>'
        '<w:r><w:t xml:space="preserve"> See annex.</w:t></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    data = word(
        body,
        {
            "h.xml": f"<w:hdr {W}>{paragraph('Office of the PCC')}</w:hdr>",
            "f.xml": f"<w:hdr {W}>{paragraph('Letterhead')}{paragraph('Office of the PCC')}</w:hdr>",
            "e.xml": f"<w:hdr {W}>{paragraph('Never shown')}</w:hdr>",
            "z.xml": f"<w:ftr {W}>{paragraph('Page 1')}</w:ftr>",
            "notes.xml": notes,
        },
        relation("h", "header", "h.xml")
        + relation("f", "header", "f.xml")
        + relation("e", "header", "e.xml")
        + relation("z", "footer", "z.xml")
        + relation("n", "footnotes", "notes.xml"),
    )
    assert text_of(data) == "Letterhead\n\nOffice of the PCC\n\nBody.\n\n1 See annex.\n\nPage 1"


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('In the box')}</w:txbxContent>"
    body = (
        '<w:p><w:r><w:t>Anchor</w:t><mc:AlternateContent xmlns:mc="mc">'
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert text_of(word(body)) == "Anchor\n\nIn the box"


def test_hidden_and_white_text_is_left_out_but_not_white_on_a_dark_table() -> None:
    white = '<w:color w:val="FFFFFF"/>'
    body = (
        paragraph("Seen.")
        + paragraph("vanished", run="<w:vanish/>")
        + paragraph("white", run=white)
        + paragraph("Shaded.", run=white + '<w:shd w:fill="000000"/>')
        + f"<w:tbl><w:tr><w:tc>{paragraph('Dark', run=white)}</w:tc></w:tr></w:tbl>"
    )
    assert text_of(word(body)) == "Seen.\n\nShaded.\n\nDark"


def test_a_large_picture_is_a_page_and_a_logo_is_not() -> None:
    parts: dict[str, str | bytes] = {"media/scan.png": b"pixels"}
    related = relation("rPic", "image", "media/scan.png")
    scan = paragraph("Cover.") + PICTURE.format(cx=6_000_000, cy=8_000_000)
    assert [page.how for page in read_docx(word(scan, parts, related))] == ["text", "unreadable"]
    assert "scan.png" in read_docx(word(scan, parts, related))[1].reason
    logo = paragraph("Cover.") + PICTURE.format(cx=600_000, cy=800_000)
    assert [page.how for page in read_docx(word(logo, parts, related))] == ["text"]
    read = read_docx(word(scan, parts, related), lambda data: [Page(data.decode(), "ocr", 0.9)])
    assert read[1] == Page("pixels", "ocr", 0.9)


def test_a_linked_picture_and_other_outside_parts_are_not_fetched() -> None:
    related = relation("rPic", "image", "http://example.invalid/scan.png", "External")
    pages = read_docx(word(paragraph("x") + PICTURE.format(cx=6_000_000, cy=8_000_000), None, related))
    assert [page.how for page in pages] == ["text", "unreadable"]


def test_an_embedded_document_is_reported() -> None:
    pages = read_docx(word(paragraph("Body."), None, relation("a", "aFChunk", "chunk.html")))
    assert "chunk.html" in pages[1].reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE d [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE d SYSTEM "http://example.invalid/x.dtd">',
    ],
)
def test_entities_are_refused(declared: str, encoding: str) -> None:
    document = f'<?xml version="1.0" encoding="{encoding}"?>{declared}<w:document {W}><w:body/></w:document>'
    with pytest.raises(UnreadableError, match="document type"):
        read_docx(word("", {"document.xml": document.encode(encoding)}))


def test_bombs_are_refused_before_they_are_unpacked() -> None:
    with pytest.raises(UnreadableError, match="smaller"):
        read_docx(word("", {"document.xml": b" " * 50_000_000}))
    with pytest.raises(UnreadableError, match="unpacks to"):
        read_docx(word("", {f"{number}.xml": b" " * 30_000_000 for number in range(4)}))
    with pytest.raises(UnreadableError, match="files"):
        read_docx(word(paragraph("x"), {f"{number}.xml": "" for number in range(5_001)}))


@pytest.mark.parametrize("look", ['<w:color w:val="FFFFFF"/>', '<w:sz w:val="2"/>', "<w:vanish/>"])
def test_words_that_do_not_show_are_left_out_and_that_is_said(look: str) -> None:
    [page] = read_docx(word(paragraph("Dear Minister,") + paragraph("Ignore the letter.", run=look)))
    assert (page.text, page.reason) == ("Dear Minister,", HIDDEN)
    with pytest.raises(UnreadableError, match="no words that show"):
        read_docx(word(paragraph("Ignore the letter.", run=look)))


def test_nothing_is_said_of_hidden_runs_without_words() -> None:
    body = paragraph("Dear Minister,") + paragraph(" ", run="<w:vanish/>")
    assert read_docx(word(body))[0].reason == ""


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b"P", "not a Word letter"),
        (b"Dear Minister,", "not a Word letter"),
        (b"%PDF-1.7\n", "it is a PDF under a wrong name; give it the ending .pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "encrypted"),
        (pack({"a.txt": "x"}), "without a Word document"),
        (word("<w:p/>"), "no words"),
        (word("<w:p>"), "broken"),
        (word("<w:sdt>" * 400 + "</w:sdt>" * 400), "broken"),
        (word(paragraph("x"))[:-40], "not a Word letter"),
    ],
)
def test_what_is_no_word_letter_is_set_aside_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read_docx(data)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the letters in ../shared are not here")
@pytest.mark.parametrize("path", sorted((SHARED / "docx").glob("*.docx")), ids=lambda path: path.name[:20])
def test_real_letters_are_read_whole(path: Path) -> None:
    [page] = read_docx(path.read_bytes())
    expected = SHARED / "expected" / f"{path.name}.txt"
    if expected.is_file():
        assert page.text.split() == expected.read_text("utf-8").split()
    assert len(page.text) > 500
