"""Whether a short question stands on its own, though another came before it (pure)."""

import re
from collections.abc import Sequence

from assistant.cues import JOINS, LEADS, POINTS, POINTS_INSIDE, STANCE
from assistant.lexicon import Mention
from assistant.terms import find_terms
from vectorstore.words import rarity, stem, tokens

_RARE = 2.5  # as vectorstore.words.rarity: "what is stalking?", but not "what is the budget?"
_WHAT_IS = re.compile(
    r"^\W*(?:and |but |so )?(?:what|who)(?: is|['’]s| are| was| were) (?:an? )?(?P<what>.+?)\W*$", re.I
)
_AUXILIARY = re.compile(
    r"^\W*(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|must)\b", re.I
)
# "Did anything change?", "is there more?": of what, the question before says.
_OPEN = frozenset("there anything something nothing everything more less others rest any some".split())
_DIFFERS = re.compile(
    r"\b(?:agree|disagree|object|differ|oppose|support|mention|say|think|know|happen|change|help|work)s?\b",
    re.I,
)


def points_back(asked: str) -> bool:
    """Whether it has a word that means something said before: "it", "they", "there", "the same"."""
    return bool(POINTS.search(POINTS_INSIDE.sub(" ", JOINS.sub(" ", asked))))


def stands_alone(asked: str, mentions: Sequence[Mention]) -> bool:
    """Whether a question names its matter itself: "did anybody apologise?", "what is GoodSAM?".

    One that is cut short ("any figures?", "who paid?"), leads on or points back does not.
    """
    if points_back(asked):
        return False
    words = tokens(asked)
    terms = find_terms(asked, mentions)
    leads = bool(LEADS.match(asked))
    if found := _WHAT_IS.match(asked):
        covered = {word for m in mentions for word in m.name.words}
        matter = [word for word in tokens(found["what"]) if word not in covered | {"the", "of"}]
        if all(stem(word) in terms.named for word in matter):
            return True
        return not leads and len(matter) == 1 and rarity(matter[0]) > _RARE and "the" not in words
    if leads:
        return False
    if _AUXILIARY.match(asked):
        cut_short = set(words[1:2]) & _OPEN or STANCE.search(asked) or _DIFFERS.search(asked)
        return len(words) > 2 and bool(terms.weights) and not cut_short
    return words[:1] == ["who"] and len(terms.weights) > 1
