"""Names at the beginning of a line, and the lines of a block."""

import pytest

from vectorstore.letter import Block
from vectorstore.lines import MAX_LINE_CHARS, lines_of
from vectorstore.names import OFFICE, find_name, surname


def name_in(line: str, *, titled: bool = False) -> str | None:
    end = find_name(line, titled=titled)
    return None if end is None else line[:end]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("John Campion", "John Campion"),
        ("Mark Burns-Williamson OBE", "Mark Burns-Williamson OBE"),
        ("Rt Hon Priti Patel MP Home Secretary 2 Marsham Street", "Rt Hon Priti Patel MP"),
        (
            "Rt. Hon Baroness Beverley Hughes Deputy Mayor of Greater Manchester",
            "Rt. Hon Baroness Beverley Hughes",
        ),
        ("Dr. Marguerite Halloran, Chief Executive", "Dr. Marguerite Halloran"),
        ("Karen L. Odum, M.D.", "Karen L. Odum, M.D."),
        ("Siân O'Neill", "Siân O'Neill"),
        ("Ludwig van der Berg", "Ludwig van der Berg"),
        ("Mrs Calloway", "Mrs Calloway"),
        ("Curtis J. Rosewood, M.D., M.P.H.", "Curtis J. Rosewood, M.D., M.P.H."),
        ("Željka Horvat-Lindén", "Željka Horvat-Lindén"),
        ("Étienne de la Tour, Head of Unit", "Étienne de la Tour"),
        ("Hamish McDonald Jr., Trustee", "Hamish McDonald Jr."),
        ("D Okonkwo", "D Okonkwo"),
        ("MR J DOE", "MR J DOE"),
        ("MR DOE To check your State", "MR DOE"),
        ("The Hon. Ruth Adeyemi, Inspector General", "The Hon. Ruth Adeyemi"),
    ],
)
def test_a_name_ends_where_the_office_begins(line: str, name: str) -> None:
    assert name_in(line) == name


@pytest.mark.parametrize(
    "line",
    [
        "Chief Executive",
        "Police & Crime Commissioner",
        "London",
        "2 Marsham Street",
        "the board",
        "Ann said so",
        "Silver Spring MD 20993",
        "Institut Quelconque SA",
        "Newcastle Pension Centre, Futures Group",
        "Broward County Sheriff",
        "The Regional Lettings Manager",
        "SARITA BOYD",
        "",
    ],
)
def test_an_office_a_place_and_prose_are_no_names(line: str) -> None:
    assert name_in(line) is None


def test_a_place_is_told_from_a_person_by_the_title() -> None:
    assert name_in("Great Bellamy House", titled=True) is None
    assert name_in("Sir Edmund Farraday KC MP", titled=True) == "Sir Edmund Farraday KC MP"


def test_marks_before_a_name_are_skipped() -> None:
    assert name_in("**Ann Example**") == "**Ann Example"


def test_an_office_is_a_whole_word() -> None:
    assert OFFICE.search("Deputy Mayor")
    assert not OFFICE.search("Headington Chairlift")


def test_lines_know_where_they_stand() -> None:
    text = "x\n  Ann Example \n\n\tChief Executive\nx"
    lines = lines_of(text, Block(2, len(text) - 2, "header", 0, 1))
    assert [line.text for line in lines] == ["Ann Example", "Chief Executive"]
    assert [text[line.start : line.end] for line in lines] == [line.text for line in lines]


def test_a_line_too_long_for_an_address_is_left_out() -> None:
    text = "Ann Example\n" + "x" * (MAX_LINE_CHARS + 1)
    assert [line.text for line in lines_of(text, Block(0, len(text), "header", 0, 1))] == ["Ann Example"]


def test_a_name_in_capitals_counts_where_a_name_is_looked_for() -> None:
    assert find_name("SARITA D BOYD", capitals=True) == len("SARITA D BOYD")
    assert find_name("ROAD LICENSING DEPARTMENT", capitals=True) is None


@pytest.mark.parametrize(
    ("name", "last"),
    [("Karen L. Odum, M.D.", "odum"), ("Mark Burns-Williamson OBE", "burns-williamson"), ("", "")],
)
def test_a_surname_is_the_last_word_before_honours(name: str, last: str) -> None:
    assert surname(name) == last


def test_specks_of_a_scanner_around_a_line_are_left_out() -> None:
    text = ". Clerk to the Council ~ .\n~ .\n- a point"
    lines = lines_of(text, Block(0, len(text), "closing", 0, 1))
    assert [line.text for line in lines] == ["Clerk to the Council", "- a point"]
    assert [text[line.start : line.end] for line in lines] == [line.text for line in lines]
