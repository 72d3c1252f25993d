"""Turns of a conversation, made without asking anything."""

from collections.abc import Sequence

from assistant.answer import Answer, Ledger, LedgerRow, Question, Statement, Turn
from assistant.cite import Numbering, make_citation
from assistant.lexicon import find_names
from assistant.question import clean, understand
from tests.corpora import of_other_kinds, sentences
from vectorstore.letter import Letter, Scope


def understood(
    asked: str,
    history: Sequence[Turn] = (),
    *,
    given: Scope | None = None,
    letters: Sequence[Letter] | None = None,
) -> Question:
    """Return what a question is taken to mean, of the letters of other kinds unless others are given."""
    letters = of_other_kinds() if letters is None else letters
    names = find_names(letters)
    return understand(
        clean(asked, max_chars=2000), names=names, letters=letters, history=history, given=given
    )


def turn(asked: str, *citing: Letter, listing: bool = False, letters: Sequence[Letter] | None = None) -> Turn:
    """Return a turn whose answer cites the first sentence of each of these letters.

    Args:
        listing: whether a complete pass found those letters.
    """
    question = understood(asked, letters=letters)
    numbering = Numbering()
    citations = [make_citation(letter, *sentences(letter)[0], numbering) for letter in citing]
    rows = tuple(LedgerRow(c.letter_id, c.source, c.label, "yes", (c.number,)) for c in citations)
    answer = Answer(
        question=asked,
        standalone=question.standalone,
        kind=question.kind,
        status="answered" if citations else "not_found",
        text="",
        statements=tuple(Statement(c.exact, True, (c.number,)) for c in citations),
        citations=tuple(citations),
        ledger=Ledger(rows) if listing else None,
        nearest=(),
        scope=question.scope,
        letters_in_scope=1,
        letters_read=1,
        engine="quoting",
        prompt_id=None,
        notice="",
        seconds=0.0,
    )
    return Turn(asked, answer)
