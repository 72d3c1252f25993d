"""Verdicts, kind by kind."""

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from evals.score import score_case

if TYPE_CHECKING:
    from tests.unit.evals.conftest import Make

NORTH = ("north.txt", "Calls rose to 478,000 last year.")
SOUTH = ("south.txt", "We answer calls in 5 seconds.")


@pytest.mark.parametrize("kind", ["fact", "paraphrase", "false_premise", "compare", "over_time"])
def test_kinds_with_evidence_pass_when_it_is_cited(make: "Make", kind: str) -> None:
    case = make.case(kind, [NORTH], [SOUTH])
    assert score_case(case, make.answer(NORTH, SOUTH)).passed
    assert not score_case(case, make.answer(NORTH)).passed
    assert not score_case(case, make.answer(NORTH, SOUTH, status="not_found")).passed


def test_a_list_passes_by_its_set_whatever_it_cites(make: "Make") -> None:
    case = make.case("list", [NORTH], letters=["north.txt"])
    score = score_case(case, make.answer(ledger={"north.txt": "yes", "south.txt": "no"}))
    assert score.passed
    assert score.gold_cited is False
    assert not score_case(case, make.answer(NORTH, ledger={"north.txt": "yes", "south.txt": "yes"})).passed


def test_a_case_about_the_letters_passes_by_its_values(make: "Make") -> None:
    case = make.case("about_letters", values=["May"])
    assert score_case(case, make.answer(text="It met in May.")).passed
    assert not score_case(case, make.answer(text="It met in March.")).passed


def test_a_follow_up_passes_when_all_that_it_gives_holds(make: "Make") -> None:
    case = make.case("follow_up", [NORTH], history=["Q0?"], values=["478,000"])
    assert score_case(case, make.answer(NORTH, text="It was 478,000.")).passed
    assert not score_case(case, make.answer(NORTH, text="It rose.")).passed
    assert not score_case(case, make.answer(SOUTH, text="It was 478,000.")).passed


def test_a_follow_up_that_the_letters_do_not_answer_passes_by_abstaining(make: "Make") -> None:
    case = make.case("follow_up", history=["Q0?"], expect="not_found")
    assert score_case(case, make.answer(status="not_found")).passed
    assert not score_case(case, make.answer(NORTH)).passed


@pytest.mark.parametrize("kind", ["unanswerable", "off_topic"])
def test_what_the_letters_do_not_say_passes_by_abstaining(make: "Make", kind: str) -> None:
    abstained = score_case(make.case(kind), make.answer(NORTH, status="not_found"))
    assert (abstained.passed, abstained.abstained, abstained.status_right) == (True, True, True)
    answered = score_case(make.case(kind), make.answer(NORTH))
    assert (answered.passed, answered.abstained, answered.status_right) == (False, False, False)


def test_no_case_passes_with_a_wrong_quote_or_a_number_that_leads_nowhere(make: "Make") -> None:
    case, answer = make.case("fact", [NORTH]), make.answer(NORTH, SOUTH)
    wrong = score_case(case, answer, wrong_quotes=[2])
    assert (wrong.passed, wrong.citations, wrong.wrong_quotes) == (False, 2, 1)
    dangling = score_case(case, replace(answer, nearest=(9,)))
    assert (dangling.passed, dangling.citations, dangling.wrong_quotes) == (False, 3, 1)


def test_an_error_fails_every_metric_the_case_has_and_is_no_abstention(make: "Make") -> None:
    case = make.case("follow_up", [NORTH], history=["Q0?"], letters=["north.txt"], values=["478,000"])
    score = score_case(case, None, seconds=2.5, error="the server is down")
    assert (score.passed, score.status_right, score.abstained) == (False, False, False)
    assert (score.right_letter_first, score.gold_cited, score.exact_set) == (False, False, False)
    assert (score.values_in_answer, score.reciprocal_rank, score.precision) == (False, 0.0, None)
    assert (score.citations, score.seconds, score.error) == (0, 2.5, "the server is down")


def test_an_error_is_not_taken_for_an_abstention_on_an_unanswerable_question(make: "Make") -> None:
    assert not score_case(make.case("unanswerable"), None, error="it broke").passed


def test_statements_that_their_quotes_do_not_carry_are_counted(make: "Make") -> None:
    assert (
        score_case(make.case("fact", [NORTH]), make.answer(NORTH, SOUTH, SOUTH, unsupported=1)).unsupported
        == 1
    )
