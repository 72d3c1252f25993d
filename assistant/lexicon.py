"""What the letters call each other: the names in a question that mean a letter's author, area, addressee or office.

All of it comes from the cards and from the letters' own definitions ("West Yorkshire Police (WYP)"), so that it
works on letters never seen before.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from vectorstore.letter import Letter
from vectorstore.names import find_name
from vectorstore.words import rarity, tokens

_DEFINED = re.compile(r"((?:[A-Z][\w'’-]+[ \n]+(?:of |and |the |for |& )*){1,7})\(([A-Z][A-Za-z]{1,9})\)")
TITLES = frozenset(
    """
    rt hon the right honourable mr mrs ms miss dr sir dame lord lady baroness baron professor prof cllr
    councillor
    """.split()
)
COMMON = 1.5  # as vectorstore.words.rarity: a commoner word alone names nobody
_COMPASS = frozenset(
    """
    north south east west northern southern eastern western greater upper lower mid inner outer
    """.split()
)
_JOINING = frozenset("of for and the".split())
_BODIES = _JOINING | frozenset(
    """
    police constabulary force council district borough county city parish trust authority university college school
    academy hospice hospital hospitals infirmary nhs board department ministry agency administration commission
    commissioner inspectorate office service services association institute society foundation fire rescue company
    water plc ltd limited inc
    """.split()
)


@dataclass(frozen=True, slots=True)
class Name:
    """A way to write one thing that narrows the letters.

    Args:
        words: lower-case tokens, as `vectorstore.words.tokens` gives them.
        field: the card's field that it stands for.
        value: that field's value, as a scope takes it.
        whole: False for a part of the name ("Manchester"), which other names may hold too.
    """

    words: tuple[str, ...]
    field: str
    value: str
    letter_ids: frozenset[str]
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a question: the tokens `[start, end)` of the question."""

    name: Name
    start: int
    end: int


def find_names(letters: Sequence[Letter]) -> list[Name]:
    """Return every name that narrows these letters, longest first."""
    found: dict[tuple[tuple[str, ...], str], tuple[_Way, set[str]]] = {}
    areas = {area for letter in letters if (area := letter.card.value("area"))}
    holding: dict[str, set[str]] = {}
    for area in areas:
        for word in tokens(area):
            holding.setdefault(word, set()).add(area)
    for letter in letters:
        for way in _ways(letter):
            if not way.whole and len(set.intersection(*(holding[word] for word in way.words))) != 1:
                continue  # a part that several areas have names none of them
            if way.words and (len(way.words) > 1 or rarity(way.words[0]) > COMMON):
                found.setdefault((tuple(way.words), way.field), (way, set()))[1].add(letter.id)
    names = [Name(tuple(w.words), w.field, w.value, frozenset(ids), w.whole) for w, ids in found.values()]
    return sorted(names, key=lambda name: (-len(name.words), name.words, name.field))


class _Way(NamedTuple):
    words: Sequence[str]
    field: str
    value: str
    whole: bool = True


# A new letter among thousands need not have all of them read again.
@lru_cache(maxsize=20_000)
def _ways(letter: Letter) -> tuple[_Way, ...]:
    """Return the ways to write what one letter's card holds."""
    return tuple(_found_ways(letter))


def _found_ways(letter: Letter) -> Iterator[_Way]:
    card = letter.card
    if area := card.value("area"):
        words = tokens(area)
        yield _Way(words, "area", area)
        for part in _telling_parts(words):
            yield _Way(part, "area", area, whole=False)
        for acronym in _acronyms(letter.text, words):
            yield _Way(acronym, "area", area)
    for field in ("author", "addressee"):
        for person in card.values(field):
            # An office or a body that signs has no surname.
            named = field == "addressee" or find_name(person, capitals=True) is not None
            for way in _person(person) if named else (person,):
                yield _Way(tokens(way), field, way)
    if office := card.value("office"):
        title = tokens(re.split(r"\b(?:for|of)\b", office)[0])
        initials = "".join(word[0] for word in title if word not in {"and", "of", "the"})
        yield _Way(title, "office", office)
        yield _Way([initials] if len(initials) > 2 else [], "office", office)
        yield _Way(title[-1:] if len(title) > 2 else [], "office", office)
    if reference := card.value("reference"):
        yield _Way(tokens(reference), "reference", reference)
    for block in letter.blocks:
        greeted = re.match(r"Dear ([^\n,:]{3,60})", letter.text[block.start : block.end])
        if block.role == "header" and greeted:
            words = [word for word in tokens(greeted[1]) if word not in TITLES]
            yield _Way(words if len(words) > 1 else [], "greeted", greeted[1].strip())


def _telling_parts(area: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield what an area is called for short: "Manchester" of Greater Manchester, "Leeds" of Leeds City Council."""
    bare = [word for word in area if word not in _COMPASS | _BODIES]
    at_least = 2.0 if len(bare) == 1 else 2.5
    is_body = any(word in _BODIES - _JOINING for word in area)
    for word in bare[:1] if is_body else bare:
        if len(area) > 1 and rarity(word) > at_least:
            yield [word]
    named = list(itertools.takewhile(lambda word: word not in _BODIES, area))
    if is_body and len(named) > 1:
        yield named


def _person(person: str) -> Iterator[str]:
    """Yield the ways to name somebody: in full, by surname, by first name and surname; without title and honours."""
    bare = re.sub(r"(?: [A-Z]{2,4})+$", "", person.split(",", maxsplit=1)[0].strip())
    words = [word for word in bare.split() if not TITLES.issuperset(tokens(word))]
    if words:
        yield from dict.fromkeys(
            (" ".join(words), words[-1], f"{words[0]} {words[-1]}" if len(words) > 1 else words[0])
        )


def _acronyms(text: str, area: Sequence[str]) -> list[list[str]]:
    """Return the short names that the letter defines for a body named after its area."""
    found = []
    for match in _DEFINED.finditer(text):
        words = tokens(match[1])
        named = [words[at : at + len(area)] for at in range(len(words))]
        if list(area) in named and match[2][0].lower() == area[0][0]:
            found.append(tokens(match[2]))
    return found


def find_mentions(question: str, names: Sequence[Name]) -> list[Mention]:
    """Return the names that a question holds, in order; of overlapping ones the longest."""
    words = tokens(question)
    capital = _capitals(question)
    taken: set[int] = set()
    found: list[Mention] = []
    for name in names:
        size = len(name.words)
        for at in range(len(words) - size + 1):
            span = range(at, at + size)
            if tuple(words[at : at + size]) != name.words:
                continue
            clash = [m for m in found if m.start < at + size and at < m.end]
            # One name may stand in two fields (an author who is also an addressee); part of a longer one may not.
            if clash and not all(m.start == at and m.end == at + size for m in clash):
                continue
            if not name.whole and at and (words[at - 1] in _COMPASS or (capital[at - 1] and at > 1)):
                continue
            taken.update(span)
            found.append(Mention(name, at, at + size))
    return sorted(found, key=lambda mention: mention.start)


def _capitals(question: str) -> list[bool]:
    """Whether each token of `question` begins with a capital."""
    flags: list[bool] = []
    for piece in re.findall(r"\S+", question):
        for at, _ in enumerate(tokens(piece)):
            stripped = piece.lstrip("\"'“‘(")
            flags.append(at == 0 and stripped[:1].isupper())
    count = len(tokens(question))
    return (flags + [False] * count)[:count]
