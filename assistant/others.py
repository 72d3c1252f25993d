"""Letters asked for by what their cards do not say: "which letters not from Brackwater mention leakage?" (pure)."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.card_cues import holders
from assistant.cues import NOT_OF_CARD
from assistant.lexicon import TITLES, Mention
from assistant.periods import Period
from assistant.scoping import scope_of, span_of
from vectorstore.letter import Letter, Scope
from vectorstore.scope import letters_in

# From the words that deny up to the name or the date: ", which are not written by the ".
_DENYING = re.compile(
    r"(?:,?\s*\b(?:but|and|yet))?(?:,?\s*\b(?:that|which|who))?\s*(?:\b(?:is|are|was|were|did|do|have|has))?"
    r"(?:n['’]t|\s*\b(?:not|never))\s+(?:been\s+)?(?:(?:written|sent|signed|addressed|dated|copied|come|came|write)\s+)?"
    r"(?=(?:from|by|to|in|on|before|after|since|dated|\d)\b)",
    re.I,
)
_JOINING = re.compile(
    rf"\W*(?:\b(?:from|by|to|in|on|or|and|nor|the|an?|any|of|those|letters?|dated|not|never|{'|'.join(TITLES)})\b\W*)*",
    re.I,
)


WHO_WROTE = "Who wrote?"
_WHO = re.compile(r"\W*who\b", re.I)
_OR = re.compile(r"\b(?:and|or|nor)\b", re.I)


class Apart(NamedTuple):
    """A question without the part that leaves letters out, and the letters that this part leaves."""

    rest: str
    scope: Scope


def set_apart(
    question: str,
    mentions: Sequence[Mention],
    periods: Sequence[Period],
    letters: Sequence[Letter],
    given: Scope | None,
) -> Apart | None:
    """Part "letters not from Brackwater mention leakage" into what is asked and of which letters; None for no such.

    Args:
        periods: those in which a letter was written.
        letters: all of them.
        given: the caller's scope, within which the others are.
    """
    found = NOT_OF_CARD.search(question)
    denying = next(_DENYING.finditer(question, found.start()), None) if found else None
    if denying is None:
        return None
    parts = [(*span_of(question, m), m) for m in mentions] + [(p.start, p.end, p) for p in periods]
    denied: list[list[Mention | Period]] = [[]]
    end = denying.end()
    for start, after, part in sorted(parts, key=lambda one: one[:2]):
        between = question[end:start]
        if start >= denying.end() - 1 and (start <= end or _JOINING.fullmatch(between)):
            if denied[-1] and _OR.search(between):
                denied.append([])
            denied[-1].append(part)
            end = max(end, after)
    if not denied[0] and (described := holders(question, letters)):
        end = max(end, described.end)
    scopes = [
        scope_of(
            question,
            [part for part in group if isinstance(part, Mention)],
            letters,
            [part for part in group if isinstance(part, Period)],
            inherited=None,
            given=None,
        )
        for group in denied
    ]
    if end == denying.end() or not all(scopes):
        return None
    rest = " ".join(f"{question[: denying.start()]} {question[end:].lstrip(',')}".split())
    if _WHO.match(question) and not any(character.isalnum() for character in rest):
        return Apart(WHO_WROTE, _by_none_of_them(scopes, letters, given))
    return Apart(rest.replace(" ?", "?"), _without(scopes, letters, given))


def _by_none_of_them(scopes: Sequence[Scope], letters: Sequence[Letter], given: Scope | None) -> Scope:
    """Return the letters by those of whom no letter is in these: who wrote in another year too did write then."""
    did = {letter.card.value("author") for apart in scopes for letter in letters_in(letters, apart)}
    left = (x.id for x in letters_in(letters, given or Scope()) if x.card.value("author") not in did)
    return Scope(letter_ids=tuple(left) or ("none",))


def _without(scopes: Sequence[Scope], letters: Sequence[Letter], given: Scope | None) -> Scope:
    if not given and all(apart == Scope(area=apart.area, author=apart.author) for apart in scopes):
        return Scope(excluded=tuple(name for apart in scopes for name in (*apart.area, *apart.author)))
    inside = {letter.id for apart in scopes for letter in letters_in(letters, apart)}
    left = (letter.id for letter in letters_in(letters, given or Scope()) if letter.id not in inside)
    return Scope(letter_ids=tuple(left) or ("none",))
