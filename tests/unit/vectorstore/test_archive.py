import io
import struct
import time
import zipfile

import pytest

from vectorstore.errors import UnreadableError
from vectorstore.readers.archive import MAX_MEMBERS, Budget, read_zip
from vectorstore.readers.member import MAX_NAME_BYTES, Member
from vectorstore.readers.unfold import unfold


def pack(*files: tuple[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", kind) as archive:
        for name, data in files:
            info = zipfile.ZipInfo("x")
            info.filename, info.compress_type = name, kind
            archive.writestr(info, data)
    return stream.getvalue()


def test_members_come_in_order_without_folders_and_systems_files() -> None:
    data = pack(
        ("2020/", b""), ("2020/a.txt", b"A"), ("2021/a.txt", b"B"), ("__MACOSX/2020/._a.txt", b"x"),
        ("2020/.DS_Store", b"x"), ("Thumbs.db", b"x"),
    )  # fmt: skip
    assert list(read_zip(data)) == [Member("a.txt", b"A"), Member("a (2).txt", b"B")]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../x.txt", "x.txt"),
        ("/etc/x.txt", "x.txt"),
        ("..\\..\\x.txt", "x.txt"),
        ("C:x.txt", "C_x.txt"),
        ("CON.txt", "_CON.txt"),
        ("a\nb\r.txt", "a b.txt"),
        ("a\udc80b.txt", "ab.txt"),
        ("\u202etxt.exe", "txt.exe"),
        ("...", "unnamed"),
        ("x" * 300, "x" * MAX_NAME_BYTES),
        ("\u00e9" * 300 + ".txt", "\u00e9" * 58 + ".txt"),
    ],
)
def test_hostile_names_become_labels(given: str, shown: str) -> None:
    packed = pack(("placeholder", b"x"))
    # What a program could not write, another could: the name is put in as bytes.
    name = given.encode("utf-8", "surrogatepass")
    data = bytearray(packed.replace(b"placeholder", name))
    at, end = data.index(b"PK\1\2"), data.index(b"PK\5\6")
    for position in (6, at + 8):
        data[position : position + 2] = struct.pack("<H", 0 if "\udc80" in given else 0x800)
    for position in (26, at + 28):
        data[position : position + 2] = struct.pack("<H", len(name))
    data[end + 12 : end + 20] = struct.pack("<LL", end - at, at)
    if "\udc80" in given:  # without the mark for UTF-8 the bytes are read as an old code page
        assert next(read_zip(bytes(data))).name.isprintable()
    else:
        assert next(read_zip(bytes(data))).name == shown


def test_twins_in_composed_and_decomposed_letters_are_two_files() -> None:
    names = [
        member.name
        for member in read_zip(
            pack(("caf\u00e9.txt", b"1"), ("cafe\u0301.txt", b"2"), ("CAF\u00c9.txt", b"3"))
        )
    ]
    assert names == ["caf\u00e9.txt", "caf\u00e9 (2).txt", "CAF\u00c9 (3).txt"]


def test_ten_thousand_files_of_one_name_do_not_take_ever_longer() -> None:
    began = time.monotonic()
    assert sum(1 for _ in read_zip(pack(*[(f"{n}/a.txt", b"x") for n in range(MAX_MEMBERS)]))) == MAX_MEMBERS
    assert time.monotonic() - began < 20


def test_one_bad_member_leaves_the_others() -> None:
    data = bytearray(
        pack(
            ("bad.txt", b"A" * 50),
            ("good.txt", b"B"),
            ("bomb.txt", bytes(30_000_000)),
            kind=zipfile.ZIP_DEFLATED,
        )
    )
    at = data.index(b"bad.txt") + 7
    data[at] ^= 0xFF
    bad, good, bomb = read_zip(bytes(data))
    assert "broken" in bad.reason
    assert good == Member("good.txt", b"B")
    assert "smaller" in bomb.reason
    assert bomb.data == b""


def test_encrypted_members_and_links_are_set_aside() -> None:
    data = bytearray(pack(("a.txt", b"A")))
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    assert "encrypted" in next(read_zip(bytes(data))).reason
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        info = zipfile.ZipInfo("a.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
    assert "link" in next(read_zip(stream.getvalue())).reason


def test_limits_hold_before_anything_is_unpacked() -> None:
    with pytest.raises(UnreadableError, match="files"):
        list(read_zip(pack(*[(f"{n}", b"") for n in range(3)]), Budget(members=2)))
    with pytest.raises(UnreadableError, match="unpacks to"):
        list(read_zip(pack(("a", b"x" * 100), ("b", b"x" * 100)), Budget(total_bytes=150)))


@pytest.mark.parametrize("data", [b"", b"P", b"PK\3\4", pack(("a", b"x"))[:-10], pack(("a/", b"")), pack()])
def test_what_is_no_archive_is_set_aside(data: bytes) -> None:
    with pytest.raises(UnreadableError, match=r"ZIP|without files|is empty"):
        list(read_zip(data))


def test_unfolding_opens_archives_and_messages_one_in_another() -> None:
    message = b"From: a\nSubject: s\n\nWords\n"
    inner = pack(("deep.txt", b"D"), ("deeper.zip", pack(("x.txt", b"x"))))
    members = unfold(
        pack(("m.eml", message), ("in.zip", inner), ("a.pdf", b"%PDF"), ("o.msg", b"x")), "all.zip"
    )
    assert [(member.name, bool(member.reason)) for member in members] == [
        ("m.eml - m.txt", False),
        ("in.zip - deep.txt", False),
        ("in.zip - deeper.zip", True),
        ("a.pdf", False),
        ("o.msg", True),
    ]


def test_a_letter_unfolds_to_itself_and_a_word_file_called_zip_is_a_letter() -> None:
    assert unfold(b"x", "a.txt") == [Member("a.txt", b"x")]
    letter = pack(("word/document.xml", b"<x/>"))
    assert unfold(letter, "a.zip") == [Member("a.docx", letter)]


def test_archives_in_an_archive_share_one_budget() -> None:
    inner = pack(*[(f"{n}.txt", b"x") for n in range(4_000)])
    members = unfold(pack(*[(f"{n}.zip", inner) for n in range(4)]), "all.zip")
    assert sum(not member.reason for member in members) == 8_000
    assert all("at most" in member.reason for member in members[8_000:])
