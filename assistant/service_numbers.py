"""Numbers that count nothing but are what something is called, as letters use them: 999, 101, 112 (pure)."""

import re
from collections import defaultdict
from collections.abc import Sequence

from assistant.draft_figures import find_figures
from vectorstore.letter import Letter
from vectorstore.words import rarity, stem

_NUMBER = re.compile(r"[1-9]\d\d(?![\w%/-]|[.,]\d)")
_ARTICLE = re.compile(r"\b(?:an?|each|every|any)[ \n]$", re.IGNORECASE)
_NOUN = re.compile(r"[ \n]([A-Za-z]{3,})\b")
# What says that it stands for something itself: "dial 101,", "in 999 but".
_USE = re.compile(
    r"\b(?:us(?:e[sd]?|ing)|dial(?:s|led|ling)?|call(?:s|ed|ing)?|ring(?:ing)?|phon(?:e|ing)|via|through|in|on|or) $"
)
_ALONE = re.compile(r"[.,;:)](?!\d)| (?:or|and|but|is|was|to)\b")
_TELLS = 1.0  # as vectorstore.words.rarity
_OFTEN = 3


def service_numbers(letters: Sequence[Letter]) -> dict[str, frozenset[str]]:
    """Return numbers that are what something is called, as "999" in "a 999 call": each with the stems of its nouns.

    What a number counts is in the plural and has no article of one before it; and the same count, unless it is a
    round one, is not of several things in several letters.
    """
    words = set[str]().union(*(letter.text.split() for letter in letters))
    uses: dict[str, int] = defaultdict(int)
    nouns: dict[str, set[str]] = defaultdict(set)
    for letter in letters:
        here: set[tuple[str, str]] = set()
        for number in _NUMBER.finditer(letter.text):
            start, end = number.span()
            before, after = letter.text[max(0, start - 12) : start], letter.text[end : end + 40]
            if before[-1:].isalnum() or before[-1:] in {*",./£$€-–—"}:
                continue
            digits, following = number[0], _NOUN.match(after)
            if _USE.search(before) and _ALONE.match(after):
                uses[digits] += 2
            elif following and rarity(following[1].lower()) >= _TELLS:
                noun = following[1]
                if any(figure.unit for figure in find_figures(digits + after[: following.end()])):
                    continue
                nouns[digits].add(stem(noun.lower()))
                is_plural_known = any(f"{noun}s{mark}" in words for mark in ("", ",", "."))
                if _ARTICLE.search(before) or noun[0].isupper() or is_plural_known:
                    uses[digits] += 2
                elif not digits.endswith("0"):
                    here.add((digits, noun))
        for digits, _ in here:
            uses[digits] += 1
    return {digits: frozenset(nouns[digits]) for digits, count in uses.items() if count >= _OFTEN}
