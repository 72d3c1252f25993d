"""What the letters call each other: the names in a question that mean a letter's author, area, addressee or office.

All of it comes from the cards and from the letters' own definitions ("West Yorkshire Police (WYP)"), so that it
works on letters never seen before.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from vectorstore.letter import Letter
from vectorstore.names import BODY_NOUN, OFFICE, OFFICERS, find_name
from vectorstore.words import rarity, stem, stems, tokens

_SHORT_FORM = re.compile(r"\(([A-Z][A-Za-z]{1,9})\)")
_BEFORE_IT = re.compile(r"(?:[A-Z][\w'’-]+[ \n]+(?:of |and |the |for |& )*){1,7}$")
_BEFORE_CHARS = 200
_DEAR = re.compile(r"Dear ([^\n,:]{3,60})")
TITLES = frozenset(
    """
    rt hon the right honourable mr mrs ms miss dr sir dame lord lady baroness baron professor prof cllr
    councillor
    """.split()
)
_NO_WORD = 4.0  # as vectorstore.words.rarity: from here on nobody means anything else by it, capitals or not
_NO_MATTER = 0.8  # as vectorstore.words.rarity: "of that", "of them"
COMMON = 1.5  # as vectorstore.words.rarity: a commoner word alone names nobody
COMPASS = frozenset(
    """
    north south east west northern southern eastern western greater upper lower mid inner outer
    """.split()
)
_SHORT = {"greater": "gtr", "northern": "nth", "southern": "sth", "north": "nth", "south": "sth"}
_OFFICE_OF = re.compile(r"\b(?:of|for)\s+(?P<of>.+)")
_CUT_SHORT = re.compile(r",|\s(?:and|at|in|to|with|for|of|&)\s")
_ARTICLES = frozenset({"the", "a", "an"})
_JOINING = frozenset("of for and the".split())
_GAPS = (",", ";", ":", ")")  # after which another name begins: "Dorset, Northmere"
BODIES = _JOINING | frozenset(
    """
    police constabulary force council district borough county city parish trust authority university college school
    academy hospice hospital hospitals infirmary nhs board department ministry agency administration commission
    commissioner inspectorate office service services association institute society foundation fire rescue company
    water plc ltd limited inc
    """.split()
)


_KINDS = frozenset(
    map(stem, BODIES - _JOINING - {"county", "city", "borough", "fire", "rescue", "water", "commissioner"})
)
# Words by which an area is known for a body's name: "Westmere Drainage Commissioners" is Westmere's.
_BODY_WORDS = BODIES | {word.lower() for word in OFFICERS}


@dataclass(frozen=True, slots=True)
class Name:
    """A way to write one thing that narrows the letters.

    Args:
        words: lower-case tokens, as `vectorstore.words.tokens` gives them.
        field: the card's field that it stands for.
        value: that field's value, as a scope takes it.
        whole: False for a part of the name ("Manchester"), which other names may hold too.
        capitals: whether it must be written in capitals, as initials that are also a word must.
        general: whether it is an office of several writers of a third of the letters or more: it narrows nothing.
        of: of an office what it is of, as far as it must be said ("of Supply Chain" of the Director of Supply Chain and
            Safety), with the letters of those.
    """

    words: tuple[str, ...]
    field: str
    value: str
    letter_ids: frozenset[str]
    whole: bool = True
    capitals: bool = False
    general: bool = False
    of: tuple[tuple[tuple[str, ...], frozenset[str]], ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a question: the tokens `[start, end)` of the question."""

    name: Name
    start: int
    end: int


_LONG_NUMBER = 5  # digits, of which few other numbers in a question have as many


def find_names(letters: Sequence[Letter]) -> list[Name]:
    """Return every name that narrows these letters, longest first."""
    found: dict[tuple[tuple[str, ...], str], tuple[_Way, set[str]]] = {}
    areas = {area for letter in letters if (area := letter.card.value("area"))}
    holding: dict[str, set[str]] = {}
    for area in areas:
        for word in tokens(area):
            holding.setdefault(word, set()).add(area)
    # One letter at a time, so that its text is read once for both.
    read = [(letter, _ways(letter), _shortened(letter)) for letter in letters]
    initials = _initials_of([(letter, shortened) for letter, _, shortened in read], areas)
    for letter, ways, _ in read:
        shorts = initials.get(letter.card.value("area") or "", ())
        for way in itertools.chain(ways, shorts):
            if not way.whole and len(set.intersection(*(holding[word] for word in way.words))) != 1:
                continue  # a part that several areas have names none of them
            if way.words and (len(way.words) > 1 or rarity(way.words[0]) > COMMON):
                found.setdefault((tuple(way.words), way.field), (way, set()))[1].add(letter.id)
    offices = {letter.id: letter.card.value("office") or "" for letter in letters}
    wrote = {letter.id: (letter.card.value("author"), letter.card.value("area")) for letter in letters}
    names = [
        Name(
            tuple(w.words),
            w.field,
            w.value,
            frozenset(ids),
            w.whole,
            w.capitals,
            general=w.field == "office" and 3 * len(ids) >= len(letters) and len({wrote[i] for i in ids}) > 1,
            of=_complements({i: offices[i] for i in ids}) if w.field == "office" else (),
        )
        for w, ids in found.values()
    ]
    return sorted(names, key=lambda name: (-len(name.words), name.words, name.field))


class _Way(NamedTuple):
    words: Sequence[str]
    field: str
    value: str
    whole: bool = True
    capitals: bool = False


# A new letter among thousands need not have all of them read again.
@lru_cache(maxsize=100_000)
def _ways(letter: Letter) -> tuple[_Way, ...]:
    """Return the ways to write what one letter's card holds."""
    return tuple(_found_ways(letter))


def _found_ways(letter: Letter) -> Iterator[_Way]:
    card = letter.card
    yield from _area_ways(letter)
    yield from _office_ways(card.value("office") or "")
    for field in ("author", "addressee"):
        for person in card.values(field):
            # An office or a body that signs has no surname.
            named = field == "addressee" or find_name(person, capitals=True) is not None
            for way in _person(person) if named else (person,):
                yield _Way(tokens(way), field, way)
    if reference := card.value("reference"):
        yield _Way(tokens(reference), "reference", reference)
        for number in tokens(reference):
            if number.isdigit() and len(number) >= _LONG_NUMBER:
                yield _Way([number], "reference", reference)
    text = letter.text
    for block in letter.blocks:
        if block.role == "header" and (greeted := _DEAR.match(text, block.start, block.end)):
            words = [word for word in tokens(greeted[1]) if word not in TITLES]
            yield _Way(words if len(words) > 1 else [], "greeted", greeted[1].strip())
    for line in _address_lines(letter):
        yield _Way(words if len(words := tokens(line)) > 1 else [], "greeted", line)


def kinds_of_body(words: Iterable[str]) -> frozenset[str]:
    """Return the stems of the nouns among these words for several bodies of a kind: "councils", "trusts"."""
    return frozenset(stem(word) for word in words if word.endswith("s")) & _KINDS


def by_bodies(kinds: Collection[str], letters: Sequence[Letter]) -> list[Letter]:
    """Return the letters by bodies of these kinds, as `kinds_of_body` gives them."""
    return [
        letter
        for letter in letters
        if not set(kinds).isdisjoint(
            stems(f"{letter.card.value('area') or ''} {letter.card.value('office') or ''}")
        )
    ]


def _area_ways(letter: Letter) -> Iterator[_Way]:
    if area := letter.card.value("area"):
        words = tokens(area)
        yield _Way(words, "area", area)
        if len(words) > 1 and words[0] in COMPASS:
            for short in dict.fromkeys((words[0][0], _SHORT.get(words[0], words[0][0]))):
                yield _Way((short, *words[1:]), "area", area)
        for part in _telling_parts(words):
            yield _Way(part, "area", area, whole=False)
        for acronym in _acronyms(letter.text, words):
            yield _Way(acronym, "area", area)


def _office_ways(office: str) -> Iterator[_Way]:
    title = tokens(re.split(r"\b(?:for|of)\b", office)[0])
    yield _Way(title, "office", office)
    for initials in initials_of(office):
        yield _Way([initials], "office", office)
    yield _Way(title[-1:] if len(title) > 2 else [], "office", office)


def _complements(offices: Mapping[str, str]) -> tuple[tuple[tuple[str, ...], frozenset[str]], ...]:
    """Return what offices are of, up to what a short name leaves out, with the ids of the letters by who holds them."""
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for letter_id, office in offices.items():
        if of := _OFFICE_OF.search(office):
            words = tokens(_CUT_SHORT.split(of["of"])[0])
            found[tuple(word for word in words if word not in _ARTICLES)].add(letter_id)
    return tuple((words, frozenset(ids)) for words, ids in found.items())


def initials_of(office: str) -> tuple[str, ...]:
    """Return the initials of an office, of one and of several who hold it: pcc and pccs; none where they are two."""
    title = tokens(re.split(r"\b(?:for|of)\b", office)[0])
    short = "".join(word[0] for word in title if word not in {"and", "of", "the"})
    return (short, f"{short}s") if len(short) > 2 else ()


def _address_lines(letter: Letter) -> Iterator[str]:
    """Yield the offices and bodies that stand with an addressee's name: "Housing Ombudsman"."""
    for addressee in letter.card.addressees:
        if addressee.start is None or addressee.end is None:
            continue
        block = next((b for b in letter.blocks if b.start <= addressee.start < b.end), None)
        for at, part in enumerate(
            re.split(r"[\n,]", letter.text[addressee.end : block.end])[:5] if block else ()
        ):
            named = part.strip(" *.")
            if re.search(r"\d", named) or len(named.split()) > 8:
                break
            # Who the addressee is comes before where; an office or body is known by its noun further down, too.
            if at < 3 or OFFICE.search(named) or BODY_NOUN.search(named):
                yield named


_Shortened = tuple[frozenset[str], frozenset[tuple[str, str]]]


def _initials_of(
    letters: Sequence[tuple[Letter, _Shortened]], areas: Collection[str]
) -> dict[str, list[_Way]]:
    """Return for each area the initials of its body that are nobody else's: ntbc of North Tarrow Borough Council."""
    meant: dict[str, set[str]] = defaultdict(set)
    defined: set[tuple[str, str]] = set()
    for letter, (initials, definitions) in letters:
        for short in initials:
            meant[short].add(letter.card.value("area") or "")
        defined |= definitions
    for short, body in defined:
        # What letters define as something else is not made of initials here.
        meant[short] |= {known for known in areas if known.lower() in body} or {""}
    found: dict[str, list[_Way]] = defaultdict(list)
    for short, named in meant.items():
        if len(named) == 1:
            area = next(iter(named))
            found[area].append(_Way([short], "area", area, capitals=rarity(short) < _NO_WORD))
    return found


@lru_cache(maxsize=100_000)
def _shortened(letter: Letter) -> _Shortened:
    """Return the initials of the body that a letter's area names, and (short form, body) as the letter defines them."""
    area = letter.card.value("area") or ""
    initials = set()
    for body in {area, *re.findall(_body_of(area), letter.text)} if area else ():
        words = [word for word in re.findall(r"[^\W\d_][\w'’-]*", body) if word.lower() not in _JOINING]
        for size in range(3, len(words) + 1):
            if words[size - 1].lower() in _BODY_WORDS:
                initials.add("".join(word[0] for word in words[:size]).lower())
    definitions = {(short.lower(), " ".join(body.lower().split())) for body, short in _defined(letter.text)}
    return frozenset(initials), frozenset(definitions)


def _body_of(area: str) -> str:
    """Return a pattern for a body that is called after an area: "West Mercia Police"."""
    words = r"\s+".join(map(re.escape, area.split()))
    bodies = "|".join(sorted(body.capitalize() for body in BODIES - _JOINING))
    return rf"\b{words}(?:[ \n](?!(?:{bodies})\b)[A-Z][\w'’-]+){{0,2}}(?:[ \n](?:{bodies})\b)+"


def _telling_parts(area: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield what an area is called for short: "Manchester" of Greater Manchester, "Leeds" of Leeds City Council."""
    of = list(area[2:]) if len(area) > 2 and area[1] == "of" else list(area)
    bare = [word for word in of if word not in COMPASS | _BODY_WORDS]  # "Port of Stolva" is Stolva's
    for size in range(2, len(area)):
        if area[size - 1] not in _JOINING and any(rarity(word) > 2.0 for word in area[:size] if word in bare):
            yield area[:size]
    at_least = 2.0 if len(bare) == 1 else 2.5
    is_body = any(word in _BODY_WORDS - _JOINING for word in area)
    for word in bare[:1] if is_body else bare:
        if len(area) > 1 and rarity(word) > at_least:
            yield [word]
    named = list(itertools.takewhile(lambda word: word not in _BODY_WORDS, area))
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
    for body, short in _defined(text):
        words = tokens(body)
        named = [words[at : at + len(area)] for at in range(len(words))]
        if list(area) in named and short[0].lower() == area[0][0]:
            found.append(tokens(short))
    return found


def _defined(text: str) -> Iterator[tuple[str, str]]:
    """Yield each name that a text gives a short form, with it: "West Yorkshire Police (WYP)"."""
    for short in _SHORT_FORM.finditer(text):
        if before := _BEFORE_IT.search(text, max(0, short.start() - _BEFORE_CHARS), short.start()):
            yield before[0], short[1]


def find_mentions(question: str, names: Sequence[Name]) -> list[Mention]:
    """Return the names that a question holds, in order; of overlapping ones the longest."""
    words = tokens(question)
    places = {word for name in names if name.field in {"area", "author"} for word in name.words}
    capital = _capitals(question)
    spelled = [piece for piece in re.findall(r"\S+", question) for _ in tokens(piece)]
    taken: set[int] = set()
    found: list[Mention] = []
    for name in names:
        size = len(name.words)
        for at in range(len(words) - size + 1):
            span = range(at, at + size)
            if tuple(words[at : at + size]) != name.words:
                continue
            if name.capitals and not re.match(r"\W*[A-Z]{2}", spelled[at]):
                continue
            meant = _held(name, words[at + size :], places)
            if meant is None:
                continue
            clash = [m for m in found if m.start < at + size and at < m.end]
            # One name may stand in two fields (an author who is also an addressee); part of a longer one may not.
            if clash and not all(m.start == at and m.end == at + size for m in clash):
                continue
            part_of_longer = at > 1 and capital[at - 1] and not spelled[at - 1].endswith(_GAPS)
            if not name.whole and at and (words[at - 1] in COMPASS or part_of_longer):
                continue
            taken.update(span)
            found.append(Mention(meant, at, at + size))
    return sorted(found, key=lambda mention: mention.start)


def _held(name: Name, following: Sequence[str], places: Collection[str]) -> Name | None:
    """Return an office as what follows it narrows it; None where that makes another of it: "Director of Supply".

    Args:
        following: the words of the question after the name.
        places: words of the names of writers and of their areas.
    """
    if name.field != "office" or following[:1] not in (["of"], ["for"]):
        return name
    wanted = [word for word in following[1:] if word not in _ARTICLES]
    theirs = [ids for words, ids in name.of if tuple(wanted[: len(words)]) == words]
    if theirs:
        ids = frozenset[str]().union(*theirs)
        return replace(name, letter_ids=ids, general=name.general and ids == name.letter_ids)
    is_of_body = not wanted or wanted[0] in places or wanted[0] in BODIES or rarity(wanted[0]) < _NO_MATTER
    return name if is_of_body else None


def _capitals(question: str) -> list[bool]:
    """Whether each token of `question` begins with a capital."""
    flags: list[bool] = []
    for piece in re.findall(r"\S+", question):
        for at, _ in enumerate(tokens(piece)):
            stripped = piece.lstrip("\"'“‘(")
            flags.append(at == 0 and stripped[:1].isupper())
    count = len(tokens(question))
    return (flags + [False] * count)[:count]
