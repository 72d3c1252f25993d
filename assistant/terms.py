"""What a question asks for: its telling words, what it names, and the kind of thing that would answer (pure)."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.cues import (
    CONTACT_DETAIL,
    COUNTED,
    DATE,
    DATES,
    FIGURE,
    FIGURE_ONLY,
    MONEY,
    NAME,
    OVERVIEW,
    PERSON,
    PREMISE,
    WHAT_SAYS,
    WHEN,
)
from assistant.lexicon import TITLES, Mention
from vectorstore.furniture import CONTACT
from vectorstore.words import rarity, stem, stems, tokens

AnswerType = Literal["figure", "date", "name", "any"]

# English words that frame a question about a text; they say nothing about what is asked for.
_FRAME = frozenset(
    """
    what which who whom whose when where why how do does did is are was were has have had will would can
    could should may might must the a an of in on at to for from by with about and or any all there
    their its his her he she they it them this that these those say says said saying tell tells told
    mention mentions mentioned state states stated letter letters reply replies response responses write
    writes wrote written writing author authors according please give list show find me us i we you your
    our my not no yes think thinks thought talk talks discuss discusses discussed describe describes
    described refer refers report reports reported much many regarding concerning explain explains be
    been being get gets got so as than then some something anything someone anyone somebody anybody sort
    kind type carry carried one ones each every also too except besides apart excluding
    just same like if whether into out up else other anywhere
    """.split()
)
NEAR_WORDS = 7  # between a number and what it counts
NUMBER_WORDS = frozenset(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
    million billion dozen half third quarter every all none both once twice
    """.split()
)


@dataclass(frozen=True, slots=True)
class Terms:
    """What is looked for.

    Args:
        weights: how much each telling stem counts, from `vectorstore.words.rarity`.
        named: stems of names, acronyms and numbers, which evidence must hold: there is no other way to say them.
        pairs: neighbouring telling stems, such as "domestic abuse".
        strict: the answer type must be met, not only preferred.
        counted: stem of the thing whose number is asked for, or "".
        money: whether the figure asked for is a sum of money.
        person: whether somebody's name is asked for.
        contact: whether a telephone number, address or the like is asked for, which letterheads hold.
        overview: whether the letter as a whole is asked about.
        premise: whether the question takes something for granted ("why did …"); the letters may say otherwise.
    """

    weights: dict[str, float]
    named: frozenset[str]
    pairs: tuple[tuple[str, str], ...]
    answer: AnswerType
    strict: bool
    counted: str = ""
    money: bool = False
    person: bool = False
    contact: bool = False
    overview: bool = False
    premise: bool = False


def find_terms(
    question: str, mentions: Sequence[Mention] = (), leave_out: frozenset[str] = frozenset()
) -> Terms:
    """Return what a question asks for, leaving out the names that only say which letters are meant.

    Args:
        leave_out: further stems that do not say what is asked for.
    """
    words = tokens(question)
    scoped = {at for mention in mentions for at in range(mention.start, mention.end)}
    telling = [
        at
        for at, word in enumerate(words)
        if at not in scoped
        and word not in _FRAME | TITLES
        and rarity(word) > 0.8
        and stem(word) not in leave_out
    ]
    named = frozenset(stem(words[at]) for at in telling if at in _named(question))
    pairs = tuple((stem(words[a]), stem(words[b])) for a, b in itertools.pairwise(telling) if b == a + 1)
    answer, strict = _answer_type(question)
    contact = bool(CONTACT_DETAIL.search(question))
    counted = COUNTED.search(question)
    return Terms(
        weights={stem(words[at]): min(rarity(words[at]), rarity(stem(words[at]))) for at in telling},
        named=named,
        pairs=pairs,
        answer=answer,
        strict=strict or contact,
        counted=stem(tokens(counted["counted"])[-1]) if counted and tokens(counted["counted"]) else "",
        money=bool(MONEY.search(question)),
        person=bool(PERSON.search(question)),
        contact=contact,
        overview=bool(OVERVIEW.search(question))
        or (bool(mentions) and not telling and bool(WHAT_SAYS.search(question))),
        premise=bool(PREMISE.search(question)),
    )


def _named(question: str) -> set[int]:
    """Return the positions of tokens that are written as names: capitals inside a sentence, or digits (but years)."""
    found: set[int] = set()
    at = 0
    for piece in re.findall(r"\S+", question):
        bare = piece.strip("\"'“”‘’().,;:!?")
        for offset, token in enumerate(tokens(piece)):
            year = re.fullmatch(r"(?:19|20)\d\d", token) or re.search(r"\d/\d", bare)
            capital = bare[:1].isupper() and (at > 0 or bare[1:2].isupper() or any(c.isdigit() for c in bare))
            if (capital or any(c.isdigit() for c in bare) or sum(c.isupper() for c in bare) > 1) and not year:
                found.add(at + offset)
        at += len(tokens(piece))
    return found


def _answer_type(question: str) -> tuple[AnswerType, bool]:
    if DATE.search(question):
        return "date", True
    if FIGURE.search(question):
        return "figure", bool(FIGURE_ONLY.search(question))
    if NAME.search(question):
        return "name", True
    return "any", False


def answers_type(sentence: str, terms: Terms, around: str = "") -> bool:
    """Whether a sentence holds the kind of thing that was asked for, apart from the question's own words.

    Args:
        around: the sentence's passage, which may name what a number counts ("… points. We found 57 of them.").
    """
    if terms.contact:
        return bool(CONTACT.search(sentence))
    if terms.answer == "figure":
        if terms.money:
            return bool(re.search(r"[£$€]\s?\d|\b(?:pounds|dollars|euros)\b", sentence))
        # A date and a list's number are no figures.
        words = tokens(DATES.sub(" ", sentence))
        held = [stem(word) for word in words]
        numbers = [
            at
            for at, word in enumerate(words)
            if (word[0].isdigit() or word in NUMBER_WORDS) and held[at] not in terms.weights
        ]
        asked = {word for word in terms.named if word[0].isdigit()}
        if not numbers or not asked <= set(held):
            return False
        counted = [at for at, word in enumerate(held) if word == terms.counted]
        if counted:
            # "478,000 - 999 calls" counts calls; "call handling, not just 101" does not.
            return any(abs(at - number) <= NEAR_WORDS for at in counted for number in numbers)
        return not terms.counted or terms.counted in stems(around)
    if terms.answer == "date":
        return bool(WHEN.search(sentence))
    if terms.answer == "name":
        capitals = re.findall(r"(?<!^)(?<![.!?] )\b[A-Z][\w'’&.-]*[A-Za-z]", sentence)
        new = [word for word in capitals if not set(map(stem, tokens(word))) & set(terms.weights)]
        # A person's name is made of words that English has no other use for; "Home Office" is not.
        return (
            any(rarity(tokens(word)[0]) > 3.0 and not word.isupper() for word in new)
            if terms.person
            else bool(new)
        )
    return True
