"""Writes the word families and synonyms that search and answers know, from WordNet 3.0's own files.

    python scripts/word_families.py [--wordnet /usr/share/wordnet]

Debian's package `wordnet-base` has the files; nothing else is needed, and they are not needed to answer questions.
Writes `vectorstore/data/word_families.txt.gz`: a line a word, `word<TAB>family<TAB>synonyms<TAB>what it is a kind
of`, words parted by spaces, "!" after synonyms that like their word hardly mean but one thing. What a stem already
joins ("refuse", "refused") is left out, and so is what English hardly uses.

Source: Princeton University, WordNet 3.0 (wndb(5), cntlist(5)); Speer 2022, wordfreq.
"""

import argparse
import gzip
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from vectorstore.families import DATA  # noqa: E402 -- the script stands outside the packages
from vectorstore.words import rarity, stem  # noqa: E402

USED = 4.7  # as vectorstore.words.rarity: about five times in a thousand million words
SYNONYM_USED = 4.2
# Share of a word's uses that a sense has: of its family's within one part of speech, of synonyms and kinds among all.
FAMILY_SENSE = 0.05
SYNONYM_SENSE = 0.25
MAIN_SENSE = 0.5
PLAIN_SENSE = 0.8
COMMON = 1.0  # as vectorstore.words.rarity: what everything is called has no synonyms worth trying
_PARTS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
_TYPES = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}  # of a sense key
_DERIVED = {"+", "\\", "<"}  # derivationally related, pertains to, participle of
KIND_COMMON = 1.5  # as vectorstore.words.rarity: what a thing is said to be a kind of is no commoner
MOST_KINDS = 150  # of a word; what has more is too general to try them all
STEPS = 4  # from falcon over hawk and bird of prey to bird
# Files of nouns for things that are of kinds: animals, artefacts, body, communication, events, food, objects, people,
# phenomena, plants, possessions, states, substances.
_THINGS = frozenset("05 06 08 10 11 13 17 18 19 20 21 26 27".split())
_PERSON = "18"  # the file of nouns for people
_WORD = re.compile(r"[a-z]{3,}")
# British spellings, and what they are in America; both are used only where WordNet has them in one synset.
_SPELLINGS = (
    (re.compile(r"is(?=(?:e|ed|er|es|ing|ation|ations)$)"), "iz"),
    (re.compile(r"ys(?=(?:e|ed|er|es|ing)$)"), "yz"),
    (re.compile(r"our"), "or"),
    (re.compile(r"(?<=[bt])re$"), "er"),
    (re.compile(r"ogue$"), "og"),
    (re.compile(r"enc(?=e$)"), "ens"),
    (re.compile(r"ae|oe"), "e"),
    (re.compile(r"ll"), "l"),
    (re.compile(r"mme$"), "m"),
    (re.compile(r"dgement"), "dgment"),
    (re.compile(r"ould"), "old"),
)


@dataclass(frozen=True, slots=True)
class Synset:
    """Words that mean one thing.

    Args:
        links: word to word within and between synsets, as (position here, other synset, position there,
            the link's symbol).
        above: the synsets that it is a kind of.
    """

    words: tuple[str, ...]
    file: str
    links: tuple[tuple[int, tuple[str, str], int, str], ...]
    above: tuple[tuple[str, str], ...]


class WordNet:
    """The dictionary's files.

    Args:
        folder: holds `index.*`, `data.*`, `*.exc` and `cntlist.rev`.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def lines(self, name: str) -> Iterator[str]:
        """Yield the lines of a file without the licence that it begins with."""
        for line in (self._folder / name).read_text(encoding="ascii").splitlines():
            if not line.startswith(" "):
                yield line

    @cached_property
    def synsets(self) -> dict[tuple[str, str], Synset]:
        """Every synset by part of speech and offset."""
        found = {}
        for name, part in _PARTS.items():
            for line in self.lines(f"data.{name}"):
                fields = line.split(" | ")[0].split()
                count = int(fields[3], 16)
                words = tuple(re.sub(r"\(\w+\)$", "", word) for word in fields[4 : 4 + 2 * count : 2])
                at = 5 + 2 * count
                links, above = [], []
                for place in range(at, at + 4 * int(fields[at - 1]), 4):
                    symbol, offset, their_part, ends = fields[place : place + 4]
                    other = (their_part.replace("s", "a"), offset)
                    if symbol in _DERIVED and ends != "0000":
                        links.append((int(ends[:2], 16) - 1, other, int(ends[2:], 16) - 1, symbol))
                    if symbol == "@":
                        above.append(other)
                found[part, fields[0]] = Synset(words, fields[1], tuple(links), tuple(above))
        return found

    @cached_property
    def senses(self) -> dict[str, dict[tuple[str, str], float]]:
        """Of each word its synsets, the share of its uses that each has; where none was counted, by their order."""
        counted: dict[tuple[str, str, int], int] = {}
        for line in self.lines("cntlist.rev"):
            key, number, count = line.split()
            word, _, rest = key.partition("%")
            counted[word, _TYPES[rest[0]], int(number)] = int(count)
        found: dict[str, dict[tuple[str, str], float]] = defaultdict(dict)
        for name, part in _PARTS.items():
            for line in self.lines(f"index.{name}"):
                word, _, count, *rest = line.split()
                for number, offset in enumerate(rest[-int(count) :], start=1):
                    found[word][part, offset] = counted.get((word, part, number), 0) + 1 / number
        return {
            word: {synset: uses / sum(mine.values()) for synset, uses in mine.items()}
            for word, mine in found.items()
        }

    def share(self, word: str, synset: tuple[str, str], *, of_all: bool) -> float:
        """Return the share that a sense has of a word's uses, as one part of speech or of all."""
        mine = self.senses.get(word, {})
        if of_all:
            return mine.get(synset, 0.0)
        alike = sum(uses for (part, _), uses in mine.items() if part == synset[0])
        return mine.get(synset, 0.0) / alike if alike else 0.0

    def irregular(self) -> Iterator[tuple[str, str]]:
        """Yield irregular forms with their word: "bought", "buy"; none that is more used as another word."""
        for name in ("verb", "noun"):
            for line in self.lines(f"{name}.exc"):
                form, *words = line.split()
                yield from ((form, word) for word in words if self._uses(form) < self._uses(word))

    def _uses(self, word: str) -> int:
        return sum(self._counts.get((word, part), 0) for part in "nvar")

    @cached_property
    def _counts(self) -> dict[tuple[str, str], int]:
        total: dict[tuple[str, str], int] = defaultdict(int)
        for line in self.lines("cntlist.rev"):
            key, _, count = line.split()
            word, _, rest = key.partition("%")
            total[word, _TYPES[rest[0]]] += int(count) + 1
        return total


@lru_cache(maxsize=200_000)
def spelling(word: str) -> str:
    """Return a word's American spelling, or what stands for it: of use only to compare two words."""
    for pattern, instead in _SPELLINGS:
        word = pattern.sub(instead, word)
    return word


def used(word: str, limit: float = USED) -> bool:
    """Whether it is a word that English uses, and no name."""
    return bool(_WORD.fullmatch(word)) and rarity(word) <= limit


def families(net: WordNet) -> dict[str, set[str]]:
    """Return of each word those of its family: what is made of it or it of, other spellings, irregular forms."""
    spelt: dict[str, set[str]] = defaultdict(set)
    near: dict[str, set[str]] = defaultdict(set)
    linked: dict[tuple[str, str], float] = defaultdict(float)
    people: set[str] = set()
    for key, synset in net.synsets.items():
        if synset.file == _PERSON:
            people |= {word for word in synset.words if net.share(word, key, of_all=False) >= SYNONYM_SENSE}
        for word in synset.words:
            alike = {other for other in synset.words if spelling(other) == spelling(word)}
            spelt[word] |= alike - {word}
        for mine, other, theirs, symbol in synset.links:
            one, two = synset.words[mine], net.synsets[other].words[theirs]
            # "Domestic" pertains to a home, but says another thing.
            if used(one) and used(two) and (symbol != "\\" or one[:3] == two[:3]):
                shares = (net.share(one, key, of_all=False), net.share(two, other, of_all=False))
                linked[min(one, two), max(one, two)] += min(shares) / (
                    1 + _links_back(net, key, mine, other, theirs)
                )
    for (one, two), share in linked.items():
        if share >= FAMILY_SENSE:
            near[one].add(two)
            near[two].add(one)
    for form, word in net.irregular():
        if used(form) and used(word):
            spelt[form].add(word)
            spelt[word].add(form)
    family: dict[str, set[str]] = {}
    for word in near.keys() | spelt.keys():
        same = {word} | spelt[word]
        made = {other for one in same for other in near[one]}
        further = {
            last
            for other in made
            for last in near[other]
            if last not in people and word not in people and _of_one_root(word, last)
        }
        family[word] = {other for one in same | made | further for other in {one} | spelt[one]} - {word}
    return family


def _links_back(net: WordNet, key: tuple[str, str], mine: int, other: tuple[str, str], theirs: int) -> bool:
    """Whether a link stands in both synsets, as most do."""
    return (theirs, key, mine) in {link[:3] for link in net.synsets[other].links}


def _of_one_root(one: str, two: str) -> bool:
    """Whether two words begin alike for all but three letters of the shorter: "apologise", "apologetic"."""
    alike = next(
        (at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two))
    )
    return alike >= max(4, min(len(one), len(two)) - 3)


def synonyms(net: WordNet) -> dict[str, set[str]]:
    """Return of each word those that often mean the same. Adverbs have none."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, synset in net.synsets.items():
        often = [
            word
            for word in synset.words
            if key[0] != "r"
            and _WORD.fullmatch(word)
            and rarity(word) > COMMON
            and net.share(word, key, of_all=True) >= SYNONYM_SENSE
        ]
        for word in often:
            found[word] |= {other for other in often if other != word and rarity(other) <= SYNONYM_USED}
    return found


def broader(net: WordNet) -> dict[str, set[str]]:
    """Return of each word what it mostly is a kind of, things over some steps and doings over one."""
    found: dict[str, set[str]] = defaultdict(set)
    for key, synset in net.synsets.items():
        if key[0] == "v" or (key[0] == "n" and synset.file in _THINGS):
            over = _above(net, key, STEPS if key[0] == "n" else 1)
            general = {
                word
                for other in over
                for word in net.synsets[other].words
                if used(word, SYNONYM_USED)
                and rarity(word) >= KIND_COMMON
                and net.share(word, other, of_all=True) >= MAIN_SENSE
            }
            for word in synset.words:
                if used(word) and net.share(word, key, of_all=True) >= MAIN_SENSE:
                    found[word] |= general
    kinds = Counter(word for general in found.values() for word in general)
    return {word: {over for over in general if kinds[over] <= MOST_KINDS} for word, general in found.items()}


def _above(net: WordNet, key: tuple[str, str], steps: int) -> set[tuple[str, str]]:
    over = set(net.synsets[key].above) if steps else set()
    return over | {further for other in over for further in _above(net, other, steps - 1)}


def lines_of(net: WordNet) -> list[str]:
    """Return the data file's lines, in order of the words."""
    family, alike, over = families(net), synonyms(net), broader(net)
    told_by_stem = _commonest(net)
    lines = []
    for word in filter(used, sorted(family.keys() | alike.keys() | over.keys())):
        kin = family.get(word, set())
        others = alike.get(word, set()) - kin
        # What the stem finds is mostly another word: "costs" of a trial, and what things cost.
        others = {
            other for other in others if told_by_stem.get(stem(other)) in {other} | family.get(other, set())
        }
        more = over.get(word, set()) - kin - others if told_by_stem.get(stem(word)) in {word} | kin else set()
        told = (kin, others, more)
        columns = [sorted(w for w in each if used(w) and stem(w) != stem(word)) for each in told]
        if any(columns):
            columns[1] = [f"{other}!" if _plain(net, word, other) else other for other in columns[1]]
            lines.append("\t".join([word, *(" ".join(column) for column in columns)]))
    return lines


def _commonest(net: WordNet) -> dict[str, str]:
    """Return of each stem the word that English uses most."""
    found: dict[str, str] = {}
    for word in sorted(word for word in net.senses if _WORD.fullmatch(word)):
        key = stem(word)
        if key not in found or rarity(word) < rarity(found[key]):
            found[key] = word
    return found


def _plain(net: WordNet, *words: str) -> bool:
    """Whether each of these words hardly means but one thing."""
    return all(max(net.senses[word].values()) >= PLAIN_SENSE for word in words)


def main() -> int:
    """Write the file and say what is in it."""
    parser = argparse.ArgumentParser(description="Write the word families and synonyms from WordNet's files.")
    parser.add_argument("--wordnet", type=Path, default=Path("/usr/share/wordnet"), metavar="DIR")
    parser.add_argument("--out", type=Path, default=DATA, metavar="FILE")
    arguments = parser.parse_args()
    if not (arguments.wordnet / "data.noun").is_file():
        print(
            f"There is no WordNet in {str(arguments.wordnet)!r}. Get Debian's package wordnet-base and name its folder"
            " with --wordnet.",
            file=sys.stderr,
        )
        return 1
    lines = lines_of(WordNet(arguments.wordnet))
    data = gzip.compress("".join(f"{line}\n" for line in lines).encode("ascii"), mtime=0)
    arguments.out.write_bytes(data)
    print(f"{len(lines)} words, {len(data)} bytes: {arguments.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
