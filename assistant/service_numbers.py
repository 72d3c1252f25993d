"""Numbers that count nothing but are what something is called, as letters use them: 999, 101, 112 (pure)."""

import re
from collections import defaultdict
from collections.abc import Sequence

from assistant.draft_figures import find_figures
from vectorstore.letter import Letter
from vectorstore.words import rarity, stem

# A number of three digits and the noun that it stands before, or what says that it stands for something itself.
_CALLED = re.compile(
    r"(?<![\d,./£$€-])(?:\b(?P<article>(?i:an?|each|every|any))[ \n])?\b(?P<digits>[1-9]\d\d)[ \n]"
    r"(?P<noun>[A-Za-z]{3,})\b"
)
_USED = re.compile(
    r"\b(?:us(?:e[sd]?|ing)|dial(?:s|led|ling)?|call(?:s|ed|ing)?|ring(?:ing)?|phon(?:e|ing)|via|through|in|on|or) "
    r"(?P<digits>[1-9]\d\d)(?=[.,;:)](?!\d)| (?:or|and|but|is|was|to)\b)"
)
_PLURAL = re.compile(r"\b[a-z]{3,}s\b")
_TELLS = 1.0  # as vectorstore.words.rarity
_OFTEN = 3


def service_numbers(letters: Sequence[Letter]) -> dict[str, frozenset[str]]:
    """Return numbers that are what something is called, as "999" in "a 999 call": each with the stems of its nouns.

    What a number counts is in the plural and has no article of one before it; and the same count, unless it is a
    round one, is not of several things in several letters.
    """
    plurals = {word for letter in letters for word in _PLURAL.findall(letter.text)}
    uses: dict[str, int] = defaultdict(int)
    nouns: dict[str, set[str]] = defaultdict(set)
    for letter in letters:
        here: set[tuple[str, str]] = set()
        for used in _USED.finditer(letter.text):
            uses[used["digits"]] += 2
        for called in _CALLED.finditer(letter.text):
            digits, noun = called["digits"], called["noun"]
            if rarity(noun.lower()) < _TELLS or any(figure.unit for figure in find_figures(called[0])):
                continue
            nouns[digits].add(stem(noun.lower()))
            if called["article"] or noun[0].isupper() or f"{noun}s" in plurals:
                uses[digits] += 2
            elif not digits.endswith("0"):
                here.add((digits, noun))
        for digits, _ in here:
            uses[digits] += 1
    return {digits: frozenset(nouns[digits]) for digits, count in uses.items() if count >= _OFTEN}
