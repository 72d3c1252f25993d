"""Comparisons: matters told apart, cells, and plain text."""

import pytest

from assistant.answer import Statement
from assistant.comparison import SAYS_NOTHING, asked_alone, issues_of, lines_of, table_of
from tests.corpora import made
from tests.turns import understood
from vectorstore.letter import Letter

ROWS = [
    Statement("We train.", True, (1,), "North", "training"),
    Statement("We paint.", True, (2,), "North", "wards"),
    Statement(SAYS_NOTHING, True, (), "South", "training"),
    Statement("We scrub.", True, (3,), "South", "wards"),
]


@pytest.mark.parametrize(
    ("asked", "issues"),
    [
        ("Compare North and South on training and on wards.", ("training", "wards")),
        ("Compare North and South on training, wards and pay.", ("training", "wards", "pay")),
        ("Compare North and South on training, wards, pay and leave.", ("training", "wards", "pay", "leave")),
        (
            "Compare North and South on pay, rotas, and terms and conditions.",
            ("pay", "rotas", "terms and conditions"),
        ),
        ("Compare North and South on call handling and control rooms.", ()),
        ("Compare North and South on training.", ()),
        ("How do they differ?", ()),
    ],
)
def test_the_matters_of_a_comparison(asked: str, issues: tuple[str, ...]) -> None:
    assert issues_of(asked) == issues


def test_each_matter_is_asked_alone_in_the_words_around_them() -> None:
    asked = "Compare North and South on training, wards and pay?"
    assert asked_alone(asked, "wards") == "Compare North and South on wards?"
    found = understood("Compare Brackwater and Saltmere on leakage, wards and pay?")
    alone = understood("Compare Brackwater and Saltmere on wards?")
    assert [one.name for one in found.issues] == ["leakage", "wards", "pay"]
    assert (found.issues[1].query, found.issues[1].terms) == (alone.query, alone.terms)


def test_a_matter_without_a_word_to_look_for_is_said_to_be_left_out() -> None:
    found = understood("Compare Brackwater and Saltmere on leakage, things and wards?")
    assert [one.name for one in found.issues] == ["leakage", "wards"]
    assert found.note == "Left out, with no word to look for: “things”."


def test_matters_beyond_the_most_that_are_compared_are_named() -> None:
    many = ["leakage", "wards", "pay", "boilers", "gardens", "parking", "meals", "beds", "choirs", "paint"]
    asked = f"Compare Brackwater and Saltmere on {', '.join(many[:-1])} and {many[-1]}."
    found = understood(asked)
    assert [one.name for one in found.issues] == many[:8]
    assert found.note == "At most 8 matters are compared at a time; left out: “choirs”, “paint”."


@pytest.mark.parametrize(
    "asked",
    [
        "Compare Brackwater and Tidworth on leakage",
        "How do Brackwater and Tidworth differ on leakage?",
        "What do Brackwater and Tidworth say about leakage?",
    ],
)
def test_where_one_of_two_has_no_letter_the_other_is_given_and_that_is_said(asked: str) -> None:
    found = understood(asked)
    assert found.scope.area == ("Brackwater plc",)
    assert found.terms.weights.keys() == {"leakag"}
    assert found.note == "No letter here is from Tidworth."


def test_where_nothing_is_compared_by_the_letters_that_are_there_are_summed_up() -> None:
    assert understood("Compare Brackwater and Tidworth").terms.overview


def test_a_table_has_a_row_a_side_and_a_column_a_matter() -> None:
    table = table_of("compare", ROWS)
    assert table is not None
    assert table.issues == ("training", "wards")
    assert [(heading, [[s.text for s in cell] for cell in cells]) for heading, cells in table.rows] == [
        ("North", [["We train."], ["We paint."]]),
        ("South", [[SAYS_NOTHING], ["We scrub."]]),
    ]
    assert table_of("fact", ROWS) is None
    assert table_of("compare", ROWS[:2]) is None


def test_in_plain_text_over_time_each_statement_is_led_by_its_date() -> None:
    said = [
        Statement("Bad.", True, (1,), "3 May 2018, Ann"),
        Statement("Sad.", True, (2,), "3 May 2018, Ann"),
        Statement("Good.", True, (3,), "4 May 2020, Ann"),
    ]
    assert lines_of("over_time", said) == [
        "3 May 2018, Ann: Bad. [1]",
        "3 May 2018, Ann: Sad. [2]",
        "4 May 2020, Ann: Good. [3]",
    ]
    assert lines_of("compare", ROWS)[:2] == ["North, training:", "We train. [1]"]


def letters() -> tuple[Letter, Letter]:
    return made("We reply.", source="a.txt"), made("We answer.", area="Southmere", source="b.txt")


@pytest.mark.parametrize(
    "asked",
    [
        "Compare the letters on leakage.",
        "What does each letter say about leakage?",
        "How do the authors differ on leakage?",
    ],
)
def test_letters_are_compared_without_naming_any(asked: str) -> None:
    found = understood(asked, letters=letters())
    assert (found.kind, [heading for heading, _ in found.sides]) == ("compare", ["Northmere", "Southmere"])
    assert set(found.terms.weights) == {"leakag"}


def test_bodies_of_a_kind_are_compared_by_their_noun() -> None:
    bodies = ("North Tarrow Council", "South Lorne Council", "Otter Vale Water Company")
    written = [made("We reply.", area=area, source=f"{area}.txt") for area in bodies]
    found = understood("Compare what the councils say about damp", letters=written)
    assert [heading for heading, _ in found.sides] == ["North Tarrow Council", "South Lorne Council"]


def test_what_changed_asks_for_the_letters_as_they_are() -> None:
    found = understood(
        "What changed for Northmere between 2019 and 2021?",
        letters=(made("We reply."), made("We answer.", date="4 June 2019", source="b.txt")),
    )
    assert (found.kind, len(found.sides), found.terms.overview) == ("over_time", 2, True)
    assert not understood("Compare the letters on leakage.", letters=letters()).terms.overview
