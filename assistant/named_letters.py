"""Whom words name: authors, areas, references, offices, dates and files of letters, and people of none of them (pure).

All names come from the letters' cards and own definitions, so that it works on letters never seen before.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.lexicon import COMMON, TITLES, Name, find_names
from assistant.speaking import SAYS, Hit, is_set_apart, speaking, uncontrasted
from vectorstore.dates import find_dates, written
from vectorstore.letter import Letter
from vectorstore.names import OFFICE
from vectorstore.words import rarity, tokens

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*")
_FIELDS = frozenset({"author", "area", "reference", "office"})
_YEAR = re.compile(r"(?<![\d/–-])(?:19|20)\d\d\b(?![/–-]\d)")
_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS)})\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_PERSON = r"(?:[A-Z][\w’'-]*[a-z][\w’'-]*(?: (?:[A-Z]\.? )*(?:[A-Z][\w’'-]*[a-z][\w’'-]*)){0,3})"
_SPOKE = re.compile(
    rf"(?P<who>{_PERSON}),? (?:\w+ly )?{SAYS}\b|(?:[Aa]ccording to|(?:said|wrote)) (?P<of>{_PERSON})"
)
_FOR = re.compile(
    r"\b(?:for|of) (?:the )?(?P<place>[A-Z][\w’'-]+(?:[ -](?:(?:and|upon|on|of|the) )?[A-Z][\w’'-]+)*)\W*$"
)
_CITED_PERSON = re.compile(rf"(?P<who>{_PERSON})(?:,[^,\d]{{0,60}})?, .*\b(?:19|20)\d\d\b")
_NO_PERSON = frozenset(
    """
    the this that these those his her their its our my he she they it we i a an in on at as by for from and but yet
    police force commissioner inspectorate office government council committee trust board department report letter
    reply response ministry parliament home secretary minister mayor page section paragraph annex table figure chapter
    one another both neither each some many most all none others everyone nobody there here what when while where who
    why how if so
    """.split()
)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Which letters a draft says that something comes from; empty where it does not say.

    Args:
        letter_ids: any of them would do.
        named: the words that say so, as the draft has them.
        how: "link", "citation", "sentence", "before" or "heading"; "" where nothing says it.
        unknown: whom or what it names that is in no letter's card, or the id of a letter that is not there.
        span: of a link, the place in the letter that it points at.
        note: one sentence on what does not fit (a date that none of the author's letters bears), or "".
    """

    letter_ids: frozenset[str] = frozenset()
    named: str = ""
    how: str = ""
    unknown: str = ""
    span: tuple[int, int] | None = None
    note: str = ""

    def __bool__(self) -> bool:
        return bool(self.letter_ids or self.unknown)


NOBODY = Attribution()


class NamedLetters:
    """Finds the letters that words name."""

    def __init__(self, letters: Sequence[Letter]) -> None:
        self._letters = {letter.id: letter for letter in letters}
        self._names: dict[str, list[Name]] = defaultdict(list)
        few = len(letters) / 3
        for name in find_names(letters):
            if name.field in _FIELDS and (name.field != "office" or len(name.letter_ids) < few):
                self._names[name.words[0]].append(name)
        for name in _places_of_office(letters, few):
            self._names[name.words[0]].append(name)
        self._authors = {word for each in letters for word in tokens(each.card.value("author") or "")}
        self._sources = {source: each.id for each in letters for source in _file_names(each.source)}

    def in_words(self, words: str, *, spoke: bool = False) -> Attribution:
        """Return the letters that words name by author, area, reference, office or file.

        Args:
            spoke: look for somebody unknown who is said to have said it, too.
        """
        for piece in re.findall(r"[\w.-]{4,}", words):
            letter_id = self._sources.get(piece.rstrip(".-"))
            if letter_id:
                return Attribution(frozenset({letter_id}), piece.rstrip(".-"), "sentence")
        hits = uncontrasted(words, self._hits(words))
        unknown = self._unknown(words, hits) if spoke else ""
        if unknown:
            return Attribution(named=unknown, how="sentence", unknown=unknown)
        if not hits:
            return NOBODY
        # An author goes before an area: "Campion, unlike Dorset, …".
        for field in ("reference", "author", "area", "office"):
            chosen = [hit for hit in hits if hit.name.field == field]
            if chosen:
                if spoke:
                    chosen = speaking(words, chosen)
                ids = frozenset[str]().union(*(hit.name.letter_ids for hit in chosen))
                others = [hit.name.letter_ids for hit in hits if hit not in chosen]
                narrowed = ids.intersection(*others) if others else ids
                named = words[chosen[-1].start : chosen[-1].end]
                return self._by_date(Attribution(narrowed or ids, named, "sentence"), words)
        return NOBODY

    def _by_date(self, found: Attribution, words: str) -> Attribution:
        """Narrow to the letter whose full date stands beside the name."""
        dates = {date.iso for date in find_dates(words)}
        kept = frozenset(i for i in found.letter_ids if self._letters[i].card.value("date") in dates)
        return replace(found, letter_ids=kept) if kept else found

    def _hits(self, words: str) -> list[Hit]:
        """Find names; of overlapping ones the longest."""
        pieces = [(m.start(), m.end(), "".join(tokens(m[0])[:1])) for m in _WORD.finditer(words)]
        hits: list[Hit] = []
        at = 0
        while at < len(pieces):
            here = [
                name for name in self._names.get(pieces[at][2], ()) if self._stands(words, pieces, at, name)
            ]
            longest = max((len(name.words) for name in here), default=0)
            hits += [
                Hit(pieces[at][0], pieces[at + longest - 1][1], name)
                for name in here
                if len(name.words) == longest
            ]
            at += longest or 1
        return hits

    def _stands(self, words: str, pieces: Sequence[tuple[int, int, str]], at: int, name: Name) -> bool:
        size = len(name.words)
        if tuple(piece[2] for piece in pieces[at : at + size]) != name.words:
            return False
        if not words[pieces[at][0]].isupper() and name.field != "reference" and size == 1:
            return False
        if not at or (name.whole and size > 1):
            return True
        # "Ann Hughes" is not Beverley Hughes, nor is "East Northmere" Northmere.
        start, end, before = pieces[at - 1]
        is_name = (
            words[start].isupper() and not words[start:end].isupper() and words[end : pieces[at][0]] == " "
        )
        is_known = before in TITLES | self._authors | _NO_PERSON or bool(OFFICE.fullmatch(words[start:end]))
        is_first = not any(c.isalnum() for c in words[:start])
        return not is_name or is_known or (is_first and name.field != "author") or before.endswith("s'")

    def _unknown(self, words: str, hits: Sequence[Hit]) -> str:
        """Return a person who is said to have said it and whom no card knows, or ""."""
        for spoke in _SPOKE.finditer(words):
            group = "who" if spoke["who"] else "of"
            start, end = spoke.span(group)
            taken = any(hit.start < end and start < hit.end for hit in hits)
            taken = taken or is_set_apart(words[:start])
            if not taken and " " in spoke[group] and _is_person(spoke[group]):
                return spoke[group]
        return ""

    def in_citation(self, words: str) -> Attribution:
        """Read a citation such as "Hill, 3 May 2021": who, and by the date which of their letters."""
        found = self.in_words(words)
        if found.letter_ids:
            return replace(self._dated(found, words), how="citation", named=" ".join(words.split())[:120])
        person = _CITED_PERSON.match(words.strip())
        if person and _is_person(person["who"]):
            return Attribution(named=person["who"], how="citation", unknown=person["who"])
        return NOBODY

    def _dated(self, found: Attribution, words: str) -> Attribution:
        """Keep the letters of the date that a citation gives."""
        wanted = [date.iso for date in find_dates(words)]
        wanted = wanted or [f"{m[2]}-{_MONTHS.index(m[1].lower()) + 1:02}" for m in _MONTH.finditer(words)]
        wanted = wanted or _YEAR.findall(words)
        if not wanted:
            return found
        kept = frozenset(
            each
            for each in found.letter_ids
            if any((self._letters[each].card.value("date") or "").startswith(date) for date in wanted)
        )
        if kept:
            return replace(found, letter_ids=kept)
        if any(self._letters[each].card.value("date") is None for each in found.letter_ids):
            return found
        date = written(wanted[0]) if len(wanted[0]) == 10 else wanted[0]
        return replace(
            found, note=f"The draft dates it {date}; no letter of theirs in the store bears that date."
        )


def _is_person(words: str) -> bool:
    """Whether capitalised words look like somebody's name: none of them a body's or an office's."""
    return not _NO_PERSON.intersection(tokens(words)) and not OFFICE.search(words)


def _places_of_office(letters: Sequence[Letter], few: float) -> Iterable[Name]:
    """Yield what the offices of cards are for, where no card has it as its area: "Commissioner for Wessex"."""
    known = {tuple(tokens(letter.card.value("area") or "")) for letter in letters}
    found: dict[tuple[str, ...], set[str]] = defaultdict(set)
    spelled: dict[tuple[str, ...], str] = {}
    for letter in letters:
        of = _FOR.search(letter.card.value("office") or "")
        place = tuple(tokens(of["place"])) if of else ()
        if of and place and place not in known and not OFFICE.search(of["place"]):
            found[place].add(letter.id)
            spelled[place] = of["place"]
    for place, ids in found.items():
        if len(ids) < max(few, 2) and any(rarity(word) > COMMON for word in place):
            yield Name(place, "area", spelled[place], frozenset(ids))


def _file_names(source: str) -> Iterable[str]:
    """Return how a draft may name a letter's file: with its suffix and, where that tells enough, without."""
    name = source.rpartition("/")[2]
    yield name
    stem = name.rpartition(".")[0]
    if len(stem) > 7 and re.search(r"\d", stem):
        yield stem
