"""Writers whom a question calls by what they are: "the hospital's letter", "the ambulance people" (pure)."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.cues import NOT_OF_CARD
from assistant.lexicon import Mention
from vectorstore.letter import Letter
from vectorstore.words import stem, stems, tokens

_LETTER = r"(?:letters?|repl(?:y|ies)|responses?)"
_PEOPLE = r"(?:people|folks?|lot|team|side|writers?)"
_TELLS = (
    r"(?:say|said|think|thought|tell|told|write|wrote|written|reply|replied|respond|responded|answer|answered|argue"
    r"|mention|mentioned|claim|comment|agree|disagree|object|propose|report)"
)
_THE = r"\b(?:the|an?|any)\s+"
_WORD = r"(?!(?:of|the|an?|from|by|to|in|on|that|which|who|or|and|did|does)\b)[\w&-]+"
_NAME = rf"(?P<name>(?:{_WORD}\s+){{0,3}}?{_WORD}?)"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_THE}{_NAME}['’]s?\s+(?:own\s+)?(?:\w+\s+)?{_LETTER}\b",
        rf"{_THE}{_NAME}\s+{_LETTER}\b",
        rf"\b(?:from|by)\s+(?:the|an?|any)\s+{_NAME}(?=\s+(?:write|wrote)\b|\W*$|\s*[,;?])",
        rf"\b(?:did|does|do|has|have)\s+(?:the|an?|any)\s+{_NAME}(?:\s+{_PEOPLE})?(?=\s+{_TELLS}\b)",
        rf"^\W*(?:and|but|so|what about|how about)(?:\s+what about)?\s+the\s+{_NAME}(?:\s+{_PEOPLE})?\W*$",
        rf"\b(?:or|and|before|after|than)\s+the\s+{_NAME}(?:['’]s?)?\W*$",
    )
)
# "The hospital's or the railway's": one of them is a writer's by the other patterns or not at all.
_EITHER = re.compile(
    rf"{_THE}(?P<one>(?:{_WORD}\s+){{0,3}}?{_WORD})(?:['’]s?)?(?:\s+{_LETTER})?\s*,?\s+(?:or|and)\s+(?:the\s+)?"
    rf"(?P<other>(?:{_WORD}\s+){{0,3}}?{_WORD}?)(?:['’]s?)?(?=\s+{_LETTER}|\s+\w+(?:er|st)\b|\W*$)",
    re.IGNORECASE,
)


class Described(NamedTuple):
    """Words that mean writers without their names: where they stand, in code points, and these writers' letters."""

    start: int
    end: int
    letter_ids: frozenset[str]


def writers_described(
    question: str, mentions: Sequence[Mention], letters: Sequence[Letter]
) -> list[Described]:
    """Return the writers whom a question describes by words of their cards, in order; those who are all of them none.

    Args:
        mentions: names in the question, which are no descriptions.
    """
    if NOT_OF_CARD.search(question):
        return []
    named = {stem(word) for m in mentions if m.name.field in {"area", "author"} for word in m.name.words}
    spans = [found.span("name") for pattern in _PATTERNS for found in pattern.finditer(question)]
    spans += [found.span(side) for found in _EITHER.finditer(question) for side in ("one", "other")]
    found: dict[frozenset[str], Described] = {}
    for start, end in sorted(spans):
        asked = set(map(stem, tokens(question[start:end])))
        ids = frozenset(letter.id for letter in letters if asked <= _called(letter)) if asked else frozenset()
        if ids and len(ids) < len(letters) and named.isdisjoint(asked):
            found.setdefault(ids, Described(start, end, ids))
    return list(found.values())


def with_names(question: str, mentions: Sequence[Mention], letters: Sequence[Letter]) -> str:
    """Put the names of writers for the words that describe them, where those mean one body or one person alone."""
    by_id = {letter.id: letter.card for letter in letters}
    offices = {word for m in mentions if m.name.field == "office" for word in m.name.words}
    for one in reversed(writers_described(question, mentions, letters)):
        if not offices.isdisjoint(tokens(question[one.start : one.end])):
            continue
        theirs = {by_id[i].value("area") or by_id[i].value("author") or "" for i in one.letter_ids}
        before = re.sub(r"\b(?:the|an?)\s+$", "", question[: one.start], flags=re.IGNORECASE)
        after = re.sub(rf"^\s+{_PEOPLE}\b", "", question[one.end :], flags=re.IGNORECASE)
        if len(theirs) == 1 and (name := theirs.pop()):
            question = f"{before}{name}{after}"
    return question


def _called(letter: Letter) -> frozenset[str]:
    return _stems_of(letter.card.value("area") or "", letter.card.value("office") or "")


# Few bodies and offices write many letters.
@lru_cache(maxsize=50_000)
def _stems_of(area: str, office: str) -> frozenset[str]:
    return frozenset(stems(f"{area} {office}"))
