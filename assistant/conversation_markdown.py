"""A kept conversation as Markdown: questions, answers, and each citation's words and place; all words escaped. Pure."""

from collections.abc import Iterator

from assistant.answer import Answer, Citation
from assistant.briefing_markdown import escape
from assistant.conversations import Conversation
from assistant.offers import without_offers

NEAREST = "Nearest, though no answer:"


def write_conversation(conversation: Conversation) -> str:
    """Write a conversation; citation numbers are those of the page, the same words keeping theirs throughout."""
    blocks = [f"# {escape(conversation.title)}"]
    for exchange in conversation.exchanges:
        blocks.append(f"## {escape(' '.join(exchange.question.split()))}")
        blocks.append(f"Asked {exchange.asked.replace('T', ' ')} UTC")
        if exchange.answer is None:
            blocks.append(escape(" ".join(exchange.error.split())))
        else:
            blocks += _answer(exchange.answer)
    return "\n\n".join(blocks) + "\n"


def _answer(answer: Answer) -> Iterator[str]:
    if answer.standalone != answer.question:
        yield f"Understood as: {escape(answer.standalone)}"
    words = without_offers(answer.text)
    yield "\n\n".join(escape(line) for line in words.splitlines() if line.strip())
    if answer.ledger:
        rows = [
            f"- {row.says}: {escape(row.label)} ({escape(row.source)})"
            f"{''.join(f' {_number(number)}' for number in row.citations)}"
            for row in answer.ledger.rows
        ]
        if answer.ledger.meaning:
            yield escape(f"yes: the letter {answer.ledger.meaning}; no: it does not")
        yield "\n".join(rows)
    for heading, near in (("", False), (NEAREST, True)):
        listed = [citation for citation in answer.citations if (citation.number in answer.nearest) == near]
        if listed:
            yield from [heading] if heading else []
            yield "\n".join(f"- {_citation(citation)}" for citation in listed)
    if answer.notice:
        yield escape(answer.notice)
    yield f"Answered by {escape(answer.engine)}"


def _number(number: int) -> str:
    return escape(f"[{number}]")


def _citation(citation: Citation) -> str:
    words = escape(" ".join(citation.exact.split()))
    aside = f" (words of {escape(citation.speaker)})" if citation.speaker else ""
    return f"{_number(citation.number)} “{words}” {escape(citation.label)}{aside}, {escape(citation.source)}"
