"""A follow-up to a standalone question, from the turns before it (pure)."""

import re
from collections.abc import Sequence

from assistant.answer import Answer, Turn
from assistant.cues import JOINS, LEADS, POINTS, POINTS_INSIDE
from assistant.lexicon import Mention, Name, find_mentions
from assistant.terms import find_terms
from vectorstore.letter import Scope
from vectorstore.words import stem, tokens

_FILLER = frozenset(
    """
    and what about how or also but so ok okay yes same then please figure thing question for the in of
    is it that there too again with any anything like
    """.split()
)


def resolve(asked: str, names: Sequence[Name], history: Sequence[Turn]) -> tuple[str, Scope | None, bool]:
    """Return the standalone question, the scope to keep where it names no letter of its own, and whether it leans.

    A question leans when the matter of the question before was added to its own.
    """
    if not history:
        return asked, None, False
    mentions = find_mentions(asked, names)
    last = history[-1].answer
    own = [m for m in mentions if _narrows(m)]
    telling = find_terms(asked, mentions).weights
    leads = bool(LEADS.match(asked))
    points = bool(POINTS.search(POINTS_INSIDE.sub(" ", JOINS.sub(" ", asked))))
    short = len(tokens(asked)) <= 3
    if not (leads or points or short) or (own and not leads and not points and telling):
        return asked, None, False
    before = find_mentions(last.standalone, names)
    if own and not (set(tokens(asked)) - _FILLER - {word for m in mentions for word in m.name.words}):
        return _swap(last.standalone, before, own), None, False
    topic = _topic(last.standalone, before)
    kept = None if own else _scope_kept(last, before)
    new = find_terms(asked, mentions).weights
    # "what about training?" brings its own matter; "when will it be in place?" leans on the one before.
    if leads and new and not points:
        place = _named(before)
        return (f"{asked.rstrip('?. ')} ({place})?" if place and not own else asked), kept, False
    added = " ".join(word for word in topic if stem(tokens(word)[0]) not in new)
    place = "" if own else _named(before)
    extra = ", ".join(part for part in (place, added) if part)
    return (f"{asked.rstrip('?. ')} ({extra})?" if extra else asked), kept, True


def _narrows(mention: Mention) -> bool:
    return mention.name.field in {"area", "author", "reference"}


def _named(mentions: Sequence[Mention]) -> str:
    return ", ".join(dict.fromkeys(m.name.value for m in mentions if _narrows(m)))


def _swap(question: str, before: Sequence[Mention], own: Sequence[Mention]) -> str:
    """Put the new name where the old one stood: "… West Yorkshire …" and "Dorset" make "… Dorset …"."""
    new = " and ".join(dict.fromkeys(m.name.value for m in own))
    old = [m for m in before if _narrows(m)]
    if not old:
        return f"{question.rstrip('?. ')} ({new})?"
    pieces = list(re.finditer(r"\S+", question))
    owner: list[int] = [at for at, piece in enumerate(pieces) for _ in tokens(piece[0])]
    first, last = owner[old[0].start], owner[old[0].end - 1]
    ending = re.search(r"(?:['’]s)?\W*$", pieces[last][0])
    return (
        question[: pieces[first].start()]
        + new
        + (ending[0] if ending else "")
        + question[pieces[last].end() :]
    )


def _topic(question: str, mentions: Sequence[Mention]) -> list[str]:
    """Return the telling words of a question, as it writes them, at most ten."""
    weights = find_terms(question, mentions).weights
    found = []
    for piece in re.findall(r"[\w'’/&-]+", question):
        words = tokens(piece)
        if words and stem(words[0]) in weights and piece not in found:
            found.append(piece)
    return found[:10]


def _scope_kept(last: Answer, before: Sequence[Mention]) -> Scope | None:
    """Keep the letters of the turn before: those that its question named, else those that its answer cites first."""
    if any(_narrows(m) for m in before) or last.scope.letter_ids:
        return last.scope
    if last.ledger:
        yes = [row.letter_id for row in last.ledger.rows if row.says == "yes"]
        return Scope(letter_ids=tuple(yes)) if yes else None
    cited = [
        c.letter_id for c in last.citations if last.statements and c.number in last.statements[0].citations
    ]
    return Scope(letter_ids=tuple(dict.fromkeys(cited))) if cited else None
