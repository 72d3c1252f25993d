"""How an answer is drawn: what was understood, the statements, the ledger, the citations."""

from functools import partial

from assistant.answer import Answer, Statement
from assistant.briefing import opening
from assistant.chat import Assistant
from assistant.quotation import is_same
from assistant.scope_words import in_words
from assistant.ui.citations import show_cited, show_sources, source
from assistant.ui.collecting import show_add, show_controls
from assistant.ui.ledger import show_ledger
from assistant.ui.markup import Html, show, tag, text
from assistant.ui.wording import footing

NEAREST = "The passages nearest to the question:"
UNSUPPORTED = "Not borne out by its quotes: check it before you use it."


def show_answer(answer: Answer, assistant: Assistant, *, key: str) -> None:
    """Draw an answer; `key` tells its buttons from those of other answers.

    Every citation's quote is shown once: as the statement, in the ledger, among the nearest, or in the list.
    """
    _show_understanding(answer)
    quoted = set(answer.nearest)
    if answer.status == "not_found":
        show(tag("p", text(answer.text), css="not-found"))
    elif words := opening(answer):
        show(tag("p", text(words)))
    if answer.ledger:
        show_ledger(answer, answer.ledger, key=f"{key}-l")
        quoted |= {number for row in answer.ledger.rows for number in row.citations}
    else:
        quoted |= _show_statements(answer, assistant, key)
    if answer.nearest:
        show(tag("p", text(NEAREST), css="small-heading"))
        for number in answer.nearest:
            near = answer.citation(number)
            show_cited(tag("div", source(near), css="quotation"), [near], key=f"{key}-n{number}")
    show_sources([citation for citation in answer.citations if citation.number not in quoted])
    show_controls(answer, assistant, key=key)
    show(tag("p", text(footing(answer)), css="footing"))


def _show_understanding(answer: Answer) -> None:
    """Say how the question was understood, where that differs from what was asked."""
    lines: list[str] = []
    if answer.standalone.split() != answer.question.split():
        lines.append(f"Understood as: {answer.standalone}")
    if answer.scope:
        lines.append(f"Letters looked at: {in_words(answer.scope)}")
    if answer.notice:
        lines.append(answer.notice)
    if lines:
        show(tag("div", *(tag("p", text(line)) for line in lines), css="understood"))


def _show_statements(answer: Answer, assistant: Assistant, key: str) -> set[int]:
    """Draw the statements under their headings; return the citations whose quotes were the statement itself."""
    heading, quoted = "", set()
    for position, statement in enumerate(answer.statements):
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
