"""Outlook messages: what an e-mail with the same content gives, from the file that Outlook saves."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.outlook_files import Folder, Value, compound_file, message
from vectorstore.errors import UnreadableError
from vectorstore.readers.member import Member
from vectorstore.readers.unfold import unfold

SUBJECT, BODY, HTML, RICH, CODEPAGE = 0x0037, 0x1000, 0x1013, 0x1009, 0x3FDE
SENDER, SENDER_ADDRESS, SENDER_SMTP, SENT = 0x0C1A, 0x0C1F, 0x5D01, 0x0039
NAME, ADDRESS, KIND = 0x3001, 0x39FE, 0x0C15
FILE_NAME, FILE, MIME, FLAGS = 0x3707, 0x3701, 0x370E, 0x3714
UNICODE: dict[int, Value] = {0x340D: 0x00040000}
LETTER: dict[int, Value] = UNICODE | {
    SUBJECT: "Reply to your report of 3 March",
    BODY: "Dear Ms Ørsted,\r\n\r\nWe hired 14 officers.\r\n\r\nYours, Ann",
    SENDER: "Example, Ann",
    SENDER_ADDRESS: "/O=EXCHANGE/CN=ANN",
    SENDER_SMTP: "ann@example.org",
    SENT: datetime(2021, 3, 4, 9, 30, tzinfo=UTC),
}


def members(made: Folder) -> dict[str, Member]:
    return {member.name: member for member in unfold(compound_file(made), "reply.msg")}


def said(member: Member) -> str:
    return member.data.decode()


def test_a_message_gives_its_headers_and_its_words() -> None:
    recipients: list[dict[int, Value]] = [
        UNICODE | {NAME: "Kim Ørsted", ADDRESS: "kim@example.org", KIND: 1},
        UNICODE | {NAME: "The Office", KIND: 2},
        UNICODE | {NAME: "Hidden", ADDRESS: "hidden@example.org", KIND: 3},
    ]
    found = members(message(LETTER, recipients=recipients))
    assert said(found["reply.txt"]).splitlines()[:6] == [
        'From: "Example, Ann" <ann@example.org>',
        "To: Kim Ørsted <kim@example.org>",
        'Cc: "The Office"',
        "Date: Thu, 04 Mar 2021 09:30:00 +0000",
        "Subject: Reply to your report of 3 March",
        "",
    ]
    assert "Dear Ms Ørsted,\n\nWe hired 14 officers." in said(found["reply.txt"])
    assert "Hidden" not in said(found["reply.txt"])


def test_attachments_are_files_of_their_own_and_logos_are_none() -> None:
    report: dict[int, Value] = UNICODE | {FILE_NAME: "annex.txt", FILE: b"The annex. " * 900}
    logo: dict[int, Value] = UNICODE | {FILE_NAME: "logo.png", FILE: b"\x89PNG", MIME: "image/png", FLAGS: 4}
    found = members(message(LETTER, attachments=[report, logo]))
    assert list(found) == ["reply.txt", "annex.txt"]
    assert found["annex.txt"].data == b"The annex. " * 900


def test_a_message_within_a_message_is_read_too() -> None:
    inner = message(UNICODE | {SUBJECT: "First", BODY: "We hired 12 officers."}, header=24)
    found = members(message(LETTER, attachments=[inner]))
    assert len(found) == 2
    forwarded = next(member for name, member in found.items() if name != "reply.txt")
    assert "Subject: First" in said(forwarded)
    assert "12 officers" in said(forwarded)


def test_a_page_without_plain_words_is_read_in_its_own_encoding() -> None:
    page = "<p>Fünf Beamte wurden eingestellt.</p>".encode("cp1252")
    found = members(message(UNICODE | {SUBJECT: "S", HTML: page, CODEPAGE: 1252}))
    assert "Fünf Beamte wurden eingestellt." in said(found["reply.txt"])


def test_rich_text_alone_is_refused_with_the_way_out() -> None:
    with pytest.raises(UnreadableError, match=r"rich text alone; open it and save it as \.eml"):
        members(message(UNICODE | {SUBJECT: "S", RICH: b"LZFu"}))


def test_rich_text_with_an_attachment_loses_neither_the_attachment_nor_the_fact() -> None:
    annex: dict[int, Value] = UNICODE | {FILE_NAME: "annex.txt", FILE: b"The annex."}
    found = members(message(UNICODE | {SUBJECT: "S", RICH: b"LZFu"}, attachments=[annex]))
    assert "cannot be read" in said(found["reply.txt"])
    assert found["annex.txt"].data == b"The annex."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "a PDF under a wrong name"),
        (b"Dear all", "not an Outlook message"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "broken one"),
        (compound_file(Folder({"WordDocument": b"x"})), "broken one"),
    ],
)
def test_what_is_no_message_is_said_so(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        unfold(data, "a.msg")


_WHOLE = compound_file(message(LETTER, attachments=[UNICODE | {FILE_NAME: "a.txt", FILE: b"A. " * 2_000}]))


@given(st.integers(0, len(_WHOLE) - 1), st.binary(min_size=1, max_size=64))
def test_damage_gives_members_or_a_reason(at: int, noise: bytes) -> None:
    found: list[Member] = []
    with suppress(UnreadableError):
        found = unfold(_WHOLE[:at] + noise + _WHOLE[at + len(noise) :], "a.msg")
    assert all(member.data or member.reason for member in found)
