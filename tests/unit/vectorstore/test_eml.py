import email.policy
from email.message import EmailMessage

import pytest

from vectorstore.errors import UnreadableError
from vectorstore.readers.eml import MAX_DEPTH, read_eml
from vectorstore.readers.member import Member

NESTED = 'Content-Type: multipart/mixed; boundary="{0}"\n\n--{0}\n'


def mail(text: str | None = "Dear Minister,\n\nWe agree.\n", **headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in {"From": "pcc@example.org", "Subject": "Our reply", **headers}.items():
        message[name] = value
    if text is not None:
        message.set_content(text)
    return message


def raw(body: str, headers: str = "From: a@example.org\n") -> bytes:
    return f"{headers}MIME-Version: 1.0\n{body}".encode("latin-1")


def said(member: Member) -> str:
    return member.data.decode()


def test_a_message_is_a_letter_with_its_header_lines() -> None:
    message = mail(
        To="Jo M\u00fcller <jo@example.org>", Cc="HMICFRS <h@example.org>", Date="Fri, 09 Oct 2020 10:00:00 +0100",
        **{"X-Secret": "no"},
    )  # fmt: skip
    [letter] = read_eml(message.as_bytes(), "reply.eml")
    assert letter.name == "reply.txt"
    assert said(letter) == (
        "From: pcc@example.org\nTo: Jo M\u00fcller <jo@example.org>\nCc: HMICFRS <h@example.org>\n"
        "Date: Fri, 09 Oct 2020 10:00:00 +0100\nSubject: Our reply\n\nDear Minister,\n\nWe agree.\n\n"
    )


def test_of_two_forms_the_plain_one_is_read_once() -> None:
    message = mail()
    message.add_alternative("<p>Dear Minister,</p><p>We agree.</p>", subtype="html")
    [letter] = read_eml(message.as_bytes())
    assert said(letter).count("We agree.") == 1


def test_a_stub_beside_a_page_gives_way_to_the_page() -> None:
    message = mail("Please use another program.")
    message.add_alternative("<p>" + "We agree with the report. " * 30 + "</p>", subtype="html")
    [letter] = read_eml(message.as_bytes())
    assert "another program" not in said(letter)
    assert "We agree" in said(letter)


def test_a_page_alone_is_read_in_its_own_encoding() -> None:
    page = mail(None)
    page.set_content("<p>caf\u00e9</p><p style='display:none'>x</p>", subtype="html", charset="cp1252")
    [letter] = read_eml(page.as_bytes())
    assert said(letter).endswith("\n\ncaf\u00e9\n")


def test_text_after_an_attachment_is_not_lost() -> None:
    body = (
        'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/html\n\n<p>Page</p>\n'
        "--b\nContent-Type: application/pdf; name=a.pdf\n\nx\n--b\nContent-Type: text/plain\n\nFooter\n--b--\n"
    )
    letter, pdf = read_eml(raw(body))
    assert said(letter).split("\n\n")[1:] == ["Page", "Footer\n"]
    assert pdf.name == "a.pdf"


def test_attachments_are_files_of_their_own() -> None:
    message = mail()
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="report.pdf")
    message.add_attachment("notes", filename="report.pdf")
    message.add_attachment(b"x", maintype="application", subtype="pkcs7-signature", filename="smime.p7s")
    message.add_attachment(b"", maintype="application", subtype="pdf", filename="empty.pdf")
    letter, first, second, empty = read_eml(message.as_bytes())
    assert (letter.name, first, second.name) == (
        "message.txt",
        Member("report.pdf", b"%PDF"),
        "report (2).pdf",
    )
    assert empty.reason


def test_a_logo_in_the_text_is_left_out_and_a_scan_in_it_is_not() -> None:
    message = mail(None)
    message.set_content("<p>See below</p><img src='cid:1'><img src='cid:2'>", subtype="html")
    message.add_related(bytes(500), "image", "png", cid="<1>")
    message.add_related(bytes(50_000), "image", "png", cid="<2>", filename="scan.png")
    assert [member.name for member in read_eml(message.as_bytes())] == ["message.txt", "scan.png"]


def test_an_attachment_without_a_message_is_not_an_empty_letter() -> None:
    message = mail("")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="letter.pdf")
    assert [member.name for member in read_eml(message.as_bytes())] == ["letter.pdf"]


def test_messages_within_messages_are_read_to_a_depth() -> None:
    message = mail("level 0")
    for level in range(1, MAX_DEPTH + 3):
        outer = mail(f"level {level}")
        outer.add_attachment(message)
        message = outer
    members = read_eml(message.as_bytes(), "m.eml")
    assert [member.reason == "" for member in members] == [True] * (MAX_DEPTH + 1) + [False]
    assert f"more than {MAX_DEPTH}" in members[-1].reason


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/x.pdf", "x.pdf"),
        ("/abs/x.pdf", "x.pdf"),
        ("C:\\Users\\x.pdf", "x.pdf"),
        ("CON", "_CON"),
        ("nul.pdf", "_nul.pdf"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\u200bb.pdf", "ab.pdf"),
        ("cafe\u0301.pdf", "caf\u00e9.pdf"),
        ("..", "attachment.pdf"),
        (".hidden.pdf", "hidden.pdf"),
        ('a<b>|"?*.pdf', "a_b_____.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_hostile_names_become_labels(given: str, shown: str) -> None:
    message = mail()
    message.add_attachment(b"x", maintype="application", subtype="pdf", filename=given)
    assert read_eml(message.as_bytes())[1].name == shown


@pytest.mark.parametrize(
    "name", ["a\0b", "=?utf-8?q?a=0Ab=00c?=", "=?utf-8?b?/w==?=", '"a\\\n b"', "\xff\xfe", "''"]
)
def test_names_that_no_program_writes_do_no_harm(name: str) -> None:
    body = (
        'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain\n\nhi\n'
        f"--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename={name}\n\nx\n--b--\n"
    )
    shown = read_eml(raw(body))[1].name
    assert shown.isprintable()
    assert shown.encode()
    assert "/" not in shown


def test_a_text_that_cannot_be_read_is_said_to_be_missing() -> None:
    deep = "<div>" * 2_000 + "We agree."
    [letter] = read_eml(raw(f"Content-Type: text/html\n\n{deep}\n"))
    assert "cannot be read: its elements are nested too deeply" in said(letter)


@pytest.mark.parametrize(
    "headers",
    [
        "From: a\nTo: =?utf-8?q?=ED=A0=80?=\n",
        "From: \xff\xfe\nSubject: =?nope?q?x?=\n",
        "From: " + "(" * 4000 + "\n",
        "From: a\nContent-Type: multipart/mixed\n",
        "From: a\nContent-Type: text/plain; charset=no-such\n",
        "From: a\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n",
        "From: a\nContent-Disposition: =?\n",
        'From: a\nTo: "' + "a" * 5000 + "\n",
        "From: a\nDate: 99 Foo -1\n",
    ],
)
def test_broken_headers_do_not_stop_the_reading(headers: str) -> None:
    [letter] = read_eml(raw("\nWords of the letter.\n", headers))
    assert said(letter).startswith("From:")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b"x", "headers"),
        (b"Dear Minister,\n\nWe agree.", "headers"),
        (raw("", "From: a\n" + "".join(NESTED.format(n) for n in range(1_500))), "nested|parts|broken"),
        (raw('Content-Type: multipart/mixed; boundary="b"\n\n' + "--b\n\nx\n" * 1_100), "parts"),
    ],
)
def test_what_is_no_letter_is_set_aside_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read_eml(data)


def test_a_message_made_with_bare_line_feeds_reads_like_one_with_carriage_returns() -> None:
    message = mail()
    assert read_eml(message.as_bytes(policy=email.policy.SMTP)) == read_eml(message.as_bytes())
