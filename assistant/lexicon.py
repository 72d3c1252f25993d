"""What the letters call each other: the names in a question that mean a letter's author, area, addressee or office.

All of it comes from the cards and from the letters' own definitions ("West Yorkshire Police (WYP)"), so that it
works on letters never seen before.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from vectorstore.letter import Letter
from vectorstore.words import rarity, tokens

_DEFINED = re.compile(r"((?:[A-Z][\w'’-]+[ \n]+(?:of |and |the |for |& )*){1,7})\(([A-Z][A-Za-z]{1,9})\)")
_TITLES = frozenset("rt hon the right honourable mr mrs ms miss dr sir dame lord lady baroness baron professor prof cllr councillor".split())
_COMPASS = frozenset("north south east west northern southern eastern western greater upper lower mid inner outer".split())


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
    found: dict[tuple[tuple[str, ...], str], tuple[str, set[str], bool]] = {}

    def add(words: Sequence[str], field: str, value: str, letter: Letter, *, whole: bool = True) -> None:
        if words and (len(words) > 1 or rarity(words[0]) > 1.5):
            kept = found.setdefault((tuple(words), field), (value, set(), whole))
            kept[1].add(letter.id)

    areas = {area for letter in letters if (area := letter.card.value("area"))}
    for letter in letters:
        card = letter.card
        if area := card.value("area"):
            words = tokens(area)
            add(words, "area", area, letter)
            shared = sum(words[-1] in tokens(other) for other in areas)
            if len(words) > 1 and shared == 1 and rarity(words[-1]) > 2.0:
                add(words[-1:], "area", area, letter, whole=False)
            for acronym in _acronyms(letter.text, words):
                add(acronym, "area", area, letter)
        if author := card.value("author"):
            _add_person(add, author, "author", letter)
        if addressee := card.value("addressee"):
            _add_person(add, addressee, "addressee", letter)
        if office := card.value("office"):
            title = tokens(re.split(r"\b(?:for|of)\b", office)[0])
            add(title, "office", office, letter)
            acronym = "".join(word[0] for word in title if word not in {"and", "of", "the"})
            if len(acronym) > 2:
                add([acronym], "office", office, letter)
            if len(title) > 2:
                add(title[-1:], "office", office, letter)
        if reference := card.value("reference"):
            add(tokens(reference), "reference", reference, letter)
        for block in letter.blocks:
            if block.role == "header" and (greeted := re.match(r"Dear ([^\n,:]{3,60})", letter.text[block.start : block.end])):
                words = [word for word in tokens(greeted[1]) if word not in _TITLES]
                if len(words) > 1:
                    add(words, "greeted", greeted[1].strip(), letter)
    names = [Name(words, field, value, frozenset(ids), whole) for (words, field), (value, ids, whole) in found.items()]
    return sorted(names, key=lambda name: (-len(name.words), name.words, name.field))


def _add_person(add: "object", person: str, field: str, letter: Letter) -> None:
    words = [word for word in tokens(person.split(",")[0]) if word not in _TITLES]
    post = re.search(r"(?: [A-Z]{2,4})+$", person.split(",")[0])
    if post:
        words = words[: len(words) - len(post[0].split())]
    if not words:
        return
    assert callable(add)
    add(words, field, " ".join(words), letter)
    # Hyphens part words, so "Burns-Williamson" is the last two of "Mark Burns-Williamson".
    last = tokens(re.split(r"\s", re.sub(r"(?: [A-Z]{2,4})+$", "", person.split(",")[0]).strip())[-1])
    if len(words) > len(last):
        add(last, field, " ".join(last), letter)
        add([words[0], *last], field, " ".join([words[0], *last]), letter)


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
            if not name.whole and at and (words[at - 1] in _COMPASS or capital[at - 1] and at > 1):
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
