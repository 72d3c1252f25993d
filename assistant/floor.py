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

Places = set[tuple[str, int, int]]


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
        statements = tuple(_by_side(drafted.statements, left_out, sides))
    else:
        below = [replace(s, heading=OWN_WORDS) for s in left_out]
        statements = (*drafted.statements, *below)
    return replace(drafted, statements=statements)


def _by_side(
    drafted: Sequence[DraftStatement], left_out: Sequence[DraftStatement], sides: Mapping[str, Sequence[str]]
) -> Iterator[DraftStatement]:
    """Give each side's statements under its heading: the model's, then the letters' own; first what spans sides."""
    of = [(claimed, _side(claimed, sides)) for claimed in drafted]
    yield from (claimed for claimed, heading in of if not heading)
    for heading in sides:
        mine = [replace(claimed, heading=heading) for claimed, found in of if found == heading]
        yield from mine
        # That nothing was found on a side is no longer so where the model cites it.
        yield from (s for s in left_out if s.heading == heading and (s.quotes or not mine))


def _side(claimed: DraftStatement, sides: Mapping[str, Sequence[str]]) -> str:
    """Return the heading of the one side that a statement quotes; "" where it quotes several or none."""
    quoted = {letter_id for letter_id, _ in claimed.quotes}
    found = [heading for heading, ids in sides.items() if quoted and quoted <= set(ids)]
    return found[0] if len(found) == 1 else ""


def _places(claimed: DraftStatement, letters: Mapping[str, Letter]) -> Places:
    """Return where a statement's quotes stand, those that do."""
    return {
        (letter_id, *span)
        for letter_id, quote in claimed.quotes
        if letter_id in letters and (span := locate(quote, letters[letter_id]))
    }
