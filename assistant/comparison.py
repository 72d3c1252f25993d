"""Statements side by side: a row a letter or author, a column an issue, empty cells said to be empty (pure)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from assistant.answer import DraftStatement, Kind, Statement
from vectorstore.letter import Letter

SAYS_NOTHING = "says nothing on this"
ONLY_NEAR = "Only near this: “{}”"
UNREADABLE = "nothing on this was found, but pages of it could not be read"
MOST_ISSUES = 8
MOST_ASKED = 50  # letters that are asked whether they say two words side by side
SHORT_MATTER = 3  # words
_MATTER = re.compile(r"^.*?\b(?:on|about|regarding|concerning)\s+(?P<matter>.*?)[\s?.!]*$", re.I)
_AND_ON = re.compile(
    r"\s*,?\s+and\s+(?:on|about|regarding|concerning)\s+|\s*,\s*(?:and\s+)?(?:(?:on|about)\s+)?", re.I
)
# "Pay, rotas, and terms and conditions": what stands after it is one matter, whatever joins its words.
_LAST_ONE = re.compile(r",\s*and\s|\band (?:on|about)\b", re.I)
_CLAUSE = re.compile(
    r"(?:and |but )?(?:what|how|when|where|which|who|whether|did|does|do|has|have|had|is|are|was|were|then)\b"
    r"|(?:in |since |before |after |by )?(?:(?:the|his|her|their|its) )?(?:(?:19|20)\d\d\b|latest|most recent"
    r"|earlier|later|first|second|last)\b",
    re.I,
)


class Placed(Protocol):
    """What stands in a cell: a statement, or its like in a briefing."""

    @property
    def heading(self) -> str:
        """Whose side it is."""

    @property
    def issue(self) -> str:
        """Which matter it is on, or ""."""


Said = TypeVar("Said", bound=Placed)


@dataclass(frozen=True, slots=True)
class Table(Generic[Said]):
    """A comparison as it is drawn.

    Args:
        issues: the columns' headings; one empty string where there is but one matter.
        rows: a heading and a cell for each issue; a cell is the statements in it.
    """

    issues: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[Said, ...], ...]], ...]


def issues_of(question: str, letters: Sequence[Letter] = ()) -> tuple[str, ...]:
    """Return the matters that a comparison asks about, where it lists several: "on damp and on repairs".

    Args:
        letters: those compared; "damp and repairs" are two matters unless one of them says it in one breath.
    """
    found = _MATTER.match(question)
    parts = [part.strip() for part in _AND_ON.split(found["matter"])] if found else []
    listed = len(parts) > 1 and not _LAST_ONE.search(question)
    if parts and " and " in parts[-1] and (listed or (len(parts) == 1 and _are_two(parts[0], letters))):
        parts = [*parts[:-1], *parts[-1].split(" and ", 1)]
    # "… on scrutiny, and what did his earlier letter say?" asks the same of another letter.
    parts = [part for part in parts if not _CLAUSE.match(part)]
    return tuple(parts) if len(parts) > 1 and all(parts) else ()


def _are_two(matter: str, letters: Sequence[Letter]) -> bool:
    """Whether a matter joined by "and" is two: short ones both, which no letter has side by side."""
    halves = [half.split() for half in matter.lower().split(" and ")]
    if len(halves) != 2 or not 0 < len(letters) <= MOST_ASKED or max(map(len, halves)) > SHORT_MATTER:
        return False
    one, other = (" ".join(half) for half in halves)
    said = (" ".join(letter.text.lower().split()) for letter in letters)
    return not any(f"{one} and {other}" in text or f"{other} and {one}" in text for text in said)


def asked_alone(question: str, issue: str) -> str:
    """Return the comparison of one matter that a comparison of several has a part in."""
    found = _MATTER.match(question)
    return question[: found.start("matter")] + issue + question[found.end("matter") :] if found else issue


def empty_cell(heading: str, issue: str, letters: Sequence[Letter]) -> DraftStatement:
    """Return what stands in a cell for which nothing was found.

    Args:
        letters: those of that side.
    """
    unread = any(page.how == "unreadable" for letter in letters for page in letter.reads)
    return DraftStatement(UNREADABLE if unread else SAYS_NOTHING, (), heading, issue)


def near_cell(near: DraftStatement, issue: str) -> DraftStatement:
    """Return what stands in a cell for which nothing was found but a sentence that comes near, marked as that.

    Args:
        near: that sentence, claimed as it stands, under its side's heading.
    """
    return replace(near, text=ONLY_NEAR.format(near.text), issue=issue)


def table_of(kind: Kind, statements: Sequence[Said]) -> Table[Said] | None:
    """Return the table that statements make; None where they stand under no two headings."""
    headings = list(dict.fromkeys(s.heading for s in statements if s.heading))
    if kind not in {"compare", "over_time"} or len(headings) < 2:
        return None
    issues = tuple(dict.fromkeys(s.issue for s in statements if s.heading))
    rows = tuple(
        (
            heading,
            tuple(
                tuple(s for s in statements if (s.heading, s.issue) == (heading, issue)) for issue in issues
            ),
        )
        for heading in headings
    )
    return Table(issues, rows)


def lines_of(kind: Kind, statements: Sequence[Statement]) -> list[str]:
    """Return statements as lines of plain text; over time each is led by its date, else headings stand above.

    Every line that is a statement ends with its citations' numbers.
    """
    lines: list[str] = []
    above = ("", "")
    for statement in statements:
        said = shown(statement)
        if statement.heading and kind == "over_time":
            issue = f" ({statement.issue})" if statement.issue else ""
            lines.append(f"{statement.heading}{issue}: {said}")
            continue
        if statement.heading and (statement.heading, statement.issue) != above:
            above = (statement.heading, statement.issue)
            lines.append(", ".join(part for part in above if part) + ":")
        lines.append(said)
    return lines


def shown(statement: Statement) -> str:
    """Return a statement with the numbers of its citations, and a doubt where its quotes do not carry it."""
    numbers = "".join(f" [{number}]" for number in statement.citations)
    return f"{statement.text}{numbers}{'' if statement.supported else ' (not supported by its quotes)'}"
