"""Whom words name: authors, areas, references, offices, dates and files of letters, and people of none of them (pure).

All names come from the letters' cards and own definitions, so that it works on letters never seen before.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.lexicon import COMMON, TITLES, Name, find_names
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
SAYS = (
    r"(?:sa(?:ys|id)|wr(?:ites|ote|itten)|writing|stat(?:es|ed)|add(?:s|ed)|argu(?:es|ed)|claim(?:s|ed)|not(?:es|ed)"
    r"|put it|repl(?:ies|ied)|respond(?:s|ed)|t(?:ells|old)|explain(?:s|ed)|confirm(?:s|ed)|report(?:s|ed)|calls|called"
    r"|conced(?:es|ed)|admit(?:s|ted)|insist(?:s|ed)|promis(?:es|ed)|observ(?:es|ed)|describ(?:es|ed)|conclud(?:es|ed)"
    r"|welcom(?:es|ed))"
)
_SPOKE = re.compile(
    rf"(?P<who>{_PERSON}),? (?:\w+ly )?{SAYS}\b|(?:[Aa]ccording to|(?:said|wrote)) (?P<of>{_PERSON})"
)
# Who is named after these is who did not say it.
_CONTRAST = re.compile(
    r"\b(?i:unlike|not|(?:as )?opposed to|(?:in|by) contrast (?:to|with)|contrary to|rather than|instead of|other than"
    r"|in place of|(?:as )?distinct from)\W+"
    r"(?:(?:the|his|her|their|its|from|by|of|in|at|for|letters?|reply|replies|words|those|that|what) "
    r"|[A-Z][\w.’'-]* )*$"
)
_AND = re.compile(r"(?:['’]s?)?,?\s+(?:and|or|nor|&)\s+(?:(?:the|from|by|of) |[A-Z][\w.’'-]* )*$|,\s+$")
_TO_WHOM = re.compile(
    r"\b(?:to|told|tells|with|about|against|for|whom) (?:(?:the|his|her|their) |[A-Z][\w.’'-]* )*$"
)
_REMARK = re.compile(
    r"[,(–—] ?(?:who|whom|whose|which|as|like|in|after|before|with|when|while|having|replying|writing)\b[^,()–—]*$"
)
_ELSE = re.compile(
    r"^ by (?:(?:the|his|her|their) |[A-Z][\w.’'-]* )*$"
    r"|[,;:–—] *(?:(?:but|while|and|whereas|though) )?(?:[A-Z][\w.’'-]* )*$"
)
_SAID = re.compile(rf"\b{SAYS}\b")
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


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    name: Name


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
        hits = _uncontrasted(words, self._hits(words))
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
                    chosen = _speaking(words, chosen)
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

    def _hits(self, words: str) -> list[_Hit]:
        """Find names; of overlapping ones the longest."""
        pieces = [(m.start(), m.end(), "".join(tokens(m[0])[:1])) for m in _WORD.finditer(words)]
        hits: list[_Hit] = []
        at = 0
        while at < len(pieces):
            here = [
                name for name in self._names.get(pieces[at][2], ()) if self._stands(words, pieces, at, name)
            ]
            longest = max((len(name.words) for name in here), default=0)
            hits += [
                _Hit(pieces[at][0], pieces[at + longest - 1][1], name)
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

    def _unknown(self, words: str, hits: Sequence[_Hit]) -> str:
        """Return a person who is said to have said it and whom no card knows, or ""."""
        for spoke in _SPOKE.finditer(words):
            group = "who" if spoke["who"] else "of"
            start, end = spoke.span(group)
            taken = any(hit.start < end and start < hit.end for hit in hits)
            taken = taken or bool(_CONTRAST.search(words[:start]))
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


def _uncontrasted(words: str, hits: Sequence[_Hit]) -> list[_Hit]:
    """Leave out names of those whom the words set apart: "unlike Ann Hill and Ben Dale"."""
    kept: list[_Hit] = []
    gone = -1  # where the last of them ends
    for hit in hits:
        joined = gone >= 0 and hit.start >= gone and bool(_AND.fullmatch(words[gone : hit.start]))
        # A comma after them ends what is set apart: "unlike Hill, Dale says".
        if _CONTRAST.search(words[: hit.start]) or (joined and not words[gone : hit.start].startswith(", ")):
            gone = hit.end
        else:
            kept.append(hit)
    return kept


def _speaking(words: str, hits: Sequence[_Hit]) -> list[_Hit]:
    """Return those of several who govern the verb of saying that stands nearest to the words' end, or all of them."""
    if len({hit.name.letter_ids for hit in hits}) < 2:
        return list(hits)
    verbs = list(_SAID.finditer(words))
    if not verbs:
        return list(hits)
    verb = verbs[-1]
    before = [hit for hit in hits if hit.end <= verb.start() and not _TO_WHOM.search(words[: hit.start])]
    after = [hit for hit in hits if hit.start >= verb.end()]
    if not before:  # “…”, said Hill of Dale
        return after[:1] or list(hits)
    # "told by Hill", and whoever a later clause goes on with: "Dale says much; Hill, that"
    later = [hit for hit in after if _ELSE.search(words[verb.end() : hit.start])]
    if later:
        return later
    before = [hit for hit in before if not _is_aside(words, hit, verb.start())] or before
    chosen = [before[-1]]
    for hit in reversed(before[:-1]):
        if not _AND.fullmatch(words[hit.end : chosen[0].start]):
            break
        chosen.insert(0, hit)
    same = {(hit.start, hit.end) for hit in chosen}
    return [hit for hit in hits if (hit.start, hit.end) in same]


def _is_aside(words: str, hit: _Hit, verb: int) -> bool:
    """Whether a name stands in a remark that the verb comes after: "Hill, who met Dale, says"."""
    return bool(_REMARK.search(words[: hit.start]) and re.match(r"[^,()–—]*[,)–—]", words[hit.end : verb]))


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
