"""Word families and close synonyms of English: "apology" and "apologise", "buy" and "purchase".

The data come from WordNet 3.0 (`scripts/word_families.py` writes them; licence beside them).
"""

import gzip
import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).resolve().parent / "data" / "word_families.txt.gz"
_DETACHED = (
    ("ies", "y"),
    ("es", "e"),
    ("es", ""),
    ("s", ""),
    ("ied", "y"),
    ("ed", "e"),
    ("ed", ""),
    ("ing", "e"),
    ("ing", ""),
)
_DOUBLED = re.compile(r"(\w+([bdgklmnprtvz]))\2(?:ed|ing)$")  # "stopped", "travelling"


class Synonym(NamedTuple):
    """Another word; `plain` where it and the word it stands for hardly mean but one thing."""

    text: str
    plain: bool


def family(word: str) -> tuple[str, ...]:
    """Return the words made of this lower-case word or it of them, other spellings and irregular forms; in order.

    What has the word's own stem is left out.
    """
    return _entry(word)[0]


def synonyms(word: str) -> tuple[Synonym, ...]:
    """Return words that mean the same as this lower-case one in what both often mean; in order."""
    return _entry(word)[1]


def kinds(word: str) -> tuple[str, ...]:
    """Return the words for kinds of what this lower-case word means: "falcon" for "bird"; in order."""
    return tuple(dict.fromkeys(kind for form in bases(word) for kind in _kinds().get(form, ())))


@lru_cache(maxsize=10_000)
def _entry(word: str) -> tuple[tuple[str, ...], tuple[Synonym, ...]]:
    entries = [_table()[form] for form in bases(word) if form in _table()]
    kin = dict.fromkeys(other for family, _, _ in entries for other in family.split())
    others = dict.fromkeys(other for _, alike, _ in entries for other in alike.split())
    return tuple(kin), tuple(Synonym(other.removesuffix("!"), other.endswith("!")) for other in others)


def bases(word: str) -> list[str]:
    """Return what a word may be an inflected form of, itself first; not each is a word.

    Source: WordNet's rules of detachment, morphy(7).
    """
    found = [word]
    for ending, instead in _DETACHED:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            found.append(word[: -len(ending)] + instead)
    doubled = _DOUBLED.match(word)
    return list(dict.fromkeys([*found, doubled[1]] if doubled else found))


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, str, str]]:
    lines = gzip.decompress(DATA.read_bytes()).decode("ascii").splitlines()
    return {word: (kin, others, over) for word, kin, others, over in (line.split("\t") for line in lines)}


@lru_cache(maxsize=1)
def _kinds() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for word, (_, _, over) in _table().items():
        for broader in over.split():
            found[broader].append(word)
    return found
