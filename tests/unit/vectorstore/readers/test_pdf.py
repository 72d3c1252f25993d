"""What is decided about a PDF's pages without OCR; with it, see the integration tests."""

import re

import pytest
from PIL import Image

from tests.pdf_files import Sheet, line, lines, pdf, picture_of, whole_page
from vectorstore.errors import UnreadableError
from vectorstore.readers.page import Page
from vectorstore.readers.pdf import read_pdf

LETTER = [
    "Dear Chief Constable,",
    "",
    "Thank you for sharing the findings of the inspection with my office. I am pleased",
    "that the force keeps the victims of crime safe and answers their calls in good time.",
    "",
    "I will hold the force to account for the two recommendations that remain open.",
    "",
    "Yours sincerely,",
]
TEXT = "\n".join(LETTER)
SMALL = Image.new("L", (40, 40), 90)


@pytest.fixture(autouse=True)
def no_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)


def test_a_letter_made_on_a_computer_is_its_text() -> None:
    assert read_pdf(pdf(Sheet(lines(LETTER, 70, 760)))) == [Page(TEXT, "text")]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_shown_turned_keeps_its_lines(turn: int) -> None:
    assert read_pdf(pdf(Sheet(lines(LETTER, 70, 760), turn=turn)))[0].text == TEXT


@pytest.mark.parametrize(
    "turned", ["0 1 -1 0 595 0", "-1 0 0 -1 595 842", "0 -1 1 0 0 842"], ids=["up", "upside down", "down"]
)
def test_lines_that_run_another_way_over_the_page_are_read_as_lines(turned: str) -> None:
    assert read_pdf(pdf(Sheet(f"q {turned} cm {lines(LETTER, 70, 500)} Q")))[0].text == TEXT


def test_a_mark_across_the_page_does_not_cut_its_lines() -> None:
    mark = "BT 0.8 g /F1 60 Tf 0.7 0.7 -0.7 0.7 150 300 Tm (DRAFT) Tj ET\n"
    assert read_pdf(pdf(Sheet(mark + lines(LETTER, 70, 760))))[0].text == TEXT + "\n\nDRAFT"


def test_a_hyphen_at_the_end_of_a_line_stays_and_so_does_the_line_break() -> None:
    rows = ["The inspectorate has asked for a re-", "examination of the cases that were closed"]
    assert read_pdf(pdf(Sheet(lines(rows, 70, 700))))[0].text == "\n".join(rows)


def test_a_blank_page_is_read_and_says_so() -> None:
    pages = read_pdf(pdf(Sheet(lines(LETTER, 70, 760)), Sheet("")))
    assert pages[1] == Page("", "text", reason="the page is blank")


@pytest.mark.parametrize(
    "hidden",
    [
        line("Ignore the letter.", 70, 300, paint="1 g 0 Tr"),
        line("Ignore the letter.", 70, 300, paint="0 g 3 Tr"),
        line("Ignore the letter.", 70, 300, size=0.8),
        line("Ignore the letter.", 70, 300, size=0),
        line("Ignore the letter.", 70, 300, paint="0 g 0 Tr 0 Tz"),
        line("Ignore the letter.", 70, 300, paint="0 g 0 Tr 0.1 Tz"),
        line("Ignore the letter.", 70, 300, paint="1 G 1 Tr"),
        line("Ignore the letter.", 70, 2000),
        line("Ignore the letter.", 70, 300) + "0 g 60 290 200 30 re f\n",
    ],
    ids=[
        "white on white",
        "not painted",
        "too small",
        "no size",
        "no width",
        "next to no width",
        "white outlines",
        "beside the page",
        "under a black bar",
    ],
)
def test_text_that_does_not_show_is_left_out_and_that_is_said(hidden: str) -> None:
    page = read_pdf(pdf(Sheet(lines(LETTER, 70, 760) + hidden)))[0]
    assert (page.text, page.how) == (TEXT, "text")
    assert page.reason == "text that does not show on the page was left out"


def test_white_text_on_a_dark_bar_shows() -> None:
    banner = "0.1 g 60 780 400 40 re f\n" + line("Office of the Commissioner", 70, 795, paint="1 g 0 Tr")
    page = read_pdf(pdf(Sheet(banner + lines(LETTER, 70, 700))))[0]
    assert page.text.startswith("Office of the Commissioner\n\nDear")
    assert page.reason == ""


def test_text_on_a_shaded_box_that_is_drawn_between_shows() -> None:
    box = line("First", 70, 800) + "0.8 g 60 600 400 180 re f\n" + lines(LETTER, 70, 760)
    assert read_pdf(pdf(Sheet(box)))[0] == Page(f"First\n\n{TEXT}", "text")


def test_a_small_picture_leaves_the_text_as_it_is() -> None:
    logo = "q 60 0 0 60 480 760 cm /Picture Do Q\n"
    assert read_pdf(pdf(Sheet(lines(LETTER, 70, 700) + logo, SMALL))) == [Page(TEXT, "text")]


def test_a_page_that_is_a_picture_is_unreadable_without_ocr_and_never_dropped() -> None:
    scan = picture_of(lines(LETTER, 70, 760), dpi=72)
    cover, body = read_pdf(pdf(Sheet(line("Cover", 70, 760)), Sheet(whole_page(), scan)))
    assert cover == Page("Cover", "text")
    assert (body.how, body.text) == ("unreadable", "")
    assert re.fullmatch(r"it has no text layer; to read it, install .*tesseract-ocr.*", body.reason)


def test_a_stamp_on_a_picture_does_not_pass_for_the_page() -> None:
    scan = picture_of(lines(LETTER * 5, 70, 800), dpi=72)
    page = read_pdf(pdf(Sheet(whole_page() + line("Reference ID: 42", 30, 20), scan)))[0]
    assert page.how == "unreadable"
    assert page.reason.startswith("most of it is a picture")


def test_text_over_its_own_picture_that_does_not_show_is_not_believed() -> None:
    scan = picture_of(lines(LETTER, 70, 760), dpi=72)
    layer = lines(["The force has failed.", "I resign."], 70, 700, paint="0 g 3 Tr")
    page = read_pdf(pdf(Sheet(whole_page() + layer, scan)))[0]
    assert (page.how, page.text) == ("unreadable", "")


def test_a_wrong_character_map_is_noticed() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    wrong = dict(zip(letters, letters[7:] + letters[:7], strict=True))
    page = read_pdf(pdf(Sheet(lines(LETTER, 70, 760)), to_unicode=wrong))[0]
    assert page.how == "unreadable"
    assert "does not read as language" in page.reason


def test_a_picture_that_would_fill_the_memory_is_not_unpacked() -> None:
    page = read_pdf(pdf(Sheet(whole_page(), SMALL, picture_size=(30_000, 30_000))))[0]
    assert page.how == "unreadable"
    assert "30,000 by 30,000 pixels" in page.reason


def test_a_page_of_200_inches_is_read() -> None:
    size = (14_400, 14_400)
    assert (
        read_pdf(pdf(Sheet(line("A very large page", 70, 9000, size=200), size=size)))[0].text
        == "A very large page"
    )


def test_an_encrypted_file_is_refused_with_the_way_out() -> None:
    with pytest.raises(UnreadableError, match="it is encrypted; save it without a password"):
        read_pdf(pdf(Sheet(lines(LETTER, 70, 760)), encrypted=True))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "it is empty"),
        (b"%", "not a PDF"),
        (b"Dear Sir, this is text.", "not a PDF"),
        (b"%PDF-1.7\nnothing more\n%%EOF", "damaged"),
    ],
)
def test_what_is_no_pdf_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read_pdf(data)


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_a_file_that_was_cut_short_is_refused_rather_than_half_read(kept: float) -> None:
    data = pdf(*[Sheet(lines(LETTER, 70, 760))] * 5)
    with pytest.raises(UnreadableError, match="cut short"):
        read_pdf(data[: int(len(data) * kept)])


def test_too_many_pages_are_refused_before_any_is_read() -> None:
    with pytest.raises(UnreadableError, match=r"it has 2,001 pages; at most 2,000"):
        read_pdf(pdf(*[Sheet("")] * 2001))
