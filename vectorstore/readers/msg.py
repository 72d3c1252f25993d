"""Outlook's own format (.msg): turned into the e-mail that it was, which is read like any other."""

import io
import struct
from collections.abc import Iterator
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING

from vectorstore.errors import UnreadableError
from vectorstore.readers.kind import OLE, mistaken

if TYPE_CHECKING:
    from oxmsg.properties import Properties
    from oxmsg.storage import Storage

# How many bytes stand before the properties of a message in a file, of one within another, of all else.
_FILE, _WITHIN, _PART = 32, 24, 8
_MESSAGE = "__substg1.0_3701000D"  # where an attachment that is a message again lies
_RECIPIENT_TYPE, _TO, _CC = 0x0C15, 1, 2
_SHOWN_IN_TEXT = 4  # of an attachment's flags
_MAX_DEPTH = 8  # beyond what is read of an e-mail, which says so
_ZERO = 1601  # Outlook's year for no date
RICH_TEXT = "its words are there as Outlook's rich text alone; open it and save it as .eml"
# What olefile and oxmsg raise on files that no mail program writes.
_MALFORMED = (
    OSError, ValueError, LookupError, AttributeError, TypeError, AssertionError, RecursionError, OverflowError,
    struct.error,
)  # fmt: skip


def read_msg(data: bytes) -> bytes:
    """Return the message, and all that is attached to it, as an e-mail's bytes.

    Raises:
        UnreadableError: it is no Outlook message, or its words are in a form that is not read.
    """
    from olefile import OleFileIO  # type: ignore[import-untyped]  # it carries no types
    from oxmsg.storage import Storage

    if not data.startswith(OLE):
        raise UnreadableError(mistaken(data) or "it is not an Outlook message; save it as .eml")
    try:
        with OleFileIO(io.BytesIO(data)) as file:
            return bytes(_email(Storage.from_ole(file), _FILE, depth=0))
    except _MALFORMED as error:
        raise UnreadableError("it is not an Outlook message, or a broken one; save it as .eml") from error


def _email(storage: "Storage", offset: int, *, depth: int) -> EmailMessage:
    from oxmsg.domain import constants as c
    from oxmsg.properties import Properties

    held, made = Properties(storage, properties_header_offset=offset), EmailMessage()
    sender = _address(
        _text(held, c.PID_SENDER_NAME), _text(held, c.PID_SENDER_SMTP_ADDRESS, c.PID_SENDER_EMAIL_ADDRESS)
    )
    heads = {
        "From": sender or _address(_text(held, c.PID_SENT_REPRESENTING_NAME), ""),
        "To": _recipients(storage, _TO) or _text(held, c.PID_DISPLAY_TO),
        "Cc": _recipients(storage, _CC) or _text(held, c.PID_DISPLAY_CC),
        "Subject": _text(held, c.PID_SUBJECT),
        "Date": _date(held),
    }
    for name, value in heads.items():
        if value:
            made[name] = " ".join(value.split())
    files = list(storage.iter_attachment_storages())
    _say(made, held, has_files=bool(files))
    for file in sorted(files, key=lambda one: str(one.path)):
        _attach(made, file, depth)
    return made


def _say(made: EmailMessage, held: "Properties", *, has_files: bool) -> None:
    """Put in what the message says, as plain text, as a web page, or as both."""
    from oxmsg.domain import constants as c

    plain, page = _text(held, c.PID_BODY), _text(held, c.PID_BODY_HTML)
    if written := held.binary_prop_value(c.PID_HTML):
        try:
            page = written.decode(held.body_encoding, "replace")
        except LookupError:
            page = written.decode("cp1252", "replace")
    if not plain.strip() and not page and held.binary_prop_value(c.PID_RTF_COMPRESSED):
        if not has_files:
            raise UnreadableError(RICH_TEXT)
        plain = f"[The message's text cannot be read: {RICH_TEXT}]"
    if plain.strip() or not page:
        made.set_content(plain)
    if page and plain.strip():
        made.add_alternative(page, subtype="html")
    elif page:
        made.set_content(page, subtype="html")


def _attach(made: EmailMessage, storage: "Storage", depth: int) -> None:
    from oxmsg.domain import constants as c
    from oxmsg.properties import Properties

    held = Properties(storage, properties_header_offset=_PART)
    name = _text(held, c.PID_ATTACH_LONG_FILENAME, c.PID_ATTACH_FILENAME)
    inner = next((one for one in storage.storages if one.name == _MESSAGE), None)
    if inner is not None and depth < _MAX_DEPTH:
        made.add_attachment(_email(inner, _WITHIN, depth=depth + 1), filename=name or None)
        return
    kind = _text(held, c.PID_ATTACH_MIME_TAG).lower()
    # The file's name tells what it is; that it is a picture tells which ones are logos.
    main, _, sub = (
        kind if kind.startswith("image/") and kind.isascii() else "application/octet-stream"
    ).partition("/")
    shown = (held.int_prop_value(c.PID_ATTACH_FLAGS) or 0) & _SHOWN_IN_TEXT
    made.add_attachment(
        held.binary_prop_value(c.PID_ATTACH_DATA_BINARY) or b"",
        maintype=main,
        subtype=sub,
        disposition="inline" if shown else "attachment",
        filename=name or None,
        cid="<shown-in-text>" if shown else None,
    )


def _recipients(storage: "Storage", kind: int) -> str:
    from oxmsg.domain import constants as c
    from oxmsg.properties import Properties

    def found() -> Iterator[str]:
        for one in sorted(storage.iter_recipient_storages(), key=lambda one: str(one.path)):
            held = Properties(one, properties_header_offset=_PART)
            if held.int_prop_value(_RECIPIENT_TYPE) == kind:
                yield _address(
                    _text(held, c.PID_DISPLAY_NAME), _text(held, c.PID_SMTP_ADDRESS, c.PID_EMAIL_ADDRESS)
                )

    return ", ".join(filter(None, found()))


def _address(name: str, address: str) -> str:
    """Return a name and an address as a header shows them; Exchange's own kind of address is left out."""
    shown = '"' + name.strip("'\" ").replace("\\", "").replace('"', "'") + '"' if name.strip("'\" ") else ""
    mail = f"<{address}>" if "@" in address and not address.startswith("/") else ""
    return mail.strip("<>") if name.strip("'\" ") == address else f"{shown} {mail}".strip()


def _date(held: "Properties") -> str:
    from oxmsg.domain import constants as c

    for pid in (c.PID_CLIENT_SUBMIT_TIME, c.PID_MESSAGE_DELIVERY_TIME):
        when = held.date_prop_value(pid)
        if when is not None and when.year > _ZERO:
            return format_datetime(when)
    return ""


def _text(held: "Properties", *pids: int) -> str:
    """Return the first of these properties that says something; half characters are replaced."""
    values = (held.str_prop_value(pid) for pid in pids)
    found = next((value for value in values if value), "")
    return found.replace("\0", "").encode("utf-8", "replace").decode()
