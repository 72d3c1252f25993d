"""A draft's file to its text: plain text, Markdown or Word; anything else is said to be so in one sentence.

Of a Word file headings, quotations and notes are kept apart by the marks that Markdown has for them.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from vectorstore.errors import UnreadableError
from vectorstore.readers.text import read_text

if TYPE_CHECKING:
    from lxml import etree

    from vectorstore.readers.docx_package import Package, Relation

TEXT = frozenset({".txt", ".text", ".md", ".markdown"})
SUFFIXES = (".docx", ".md", ".txt", ".markdown", ".text")
MAX_TEXT_BYTES = 5_000_000  # some two thousand pages
MAX_WORD_BYTES = 50_000_000
TIMEOUT_S = 60.0


def open_draft(path: Path) -> str:
    """Read a draft from a file.

    Raises:
        UnreadableError: it cannot be read; the message is one whole sentence.
    """
    try:
        if path.is_dir():
            raise UnreadableError(f"{str(path)!r} is a folder; name one file with a draft in it.")
        if path.stat().st_size > MAX_WORD_BYTES:
            raise UnreadableError(f"The draft {str(path)!r} cannot be read: {_too_large(MAX_WORD_BYTES)}.")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise UnreadableError(f"There is no file {str(path)!r}.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableError(f"The draft {str(path)!r} cannot be read: {reason}.") from error
    return read_draft(data, path.name)


def read_draft(data: bytes, name: str) -> str:
    """Read a draft; a Word file in a process of its own, which can be killed.

    Raises:
        UnreadableError: it cannot be read; the message is one whole sentence.
    """
    suffix = Path(name).suffix.lower()
    try:
        if suffix not in SUFFIXES:
            raise UnreadableError(
                f"drafts of the kind {suffix or 'without a suffix'!r} are not read; save it as .docx, .md or .txt"
            )
        limit = MAX_TEXT_BYTES if suffix in TEXT else MAX_WORD_BYTES
        if not data:
            raise UnreadableError("it is empty")
        if len(data) > limit:
            raise UnreadableError(_too_large(limit))
        if suffix in TEXT:
            return read_text(data)
        from vectorstore.sandbox import Sandbox

        with Sandbox(read_word, timeout_s=TIMEOUT_S) as sandbox:
            return sandbox.read(data, name)
    except UnreadableError as error:
        raise UnreadableError(f"The draft {name!r} cannot be read: {error}.") from error


def _too_large(limit: int) -> str:
    return f"it is larger than {limit:,} bytes; check it in parts"


def read_word(data: bytes, _name: str) -> str:
    """Read a Word file as Markdown, as far as a check needs.

    Raises:
        UnreadableError: it is no Word file, is encrypted, or has no words.
    """
    from vectorstore.readers.docx_numbers import Numbers
    from vectorstore.readers.docx_package import Package
    from vectorstore.readers.docx_story import Story

    try:
        package = Package(data)
        relations = package.relations(package.main)
        main = package.xml(package.main)
        body = main.find("{*}body") if main is not None else None
        if body is None:
            raise UnreadableError("it holds no Word document; save it as .docx again")
        styles = _part(package, relations, "styles")
        numbers = Numbers(_part(package, relations, "numbering"), lambda: styles)
        _mark(body, _style_names(styles))
        paragraphs = Story(numbers).paragraphs(body)
        for kind in ("footnote", "endnote"):
            root = _part(package, relations, f"{kind}s")
            for note in root.iterfind(f"{{*}}{kind}") if root is not None else ():
                words = " ".join(Story(numbers).paragraphs(note))
                if words.strip():
                    paragraphs.append(f"[^{kind[0]}{_value(note, 'id')}]: {' '.join(words.split())}")
    except RecursionError as error:
        raise UnreadableError("its parts are nested too deeply; save it as text") from error
    text = "\n\n".join(paragraphs)
    if not any(c.isalnum() for c in text):
        raise UnreadableError("it holds no words")
    return text


def _mark(body: "etree._Element", styles: dict[str, str]) -> None:
    """Write Markdown's marks into headings, quotations and places of notes."""
    for kind in ("footnote", "endnote"):
        for place in list(body.iter(f"{{*}}{kind}Reference")):
            place.tag = place.tag.rpartition("}")[0] + "}t"
            place.text = f"[^{kind[0]}{_value(place, 'id')}]"
    for paragraph in list(body.iter("{*}p")):
        properties = paragraph.find("{*}pPr")
        named = properties.find("{*}pStyle") if properties is not None else None
        if properties is None or named is None:
            continue
        key = _value(named, "val")
        style = styles.get(key, key).lower()
        mark = "# " if style.startswith(("heading", "title")) else "> " if "quote" in style else ""
        if mark:
            space = paragraph.tag.rpartition("}")[0]
            run = paragraph.makeelement(f"{space}}}r")
            words = paragraph.makeelement(f"{space}}}t")
            words.text = mark
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.append(words)
            properties.addnext(run)


def _style_names(styles: "etree._Element | None") -> dict[str, str]:
    """Return what each style is called in English, by its id, which may be in another language."""
    names = {}
    for style in styles.iterfind("{*}style") if styles is not None else ():
        name = style.find("{*}name")
        if name is not None:
            names[_value(style, "styleId")] = _value(name, "val")
    return names


def _part(package: "Package", relations: "list[Relation]", kind: str) -> "etree._Element | None":
    target = next((r.target for r in relations if r.kind == kind), None)
    return package.xml(target) if target else None


def _value(item: "etree._Element", name: str) -> str:
    return next((str(value) for key, value in item.items() if str(key).rpartition("}")[2] == name), "")
