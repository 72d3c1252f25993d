"""Word (.docx): headers, body, notes and footers to one page of text; large pictures to pages of their own.

Word stores no pages: where one ends is worked out anew at each opening, so the text is one page here.
"""

from collections.abc import Callable, Iterator

from lxml import etree

from vectorstore.errors import UnreadableError
from vectorstore.readers.docx_numbers import Numbers
from vectorstore.readers.docx_package import Package, Relation
from vectorstore.readers.docx_story import Picture, Story
from vectorstore.readers.page import HIDDEN, Page

# A picture of this size can hold a letter's words; a logo or a signature is smaller. A4 has 623 square centimetres.
LETTER_PICTURE_CM2 = 150
_EMBEDDED = {"package": "an embedded file", "aFChunk": "an embedded document"}
ReadPicture = Callable[[bytes], list[Page]]


def read_docx(data: bytes, read_picture: ReadPicture | None = None) -> list[Page]:
    """Read a Word letter: its text first, then what it shows as large pictures or carries embedded.

    Args:
        read_picture: reads a picture's bytes; without it such pages are "unreadable".

    Raises:
        UnreadableError: it is no Word file, is encrypted, holds more than a letter, or has no words at all.
    """
    try:
        return _read(Package(data), read_picture)
    except RecursionError as error:
        raise UnreadableError("its parts are nested too deeply; save it as PDF") from error


def _read(package: Package, read_picture: ReadPicture | None) -> list[Page]:
    relations = package.relations(package.main)
    main = package.xml(package.main)
    body = main.find("{*}body") if main is not None else None
    if body is None:
        raise UnreadableError("it holds no Word document; save it as .docx again")
    numbers = Numbers(_part(package, relations, "numbering"), lambda: _part(package, relations, "styles"))
    story = Story(numbers)
    paragraphs = [
        *_margins(package, relations, body, "header"),
        *story.paragraphs(body),
        *_notes(package, relations, numbers, "footnote"),
        *_notes(package, relations, numbers, "endnote"),
        *_margins(package, relations, body, "footer"),
    ]
    text = "\n\n".join(paragraphs)
    reason = HIDDEN if story.hides_words else ""
    pages = [Page(text, "text", None, reason)] if any(c.isalnum() for c in text) else []
    pages += _pictures(package, relations, story.pictures, read_picture)
    pages += [
        Page(
            "", "unreadable", None, f"{_EMBEDDED[r.kind]} ({_name(r.target)}) is not read; save it on its own"
        )
        for r in relations
        if r.kind in _EMBEDDED
    ]
    if not pages:
        raise UnreadableError("it holds no words that show" if reason else "it holds no words")
    return pages


def _part(package: Package, relations: list[Relation], kind: str) -> etree._Element | None:
    target = next((r.target for r in relations if r.kind == kind), None)
    return package.xml(target) if target else None


def _margins(package: Package, relations: list[Relation], body: etree._Element, kind: str) -> list[str]:
    """Return the headers or footers that the pages show, the first page's first, each once."""
    targets = {r.id: r.target for r in relations if r.kind == kind}
    settings = _part(package, relations, "settings")
    shown = {"default"}
    if settings is not None and settings.find("{*}evenAndOddHeaders") is not None:
        shown.add("even")
    found: dict[str, list[str]] = {}
    for section in body.iter("{*}sectPr"):
        kinds = shown | ({"first"} if section.find("{*}titlePg") is not None else set())
        references = {
            _value(item, "type"): _value(item, "id") for item in section.iterfind(f"{{*}}{kind}Reference")
        }
        for wanted in ("first", "default", "even"):
            target = targets.get(references.get(wanted, ""))
            root = package.xml(target) if target and wanted in kinds else None
            if root is not None:
                paragraphs = Story(Numbers(None, lambda: None)).paragraphs(root)
                found.setdefault("\n".join(paragraphs), paragraphs)
    return list(dict.fromkeys(paragraph for paragraphs in found.values() for paragraph in paragraphs))


def _notes(package: Package, relations: list[Relation], numbers: Numbers, kind: str) -> Iterator[str]:
    """Yield footnotes or endnotes, each with the number that the page gives it."""
    root = _part(package, relations, f"{kind}s")
    number = 0
    for note in root.iterfind(f"{{*}}{kind}") if root is not None else ():
        # The line above the notes is stored as a note of its own.
        if _value(note, "type") in ("", "normal"):
            number += 1
            yield from Story(numbers).paragraphs(note, note=str(number))


def _pictures(
    package: Package, relations: list[Relation], pictures: list[Picture], read_picture: ReadPicture | None
) -> Iterator[Page]:
    """Yield a page for each picture that is large enough to be one."""
    targets = {r.id: r.target for r in relations if r.kind == "image"}
    large = [p for p in pictures if p.width_cm * p.height_cm >= LETTER_PICTURE_CM2]
    for target, picture in {targets.get(p.relation, ""): p for p in large}.items():
        name = _name(target) or "linked"
        data = package.bytes(target) if target else None
        if data is not None and read_picture is not None:
            try:
                yield from read_picture(data)
                continue
            except UnreadableError as error:
                reason = f"a picture ({name}) cannot be read: {error}"
        else:
            size = f"{picture.width_cm:.0f} by {picture.height_cm:.0f} cm"
            reason = f"a picture of {size} ({name}) is not read"
        yield Page("", "unreadable", None, reason)


def _value(item: etree._Element, name: str) -> str:
    return next((str(value) for key, value in item.items() if str(key).rpartition("}")[2] == name), "")


def _name(part: str) -> str:
    return part.rpartition("/")[2]
