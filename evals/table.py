"""A run as plain text for a terminal; pure."""

from collections.abc import Iterable, Sequence

from evals.metrics import displayed
from evals.run import Result
from evals.summary import Share, Summary

COLUMNS = (
    "kind",
    "n",
    "passed",
    "95 %",
    "letter first",
    "gold cited",
    "set right",
    "values",
    "abstained",
    "errors",
    "median s",
)
SHOWN_CHARS = 160


def cells(summary: Summary) -> list[str]:
    """Return a summary's row, in the order of COLUMNS."""
    return [
        summary.name,
        str(summary.passed.n),
        share(summary.passed),
        interval(summary.passed),
        share(summary.right_letter_first),
        share(summary.gold_cited),
        share(summary.exact_set),
        share(summary.values_in_answer),
        share(summary.abstained),
        str(summary.errors),
        number(summary.seconds),
    ]


def totals(summary: Summary) -> list[str]:
    """Return one sentence a number for what no column shows."""
    return [
        f"Wrongly abstained: {share(summary.false_abstention)} of the questions that the letters answer.",
        f"Rightly abstained: {share(summary.rightly_abstained)} of those that they do not.",
        f"Word for word in their letter: {share(summary.verbatim)} citations.",
        f"Reciprocal rank of the gold letter: {number(summary.reciprocal_rank)} (mean).",
        f"Share of an answer's citations that are gold: {number(summary.precision)} (mean).",
        f"Statements that their quotes do not carry: {summary.unsupported}.",
        f"Seconds a question: median {number(summary.seconds)}, slowest {number(summary.slowest)}.",
    ]


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Set rows in columns: the first to the left, the others to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def share(value: Share) -> str:
    """Write `18/20 90 %`, or `-` of nothing."""
    return "-" if value.value is None else f"{value.hits}/{value.n} {100 * value.value:.0f} %"


def interval(value: Share) -> str:
    """Write the interval of a share in per cent as `70 to 97`, or `-` of nothing."""
    bounds = value.interval
    return f"{100 * bounds[0]:.0f} to {100 * bounds[1]:.0f}" if bounds else "-"


def number(value: float | None) -> str:
    """Write a number with two decimals, or `-` for none."""
    return "-" if value is None else f"{value:.2f}"


def failures(results: Iterable[Result]) -> str:
    """Tell, for each case that failed, what was asked for and what came back."""
    return "\n\n".join(_failure(result) for result in results if not result.score.passed)


def _failure(result: Result) -> str:
    case, answer, score = result.case, result.answer, result.score
    lines = [f"{case.id} ({case.kind}): {_cut(case.question)}"]
    lines += [f"  after: {_cut(earlier)}" for earlier in case.history]
    lines.append(f"  expected: {case.expect}")
    lines += [f"    letter {name}" for name in case.letters or ()]
    lines += [f"    value {value!r}" for value in case.values or ()]
    lines += [
        f"    {' | '.join(f'{gold.letter}: {_cut(gold.quote)}' for gold in group)}" for group in case.evidence
    ]
    if answer is None:
        return "\n".join([*lines, f"  came back: error: {score.error}"])
    lines.append(f"  came back: {answer.status}: {_cut(answer.text)}")
    if answer.standalone != answer.question:
        lines.append(f"    understood as: {_cut(answer.standalone)}")
    if answer.ledger:
        says_yes = [row.source for row in answer.ledger.rows if row.says == "yes"]
        lines.append(f"    ledger says yes: {', '.join(says_yes) or 'none'}")
    lines += [f"    [{shown.number}] {shown.source}: {_cut(shown.exact)}" for shown in displayed(answer)]
    if score.wrong_quotes:
        lines.append(f"    {score.wrong_quotes} citations are not word for word in their letter")
    return "\n".join(lines)


def _cut(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= SHOWN_CHARS else folded[: SHOWN_CHARS - 1] + "…"
