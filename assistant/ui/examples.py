"""Example questions for an empty chat, made from the letters at hand. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from assistant.ui.wording import values
from vectorstore.letter import CARD_FIELDS, QUOTABLE_ROLES, Letter

MAX_CHARS = 110

_ABBREVIATION = re.compile(r"\b[A-Z]{3,8}\b")


def examples(letters: Sequence[Letter], *, limit: int = 4) -> list[str]:
    """Return up to `limit` questions that these letters suggest, one of each kind first."""
    kinds = [list(make(letters)) for make in (_said, _which, _changed, _wrote)]
    longest = max(len(kind) for kind in kinds)
    in_turn = (kind[at] for at in range(longest) for kind in kinds if at < len(kind))
    fitting = [question for question in dict.fromkeys(in_turn) if len(question) <= MAX_CHARS]
    return fitting[:limit]


def _said(letters: Sequence[Letter]) -> Iterator[str]:
    """Ask what an author says about a word that several letters use but not all."""
    for word in _shared_abbreviations(letters):
        for letter in letters:
            author = letter.card.value("author")
            if author and word in _abbreviations(letter):
                yield f"What does {author} say about {word}?"
                break


def _which(letters: Sequence[Letter]) -> Iterator[str]:
    """Ask which letters mention such a word."""
    for word in _shared_abbreviations(letters):
        yield f"Which letters mention {word}?"


def _changed(letters: Sequence[Letter]) -> Iterator[str]:
    """Ask what changed where letters from one area, or by one author, are of different years."""
    years: dict[str, set[str]] = defaultdict(set)
    for letter in letters:
        name, written = letter.card.value("area") or letter.card.value("author"), letter.card.value("date")
        if name and written:
            years[name].add(written[:4])
    for name, written_in in years.items():
        if len(written_in) > 1:
            yield f"What changed for {name} between {min(written_in)} and {max(written_in)}?"


def _wrote(letters: Sequence[Letter]) -> Iterator[str]:
    """Ask who wrote to an addressee."""
    for addressee in values(letters, "addressee"):
        yield f"Who wrote to {addressee}?"


def _shared_abbreviations(letters: Sequence[Letter]) -> list[str]:
    """Return the abbreviations that more than one letter uses but not all; the longest, which tell most, first.

    Those on the cards are left out: they name who inspects and reports, not what happened.
    """
    values_of = (letter.card.value(name) or "" for letter in letters for name in CARD_FIELDS)
    on_cards = {word for value in values_of for word in _ABBREVIATION.findall(value)}
    used = Counter(word for letter in letters for word in _abbreviations(letter))
    shared = [word for word, count in used.items() if 1 < count < len(letters) and word not in on_cards]
    return sorted(shared, key=lambda word: (-len(word), word))


def _abbreviations(letter: Letter) -> set[str]:
    """Return the words in capitals within the letter's own sentences."""
    own = (letter.text[block.start : block.end] for block in letter.blocks if block.role in QUOTABLE_ROLES)
    return {word for sentence in own if not sentence.isupper() for word in _ABBREVIATION.findall(sentence)}
