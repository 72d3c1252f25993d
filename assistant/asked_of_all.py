"""What is asked of all letters: the noun that "which …" asks for, and what each of them is to say (pure)."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Literal

from assistant.acting import PAPERS
from assistant.cues import ALL_OF, NEGATED, SAYS
from assistant.degree import degree_of
from assistant.figures import NUMBERS
from assistant.lexicon import Mention, by_bodies, kinds_of_body
from assistant.stance import ACTS, of_stance
from assistant.terms import FRAME, Terms, find_terms
from vectorstore.letter import Letter
from vectorstore.words import rarity, stem, stems, tokens

# What letters, and those who write them, are called in general; the cards' offices are added.
UNITS = frozenset(
    """
    letter letters reply replies response responses answer answers document documents author authors
    writer writers correspondent correspondents sender senders force forces area areas organisation
    organisations office offices anyone anybody nobody everyone somebody someone them those these region
    regions
    """.split()
)
# Verbs by which a question only says that a matter stands in a letter; a letter need not say them.
_SPEAKING = frozenset(
    map(
        stem,
        """
        mention raise contain include cover bring deal address highlight note feature speak quote cite reference comment
        acknowledge use make provide touch concern treat express look hold name sent dated signed received published
        """.split(),
    )
)
# A letter that speaks of a recommendation responds to it; a force responds to calls.
_RESPONDING = frozenset(map(stem, "respond answer reply react".split()))
_LETTERS = frozenset("letter letters reply replies response responses answers documents".split())
_HAVE = frozenset({"have", "has", "had"})
_THE_REPORT = re.compile(r"\b(?:the|this|that|their|his|her|its) (?:[\w-]+ )?(?P<noun>reports?)\b", re.I)
_SPOKEN_OF = re.compile(
    r"\b(?:mention\w*|nam(?:e|es|ed)|quot(?:e|es|ed)|cit(?:e|es|ed)|(?:speaks?|spoke|talks?) (?:about|of)|refer\w* to)"
    r" (?:both |either |neither )?(?:the )?$"
)


_DO = r"(?:do|does|did|ha(?:s|ve))"
_NOT = rf"(?:{_DO}\s+(?:not|never)|{_DO}n['’]t|not|never)"
_BUT_NOT = re.compile(
    rf"^(?P<says>.*?),?\s+(?:(?:but|yet|and)\s+{_NOT}|without\s+\w+ing)\s+(?P<lacks>\S.*)$", re.I
)
_NOT_BUT = re.compile(
    rf"^(?P<who>.*?)\s+(?:{_DO}\s+not|{_DO}n['’]t)\s+(?P<lacks>.*?),?\s+(?:but|yet)\s+(?:{_DO}\s+)?(?P<says>\S.*)$",
    re.I,
)


# "Both social media and modern slavery", "training as well as pay", "neither training nor pay".
_BOTH = re.compile(
    r"^(?P<who>.*?)\bboth\s+(?!(?:of|letters?|writers?|authors?)\b)(?P<matters>.+?\band\b.+?)[?.!\s]*$", re.I
)
_SPEAKS = (
    r"^(?P<who>.*?\b(?:mention|raise|discuss|cover|bring up|(?:speak|talk|write) (?:of|about)|refer to)s?\s+)"
)
_AS_WELL = re.compile(
    _SPEAKS + r"(?P<matters>\S.*?\b(?:as well as|and also|along with|together with)\b.+?)[?.!\s]*$", re.I
)
_AND = re.compile(_SPEAKS + r"(?P<matters>\S.*?\band\b.+?)[?.!\s]*$", re.I)
_NEITHER = re.compile(r"^(?P<who>.*?)\bneither\s+(?P<matters>.+?\bnor\b.+?)[?.!\s]*$", re.I)
_BETWEEN = re.compile(
    r",?\s+\b(?:and also|as well as|along with|together with|and|nor)\s+(?:of\s+|about\s+|on\s+)?|,\s+", re.I
)
MOST_MATTERS = 4
_OF_A_REPORT = re.compile(
    rf"\b(?:{'|'.join(sorted(PAPERS))})['’]s? (?=(?:[\w-]+ )?(?:{'|'.join(sorted(PAPERS))})\b)", re.I
)
SMALL = 0.5  # as vectorstore.words.rarity: "will", "has"


def matters_of(question: str) -> list[tuple[str, bool]]:
    """Part a complete pass for several matters into a question for each, with whether letters are to say it.

    "Which letters mention X but not Y", "both X and Y", "neither X nor Y"; [] where it asks for no such.
    """
    if found := _NOT_BUT.match(question):
        return [
            (f"{found['who']} {found['says']}", True),
            (f"Which letters mention {found['lacks']}?", False),
        ]
    found = _BUT_NOT.match(question)
    if found and not NEGATED.search(found["says"]):
        return [(f"{found['says']}?", True), (f"Which letters mention {found['lacks']}", False)]
    if found := _NEITHER.match(question):
        return _each(found["who"], found["matters"], says=False)
    found = _BOTH.match(question) or _AS_WELL.match(question)
    return _each(found["who"], found["matters"], says=True) if found and not NEGATED.search(question) else []


def each_of_two(question: str) -> str:
    """Return a question for two complete passes as one for a table: "which use X and which use Y"; else "".

    Of "which accept it and which reject it" the first is asked: the ledger shows the contrary beside it.
    """
    found = _AND_WHICH.match(question)
    verb, *matter = _after_unit(found["first"]) if found else ("",)
    if not found or not matter or NEGATED.search(found["first"]):
        return ""
    if found["second"].lower() in _SAME or found["verb"].lower() in _DENYING:
        return f"{found['first']}?"
    if (
        stem(found["verb"].lower()) != stem(verb)
        and not {stem(found["verb"].lower()), stem(verb)} <= _SPEAKING
    ):
        return ""
    spelled = found["first"][found["first"].lower().index(verb) + len(verb) :].strip()
    return f"What does each letter say about {spelled} and about {found['second']}?"


_AND_WHICH = re.compile(
    r"^(?P<first>\W*which\b.+?),?\s+(?:and|but)\s+which"
    r"(?:\s+(?:of (?:them|these|those)|ones?|others?|letters?|do|does))*"
    r"\s+(?P<verb>[\w’']+)\s+(?P<second>.+?)[?.!\s]*$",
    re.I,
)
_SAME = frozenset({"it", "them", "this", "that"})


def speaking_of(question: str) -> tuple[str, str] | None:
    """Return a question that asks who speaks of "X and Y", up to these, and these; None for any other."""
    found = None if NEGATED.search(question) else _AND.match(question)
    return (found["who"], found["matters"]) if found else None


_KEEPS_SILENT = re.compile(r"nothing|no mention|silent|omit|le(?:ft|aves?) out", re.I)


def is_negated(question: str) -> bool:
    """Whether the letters that do not say it are asked for, and not those that say of a thing that it is not so.

    "Which letters do not mention it?", and not "which letters say that it was not done?".
    """
    found = NEGATED.search(question)
    if not found:
        return False
    before = question[: found.start()]
    told = bool(SAYS.search(before)) or not ACTS.isdisjoint(stems(before))
    return not told or bool(_KEEPS_SILENT.match(found[0]))


def _each(who: str, matters: str, *, says: bool) -> list[tuple[str, bool]]:
    parts = [part for part in _BETWEEN.split(matters) if part]
    return [(f"{who}{part}?", says) for part in parts] if 1 < len(parts) <= MOST_MATTERS else []


def list_terms(question: str, when_apart: str, narrowing: Sequence[Mention]) -> Terms:
    """Return what a complete pass looks for.

    Args:
        when_apart: the question without what only says when letters were written.
        narrowing: names in it that set the scope.
    """
    when_apart = _OF_A_REPORT.sub("", when_apart)
    degree = degree_of(question)
    told = ["fewer", "less"] if degree[1] else []
    if is_negated(question):
        told += [found[0] for found in NEGATED.finditer(question)]  # "nothing" of "say nothing about"
    leave_out = frozenset(stems(" ".join([*UNITS, *unit_words(question), *told])))
    # "Which letters mention training?" looks for "training", "which letters quote?" for the verb.
    terms = find_terms(when_apart, narrowing, leave_out | _speaking_of(question), of_all=True)
    terms = terms if terms.weights else find_terms(when_apart, narrowing, leave_out, of_all=True)
    demanded = _demanded(question, terms)
    of_few_words = _common(question) - leave_out if terms.weights.keys() <= demanded else frozenset()
    needed = demanded | of_few_words | ({degree[1]} if degree[1] else set())
    if not needed <= terms.weights.keys():
        terms = find_terms(when_apart, narrowing, leave_out, matters=needed, of_all=True)
    after = _from_unit(question)[len(unit_words(question)) :][:2]
    speaking = _speaking_of(question)
    lacked = after[1:] == ["no"] and not is_negated(question)
    had = lacked or (bool(after) and after[0] in _HAVE)
    return replace(
        terms,
        demanded=demanded,
        had=had,
        lacked=lacked,
        of_each=bool(demanded & ACTS or speaking & _RESPONDING),
        degree=degree,
        all_of=_whole(question, terms) if demanded & ACTS or speaking & _RESPONDING else "",
        phrases=tuple(
            replace(phrase, text=f"{degree[0]} {phrase.text}") if degree[1] in phrase.stems else phrase
            for phrase in terms.phrases
        ),
        ways=(*terms.ways, *of_stance(demanded - terms.named)),
    )


def names_setting_scope(question: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Leave out names of writers that are what is looked for, not whose letters: "which letters mention Northmere?"."""
    words = tokens(question)
    kept, spoken_of = [], -1
    for mention in mentions:
        if _SPOKEN_OF.search(f"{' '.join(words[: mention.start])} ") or (
            spoken_of > 0 and _LISTING.issuperset(words[spoken_of : mention.start])
        ):
            spoken_of = mention.end
        else:
            kept.append(mention)
    return kept


_LISTING = frozenset(
    "and or nor the s".split()
)  # between names that are spoken of: "mention Kent and the Wolds"


def writers_asked_for(question: str, units: AbstractSet[str]) -> tuple[str, Literal["area", "author"]]:
    """Return the word for the bodies or the people that a complete pass asks for, and the card's field for them.

    Of one that asks for letters, or for one alone, the word is "".

    Args:
        units: what letters and their writers are called, words of the cards' offices among them.
    """
    found = ALL_OF.match(question)
    if found and found["who"] and is_negated(question):
        return "authors", "author"  # who wrote of it in another letter does not keep silent
    words = unit_words(question)
    offices = units - UNITS
    plural = next((word for word in words if word.endswith("s")), "")
    if plural in _BODIES:
        return plural, "area"
    is_office = bool(plural) and all(word in offices or word.removesuffix("s") in offices for word in words)
    return ("authors" if is_office else plural, "author") if plural in _PEOPLE or is_office else ("", "area")


_BODIES = frozenset("forces areas organisations regions".split())
_PEOPLE = frozenset("authors writers correspondents senders".split())


def bodies_asked_for(question: str, letters: Sequence[Letter]) -> tuple[str, list[Letter]]:
    """Return the noun of "which councils mention …", and the letters by such bodies; "" where it asks for no bodies.

    Of a kind that cards do not name ("companies") there are no such letters, and only what it asks of them tells that
    it asks of letters.
    """
    unit = unit_words(question)[:1]
    kinds = kinds_of_body(unit)
    # "Museums" are a kind of body where cards name one; "commissioners" are people.
    named = {stem(word) for word in unit if word not in UNITS and is_plural(word)}
    theirs = (
        by_bodies(kinds, letters)
        if kinds
        else [letter for letter in letters if named & set(stems(letter.card.value("area") or ""))]
    )
    if not (kinds or theirs):
        return "", []
    asks = bool(frozenset(map(stem, _after_unit(question)[:1])) & _SPEAKING) or bool(SAYS.search(question))
    return (unit[0], theirs) if len(theirs) > 1 or asks else ("", [])


def unit_words(question: str) -> list[str]:
    """Return the noun that "which …" or "how many …" asks for; two words where it is the second: "chief executives"."""
    words = _from_unit(question)
    return words[: 1 if words and _is_unit(words[0]) else 2]


def _from_unit(question: str) -> list[str]:
    """Return the words of a question from the noun that it asks for on; none where it asks "who"."""
    found = ALL_OF.match(question)
    if not found or found["who"]:
        return []
    group = next((name for name in ("passive", "unit", "inside", "any", "listed") if found[name]), None)
    return tokens(question[found.start(group) :]) if group else []


def _after_unit(question: str) -> list[str]:
    """Return the words of a question from the verb on that those asked for are to do, or not to do."""
    after = _from_unit(question)[len(unit_words(question)) :]
    denied = 2 if after[1:2] == ["not"] else 1
    return (
        after[denied:]
        if after and after[0] in _DENYING and (denied == 2 or after[0].endswith("nt"))
        else after
    )


_DENYING = frozenset("do does did dont doesnt didnt".split())


def _is_unit(word: str) -> bool:
    return word in UNITS or (word.endswith("s") and not word.endswith("ss"))


def _demanded(question: str, terms: Terms) -> frozenset[str]:
    """Return the stem of what those asked for are to do: "thank" of "which letters thank …".

    Where no word but that tells, the report that they are to do it to is demanded too.
    """
    found = ALL_OF.match(question)
    after = _after_unit(question)[:1]
    words = tokens(found["who"])[:1] if found and found["who"] else after
    verb = frozenset(map(stem, words)) & ((terms.weights.keys() | ACTS) - terms.named)
    if verb and verb == terms.weights.keys() and (paper := _THE_REPORT.search(question)):
        return verb | {stem(paper["noun"].lower())}
    return verb


def _common(question: str) -> frozenset[str]:
    """Return the stems of what those asked for do it to, however common: "time" of "who wants more time?"."""
    found = ALL_OF.match(question)
    words = tokens(question[found.end() :]) if found and found["who"] else _after_unit(question)[1:]
    return frozenset(stem(word) for word in words if word not in FRAME and rarity(word) > SMALL)


_WHOLE = re.compile(
    r"\b(?:all|every|each)(?: of)?(?: (?:the|its|their|his|her|your|those|these))?((?: [\w'’-]+){1,4})", re.I
)


def _whole(question: str, terms: Terms) -> str:
    """Return the stem of what letters are to do something to all of: "accept all eight recommendations"; or ""."""
    found = _WHOLE.search(question)
    asked = [word for word in tokens(found[1]) if stem(word) in terms.weights] if found else []
    return next((stem(word) for word in asked if word not in NUMBERS and not word.isdigit()), "")


def _speaking_of(question: str) -> frozenset[str]:
    """Return the stem of a verb that only says that a matter stands there: "raise" of "which letters raise …"."""
    of_letters = not _LETTERS.isdisjoint(unit_words(question))
    return frozenset(map(stem, _after_unit(question)[:1])) & (
        _SPEAKING | _RESPONDING if of_letters else _SPEAKING
    )


def counting_units(question: str, units: AbstractSet[str]) -> frozenset[str]:
    """Return the stems of what only says how many letters or writers there are: "four forces" of "in all four forces".

    Args:
        units: what letters and their writers are called.
    """
    words = tokens(question)
    found: set[str] = set()
    for at, word in enumerate(words):
        if word.isdigit() or word in NUMBERS or word == "all":
            after = words[at + 1 : at + 3]
            unit = next((w for w in after if is_plural(w) and {w, w.removesuffix("s")} & units), "")
            found |= {stem(word), stem(unit)} if unit else set()
    return frozenset(found)


# Words that end like a superlative and are none, and those that ask for a letter by its date.
_NO_SUPERLATIVE = frozenset(
    "latest newest oldest earliest request interest test west rest honest modest protest arrest guest".split()
)


def outdoing(question: str, units: AbstractSet[str]) -> str:
    """Return the superlative of "which force is quickest at …", "which council has the fewest …"; else "".

    Args:
        units: what letters and their writers are called, words of the cards' offices among them.
    """
    found = ALL_OF.match(question)
    unit = unit_words(question)[:1]
    if not found or not found["unit"] or not unit or not {unit[0], unit[0].removesuffix("s")} & units:
        return ""
    after = [word for word in _from_unit(question)[1:] if word != "the"]
    if after and stem(after[0]) in _SPEAKING:
        return ""  # "which letters mention the best repairs?"
    for word in (*after[1:2], *after[-1:]):
        ends = word.endswith("est") and len(word) > 4 and word not in _NO_SUPERLATIVE
        if ends or word in {"most", "least", "best", "worst"}:
            return word
    return ""


def is_plural(unit: str) -> bool:
    """Whether a noun means several letters or writers, or anybody of them."""
    return unit.endswith("s") or unit in {"anyone", "anybody", "nobody", "everyone", "them"}
