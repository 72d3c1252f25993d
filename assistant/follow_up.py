"""A follow-up to a standalone question, from the turns before it (pure)."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, Turn
from assistant.asked_of_all import is_negated
from assistant.cues import CARD, COMPARE, LEADS, OVERVIEW, POINTS
from assistant.letter_order import LETTER, WHICH_LETTER
from assistant.lexicon import Mention, Name, find_mentions
from assistant.periods import find_periods
from assistant.refusal import AGREES, refusal_of
from assistant.scoping import without_when
from assistant.sides import may_write
from assistant.stands_alone import points_back, stands_alone
from assistant.terms import find_terms
from vectorstore.letter import Scope
from vectorstore.words import stem, tokens

_FILLER = frozenset(
    """
    and what about how or also but so ok okay yes same then please figure thing question for the in of
    is it that there too again with any anything like
    """.split()
)
_OTHERS = re.compile(
    r"^\W*(?:and |but |so )?(?:what|how) (?:about|do) (?:all )?(?:the|any) (?:others?|rest"
    r"|other \w+)(?: say)?(?: about it)?\W*$",
    re.I,
)
_ANOTHER = re.compile(
    r"^\W*(?i:and|but|or|what about|how about) (?i:for |from |in |at |the )*"
    r"(?P<who>[A-Z][\w’'-]*(?: (?:of |upon |the )?[A-Z][\w’'-]*)*)\W*$"
)
_WHO_NOT = re.compile(
    r"^\W*(?:and |but |so )?(?:which|who)(?: ones?| letters?| of (?:them|these|those))?"
    r" (?:do|does|did)(?:n['’]?t| not)(?: mention (?:it|that|them))?\W*$",
    re.I,
)
_WHO_ELSE = re.compile(
    r"^\W*(?:and |but |so |then )?who(?: else)? (?:does|did|do|has|is|says? (?:so|it|that)|mentions? (?:it"
    r"|that))\W*$",
    re.I,
)
# "Which letter is that from?", "where does it say so?"
_FROM_WHICH = re.compile(
    r"^\W*(?:and |but |so |ok(?:ay)? )?(?:(?:from|in) )?(?:which|what|whose)"
    r" (?:letters?|repl(?:y|ies)|responses?|documents?)"
    r"(?:(?: (?:is|are|was|were|do|does|did|says?|said))? (?:that|this|it|they|these|those|so)"
    r"(?: (?:come|taken|quoted|said|stand|written|say (?:that|this|so|it)|all))?(?: (?:from|in))?)?\W*$"
    r"|^\W*(?:and |but |so )?where (?:is|was|are|were|do|does|did) (?:it|that|this|they|those|these)"
    r"(?: (?:come|taken|quoted|said|say (?:that|this|so|it)))?(?: from)?\W*$",
    re.I,
)
_WHEN_ALONE = re.compile(r"^\W*(?:and )?when\W*$", re.I)
# "How many letters are there?", "what is the oldest letter?": of all letters, whatever was spoken of before.
_OF_ALL = re.compile(
    r"\b(?:how many|which|what|any|all|every) (?:of the )?(?:letters?|replies|responses)\b"
    r"|\b(?:oldest|newest|latest|earliest|most recent|first|last) (?:letter|reply|response)\b",
    re.I,
)
_EVERY_LETTER = re.compile(
    rf"\b(?:all|every|each)(?: of)?(?: the)?(?: \w+)? (?:{LETTER}|correspondence)\b", re.I
)
_WHICH_OF_THEM = re.compile(r"\b(?P<which>which|how many) of (?:them|these|those)\b", re.I)


def about_them(asked: str, history: Sequence[Turn]) -> str:
    """Return a question about the letters cited last that the cards answer, made whole; "" where it is none."""
    if not history:
        return ""
    if history[-1].answer.kind == "about_letters" and _WHEN_ALONE.match(asked):
        return "When was it written?"
    if _FROM_WHICH.match(asked) and history[-1].answer.citations:
        return "Who wrote the letter, and when was it written?"
    whole = _WHICH_OF_THEM.sub(r"\g<which> letters", asked)
    if whole == asked and _asks_of_all(asked):
        return ""
    return whole if CARD.search(whole) else ""


def _asks_of_all(asked: str) -> bool:
    every = _EVERY_LETTER.search(asked) and OVERVIEW.search(asked)
    return bool(every or (CARD.search(asked) and _OF_ALL.search(asked))) and not points_back(asked)


def resolve(asked: str, names: Sequence[Name], history: Sequence[Turn]) -> tuple[str, Scope | None, bool]:
    """Return the standalone question, the scope to keep where it names no letter of its own, and whether it leans.

    A question leans when the matter of the question before was added to its own.
    """
    mentions = find_mentions(asked, names)
    if not history or stands_alone(asked, mentions) or _asks_of_all(asked):
        return asked, None, False
    history = _with_writers(history, names)
    last = history[-1].answer
    if refusal_of(asked) and not (AGREES.match(asked) and last.nearest):
        return asked, None, False
    if (other := _stranger(asked, mentions)) and any(
        map(_narrows, before := find_mentions(last.standalone, names))
    ):
        return _replace_names(last.standalone, before, other), None, False
    made = _made_whole(asked, mentions, last, names)
    if made:
        return *made, False
    own = [m for m in mentions if _narrows(m)]
    telling = find_terms(asked, mentions).weights
    leads, points = bool(LEADS.match(asked)), points_back(asked)
    short = len(tokens(asked)) <= 3
    if not (leads or points or short) or (own and not leads and not points and telling):
        return asked, None, False
    before = find_mentions(last.standalone, names)
    named = {word for m in mentions for word in tokens(asked)[m.start : _end(m, asked)]}
    if own and not (set(tokens(asked)) - _FILLER - named):
        return _swap(last.standalone, before, own), None, False
    topic = _topic(last.standalone, before)
    kept = None if own else _scope_kept(last, before)
    new = find_terms(asked, mentions).weights
    # "what about training?" brings its own matter; "when will it be in place?" leans on the one before.
    if leads and new and not points:
        place = _named(before)
        return (f"{asked.rstrip('?. ')} ({place})?" if place and not own else asked), kept, False
    added = " ".join(word for word in topic if stem(tokens(word)[0]) not in new)
    place = "" if own else _named(before)
    extra = ", ".join(part for part in (place, added) if part)
    return (f"{asked.rstrip('?. ')} ({extra})?" if extra else asked), kept, True


def _stranger(asked: str, mentions: Sequence[Mention]) -> str:
    """Return the place or person that a follow-up turns to and no letter is from: "and Weymouth?"; or ""."""
    found = _ANOTHER.match(asked)
    return found["who"] if found and not mentions and may_write(found["who"]) else ""


def _with_writers(history: Sequence[Turn], names: Sequence[Name]) -> Sequence[Turn]:
    """Leave out the last turns that only turned to somebody of whom there is no letter."""
    while len(history) > 1 and _stranger(history[-1].question, find_mentions(history[-1].question, names)):
        history = history[:-1]
    return history


def _made_whole(
    asked: str, mentions: Sequence[Mention], last: Answer, names: Sequence[Name]
) -> tuple[str, Scope | None] | None:
    """Return the question before with what a short follow-up changes in it, and the scope to keep; None where neither.

    "Yes" takes up an offer, "what about the others?" turns to the letters not asked, "and in 2021?" changes the date,
    "compare that with Dorset" adds a side, "and human trafficking?" asks of all letters for another thing.
    """
    before = find_mentions(last.standalone, names)
    if AGREES.match(asked):
        return _taken_up(last, before, names)
    matter = " ".join(_topic(last.standalone, before))
    if last.kind == "list" and matter and _WHO_NOT.match(asked):
        return f"Which letters do not mention {matter}?", last.scope or None
    whole = _WHICH_OF_THEM.sub(r"\g<which> letters", asked)
    if last.ledger and whole != asked and find_terms(whole, mentions).weights:
        whole = re.sub(r"^\W*(?:and|but|so|or) ", "", whole, flags=re.I)
        return whole[0].upper() + whole[1:], _scope_kept(last, before)
    if _OTHERS.match(asked) and last.kind == "list" and " mention" in last.standalone:
        negated = re.sub(r"\b(?:do not )?mention", "do not mention", last.standalone, count=1)
        return negated, last.scope or None
    if _OTHERS.match(asked) and any(_narrows(m) for m in before):
        told = [m.name for m in before if _narrows(m)]
        others = Scope(excluded=tuple(dict.fromkeys(name.value for name in told)))
        if any(name.field == "office" for name in told):
            asked_of = frozenset[str]().union(*(name.letter_ids for name in told))
            others = Scope(
                letter_ids=tuple(sorted(frozenset[str]().union(*(n.letter_ids for n in names)) - asked_of))
            )
        return _replace_names(last.standalone, before, "the other letters"), others
    topic = _topic(last.standalone, before)
    if _WHO_ELSE.match(asked) and topic:
        return f"Which letters mention {' '.join(topic)}?", None
    own = [m for m in mentions if _narrows(m)]
    when = [asked[p.start : p.end] for p in find_periods(asked)]
    when += [f"in the {found[0].lower()}" for found in WHICH_LETTER.finditer(asked)]
    new = find_terms(without_when(asked, find_periods(asked)), mentions).weights
    if (own or when) and COMPARE.search(asked) and (POINTS.search(asked) or LEADS.match(asked)):
        if (
            WHICH_LETTER.search(last.standalone)
            and not own
            and (date := last.scope.date_from or last.scope.date_to)
        ):
            # "In the later letter" would narrow both sides; its year does not.
            return (
                f"{_without_old_dates(last.standalone).rstrip('?., ')} in {date[:4]} and in {_bare(when[0])}?",
                None,
            )
        sides = " and ".join([*dict.fromkeys(map(_called, own)), *map(_bare, when)])
        return f"{last.standalone.rstrip('?. ')}, compared with {sides}?", None if own else _undated(
            last, before, names
        )
    rest = set(tokens(without_when(asked, find_periods(asked)))) - _FILLER - _IN_LETTER
    if when and not own and not rest:
        asked_before = _without_old_dates(last.standalone)
        return f"{asked_before.rstrip('?., ')} {', '.join(when)}?", _undated(last, before, names)
    named = {word for m in mentions for word in tokens(asked)[m.start : _end(m, asked)]}
    if when and own and topic and not rest - named:
        asked_before = _without_old_dates(last.standalone)
        swapped = _swap(asked_before, find_mentions(asked_before, names), own)
        return f"{swapped.rstrip('?., ')} {', '.join(when)}?", None
    if last.kind == "list" and LEADS.match(asked) and topic and new and not own and not when:
        return _with_topic(last.standalone, topic, asked), last.scope or None
    return None


_IN_LETTER = frozenset("his her their its letter letters reply replies response one say said".split())


def _taken_up(last: Answer, before: Sequence[Mention], names: Sequence[Name]) -> tuple[str, Scope | None]:
    """Return the question before, asked of the letters out of its scope that were offered, or as it was."""
    cited = {c.letter_id for c in last.citations if c.number in last.nearest}
    if last.status == "answered" or not cited or not any(_narrows(m) for m in before):
        return last.standalone, last.scope or None
    inside = frozenset[str]().union(*(m.name.letter_ids for m in before if _narrows(m)))
    offered = cited - inside or cited
    called = [
        next(
            (n.value for n in names if n.whole and n.field in {"area", "author"} and letter in n.letter_ids),
            "",
        )
        for letter in sorted(offered)
    ]
    new = " and ".join(dict.fromkeys(name for name in called if name)) or "the other letters"
    return _replace_names(last.standalone, before, new), Scope(letter_ids=tuple(sorted(offered)))


def _bare(when: str) -> str:
    return re.sub(r"^(?:in|on|of|from|with)\s+(?=\S*\d|[A-Z])", "", when)


def _undated(last: Answer, before: Sequence[Mention], names: Sequence[Name]) -> Scope | None:
    """Keep the letters of the turn before, where its words do not name them, and all others by who wrote those."""
    if any(_narrows(m) for m in before):
        return None
    kept = _scope_kept(last, before)
    if not kept:
        return None
    inside = frozenset(kept.letter_ids)
    theirs = (n.letter_ids for n in names if n.field in {"area", "author"} and n.letter_ids & inside)
    ids = tuple(sorted(inside.union(*theirs)))
    return replace(kept, date_from=None, date_to=None, letter_ids=ids) or None


def _without_old_dates(question: str) -> str:
    for period in reversed(find_periods(question)):
        question = question[: period.start] + question[period.end :]
    question = re.sub(r",? compared with [^?]*", "", question)
    question = re.sub(
        rf",?\s*\bin (?:the|his|her|their|its) {WHICH_LETTER.pattern}", "", question, flags=re.I
    )
    return " ".join(question.replace(" ?", "?").split())


def _with_topic(question: str, topic: Sequence[str], asked: str) -> str:
    """Put what a follow-up asks about where the question before had its matter."""
    spans = [
        found.span() for word in topic if (found := re.search(rf"(?<!\w){re.escape(word)}(?!\w)", question))
    ]
    matter = re.sub(
        r"^\W*(?:and|or|but|so|also|then|what about|how about|about|,)\b[\s,]*", "", asked, flags=re.I
    )
    matter = re.sub(r"^(?:what|how) about\s+", "", matter, flags=re.I).rstrip("?. ")
    return question[: min(start for start, _ in spans)] + matter + question[max(end for _, end in spans) :]


def _narrows(mention: Mention) -> bool:
    return mention.name.field in {"area", "author", "reference"} or (
        mention.name.field == "office" and not mention.name.general
    )


def _called(mention: Mention) -> str:
    """Return how a question names what this stands for: an office as it was asked for, not with all that it is of."""
    if mention.name.field != "office":
        return mention.name.value
    title = re.match(r"\W+".join(map(re.escape, mention.name.words)), mention.name.value, re.I)
    words = " ".join(mention.name.words)
    return f"the {title[0] if title else words.upper() if len(mention.name.words) == 1 else words}"


def _end(mention: Mention, question: str) -> int:
    """Return where a name ends, an office with what it is of: "chair of trustees" where "chair" was found."""
    end, words = mention.end, tokens(question)
    if mention.name.field == "office":
        title = tokens(mention.name.value)[len(mention.name.words) :]
        while title and words[end : end + 1] == title[:1]:
            end, title = end + 1, title[1:]
    return end


def _named(mentions: Sequence[Mention]) -> str:
    return ", ".join(dict.fromkeys(_called(m) for m in mentions if _narrows(m)))


def _swap(question: str, before: Sequence[Mention], own: Sequence[Mention]) -> str:
    """Put the new name where the old one stood: "… West Yorkshire …" and "Dorset" make "… Dorset …"."""
    return _replace_names(question, before, " and ".join(dict.fromkeys(map(_called, own))))


def _replace_names(question: str, before: Sequence[Mention], new: str) -> str:
    old = [m for m in before if _narrows(m)]
    if not old:
        return f"{question.rstrip('?. ')} ({new})?"
    words = tokens(question)
    start, end = old[0].start, _end(old[0], question)
    office = old[0].name.field == "office"
    for m in old[1:]:
        # "The Deputy Mayor of Greater Manchester" is one side, "Campion and Dorset" are two.
        if {"office"} & {m.name.field, old[0].name.field} and set(words[end : m.start]) <= _OF:
            end, office = max(end, _end(m, question)), True
    if start and words[start - 1] == "the" and (office or new.startswith("the ")):
        start -= 1
    pieces = list(re.finditer(r"\S+", question))
    owner: list[int] = [at for at, piece in enumerate(pieces) for _ in tokens(piece[0])]
    first, last = pieces[owner[start]], pieces[owner[end - 1]]
    opening, ending = re.match(r"\W*", first[0]), re.search(r"(?:['’]s)?\W*$", last[0])
    return (
        question[: first.start()]
        + (opening[0] if opening else "")
        + new
        + (ending[0] if ending else "")
        + question[last.end() :]
    )


_OF = frozenset("of for the at s".split())


def _topic(question: str, mentions: Sequence[Mention]) -> list[str]:
    """Return the telling words of a question, as it writes them, at most ten."""
    question = without_when(question, find_periods(question))
    weights = find_terms(question, mentions).weights
    found = []
    for piece in re.findall(r"[\w'’/&-]+", question):
        words = tokens(piece)
        if words and stem(words[0]) in weights and piece not in found:
            found.append(piece)
    return found[:10]


def _scope_kept(last: Answer, before: Sequence[Mention]) -> Scope | None:
    """Keep the letters of the turn before: those that its question named, else those that its answer cites first."""
    if any(_narrows(m) for m in before) or last.scope.letter_ids:
        return last.scope
    if last.ledger:
        wanted = "no" if is_negated(last.standalone) else "yes"
        yes = [row.letter_id for row in last.ledger.rows if row.says == wanted]
        return Scope(letter_ids=tuple(yes)) if yes else None
    cited = [
        c.letter_id for c in last.citations if last.statements and c.number in last.statements[0].citations
    ]
    return Scope(letter_ids=tuple(dict.fromkeys(cited))) if cited else None
