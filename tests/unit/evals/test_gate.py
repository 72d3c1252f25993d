"""The gate: what shuts it, what does not, and what it says."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from evals.case import CaseError
from evals.gate import Baseline, make_baseline, read_baseline, what_got_worse, write_baseline
from evals.origin import Origin
from evals.run import Result, run_cases

if TYPE_CHECKING:
    from tests.unit.evals.conftest import Make

NORTH = ("north.txt", "Calls rose to 478,000 last year.")
SOUTH = ("south.txt", "We answer calls in 5 seconds.")
ORIGIN = Origin(cases="c1", letters="l1", engine="quoting", prompts=(), embedding="small", splitter="1")


def results(make: "Make", first: Any, second: Any) -> list[Result]:
    """Run two facts whose gold is in the north, answered as told."""
    cases = [make.case("fact", [NORTH], id=name, question=name) for name in ("a", "b")]
    return run_cases(make.assistant({"a": first, "b": second}), cases, make.files())


@pytest.fixture
def baseline(make: "Make") -> Baseline:
    """One that passes and one that fails."""
    return make_baseline(results(make, make.answer(NORTH), make.answer(SOUTH)), ORIGIN)


def test_the_same_run_leaves_the_gate_open(make: "Make", baseline: Baseline) -> None:
    assert what_got_worse(results(make, make.answer(NORTH), make.answer(SOUTH)), ORIGIN, baseline) == []


def test_a_better_run_leaves_the_gate_open(make: "Make", baseline: Baseline) -> None:
    assert what_got_worse(results(make, make.answer(NORTH), make.answer(NORTH)), ORIGIN, baseline) == []


def test_a_case_that_passed_and_fails_now_is_named_even_when_another_makes_up_for_it(
    make: "Make", baseline: Baseline
) -> None:
    lines = what_got_worse(results(make, make.answer(SOUTH), make.answer(NORTH)), ORIGIN, baseline)
    assert lines == ["a: passed in the baseline and fails now (answered): a"]


def test_a_case_that_breaks_is_named_with_its_error(make: "Make", baseline: Baseline) -> None:
    lines = what_got_worse(results(make, ValueError("oh"), make.answer(SOUTH)), ORIGIN, baseline)
    assert lines[0] == "a: passed in the baseline and fails now (ValueError: oh): a"


def test_a_summary_that_falls_while_every_verdict_stays_shuts_the_gate(
    make: "Make", baseline: Baseline
) -> None:
    lines = what_got_worse(results(make, make.answer(SOUTH, NORTH), make.answer(SOUTH)), ORIGIN, baseline)
    assert "fact: right_letter_first fell from 0.5000 to 0.0000." in lines
    assert "all: reciprocal_rank fell from 0.5000 to 0.2500." in lines
    assert not any("passed" in line for line in lines)


def test_a_summary_that_can_no_longer_be_counted_has_fallen(make: "Make", baseline: Baseline) -> None:
    run = results(make, make.answer(NORTH), make.answer(SOUTH))
    kept = baseline.model_copy(update={"summary": baseline.summary | {"list": {"passed": 0.5}}})
    assert what_got_worse(run, ORIGIN, kept) == ["list: passed fell from 0.5000 to 0.0000."]


def test_a_case_that_was_not_run_is_named(make: "Make", baseline: Baseline) -> None:
    lines = what_got_worse(results(make, make.answer(NORTH), make.answer(SOUTH))[:1], ORIGIN, baseline)
    assert lines == ["b: is in the baseline and was not run."]


def test_a_wrong_quote_shuts_the_gate_though_the_case_failed_before(make: "Make", baseline: Baseline) -> None:
    run = results(make, make.answer(NORTH), make.misquoting(make.answer(NORTH)))
    assert "b: 1 citations are not word for word in their letter." in what_got_worse(run, ORIGIN, baseline)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"cases": "c2"}, "other cases (c1, now c2)"),
        ({"letters": "l2"}, "other letters (l1, now l2)"),
        ({"prompts": ("draft@2",)}, "other prompts (none, now draft@2)"),
        ({"embedding": "large"}, "another embedding model (small, now large)"),
        ({"splitter": "2"}, "another version of the splitter (1, now 2)"),
        ({"engine": "gpt"}, "another engine (quoting, now gpt)"),
    ],
)
def test_a_baseline_made_with_something_else_is_no_regression_and_says_what_to_run(
    make: "Make", baseline: Baseline, change: dict[str, Any], said: str
) -> None:
    run = results(make, make.answer(SOUTH), make.answer(SOUTH))
    (line,) = what_got_worse(run, ORIGIN.model_copy(update=change), baseline)
    assert said in line
    assert "no regression" in line
    assert "python -m evals gate --update" in line


def test_a_wrong_quote_is_named_also_where_the_baseline_does_not_compare(
    make: "Make", baseline: Baseline
) -> None:
    run = results(make, make.answer(NORTH), make.misquoting(make.answer(NORTH)))
    lines = what_got_worse(run, ORIGIN.model_copy(update={"cases": "c2"}), baseline)
    assert len(lines) == 2
    assert lines[0].startswith("b: 1 citations")


def test_no_baseline_is_made_of_a_run_with_a_wrong_quote(make: "Make") -> None:
    with pytest.raises(CaseError, match="b: 1 citations"):
        make_baseline(results(make, make.answer(NORTH), make.misquoting(make.answer(NORTH))), ORIGIN)


def test_a_baseline_comes_back_from_its_file_as_it_was(baseline: Baseline, tmp_path: Path) -> None:
    path = tmp_path / "new" / "quoting.json"
    write_baseline(path, baseline)
    assert read_baseline(path) == baseline
    assert '  "a": true,\n' in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("content", [None, "", "{}", '{"origin": 1, "passed": {}, "summary": {}}'])
def test_a_baseline_that_is_missing_or_broken_says_how_to_write_one(
    tmp_path: Path, content: str | None
) -> None:
    path = tmp_path / "quoting.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(CaseError, match="gate --update"):
        read_baseline(path)


def test_a_baseline_that_cannot_be_written_is_said(baseline: Baseline, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CaseError, match="cannot be written"):
        write_baseline(tmp_path / "file" / "quoting.json", baseline)
