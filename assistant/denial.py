"""Whether a sentence denies what is asked: "we do not accept it" of "agree", "we have no pilots" of "have" (pure)."""

import re
from collections.abc import Iterator, Sequence

from assistant.stance import act_of, told_by
from assistant.terms import Terms
from vectorstore.words import stem, tokens

# As `tokens` has them: "don't" is "dont".
_NOT = frozenset(
    """
    not never cannot cant wont dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt couldnt wouldnt shouldnt
    unable neither nor hardly
    """.split()
)
# What may stand between "not" and the verb that it denies: "not in a position to support".
_LIGHT = frozenset(
    """
    be been being able in a position to yet at all any i we can could would will may might wish want feel minded ready
    willing prepared have had do as present longer
    """.split()
)
_NO_DENIAL = frozenset("only just least doubt merely simply".split())  # "not only", "no doubt"
_NONE = frozenset("no without neither nor".split())
REACH = 2  # words from "no" to the noun that it denies: "no reportable incident"
_CLAUSE = re.compile(
    r"[.;:?!](?:\s|$)|,\s+(?:but|and|yet|although|though|while)\s|\s(?:but|although|though|while)\s"
)


def denies(sentence: str, terms: Terms) -> bool:
    """Whether a sentence has what those asked for are to do, or to have, and nowhere without denying it."""
    if not terms.had and act_of(terms.demanded):
        told = list(told_by(sentence, terms, _is_denied))
    else:
        told = [told for clause in _CLAUSE.split(sentence) for told in _told(tokens(clause), terms)]
    return bool(told) and not any(told)


def _told(words: Sequence[str], terms: Terms) -> Iterator[bool]:
    """Yield of each word for what is to be done or had whether the clause says it, and does not deny it."""
    stemmed = [stem(word) for word in words]
    if terms.had:
        heads = _with_others(frozenset(_heads(terms)[:1]), terms)
        yield from (not _has_none(words, at) for at, word in enumerate(stemmed) if word in heads)
    elif terms.demanded:
        verbs = _with_others(terms.demanded, terms)
        yield from (not _is_denied(words, at) for at, word in enumerate(stemmed) if word in verbs)


def _heads(terms: Terms) -> list[str]:
    """Return the noun of each phrase that is looked for: "incident" of "reportable incidents in the harbour"."""
    said = ([word for word in phrase.stems if word in terms.weights] for phrase in terms.phrases)
    return [words[-1] for words in said if words]


def _with_others(stems: frozenset[str], terms: Terms) -> frozenset[str]:
    return stems | {way.stem for way in terms.ways if way.of in stems and not way.loose}


def _is_denied(words: Sequence[str], at: int) -> bool:
    """Whether a verb is denied: by a "not" before it with nothing but light words between, or by "no" after it."""
    before = at - 1
    while before >= 0 and (words[before] in _LIGHT or _is_adverb(words[before])):
        before -= 1
    if list(words[at - 1 : at]) in (["no"], ["without"]):
        return True  # "no objection"
    if before >= 0 and (words[before] in _NOT or list(words[before : before + 2]) == ["no", "longer"]):
        return True
    return list(words[at + 1 : at + 2]) in (["no"], ["neither"], ["none"])


def _is_adverb(word: str) -> bool:
    return word.endswith("ly") and word not in _NO_DENIAL


def _has_none(words: Sequence[str], at: int) -> bool:
    """Whether a noun is denied: "no reportable incident", "do not have any pilots"."""
    for before in range(at - 1, max(-1, at - 2 - REACH), -1):
        if words[before] in _NONE and words[before + 1] not in _NO_DENIAL:
            return True
    before = at - 1
    while before >= 0 and (words[before] in _LIGHT or words[before] in {"employ", "keep", "our", "own"}):
        before -= 1
    return before >= 0 and words[before] in _NOT
