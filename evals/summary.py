"""Scores of many cases as shares and means; pure. A share keeps its hits and its n, never a bare per cent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median

from evals.score import Score

Z_95 = 1.959963984540054  # two-sided 95 % of the normal distribution


@dataclass(frozen=True, slots=True)
class Share:
    """Hits out of n, each 0 and up."""

    hits: int
    n: int

    @property
    def value(self) -> float | None:
        """From 0 to 1; None of nothing."""
        return self.hits / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 % score interval, from 0 to 1; None of nothing.

        Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
        """
        if not self.n:
            return None
        share, z2 = self.hits / self.n, Z_95**2
        middle = (share + z2 / (2 * self.n)) / (1 + z2 / self.n)
        reach = Z_95 * sqrt(share * (1 - share) / self.n + z2 / (4 * self.n**2)) / (1 + z2 / self.n)
        return max(0.0, middle - reach), min(1.0, middle + reach)


@dataclass(frozen=True, slots=True)
class Summary:
    """How a group of cases went.

    Args:
        abstained: of all cases; an error is no abstention.
        rightly_abstained: of those that the letters do not answer.
        false_abstention: of those that the letters answer; lower is better.
        verbatim: citations word for word in their letter, of all citations in the answers.
        reciprocal_rank: mean over the cases with evidence (MRR of the gold letter).
        precision: mean over the cases with evidence that cite something.
        unsupported: statements, not cases.
        seconds: median wall time of a question.
        slowest: seconds of the slowest question.
    """

    name: str
    passed: Share
    status_right: Share
    right_letter_first: Share
    gold_cited: Share
    exact_set: Share
    values_in_answer: Share
    abstained: Share
    rightly_abstained: Share
    false_abstention: Share
    verbatim: Share
    reciprocal_rank: float | None
    precision: float | None
    unsupported: int
    errors: int
    seconds: float | None
    slowest: float | None

    @property
    def gated(self) -> dict[str, float]:
        """The numbers that must not fall, all the higher the better; those of nothing are left out.

        Precision is reported and not gated: one more supporting sentence is no regression.
        """
        answered = Share(self.false_abstention.n - self.false_abstention.hits, self.false_abstention.n)
        shares = {
            "passed": self.passed,
            "right_letter_first": self.right_letter_first,
            "gold_cited": self.gold_cited,
            "exact_set": self.exact_set,
            "values_in_answer": self.values_in_answer,
            "rightly_abstained": self.rightly_abstained,
            "not_falsely_abstained": answered,
        }
        numbers = {name: share.value for name, share in shares.items()} | {
            "reciprocal_rank": self.reciprocal_rank
        }
        return {name: round(number, 4) for name, number in numbers.items() if number is not None}


def summarise(name: str, scores: Sequence[Score]) -> Summary:
    """Sum up the scores of a group of cases; () gives shares of nothing."""
    citations = sum(score.citations for score in scores)
    wrong = sum(score.wrong_quotes for score in scores)
    return Summary(
        name=name,
        passed=_share(score.passed for score in scores),
        status_right=_share(score.status_right for score in scores),
        right_letter_first=_share(score.right_letter_first for score in scores),
        gold_cited=_share(score.gold_cited for score in scores),
        exact_set=_share(score.exact_set for score in scores),
        values_in_answer=_share(score.values_in_answer for score in scores),
        abstained=_share(score.abstained for score in scores),
        rightly_abstained=_share(score.abstained for score in scores if score.expect == "not_found"),
        false_abstention=_share(score.abstained for score in scores if score.expect == "answered"),
        verbatim=Share(max(0, citations - wrong), citations),
        reciprocal_rank=_mean(score.reciprocal_rank for score in scores),
        precision=_mean(score.precision for score in scores),
        unsupported=sum(score.unsupported for score in scores),
        errors=sum(score.error is not None for score in scores),
        seconds=median(score.seconds for score in scores) if scores else None,
        slowest=max((score.seconds for score in scores), default=None),
    )


def summarise_kinds(scores: Sequence[Score]) -> list[Summary]:
    """Sum up each kind in order of first appearance, then all of them under "all"."""
    kinds = dict.fromkeys(score.kind for score in scores)
    rows = [summarise(kind, [score for score in scores if score.kind == kind]) for kind in kinds]
    return [*rows, summarise("all", scores)]


def _share(values: Iterable[bool | None]) -> Share:
    known = [value for value in values if value is not None]
    return Share(sum(known), len(known))


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None
