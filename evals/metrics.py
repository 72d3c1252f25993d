"""The metrics of one answer, a function each; pure. Verdicts are in `score`, means over cases in `summary`.

A metric that a case has no gold for is None, and stays out of that metric's mean.
"""

import re
from collections.abc import Collection, Sequence

from assistant.answer import Answer, Citation
from evals.case import Case, GoldQuote


def displayed(answer: Answer | None) -> tuple[Citation, ...]:
    """Return the citations that an answer rests on, in the order shown.

    Those of its statements, then those of the letters that say yes; the nearest passages of an abstention
    are shown as near, not as an answer, and are none of them.
    """
    if answer is None or answer.status == "not_found":
        return ()
    numbers = [number for statement in answer.statements for number in statement.citations]
    if answer.ledger:
        numbers += [number for row in answer.ledger.rows if row.says == "yes" for number in row.citations]
    by_number = {citation.number: citation for citation in answer.citations}
    return tuple(by_number[number] for number in dict.fromkeys(numbers) if number in by_number)


def dangling_numbers(answer: Answer) -> frozenset[int]:
    """Return the numbers that statements, ledger or nearest point at and no citation has."""
    numbers = {number for statement in answer.statements for number in statement.citations} | set(
        answer.nearest
    )
    if answer.ledger:
        numbers |= {number for row in answer.ledger.rows for number in row.citations}
    return frozenset(numbers - {citation.number for citation in answer.citations})


def gold_cited(case: Case, shown: Collection[Citation]) -> bool | None:
    """Tell whether each group of evidence has a citation of one of its quotes."""
    if not case.evidence:
        return None
    return all(
        any(matches(citation, gold) for citation in shown for gold in group) for group in case.evidence
    )


def right_letter_first(case: Case, shown: Sequence[Citation]) -> bool | None:
    """Tell whether the first citation stands in a letter of the gold."""
    return _rank_of_gold_letter(case, shown) == 1 if case.evidence else None


def reciprocal_rank(case: Case, shown: Sequence[Citation]) -> float | None:
    """Return 1 over the rank of the first gold letter among the letters cited, in order; 0 where none is."""
    rank = _rank_of_gold_letter(case, shown)
    if not case.evidence:
        return None
    return 1 / rank if rank else 0.0


def precision(case: Case, shown: Collection[Citation]) -> float | None:
    """Return the share of citations that are gold; None also where nothing is cited."""
    if not case.evidence or not shown:
        return None
    return sum(any(matches(citation, gold) for gold in case.gold) for citation in shown) / len(shown)


def exact_set(case: Case, answer: Answer | None) -> bool | None:
    """Tell whether the ledger says yes for exactly the letters of the case.

    For a list of which the answer is "none" that is a ledger without a yes; a ledger there must be.
    """
    nobody = case.kind == "list" and case.expect == "not_found"
    if case.letters is None and not nobody:
        return None
    if answer is None or answer.ledger is None or answer.status != case.expect:
        return False
    return {row.source for row in answer.ledger.rows if row.says == "yes"} == set(case.letters or ())


def values_in_answer(case: Case, answer: Answer | None) -> bool | None:
    """Tell whether each value stands in the answer's text as whole words; case, white space and [n] aside."""
    if not case.values:
        return None
    text = _fold(re.sub(r"\[\d+\]", " ", answer.text)).casefold() if answer else ""
    return all(_stands_in(_fold(value).casefold(), text) for value in case.values)


def matches(citation: Citation, gold: GoldQuote) -> bool:
    """Tell whether the citation holds the gold quote, or is held in it, in its letter; white space folded."""
    exact, quote = _fold(citation.exact), _fold(gold.quote)
    return citation.source == gold.letter and bool(exact) and (quote in exact or exact in quote)


def _stands_in(value: str, text: str) -> bool:
    # "78,000" must not be found in "478,000", nor "5" in "1.5" or "5,000".
    return re.search(rf"(?<!\w)(?<!\d[.,]){re.escape(value)}(?!\w)(?![.,]\d)", text) is not None


def _rank_of_gold_letter(case: Case, shown: Sequence[Citation]) -> int | None:
    wanted = {gold.letter for gold in case.gold}
    cited = dict.fromkeys(citation.source for citation in shown)
    return next((rank for rank, source in enumerate(cited, start=1) if source in wanted), None)


def _fold(text: str) -> str:
    return " ".join(text.split())
