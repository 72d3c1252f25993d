"""Compares a run with a committed baseline and says what got worse.

A baseline that was made with other cases, letters, prompts, model or splitter is told apart from a
regression: the numbers are then not comparable, and the message says how to write a new baseline.
"""

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from evals.case import CaseError
from evals.origin import Origin
from evals.run import Result
from evals.summary import summarise_kinds

UPDATE = "`python -m evals gate --update`"
ROUNDING = 5e-5  # the baseline keeps four decimals


class Baseline(BaseModel):
    """What a run came to.

    Attributes:
        passed: case id to verdict.
        summary: kind of case, or "all", to the numbers that must not fall, each the higher the better.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    origin: Origin
    passed: dict[str, bool]
    summary: dict[str, dict[str, float]]


def make_baseline(results: Sequence[Result], origin: Origin) -> Baseline:
    """Keep of a run what the next one is held against.

    Raises:
        CaseError: a citation is not word for word in its letter; such a run is nobody's baseline.
    """
    wrong = wrong_quotes(results)
    if wrong:
        raise CaseError("\n".join(["No baseline is written from this run:", *wrong]))
    return Baseline(
        origin=origin,
        passed={result.case.id: result.score.passed for result in results},
        summary={row.name: row.gated for row in summarise_kinds([result.score for result in results])},
    )


def read_baseline(path: Path) -> Baseline:
    """Read a baseline.

    Raises:
        CaseError: there is none, or it cannot be used; says what to run.
    """
    try:
        return Baseline.model_validate_json(path.read_bytes())
    except OSError as error:
        raise CaseError(
            f"There is no baseline {path.name!r} to compare with. Write one with {UPDATE}."
        ) from error
    except ValidationError as error:
        raise CaseError(
            f"The baseline {path.name!r} cannot be read. Write a new one with {UPDATE}."
        ) from error


def write_baseline(path: Path, baseline: Baseline) -> None:
    """Write a baseline, one case a line, so that its changes can be read in review.

    Raises:
        CaseError: the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(baseline.model_dump_json(indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise CaseError(
            f"{str(path)!r} cannot be written: {error.strerror}. Name another with --baseline."
        ) from error


def what_got_worse(results: Sequence[Result], origin: Origin, baseline: Baseline) -> list[str]:
    """Return a line for each thing that stops the gate; [] when it stands open.

    Where the baseline was made with something else, only that and wrong quotes are named: a comparison of
    the cases would mean nothing.
    """
    lines = wrong_quotes(results)
    differences = origin.differences(baseline.origin)
    if differences:
        lines.append(
            f"This is no regression: the baseline was made with {'; '.join(differences)}. "
            f"Look at `python -m evals run`; if that is as it should be, write a new baseline with {UPDATE}."
        )
        return lines
    return [*lines, *_cases_that_fail_now(results, baseline), *_numbers_that_fell(results, baseline)]


def wrong_quotes(results: Sequence[Result]) -> list[str]:
    """Return a line for each case with a citation that is not word for word in its letter."""
    return [
        f"{result.case.id}: {result.score.wrong_quotes} citations are not word for word in their letter."
        for result in results
        if result.score.wrong_quotes
    ]


def _cases_that_fail_now(results: Sequence[Result], baseline: Baseline) -> list[str]:
    failing = [
        result for result in results if not result.score.passed and baseline.passed.get(result.case.id)
    ]
    lines = []
    for result in failing:
        came_back = result.score.error or (result.answer.status if result.answer else "nothing")
        lines.append(
            f"{result.case.id}: passed in the baseline and fails now ({came_back}): {result.case.question}"
        )
    ran = {result.case.id for result in results}
    return lines + [
        f"{name}: is in the baseline and was not run." for name in baseline.passed if name not in ran
    ]


def _numbers_that_fell(results: Sequence[Result], baseline: Baseline) -> list[str]:
    now = {row.name: row.gated for row in summarise_kinds([result.score for result in results])}
    return [
        f"{kind}: {name} fell from {before:.4f} to {now.get(kind, {}).get(name, 0.0):.4f}."
        for kind, numbers in baseline.summary.items()
        for name, before in numbers.items()
        if now.get(kind, {}).get(name, 0.0) < before - ROUNDING
    ]
