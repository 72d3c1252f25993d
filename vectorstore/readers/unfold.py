"""A file to the letters in it: archives and e-mails are taken apart, everything else is one letter already."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from vectorstore.errors import UnreadableError
from vectorstore.readers.archive import Budget, open_zip, read_zip
from vectorstore.readers.eml import read_eml
from vectorstore.readers.member import Member
from vectorstore.readers.msg import read_msg

# An archive in an archive is opened, one in that is not.
MAX_ARCHIVES = 2
FOLDED = frozenset({".zip", ".eml", ".msg"})


def unfold(data: bytes, name: str) -> list[Member]:
    """Return the letters that a file holds, each to be read by its own kind, and what could not be taken out of it.

    Raises:
        UnreadableError: the file itself cannot be opened.
    """
    return list(_unfold(data, name, Budget(), archives=0))


def _unfold(data: bytes, name: str, budget: Budget, *, archives: int) -> Iterator[Member]:
    kind = PurePosixPath(name).suffix.lower()
    if kind == ".zip":
        if archives == MAX_ARCHIVES:
            raise UnreadableError("it is an archive in an archive in an archive; unpack it and add the files")
        if _is_word_file(data):
            yield Member(f"{PurePosixPath(name).stem}.docx", data)
            return
        yield from _each(read_zip(data, budget), budget, archives + 1)
    elif kind in (".eml", ".msg"):
        message = read_msg(data) if kind == ".msg" else data
        yield from _each(iter(read_eml(message, name)), budget, archives)
    else:
        yield Member(name, data)


def _each(members: Iterator[Member], budget: Budget, archives: int) -> Iterator[Member]:
    for member in members:
        if member.reason:
            yield member
            continue
        try:
            for inner in _unfold(member.data, member.name, budget, archives=archives):
                nested = inner.name != member.name
                yield replace(inner, name=f"{member.name} - {inner.name}") if nested else inner
        except UnreadableError as error:
            yield Member(member.name, b"", str(error))


def _is_word_file(data: bytes) -> bool:
    with open_zip(data, Budget()) as archive:
        return "word/document.xml" in archive.namelist()
