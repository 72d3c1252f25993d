"""Metrics of one answer, counted by hand."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from evals import metrics

if TYPE_CHECKING:
    from tests.unit.evals.conftest import Make

NORTH = ("north.txt", "Calls rose to 478,000 last year.")
TRAINED = ("north.txt", "Staff were trained in March.")
SOUTH = ("south.txt", "We answer calls in 5 seconds.")
PANEL = ("south.txt", "Our panel met in May.")
WEST = ("west.txt", "We welcome the report.")


def test_displayed_follows_the_statements_and_counts_a_citation_once(make: "Make") -> None:
    answer = make.answer(NORTH, SOUTH, WEST)
    first, second, third = answer.statements
    answer = replace(answer, statements=(replace(first, citations=(3, 1)), second, third))
    assert [shown.number for shown in metrics.displayed(answer)] == [3, 1, 2]


def test_the_nearest_passages_of_an_abstention_are_not_displayed_as_an_answer(make: "Make") -> None:
    near = make.answer(NORTH, status="not_found")
    assert metrics.displayed(near) == ()
    assert metrics.displayed(replace(near, statements=make.answer(NORTH).statements)) == ()


def test_letters_that_say_yes_add_their_citations_and_those_that_say_no_do_not(make: "Make") -> None:
    ledger = make.ledger(
        {"north.txt": ("yes", (1,)), "south.txt": ("no", (2,)), "west.txt": ("unreadable", (3,))}
    )
    answer = replace(make.answer(NORTH, SOUTH, WEST), statements=(), ledger=ledger)
    assert [shown.number for shown in metrics.displayed(answer)] == [1]


def test_gold_is_cited_when_the_quote_contains_or_is_contained_but_not_when_it_only_overlaps(
    make: "Make",
) -> None:
    case = make.case("fact", [("north.txt", "Staff were trained in March.")])
    assert metrics.gold_cited(case, metrics.displayed(make.answer(("north.txt", "trained in March"))))
    whole = ("north.txt", "last year. Staff were trained in March. Nothing")
    assert metrics.gold_cited(case, metrics.displayed(make.answer(whole)))
    partly = ("north.txt", "last year. Staff were trained")
    assert metrics.gold_cited(case, metrics.displayed(make.answer(partly))) is False


def test_the_same_words_in_another_letter_are_not_gold(make: "Make") -> None:
    case = make.case("fact", [("north.txt", "Staff")])
    assert metrics.gold_cited(case, metrics.displayed(make.answer(("south.txt", "Staff")))) is False


def test_white_space_does_not_part_quote_and_citation(make: "Make") -> None:
    case = make.case("fact", [("north.txt", "Staff  were\ntrained in March.")])
    assert metrics.gold_cited(case, metrics.displayed(make.answer(TRAINED)))


def test_every_group_must_be_cited_and_any_alternative_will_do(make: "Make") -> None:
    case = make.case("compare", [NORTH, TRAINED], [SOUTH])
    assert metrics.gold_cited(case, metrics.displayed(make.answer(TRAINED, SOUTH)))
    assert metrics.gold_cited(case, metrics.displayed(make.answer(NORTH, TRAINED))) is False


def test_without_evidence_what_is_cited_is_not_judged(make: "Make") -> None:
    case, shown = make.case("unanswerable"), metrics.displayed(make.answer(NORTH))
    judged = [
        metrics.gold_cited(case, shown),
        metrics.right_letter_first(case, shown),
        metrics.reciprocal_rank(case, shown),
        metrics.precision(case, shown),
    ]
    assert judged == [None, None, None, None]


@pytest.mark.parametrize(
    ("cited", "first", "reciprocal"),
    [
        ([SOUTH, NORTH], True, 1.0),
        ([NORTH, TRAINED, SOUTH], False, 1 / 2),  # two citations of one letter are one letter
        ([NORTH, WEST, PANEL], False, 1 / 3),
        ([NORTH], False, 0.0),
        ([], False, 0.0),
    ],
)
def test_the_gold_letter_is_ranked_among_the_letters_cited(
    make: "Make", cited: list[tuple[str, str]], first: bool, reciprocal: float
) -> None:
    case, shown = make.case("fact", [SOUTH]), metrics.displayed(make.answer(*cited))
    assert metrics.right_letter_first(case, shown) is first
    assert metrics.reciprocal_rank(case, shown) == pytest.approx(reciprocal)


def test_the_letter_of_any_alternative_is_a_right_letter(make: "Make") -> None:
    case = make.case("fact", [SOUTH, WEST])
    assert metrics.right_letter_first(case, metrics.displayed(make.answer(WEST)))


def test_precision_is_the_share_of_citations_that_are_gold(make: "Make") -> None:
    case = make.case("compare", [NORTH], [SOUTH])
    shown = metrics.displayed(make.answer(NORTH, TRAINED, SOUTH, PANEL, WEST))
    assert metrics.precision(case, shown) == pytest.approx(2 / 5)
    assert metrics.precision(case, ()) is None


def test_a_set_is_exact_with_neither_a_letter_too_many_nor_one_too_few(make: "Make") -> None:
    case = make.case("list", letters=["north.txt", "west.txt"])
    right = {"north.txt": "yes", "south.txt": "no", "west.txt": "yes"}
    assert metrics.exact_set(case, make.answer(ledger=right))
    assert metrics.exact_set(case, make.answer(ledger=right | {"south.txt": "yes"})) is False
    assert metrics.exact_set(case, make.answer(ledger=right | {"west.txt": "no"})) is False
    assert metrics.exact_set(case, make.answer(ledger=right | {"west.txt": "unreadable"})) is False
    assert metrics.exact_set(case, make.answer(NORTH, WEST)) is False
    assert metrics.exact_set(case, None) is False


def test_none_is_proved_by_a_ledger_without_a_yes(make: "Make") -> None:
    case = make.case("list", expect="not_found")
    none = {"north.txt": "no", "south.txt": "no"}
    assert metrics.exact_set(case, make.answer(status="not_found", ledger=none))
    assert (
        metrics.exact_set(case, make.answer(status="not_found", ledger=none | {"south.txt": "yes"})) is False
    )
    assert metrics.exact_set(case, make.answer(status="not_found")) is False
    assert metrics.exact_set(case, make.answer(status="answered", ledger=none)) is False


def test_no_set_is_judged_where_none_is_asked_for(make: "Make") -> None:
    assert (
        metrics.exact_set(make.case("fact", [NORTH]), make.answer(NORTH, ledger={"north.txt": "yes"})) is None
    )


@pytest.mark.parametrize(
    ("values", "text", "there"),
    [
        (["john campion"], "The author is John\n Campion [1].", True),
        (["John Campion", "Dorset"], "The author is John Campion.", False),
        (["78,000"], "It received 478,000 calls.", False),
        (["78,000"], "It received 78,000.", True),
        (["5"], "There are 5 letters [1].", True),
        (["5"], "There are 15 letters, of 2015 [5].", False),
        (["5"], "It cost 5.2 or 1.5 or 5,000.", False),
        (["no"], "There is a note.", False),
    ],
)
def test_values_stand_in_the_answer_as_whole_words(
    make: "Make", values: list[str], text: str, there: bool
) -> None:
    case = make.case("about_letters", values=values)
    assert metrics.values_in_answer(case, make.answer(text=text)) is there


def test_values_are_missing_after_an_error_and_not_judged_where_none_are_given(make: "Make") -> None:
    assert metrics.values_in_answer(make.case("about_letters", values=["5"]), None) is False
    assert metrics.values_in_answer(make.case("fact", [NORTH]), make.answer(text="5")) is None


def test_numbers_that_lead_nowhere_are_found(make: "Make") -> None:
    answer = make.answer(NORTH)
    ledger = make.ledger({"north.txt": ("yes", (8,))})
    (statement,) = answer.statements
    statements = (replace(statement, citations=(1, 7)),)
    assert metrics.dangling_numbers(answer) == frozenset()
    assert metrics.dangling_numbers(replace(answer, ledger=ledger, statements=statements, nearest=(9,))) == {
        7,
        8,
        9,
    }
