"""PDF files made by hand, so that a test can say exactly what is in one: layers, colours, pictures, faults."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # it carries no types
from PIL import Image

A4 = (595, 842)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: what is drawn, in PDF's own language, and a picture that it may name as /Picture."""

    content: str
    picture: Image.Image | None = None
    size: tuple[float, float] = A4
    turn: int = 0
    picture_size: tuple[int, int] | None = None  # what the file claims


def line(text: str, x: float, y: float, *, size: float = 11, paint: str = "0 g 0 Tr") -> str:
    """Draw a line of text; `y` counts from the lower edge of the page."""
    escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT {paint} /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET\n"


def lines(texts: Sequence[str], x: float, y: float, *, leading: float = 13, paint: str = "0 g 0 Tr") -> str:
    """Draw lines one below the other; an empty one leaves room."""
    return "".join(
        line(text, x, y - number * leading, paint=paint) for number, text in enumerate(texts) if text
    )


def whole_page(size: tuple[float, float] = A4) -> str:
    """Draw the page's picture over all of it."""
    return f"q {size[0]} 0 0 {size[1]} 0 0 cm /Picture Do Q\n"


def pdf(*sheets: Sheet, to_unicode: dict[str, str] | None = None, encrypted: bool = False) -> bytes:
    """Put a file together.

    Args:
        to_unicode: what a reader of the text layer is told that characters mean, however they look.
    """
    objects: list[bytes] = [b"", b""]  # the catalogue and the pages, when their numbers are known

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    font = "/Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding"
    if to_unicode:
        pairs = "\n".join(f"<{ord(a):02X}> <{ord(b):04X}>" for a, b in to_unicode.items())
        cmap = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
            "1 begincodespacerange <00> <FF> endcodespacerange\n"
            f"{len(to_unicode)} beginbfchar\n{pairs}\nendbfchar\nendcmap end end"
        )
        font += f" /ToUnicode {add(_stream(cmap.encode()))} 0 R"
    font_at = add(f"<< {font} >>".encode())
    kids = []
    for sheet in sheets:
        resources = f"/Font << /F1 {font_at} 0 R >>"
        if sheet.picture:
            resources += f" /XObject << /Picture {add(_picture(sheet))} 0 R >>"
        content = add(_stream(sheet.content.encode("cp1252")))
        kids.append(
            add(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {sheet.size[0]} {sheet.size[1]}] /Rotate {sheet.turn} "
                f"/Resources << {resources} >> /Contents {content} 0 R >>".encode()
            )
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = (
        f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] >>".encode()
    )
    trailer = "/Root 1 0 R"
    if encrypted:
        secret = "00" * 32
        guard = f"<< /Filter /Standard /V 1 /R 2 /O <{secret}> /U <{secret}> /P -4 >>"
        trailer += f" /Encrypt {add(guard.encode())} 0 R /ID [<{secret}> <{secret}>]"
    return _file(objects, trailer)


def picture_of(content: str, size: tuple[float, float] = A4, dpi: int = 200) -> Image.Image:
    """Draw a page and return what it looks like, as a scanner would."""
    document = pdfium.PdfDocument(pdf(Sheet(content, size=size)))
    image: Image.Image = document[0].render(scale=dpi / 72, grayscale=True).to_pil()
    return image.copy()


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """Return a picture as a file of a kind."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def _picture(sheet: Sheet) -> bytes:
    assert sheet.picture
    width, height = sheet.picture_size or sheet.picture.size
    entries = f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray"
    data = saved(sheet.picture.convert("L"), "JPEG", quality=85)
    return _stream(data, entries + " /BitsPerComponent 8 /Filter /DCTDecode")


def _stream(data: bytes, entries: str = "") -> bytes:
    return f"<< {entries} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream"


def _file(objects: Sequence[bytes], trailer: str) -> bytes:
    data = b"%PDF-1.7\n"
    starts = []
    for number, body in enumerate(objects, start=1):
        starts.append(len(data))
        data += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(
        f"{at:010} 00000 n \n" for at in starts
    )
    end = f"trailer << /Size {len(objects) + 1} {trailer} >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + table.encode() + end.encode()
