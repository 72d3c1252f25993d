"""ZIP: opened within limits, so that a small file cannot unfold into a huge one. Nothing is written to disk."""

import io
import lzma
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from vectorstore.errors import UnreadableError
from vectorstore.readers.kind import mistaken
from vectorstore.readers.member import Member, label

MAX_MEMBERS = 10_000
MAX_TOTAL_BYTES = 200_000_000
MAX_RATIO = 200
# Below this size a high ratio is only an empty-looking file.
RATIO_FROM_BYTES = 1_000_000
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    IndexError,
    NotImplementedError,  # zipfile's, of a compression or an encryption that it does not know
    RuntimeError,
)
# What systems add to an archive by themselves.
_NO_LETTERS = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")


@dataclass(slots=True)
class Budget:
    """What may still be taken out of a file and of the archives within it."""

    members: int = MAX_MEMBERS
    total_bytes: int = MAX_TOTAL_BYTES


def open_zip(data: bytes, budget: Budget, what: str = "a ZIP archive") -> zipfile.ZipFile:
    """Open an archive and take its members off the budget, before any of them is unpacked.

    Args:
        what: the file as its user knows it; a Word letter is an archive too.

    Raises:
        UnreadableError: it is no archive, is broken, or holds more than the budget.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        wrong = mistaken(data, "a ZIP archive")
        raise UnreadableError(wrong or f"it is not {what}, or a broken one; get the file again") from error
    members = archive.infolist()
    total = sum(info.file_size for info in members)
    if len(members) > budget.members:
        raise UnreadableError(f"it holds {len(members):,} files; {budget.members:,} are read at most")
    if total > budget.total_bytes:
        raise UnreadableError(
            f"it unpacks to {total:,} bytes; {budget.total_bytes:,} are read at most. Split it into several"
        )
    budget.members -= len(members)
    budget.total_bytes -= total
    return archive


def unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Return one member's bytes.

    Raises:
        UnreadableError: it is encrypted, packed beyond the ratio that files have, or broken.
    """
    if info.flag_bits & 0x1:
        raise UnreadableError(
            "it is encrypted in the archive; unpack it with its password and add the file itself"
        )
    if info.file_size > max(RATIO_FROM_BYTES, MAX_RATIO * info.compress_size):
        raise UnreadableError(
            f"it is packed more than {MAX_RATIO} times smaller, as no letter is; unpack it and add the file itself"
        )
    try:
        # No more is unpacked than the size that the archive declares and the budget has allowed.
        return archive.read(info)
    except _BROKEN as error:
        raise UnreadableError("it is broken in the archive; get the file again") from error


def read_zip(data: bytes, budget: Budget | None = None) -> Iterator[Member]:
    """Yield an archive's files one at a time, as they are unpacked; folders and systems' own files are left out.

    Raises:
        UnreadableError: it is no archive, holds nothing, or holds more than the budget.
    """
    taken: Counter[str] = Counter()
    with open_zip(data, budget or Budget()) as archive:
        for info in archive.infolist():
            if info.is_dir() or _is_system_file(info.filename):
                continue
            name = label(info.filename, taken)
            try:
                if stat.S_ISLNK(info.external_attr >> 16):
                    raise UnreadableError("it is a link, no file; add the file itself")
                yield Member(name, unpack(archive, info))
            except UnreadableError as error:
                yield Member(name, b"", str(error))
    if not taken:
        raise UnreadableError("it is an archive without files; get it again")


def _is_system_file(name: str) -> bool:
    lower = name.replace("\\", "/").lower()
    last = lower.rpartition("/")[2]
    return lower.startswith(_NO_LETTERS[0]) or last in _NO_LETTERS or last.startswith("._")
