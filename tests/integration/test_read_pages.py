"""Pages that only OCR can read, with the real Tesseract: made here, and the collected letters where they are."""

from difflib import SequenceMatcher
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from assistant.settings import ROOT
from tests.pdf_files import Sheet, line, lines, pdf, picture_of, saved, whole_page
from vectorstore.readers.image import read_image
from vectorstore.readers.ocr import ocr_available
from vectorstore.readers.page import Page
from vectorstore.readers.pdf import read_pdf

FILES = ROOT.parent / "shared" / "data" / "letter_files"
BODY = [
    "Dear Chief Constable,",
    "",
    "Thank you for sharing the findings of the inspection with my office. I am pleased",
    "that the force keeps the victims of crime safe and answers their calls in good time.",
    "",
    "I will hold the force to account for the two recommendations that remain open, and",
    "I expect 1,250 more officers to be trained before the end of March.",
    "",
    "Yours sincerely,",
]
TEXT = "\n".join(BODY)
LETTERS = "abcdefghijklmnopqrstuvwxyz"

pytestmark = pytest.mark.skipif(
    not ocr_available(), reason="tesseract is not installed; `make test` as root on Debian installs it"
)
with_files = pytest.mark.skipif(not FILES.is_dir(), reason=f"the collected letters are not at {FILES}")


def folded(text: str) -> str:
    return " ".join(text.replace("’", "'").replace("“", '"').replace("”", '"').split())


def found(text: str, expected: str) -> float:
    """The share of the expected characters that were read, in their order."""
    blocks = SequenceMatcher(None, folded(text), folded(expected), autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(folded(expected))


def words_found(text: str, expected: str) -> float:
    """The share of the expected words that were read, in whatever order."""
    left = folded(text).split()
    wanted = folded(expected).split()
    hits = 0
    for word in wanted:
        if word in left:
            left.remove(word)
            hits += 1
    return hits / len(wanted)


def test_a_scanned_page_is_read_as_it_was_written() -> None:
    page = read_pdf(pdf(Sheet(whole_page(), picture_of(lines(BODY, 70, 760)))))[0]
    assert page.text == TEXT
    assert page.how == "ocr"
    assert page.reason == "it has no text layer"
    assert page.confidence is not None
    assert page.confidence > 0.85


def test_a_letter_behind_a_cover_with_text_is_read_whole() -> None:
    scan = picture_of(lines(BODY, 70, 760))
    cover, body, end = read_pdf(
        pdf(
            Sheet(lines(["Other action letters", "Application 4711"], 70, 700)),
            Sheet(whole_page() + line("Reference ID: 42", 30, 20), scan),
            Sheet(line("Enclosure", 70, 700)),
        )
    )
    assert (cover.how, body.how, end.how) == ("text", "ocr", "text")
    assert body.text.startswith(TEXT)


def test_a_body_that_is_a_picture_below_a_heading_of_text_is_not_lost() -> None:
    strip = picture_of(lines(BODY, 70, 400), size=(595, 421))
    content = line("Office of the Commissioner", 70, 780) + "q 595 0 0 421 0 200 cm /Picture Do Q\n"
    page = read_pdf(pdf(Sheet(content, strip)))[0]
    assert page.how == "ocr"
    assert page.reason == "part of it is a picture"
    assert "Office of the Commissioner" in page.text
    assert "1,250 more officers" in page.text


def test_a_photograph_beside_sound_text_leaves_the_text() -> None:
    photograph = Image.effect_noise((300, 200), 80)
    content = lines(BODY, 70, 780) + "q 450 0 0 300 70 200 cm /Picture Do Q\n"
    assert read_pdf(pdf(Sheet(content, photograph))) == [Page(TEXT, "text")]


def test_what_an_invisible_layer_says_is_not_believed_against_the_picture() -> None:
    forged = lines(["The force has failed and I resign."], 70, 700, paint="0 g 3 Tr")
    page = read_pdf(pdf(Sheet(whole_page() + forged, picture_of(lines(BODY, 70, 760)))))[0]
    assert page.text == TEXT
    assert page.how == "ocr"


def test_a_scrambled_layer_is_read_from_the_page_as_it_looks() -> None:
    wrong = dict(zip(LETTERS, LETTERS[7:] + LETTERS[:7], strict=True))
    page = read_pdf(pdf(Sheet(lines(BODY, 70, 760)), to_unicode=wrong))[0]
    assert page.text == TEXT
    assert page.how == "ocr"
    assert page.reason == "its text layer does not read as language"


def test_another_language_is_kept_as_it_was_typed() -> None:
    welsh = [
        "Diolch am eich llythyr ynghylch yr arolygiad diweddar. Yr wyf yn croesawu",
        "canfyddiadau'r adroddiad ac yn cytuno bod angen gwneud mwy i gefnogi",
        "dioddefwyr ledled ardal yr heddlu yn ystod y flwyddyn nesaf.",
    ]
    assert read_pdf(pdf(Sheet(lines(welsh, 70, 760)))) == [Page("\n".join(welsh), "text")]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_was_scanned_on_its_side_is_read(turn: int) -> None:
    scan = picture_of(lines(BODY, 70, 760)).rotate(turn, expand=True)
    page = read_image(saved(scan, "PNG"))[0]
    assert found(page.text, TEXT) > 0.98


def test_every_page_of_a_tiff_is_read_in_order() -> None:
    first, second = (
        picture_of(lines([f"This is the {n} page of them.", *BODY], 70, 760)) for n in ("first", "second")
    )
    pages = read_image(saved(first, "TIFF", save_all=True, append_images=[second], compression="tiff_lzw"))
    assert [page.text.split()[3] for page in pages] == ["first", "second"]


def test_marks_that_are_no_words_are_said_to_be_unreadable() -> None:
    page = read_image(saved(Image.effect_noise((800, 1100), 90), "PNG"))[0]
    assert page.how == "unreadable"
    assert page.text == ""


def test_a_scanned_page_of_200_inches_is_read_within_bounds() -> None:
    size = (14_400, 14_400)
    scan = picture_of(line("ANNOUNCEMENT", 1000, 7000, size=1500), size=size, dpi=10)
    page = read_pdf(pdf(Sheet(whole_page(size), scan, size=size)))[0]
    assert "ANNOUNCEMENT" in page.text


@with_files
@pytest.mark.parametrize(
    ("name", "characters", "words"),
    [("filing_01", 0.98, 0.97), ("deposition_01", 0.5, 0.95), ("form_01", 0.45, 0.5)],
)
def test_scans_are_read_as_well_as_tesseract_can(name: str, characters: float, words: float) -> None:
    """The deposition's expected text has its line numbers apart, and the form's its cells in another order."""
    text = read_image((FILES / "scan_image" / f"{name}.png").read_bytes())[0].text
    expected = (FILES / "expected" / f"{name}.png.txt").read_text("utf-8")
    assert found(text, expected) >= characters
    assert words_found(text, expected) >= words


@with_files
@pytest.mark.parametrize("file", sorted(FILES.glob("pdf*/*.pdf")), ids=lambda path: path.name[:40])
def test_no_page_of_the_collected_letters_is_lost(file: Path) -> None:
    for page in read_pdf(file.read_bytes()):
        if page.how == "unreadable":
            # A photograph of a street: the one page without words.
            assert file.name.endswith("input_pdfs_file2.pdf")
            assert page.reason == "there is something on the page, and no words were found in it"
        else:
            assert page.text.strip()


def test_lines_that_touch_a_grey_box_are_read_and_what_it_hides_is_left_out() -> None:
    picture = picture_of(lines(BODY, 70, 760), dpi=300)
    draw = ImageDraw.Draw(picture)
    inch = 300 / 72
    # As words are taken out of a letter before it is published: between lines, against what stands beside.
    below = round((842 - 760 + 13 * 3 + 2) * inch)
    draw.rectangle((200, below, 2000, below + round(10 * inch)), fill=190)
    draw.rectangle((200, below + round(60 * inch), 2300, below + round(300 * inch)), fill=190)
    page = read_image(saved(picture, "PNG"))[0]
    for said in (BODY[2], BODY[5], BODY[6]):
        assert folded(said) in folded(page.text)
    assert page.confidence is not None
    assert page.confidence > 0.85


def test_columns_with_a_rule_between_them_are_read_one_after_the_other() -> None:
    left = ["1 for letters between the harbour board", "2 and the pilots. I know that there were",
            "3 talks, and I do not know whether those", "4 were by telephone, as you had said."]  # fmt: skip
    right = ["1 If you cannot get them when you order", "2 boats at a show, then they will not be",
             "3 sent, and you have lost your place in", "4 the queue, which is a slow process."]  # fmt: skip
    picture = picture_of(lines(left, 60, 700) + lines(right, 316, 700), dpi=200)
    at = round(307 * 200 / 72)
    ImageDraw.Draw(picture).line((at, 200, at + 2, 1800), fill=0, width=4)
    text = read_image(saved(picture, "PNG"))[0].text
    assert folded(" ".join(left)) in folded(text)
    assert folded(" ".join(right)) in folded(text)
    assert text.index("telephone") < text.index("If you")


@with_files
def test_no_line_of_a_page_with_redactions_is_lost() -> None:
    file = FILES / "pdf_mixed" / "fda_mixed__211039_2020_Orig1s000OtherActionLtrs.pdf"
    text = folded(read_pdf(file.read_bytes())[2].text)
    for said in ("Please provide data to resolve the two process", "a) Please provide the compat", "stated that the",
                 "Authorization LOA)", "provide the study report to establish the control strategy"):  # fmt: skip
        assert said in text
