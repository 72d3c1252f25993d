"""What a question asks for: its telling words, what it names, and the kind of thing that would answer (pure)."""

import itertools
import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Literal

from assistant.cues import (
    AGE,
    ASKED_FOR,
    CONTEXT,
    COUNTED,
    COUNTED_FIRST,
    DATE,
    DOES,
    FIGURE,
    FIGURE_ONLY,
    FRAMING,
    MONEY,
    NAME,
    ON_PAPER,
    OVERVIEW,
    OVERVIEW_FOR,
    OVERVIEW_OF_LETTERS,
    OVERVIEW_OF_THOSE,
    PARTED,
    PERSON,
    PLACE,
    POST,
    PREMISE,
    RANGE_END,
    SHARE_OF,
    VIEW,
    WHAT_SAYS,
)
from assistant.letterhead import detail_asked
from assistant.lexicon import BODIES, TITLES, Mention
from assistant.predicate import asked_with
from vectorstore.families import bases, family, kinds, synonyms
from vectorstore.words import rarity, stem, stems, tokens

_SUMS = frozenset(map(stem, "cost costs price spend spent spending money worth".split()))
_VIEWS = frozenset(map(stem, "view position stance argument message content line".split()))

AnswerType = Literal["figure", "date", "name", "place", "stance", "any"]

_AUXILIARIES = frozenset(
    "is are was were does do did has have had will would can could should must may might".split()
)
# As `tokens` has them: "don't", "weren't".
_DENIED = frozenset({f"{word}nt" for word in _AUXILIARIES} | {"cant", "wont"})

# English words that frame a question about a text; they say nothing about what is asked for.
FRAME = (
    frozenset(
        """
    what which who whom whose when where why how do does did is are was were has have had will would can
    could should may might must the a an of in on at to for from by with about and or any all there
    their its his her he she they it them this that these those say says said saying tell tells told
    mention mentions mentioned state states stated letter letters reply replies response responses write
    writes wrote written writing author authors according please give list show find me us i we you your
    our my not no yes think thinks thought talk talks discuss discusses discussed describe describes
    described refer refers report reports reported much many regarding concerning explain explains be
    been being get gets got so as than then some something anything someone anyone somebody anybody sort
    kind type carry carried one ones each every also too except besides apart excluding
    thing things just same like if whether into out up else other anywhere
    during within without upon per via through throughout between among against toward towards across around over
    under above below before after since until while because although though however whereas only even still already
    yet ever very quite rather really actually now then here again both either neither such own going
    myself yourself himself herself itself ourselves yourselves themselves
    """.split()
    )
    | _DENIED
)


_FRAMING_STEMS = frozenset(map(stem, FRAME))
COMMON = 1.5  # as vectorstore.words.rarity: "use", "make"
# What a sentence that has another word for it counts, against 1 for the word: one of its family, a synonym or a kind.
FAMILY = 0.9
SYNONYM = 0.6
USED = 4.7  # as vectorstore.words.rarity: a word that English uses
SAME = 0.60  # cosine from which a loose way means the same, from benchmarks/other_words.py


@dataclass(frozen=True, slots=True)
class Phrase:
    """Neighbouring words of a question: as written, and the stems of those that tell."""

    text: str
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """Another word for a telling one.

    Args:
        of: stem of the question's word.
        counts: against 1 for the word: FAMILY for one of its family, SYNONYM for a synonym or a kind of it.
        loose: whether it counts only where it means the same, since one of the two may mean several things.
    """

    text: str
    stem: str
    of: str
    counts: float
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """What is looked for.

    Args:
        weights: how much each telling stem counts, from `vectorstore.words.rarity`.
        named: stems of names, acronyms and numbers, which evidence must hold: there is no other way to say them.
        pairs: neighbouring telling stems, such as "domestic abuse".
        phrases: runs of neighbouring telling words as the question writes them, with their stems.
        excused: stems of what a question taken over from another's letters asks with, which theirs need not say: the
            verb of "is Dorset buying …" after the same of West Yorkshire.
        demanded: stems that a sentence must say, be it by another word: what those asked for are to do ("thank" of
            "which letters thank …"), and to what where nothing else is named ("who supports the report?").
        had: whether those asked for are to have it: "which have pilots?"; `lacked` whether they are to have none.
        light: stems of ordinary words that the question asks with, which need not stand where all the rest does.
        asked_for: stems of the thing that is asked for, or whether there is one: nothing answers that is silent on it.
        spelled: each telling word as the question has it, in lower case, by its stem.
        strict: the answer type must be met, not only preferred.
        counted: stem of the thing whose number is asked for, or "".
        money: whether the figure asked for is a sum of money.
        sums: stems of the words that ask for a sum and name none of a kind ("cost", "spend"): any sum says them.
        person: whether somebody's name is asked for.
        actor: whether it asks who does something, which a post or a body answers as well as a name.
        share: whether it asks how many of a known number, which "all" or "none" answers too.
        age: whether somebody's age is asked for.
        post: stems of the post whose holder's name is asked for.
        contact: the detail that is asked for, of those which letterheads hold (`assistant.letterhead`), or "".
        received: whether that detail is asked of those to whom the letters go.
        overview: whether the letter as a whole is asked about.
        premise: whether the question takes something for granted ("why did …"); the letters may say otherwise.
        ways: other words for the telling ones that are no names, what counts most first.
        of_each: whether what a letter says of all of a kind it says of one that is numbered: whoever accepts all
            recommendations accepts recommendation 4, but does not mention it.
        all_of: stem of what is asked of as a whole: "all recommendations"; or "".
        degree: "more" or "fewer", and the stem of what that is asked of; ("", "") where neither is.
        parted: the stem of a verb and the particle that the question parts from it ("turn … down"), or ().
        joined: stems of each two names that are asked of alike: "THRIVE and STRIVE".
    """

    weights: dict[str, float]
    named: frozenset[str]
    pairs: tuple[tuple[str, str], ...]
    answer: AnswerType
    strict: bool
    counted: str = ""
    money: bool = False
    sums: frozenset[str] = frozenset()
    person: bool = False
    actor: bool = False
    share: bool = False
    age: bool = False
    post: frozenset[str] = frozenset()
    phrases: tuple[Phrase, ...] = ()
    excused: frozenset[str] = frozenset()
    demanded: frozenset[str] = frozenset()
    had: bool = False
    lacked: bool = False
    light: frozenset[str] = frozenset()
    asked_for: frozenset[str] = frozenset()
    spelled: Mapping[str, str] = field(default_factory=dict)
    contact: str = ""
    received: bool = False
    overview: bool = False
    premise: bool = False
    ways: tuple[Way, ...] = ()
    joined: tuple[tuple[str, str], ...] = ()
    parted: tuple[str, ...] = ()
    of_each: bool = False
    all_of: str = ""
    degree: tuple[str, str] = ("", "")

    def numbered(self) -> tuple[tuple[str, str], ...]:
        """Return the noun and the number of each thing that is named by its number, where `of_each` holds."""
        return tuple(pair for pair in self.pairs if self.of_each and pair[1].isdigit())

    def held_by(self, present: Set[str], meant: Set[str] = frozenset()) -> dict[str, float]:
        """Return which telling stems stand among these, themselves or by another word, and what each counts, 0 to 1.

        Args:
            meant: telling stems of which a loose way counts too, since it means the same here.
        """
        held = {word: 1.0 for word in self.weights if word in present}
        for way in self.ways:
            if way.stem in present and (way.of in meant or not way.loose):
                held.setdefault(way.of, way.counts)
        return held

    def weigh(self, held: Mapping[str, float]) -> float:
        """Return the share of the telling words that these are, weighted, 0 to 1; 0 when nothing tells."""
        total = sum(self.weights.values())
        return sum(self.weights[word] * counts for word, counts in held.items()) / total if total else 0.0


def find_terms(
    question: str,
    mentions: Sequence[Mention] = (),
    leave_out: frozenset[str] = frozenset(),
    *,
    matters: frozenset[str] = frozenset(),
    of_all: bool = False,
) -> Terms:
    """Return what a question asks for, leaving out the names that only say which letters are meant.

    Args:
        leave_out: further stems that do not say what is asked for.
        matters: stems that do say it, although the like of "report" mostly frames a question.
        of_all: whether all letters are asked; what is looked for in each is then told word by word.
    """
    words = tokens(question)
    by_capitals = _named(question)
    found = COUNTED.search(question) or COUNTED_FIRST.search(question)
    counted = _head(found["counted"]) if found else ""
    if counted and {stem(word) for word in words} - {counted} <= _FRAMING_STEMS | _of_mentions(
        words, mentions
    ):
        matters |= {counted}  # "how many replies did the Agency get?" asks of nothing else
    scoped = {at for mention in mentions for at in range(mention.start, mention.end)}
    scoped |= {
        at
        for cue in (FRAMING, CONTEXT, RANGE_END, PREMISE, OVERVIEW)
        for found in cue.finditer(question)
        for at in _within(question, found)
    }
    if view := VIEW.search(question):
        scoped |= set(_within(question, view, "view"))
    telling = [
        at
        for at, word in enumerate(words)
        if at not in scoped
        and ((word not in FRAME | TITLES and rarity(word) > 0.8) or stem(word) in matters)
        and stem(word) not in leave_out
    ]
    answer, strict = _answer_type(question)
    named = frozenset(stem(words[at]) for at in telling if at in by_capitals)
    pairs = tuple((stem(words[a]), stem(words[b])) for a, b in itertools.pairwise(telling) if b == a + 1)
    contact = detail_asked(question, scoped)
    post = POST.search(question)
    parted = PARTED.search(question)
    weights = {stem(words[at]): min(rarity(words[at]), rarity(stem(words[at]))) for at in telling}
    light = asked_with(question, {m.start: m.end for m in mentions}, by_capitals)
    return Terms(
        weights=_matter_first(question, weights),
        named=named,
        pairs=pairs,
        answer=answer,
        strict=strict or bool(contact),
        counted=counted,
        money=bool(MONEY.search(question)),
        sums=_SUMS & weights.keys() if MONEY.search(question) else frozenset(),
        person=bool(PERSON.search(question)),
        actor=bool(DOES.search(question)),
        share=bool(SHARE_OF.search(question)),
        age=bool(AGE.search(question)),
        post=frozenset(stems(post["post"])) if post else frozenset(),
        phrases=_phrases(question, telling, whole=of_all),
        light=frozenset(map(stem, light)) & weights.keys() - named,
        asked_for=frozenset(
            word for asking in ASKED_FOR for found in asking.finditer(question) for word in stems(found[1])
        ),
        spelled={stem(words[at]): words[at] for at in telling},
        contact=contact,
        received=bool(contact)
        and {m.name.field for m in mentions} <= {"addressee", "greeted"}
        and bool(mentions),
        overview=_sums_up(question, [words[at] for at in telling])
        or (bool(mentions) and not telling and bool(WHAT_SAYS.search(question))),
        premise=bool(PREMISE.search(question)),
        ways=tuple(way for way in _of_several(question) if way.of in weights)
        + _ways([words[at] for at in telling if at not in by_capitals]),
        parted=(stem(parted["verb"].lower()), parted["particle"].lower()) if parted else (),
        joined=tuple(
            (a, b)
            for found in _TWO_NAMES.finditer(question)
            if {a := stem(found["one"].lower()), b := stem(found["other"].lower())} <= named
        ),
    )


def as_question(query: str) -> str:
    """Return a query with one question mark at its end, whatever mark stood there: the sentence model reads the mark.

    "Compare the two on pay" and "compare the two on pay?" are then searched and ranked alike.
    """
    return query.rstrip("?.!… ") + "?"


def _of_mentions(words: Sequence[str], mentions: Sequence[Mention]) -> set[str]:
    return {stem(word) for mention in mentions for word in words[mention.start : mention.end]}


def leaving_out(terms: Terms, words: str) -> Terms:
    """Return what is looked for without some of a question's words."""
    gone = set(stems(words))
    weights = {word: weight for word, weight in terms.weights.items() if word not in gone}
    return replace(terms, weights=weights, named=terms.named - gone)


def _sums_up(question: str, telling: Sequence[str]) -> bool:
    """Whether letters as wholes are to be summed up, not what they say on a matter."""
    if not OVERVIEW.search(question):
        return False
    if OVERVIEW_OF_LETTERS.search(question) and not (telling and OVERVIEW_OF_THOSE.search(question)):
        return True
    aside = {word for found in OVERVIEW_FOR.finditer(question) for word in tokens(found[0])}
    return {stem(word) for word in telling if word not in aside} <= _VIEWS


# Two names in capitals, neither of them part of a longer name.
_ACRONYM = r"[A-Z]*[a-z]*[A-Z]+[a-z]*[A-Z]+\w*"
_TWO_NAMES = re.compile(
    rf"(?<![A-Z&]\w{{0}} )\b(?P<one>{_ACRONYM}),? (?:and|or) (?P<other>{_ACRONYM})\b(?! (?:[A-Z]|and [A-Z]))"
)
_SEVERAL = re.compile(r"\b([A-Z]{2,})['’]?s\b")  # "PCCs", which no stemmer takes for several of a "PCC"


def _of_several(question: str) -> tuple[Way, ...]:
    """Return the singular of each acronym that is written in the plural."""
    made = ((found[1].lower(), stem(tokens(found[0])[0])) for found in _SEVERAL.finditer(question))
    return tuple(Way(one, stem(one), several, FAMILY) for one, several in made if stem(one) != several)


def predicate_of(question: str, mentions: Sequence[Mention], terms: Terms) -> frozenset[str]:
    """Return the verb that a question asks with of those whom it names: "buying" of "is West Yorkshire buying …"."""
    words = tokens(question)
    for mention in mentions:
        before = [word for word in words[: mention.start] if word not in {"the", "also", "still"}]
        if not before or before[-1] not in _AUXILIARIES:
            continue
        after = [
            at
            for at in range(mention.end, len(words))
            if words[at] not in BODIES and not words[at].endswith("ly")
        ]
        verb = stem(words[after[0]]) if after else ""
        if verb in terms.weights.keys() - terms.named and len(terms.weights) > 1:
            return frozenset({verb})
    return frozenset()


def _within(question: str, found: re.Match[str], group: str | int = 0) -> range:
    """Return the positions of the tokens that a match in the question, or a group of it, covers."""
    begin = len(tokens(question[: found.start(group)]))
    return range(begin, begin + len(tokens(found[group])))


def _head(counted: str) -> str:
    """Return the stem of the noun that is counted: "posts" of "technician posts announced"; "" where there is none."""
    words = tokens(counted)
    while len(words) > 1 and words[-1].endswith("ed"):
        words.pop()
    return stem(words[-1]) if words else ""


def _matter_first(question: str, weights: dict[str, float]) -> dict[str, float]:
    """Let what a matter is said to be part of count half as much as the matter at most."""
    found = CONTEXT.search(question)
    if not found:
        return weights
    before = set(stems(question[: found.start()]))
    matter = sum(weight for word, weight in weights.items() if word in before)
    context = sum(weights.values()) - matter
    if not matter or context <= matter / 2:
        return weights
    less = matter / 2 / context
    return {word: weight if word in before else less * weight for word, weight in weights.items()}


def _ways(words: Sequence[str]) -> tuple[Way, ...]:
    """Return other words for these, what counts most first; none that the question has, or that only frames it."""
    own = {stem(word) for word in words}
    made = [
        Way(other, stem(other), stem(word), FAMILY)
        for word in words
        for other in sorted({*family(word), *_spelt_with_es(word)}, key=rarity)
    ]
    alike = [
        Way(other, stem(other), stem(word), SYNONYM, loose=not plain)
        for word in words
        for other, plain in sorted(synonyms(word), key=lambda other: rarity(other.text))
    ]
    named = [
        Way(kind, stem(kind), stem(word), SYNONYM, loose=True)
        for word in words
        for kind in sorted(kinds(word), key=rarity)
    ]
    found: dict[tuple[str, str], Way] = {}
    for way in (*made, *sorted(alike, key=lambda way: way.loose), *named):
        if way.text not in FRAME and way.stem not in own:
            found.setdefault((way.of, way.stem), way)
    return tuple(found.values())


def _spelt_with_es(word: str) -> set[str]:
    """Return "bus" for "buses" and the other way round, which no stemmer tells."""
    forms = [*bases(word)[1:], f"{word}es"] if word.endswith("s") else []
    return {form for form in forms if stem(form) != stem(word) and rarity(form) <= USED}


def _phrases(question: str, telling: Sequence[int], *, whole: bool) -> tuple[Phrase, ...]:
    """Join pieces of the question that hold neighbouring telling words, without common words at their ends.

    Args:
        whole: whether a common noun may stand at one's ends: "call handling", "shore power".
    """
    runs: list[list[tuple[str, list[str]]]] = []
    told = set(telling)
    at, joined = 0, False
    for piece in re.findall(r"\S+", question):
        held = tokens(piece)
        mine = [word for place, word in enumerate(held, start=at) if place in told]
        at += len(held)
        if mine and not joined:
            runs.append([])
        if mine:
            runs[-1].append((piece, mine))
        joined = bool(mine) and piece[-1].isalnum()
    return tuple(_phrase(run, whole=whole) for run in runs)


def _phrase(run: list[tuple[str, list[str]]], *, whole: bool) -> Phrase:
    said = [at for at, (_, words) in enumerate(run) if max(map(rarity, words)) >= COMMON] or range(len(run))
    end = len(run) if whole and not run[-1][1][-1].endswith(("ed", "ing")) else said[-1] + 1
    kept = run[0 if whole else said[0] : end]
    text = re.sub(r"^\W+|(?:['’]s)?\W*$", "", " ".join(piece for piece, _ in kept))
    return Phrase(text, tuple(stem(word) for _, words in kept for word in words))


def _named(question: str) -> set[int]:
    """Return the positions of tokens that are written as names: capitals inside a sentence, or digits (but years)."""
    found: set[int] = set()
    at = 0
    for piece in re.findall(r"\S+", question):
        bare = piece.strip("\"'“”‘’().,;:!?")
        for offset, token in enumerate(tokens(piece)):
            year = re.fullmatch(r"(?:19|20)\d\d", token) or re.search(r"\d/\d|(?:19|20)\d\d[–-]\d", bare)
            capital = bare[:1].isupper() and (at > 0 or bare[1:2].isupper() or any(c.isdigit() for c in bare))
            if _SEVERAL.fullmatch(bare):
                continue  # of a kind, which is not its name
            if (capital or any(c.isdigit() for c in bare) or sum(c.isupper() for c in bare) > 1) and not year:
                found.add(at + offset)
        at += len(tokens(piece))
    return found


def _answer_type(question: str) -> tuple[AnswerType, bool]:
    if DATE.search(question):
        return "date", True
    if FIGURE.search(question):
        return "figure", bool(FIGURE_ONLY.search(question))
    if PLACE.search(question):
        return "place", True
    if NAME.search(question):
        return "name", True
    if PREMISE.search(question) and ON_PAPER.search(question):
        return "stance", False
    return "any", False
