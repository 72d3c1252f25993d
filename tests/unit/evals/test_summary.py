"""Shares, intervals and means, against values worked out by hand."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from evals.score import Score, score_case
from evals.summary import Share, summarise, summarise_kinds

if TYPE_CHECKING:
    from tests.unit.evals.conftest import Make

NORTH = ("north.txt", "Calls rose to 478,000 last year.")
SOUTH = ("south.txt", "We answer calls in 5 seconds.")


def scores(make: "Make") -> list[Score]:
    fact, list_, absent = (
        make.case("fact", [NORTH]),
        make.case("list", letters=["north.txt"]),
        make.case("unanswerable"),
    )
    return [
        score_case(fact, make.answer(NORTH), seconds=1.0),  # right: rank 1, precision 1
        score_case(fact, make.answer(SOUTH, NORTH), seconds=2.0),  # cited second: rank 2, precision 1/2
        score_case(fact, make.answer(SOUTH, status="not_found"), seconds=3.0),  # falsely abstained: rank 0
        score_case(fact, None, seconds=9.0, error="broke"),  # rank 0
        score_case(list_, make.answer(ledger={"north.txt": "yes"}), seconds=4.0),
        score_case(absent, make.answer(status="not_found"), seconds=5.0),
        score_case(absent, make.answer(SOUTH), wrong_quotes=[1], seconds=6.0),
    ]


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1, 2, 0.0945, 0.9055)],
)
def test_the_interval_is_wilsons(hits: int, n: int, low: float, high: float) -> None:
    assert Share(hits, n).interval == pytest.approx((low, high), abs=1e-4)


def test_a_share_of_nothing_has_neither_value_nor_interval() -> None:
    assert (Share(0, 0).value, Share(0, 0).interval) == (None, None)


def test_an_error_counts_in_every_share_that_the_case_belongs_to(make: "Make") -> None:
    fact = summarise("fact", scores(make)[:4])
    assert fact.passed == Share(2, 4)
    assert fact.right_letter_first == Share(1, 4)
    assert fact.gold_cited == Share(2, 4)
    assert fact.errors == 1


def test_cases_without_gold_for_a_metric_stay_out_of_its_mean(make: "Make") -> None:
    everything = summarise("all", scores(make))
    assert everything.passed == Share(4, 7)
    assert everything.gold_cited == Share(2, 4)
    assert everything.exact_set == Share(1, 1)
    assert everything.values_in_answer == Share(0, 0)


def test_ranks_and_precision_are_means_over_the_cases_with_evidence(make: "Make") -> None:
    everything = summarise("all", scores(make))
    assert everything.reciprocal_rank == pytest.approx((1 + 1 / 2 + 0 + 0) / 4)
    assert everything.precision == pytest.approx((1 + 1 / 2) / 2)


def test_abstentions_are_told_apart_by_whether_the_letters_answer(make: "Make") -> None:
    everything = summarise("all", scores(make))
    assert everything.abstained == Share(2, 7)
    assert everything.rightly_abstained == Share(1, 2)
    assert everything.false_abstention == Share(1, 5)


def test_quotes_are_counted_by_citation_and_seconds_by_question(make: "Make") -> None:
    everything = summarise("all", scores(make))
    assert everything.verbatim == Share(4, 5)  # 1 + 2 + 1 nearest + 0 + 0 + 0 + 1, the last of them wrong
    assert (everything.seconds, everything.slowest) == (4.0, 9.0)


def test_kinds_come_in_order_of_appearance_and_all_of_them_last(make: "Make") -> None:
    rows = summarise_kinds(scores(make))
    assert [(row.name, row.passed.n) for row in rows] == [
        ("fact", 4),
        ("list", 1),
        ("unanswerable", 2),
        ("all", 7),
    ]


def test_gated_numbers_rise_with_quality_and_leave_out_what_was_not_counted(make: "Make") -> None:
    gated = summarise("all", scores(make)).gated
    assert gated["not_falsely_abstained"] == 0.8
    assert gated["passed"] == 0.5714
    assert "values_in_answer" not in gated
    assert "precision" not in gated


def test_a_summary_of_nothing_has_no_numbers() -> None:
    assert summarise("none", []).gated == {}
    assert summarise("none", []).seconds is None


def test_wrong_quotes_never_make_a_share_negative(make: "Make") -> None:
    odd = replace(scores(make)[0], citations=0, wrong_quotes=1)
    assert summarise("odd", [odd]).verbatim == Share(0, 0)
