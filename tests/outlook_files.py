"""Outlook messages made by hand: a compound file with just what a test wants in it.

Source: [MS-CFB] version 3 for the file, [MS-OXMSG] for what lies where in it.
"""

import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise

SECTOR, SMALL, CUTOFF = 512, 64, 4096
END, FREE, TABLE, NOTHING = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
TEXT, BYTES, NUMBER, TIME = 0x001F, 0x0102, 0x0003, 0x0040
Value = str | bytes | int | datetime


@dataclass
class Folder:
    """A storage: its streams, and the storages in it."""

    files: dict[str, bytes] = field(default_factory=dict)
    folders: dict[str, "Folder"] = field(default_factory=dict)


def message(
    properties: dict[int, Value],
    *,
    recipients: list[dict[int, Value]] | None = None,
    attachments: list[dict[int, Value] | Folder] | None = None,
    header: int = 32,
) -> Folder:
    """Return a message; an attachment that is a folder is a message within it.

    Args:
        header: bytes before its properties: 32 for a file's own message, 24 for one within another.
    """
    made = _properties(properties, header)
    for at, one in enumerate(recipients or []):
        made.folders[f"__recip_version1.0_#{at:08X}"] = _properties(one, 8)
    for at, attached in enumerate(attachments or []):
        inside = _properties({} if isinstance(attached, Folder) else attached, 8)
        if isinstance(attached, Folder):
            inside.folders["__substg1.0_3701000D"] = attached
        made.folders[f"__attach_version1.0_#{at:08X}"] = inside
    return made


def _properties(values: dict[int, Value], header: int) -> Folder:
    made, rows = Folder(), [bytes(header)]
    for pid, value in values.items():
        match value:
            case str():
                kind, data = TEXT, value.encode("utf-16-le")
                made.files[f"__substg1.0_{pid:04X}{kind:04X}"] = data
                row = struct.pack("<II", len(data) + 2, 0)
            case bytes():
                kind = BYTES
                made.files[f"__substg1.0_{pid:04X}{kind:04X}"] = value
                row = struct.pack("<II", len(value), 0)
            case int():
                kind, row = NUMBER, struct.pack("<iI", value, 0)
            case datetime():
                since = value - datetime(1601, 1, 1, tzinfo=UTC)
                kind, row = TIME, struct.pack("<Q", int(since.total_seconds()) * 10**7)
        rows.append(struct.pack("<HHI", kind, pid, 6) + row)
    made.files["__properties_version1.0"] = b"".join(rows)
    return made


def compound_file(root: Folder) -> bytes:
    """Write a folder as a compound file."""
    sectors: list[bytes] = []
    table: list[int] = []
    small, small_table = bytearray(), list[int]()

    def chain(data: bytes, size: int, into: list[int]) -> int:
        """Note a run of sectors in a table; return the first."""
        count, first = -(-len(data) // size), len(into)
        into.extend([*range(first + 1, first + count), END] if count else [])
        return first if count else END

    def put(data: bytes) -> int:
        first = chain(data, SECTOR, table)
        padded = data.ljust(-(-len(data) // SECTOR) * SECTOR, b"\0")
        sectors.extend(padded[at : at + SECTOR] for at in range(0, len(padded), SECTOR))
        return first

    def put_stream(data: bytes) -> int:
        if len(data) >= CUTOFF:
            return put(data)
        first = chain(data, SMALL, small_table)
        small.extend(data.ljust(-(-len(data) // SMALL) * SMALL, b"\0"))
        return first

    entries: list[tuple[str, int, int, int, int, int]] = [("Root Entry", 5, NOTHING, NOTHING, END, 0)]

    def add(folder: Folder) -> int:
        """Write a folder's entries, each to the right of the one before; return the first."""
        numbers = []
        for name, data in folder.files.items():
            numbers.append(len(entries))
            entries.append((name, 2, NOTHING, NOTHING, put_stream(data), len(data)))
        for name, inner in folder.folders.items():
            numbers.append(len(entries))
            entries.append((name, 1, NOTHING, NOTHING, 0, 0))
            at = numbers[-1]
            entries[at] = (name, 1, NOTHING, add(inner), 0, 0)
        for one, following in pairwise(numbers):
            name, kind, _, child, start, size = entries[one]
            entries[one] = (name, kind, following, child, start, size)
        return numbers[0] if numbers else NOTHING

    child = add(root)
    entries[0] = ("Root Entry", 5, NOTHING, child, put(bytes(small)), len(small))
    small_at = put(struct.pack(f"<{len(small_table)}I", *small_table).ljust(SECTOR, b"\xff"))
    small_sectors = -(-len(small_table) * 4 // SECTOR) or 1
    directory = put(b"".join(_entry(*entry) for entry in entries))
    count = -(-(len(table) * 4) // (SECTOR - 4)) or 1
    at = len(sectors)
    table.extend([TABLE] * count)
    data = struct.pack(f"<{len(table)}I", *table).ljust(count * SECTOR, b"\xff")
    sectors.extend(data[start : start + SECTOR] for start in range(0, len(data), SECTOR))
    head = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, count,
        directory, 0, CUTOFF, small_at, small_sectors, END, 0, at,
    )  # fmt: skip
    more = struct.pack(f"<{108}I", *range(at + 1, at + count), *[FREE] * (109 - count))
    return head + more + b"".join(sectors)


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sIQQIQ", encoded, len(encoded), kind, 1, NOTHING, right, child, b"", 0, 0, 0, start, size
    )
