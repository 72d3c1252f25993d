"""Questions about those to whom letters go, who wrote none: what they say, and who held their office (pure)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.lexicon import TITLES, Mention, Name
from assistant.periods import Period
from assistant.scoping import without_when
from vectorstore.letter import Letter
from vectorstore.names import OFFICE
from vectorstore.words import tokens

_RECEIVES = frozenset({"addressee", "greeted"})
_WRITES = frozenset({"author", "area", "office"})
_AUXILIARIES = frozenset("does did do has have had would".split())
_SPEAKS = frozenset(
    """
    say says said tell told write wrote written think thought claim claimed argue argued mention mentioned state stated
    reply replied respond responded answer answered comment commented agree agreed believe believed welcome welcomed
    """.split()
)
_LETTERS = frozenset("letter letters reply replies response responses".split())
_THEIR_WORDS = frozenset(
    "letter letters reply replies response responses view views opinion opinions".split()
)
_WHICH = re.compile(r"(?:and |so )?(?:to )?(?:which|what)")
_WRITTEN_TO = re.compile(
    r"\b(?:wr(?:ote|ite|itten)|sent|send|address(?:ed)?|repl(?:y|ied)|respond(?:ed)?|letters?)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody to whom letters go and from whom none is.

    Args:
        held: whether it is their office that is asked about, and who held it; else it is asked what they say.
    """

    name: Name
    held: bool

    def among(self, letters: Sequence[Letter]) -> list[Letter]:
        """Return those of these letters that go to them; where their holder is asked for, those that name somebody."""
        office = set(self.name.words) | TITLES
        return [
            letter
            for letter in letters
            if letter.id in self.name.letter_ids
            and (
                not self.held
                or any(not set(tokens(person)) <= office for person in letter.card.values("addressee"))
            )
        ]


def asked_of_receivers(question: str, met: Sequence[Period], mentions: Sequence[Mention]) -> Receiver | None:
    """Return those to whom letters go, where a question asks what they say or who held their office; None for no such.

    Args:
        met: periods that it names in which a letter was written.
    """
    if found := _speaker(question, mentions):
        return _receiver(found, mentions, held=False)
    found = _office(question, without_when(question, met), mentions)
    return _receiver(found, mentions, held=True) if found else None


def _receiver(found: Mention, mentions: Sequence[Mention], *, held: bool) -> Receiver:
    same = [m.name for m in mentions if (m.start, m.end) == (found.start, found.end)]
    ids = frozenset[str]().union(*(name.letter_ids for name in same if name.field in _RECEIVES))
    return Receiver(replace(found.name, letter_ids=ids), held)


def _speaker(question: str, mentions: Sequence[Mention]) -> Mention | None:
    words = tokens(question)
    for mention in _receivers(mentions):
        before = [word for word in words[: mention.start] if word not in TITLES | {"the", "or", "and"}]
        after = words[mention.end : mention.end + 2]
        asks = before[-1:] and before[-1] in _AUXILIARIES and _SPEAKS.intersection(after[:2])
        if (
            asks
            or before[-2:] == ["according", "to"]
            or (_says_what(before) and _SPEAKS.intersection(after[:1]))
        ):
            return mention
        if before[-1:] in (["from"], ["by"]) and _LETTERS & set(before) and "not" not in before:
            return mention  # "which letters are from the Home Secretary?"
        if before[:1] in (["what"], ["summarise"], ["summarize"]) and _THEIR_WORDS.intersection(after[:1]):
            return mention
    return None


def _says_what(before: Sequence[str]) -> bool:
    return list(before) in ([], ["what"])


def _office(question: str, when_apart: str, mentions: Sequence[Mention]) -> Mention | None:
    """Return what is asked about in "who was Home Secretary in 2018?", "to which Home Secretary did Campion write?"."""
    words = tokens(when_apart)
    for mention in _receivers(mentions):
        if not OFFICE.search(mention.name.value.title()):
            continue
        others = {at for m in mentions for at in range(m.start, m.end)}
        rest = {word for at, word in enumerate(words) if at not in others} - _ASKING_WHO
        if words[:1] == ["who"] and not rest:
            return mention
        before = " ".join(words[: mention.start])
        if _WHICH.fullmatch(before) and _WRITTEN_TO.search(question):
            return mention
    return None


_ASKING_WHO = frozenset("who is was were the of for in s at that time then".split())


def _receivers(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the mentions of those to whom letters go, but for those who write some too."""
    writers = {(m.start, m.end) for m in mentions if m.name.field in _WRITES}
    return [m for m in mentions if m.name.field in _RECEIVES and (m.start, m.end) not in writers]
