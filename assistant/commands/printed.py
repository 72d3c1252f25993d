"""An answer as the command line prints it for people: a comparison as a table, a complete pass as its ledger (pure)."""

import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from assistant.answer import Answer, Citation, Ledger, LedgerRow, Statement
from assistant.briefing import opening
from assistant.comparison import Table, shown, table_of
from assistant.offers import without_offers
from assistant.quotation import is_same
from assistant.quotation import shown as quoted
from assistant.scope_words import in_words

NARROWEST, WIDEST = 80, 120  # characters of a line that is laid out
COLUMN = 34  # characters; sides that get fewer stand below one another
SAYS = 12  # characters of a ledger's first column
MOST_OTHERS = 50  # rows of a ledger besides those asked for
_GAP = " | "


def printed(answer: Answer, width: int) -> Iterator[str]:
    """Yield an answer line by line.

    Every quote is printed once where it stands in a table or a ledger; else below, with its place.

    Args:
        width: characters of the terminal's line; a table takes no fewer than 80 and no more than 120 of them.
    """
    width = min(max(width, NARROWEST), WIDEST)
    if answer.standalone != answer.question:
        yield f"Understood as: {answer.standalone}\n"
    if answer.scope:
        yield f"Letters looked at: {in_words(answer.scope)} ({answer.letters_in_scope})\n"
    table = table_of(answer.kind, answer.statements)
    placed: set[int] = set()
    if answer.ledger:
        yield from [without_offers(opening(answer)), ""]
        yield from _ledger(answer, answer.ledger, width)
        placed = {number for row in answer.ledger.rows for number in row.citations}
    elif table:
        across = [shown(statement) for statement in answer.statements if not statement.heading]
        head = [line for line in (opening(answer), *across) if line]
        yield from [*head, ""] if head else []
        yield from _table(answer, table, width)
    else:
        yield without_offers(answer.text)
    yield from _citations(answer, placed)


def _citations(answer: Answer, placed: set[int]) -> Iterator[str]:
    """Yield the citations that are named, and not in their place yet, each with its label."""
    named = {number for statement in answer.statements for number in statement.citations} | {*answer.nearest}
    listed = [c for c in answer.citations if c.number in named - placed]
    if answer.nearest:
        yield "\nNearest, though no answer:"
    elif listed:
        yield ""
    in_cells = {
        c.number
        for s in answer.statements
        if table_of(answer.kind, answer.statements) and s.heading and (c := _own_words(s, answer))
    }
    for citation in listed:
        if citation.number in in_cells:
            yield f"[{citation.number}] {citation.label} · {citation.source}"
        else:
            speaker = f" (words of {citation.speaker})" if citation.speaker else ""
            yield f"[{citation.number}] “{' '.join(citation.exact.split())}”"
            yield f"    {citation.label}{speaker} · {citation.source}"


def _own_words(statement: Statement, answer: Answer) -> Citation | None:
    """Return the citation whose words a statement is; None where it says more, or is not borne out."""
    if len(statement.citations) != 1 or not statement.supported:
        return None
    citation = answer.citation(statement.citations[0])
    return citation if is_same(statement.text, citation) else None


# -- a comparison ---------------------------------------------------------------------------------


def _table(answer: Answer, table: Table[Statement], width: int) -> Iterator[str]:
    """Yield a comparison matter by matter, its sides beside one another where they fit, else below."""
    beside = (width + len(_GAP)) // len(table.rows) - len(_GAP)
    if beside < COLUMN:
        yield from _stacked(answer, table, width)
        return
    widths = [beside] * len(table.rows)
    yield from _beside([[heading] for heading, _ in table.rows], widths)
    yield _rule("=", widths)
    for at, issue in enumerate(table.issues):
        if issue:
            yield from ([_rule("-", widths)] if at else [])
            yield from _lines(issue.upper(), width)
            yield _rule("-", widths)
        yield from _beside([list(_cell(answer, cells[at])) for _, cells in table.rows], widths)


def _beside(cells: Sequence[Sequence[str]], widths: Sequence[int]) -> Iterator[str]:
    wrapped = [_wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for lines in zip_longest(*wrapped, fillvalue=""):
        padded = (line.ljust(width) for line, width in zip(lines, widths, strict=True))
        yield _GAP.join(padded).rstrip()


def _wrapped(paragraphs: Sequence[str], width: int) -> list[str]:
    """Return paragraphs as lines, an empty one between two."""
    lines: list[str] = []
    for paragraph in paragraphs:
        lines += [*([""] if lines else []), *_lines(paragraph, width)]
    return lines


def _lines(text: str, width: int, *, indent: str = "") -> list[str]:
    return textwrap.wrap(text, width, subsequent_indent=indent, break_on_hyphens=False)


def _rule(mark: str, widths: Sequence[int]) -> str:
    return f"{mark}+{mark}".join(mark * width for width in widths)


def _stacked(answer: Answer, table: Table[Statement], width: int) -> Iterator[str]:
    for at, issue in enumerate(table.issues):
        if issue:
            yield from ([""] if at else [])
            yield from _lines(issue.upper(), width)
            yield "-" * width
        for number, (heading, cells) in enumerate(table.rows):
            yield from ([""] if number else [])
            yield from _lines(heading, width)
            for line in _wrapped(list(_cell(answer, cells[at])), width - 4):
                yield f"    {line}".rstrip()


def _cell(answer: Answer, cell: Sequence[Statement]) -> Iterator[str]:
    for statement in cell:
        own = _own_words(statement, answer)
        speaker = f" (words of {own.speaker})" if own and own.speaker else ""
        yield f"“{quoted(own.exact)}” [{own.number}]{speaker}" if own else shown(statement)
    if not cell:
        yield "–"


# -- a complete pass ------------------------------------------------------------------------------


def _ledger(answer: Answer, ledger: Ledger, width: int) -> Iterator[str]:
    """Yield what each letter says, those asked for first, each with its quotes."""
    if ledger.meaning:
        yield from _lines(f"yes: the letter {ledger.meaning}; no: it does not", width)
        yield ""
    asked_for = {statement.text for statement in answer.statements}
    wanted = [row for row in ledger.rows if row.label in asked_for]
    # What could not be read, or says the contrary of what is asked for, is of more interest than silence.
    rest = sorted(
        (row for row in ledger.rows if row.label not in asked_for), key=lambda row: row.says == "no"
    )
    for row in [*wanted, *rest[:MOST_OTHERS]]:
        yield from _row(answer, row, width)
    if len(rest) > MOST_OTHERS:
        left = ", ".join(dict.fromkeys(map(_word, rest[MOST_OTHERS:])))
        yield f"… and {len(rest) - MOST_OTHERS:,} letters more ({left}): --json lists them all."


def _row(answer: Answer, row: LedgerRow, width: int) -> Iterator[str]:
    lines = _lines(f"{row.label} · {row.source}", width - SAYS)
    if row.by:
        lines += _lines(f"as {row.by} reads these words:", width - SAYS)
    for number in row.citations:
        citation = answer.citation(number)
        speaker = f"words of {citation.speaker}" if citation.speaker else ""
        page = f"p. {citation.page}" if citation.has_pages else ""
        paragraph = f"para {citation.paragraph}" if citation.paragraph else ""
        where = ", ".join(part for part in (page, paragraph, speaker) if part)
        words = f"[{number}] “{quoted(citation.exact)}”{f' ({where})' if where else ''}"
        lines += _lines(words, width - SAYS, indent="    ")
    for at, line in enumerate(lines):
        yield f"{_word(row) if at == 0 else '':{SAYS}}{line}"


def _word(row: LedgerRow) -> str:
    return "maybe" if row.by else row.says
