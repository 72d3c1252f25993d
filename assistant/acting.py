"""Whether a sentence does something to a report: "we support its findings", not "staff are supported" (pure)."""

import re
from collections.abc import Sequence, Set

from vectorstore.words import stem, tokens

_NOUNS = """
    report review inspection recommendation finding conclusion observation judgement judgment determination proposal
    improvement
""".split()
PAPERS = frozenset(_NOUNS) | frozenset(f"{noun}s" for noun in _NOUNS)
REACH = 8  # words from a verb to what it is done to
NEAR = (
    5  # words from "are" to its participle ("are trained, supervised and supported"), from "the" to its noun
)
_BE = frozenset("is are was were be been being".split())
_POINTING = frozenset(
    "the this that these those its their your his her my our all any each both every".split()
)
_CLAUSE = re.compile(r"[.;:?!](?:\s|$)")


def acts_on_paper(sentence: str, verbs: Set[str]) -> bool:
    """Whether one of these verbs is done to a report, or to what it says, somewhere in a sentence.

    Of a sentence with none of them nothing can be told: it is taken to be so.

    Args:
        verbs: their stems.
    """
    stands = False
    for clause in _CLAUSE.split(sentence):
        words = tokens(clause)
        for at in (at for at, word in enumerate(words) if stem(word) in verbs):
            stands = True
            be = _passive(words, at)
            if be is None and _papers(words, range(at + 1, min(len(words), at + 1 + REACH))):
                return True
            if be is not None and _papers(words, range(max(0, be - 3), be)):
                return True  # "the report is supported by …"
    return not stands


def _passive(words: Sequence[str], at: int) -> int | None:
    """Return where the "are" of a participle stands, or the participle before "by"; None for another form."""
    if not words[at].endswith(("ed", "en", "wn")):
        return None
    be = next((i for i in range(at - 1, max(-1, at - 1 - NEAR), -1) if words[i] in _BE), None)
    return at if be is None and words[at + 1 : at + 2] == ["by"] else be


def _papers(words: Sequence[str], places: range) -> bool:
    """Whether a report stands there as a thing: "the report", "eight recommendations", and not "to report"."""
    return any(
        words[at] in PAPERS
        and words[at - 1 : at] != ["to"]
        and (words[at].endswith("s") or not _POINTING.isdisjoint(words[max(0, at - NEAR) : at]))
        for at in places
    )
