"""Whether a page's text layer can be believed: by its own words, and against what OCR sees on the page (pure)."""

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import Literal

Verdict = Literal["sound", "doubtful", "broken"]

_WORD = re.compile(r"[^\W\d_]{2,}")
_VOWEL = re.compile(r"[aeiouyw]")
# Three quarters of English are made of these, and of Welsh, French or German; of letters put in others' places, half.
_FREQUENT = frozenset("adeilnorsty")
# Control characters, private use, and the mark for what could not be decoded.
_MEANINGLESS = re.compile("[\0-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
_LETTER_TOKEN = re.compile(r"[^\W_]{3,}")


def judge(text: str) -> Verdict:
    """Judge a text layer by its words.

    A wrong character map gives symbols, characters that no font has a meaning for, or letters that make no words.
    Names, Welsh and tables of figures are no English words either: what only looks odd is doubtful, for OCR to decide.
    """
    characters = "".join(text.split())
    if not characters:
        return "sound"
    if len(_MEANINGLESS.findall(characters)) > 0.1 * len(characters):
        return "broken"
    words = [word.lower() for word in _WORD.findall(text)]
    if len(words) < 8:
        # Too few to tell by, unless what should be letters is none.
        symbols = sum(not c.isalnum() for c in characters)
        return "doubtful" if len(characters) >= 40 and symbols > 0.6 * len(characters) else "sound"
    if known_share(words) >= 0.5:
        return "sound"
    return "doubtful" if _may_be_language(words) else "broken"


def _may_be_language(words: list[str]) -> bool:
    """Return whether words that English does not know may be some other language's: by letters and vowels."""
    plain = [unicodedata.normalize("NFD", word) for word in words]
    letters = [letter for word in plain for letter in word if letter.isalpha()]
    frequent = sum(letter in _FREQUENT for letter in letters) / len(letters)
    voiced = sum(_VOWEL.search(word) is not None for word in plain) / len(plain)
    return frequent >= 0.62 and voiced >= 0.75


def known_share(words: list[str]) -> float:
    """Return which share of these lower-case words English knows, weighed by length; 0 for none.

    Source: the words of wordfreq's list for English (Speer 2022), some 30,000.
    """
    known = _english()
    return sum(len(word) for word in words if word in known) / max(1, sum(map(len, words)))


@cache
def _english() -> frozenset[str]:
    import wordfreq  # only pages need it

    return frozenset(wordfreq.get_frequency_dict("en", wordlist="small"))


def agreement(layer: str, seen: str) -> float:
    """Return which share of the text layer's words and numbers OCR sees too, 0 to 1; 1 where there are none."""
    ours, theirs = _tokens(layer), _tokens(seen)
    return (ours & theirs).total() / ours.total() if ours else 1.0


def unseen(layer: str, seen: str) -> int:
    """Count the words that OCR sees and the text layer lacks, those alone that English knows.

    What OCR makes of a logo or a photograph is mostly no word.
    """
    lacking = (_tokens(seen) - _tokens(layer)).elements()
    known = _english()
    return sum(word in known for word in lacking)


def _tokens(text: str) -> Counter[str]:
    return Counter(token.lower() for token in _LETTER_TOKEN.findall(text))
