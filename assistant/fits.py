"""Whether a sentence holds the kind of thing that was asked for: figure, date, name, place, position (pure)."""

import re

from assistant.cues import AGED, DATES, ON_PAPER, PLACED, WHEN
from assistant.letterhead import shows
from assistant.terms import Terms
from vectorstore.words import rarity, stem, stems, tokens

NEAR_WORDS = 7  # between a number and what it counts
ALL_OR_NONE = frozenset("every all none both".split())
NUMBER_WORDS = frozenset(
    """
    one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand
    million billion dozen half third quarter
    """.split()
)
# After a number that stands alone: "389 of them", "six in every hundred", "31 were".
_SMALL = frozenset(
    """
    of in were was are is have had has did do does came went said and or but to at on by from for out per who which
    that this more less fewer others
    """.split()
)
NEAR_POST = 6  # words between a post and its holder's name
# A person's name is made of words that English has little other use for; "Home Office" is not.
NAME_RARITY = 3.0
# "A support worker", "the guard of the train": nouns for those who do a thing, most of them known by how they end.
_DOER = re.compile(
    r"\b(?:a|an|the|our|its|their|his|her|every|each|two|three|by) (?:[\w-]+ ){0,3}?"
    r"(?P<doer>\w{3,}(?:ers?|ors?|ists?|ians?)|guards?|nurses?|midwi(?:fe|ves)|staff|teams?|police|people)\b",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    """
    after another answer better centre chapter computer december door earlier either error ever factor floor
    former further greater however later latter letter letters major matter matters minor never newer november
    number numbers october offer older order orders other others over paper papers power quarter rather river sector
    september summer together tower transfer under water weather whether winter
    """.split()
)


def answers_type(sentence: str, terms: Terms, around: str = "") -> bool:
    """Whether a sentence holds the kind of thing that was asked for, apart from the question's own words.

    Args:
        around: the sentence's passage, which may name what a number counts ("… points. We found 57 of them.").
    """
    if terms.contact:
        return shows(terms.contact, sentence)
    if terms.answer == "figure":
        return _gives_figure(sentence, terms, around)
    if terms.answer == "date":
        return bool(WHEN.search(sentence))
    if terms.answer == "name":
        return _names_somebody(sentence, terms)
    if terms.answer == "stance":
        return bool(ON_PAPER.search(sentence))
    if terms.answer == "place":
        return any(_new(found["place"], terms) for found in PLACED.finditer(sentence))
    return True


def _gives_figure(sentence: str, terms: Terms, around: str) -> bool:
    if terms.money:
        return bool(re.search(r"[£$€]\s?\d|\b(?:pounds|dollars|euros)\b", sentence))
    if terms.age:
        return bool(AGED.search(sentence))
    # A date and a list's number are no figures.
    words = tokens(DATES.sub(" ", sentence))
    held = [stem(word) for word in words]
    said = NUMBER_WORDS | ALL_OR_NONE if terms.share else NUMBER_WORDS
    numbers = [
        at
        for at, word in enumerate(words)
        if (word[0].isdigit() or word in said) and held[at] not in terms.weights
    ]
    asked = {word for word in terms.named if word[0].isdigit()}
    if not numbers or not asked <= set(held):
        return False
    counted = [at for at, word in enumerate(held) if word == terms.counted]
    if counted:
        # "478,000 - 999 calls" counts calls; "call handling, not just 101" does not.
        return any(abs(at - number) <= NEAR_WORDS for at in counted for number in numbers)
    if not terms.counted:
        return True
    # "We found 57 of them" may count what the passage names; "at six stations" counts stations.
    return terms.counted in stems(around) and any(not _counts(words, at) for at in numbers)


def _counts(words: list[str], at: int) -> bool:
    """Whether the number at this place stands straight before a plural of its own, with a word between or none."""
    after = words[at + 1 : at + 3]
    if after and after[0] in _SMALL:
        return False
    return any(len(word) > 3 and word.endswith("s") and not word.endswith("ss") for word in after)


def _names_somebody(sentence: str, terms: Terms) -> bool:
    capitals = re.findall(r"(?<!^)(?<![.!?] )\b[A-Z][\w'’&.-]*[A-Za-z]", sentence)
    new = [word for word in capitals if _new(word, terms)]
    held = stems(sentence)
    posts = [at for at, word in enumerate(held) if word in terms.post]
    if posts:
        # "Our head of compliance, Sunil Mather": a name farther off is somebody else's.
        names = [
            at for at, word in enumerate(held) if word in {stem(t) for name in new for t in tokens(name)}
        ]
        return any(abs(a - b) <= NEAR_POST for a in posts for b in names)
    if terms.person:
        return any(rarity(tokens(word)[0]) > NAME_RARITY and not word.isupper() for word in new)
    return bool(new) or (terms.actor and _does(sentence, terms))


def _does(sentence: str, terms: Terms) -> bool:
    """Whether a sentence speaks of somebody by post or trade: "the line is answered by a support worker"."""
    return any(
        found["doer"].lower() not in _NOBODY and _new(found["doer"], terms)
        for found in _DOER.finditer(sentence)
    )


def _new(words: str, terms: Terms) -> bool:
    """Whether none of these words stands in the question."""
    return not set(map(stem, tokens(words))) & set(terms.weights)
