"""How an answer is drawn: what was understood, the statements, the ledger, the citations."""

from collections.abc import Sequence
from functools import partial

from assistant.answer import Answer, Statement
from assistant.briefing import opening
from assistant.chat import Assistant
from assistant.comparison import table_of
from assistant.quotation import is_same
from assistant.ui.citations import show_cited, show_sources, source
from assistant.ui.collecting import show_add, show_controls
from assistant.ui.comparison import show_table
from assistant.ui.ledger import show_ledger
from assistant.ui.markup import Html, show, tag, text
from assistant.ui.scope import show_scope
from assistant.ui.wording import footing
from vectorstore.scope import letters_in

OUTSIDE = "Outside the letters looked at, others say:"
NEAREST = "The passages nearest to the question:"
UNSUPPORTED = "Not borne out by its quotes: check it before you use it."


def show_answer(answer: Answer, assistant: Assistant, *, key: str) -> None:
    """Draw an answer; `key` tells its buttons from those of other answers.

    Every citation's quote is shown once: as the statement, in the ledger, among the nearest, or in the list.
    """
    _show_understanding(answer)
    show_scope(answer, assistant, key=key)
    quoted = set(answer.nearest)
    if answer.status == "not_found":
        show(tag("p", text(answer.text), css="not-found"))
    elif words := opening(answer):
        show(tag("p", text(words)))
    if answer.ledger:
        show_ledger(answer, answer.ledger, key=f"{key}-l")
        quoted |= {number for row in answer.ledger.rows for number in row.citations}
    elif table := table_of(answer.kind, answer.statements):
        across = [(at, statement) for at, statement in enumerate(answer.statements) if not statement.heading]
        quoted |= _show_statements(answer, across, assistant, key) | show_table(
            answer, table, assistant, key=f"{key}-t"
        )
    else:
        quoted |= _show_statements(answer, list(enumerate(answer.statements)), assistant, key)
    inside = (
        {letter.id for letter in letters_in(assistant.letters(), answer.scope)} if answer.nearest else set()
    )
    for heading, is_inside in ((OUTSIDE, False), (NEAREST, True)):
        nearest = [c for c in map(answer.citation, answer.nearest) if (c.letter_id in inside) == is_inside]
        if nearest:
            show(tag("p", text(heading), css="small-heading"))
        for near in nearest:
            show_cited(tag("div", source(near), css="quotation"), [near], key=f"{key}-n{near.number}")
    show_sources([citation for citation in answer.citations if citation.number not in quoted])
    show_controls(answer, assistant, key=key)
    show(tag("p", text(footing(answer)), css="footing"))


def _show_understanding(answer: Answer) -> None:
    """Say how the question was understood, where that differs from what was asked."""
    lines: list[str] = []
    if answer.standalone.split() != answer.question.split():
        lines.append(f"Understood as: {answer.standalone}")
    if answer.notice:
        lines.append(answer.notice)
    if lines:
        show(tag("div", *(tag("p", text(line)) for line in lines), css="understood"))


def _show_statements(
    answer: Answer, statements: Sequence[tuple[int, Statement]], assistant: Assistant, key: str
) -> set[int]:
    """Draw statements, each with its position, under their headings; return the citations that they quote."""
    heading, quoted = "", set()
    for position, statement in statements:
        if statement.heading != heading:
            heading = statement.heading
            show(tag("h3", text(heading), css="side"))
        cited = [answer.citation(number) for number in statement.citations]
        if len(cited) == 1 and statement.supported and is_same(statement.text, cited[0]):
            quoted.add(cited[0].number)
            words = tag("div", source(cited[0]), css="quotation")
        else:
            words = _statement(statement)
        # Of a single statement, the button below the answer adds the same.
        add = partial(show_add, answer, position, assistant, key=f"{key}-s{position}")
        show_cited(words, cited, key=f"{key}-s{position}", after=add if len(answer.statements) > 1 else None)
    return quoted


def _statement(statement: Statement) -> Html:
    words = tag("p", text(statement.text))
    if statement.supported:
        return tag("div", words, css="statement")
    return tag("div", words, tag("p", text(UNSUPPORTED), css="doubt"), css="statement unsupported")
