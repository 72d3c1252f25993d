"""One author's letters of two dates told apart."""

import pytest

from assistant.answer import Draft, DraftStatement
from assistant.by_date import led_by_dates, unblended, without_strays
from assistant.terms import find_terms
from tests.corpora import made
from vectorstore.letter import Letter

OLD = made("The roof leaks in nine wards.", author="Rt Hon Ann Example", date="3 May 2019", source="old.txt")
NEW = made("The roof leaks in two wards.", author="Ann Example", date="4 June 2021", source="new.txt")
OTHER = made("Our roof is sound.", author="Bea Other", area="Southmere", source="other.txt")
LETTERS = {letter.id: letter for letter in (OLD, NEW, OTHER)}


def said(text: str, *letters: Letter, quote: str = "") -> DraftStatement:
    quotes = {OLD.id: "The roof leaks in nine wards.", NEW.id: "The roof leaks in two wards."}
    return DraftStatement(
        text, tuple((letter.id, quote or quotes.get(letter.id, "Our roof is sound.")) for letter in letters)
    )


def test_dates_lead_where_an_author_is_cited_of_two_dates() -> None:
    led = led_by_dates(
        [said("a", NEW), said("b", OLD), said("c", OTHER), said("d", NEW)], LETTERS, asked_when=False
    )
    assert led is not None
    assert [(s.text, s.heading) for s in led] == [
        ("b", "3 May 2019, Rt Hon Ann Example"),
        ("c", "3 May 2021, Bea Other"),
        ("a", "4 June 2021, Ann Example"),
        ("d", "4 June 2021, Ann Example"),
    ]


@pytest.mark.parametrize(
    ("statements", "asked_when", "leads"),
    [
        ([said("a", NEW), said("c", OTHER)], False, False),
        ([said("a", NEW), said("c", OTHER)], True, True),
        ([], True, False),
    ],
)
def test_dates_lead_elsewhere_only_where_a_time_is_asked_for(
    statements: list[DraftStatement], asked_when: bool, leads: bool
) -> None:
    assert (led_by_dates(statements, LETTERS, asked_when=asked_when) is not None) == leads


def test_a_statement_on_two_dates_of_an_author_gives_way_to_the_letters_words() -> None:
    blended = said("Two to nine wards leak.", OLD, NEW)
    parted = unblended(Draft((blended,), "model"), LETTERS).statements
    assert [(s.text, s.quotes) for s in parted] == [
        ("The roof leaks in nine wards.", ((OLD.id, "The roof leaks in nine wards."),)),
        ("The roof leaks in two wards.", ((NEW.id, "The roof leaks in two wards."),)),
    ]


@pytest.mark.parametrize(
    "claimed",
    [
        said("Two authors.", NEW, OTHER),
        said("One letter.", NEW),
        said("A quote that is not there.", OLD, NEW, quote="The roof leaks in two wards."),
    ],
)
def test_a_statement_on_one_date_of_an_author_stays(claimed: DraftStatement) -> None:
    assert unblended(Draft((claimed,), "model"), LETTERS).statements == (claimed,)


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("How many wards does the roof leak in?", ["a", "b", "c"]),
        ("Which gutters does the old roof need?", ["a", "c"]),
        ("Why does the roof need gutters?", ["a", "b", "c"]),
    ],
)
def test_what_only_resembles_a_question_is_not_set_beside_another_letter_of_its_author(
    asked: str, kept: list[str]
) -> None:
    old = made("The old roof needs gutters.", author="Ann Example", date="3 May 2019", source="older.txt")
    letters = {**LETTERS, old.id: old}
    claimed = (
        DraftStatement("a", ((old.id, "The old roof needs gutters."),)),
        said("b", NEW),
        said("c", OTHER),
    )
    draft = without_strays(Draft(claimed, "quotes"), letters, find_terms(asked))
    assert [statement.text for statement in draft.statements] == kept
