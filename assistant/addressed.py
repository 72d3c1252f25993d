"""To whom a question says that letters go: by name, office or body, as their address blocks have them (pure)."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from assistant.lexicon import TITLES
from vectorstore.address import lines_addressed
from vectorstore.letter import CardField, Letter
from vectorstore.names import BODY_NOUN, OFFICE, PAPERS
from vectorstore.references import find_their_references
from vectorstore.words import rarity, stem, stems, tokens

_WHO = (
    r"(?:(?:the|an?|any|some) )?"
    r"(?P<who>(?!(?:the|an?|any|it|them|us|this|that|which|whom)\b)[\w'’&.-]+(?: [\w'’&.-]+){0,6}?)"
)
_ENDS = r"(?=['’]s\b|\W*$|[,;?]| (?:in|on|about|after|before|since|during|and|from|by|with|concerning|regarding)\b)"
_SENT = (
    r"(?:sent|send|went|go|goes|wr(?:ote|itten|ite|iting)|address(?:ed)?|letters?|repl(?:y|ies|ied)"
    r"|respon(?:ses?|d|ded))"
)
_TO = re.compile(rf"\b{_SENT}(?: (?:\w+ly|first|last))? to {_WHO}{_ENDS}", re.IGNORECASE)
_AT = re.compile(
    rf"^\W*(?:and |so )?(?:to )?whom? (?:at|in|within) {_WHO}(?= (?:did|does|do|has|have|was|were)\b)",
    re.IGNORECASE,
)
_THEIR_REFERENCE = re.compile(
    r"\byour ref\b|\byour reference\b|(?:the |an? )?(?P<whose>[\w-]+(?: [\w-]+){0,3})['’]s? (?:own )?ref(?:erence)?\b"
    r"|\bref(?:erence)?(?: number| no\.?)? (?:of|from) (?:the |an? )?(?P<of>[\w-]+(?: [\w-]+){0,3}?)(?=\W*$| in\b)",
    re.IGNORECASE,
)
_DEAR = re.compile(r"\bDear ([^\n,:]{3,60})")
_COMMON = 0.8  # as vectorstore.words.rarity: words that tell nobody from another


class Addressed(NamedTuple):
    """Somebody to whom a question says that letters go, where it says so (in code points), and the letters that do."""

    name: str
    span: tuple[int, int]
    letters: tuple[Letter, ...]


def addressed_to(question: str, letters: Sequence[Letter]) -> Addressed | None:
    """Return to whom the letters go that a question asks for, and which of these do; None where it names nobody.

    A name that no address has counts only where it is written as one, or is an office's or a body's noun.
    """
    found = _AT.search(question) or _TO.search(question)
    asked = _telling(found["who"]) if found else set()
    if found is None or not asked:
        return None
    theirs = tuple(letter for letter in letters if asked <= _receiving(letter))
    name = found["who"].rstrip(".")
    is_name = (
        name[0].isupper() or OFFICE.search(name.title()) or BODY_NOUN.search(name.title())
    ) and not PAPERS.search(name)
    return Addressed(found["who"], found.span("who"), theirs) if theirs or is_name else None


def their_references(question: str, letters: Sequence[Letter]) -> list[tuple[Letter, CardField]] | None:
    """Return the references of those to whom letters go; None where a question asks for no such."""
    found = _THEIR_REFERENCE.search(question)
    if not found:
        return None
    whose = _telling(found["whose"] or found["of"] or "")
    if (found["whose"] or found["of"]) and not any(
        whose and whose <= _receiving(letter) - _writing(letter) for letter in letters
    ):
        return None
    return [
        (letter, reference)
        for letter in letters
        if whose <= _receiving(letter)
        for reference in find_their_references(letter.text, letter.blocks)[:1]
    ]


def _telling(words: str) -> set[str]:
    return {
        stem(word)
        for word in tokens(re.sub(r"['’]s\b", "", words))
        if rarity(word) > _COMMON and word not in TITLES | {"mp"}
    }


@lru_cache(maxsize=100_000)
def _receiving(letter: Letter) -> frozenset[str]:
    """Return the stems by which a letter's addressees are known, initials of their bodies among them."""
    lines = [line.value for line in lines_addressed(letter.text, letter.blocks, letter.card.addressees)]
    header = (letter.text[block.start : block.end] for block in letter.blocks if block.role == "header")
    greeted = (found[1] for text in header for found in _DEAR.finditer(text))
    known = {word for part in (*letter.card.values("addressee"), *lines, *greeted) for word in stems(part)}
    return frozenset(known.union(*(map(stem, _initials(line)) for line in lines)))


def _writing(letter: Letter) -> set[str]:
    return {word for name in ("author", "office", "area") for word in stems(letter.card.value(name) or "")}


def _initials(body: str) -> list[str]:
    words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", body) if word[0].isupper()]
    short = "".join(word[0] for word in words).lower() if len(words) > 2 else ""
    # "Ofgem" of the Office of Gas and Electricity Markets.
    return [short, f"of{short[1:]}"] if words and words[0] == "Office" and short else [short] * bool(short)
