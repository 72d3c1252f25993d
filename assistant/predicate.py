"""The ordinary word that a question asks with, which the letter that answers need not have (pure).

"When will the system be ready?" is answered by "it is expected to be in place by autumn", "does X offer Y?" by "Y is
open at X": the verb after whom the question names, the adjective after "be", the verb of "what happened to …".
"""

import itertools
import re
from collections.abc import Collection, Mapping, Sequence, Set

from assistant.lexicon import BODIES
from vectorstore.words import rarity, tokens

ORDINARY = 2.2  # as vectorstore.words.rarity: "happened", "offer"; from here on a word is a matter of its own
_DOING = frozenset("do does did will would can could should may might must".split())
_BEING = frozenset("be been".split())
_BEFORE_SUBJECT = frozenset("the a an your our their its his her mr mrs ms dr sir dame".split())
_WH = frozenset("what which who whom whose when where why how".split())
_WHAT_DID = re.compile(r"^\W*(?:and |so |but )?what (?P<verb>[a-z]+ed)\b", re.IGNORECASE)


def asked_with(question: str, spans: Mapping[int, int], named: Collection[int]) -> Set[str]:
    """Return the ordinary words, lower case, that a question asks with.

    Args:
        spans: where names that letters know begin and end, as positions among the question's tokens.
        named: positions of tokens that are written as names.
    """
    words = tokens(question)
    found = {word for at in range(len(words)) if (word := _verb(question, words, at, spans, named))}
    if words and words[0] in _WH:  # "is the line free?" asks of nothing but "free"
        found |= {after for before, after in itertools.pairwise(words) if _adjective(before, after)}
    if did := _WHAT_DID.match(question):
        found.add(did["verb"].lower())
    return {word for word in found if rarity(word) < ORDINARY}


def _adjective(before: str, word: str) -> bool:
    """Whether a word after "be" says how something is; a participle ("be closed") says what was done to it."""
    return before in _BEING and not word.endswith(("ed", "en", "ing", "ly"))


def _verb(
    question: str, words: Sequence[str], at: int, spans: Mapping[int, int], named: Collection[int]
) -> str:
    """Return the verb that "does", "will" or the like at this position has after the one whom it names, or ""."""
    if words[at] not in _DOING:
        return ""
    begin = at + 1
    while begin < len(words) and words[begin] in _BEFORE_SUBJECT and begin not in spans:
        begin += 1
    end = spans.get(begin, begin)
    while end < len(words) and end in named:
        end += 1
    if end == begin:
        return ""
    after = end
    while after < len(words) and (
        words[after] in BODIES or words[after] in {"also", "still"} or words[after].endswith("ly")
    ):
        after += 1
    if after == len(words) or (after == end and _owns(question, end - 1)):
        return ""  # "does Dorset's control room": what Dorset's is no verb
    word = words[after]
    return "" if word.endswith("s") and not word.endswith("ss") else word


def _owns(question: str, at: int) -> bool:
    """Whether the token at a position is written with a possessive's ending."""
    pieces = [piece for piece in re.findall(r"\S+", question) for _ in tokens(piece)]
    return bool(re.search(r"['’]s?\W*$", pieces[at]))
