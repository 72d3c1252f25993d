"""Plain text: bytes in any common encoding to one string. Form feeds are page breaks."""

import codecs
import re

from vectorstore.errors import UnreadableError
from vectorstore.readers.kind import mistaken

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# All of Unicode's control characters but tab, line feed and form feed; carriage returns are gone by then.
_CONTROL = re.compile("[\0-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_LETTER = re.compile(r"[^\W_]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_HALF_CHARACTER = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_NO_TEXT = "it is not text in UTF-8, UTF-16 or Windows-1252; save it as UTF-8"


def read_text(data: bytes) -> str:
    """Decode `data` and bring line ends to one form; nothing else is changed.

    Raises:
        UnreadableError: it is empty, no text, or not text at all.
    """
    if reason := mistaken(data):
        raise UnreadableError(reason)
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    text = _decode_wide(data, encoding) if encoding else decode(data.removeprefix(codecs.BOM_UTF8))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if is_binary(text):
        raise UnreadableError(
            "it holds control characters where text should be; it is probably not a text file: save it as UTF-8"
        )
    if not _LETTER.search(text):
        raise UnreadableError("it holds no words")
    return text


def decode(data: bytes) -> str:
    """Decode UTF-8 or Windows' code page, which older letters in English come in, or a mixture of them.

    Files put together from several hold both. The five bytes that the code page leaves undefined become control
    characters, as in browsers; half a character (a lone surrogate) becomes the mark for what cannot be shown.

    Raises:
        UnreadableError: more than half of it is neither ASCII nor UTF-8: some other encoding.
    """
    try:
        return data.decode()
    except UnicodeDecodeError:
        sound = data.decode("utf-8", "ignore")
    if len(data) - len(sound.encode()) > len(data) // 2:
        raise UnreadableError(_NO_TEXT)
    if sound.isascii() and not _HALF_CHARACTER.search(data):
        return codecs.charmap_decode(data, "strict", _WINDOWS)[0]
    return data.decode("utf-8", "vectorstore.windows-1252")


def is_binary(text: str) -> bool:
    """Return whether a text holds more control characters than a slip of the keyboard leaves in a letter."""
    most = len(text) // 200
    return any(number >= most for number, _ in enumerate(_CONTROL.finditer(text)))


def _decode_wide(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding, "surrogatepass")
    except UnicodeDecodeError as error:
        raise UnreadableError(_NO_TEXT) from error
    return _SURROGATE.sub("\ufffd", text)


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Read what is no UTF-8 as Windows' code page, up to where UTF-8 may go on."""
    assert isinstance(error, UnicodeDecodeError)
    at = error.start
    if _HALF_CHARACTER.match(error.object, at):
        return "\ufffd", at + 3
    return codecs.charmap_decode(error.object[at : error.end], "strict", _WINDOWS)[0], error.end


_WINDOWS = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256))
codecs.register_error("vectorstore.windows-1252", _as_windows)
