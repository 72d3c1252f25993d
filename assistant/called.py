"""Whose letter "the Authority" means: that of the one writer, or of those, whose body's name ends so (pure)."""

import re
from collections.abc import Sequence

from assistant.lexicon import BODIES, Mention, Name
from vectorstore.letter import Letter
from vectorstore.words import tokens

# It speaks or does something: "what did the Trust say", "according to the Board", "in the Agency's letter".
_SAYING = re.compile(
    r"\b(?:does|do|did|has|have|had|is|was|will|would|can|could|should) the (?P<does>[A-Z][a-z]+)(?= [a-z])"
    r"|\baccording to the (?P<told>[A-Z][a-z]+)\b"
    r"|\bthe (?P<has>[A-Z][a-z]+)['’]s? (?:letter|reply|response|view|position|stance|answer|opinion)s?\b"
    r"|^\W*(?:and |but |so )?(?:what|how) about the (?P<turns>[A-Z][a-z]+)\W*$",
    re.IGNORECASE,
)


def called(question: str, mentions: Sequence[Mention], letters: Sequence[Letter]) -> list[Mention]:
    """Return what "the Authority", "the Trust" of a question means among those who wrote letters.

    Nothing, where the question names a writer besides, or writes the word as any noun ("the authority").

    Args:
        mentions: the names in the question that cards know.
    """
    if any(m.name.field in {"area", "author", "office", "reference"} for m in mentions):
        return []
    found = _SAYING.search(question)
    group = next((name for name, words in found.groupdict().items() if words), "") if found else ""
    if found is None or not group or not found[group][0].isupper():
        return []
    noun = found[group].lower()
    at = len(tokens(question[: found.start(group)]))
    if noun not in BODIES or any(m.start <= at < m.end for m in mentions):
        return []
    theirs: dict[str, set[str]] = {}
    for letter in letters:
        area = letter.card.value("area") or ""
        words = tokens(area)
        if words[-1:] == [noun] or (words[:1] == [noun] and words[1:2] in (["of"], ["for"])):
            theirs.setdefault(area, set()).add(letter.id)
    return [
        Mention(Name((noun,), "area", area, frozenset(ids), whole=False), at, at + 1)
        for area, ids in theirs.items()
    ]
