"""Web pages and e-mails in HTML: what a reader of the page sees, as paragraphs. Nothing is fetched, nothing is run."""

import codecs
import re
from collections.abc import Iterator

from lxml import etree

from vectorstore.errors import UnreadableError
from vectorstore.readers.html_style import Look, look_of
from vectorstore.readers.html_writer import Writer
from vectorstore.readers.kind import mistaken
from vectorstore.readers.ordinals import letter_number, roman_number
from vectorstore.readers.page import HIDDEN, Page
from vectorstore.readers.table import table_paragraphs
from vectorstore.readers.text import decode, is_binary

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,100}?encoding)\s*=\s*["']?([\w:-]{1,40})""", re.I
)
_DECLARED_WITHIN = 4096
_UNSEEN = frozenset(
    "script style template noscript iframe object embed applet svg math canvas audio video select datalist map"
    " progress meter title meta link base img input button".split()
)
_LINES = frozenset("div dt dd caption figcaption summary center legend li tr td th tbody thead tfoot".split())
_PARAGRAPHS = frozenset(
    "p address h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre hr section article header footer main nav aside figure"
    " form fieldset details body html".split()
)

NO_WORDS = "it shows no words"
_TOO_DEEP = "its elements are nested too deeply, or one is far too long; save it as PDF or text"


def read_html(data: bytes, encoding: str | None = None) -> list[Page]:
    """Read a web page as one page of text.

    Args:
        encoding: what the file's wrapping says; before the file's own word for it, after its byte order mark.

    Raises:
        UnreadableError: it shows no words, or is nested beyond reason.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    if data and (reason := mistaken(data, "a web page")):
        raise UnreadableError(reason)
    source = _decode(data, encoding).replace("\0", "")
    if is_binary(source):
        raise UnreadableError(
            "it holds control characters where text should be; it is probably not a web page"
        )
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser) if source.strip() else None
        # The parser drops what lies deeper, and would say so only in its log.
        if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
            raise UnreadableError(_TOO_DEEP)
        text = "\n\n".join(_paragraphs(root, Look())) if root is not None else ""
    except RecursionError as error:
        raise UnreadableError(_TOO_DEEP) from error
    except (etree.XMLSyntaxError, ValueError) as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise UnreadableError("its HTML is broken, or far too long; save it as PDF or text") from error
    if not any(c.isalnum() for c in text):
        raise UnreadableError(NO_WORDS)
    return [Page(text, "text", None, HIDDEN if _hides_words(root) else "")]


def _decode(data: bytes, encoding: str | None) -> str:
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    for name in (marked, encoding, declared[1].decode("ascii") if declared else None, "utf-8"):
        if not name:
            continue
        # Browsers read Latin-1 as Windows' code page too.
        known = "cp1252" if name.lower() in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii") else name
        try:
            return data.decode(known)
        except (LookupError, ValueError):
            continue
    return decode(data)


def _write(element: etree._Element, writer: Writer, inherited: Look, *, preformatted: bool = False) -> None:
    """Write what an element shows; what follows it is its parent's."""
    tag = str(element.tag).lower()
    look = None if tag in _UNSEEN else look_of(_attributes(element), inherited)
    if look is None:
        return
    if tag == "br":
        writer.line_break()
        return
    if tag == "table":
        writer.add([*_captions(element, look), *table_paragraphs(_rows(element, look))])
        return
    # Lists within lists go on with the lines of the item that holds them.
    paragraph = tag in _PARAGRAPHS and not (tag in ("ul", "ol") and _is_in_item(element))
    preformatted = preformatted or tag in ("pre", "textarea")
    _end(writer, tag, paragraph=paragraph)
    _write_inside(element, writer, look, preformatted=preformatted)
    _end(writer, tag, paragraph=paragraph)


def _write_inside(element: etree._Element, writer: Writer, look: Look, *, preformatted: bool) -> None:
    if element.text and look.seen:
        writer.words(element.text, preformatted=preformatted)
    number = _integer(element.get("start"), 1)
    for child in element:
        if child.tag == "li":
            writer.end_line()
            number = _integer(child.get("value"), number)
            writer.mark = _item_mark(element, number)
            number += 1
        _write(child, writer, look, preformatted=preformatted)
        if child.tail and look.seen:
            writer.words(child.tail, preformatted=preformatted)


def _hides_words(root: etree._Element | None) -> bool:
    """Return whether any text is left out because of how it looks: white on white, too small, switched off."""
    waiting = [(root, Look())] if root is not None else []
    while waiting:
        element, inherited = waiting.pop()
        if str(element.tag).lower() in _UNSEEN:
            continue
        look = look_of(_attributes(element), inherited)
        said = element.itertext() if look is None else (element.text, *(child.tail for child in element))
        if (look is None or not look.seen) and any(text and not text.isspace() for text in said):
            return True
        if look is not None:
            waiting += ((child, look) for child in element)
    return False


def _end(writer: Writer, tag: str, *, paragraph: bool) -> None:
    if paragraph:
        writer.end_paragraph()
    elif tag in _LINES:
        writer.end_line()


def _paragraphs(element: etree._Element, inherited: Look) -> list[str]:
    """Return what a cell shows, as paragraphs of its own."""
    look = look_of(_attributes(element), inherited)
    if look is None:
        return []
    writer = Writer()
    _write_inside(element, writer, look, preformatted=False)
    writer.end_paragraph()
    return writer.paragraphs


def _rows(table: etree._Element, look: Look) -> Iterator[list[list[str]]]:
    """Yield the cells' paragraphs of each row; what pages put between cells, against the rules, is a row of its own."""
    stray = [table.text]
    for child in table:
        own = look_of(_attributes(child), look)
        if own is None or child.tag in _UNSEEN or child.tag in ("caption", "colgroup", "col"):
            continue
        if child.tag == "tr":
            cells = [cell for cell in child if str(cell.tag) not in _UNSEEN]
            yield [_paragraphs(cell, own) for cell in cells]
            yield [[text.strip()] for text in (child.text, *(c.tail for c in cells)) if text and own.seen]
        elif child.find("tr") is not None:
            yield from _rows(child, own)
        else:
            yield [_paragraphs(child, look)]
        stray.append(child.tail)
        # Text outside all cells: browsers show it, so it is not lost here.
        yield [[text.strip() for text in stray if text and look.seen]]
        stray = []


def _captions(table: etree._Element, look: Look) -> list[str]:
    return [paragraph for item in table.iterfind("caption") for paragraph in _paragraphs(item, look)]


def _is_in_item(element: etree._Element) -> bool:
    return any(above.tag == "li" for above in element.iterancestors())


def _item_mark(items: etree._Element, number: int) -> str:
    """Return a list item's number, or the dash that stands for every bullet."""
    if items.tag != "ol":
        return "- "
    form = items.get("type") or "1"
    shown = {"a": letter_number, "i": roman_number}.get(form.lower(), str)(number)
    return f"{shown.upper() if form.isupper() else shown}. "


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"[0-9]{1,6}", text) else default


def _attributes(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.items()}
