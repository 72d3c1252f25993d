"""An evaluation case and the strict loading of a file of them; nothing here runs or scores a case.

A file holds one JSON object a line. A case that could never be scored as meant (a quote that its letter
does not hold, two cases with one id, a fact without evidence) is refused before anything runs.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.answer import Status
from vectorstore.errors import LetterAssistantError

CaseKind = Literal[
    "fact",
    "paraphrase",
    "list",
    "compare",
    "over_time",
    "follow_up",
    "false_premise",
    "about_letters",
    "unanswerable",
    "off_topic",
]

NEED_EVIDENCE: frozenset[CaseKind] = frozenset(
    {"fact", "paraphrase", "false_premise", "compare", "over_time"}
)
ALWAYS_ANSWERED: frozenset[CaseKind] = frozenset({"fact", "paraphrase", "false_premise"})
NEVER_ANSWERED: frozenset[CaseKind] = frozenset({"unanswerable", "off_topic"})

Words = Annotated[str, Field(min_length=1)]


class CaseError(LetterAssistantError):
    """A file of cases cannot be used; the user mends the lines that the message names."""


class GoldQuote(BaseModel):
    """Words of a letter that answer the question, verbatim."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    letter: Words
    quote: Words


class Case(BaseModel):
    """A question with what is right to answer.

    Attributes:
        history: earlier questions of the conversation, oldest first.
        evidence: groups of alternatives; every group must be cited, any alternative of a group will do.
        letters: the exact set of letters that say it, by file name; () when none does, None when not asked.
        values: strings that the answer must contain; None when there are none to look for.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    id: Words
    kind: CaseKind
    question: Words
    history: tuple[Words, ...] = ()
    expect: Status
    evidence: tuple[Annotated[tuple[GoldQuote, ...], Field(min_length=1)], ...] = ()
    letters: tuple[Words, ...] | None = None
    values: Annotated[tuple[Words, ...], Field(min_length=1)] | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _agrees_with_its_kind(self) -> Self:
        answered = self.expect == "answered"
        if answered and self.kind in NEVER_ANSWERED:
            raise ValueError(f"a case of kind {self.kind!r} expects 'not_found'")
        if not answered and self.kind in ALWAYS_ANSWERED:
            raise ValueError(f"a case of kind {self.kind!r} expects 'answered'")
        if not answered and (self.evidence or self.letters or self.values):
            raise ValueError("a case that expects 'not_found' has no evidence, letters or values")
        if answered and self.kind in NEED_EVIDENCE and not self.evidence:
            raise ValueError(f"a case of kind {self.kind!r} needs evidence")
        if answered and self.kind == "list" and not self.letters:
            raise ValueError("a list that is answered names the letters")
        if answered and self.kind == "about_letters" and not self.values:
            raise ValueError("a case about the letters names the values that its answer must contain")
        if self.kind == "follow_up" and not self.history:
            raise ValueError("a follow-up needs the earlier questions in 'history'")
        if answered and not (self.evidence or self.letters or self.values):
            raise ValueError("a case that expects 'answered' needs evidence, letters or values")
        return self

    @property
    def gold(self) -> tuple[GoldQuote, ...]:
        """Every alternative of every group."""
        return tuple(quote for group in self.evidence for quote in group)


def load_cases(path: Path, letters: Mapping[str, str]) -> tuple[Case, ...]:
    """Read the cases in `path` and hold them against the texts of `letters`, by file name.

    Raises:
        CaseError: the file is missing, empty or has lines that cannot be used; names file and line of each.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CaseError(
            f"The file of cases {path.name!r} cannot be read: {error}. Name one with --cases."
        ) from error
    cases: list[Case] = []
    first_line: dict[str, int] = {}
    problems: list[str] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            case = Case.model_validate_json(line)
        except ValidationError as error:
            problems += [f"{path.name}:{number}: {_wording(found)}" for found in error.errors()]
            continue
        found = _problems_in_letters(case, letters)
        if case.id in first_line:
            found = [f"the id is that of line {first_line[case.id]}", *found]
        problems += [f"{path.name}:{number}: case {case.id!r}: {problem}" for problem in found]
        first_line.setdefault(case.id, number)
        cases.append(case)
    if problems:
        raise CaseError("\n".join([f"{len(problems)} problems in the cases; mend these lines:", *problems]))
    if not cases:
        raise CaseError(f"The file of cases {path.name!r} holds no case.")
    return tuple(cases)


def choose_kinds(cases: Sequence[Case], kinds: Sequence[CaseKind]) -> tuple[Case, ...]:
    """Return the cases of these kinds; all of them when no kind is named.

    Raises:
        CaseError: none is of these kinds.
    """
    chosen = tuple(case for case in cases if not kinds or case.kind in kinds)
    if not chosen:
        raise CaseError(f"No case is of kind {', '.join(kinds)}; leave out --kind to run them all.")
    return chosen


def _wording(error: Mapping[str, object]) -> str:
    where = ".".join(str(part) for part in error["loc"])  # type: ignore[attr-defined]  # a tuple, says pydantic
    return f"{where or 'the case'}: {error['msg']}"


def _problems_in_letters(case: Case, letters: Mapping[str, str]) -> list[str]:
    named = [*(quote.letter for quote in case.gold), *(case.letters or ())]
    problems = [f"there is no letter {name!r}" for name in dict.fromkeys(named) if name not in letters]
    problems += [
        f"the letter {gold.letter!r} does not hold the quote {gold.quote!r}"
        for gold in case.gold
        if gold.letter in letters and gold.quote not in letters[gold.letter]
    ]
    return problems
