import subprocess
from typing import Any

import pytest
from PIL import Image, ImageDraw

from vectorstore.readers.ocr import is_blank, ocr_page
from vectorstore.readers.ocr_words import SeenPage

HEAD = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"


def table(*rows: str) -> str:
    return "\n".join([HEAD, *("\t".join(row.split(maxsplit=11)) for row in rows)]) + "\n"


def parse_words(text: str) -> tuple[str, float | None]:
    seen = SeenPage(text)
    return seen.text(), seen.confidence


def marked() -> Image.Image:
    image = Image.new("L", (400, 400), 255)
    ImageDraw.Draw(image).rectangle((50, 50, 200, 80), fill=0)
    return image


def test_words_become_lines_and_paragraphs_with_their_mean_confidence() -> None:
    text, confidence = parse_words(
        table(
            "4 1 1 1 1 0 10 10 90 12 -1",
            "5 1 1 1 1 1 10 10 40 12 90.0 Dear",
            "5 1 1 1 1 2 60 10 40 12 80.0 Sir",
            "4 1 1 1 2 0 10 30 90 12 -1",
            '5 1 1 1 2 1 10 30 40 12 70.0 "thank',
            "4 1 1 2 1 0 10 60 90 12 -1",
            "5 1 1 2 1 1 10 60 40 12 60.0 you",
        )
    )
    assert text == 'Dear Sir\n"thank\n\nyou'
    assert confidence == 0.75


def test_a_number_that_was_taken_for_a_column_goes_before_its_line() -> None:
    text, _ = parse_words(
        table(
            "4 1 1 1 1 0 10 10 10 12 -1",
            "5 1 1 1 1 1 10 10 10 12 90 2.",
            "4 1 2 1 1 0 40 10 90 12 -1",
            "5 1 2 1 1 1 40 10 40 12 90 Test",
        )
    )
    assert text == "2. Test"


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        ("office. | am pleased", "office. I am pleased"),
        ("| will write", "I will write"),
        ("| burglary | down |", "| burglary | down |"),
        ("Burglary | 1,204", "Burglary | 1,204"),
        ("the end |", "the end |"),
    ],
)
def test_a_bar_that_stands_for_a_word_is_the_pronoun(seen: str, read: str) -> None:
    words = [f"5 1 1 1 1 {n} {20 * n} 10 15 12 90 {word}" for n, word in enumerate(seen.split())]
    assert parse_words(table("4 1 1 1 1 0 0 10 90 12 -1", *words))[0] == read


def side_by_side(left: list[str], right: list[str]) -> list[str]:
    """Rows of Tesseract's table in which each line goes across both columns."""
    rows = []
    for number, sides in enumerate(zip(left, right, strict=True), start=1):
        top, word = 30 * number, 0
        rows.append(f"4 1 1 1 {number} 0 50 {top} 900 14 -1")
        for start, side in zip((50, 520), sides, strict=True):
            x = start
            for text in side.split():
                word += 1
                rows.append(f"5 1 1 1 {number} {word} {x} {top} {10 * len(text)} 14 90 {text}")
                x += 10 * len(text) + 8
    return rows


def test_lines_that_were_joined_across_two_columns_are_parted() -> None:
    left = [
        "The panel asked how long each of",
        "the repairs would take, and the",
        "director replied that it would be",
        "eleven weeks from the first day of",
        "work on the bridge at the harbour.",
    ]
    right = [
        "She added that the new lighting in",
        "the tunnel was paid for last year",
        "and that | was told of no delay by",
        "any of the firms who had offered a",
        "price for it in the first round.",
    ]
    text, confidence = parse_words(table(*side_by_side(left, right)))
    said = "\n".join([*left, "", *right]).replace("|", "I")
    assert (text, confidence) == (said, 0.9)


def test_a_rule_between_columns_is_no_part_of_their_words() -> None:
    left = ["the repairs would take new|", "eleven weeks from the day"]
    right = ["| said so at the meeting", "and was told of no delay"]
    seen = SeenPage(table(*side_by_side(left, right)))
    seen.part_at([(306, 0, 314, 200), (512, 0, 524, 200)])
    assert seen.text().split("\n") == [
        "the repairs would take new said so at the meeting",
        "eleven weeks from the day and was told of no delay",
    ]


def test_a_line_read_on_a_second_look_goes_where_it_stands() -> None:
    seen = SeenPage(
        table(
            "4 1 1 1 1 0 50 100 500 20 -1",
            "5 1 1 1 1 1 50 100 200 20 90 Provide",
            "5 1 1 1 1 2 270 100 200 20 90 the",
            "4 1 1 1 2 0 50 160 500 20 -1",
            "5 1 1 1 2 1 50 160 200 20 90 until",
            "5 1 1 1 2 2 270 160 200 20 90 May.",
        )
    )
    again = SeenPage(
        table(
            "4 1 1 1 1 0 10 10 500 20 -1",
            "5 1 1 1 1 1 10 10 200 20 80 harbour",
            "5 1 1 1 1 2 230 10 200 20 70 accounts",
            "4 1 1 1 2 0 10 60 500 20 -1",
            "5 1 1 1 2 1 10 60 200 20 20 ~wr",
        )
    )
    lost = (50, 400, 550, 420)
    boxes = [((50, 130, 550, 150), (10, 10, 510, 30)), (lost, (10, 60, 510, 80))]
    assert seen.add(again, boxes) == [lost]
    assert seen.text() == "Provide the\nharbour accounts\nuntil May."
    assert (50, 130, 250, 150) in seen.boxes


def test_a_page_with_a_line_that_stays_unread_is_one_to_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    one = SeenPage(table("4 1 1 1 1 0 10 10 90 12 -1", "5 1 1 1 1 1 10 10 40 12 98 Dear"))
    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/tesseract")
    monkeypatch.setattr("vectorstore.readers.ocr._run", lambda *args: one)
    lost = [(20, 200, 300, 220)]
    monkeypatch.setattr("vectorstore.readers.ocr.find_unread", lambda *args: lost)
    page = ocr_page(marked(), reason="it is a picture")
    assert page.confidence == 0.8
    assert page.reason == "it is a picture; what looks like a line on it was not read"
    lost.clear()
    page = ocr_page(marked(), reason="it is a picture")
    assert (page.confidence, page.reason) == (0.98, "it is a picture")


def test_rows_of_a_table_stay_rows() -> None:
    left = ["May 8, 2007 May 9, 2007", "June 18, 2007 June 28, 2007"] * 3
    right = ["May 29, 2007 June 6, 2007", "July 2, 2007 August 7, 2007"] * 3
    rows = [f"{one} {other}" for one, other in zip(left, right, strict=True)]
    assert parse_words(table(*side_by_side(left, right)))[0] == "\n".join(rows)


def test_an_address_beside_another_stays_as_tesseract_has_it() -> None:
    left, right = ["Town Hall, Bridge Street", "Harbour Town"], ["Agency for Roads", "Mill Lane, Northport"]
    text, _ = parse_words(table(*side_by_side(left, right)))
    assert text == "\n".join(f"{one} {other}" for one, other in zip(left, right, strict=True))


def test_a_table_without_words_is_no_text() -> None:
    assert parse_words(table("1 1 0 0 0 0 0 0 400 400 -1")) == ("", None)


def test_paper_with_specks_is_blank_and_a_line_of_text_is_not() -> None:
    image = Image.new("L", (1000, 1400), 240)
    for at in range(5):
        image.putpixel((at * 90, at * 70), 0)
    assert is_blank(image)
    assert not is_blank(marked())


def test_without_tesseract_a_page_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    page = ocr_page(marked(), reason="it is a picture")
    assert page.how == "unreadable"
    assert page.reason == "it is a picture; to read it, install Debian's tesseract-ocr and ingest it again"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (subprocess.TimeoutExpired("tesseract", 60), "longer than 60 s"),
        (
            subprocess.CalledProcessError(1, "tesseract", stderr=b"first\nno eng.traineddata\n"),
            "no eng.traineddata",
        ),
        (PermissionError("not allowed"), "not allowed"),
    ],
)
def test_a_page_that_tesseract_fails_on_says_why(
    error: Exception, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **options: Any) -> None:
        raise error

    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/tesseract")
    monkeypatch.setattr("subprocess.run", fail)
    page = ocr_page(marked())
    assert (page.how, page.text) == ("unreadable", "")
    assert reason in page.reason
