"""Invented letters in every kind of file that is read, the same ones for the same number."""

import io
import random
import textwrap
import zipfile
from email.message import EmailMessage
from xml.sax.saxutils import escape

from PIL import Image

from tests.pdf_files import Sheet, lines, pdf, picture_of, saved

_WORDS = (
    "the council welcomes findings of inspection and accepts every recommendation that report makes on timely care "
    "for residents who called our office about repairs to roads schools housing water parks libraries buses we have "
    "since trained more staff published a plan reviewed each complaint within ten days asked partners to help "
    "measured what changed listened when people told us it was not enough will write again before end of year"
).split()
LINES_A_PAGE = 48
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def paragraphs(number: int, words: int = 450) -> list[str]:
    """Return the paragraphs of a letter.

    Args:
        number: which letter; others have other words.
        words: how long it is, about.
    """
    chance = random.Random(number)  # noqa: S311 - to be made again, not to be secret
    made = [f"Dear Director {number},"]
    while sum(len(paragraph.split()) for paragraph in made) < words:
        sentences = []
        for _ in range(chance.randint(2, 5)):
            said = chance.choices(_WORDS, k=chance.randint(8, 22))
            sentences.append(" ".join(said).capitalize() + f" by {chance.randint(2, 900)}.")
        made.append(" ".join(sentences))
    return [*made, "Yours sincerely,", "A. N. Author, Leader of the Council"]


def text_file(number: int, words: int = 450) -> bytes:
    """Return a letter as plain text."""
    return ("\n\n".join(paragraphs(number, words)) + "\n").encode()


def pdf_file(number: int, pages: int = 1) -> bytes:
    """Return a letter as a PDF with text, as a program writes it."""
    return pdf(*[Sheet(_page(1000 * number + page)) for page in range(pages)])


def docx_file(*numbers: int) -> bytes:
    """Return letters as one Word file."""
    body = "".join(
        f'<w:p><w:pPr/><w:r><w:t xml:space="preserve">{escape(paragraph)}</w:t></w:r></w:p>'
        for number in numbers
        for paragraph in paragraphs(number)
    )
    relation = f'<Relationship Id="r1" Type="{_OFFICE}" Target="word/document.xml"/>'
    return zip_file(
        {
            "_rels/.rels": f"<Relationships>{relation}</Relationships>".encode(),
            "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'.encode(),
        }
    )


def html_file(number: int, words: int = 450) -> bytes:
    """Return a letter as a web page."""
    body = "".join(f"<p style='color: #222'>{escape(p)}</p>\n" for p in paragraphs(number, words))
    table = "<table><tr><th>Year<th>Calls<tr><td>2020<td>1,204</table><ul><li>one<li>two</ul>"
    return f"<!DOCTYPE html><html><head><title>x</title></head><body>{body}{table}</body></html>".encode()


def eml_file(number: int) -> bytes:
    """Return a letter as an e-mail, with a page beside the text and a letter attached."""
    message = EmailMessage()
    message["From"], message["To"] = "leader@council.example", "Director <director@agency.example>"
    message["Subject"] = f"Our reply “{number}”"
    message.set_content(text_file(number, 120).decode())
    message.add_alternative(html_file(number, 120).decode(), subtype="html")
    message.add_attachment(pdf_file(number), maintype="application", subtype="pdf", filename="reply.pdf")
    return message.as_bytes()


def zip_file(parts: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive of these files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", kind) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, kind)
    return stream.getvalue()


def scan(number: int, *, dpi: int = 300, size: tuple[int, int] = (595, 842)) -> Image.Image:
    """Return what a scanner makes of a letter's page."""
    return picture_of(_page(number, size), size=size, dpi=dpi)


def tiff_file(*pages: Image.Image) -> bytes:
    """Return a scan of several pages, in black and white as scanners store them."""
    first, *others = [page.convert("1") for page in pages]
    return saved(first, "TIFF", save_all=True, append_images=others, compression="group4", dpi=(300, 300))


def _page(number: int, size: tuple[int, int] = (595, 842)) -> str:
    rows: list[str] = []
    for paragraph in paragraphs(number):
        rows += [*textwrap.wrap(paragraph, (size[0] - 130) // 6), ""]
    return lines(rows[: min(LINES_A_PAGE, (size[1] - 120) // 15)], 70, size[1] - 60, leading=15)
