"""A briefing as a Word file: real footnotes, the marking in header and footer, the annex as tables. Pure.

The texts of a briefing come without what XML cannot hold; lxml escapes the rest.
"""

from collections.abc import Iterator, Sequence

from lxml import etree

from assistant.briefing import NOT_HERE, Briefing, Entry, Footnote, SourceRow
from assistant.comparison import Table
from assistant.docx_parts import LANGUAGE, PACKAGE, R, W, pack, relation_id

# A4 with margins of 2.5 cm, in twentieths of a point.
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 11906, 16838, 1417
TEXT_WIDTH = PAGE_WIDTH - 2 * MARGIN
SIDE_WIDTH = 1900  # of a comparison's first column
MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_CORE = f"{PACKAGE}/metadata/core-properties"
_DUBLIN = "http://purl.org/dc/elements/1.1/"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def write_docx(briefing: Briefing) -> bytes:
    """Write a briefing as a Word file; the same briefing gives the same bytes."""
    parts = {
        "document": _bytes(_document(briefing)),
        "footnotes": _bytes(_footnotes(briefing.footnotes)),
        "core": _bytes(_properties(briefing)),
    }
    if briefing.marking:
        parts["header"] = _bytes(_w("hdr", _paragraph(_run(briefing.marking), style="Marking")))
        parts["footer"] = _bytes(_w("ftr", _paragraph(_run(briefing.marking), style="Marking")))
    return pack(parts)


def _bytes(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


# -- words ----------------------------------------------------------------------------------------


def _w(name: str, /, *children: etree._Element, **attributes: object) -> etree._Element:
    """Make an element of Word's vocabulary."""
    element = etree.Element(f"{{{W}}}{name}", nsmap={"w": W, "r": R})
    for key, value in attributes.items():
        element.set(f"{{{W}}}{key}", str(value))
    element.extend(children)
    return element


def _run(text: str, *, style: str = "") -> etree._Element:
    words = _w("t")
    words.text = text
    words.set(_SPACE, "preserve")
    return _w("r", _w("rPr", _w("rStyle", val=style)), words) if style else _w("r", words)


def _paragraph(*runs: etree._Element, style: str = "", new_page: bool = False) -> etree._Element:
    properties = _w("pPr", *([_w("pStyle", val=style)] if style else []))
    if new_page:
        properties.append(_w("pageBreakBefore"))
    return _w("p", properties, *runs) if len(properties) else _w("p", *runs)


def _document(briefing: Briefing) -> etree._Element:
    body = _w("body", _paragraph(_run(briefing.title), style="Title"))
    if briefing.author:
        body.append(_paragraph(_run(briefing.author), style="Subtitle"))
    for section in briefing.sections:
        body.append(_paragraph(_run(section.question), style="Heading1"))
        heading = ""
        for entry in section.before_table:
            if entry.heading and entry.heading != heading:
                body.append(_paragraph(_run(entry.heading), style="Heading2"))
            heading = entry.heading
            body.append(_entry(entry))
        if section.table:
            body.append(_comparison(section.column_heads, section.table))
    body.extend(_annex(briefing))
    body.append(_section(has_marking=bool(briefing.marking)))
    return _w("document", body)


def _entry(entry: Entry) -> etree._Element:
    if entry.quoted:
        return _paragraph(*_words(entry), style="Quote")
    if entry.doubt:
        return _paragraph(*_words(entry), style="NotVerified")
    aside = [_run(f" ({entry.basis})", style="Aside")] if entry.basis else []
    return _paragraph(*_words(entry), *aside)


def _words(entry: Entry) -> Iterator[etree._Element]:
    """Yield what an entry says, with its footnotes, whose words they are, and any doubt."""
    if entry.quoted:
        yield _run(f"“{entry.text}”")
    elif entry.doubt:
        yield _run("Not verified: ", style="Doubt")
        yield _run(entry.text)
    else:
        yield _run(entry.text)
    yield from _references(entry.footnotes)
    if entry.quoted and entry.speaker:
        yield _run(f" (words of {entry.speaker})", style="Aside")
    elif entry.doubt:
        yield _run(f" ({entry.doubt})", style="Aside")


def _references(notes: Sequence[Footnote]) -> Iterator[etree._Element]:
    """Yield the marks of footnotes, with a comma between two, so that 1 and 2 do not read as 12."""
    for position, note in enumerate(notes):
        if position:
            yield _run(", ", style="FootnoteReference")
        mark = _w("r", _w("rPr", _w("rStyle", val="FootnoteReference")))
        mark.append(_w("footnoteReference", id=note.number))
        yield mark


def _footnotes(notes: Sequence[Footnote]) -> etree._Element:
    """Return the footnotes, and the two lines above them that Word keeps as notes of their own."""
    root = _w("footnotes")
    for kind, key in (("separator", -1), ("continuationSeparator", 0)):
        spacing = _w("spacing", after=0, line=240, lineRule="auto")
        root.append(_w("footnote", _w("p", _w("pPr", spacing), _w("r", _w(kind))), type=kind, id=key))
    for note in notes:
        mark = _w("r", _w("rPr", _w("rStyle", val="FootnoteReference")), _w("footnoteRef"))
        words = _paragraph(mark, _run(f" {note.text}"), style="FootnoteText")
        root.append(_w("footnote", words, id=note.number))
    return root


# -- comparison -----------------------------------------------------------------------------------


def _comparison(heads: Sequence[str], table: Table[Entry]) -> etree._Element:
    """Return a comparison as a table: a row a side, a column a matter, each quote with its footnote."""
    wide = (TEXT_WIDTH - SIDE_WIDTH) // (len(heads) - 1)
    widths = (TEXT_WIDTH - wide * (len(heads) - 1), *(wide for _ in heads[1:]))
    element = _empty_table(widths)
    element.append(_cells(heads, widths, is_head=True))
    for heading, cells in table.rows:
        side = _paragraph(_run(heading, style="Strong"), style="TableText")
        inside = ([side], *(list(_said(cell)) for cell in cells))
        # A side may fill more than what is left of a page: its row goes on overleaf, below the heads again.
        element.append(_w("tr", *(_cell(width, *own) for width, own in zip(widths, inside, strict=True))))
    return element


def _said(entries: Sequence[Entry]) -> Iterator[etree._Element]:
    """Yield what stands in a cell, a paragraph an entry; that nothing was found in grey."""
    for entry in entries:
        runs = [_run(entry.text, style="Aside")] if entry.basis else _words(entry)
        yield _paragraph(*runs, style="TableText")
    if not entries:
        yield _paragraph(_run(NOT_HERE, style="Aside"), style="TableText")


# -- annex ----------------------------------------------------------------------------------------


def _annex(briefing: Briefing) -> Iterator[etree._Element]:
    yield _paragraph(_run("Annex: what this rests on"), style="Heading1", new_page=True)
    yield _table((), briefing.facts, widths=(3000, TEXT_WIDTH - 3000))
    for heading, column, rows in (
        ("Letters consulted and cited", "Footnotes", briefing.cited),
        ("Letters in scope, not cited", "Looked at", briefing.uncited),
    ):
        yield _paragraph(_run(heading), style="Heading2")
        if rows:
            yield _sources(column, rows)
        else:
            yield _paragraph(_run("None."))
    if briefing.left_out:
        yield _paragraph(_run("Left out"), style="Heading2")
        for line in briefing.left_out:
            yield _paragraph(_run(line))


def _sources(column: str, rows: Sequence[SourceRow]) -> etree._Element:
    cells = [(row.letter, row.file, row.use) for row in rows]
    return _table(("Letter", "File", column), cells, widths=(4800, TEXT_WIDTH - 6300, 1500))


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], *, widths: Sequence[int]) -> etree._Element:
    table = _empty_table(widths)
    if head:
        table.append(_cells(head, widths, is_head=True))
    for row in rows:
        table.append(_cells(row, widths))
    return table


def _empty_table(widths: Sequence[int]) -> etree._Element:
    return _w(
        "tbl",
        _w(
            "tblPr",
            _w("tblStyle", val="TableGrid"),
            _w("tblW", w=sum(widths), type="dxa"),
            _w("tblLayout", type="fixed"),
        ),
        _w("tblGrid", *(_w("gridCol", w=width) for width in widths)),
    )


def _cells(texts: Sequence[str], widths: Sequence[int], *, is_head: bool = False) -> etree._Element:
    properties = _w("trPr", _w("cantSplit"))
    if is_head:
        properties.append(_w("tblHeader"))
    row = _w("tr", properties)
    for text, width in zip(texts, widths, strict=True):
        row.append(_cell(width, _paragraph(_run(text), style="TableText"), is_head=is_head))
    return row


def _cell(width: int, *paragraphs: etree._Element, is_head: bool = False) -> etree._Element:
    properties = _w("tcPr", _w("tcW", w=width, type="dxa"))
    if is_head:
        properties.append(_w("shd", val="clear", color="auto", fill="EDEDED"))
    return _w("tc", properties, *paragraphs)


# -- page and properties --------------------------------------------------------------------------


def _section(*, has_marking: bool) -> etree._Element:
    section = _w("sectPr")
    for name in ("header", "footer") if has_marking else ():
        reference = _w(f"{name}Reference", type="default")
        reference.set(f"{{{R}}}id", relation_id(name))
        section.append(reference)
    section.append(_w("pgSz", w=PAGE_WIDTH, h=PAGE_HEIGHT))
    sides = dict.fromkeys(("top", "right", "bottom", "left"), MARGIN)
    section.append(_w("pgMar", **sides, header=708, footer=708, gutter=0))
    return section


def _properties(briefing: Briefing) -> etree._Element:
    root = etree.Element(f"{{{_CORE}}}coreProperties", nsmap={"cp": _CORE, "dc": _DUBLIN})
    for name, value in (("title", briefing.title), ("creator", briefing.author), ("language", LANGUAGE)):
        if value:
            etree.SubElement(root, f"{{{_DUBLIN}}}{name}").text = value
    return root
