"""E-mail (.eml): the message as a letter of its own, and each attachment as a file of its own."""

import email
import email.errors
import email.policy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import PurePosixPath

from vectorstore.errors import UnreadableError
from vectorstore.readers.html import NO_WORDS, read_html
from vectorstore.readers.kind import mistaken
from vectorstore.readers.member import Member, label
from vectorstore.readers.text import decode

MAX_DEPTH = 3
MAX_PARTS = 1_000
MAX_HEADER_CHARS = 5_000
# A picture inside the message's text is a logo up to this size, and may be a scanned page beyond it.
MAX_LOGO_BYTES = 20_000
STUB_CHARS = 200
SHOWN_HEADERS = ("From", "To", "Cc", "Date", "Subject")
_SIGNATURES = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)
# What the standard library raises on headers and bodies that no mail program writes.
_MALFORMED = (
    ValueError,
    LookupError,
    AttributeError,
    TypeError,
    AssertionError,
    RecursionError,
    email.errors.MessageError,
)


@dataclass(slots=True)
class _Parts:
    """What a message says and carries, in order."""

    said: list[str] = field(default_factory=list)
    files: list[Member] = field(default_factory=list)
    count: int = 0


def read_eml(data: bytes, name: str = "message.eml") -> list[Member]:
    """Take an e-mail apart: first the message as text, then its attachments; messages within it likewise.

    Args:
        name: the file's; the message is called the same, as `.txt`.

    Raises:
        UnreadableError: it is no e-mail, is encrypted, or has more parts than letters have.
    """
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
    except _MALFORMED as error:
        raise UnreadableError(
            mistaken(data) or "it is not an e-mail, or a broken one; save it again"
        ) from error
    headers = {key.lower() for key in message.keys()}  # noqa: SIM118  # a message is no mapping
    if not headers & {"from", "to", "subject", "date", "received"}:
        raise UnreadableError(mistaken(data) or "it has none of an e-mail's headers; save the message again")
    taken: Counter[str] = Counter()
    return list(_members(message, PurePosixPath(name).stem, taken, depth=0))


def _members(message: EmailMessage, stem: str, taken: Counter[str], *, depth: int) -> Iterator[Member]:
    own = label(f"{stem or 'message'}.txt", taken)
    parts = _Parts()
    try:
        _collect(message, parts, taken, depth)
    except RecursionError as error:
        raise UnreadableError("its parts are nested too deeply; save them one by one") from error
    said = "\n\n".join(parts.said)
    head = "\n".join(_headers(message))
    if said.strip() or not parts.files:
        yield Member(own, f"{head}\n\n{said}\n".encode("utf-8", "replace"))
    yield from parts.files


def _headers(message: EmailMessage) -> Iterator[str]:
    """Yield the header lines that a printed e-mail shows, decoded."""
    found: dict[str, str] = {}
    for name, raw in message.raw_items():
        wanted = name.title()
        if wanted in SHOWN_HEADERS and wanted not in found:
            found[wanted] = _decoded(name, str(raw)[:MAX_HEADER_CHARS])
    for name in SHOWN_HEADERS:
        if found.get(name):
            yield f"{name}: {found[name]}"


def _decoded(name: str, raw: str) -> str:
    try:
        value = str(email.policy.default.header_factory(name, "".join(raw.splitlines())))
    except _MALFORMED:
        value = raw
    return " ".join(value.split())


def _collect(
    part: EmailMessage, parts: _Parts, taken: Counter[str], depth: int, *, files_only: bool = False
) -> None:
    """Sort a part into what is said and what is carried, and so on into what it holds."""
    parts.count += 1
    if parts.count > MAX_PARTS:
        raise UnreadableError(f"it has more than {MAX_PARTS:,} parts; save them one by one")
    kind = part.get_content_type()
    if kind.startswith("multipart/") and not part.is_multipart():
        kind = "text/plain"  # it says that it has parts and has none
    file_name = _file_name(part)
    if kind == "message/rfc822":
        _nested(part, file_name, parts, taken, depth)
    elif part.is_multipart():
        inner = [item for item in part.iter_parts() if isinstance(item, EmailMessage)]
        silent = _silent(inner) if kind == "multipart/alternative" else []
        for item in inner:
            _collect(item, parts, taken, depth, files_only=files_only or item in silent)
    elif kind in ("text/plain", "text/html") and not file_name and not _is_attached(part):
        said = "" if files_only else _page(part) if kind == "text/html" else _said(part)
        parts.said += [said] if said.strip() else []
    elif kind not in _SIGNATURES:
        data = _payload(part)
        # A picture that the message's text shows has an id to be named by.
        logo = kind.startswith("image/") and part.get("Content-ID") and not _is_attached(part)
        if not (logo and len(data) <= MAX_LOGO_BYTES):
            fallback = f"attachment.{_suffix(kind)}"
            reason = "" if data else "the attachment is empty"
            parts.files.append(Member(label(file_name, taken, fallback), data, reason))


def _silent(items: list[EmailMessage]) -> list[EmailMessage]:
    """Of one text in several forms return those not to be read: all but the plain one, unless that is a mere stub."""
    plain = next((item for item in items if item.get_content_type() == "text/plain"), None)
    if plain is None:
        return []
    page = "".join(
        _page(leaf) for item in items for leaf in item.walk() if leaf.get_content_type() == "text/html"
    )
    # "This message needs another program" is short where the page is long.
    if len(page) > 2 * len(_said(plain)) + STUB_CHARS:
        return [plain]
    return [item for item in items if item is not plain]


def _nested(part: EmailMessage, file_name: str, parts: _Parts, taken: Counter[str], depth: int) -> None:
    stem = PurePosixPath(file_name).stem or "forwarded"
    inner = next((item for item in part.iter_parts() if isinstance(item, EmailMessage)), None)
    if inner is None or depth >= MAX_DEPTH:
        reason = (
            "it is empty"
            if inner is None
            else f"it lies more than {MAX_DEPTH} messages deep; save it on its own"
        )
        parts.files.append(Member(label(f"{stem}.eml", taken), b"", reason))
        return
    parts.files += _members(inner, stem, taken, depth=depth + 1)


def _page(part: EmailMessage) -> str:
    try:
        return "\n\n".join(page.text for page in read_html(_payload(part), part.get_content_charset()))
    except UnreadableError as error:
        # A page without words says nothing; one that cannot be read must not be lost unseen.
        return "" if str(error) == NO_WORDS else f"[The message's text cannot be read: {error}]"


def _said(part: EmailMessage) -> str:
    data = _payload(part)
    try:
        text = data.decode(part.get_content_charset() or "utf-8")
    except (LookupError, ValueError):
        try:
            text = decode(data)
        except UnreadableError:
            text = data.decode("cp1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _payload(part: EmailMessage) -> bytes:
    try:
        payload = part.get_payload(decode=True)
    except _MALFORMED:
        return b""
    return payload if isinstance(payload, bytes) else b""


def _file_name(part: EmailMessage) -> str:
    try:
        return part.get_filename() or ""
    except _MALFORMED:
        return ""


def _is_attached(part: EmailMessage) -> bool:
    try:
        return part.get_content_disposition() == "attachment"
    except _MALFORMED:
        return False


def _suffix(kind: str) -> str:
    known = {
        "text/plain": "txt",
        "text/html": "html",
        "application/pdf": "pdf",
        "image/jpeg": "jpg",
        "image/png": "png",
    }
    return known.get(kind, kind.partition("/")[2].rpartition(".")[2][:8])
