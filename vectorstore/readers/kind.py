"""What a file is by its first bytes, for the reason that one under a wrong name is given (pure)."""

_SIGNS = (
    (b"%pdf-", "a PDF", ".pdf"),
    (b"\x89png\r\n", "a picture", ".png"),
    (b"\xff\xd8\xff", "a picture", ".jpg"),
    (b"ii*\0", "a picture", ".tif"),
    (b"mm\0*", "a picture", ".tif"),
    (b"pk\3\4", "a ZIP archive", ".zip"),
    (b"<!doctype html", "a web page", ".html"),
    (b"<html", "a web page", ".html"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what Word, Excel and Outlook wrote their files in
_UNREAD = (
    (b"gif8", "it is a picture of a kind that is not read; save it as PNG"),
    (b"{\\rtf", "it is rich text (RTF); save it as Word (.docx)"),
    (
        OLE,
        "it is encrypted, or in Word's format from before 2007; save it as .docx without a password",
    ),
)


def mistaken(data: bytes, own: str = "") -> str:
    """Return what a file that cannot be read by its name is instead, and what to do; "" where it does not tell.

    Args:
        own: the kind that its name says, as `a PDF`: being that is no mistake.
    """
    if not data:
        return "it is empty; get the file again"
    start = data[:64].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    kind, ending = next(((kind, ending) for sign, kind, ending in _SIGNS if start.startswith(sign)), ("", ""))
    if kind and kind == own:
        return ""
    if kind == "a ZIP archive" and b"word/document.xml" in data:
        kind, ending = "a Word letter", ".docx"
    if kind:
        return f"it is {kind} under a wrong name; give it the ending {ending}"
    return next((reason for sign, reason in _UNREAD if start.startswith(sign)), "")
