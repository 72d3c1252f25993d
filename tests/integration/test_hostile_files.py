"""Files made to do harm, through the reading process: each is read or set aside, and the next one is read."""

import io
import os
import random
import re
import struct
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from PIL import Image

from benchmarks.fuzz import fuzz
from tests.pdf_files import A4, Sheet, line, lines, pdf, picture_of, saved, whole_page
from vectorstore.errors import UnreadableError
from vectorstore.ingest import ingest
from vectorstore.read import Reading, read_letter
from vectorstore.readers.member import MAX_NAME_BYTES, Member
from vectorstore.readers.ocr import ocr_available
from vectorstore.readers.page import HIDDEN
from vectorstore.readers.unfold import unfold
from vectorstore.sandbox import Sandbox
from vectorstore.store import Store

pytestmark = pytest.mark.skipif(os.name == "nt", reason="limits are the system's, and Windows has others")
needs_ocr = pytest.mark.skipif(not ocr_available(), reason="tesseract is not installed")

TIMEOUT_S = 60
MEMORY_BYTES = 2**30
WORDS = ["Dear Director,", "", "We agree with the whole of the report and have begun."]
TEXT = "\n".join(WORDS)
LETTER = pdf(Sheet(lines(WORDS, 70, 760)))
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
ENTITIES = '<!DOCTYPE l [<!ENTITY a "lol">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
OUTSIDE = '<!DOCTYPE l [<!ENTITY i SYSTEM "file:///etc/passwd">]>'
Make = Callable[[], bytes]


@pytest.fixture(scope="module")
def readers() -> Iterator[Sandbox[Reading]]:
    with Sandbox(read_letter, timeout_s=TIMEOUT_S, memory_bytes=MEMORY_BYTES) as made:
        yield made


@pytest.fixture(scope="module")
def openers() -> Iterator[Sandbox[list[Member]]]:
    with Sandbox(unfold, timeout_s=TIMEOUT_S, memory_bytes=MEMORY_BYTES) as made:
        yield made


def pack(parts: dict[str, str | bytes]) -> bytes:
    """An archive; a name goes in as it is, whatever it is."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo("x")
            info.filename, info.compress_type = name, zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return stream.getvalue()


def word(body: str, *, before: str = "", more: dict[str, str | bytes] | None = None) -> bytes:
    relation = f'<Relationship Id="r1" Type="{OFFICE}" Target="word/document.xml"/>'
    document = f'{before}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return pack(
        {
            "_rels/.rels": f"<Relationships>{relation}</Relationships>",
            "word/document.xml": document,
            **(more or {}),
        }
    )


def said(text: str, look: str = "") -> str:
    return f"<w:p><w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def drawn(content: bytes, *, filters: str = "/FlateDecode") -> bytes:
    """A PDF of one page whose content is packed as `filters` say."""
    page = pdf(Sheet("?"))
    stream = (
        f"<<  /Filter [{filters}] /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"
    )
    return page.replace(b"<<  /Length 1 >>\nstream\n?\nendstream", stream)


def noise(size: int) -> bytes:
    """Bytes that do not pack."""
    return random.Random(1).randbytes(size)  # noqa: S311 - to be made again, not to be secret


def scan(size: tuple[float, float] = A4, dpi: int = 150) -> Image.Image:
    return picture_of(lines(WORDS, 70, size[1] - 80), size=size, dpi=dpi)


def white(kind: str, size: tuple[int, int]) -> bytes:
    return saved(Image.new("1", size, 1), kind, **({"compression": "group4"} if kind == "TIFF" else {}))


def png_of(width: int, height: int) -> bytes:
    """A picture that claims a size, and holds next to nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


READ: list[tuple[str, Make, str]] = [
    ("one byte.txt", lambda: b"x", "x"),
    ("mixed.txt", lambda: "“We” ".encode() + "agree – £5".encode("cp1252"), "“We” agree – £5"),
    ("half.txt", lambda: b"We\xed\xa0\x80 agree", "We\ufffd agree"),
    ("half wide.txt", lambda: b"\xff\xfeW\0e\0\0\xd8", "We\ufffd"),
    ("marks.txt", "\u202eeW\u202c a\u200bgree\u2066".encode, "\u202eeW\u202c a\u200bgree\u2066"),
    ("half.html", lambda: b"<p>We&#xD800; agree&#0;</p>", "We\ufffd agree\ufffd"),
    ("entities.html", f"{ENTITIES}]><p>We agree &i;</p>".encode, "We agree &i;"),
    ("outside.html", f"{OUTSIDE}<p>We agree &i;</p>".encode, "We agree &i;"),
    ("fetch.html", lambda: b"<img src=http://127.0.0.1:9/x><iframe src=/etc/passwd></iframe>We agree", "We agree"),
    ("outside.docx", lambda: word(said("We agree") + '<w:altChunk w:id="r9"/>'), "We agree"),
    ("large page.pdf", lambda: pdf(Sheet(line("We agree", 9, 7000, size=200), size=(14_400, 14_400))), "We agree"),
    ("huge page.pdf", lambda: pdf(Sheet(line("We agree", 9, 7000, size=200), size=(1e9, 1e9))), "We agree"),
]  # fmt: skip

SET_ASIDE: list[tuple[str, Make, str]] = [
    *((f"empty{kind}", lambda: b"", "it is empty; get the file again") for kind in (".txt", ".pdf", ".docx", ".png")),
    ("empty.html", lambda: b"", "it shows no words"),
    ("one byte.pdf", lambda: b"%", "it is not a PDF, whatever its name says; get the file again"),
    ("one byte.docx", lambda: b"P", "it is not a Word letter, or a broken one; get the file again"),
    ("one byte.png", lambda: b"\x89", "it is not a picture that can be opened"),
    ("wrong.docx", lambda: LETTER, "it is a PDF under a wrong name; give it the ending .pdf"),
    ("wrong.txt", lambda: LETTER, "it is a PDF under a wrong name; give it the ending .pdf"),
    ("wrong.html", lambda: LETTER, "it is a PDF under a wrong name; give it the ending .pdf"),
    ("wrong.pdf", lambda: word(said("x")), "it is a Word letter under a wrong name; give it the ending .docx"),
    ("wrong.png", lambda: b"<html>We agree", "it is a web page under a wrong name; give it the ending .html"),
    ("old.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "save it as .docx without a password"),
    ("program.exe", lambda: b"MZ", "files of the kind '.exe' are not read; save it as"),
    ("secret.pdf", lambda: pdf(Sheet("x"), encrypted=True), "it is encrypted; save it without a password"),
    ("long.pdf", lambda: pdf(*[Sheet("")] * 10_000), "it has 10,000 pages; at most 2,000 are read: split it"),
    ("half.pdf", lambda: LETTER[: len(LETTER) // 2], "it is cut short: its end is missing; get the file again"),
    ("loop.pdf", lambda: LETTER.replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]"), "the page is damaged; print"),
    ("stream.pdf", lambda: drawn(zlib.compress(zlib.compress(bytes(300_000_000))), filters="/FlateDecode /FlateDecode"),
     "the page is blank"),
    ("shapes.pdf", lambda: drawn(zlib.compress(b"q 0 0 9 9 re f Q\n" * 3_000_000)), "memory"),
    ("picture.pdf", lambda: pdf(Sheet(whole_page(), Image.new("L", (9, 9)), picture_size=(30_000, 30_000))),
     "30,000 by 30,000 pixels; save it at 300 dpi"),
    ("30,000 pixels.png", lambda: white("PNG", (30_000, 30_000)), "far larger than a page; save it at 300 dpi"),
    ("30,000 pixels.tif", lambda: white("TIFF", (30_000, 30_000)), "far larger than a page; save it at 300 dpi"),
    ("30,000 claimed.png", lambda: png_of(30_000, 4_000), "30,000 by 4,000 pixels, more than a page needs; save it"),
    ("bomb.docx", lambda: word(said("a" * 50_000_000)), "200 times smaller, as no letter is; unpack it"),
    ("parts.docx", lambda: word("", more={f"word/{n}": b"" for n in range(6_000)}), "6,002 files; 5,000 are read"),
    ("entities.docx", lambda: word(said("&i;"), before=f"{ENTITIES}]>"), "declares a document type"),
    ("wide entities.docx", lambda: pack({
        "word/document.xml": ('<?xml version="1.0" encoding="UTF-16"?>' + OUTSIDE + "<l>&i;</l>").encode("utf-16")}),
     "declares a document type"),
    ("outside.docx", lambda: word(said("&i;"), before=OUTSIDE), "declares a document type"),
    ("deep.docx", lambda: word("<w:sdt>" * 9_000 + "</w:sdt>" * 9_000), "its XML is broken; open it in Word"),
    ("deep.html", lambda: b"<div>" * 500_000 + b"We agree", "nested too deeply, or one is far too long; save it as"),
    ("long tag.html", lambda: b"<p style='" + b"color:red;" * 2_000_000 + b"'>We", "far too long; save it as PDF"),
    ("binary.html", lambda: noise(5_000), "control characters|neither|not text"),
    ("binary.txt", lambda: noise(5_000), "control characters|not text"),
    ("chinese.txt", lambda: "我们同意报告的全部内容".encode("gb18030"), "save it as UTF-8"),
    ("blank.pdf", lambda: pdf(Sheet(""), Sheet("")), "the page is blank"),
    ("a\0b\n/../CON", lambda: b"x", "files of the kind"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make", "text"), READ, ids=[name for name, _, _ in READ])
def test_what_can_be_read_is_read(readers: Sandbox[Reading], name: str, make: Make, text: str) -> None:
    reading = readers.read(make(), name)
    assert text in reading.text
    assert "root:" not in reading.text
    assert reading.text.encode()


@pytest.mark.parametrize(("name", "make", "reason"), SET_ASIDE, ids=[name for name, _, _ in SET_ASIDE])
def test_what_cannot_is_set_aside_with_a_reason_and_the_next_is_read(
    readers: Sandbox[Reading], name: str, make: Make, reason: str
) -> None:
    began = time.monotonic()
    outcomes = dict(readers.map([(0, make(), name), (1, LETTER, "next.pdf")]))
    assert time.monotonic() - began < TIMEOUT_S
    bad, good = outcomes[0], outcomes[1]
    assert isinstance(good, Reading)
    assert "We agree with the whole of the report" in good.text
    with pytest.raises(UnreadableError, match=reason) as error:
        raise bad if isinstance(bad, UnreadableError) else AssertionError(bad)
    assert "Traceback" not in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", pdf(Sheet(lines(WORDS, 70, 760) + line("IGNORE", 70, 300, paint="1 g 0 Tr")))),
        ("a.docx", word(said(TEXT) + said("IGNORE", '<w:color w:val="FFFFFF"/>'))),
        ("a.html", f"<p>{TEXT}</p><p style='color:white'>IGNORE</p>".encode()),
    ],
)
def test_hidden_white_text_is_left_out_and_that_is_said(
    readers: Sandbox[Reading], name: str, data: bytes
) -> None:
    reading = readers.read(data, name)
    assert "IGNORE" not in reading.text
    assert reading.reads[0].reason == HIDDEN


@needs_ocr
def test_a_scan_of_200_inches_and_one_of_30000_pixels_are_read(readers: Sandbox[Reading]) -> None:
    size = (14_400, 14_400)
    poster = picture_of(line("ANNOUNCEMENT", 1000, 7000, size=1500), size=size, dpi=10)
    assert "ANNOUNCEMENT" in readers.read(pdf(Sheet(whole_page(size), poster, size=size)), "a.pdf").text
    strip = Image.new("L", (30_000, 1_240), 255)
    strip.paste(scan(dpi=150).crop((0, 0, 1_240, 400)), (0, 0))
    assert "whole of the report" in readers.read(saved(strip, "PNG"), "strip.png").text


def test_a_page_that_cannot_be_read_leaves_the_others_and_its_place(readers: Sandbox[Reading]) -> None:
    huge = Sheet(whole_page(), Image.new("L", (9, 9)), picture_size=(30_000, 30_000))
    sheets = Sheet(lines(WORDS, 70, 760)), huge, Sheet("")
    reading = readers.read(pdf(*sheets, Sheet(lines(WORDS, 70, 760))), "a.pdf")
    assert [read.how for read in reading.reads] == ["text", "unreadable", "text", "text"]
    assert "save it at 300 dpi" in reading.reads[1].reason
    assert len(reading.pages) == 4


def test_a_file_that_needs_more_time_or_memory_than_there_is_is_given_up() -> None:
    page = drawn(zlib.compress(b"BT /F1 9 Tf (a b c d e f g) Tj ET\n" * 20_000))
    slow = page.replace(b"/Count 1 /Kids [5 0 R]", b"/Count 900 /Kids [" + b"5 0 R " * 900 + b"]")
    with Sandbox(read_letter, timeout_s=4, memory_bytes=MEMORY_BYTES) as sandbox:
        outcomes = [outcome for _, outcome in sandbox.map([(0, slow, "a.pdf"), (1, LETTER, "b.pdf")])]
    assert "longer than 4 s; split it" in str(outcomes[0])
    assert isinstance(outcomes[1], Reading)
    with Sandbox(read_letter, timeout_s=TIMEOUT_S, memory_bytes=300 * 2**20) as sandbox:
        large = b"<p>We agree.</p>" * 1_000_000
        outcomes = [outcome for _, outcome in sandbox.map([(0, large, "a.html"), (1, LETTER, "b.pdf")])]
    assert "more than 300 MiB of memory; split it" in str(outcomes[0])
    assert isinstance(outcomes[1], Reading)


HOSTILE_NAMES = [
    "../x.txt", "..\\..\\x.txt", "/etc/x.txt", "C:\\x.txt", "//host/x.txt", "CON", "nul.txt", "aux.",
    "x" * 300 + ".txt",
    "\u00e9" * 300, "a\nb.txt", "a\rb.txt", "caf\u00e9.txt", "cafe\u0301.txt", "CAF\u00c9.TXT", "\u202etxt.exe",
    "a\u200bb.txt", "..", ".", " ", "-rf", "$(touch x).txt",
    "`x`;|&.txt", "a\0b.txt",
]  # fmt: skip


def are_safe(names: list[str]) -> bool:
    folded = {name.casefold() for name in names}
    return len(folded) == len(names) and all(
        name.isprintable()
        and not set(name) & set('/\\<>:"|?*\0\n')
        and name.strip(". ") == name
        and name.partition(".")[0].upper() not in {"CON", "NUL", "AUX", "PRN"}
        and len(name.encode()) <= MAX_NAME_BYTES
        for name in names
    )


def test_hostile_names_in_an_archive_are_only_labels(openers: Sandbox[list[Member]]) -> None:
    members = openers.read(pack({name: f"Letter {at}" for at, name in enumerate(HOSTILE_NAMES)}), "a.zip")
    assert are_safe([member.name for member in members])
    # A NUL ends a name: what cannot be told apart any more is still there, or said to be broken.
    assert [member.data.decode() or member.reason for member in members[:-1]] == [
        f"Letter {at}" for at in range(len(HOSTILE_NAMES) - 1)
    ]
    assert len(members) == len(HOSTILE_NAMES)


def test_hostile_names_in_a_message_are_only_labels(openers: Sandbox[list[Member]]) -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@agency.example", "../../x"
    message.set_content(TEXT)
    names = [name for name in HOSTILE_NAMES if not set(name) & set("\0\r\n")]
    for name in names:
        message.add_attachment(b"We agree", maintype="application", subtype="pdf", filename=name)
    members = openers.read(message.as_bytes(), "../../etc/m.eml")
    assert are_safe([member.name for member in members])
    assert [member.data for member in members[1:]] == [b"We agree"] * len(names)


def nested_mail(depth: int) -> bytes:
    message = EmailMessage()
    message["From"] = "a@agency.example"
    message.set_content("Innermost")
    for level in range(depth):
        outer = EmailMessage()
        outer["From"], outer["Subject"] = "a@agency.example", f"level {level}"
        outer.set_content(f"Level {level}")
        outer.add_attachment(message)
        message = outer
    return message.as_bytes()


def nested_zip(depth: int) -> bytes:
    data = pack({"a.txt": TEXT})
    for level in range(depth):
        data = pack({f"{level}.zip": data, f"{level}.txt": f"Level {level}"})
    return data


@pytest.mark.parametrize(
    ("name", "make", "kept", "reason"),
    [
        ("deep.eml", lambda: nested_mail(40), 4, "more than 3 messages deep; save it on its own"),
        ("deep.zip", lambda: nested_zip(30), 2, "archive in an archive in an archive; unpack it"),
        ("mixed.zip", lambda: pack({"a.txt": TEXT, "bomb.txt": bytes(50_000_000)}), 1, "200 times smaller"),
        ("link.zip", lambda: linked("/etc/passwd"), 1, "it is a link, no file"),
        ("outlook.zip", lambda: pack({"a.txt": TEXT, "b.msg": b"x"}), 1, "save it as .eml"),
        ("page.eml", lambda: b"From: a\nContent-Type: text/html\n\n" + b"<b>" * 9_000 + b"We agree", 1, ""),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_can_be_taken_out_is_and_the_rest_is_named(
    openers: Sandbox[list[Member]], name: str, make: Make, kept: int, reason: str
) -> None:
    members = openers.read(make(), name)
    assert sum(not member.reason for member in members) == kept
    assert [reason in member.reason for member in members if member.reason] == [True] * (len(members) - kept)
    assert len(members) > kept or not reason


def linked(target: str) -> bytes:
    stream = io.BytesIO(pack({"a.txt": TEXT}))
    with zipfile.ZipFile(stream, "a") as archive:
        info = zipfile.ZipInfo("b.txt")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, target)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "make", "reason"),
    [
        ("a.zip", lambda: pack({f"{n}.txt": bytes(30_000_000) for n in range(8)}), "240,000,000 bytes.*Split it"),
        ("a.zip", lambda: pack({f"{n}": b"" for n in range(10_001)}), "10,001 files"),
        ("a.zip", lambda: LETTER, "it is a PDF under a wrong name"),
        ("a.eml", lambda: b"", "it is empty"),
        ("a.eml", lambda: b"From: a\nContent-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\nx\n" * 5_000, "parts"),
        ("a.msg", lambda: b"x", "save it as .eml"),
    ],
)  # fmt: skip
def test_what_cannot_be_opened_is_set_aside_and_the_next_is(
    openers: Sandbox[list[Member]], name: str, make: Make, reason: str
) -> None:
    bad, good = (
        outcome for _, outcome in openers.map([(0, make(), name), (1, pack({"a.txt": TEXT}), "b.zip")])
    )
    assert good == [Member("a.txt", TEXT.encode())]
    with pytest.raises(UnreadableError, match=reason):
        raise bad if isinstance(bad, UnreadableError) else AssertionError(bad)


def test_nothing_is_written_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "one" / "two"
    inside.mkdir(parents=True)
    monkeypatch.chdir(inside)
    for name in ("TMPDIR", "TEMP", "TMP", "HOME"):
        monkeypatch.setenv(name, str(inside))
    files = [LETTER, word(said(TEXT)), saved(scan(), "PNG"), pdf(Sheet(whole_page(), scan()))]
    with (
        Sandbox(read_letter, memory_bytes=MEMORY_BYTES) as reading,
        Sandbox(unfold, memory_bytes=MEMORY_BYTES) as opening,
    ):
        outcomes = [o for _, o in reading.map((name, data, f"../{name}") for name, data in zip(
            ("a.pdf", "b.docx", "c.png", "d.pdf"), files, strict=True))]  # fmt: skip
        opening.read(pack(dict.fromkeys(HOSTILE_NAMES, TEXT)), "../../a.zip")
        opening.read(nested_mail(3), "../../a.eml")
    assert isinstance(outcomes[0], Reading)
    assert [str(path.relative_to(tmp_path)) for path in sorted(tmp_path.rglob("*"))] == ["one", "one/two"]


def test_mutated_files_are_read_or_set_aside() -> None:
    """A slice of `python -m benchmarks.fuzz`, by another seed."""
    tally = fuzz(150, seed=2)
    assert tally.wrong == []
    assert tally.outcomes.total() == 150
    assert tally.outcomes["read"] > 30


def test_a_folder_of_hostile_files_costs_no_good_letter_and_nothing_outside_the_store(tmp_path: Path) -> None:
    folder, away = tmp_path / "letters", tmp_path / "away"
    folder.mkdir()
    away.mkdir()
    (away / "secret.txt").write_text("Nobody named this folder.")
    for at, name in enumerate(
        ["good.txt", "CON.txt", "a\nb.txt", "-rf.txt", "caf\u00e9.txt", "cafe\u0301.txt"]
    ):
        (folder / name).write_text(f"Dear Director,\n\nWe agree with finding {at}.\n", "utf-8")
    (folder / ("x" * 251 + ".txt")).write_text("Dear Director,\n\nWe agree with finding 99.\n")
    (folder / "bad.pdf").write_bytes(b"")
    (folder / "crash.pdf").write_bytes(drawn(zlib.compress(b"q 0 0 9 9 re f Q\n" * 3_000_000)))
    (folder / "names.zip").write_bytes(
        pack({"../../away/y.txt": "Dear Director,\n\nWe agree with finding 50.\n"})
    )
    (folder / "dangling.txt").symlink_to(tmp_path / "nowhere")
    (folder / "round.txt").symlink_to(folder / "round.txt")
    (folder / "round").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.txt")
    before = {str(path) for path in [*folder.rglob("*"), *away.rglob("*")]}
    store = Store(tmp_path / "store", create=True)
    try:
        report = ingest(store, [folder], embeddings=None, model_id=None)
        texts = [letter.text for letter in store.letters()]
    finally:
        store.close()
    assert sorted(int(re.findall(r"\d+", text)[0]) for text in texts) == [0, 1, 2, 3, 4, 5, 50, 99]
    failed = {Path(failure.source).name: failure.reason for failure in report.failed}
    assert failed.keys() == {"bad.pdf", "crash.pdf", "dangling.txt", "round.txt", "pipe.txt"}
    assert all(reason and "\n" not in reason for reason in failed.values())
    assert {str(path) for path in [*folder.rglob("*"), *away.rglob("*")]} == before
    assert {path.name for path in tmp_path.iterdir()} == {"letters", "away", "store"}
