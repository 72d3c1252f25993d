import pytest
from PIL import Image

from tests.pdf_files import saved
from vectorstore.errors import UnreadableError
from vectorstore.readers import image
from vectorstore.readers.image import MAX_PAGES, fit, read_image
from vectorstore.readers.ocr import MAX_PIXELS
from vectorstore.readers.page import Page

PAPER = Image.new("L", (200, 280), 255)


@pytest.fixture(autouse=True)
def no_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)


@pytest.mark.parametrize(
    ("kind", "modes"),
    [
        ("PNG", "1 L RGB P RGBA LA I;16"),
        ("JPEG", "L RGB CMYK"),
        ("TIFF", "1 L RGB P RGBA LA CMYK I;16"),
    ],
)
def test_every_way_of_storing_white_paper_is_blank(kind: str, modes: str) -> None:
    for mode in modes.split():
        paper = (
            Image.new("I;16", PAPER.size, 65_535) if mode == "I;16" else PAPER.convert("RGB").convert(mode)
        )
        assert read_image(saved(paper, kind)) == [Page("", "ocr", reason="the page is blank")], mode


def test_what_is_transparent_is_paper() -> None:
    assert (
        read_image(saved(Image.new("RGBA", (200, 280), (0, 0, 0, 0)), "PNG"))[0].reason == "the page is blank"
    )


def test_every_page_of_a_tiff_is_read() -> None:
    dark = PAPER.copy()
    dark.paste(0, (20, 20, 100, 40))
    pages = read_image(saved(PAPER, "TIFF", save_all=True, append_images=[dark, PAPER]))
    assert [page.how for page in pages] == ["ocr", "unreadable", "ocr"]


def test_more_pages_than_a_letter_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image, "MAX_PAGES", 2)
    with pytest.raises(UnreadableError, match="it has 3 pages; at most 2 are read"):
        read_image(saved(PAPER, "TIFF", save_all=True, append_images=[PAPER, PAPER]))
    assert MAX_PAGES == 2_000


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b"\x89", "not a picture that can be opened"),
        (b"\x89PNG\r\n\x1a\n", "not a picture that can be opened"),
        (b"II*\x00\x08\x00\x00\x00", "not a picture that can be opened"),
        (b"GIF89a" + bytes(40), "save it as PNG"),
        (b"%PDF-1.7\n", "it is a PDF under a wrong name"),
    ],
)
def test_what_is_no_picture_of_a_page_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read_image(data)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_a_picture_that_was_cut_short_is_unreadable(kind: str) -> None:
    data = saved(Image.effect_noise((400, 400), 90), kind)
    try:
        pages = read_image(data[: len(data) // 2])
    except UnreadableError:
        return  # a TIFF's table of contents may stand at its end
    assert pages[0].how == "unreadable"
    assert pages[0].reason.startswith("its picture is damaged")


def test_a_picture_of_30000_pixels_a_side_is_refused_without_being_unpacked() -> None:
    huge = saved(Image.new("1", (30_000, 30_000)), "PNG")
    with pytest.raises(UnreadableError, match="far larger than a page"):
        read_image(huge)


def test_a_picture_larger_than_memory_allows_is_unreadable() -> None:
    page = read_image(saved(Image.new("RGB", (30_000, 4_000)), "PNG"))[0]
    assert page.how == "unreadable"
    assert "30,000 by 4,000 pixels" in page.reason


def test_a_large_picture_is_made_smaller_in_its_proportions() -> None:
    width, height = fit(20_000, 5_000)
    assert width * height <= MAX_PIXELS
    assert width / height == pytest.approx(4, rel=0.01)
    assert fit(2_000, 3_000) == (2_000, 3_000)
