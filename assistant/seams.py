"""Where what a quotation leaves out, or puts in brackets, is no harmless matter: a denial, a figure, a name (pure)."""

import re
from collections.abc import Collection

from assistant.carry import denies
from assistant.draft_figures import find_figures
from assistant.fold import plain
from vectorstore.names import OFFICE
from vectorstore.words import rarity, tokens

_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s|\n\s*\n")
_NAME = re.compile(r"\b[A-Z][\w'’-]*[A-Za-z0-9]\b")
_TELLS = 2.0  # rarity from which a word with a capital is a name
_FIRST_TELLS = 3.0  # the same, where a sentence may begin with it
_CLOSE_WORDS = 6


def changes_sense(dropped: str, put: str, kept: str, names: Collection[str]) -> bool:
    """Whether leaving words out between two runs of a quotation, or putting others there, changes what it says.

    Args:
        dropped: the letter's words between the runs.
        put: the drafter's words in brackets there, or "".
        kept: what the quotation keeps, and what the letter's card says: a name of these is nothing new.
        names: small-letter words that are names.
    """
    pieces = _SENTENCE_END.split(dropped)
    left, right = pieces[0], pieces[-1] if len(pieces) > 1 else ""
    is_within = len(pieces) == 1 or (_has_words(left) and _has_words(right))
    # Whole sentences may be left out, and the rest of one after which another begins.
    lost = f"{left} {right}" if is_within else right
    if denies(plain(lost)) != denies(plain(put)):
        return True
    known = set(tokens(kept))
    if is_within and (_figures(lost) - _figures(put) or _names(lost, names) - _names(put, names) - known):
        return True
    return bool(_figures(put) - _figures(dropped) or _names(put, names) - known - set(tokens(dropped)))


def changes_edge(near: str, sentence: str, put: str, kept: str, names: Collection[str]) -> bool:
    """Whether words in brackets at an end of a quotation change what it says.

    Args:
        near: the letter's words of the same sentence beyond that end, from the quotation outwards.
        sentence: the whole of them.
    """
    if denies(plain(near)) != denies(plain(put)):
        return True
    known = set(tokens(f"{kept} {sentence}"))
    first = _NAME.match(put)
    new = _names(put, names) - known
    if first and not new <= set(names):
        new -= {word for word in tokens(first[0]) if rarity(word) < _FIRST_TELLS}
    return bool(_figures(put) - _figures(sentence) or new)


def close_to(before: str, *, at_end: bool) -> str:
    """Return the few words that stand nearest to a quotation."""
    words = before.split()
    return " ".join(
        words[-_CLOSE_WORDS:] if at_end else re.split(r"[;:.]", before, maxsplit=1)[0].split()[:_CLOSE_WORDS]
    )


def _has_words(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _figures(text: str) -> set[tuple[str, str]]:
    return {(figure.value, figure.unit) for figure in find_figures(text)}


def _names(text: str, names: Collection[str]) -> set[str]:
    """Return the names of a run of words, in small letters; an office is none."""
    return {
        word
        for found in _NAME.findall(OFFICE.sub(" ", text))
        for word in tokens(found)
        if word in names or rarity(word) >= _TELLS
    }
