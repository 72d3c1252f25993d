"""Plain text: bytes in any common encoding to one string. Form feeds are page breaks."""

import codecs
import unicodedata

from vectorstore.errors import UnreadableError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_KEPT_CONTROLS = frozenset("\n\t\f")


def read_text(data: bytes) -> str:
    """Decode `data` and bring line ends to one form; nothing else is changed.

    Raises:
        UnreadableError: it is empty, no text, or not text at all.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        # Windows' code page is what older letters in English come in; it leaves five bytes undefined.
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError as error:
            raise UnreadableError("it is not text in UTF-8, UTF-16 or Windows-1252") from error
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    controls = sum(unicodedata.category(c) == "Cc" and c not in _KEPT_CONTROLS for c in text)
    if controls > len(text) // 200:
        raise UnreadableError(
            "it holds control characters where text should be; it is probably not a text file"
        )
    if not any(c.isalnum() for c in text):
        raise UnreadableError("it holds no words")
    return text
