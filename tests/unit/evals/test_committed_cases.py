"""The cases that ship: they load over the letters that ship, and there are enough of each sort."""

from collections import Counter

import pytest

from assistant.settings import ROOT
from evals.case import Case, load_cases


def shipped(name: str, folder: str = "letters") -> tuple[Case, ...]:
    letters = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / folder).glob("*.txt")}
    return load_cases(ROOT / name, letters)


@pytest.mark.parametrize("name", ["evals/cases.jsonl", "evals/heldout.jsonl"])
def test_every_kind_is_there_and_a_quarter_or_more_is_not_in_the_letters(name: str) -> None:
    cases = shipped(name)
    kinds = Counter(case.kind for case in cases)
    assert len(cases) >= 40
    assert len(kinds) == 10
    assert 4 * sum(case.expect == "not_found" for case in cases) >= len(cases)


def test_the_held_out_cases_ask_nothing_that_the_fixed_ones_ask() -> None:
    fixed, held_out = shipped("evals/cases.jsonl"), shipped("evals/heldout.jsonl")
    assert {case.question for case in fixed if not case.history}.isdisjoint(
        case.question for case in held_out if not case.history
    )


@pytest.mark.parametrize("folder", ["tests/letters", "tests/fresh_letters"])
def test_the_questions_over_letters_of_other_kinds_load(folder: str) -> None:
    cases = shipped(f"{folder}/questions.jsonl", folder)
    assert 4 * sum(case.expect == "not_found" for case in cases) >= len(cases)
