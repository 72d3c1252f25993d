"""The score of one case: every metric of its answer, and the verdict by the rules of its kind; pure.

A case that ended in an error has every metric that it could have had at its worst, so that it never
vanishes from a mean.
"""

from collections.abc import Collection
from dataclasses import dataclass

from assistant.answer import Answer, Status
from evals import metrics
from evals.case import Case, CaseKind


@dataclass(frozen=True, slots=True)
class Score:
    """How one case went; each metric as in `metrics`.

    Args:
        passed: the verdict; never with a wrong quote.
        abstained: the answer says that the letters do not say; False for an error.
        citations: numbers that the answer shows, the nearest passages of an abstention among them.
        wrong_quotes: those whose words are not in their letter where they say, or that lead nowhere.
        unsupported: statements shown as not carried by their quotes.
        seconds: wall time of the last question, without its history.
        error: what stopped it, or None.
    """

    case_id: str
    kind: CaseKind
    expect: Status
    passed: bool
    status_right: bool
    abstained: bool
    right_letter_first: bool | None
    reciprocal_rank: float | None
    gold_cited: bool | None
    exact_set: bool | None
    values_in_answer: bool | None
    precision: float | None
    citations: int
    wrong_quotes: int
    unsupported: int
    seconds: float
    error: str | None = None


def score_case(
    case: Case,
    answer: Answer | None,
    *,
    wrong_quotes: Collection[int] = (),
    seconds: float = 0.0,
    error: str | None = None,
) -> Score:
    """Hold an answer, or None after an error, against its case.

    Args:
        case: what is right.
        answer: what came back.
        wrong_quotes: numbers of the citations that were not found word for word in their letter.
        seconds: wall time.
        error: what stopped the question.
    """
    shown = metrics.displayed(answer)
    dangling = metrics.dangling_numbers(answer) if answer else frozenset()
    wrong = dangling | set(wrong_quotes)
    status_right = answer is not None and answer.status == case.expect
    return Score(
        case_id=case.id,
        kind=case.kind,
        expect=case.expect,
        passed=status_right and not wrong and all(metric is not False for metric in _needed(case, answer)),
        status_right=status_right,
        abstained=answer is not None and answer.status == "not_found",
        right_letter_first=metrics.right_letter_first(case, shown),
        reciprocal_rank=metrics.reciprocal_rank(case, shown),
        gold_cited=metrics.gold_cited(case, shown),
        exact_set=metrics.exact_set(case, answer),
        values_in_answer=metrics.values_in_answer(case, answer),
        precision=metrics.precision(case, shown),
        citations=len(answer.citations) + len(dangling) if answer else 0,
        wrong_quotes=len(wrong),
        unsupported=sum(not statement.supported for statement in answer.statements) if answer else 0,
        seconds=seconds,
        error=error,
    )


def _needed(case: Case, answer: Answer | None) -> list[bool | None]:
    cited = metrics.gold_cited(case, metrics.displayed(answer))
    if case.kind == "list":
        return [metrics.exact_set(case, answer)]
    if case.kind == "about_letters":
        return [metrics.values_in_answer(case, answer)]
    if case.kind == "follow_up":
        return [cited, metrics.exact_set(case, answer), metrics.values_in_answer(case, answer)]
    return [cited]
