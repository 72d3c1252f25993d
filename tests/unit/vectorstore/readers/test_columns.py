import random
from collections.abc import Sequence

import pytest

from vectorstore.readers.layout import lay_out
from vectorstore.readers.word import Word

Row = tuple[str, float, float]
Rows = list[Row]
PROSE = "the board has read the report with care and will answer each of its findings in turn below".split()


def placed(rows: Sequence[Row], start: int = 0) -> list[Word]:
    """Words of a page in a type of 10 points; a row is its text, its left edge and how far down it stands."""
    words: list[Word] = []
    for text, left, top in rows:
        at = left
        for word in text.split():
            words.append(Word(word, at, top, at + 5 * len(word), top + 12, start + len(words)))
            at += 5 * len(word) + 4
    return words


def column(name: str, left: float, top: float = 100, count: int = 8) -> Rows:
    return [(f"{name}{n} " + " ".join(PROSE[n : n + 7]), left, top + 14 * n) for n in range(count)]


def interleaved(*columns: Rows) -> Rows:
    return [row for rows in zip(*columns, strict=True) for row in rows]


def test_lines_stand_under_each_other_and_paragraphs_apart() -> None:
    words = placed(
        [
            ("Thank you for the report", 70, 100),
            ("of the inspection", 70, 114),
            ("We accept it", 70, 142),
            ("in full", 70, 156),
        ]
    )
    assert lay_out(words) == "Thank you for the report\nof the inspection\n\nWe accept it\nin full"


def test_the_order_of_writing_does_not_matter_within_a_column() -> None:
    words = placed([("second line here", 70, 114), ("first line here", 70, 100)])
    assert lay_out(words) == "first line here\nsecond line here"


@pytest.mark.parametrize("by_line", [False, True], ids=["column by column", "line by line"])
def test_two_columns_are_read_one_after_the_other_however_they_were_written(by_line: bool) -> None:
    left, right = column("L", 60), column("R", 320)
    text = lay_out(placed(interleaved(left, right) if by_line else left + right))
    names = [word for word in text.split() if word[0] in "LR"]
    assert names == [f"L{n}" for n in range(8)] + [f"R{n}" for n in range(8)]


def test_columns_whose_lines_are_not_level_are_read_one_after_the_other() -> None:
    text = lay_out(placed(column("L", 60) + column("R", 320, top=107)))
    assert text.index("L7") < text.index("R0")


def test_what_stands_over_and_under_two_columns_stays_there() -> None:
    over: Rows = [("A heading that runs over the whole of the page from one margin to the other one", 60, 70)]
    under: Rows = [
        ("A line at the foot that runs over the whole of the page from margin to margin too", 60, 240)
    ]
    text = lay_out(placed(over + interleaved(column("L", 60), column("R", 320)) + under))
    assert text.startswith("A heading")
    assert text.index("L7") < text.index("R0") < text.index("R7") < text.index("A line at the foot")


def test_address_blocks_side_by_side_are_read_one_by_one() -> None:
    left: Rows = [("Alex Doe", 70, 100), ("1 High Street", 70, 114), ("Testington", 70, 128)]
    right: Rows = [("Income Team", 400, 104), ("Service Centre", 400, 118), ("Telephone 020", 400, 132)]
    body: Rows = [
        ("Dear Alex thank you for your letter of the third of May about the rent that you pay", 70, 200)
    ]
    assert lay_out(placed(left + right + body)).split("\n\n") == [
        "Alex Doe\n1 High Street\nTestington",
        "Income Team\nService Centre\nTelephone 020",
        body[0][0],
    ]


def test_a_table_is_read_row_by_row() -> None:
    rows = [
        row
        for n, name in enumerate(["Burglary", "Robbery", "Fraud", "Arson", "Theft"])
        for row in [(name, 70, 100 + 20 * n), (f"{n}50", 250, 100 + 20 * n), (f"{n}9%", 400, 100 + 20 * n)]
    ]
    assert lay_out(placed(rows)).split("\n")[:2] == ["Burglary\t050\t09%", "Robbery\t150\t19%"]


def test_a_table_with_paragraphs_in_its_cells_is_read_cell_by_cell() -> None:
    cells = [
        (f"{side}{row}{n} " + " ".join(PROSE[n : n + 6]), left, 100 + 60 * row + 14 * n)
        for row in range(4)
        for side, left in (("L", 60), ("R", 320))
        for n in range(3)
    ]
    names = [word for word in lay_out(placed(cells)).split() if word[0] in "LR"]
    assert names == [f"{side}{row}{n}" for row in range(4) for side in "LR" for n in range(3)]


def test_bullets_and_numbers_stay_with_their_lines() -> None:
    rows = [
        row
        for n in range(5)
        for row in [(f"{n}.", 70, 100 + 14 * n), ("item that is listed", 190, 100 + 14 * n)]
    ]
    assert lay_out(placed(rows)).splitlines()[0].split() == ["0.", "item", "that", "is", "listed"]


def test_a_paragraph_may_begin_with_an_indent_alone() -> None:
    words = placed(
        [
            ("We read the report with care and answer it.", 70, 100),
            ("The force has done what was asked of it", 95, 114),
            ("and will do the rest of it in the spring", 70, 128),
        ]
    )
    assert lay_out(words).count("\n\n") == 1


def test_a_raised_figure_breaks_no_line() -> None:
    words = [
        *placed([("as we said before", 70, 100)]),
        Word("1", 158, 98, 161, 105, 10),
        *placed([("and say again", 165, 100)], start=11),
    ]
    assert "\n" not in lay_out(words)


def test_no_word_is_lost_or_doubled_wherever_the_words_stand() -> None:
    chance = random.Random(3)  # noqa: S311 - places on a page
    for _ in range(30):
        rows = [
            (f"w{n}", chance.uniform(0, 600), chance.uniform(0, 800)) for n in range(chance.randrange(200))
        ]
        assert sorted(lay_out(placed(rows)).split()) == sorted(text for text, _, _ in rows)


def test_a_page_without_words_is_empty() -> None:
    assert lay_out([]) == ""
