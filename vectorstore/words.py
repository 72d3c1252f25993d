"""Words of a text as search sees them: folded, stemmed, and weighed by how rare they are in English."""

import re
import threading
import unicodedata
from functools import lru_cache

import Stemmer

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_SHORTEST = 2  # letters of a part of a word
_KEPT_CHARACTERS = 2000
_JOINS = 0.8  # as `rarity`
# A Snowball stemmer keeps state and is not safe to share between threads.
_local = threading.local()


def _stemmer() -> "Stemmer.Stemmer":
    if not hasattr(_local, "stemmer"):
        _local.stemmer = Stemmer.Stemmer("english")
    stemmer: Stemmer.Stemmer = _local.stemmer
    return stemmer


def tokens(text: str) -> list[str]:
    """Return the words and numbers of `text`, lower case, possessives and thousands' commas taken off."""
    folded = unicodedata.normalize("NFKC", text).replace("’", "'").replace("ʼ", "'").lower()
    # Only numbers have commas in them, only words apostrophes, and few have either.
    return [
        token if token.isalnum() else token.removesuffix("'s").replace("'", "").replace(",", "")
        for token in _TOKEN.findall(folded)
    ]


@lru_cache(maxsize=50_000)
def stem(token: str) -> str:
    """Return the Snowball (English) stem of one lower-case token."""
    stemmed: str = _stemmer().stemWord(token)
    return stemmed


def stems(text: str) -> list[str]:
    """Return the stems of `text`, in order, repeats kept."""
    return list(_kept_stems(text)) if len(text) <= _KEPT_CHARACTERS else list(map(stem, tokens(text)))


@lru_cache(maxsize=4096)
def _kept_stems(text: str) -> tuple[str, ...]:
    # A question looks at the same sentences and passages several times.
    return tuple(map(stem, tokens(text)))


@lru_cache(maxsize=50_000)
def rarity(token: str) -> float:
    """Return how much a word tells, from 0 ("the") to about 7 (a word English hardly uses).

    Five letters cannot tell a rare word from a common one; English at large can. Numbers count as rare.

    Source: wordfreq's Zipf scale (Speer 2022), turned round.
    """
    if token[0].isdigit():
        return 5.0
    import wordfreq  # 0.1 s, and only answering needs it

    return max(0.0, 7.0 - wordfreq.zipf_frequency(token, "en"))


@lru_cache(maxsize=5000)
def halves(word: str) -> tuple[tuple[str, str], ...]:
    """Return the stems of each two words that a lower-case word may be made of: live and chat, of "livechat".

    Which of them are words, a text shows that has them side by side. A part so common that it joins others to
    anything is left out: "in form" is no other way to write "inform".
    """
    parts = (
        ((word[:at], word[at:]) for at in range(_SHORTEST, len(word) - _SHORTEST + 1))
        if word.isalpha()
        else ()
    )
    return tuple((stem(a), stem(b)) for a, b in parts if min(rarity(a), rarity(b)) > _JOINS)
