"""How long letters are: the words of their bodies, counted, and the questions that ask for it (pure)."""

import re
from collections.abc import Sequence

from assistant.letter_order import LETTER
from vectorstore.letter import Letter

_BODY = frozenset({"body", "bullet", "heading"})
_SHORT, _LONG = r"(?:shortest|briefest|shorter|briefer)", r"(?:longest|lengthiest|longer|lengthier)"
_WORD = re.compile(r"\S*\w\S*")
_MOST = rf"\b{{0}} (?:\w+ )?{LETTER}\b|\b{LETTER} (?:is|was) (?:the )?{{0}}\b"
_SHORTEST = re.compile(_MOST.format("(?:shortest|briefest)"), re.I)
_LONGEST = re.compile(_MOST.format("(?:longest|lengthiest)"), re.I)
_HOW_LONG = re.compile(
    rf"\bhow (?:long|short) (?:is|are|was|were) (?:[\w.'’-]+ ){{0,5}}{LETTER}\b(?! (?:take|took|expected))"
    rf"|\bhow many words\b.*\b{LETTER}\b|\b{LETTER} (?:is|was) (?:the )?(?:{_SHORT}|{_LONG})\b",
    re.I,
)
_SAID = re.compile(r"\b(?:say|says|said|mentions?|tells?|quotes?)\b", re.I)


def asks_for_length(question: str) -> bool:
    """Whether it asks how long letters are, or which is the shortest or longest; not what that one says."""
    found = any(cue.search(question) for cue in (_SHORTEST, _LONGEST, _HOW_LONG))
    return found and not _SAID.search(question)


def by_length(question: str, letters: Sequence[Letter]) -> list[Letter]:
    """Return the shortest or the longest of these, all that are, or where neither is asked for all, longest first."""
    ordered = sorted(letters, key=words_in, reverse=True)
    if _SHORTEST.search(question):
        return [letter for letter in ordered if words_in(letter) == words_in(ordered[-1])]
    if _LONGEST.search(question):
        return [letter for letter in ordered if words_in(letter) == words_in(ordered[0])]
    return ordered


def words_in(letter: Letter) -> int:
    """Return how many words stand in a letter's body, headings and lists included; address and signature are not."""
    return sum(
        len(_WORD.findall(letter.text[block.start : block.end]))
        for block in letter.blocks
        if block.role in _BODY
    )


def counted(letter: Letter) -> str:
    """Say how many words a letter's body has, and that there are more where a page of it could not be read."""
    least = "at least " if any(page.how == "unreadable" for page in letter.reads) else ""
    return f"{least}{words_in(letter):,} words in the body of the letter"
