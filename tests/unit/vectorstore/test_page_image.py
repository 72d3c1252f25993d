"""A page's picture: of the right page, bounded in size, and only of the bytes that the letter was read from."""

import io
from pathlib import Path

import pytest
from PIL import Image

from tests.pdf_files import Sheet, line, pdf
from vectorstore.errors import UnreadableError
from vectorstore.make import letter_id
from vectorstore.page_image import MAX_SIDE, draw_page, look_at


def size_of(picture: bytes) -> tuple[int, int]:
    """Return width and height of a JPEG."""
    with Image.open(io.BytesIO(picture), formats=["JPEG"]) as image:
        return image.size


def ink(picture: bytes) -> float:
    """Return the share of dark pixels."""
    with Image.open(io.BytesIO(picture)) as image:
        return sum(image.convert("L").histogram()[:100]) / (image.width * image.height)


def tiff(*colours: str) -> bytes:
    """Return a TIFF with a page of each colour."""
    pages = [Image.new("RGB", (200, 300), colour) for colour in colours]
    written = io.BytesIO()
    pages[0].save(written, "TIFF", save_all=True, append_images=pages[1:])
    return written.getvalue()


def keep(folder: Path, data: bytes, suffix: str) -> Path:
    """Keep bytes as a store does, under the name of their hash."""
    path = folder / f"{letter_id(data)}{suffix}"
    path.write_bytes(data)
    return path


def test_the_page_that_is_asked_for_is_drawn() -> None:
    written = pdf(Sheet(""), Sheet("".join(line("words words words", 50, y) for y in range(50, 800, 12))))
    assert ink(draw_page(written, "1.pdf")) == 0
    assert ink(draw_page(written, "2.pdf")) > 0.01
    with Image.open(io.BytesIO(draw_page(tiff("white", "black"), "2.tif"))) as second:
        assert max(second.convert("L").histogram()[:10]) == second.width * second.height


def test_a_page_of_200_inches_is_drawn_small_enough_to_be_shown() -> None:
    width, height = size_of(draw_page(pdf(Sheet("", size=(14_400, 7_200))), "1.pdf"))
    assert max(width, height) <= MAX_SIDE
    assert width == pytest.approx(2 * height, abs=2)


def test_a_page_that_is_not_there_is_said_so() -> None:
    with pytest.raises(UnreadableError, match="no page 3"):
        draw_page(pdf(Sheet(""), Sheet("")), "3.pdf")
    with pytest.raises(UnreadableError, match="no page 0"):
        draw_page(tiff("white"), "0.tif")


@pytest.mark.parametrize("name", ["1.pdf", "1.png"])
def test_damaged_files_are_said_to_be_damaged(name: str) -> None:
    with pytest.raises(UnreadableError, match="damaged"):
        draw_page(b"%PDF-1.7 and then nothing", name)


def test_what_is_transparent_shows_white_paper() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(written, "PNG")
    assert ink(draw_page(written.getvalue(), "1.png")) == 0


def test_a_picture_is_drawn_of_the_original_in_a_process_apart(tmp_path: Path) -> None:
    original = keep(tmp_path, pdf(Sheet(line("words", 50, 700))), ".pdf")
    assert max(size_of(look_at(original, 1))) <= MAX_SIDE


def test_an_original_that_was_altered_or_is_gone_is_not_shown_as_the_letter(tmp_path: Path) -> None:
    original = keep(tmp_path, pdf(Sheet("")), ".pdf")
    original.write_bytes(pdf(Sheet(line("other words", 50, 700))))
    with pytest.raises(UnreadableError, match="was altered"):
        look_at(original, 1)
    original.unlink()
    with pytest.raises(UnreadableError, match="cannot be opened"):
        look_at(original, 1)
