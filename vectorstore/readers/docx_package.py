"""The file around a Word letter: its parts, who refers to whom, and XML parsed with nothing from outside."""

import posixpath
from dataclasses import dataclass

from lxml import etree

from vectorstore.errors import UnreadableError
from vectorstore.readers.archive import Budget, open_zip, unpack

MAX_PARTS = 5_000
MAX_UNPACKED_BYTES = 100_000_000
_OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))


@dataclass(frozen=True, slots=True)
class Relation:
    """One part's reference to another part of the same file.

    Args:
        kind: the last word of the relation's type: "footnotes", "header", "image".
    """

    id: str
    kind: str
    target: str


class Package:
    """The parts of a Word file. References to anything outside it are not followed, and not kept."""

    def __init__(self, data: bytes) -> None:
        """Open the file.

        Raises:
            UnreadableError: it is no Word file, is encrypted, or unpacks to more than a letter's size.
        """
        if data.startswith(_OLD_OR_ENCRYPTED):
            raise UnreadableError(
                "it is encrypted, or in Word's format from before 2007; save it as .docx without a password"
            )
        self._archive = open_zip(data, Budget(MAX_PARTS, MAX_UNPACKED_BYTES), "a Word letter")
        self._parts = {info.filename.lstrip("/").lower(): info for info in self._archive.infolist()}
        main = next((r.target for r in self.relations("") if r.kind == "officeDocument"), "word/document.xml")
        if main.lower() not in self._parts:
            raise UnreadableError("it is an archive without a Word document in it; save it as .docx again")
        self.main = main

    def relations(self, part: str) -> list[Relation]:
        """Return what a part refers to inside the file; of "", what the file itself begins with.

        Raises:
            UnreadableError: the part cannot be unpacked or parsed.
        """
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        found: list[Relation] = []
        for item in root if root is not None else ():
            if item.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join("/", folder, item.get("Target", ""))).lstrip("/")
            found.append(Relation(item.get("Id", ""), item.get("Type", "").rpartition("/")[2], target))
        return found

    def bytes(self, part: str) -> bytes | None:
        """Return a part's bytes, or None where there is no such part.

        Raises:
            UnreadableError: it cannot be unpacked.
        """
        info = self._parts.get(part.lower())
        return unpack(self._archive, info) if info else None

    def xml(self, part: str) -> etree._Element | None:
        """Return a part's root element, or None where there is no such part.

        Raises:
            UnreadableError: it cannot be unpacked or parsed, or declares entities.
        """
        data = self.bytes(part)
        return None if data is None else parse_xml(data)


def parse_xml(data: bytes) -> etree._Element:
    """Parse XML that stands for itself: no document type, no entities, nothing fetched.

    Raises:
        UnreadableError: it is not well formed, declares a document type, or is nested beyond reason.
    """
    refusal = UnreadableError(
        "its XML declares a document type, which Word never writes; open it in Word and save it anew"
    )
    if any(mark in data for mark in _DOCTYPES):
        raise refusal
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if getattr(error, "code", None) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise UnreadableError("its XML is broken; open it in Word and save it anew") from error
    # A document type in an encoding that the search above does not know.
    if root.getroottree().docinfo.internalDTD is not None:
        raise refusal
    return root
