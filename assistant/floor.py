"""A model's draft set on the quoting engine's: what the letters' own sentences answer is never lost to a model (pure).

What the model claims comes first. The sentences that the quoting engine would have answered with, and that the model
does not quote, stand below it; in a comparison both stand under their side. Where none of the model's quotes stands in
a letter, or it claims nothing, the quoting engine's draft is the answer, and says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.answer import Draft, DraftStatement
from assistant.cite import locate
from vectorstore.letter import Letter

OWN_WORDS = "The nearest sentences of the letters"
UNVERIFIED = "None of the model's quotes stands in the letters. The quoting engine answered instead."
SILENT = (
    "The model found no answer in what it was sent. The quoting engine answered instead: see whether it does."
)

Place = tuple[str, int, int]


def set_on(
    drafted: Draft, quoted: Draft, letters: Mapping[str, Letter], sides: Mapping[str, Sequence[str]]
) -> Draft:
    """Return the model's draft with what it leaves out of the quoting engine's.

    Args:
        sides: of a comparison, each side's heading with the ids of its letters, in order; empty otherwise.
    """
    cited = {place for claimed in drafted.statements for place in _places(claimed, letters)}
    if not cited:
        notice = UNVERIFIED if drafted.statements or drafted.notice else SILENT
        return replace(quoted, notice=notice)
    left_out = [s for s in quoted.statements if not s.quotes or not _places(s, letters) <= cited]
    if sides:
        issues = {place: s.issue for s in quoted.statements for place in _places(s, letters)}
        of = [(s, _side(s, sides), _issue(s, issues, letters)) for s in drafted.statements]
        statements = tuple(_by_side(of, left_out, sides))
    else:
        below = [replace(s, heading=OWN_WORDS) for s in left_out]
        statements = (*drafted.statements, *below)
    return replace(drafted, statements=statements)


def _by_side(
    drafted: Sequence[tuple[DraftStatement, str, str | None]],
    left_out: Sequence[DraftStatement],
    sides: Mapping[str, Sequence[str]],
) -> Iterator[DraftStatement]:
    """Give each side's statements under its heading: the model's, then the letters' own; first what fits no cell."""
    yield from (claimed for claimed, heading, issue in drafted if not heading or issue is None)
    for heading in sides:
        mine = [
            replace(claimed, heading=heading, issue=issue)
            for claimed, found, issue in drafted
            if found == heading and issue is not None
        ]
        yield from mine
        # That nothing was found is no longer so where the model cites it.
        filled = {claimed.issue for claimed in mine}
        yield from (s for s in left_out if s.heading == heading and (s.quotes or s.issue not in filled))


def _side(claimed: DraftStatement, sides: Mapping[str, Sequence[str]]) -> str:
    """Return the heading of the one side that a statement quotes; "" where it quotes several or none."""
    quoted = {letter_id for letter_id, _ in claimed.quotes}
    found = [heading for heading, ids in sides.items() if quoted and quoted <= set(ids)]
    return found[0] if len(found) == 1 else ""


def _issue(claimed: DraftStatement, issues: Mapping[Place, str], letters: Mapping[str, Letter]) -> str | None:
    """Return the issue that the letters' own sentences with these quotes stand under; None where that is not one."""
    if not any(issues.values()):
        return ""
    found = {issues.get(place, "") for place in _places(claimed, letters)}
    return found.pop() if len(found) == 1 and "" not in found else None


def _places(claimed: DraftStatement, letters: Mapping[str, Letter]) -> set[Place]:
    """Return where a statement's quotes stand, those that do."""
    return {
        (letter_id, *span)
        for letter_id, quote in claimed.quotes
        if letter_id in letters and (span := locate(quote, letters[letter_id]))
    }
