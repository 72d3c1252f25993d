"""More questions that the cards answer than plain turns of phrase show, and names in them that no card knows (pure)."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.addressed import addressed_to
from assistant.described import writers_described
from assistant.length import asks_for_length
from assistant.lexicon import COMMON, COMPASS, Mention, initials_of
from assistant.periods import find_periods
from assistant.written_first import in_which_order, order_asked
from vectorstore.letter import Letter
from vectorstore.words import rarity, stem, stems, tokens

_POST = re.compile(r"^\W*what(?:['’]s| is| was)\b.*\b(?:job|office|post|role|job title)\W*$", re.I)
_LETTER = r"(?:letters?|repl(?:y|ies)|responses?)"
SUBJECT = re.compile(
    rf"^\W*(?:and |so )?what(?:['’]s| is| was| are| were)\b(?P<what>.*)\babout\W*$|\bsubjects? of\b.*\b{_LETTER}\b",
    re.I,
)
_ALL_LETTERS = re.compile(
    rf"^\W*(?:please )?(?:list|show|give|name)(?: me| us)?(?: all| every)?(?: of)?(?: the| your)? {_LETTER}"
    r"\W*(?:$|(?:you have|there are|in the store|from|by|to|dated|written|sent|addressed|of|in)\b"
    r"(?!.*\b(?:that|which|about)\b))"
    rf"|^\W*(?:what|which) {_LETTER} (?:do you have|have you(?: got)?|are there|are in|came|come)\b(?!.*\babout\b)",
    re.I,
)
_WROTE_TO = re.compile(
    r"^\W*(?:did|has|have|does|do)\b.*\b(?:write|written|wrote|repl(?:y|ied)|respond(?:ed)?) to "
    r"(?:[\w.'’-]+ ?){1,6}\W*$",
    re.I,
)
_WHOM = re.compile(
    r"^\W*(?:and |so )?whom?(?: (?:at|in|within) (?:[\w'’&-]+ ){1,5}?| )(?:did|does|do|has|have|was|were|is)\b.*"
    r"\b(?:write|writing|written|repl(?:y|ied|ying)|respond(?:ed|ing)?"
    r"|(?:address(?:ed)?|sen[dt])(?: it| the letter| (?:his|her|its|their) letters?)) to\W*$",
    re.I,
)
_ANSWERING = re.compile(
    rf"^\W*(?:which|what|how many)(?: of the)? {_LETTER} "
    r"(?:answers?|answered|respond(?:s|ed)?(?: to)?|repl(?:y|ies|ied)(?: to)?"
    r"|(?:is|are|was|were) (?:written )?in (?:answer|response|reply) to)\b(?P<what>.*)",
    re.I,
)
_NAME = (
    r"(?:the |an? )?(?P<name>[A-Z][\w'’&.-]*(?: (?:(?:of|and|the|for|de|on) )*[A-Z][\w'’&.-]*)*)"
    r"(?=['’]s\b|[\s?.,;!]|$)"
)
_TO_WHOM = re.compile(
    rf"\b(?:sent|wr(?:ote|itten|ite)|address(?:ed)?|{_LETTER}|repl(?:ied|y)|responded) to {_NAME}"
)
_COPIED_TO = re.compile(rf"\bcop(?:ied|ies|y)(?: \w+)? to {_NAME}")
_FROM_WHOM = re.compile(rf"\b(?:did|has|have|from|by) {_NAME}")
_FROM_SMALL = re.compile(r"^\W*when did (?P<name>[a-z]+(?: [a-z]+)?) write\W*$")


# "Letters from Police and Crime Commissioners": what follows is whose they are.
_WRITTEN_BY = re.compile(
    rf"\b{_LETTER}(?:,? (?:that|which))?(?: (?:is|are|was|were|came|come|do|does|did))?(?:n['’]t| not)?"
    r"(?: (?:written|sent|signed|come))? (?:from|by) (?:(?:the|an?|any|all|other) )?"
    r"|^\W*(?:which|what|how many)(?: of the)? (?:authors|writers|senders) (?:is|are|was|were) (?:(?:the|an?) )?",
    re.I,
)
_AUTHORS_ARE = re.compile(
    r"\W*(?:which|what|how many)(?: of the)? (?:authors|writers|senders) (?:is|are|was|were)\b", re.I
)
_JOINING = frozenset("and of the for".split())


class Described(NamedTuple):
    """Writers whom a question calls by their office: the code points of it, and their letters' ids."""

    start: int
    end: int
    letter_ids: frozenset[str]


def holders(question: str, letters: Sequence[Letter]) -> Described | None:
    """Return whose letters a question asks for by an office, however many hold it; None for no such, or for all.

    An office is meant by words that its card has, "and" or "&", one or several: "commissioners".
    """
    found = _WRITTEN_BY.search(question)
    if not found:
        return None
    offices = {letter.id: _called(letter) for letter in letters}
    asked: set[str] = set()
    held, end = frozenset[str](), found.end()
    for piece in re.finditer(r"\S+", question[found.end() :]):
        words = {stem(word) for word in tokens(piece[0]) if word not in _JOINING}
        now = frozenset(i for i, office in offices.items() if asked | words <= office)
        if not now:
            break
        if words:
            asked |= words
            held, end = now, found.end() + piece.start() + len(piece[0].rstrip("?.,;:!"))
    return Described(found.end(), end, held) if asked and len(held) < len(letters) else None


def _called(letter: Letter) -> set[str]:
    """Return the stems of an office and of its initials, without the area that it is for."""
    office = letter.card.value("office") or ""
    area = set(stems(letter.card.value("area") or ""))
    return {*stems(office), *map(stem, initials_of(office))} - area


def without_holders(question: str, letters: Sequence[Letter]) -> str:
    """Put "the" for the words by which a question says whose letters it asks for, see `holders`."""
    if not (described := holders(question, letters)):
        return question
    named = question[described.start : described.end]
    blank = " ".join("the" for _ in tokens(named))
    return question[: described.start] + blank + question[described.end :]


def asks_of_cards(question: str, mentions: Sequence[Mention], letters: Sequence[Letter]) -> bool:
    """Whether the cards answer it: "what is BW/FD/19-118 about", "list the letters", "which letters answer …"."""
    subject = SUBJECT.search(question)
    if subject and (
        re.search(rf"\b{_LETTER}\b", question, re.I) or any(m.name.field == "reference" for m in mentions)
    ):
        return True
    wrote_to = (_WROTE_TO.search(question) or _WHOM.match(_undated(question))) and (
        any(m.name.field in {"author", "area"} for m in mentions)
        or writers_described(question, mentions, letters)
    )
    holds = _POST.search(question) and any(m.name.field == "author" for m in mentions)
    of_office = _AUTHORS_ARE.match(question) and holders(question, letters)
    listed = of_office or _ALL_LETTERS.search(question) or _bears_only(question, mentions)
    writes_for = _WRITES_FOR.search(question) and any(m.name.field == "author" for m in mentions)
    of_writers = (
        writes_for or bool(writers_listed(question, letters)) or in_which_order(question, mentions, letters)
    )
    of_writers = of_writers or order_asked(question, mentions, letters) is not None
    return bool(
        listed or wrote_to or holds or of_writers or asks_for_length(question) or answering(question, letters)
    )


def _undated(question: str) -> str:
    for period in reversed(find_periods(question)):
        question = question[: period.start] + question[period.end :]
    return " ".join(question.split())


_ACTS = r"(?:write|work|sign|speak|reply)"
# "Which organisation does Ann Example write for?"
_WRITES_FOR = re.compile(
    rf"^\W*(?:which|what) [\w-]+ (?:does|did|do)\b.*\b{_ACTS} (?:for|on behalf of)\W*$"
    rf"|^\W*(?:for whom|for what|on (?:whose|what) behalf|whom?) (?:does|did|do)\b.*\b{_ACTS}(?: for)?\W*$",
    re.I,
)
_LIST = r"(?:please )?(?:list|name|show|give)(?: me)?(?: all)?(?: of)?|who (?:are|were)(?: all)?"
_WROTE = r"(?:wrote|write|signed|replied|responded|(?:have |has )?written)(?: (?:in|to us|(?:these |the )?letters))?"
_WRITERS = re.compile(
    rf"^\W*(?:(?:{_LIST})(?: the| your)?|how many(?: different)?) (?:different )?"
    r"(?:authors|writers|senders|signatories|correspondents)\b"
    rf"(?: (?:are there|there are|{_WROTE}|do you have|(?:are )?(?:in|of) (?:these|the|all the|them)"
    r"(?: letters)?))?\W*$",
    re.I,
)
_HOLDERS = re.compile(
    rf"^\W*(?:(?:{_LIST})(?: the| your) (?P<listed>[\w& -]+?)|how many (?P<counted>[\w& -]+?) {_WROTE})\W*$",
    re.I,
)


def writers_listed(question: str, letters: Sequence[Letter]) -> list[Letter]:
    """Return the letters whose writers are to be listed or counted, all or by an office of theirs; else none.

    "Who are the authors?", "how many chief executives wrote?".
    """
    if _WRITERS.match(question):
        return list(letters)
    found = _HOLDERS.match(question)
    words = (
        [word for word in tokens(found["listed"] or found["counted"]) if word not in _JOINING]
        if found
        else []
    )
    if not words or not words[-1].endswith("s"):
        return []
    asked = set(map(stem, words))
    return [letter for letter in letters if asked <= _called(letter)]


def _bears_only(question: str, mentions: Sequence[Mention]) -> bool:
    """Whether it asks which letters bear a reference, and nothing else: "which letters are about BLA 761066?"."""
    named = {word for m in mentions if m.name.field == "reference" for word in m.name.words}
    asked = {word for word in tokens(question) if rarity(word) > 1.0} - named - _OF_REFERENCES
    return (
        bool(named)
        and not asked
        and bool(re.match(rf"\W*(?:which|what|how many) {_LETTER}\b", question, re.I))
    )


_OF_REFERENCES = frozenset(
    "letter letters reply replies response responses reference ref number bear bears".split()
)


def answering(question: str, letters: Sequence[Letter]) -> list[Letter]:
    """Return the letters that answer the report which the question names; none where it names none that cards know."""
    found = _ANSWERING.search(question)
    asked = {word for word in stems(found["what"]) if rarity(word) > 1.0} - _REPORT if found else set()
    if not asked:
        return []
    titles = {letter.id: _title(letter) for letter in letters}
    # Letters call one report by more or less of its title.
    meant = [title for title in titles.values() if asked <= title]
    return [
        letter
        for letter in letters
        if any(
            title == titles[letter.id] or len(title & titles[letter.id]) >= max(4, 0.6 * len(title))
            for title in meant
        )
    ]


_REPORT = frozenset(stem(word) for word in "report reports inspection review the published".split())


def _title(letter: Letter) -> frozenset[str]:
    named = letter.card.value("report") or letter.card.value("subject") or ""
    return frozenset(word for word in stems(named) if rarity(word) > 1.0) - _REPORT


def stranger(question: str, mentions: Sequence[Mention], letters: Sequence[Letter]) -> str:
    """Say that no card bears a name which the question asks about, in a clause; "" where it names nobody unknown."""
    known = {word for m in mentions for word in m.name.words}
    for pattern, fields, said in (
        (_COPIED_TO, ("cc",), "is copied to"),
        (_TO_WHOM, ("addressee", "office"), "is addressed to"),
        (_FROM_WHOM, ("author", "area", "office"), "is from"),
    ):
        found = pattern.search(question)
        if not found and pattern is _FROM_WHOM:
            found = _FROM_SMALL.search(question)
            if found and any(rarity(word) < 2.0 for word in tokens(found["name"])):
                found = None
        if not found:
            continue
        asked = [word for word in tokens(found["name"]) if rarity(word) > 0.8]
        if pattern is _TO_WHOM and (to := addressed_to(question, letters)) and to.letters:
            continue
        if asked and known.isdisjoint(asked) and not _dated(asked) and not _borne(asked, fields, letters):
            return f"no letter in scope {said} {found['name'].rstrip('.')}"
    return ""


# "What does West Midlands say", "how many calls in North Wales": a place by its side of a greater one.
_PLACE_ASKED = re.compile(
    r"\b(?:does|did|do|has|have|is|was|were|will|would|can|in|by|from|at) (?:the )?"
    rf"(?P<place>(?:{'|'.join(COMPASS)})(?:[ -](?:{'|'.join(COMPASS)}))? (?!of\b)[\w’'-]+)",
    re.I,
)


def place_of_none(question: str, mentions: Sequence[Mention], letters: Sequence[Letter]) -> str:
    """Return an area such as "West Midlands" that is asked about, where no letter is from it or speaks of it; else "".

    A letter that has its name only as part of a longer one, of some body's, does not speak of it.
    """
    found = _PLACE_ASKED.search(question)
    if not found or any(m.name.field in {"area", "author"} for m in mentions):
        return ""
    place = re.sub(r"(?:['’]s?)$", "", found["place"])
    small = question.islower()
    following = question[found.start("place") + len(place) :]
    named = small or all(word[0].isupper() for word in place.split())
    if not named or rarity(tokens(place)[-1]) < COMMON or re.match(r" [A-Z]", following):
        return ""
    words = r"\s+".join(map(re.escape, place.split()))
    alone = re.compile(rf"\b(?i:{words})\b(?!\s+[A-Z])")
    return "" if any(alone.search(letter.text) for letter in letters) else place


def _dated(words: Sequence[str]) -> bool:
    months = "january february march april may june july august september october november december".split()
    return words[0] in months or words[0][0].isdigit()


def _borne(asked: Sequence[str], fields: Sequence[str], letters: Sequence[Letter]) -> bool:
    wanted = {stem(word) for word in asked}
    return any(
        wanted <= set(stems(value))
        for letter in letters
        for field in fields
        for value in (*letter.card.values(field), letter.card.value(field) or "")
    )
