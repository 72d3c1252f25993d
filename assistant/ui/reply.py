"""How an answer is drawn: what was understood, the statements, the ledger, the citations."""

from assistant.answer import Answer, Statement
from assistant.ui.citations import show_cited, show_sources, source
from assistant.ui.ledger import show_ledger
from assistant.ui.markup import NOTHING, Html, show, tag, text
from assistant.ui.wording import footing, scope

NOT_FOUND = "The letters do not say."
NEAREST = "Nearest passages, which do not answer the question:"
UNSUPPORTED = "Not borne out by its quotes: check it before you use it."


def show_answer(answer: Answer, *, key: str) -> None:
    """Draw an answer; `key` tells its buttons from those of other answers."""
    _show_understanding(answer)
    if answer.status == "not_found":
        words = tag("p", text(answer.text)) if answer.text != NOT_FOUND else NOTHING
        show(tag("div", tag("p", tag("strong", text(NOT_FOUND))), words, css="not-found"))
    heading = ""
    for position, statement in enumerate(answer.statements):
        if statement.heading != heading:
            heading = statement.heading
            show(tag("h3", text(heading), css="side"))
        cited = [answer.citation(number) for number in statement.citations]
        show_cited(_statement(statement), cited, key=f"{key}-s{position}")
    if answer.ledger:
        show_ledger(answer, answer.ledger, key=f"{key}-l")
    if answer.nearest:
        show(tag("p", text(NEAREST), css="small-heading"))
        for number in answer.nearest:
            near = answer.citation(number)
            show_cited(tag("div", source(near, quoted=True), css="near"), [near], key=f"{key}-n{number}")
    listed = [citation for citation in answer.citations if citation.number not in answer.nearest]
    show_sources(listed, already_shown=" ".join(statement.text for statement in answer.statements))
    show(tag("p", text(footing(answer)), css="footing"))


def _show_understanding(answer: Answer) -> None:
    """Say how the question was understood, where that differs from what was asked."""
    lines: list[str] = []
    if answer.standalone.strip() != answer.question.strip():
        lines.append(f"Understood as: {answer.standalone}")
    if answer.scope:
        lines.append(f"Letters looked at: {scope(answer.scope)}")
    if answer.notice:
        lines.append(answer.notice)
    if lines:
        show(tag("div", *(tag("p", text(line)) for line in lines), css="understood"))


def _statement(statement: Statement) -> Html:
    words = tag("p", text(statement.text))
    if statement.supported:
        return tag("div", words, css="statement")
    return tag("div", words, tag("p", text(UNSUPPORTED), css="doubt"), css="statement unsupported")
