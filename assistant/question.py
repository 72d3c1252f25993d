"""Question and history to a standalone question with its kind and scope (pure)."""

import datetime
import re
import unicodedata
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import partial

from assistant.addressed import addressed_to
from assistant.answer import Answer, Issue, Kind, Question, Turn
from assistant.asked_of_all import (
    UNITS,
    bodies_asked_for,
    counting_units,
    each_of_two,
    is_negated,
    is_plural,
    list_terms,
    matters_of,
    names_setting_scope,
    outdoing,
    speaking_of,
    unit_words,
    writers_asked_for,
)
from assistant.called import called
from assistant.card_cues import asks_of_cards, place_of_none, stranger, without_holders
from assistant.comparison import MOST_ASKED, MOST_ISSUES, asked_alone, issues_of
from assistant.cues import (
    ABOUT,
    ALL_OF,
    ANY_OF,
    CARD,
    COMPARE,
    EVERY,
    NEGATED,
    OF_NO_MATTER,
    OVER_TIME,
    OVERVIEW_OF_THOSE,
    SAYS,
    SINCE_OR_STILL,
    TASK,
)
from assistant.described import with_names, writers_described
from assistant.follow_up import about_them, resolve
from assistant.letter_order import bounds_of, names_two
from assistant.lexicon import BODIES, COMMON, Mention, Name, find_mentions
from assistant.notes import unmet
from assistant.others import WHO_WROTE, Apart, set_apart
from assistant.periods import Period, find_periods
from assistant.receivers import asked_of_receivers
from assistant.refusal import refusal_of
from assistant.scoping import held_by, scope_of, without_when
from assistant.sides import asks_by_body, asks_of_each, named_by_none, sides_of
from assistant.stance import by_a_verb
from assistant.terms import Terms, as_question, find_terms, predicate_of
from assistant.written_first import Order, order_asked
from vectorstore.errors import QuestionError
from vectorstore.letter import Letter, Scope
from vectorstore.names import BODY_NOUN, OFFICE
from vectorstore.scope import letters_in
from vectorstore.words import rarity, stem, stems, tokens

_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
# What a comparison is asked with, which no letter need say.
_COMPARING = """
    compare compared comparing comparison contrast differ differs difference differences different similar similarity
    versus side sides change changed changes develop developed evolve evolved move moved position positions
    account line stance view views two
"""


# "The Cotter Bank Inquiry" is no bank.
_LONGER_NAME = re.compile(
    r"(?: [A-Z][\w’'-]*)* (?:Inquiry|Enquiry|Inquest|Investigation|Study|Survey|Audit|Report|Review)\b"
)


def clean(question: str, *, max_chars: int) -> str:
    """Return a question without control characters and mark-up, white space folded.

    Raises:
        QuestionError: nothing is left, or it is longer than `max_chars`.
    """
    text = "".join(" " if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else c for c in question)
    text = " ".join(_TAG.sub(" ", text).split())
    if len(text) > max_chars:
        raise QuestionError(
            f"The question has {len(text):,} characters; at most {max_chars:,} are read. Ask it in fewer words, "
            "or one part at a time."
        )
    if not any(c.isalnum() for c in text):
        raise QuestionError(
            "The question is empty. Type what you want to know from the letters, in a sentence or a few words."
        )
    return text


def understand(
    asked: str,
    *,
    names: Sequence[Name],
    letters: Sequence[Letter],
    history: Sequence[Turn] = (),
    given: Scope | None = None,
    only: bool = False,
    today: datetime.date | None = None,
) -> Question:
    """Work out what is asked, of which letters.

    Args:
        asked: a cleaned question.
        names: what `assistant.lexicon.find_names` found in `letters`.
        given: the caller's scope, which narrows further; None for all letters.
        only: whether the caller's scope takes the place of what the question's own words set.
        today: what "last year's letter" counts from.
    """
    whole = _understood(asked, names, letters, history, given, only=only, today=today)
    if whole.kind == "list" and (table := each_of_two(whole.standalone)):
        return replace(_understood(table, names, letters, (), given, only=only, today=today), asked=asked)
    if apart := _apart(whole.standalone, names, letters, given, today):
        # "Which letters not from Dorset mention …" asks of the others.
        others = (given or Scope()) if only else apart.scope
        rest = _understood(apart.rest, names, letters, (), others, only=only, today=today)
        if not rest.terms.weights and not only:
            rest = replace(rest, kind="about_letters", scope=others, terms=whole.terms, negated=False)
        if apart.rest == WHO_WROTE and not letters_in(letters, others):
            rest = replace(rest, unmet="every letter is by somebody who did")
        rest = _of_each_matter(rest, names, letters, others, only=only, today=today)
        return replace(rest, asked=asked, standalone=whole.standalone)
    return _of_each_matter(whole, names, letters, given, only=only, today=today)


def _of_each_matter(
    whole: Question,
    names: Sequence[Name],
    letters: Sequence[Letter],
    given: Scope | None,
    *,
    only: bool,
    today: datetime.date | None,
) -> Question:
    """Part a complete pass for several matters into one for each; any other question stays as it is."""
    if whole.kind != "list":
        return whole
    parts = matters_of(whole.standalone)
    if not parts and (found := speaking_of(whole.standalone)):
        who, matter = found
        inside = letters_in(letters, whole.scope)[:MOST_ASKED]
        parts = [(f"{who}{issue}?", True) for issue in issues_of(f"on {matter}", inside)]
    matters = tuple(
        replace(_understood(part, names, letters, (), given, only=only, today=today), negated=not says)
        for part, says in parts
    )
    if not matters or not all(one.kind == "list" and one.terms.weights for one in matters):
        return whole
    return replace(
        matters[0],
        asked=whole.asked,
        standalone=whole.standalone,
        scope=whole.scope,
        negated=all(one.negated for one in matters),
        matters=matters,
    )


def _apart(
    standalone: str,
    names: Sequence[Name],
    letters: Sequence[Letter],
    given: Scope | None,
    today: datetime.date | None,
) -> Apart | None:
    mentions = find_mentions(standalone, names)
    met = _met(find_periods(standalone, today=today), letters)
    return set_apart(standalone, mentions, met, letters, given)


def _met(periods: Sequence[Period], letters: Sequence[Letter]) -> list[Period]:
    """Return the periods in which a letter was written."""
    return [period for period in periods if any(held_by(period, letter) for letter in letters)]


def _understood(
    asked: str,
    names: Sequence[Name],
    letters: Sequence[Letter],
    history: Sequence[Turn],
    given: Scope | None,
    *,
    only: bool,
    today: datetime.date | None,
) -> Question:
    if only:
        history = ()  # the question was made whole before it is asked again
    history = [turn for turn in history if turn.answer.kind != "off_topic"]  # "thanks" changes no subject
    # "What did the ambulance people say about that?" turns to another letter.
    meant = asked
    if history:
        meant = with_names(asked, find_mentions(asked, names), letters)
        last = history[-1].answer
        before = with_names(last.standalone, find_mentions(last.standalone, names), letters)
        history = [*history[:-1], replace(history[-1], answer=replace(last, standalone=before))]
    standalone, inherited, leans = _made_whole(meant, names, history)
    mentions = find_mentions(standalone, names)
    mentions = [*mentions, *called(standalone, mentions, letters)]
    units = UNITS | {w for name in names if name.field == "office" for w in name.words if rarity(w) > COMMON}
    periods = find_periods(standalone, today=today)
    met = _met(periods, letters)
    kind = _kind(standalone, mentions, letters, units, met)
    if kind == "list":
        mentions = names_setting_scope(standalone, mentions)
    scope = given or Scope()
    if not only:
        scope = scope_of(standalone, mentions, letters, periods, inherited=inherited, given=given)
    asked_for, by = writers_asked_for(standalone, units) if kind == "list" else ("", "area")
    bodies, by_them = bodies_asked_for(standalone, letters_in(letters, scope)) if kind == "list" else ("", [])
    if by_them and not only:
        asked_for, scope = bodies, replace(scope, letter_ids=tuple(letter.id for letter in by_them))
    received = None if kind == "off_topic" else asked_of_receivers(standalone, met, mentions)
    if received and (theirs := received.among(letters_in(letters, scope))):
        kind, scope = "about_letters", Scope(letter_ids=tuple(letter.id for letter in theirs))
    else:
        received = None
    order = order_asked(standalone, mentions, letters) if kind == "about_letters" and not received else None
    if kind == "about_letters" and not (received or only):
        scope = _of_described(scope, order, standalone, mentions, letters, given)
    sides = sides_of(standalone, mentions, letters_in(letters, scope), kind)
    if kind in {"compare", "over_time"} and len(sides) < 2:
        kind, sides = "fact", ()
    most = outdoing(standalone, units) if kind == "compare" else ""
    none = named_by_none(standalone, mentions) if kind in {"fact", "compare"} else ()
    # Of "compare Dorset and Kent" one side is left where no letter is from Kent.
    compares = bool(sides or (none and COMPARE.search(standalone)))
    leave_out = (
        _only_comparing(standalone, mentions, units, most) if compares else frozenset(stems(" ".join(none)))
    )
    narrowing = [m for m in mentions if kind != "list" or m.name.field in {"area", "author"}]
    when_apart = without_holders(without_when(standalone, met), letters)
    terms = (
        list_terms(standalone, when_apart, narrowing)
        if kind == "list"
        else find_terms(when_apart, narrowing, leave_out)
    )
    of_none = kind == "fact" and met and OF_NO_MATTER.match(standalone)
    if compares and not sides:
        terms = replace(terms, premise=True)  # as each side of several is looked for
    if ((sides or none) and not terms.weights) or (of_none and terms.weights.keys() <= set(map(stem, units))):
        # "What changed between 2018 and 2020?", "what was said in 2020?" ask for the letters as they are.
        terms = replace(terms, overview=True)
    compared = letters_in(letters, scope) if sides else []
    asked_on = [
        _issue(one, standalone, names, leave_out, today) for one in issues_of(standalone, compared) if sides
    ]
    issues = [one for one in asked_on if one.terms.weights][:MOST_ISSUES]
    carry = partial(
        _carried_on, asked=meant, standalone=standalone, names=names, leans=leans, goes_on=bool(history)
    )
    terms = carry(terms)
    missing = note = ""
    if not only:
        undated = scope_of(standalone, mentions, letters, (), inherited=inherited, given=given)
        missing, note = unmet(standalone, kind, periods, letters_in(letters, undated))
    if note and not terms.weights:
        # "What did they say in 2018?" asks for nothing but letters of that year.
        missing = note[0].lower() + note[1:].rstrip(".")
    missing = missing or _of_nobody(kind, standalone, mentions, letters)
    return Question(
        asked=asked,
        standalone=standalone,
        query=as_question(
            _query(_matter(standalone, met) if compares else standalone, narrowing)
            if scope or sides
            else standalone
        ),
        kind=kind,
        scope=scope,
        terms=terms,
        about=kind == "list" and bool(ABOUT.search(standalone)),
        negated=kind == "list" and is_negated(standalone),
        sides=sides,
        named_sides=any(m.name.field in {"area", "author", "office", "reference"} for m in mentions),
        issues=tuple(replace(one, terms=carry(one.terms)) for one in issues) if len(issues) > 1 else (),
        unknown=_unknown_writer(standalone, mentions, units),
        unmet=missing,
        note=" ".join(filter(None, (note, _no_letter_from(none), _not_compared_on(asked_on)))),
        asked_for=asked_for,
        by="author" if by == "author" else "area",
        no_writer=received.name.value if received and not received.held else "",
        outdoing=most,
        by_body=asks_by_body(standalone, mentions),
        order=order,
        received_as=received.name.value if received and received.held else "",
    )


def _made_whole(asked: str, names: Sequence[Name], history: Sequence[Turn]) -> tuple[str, Scope | None, bool]:
    """Return a standalone question, the scope that it takes over, and whether it leans on the one before."""
    if (of_cards := about_them(asked, history)) and not find_mentions(asked, names):
        return by_a_verb(of_cards), _spoken_of(history[-1].answer), False
    standalone, inherited, leans = resolve(asked, names, history)
    return by_a_verb(standalone), inherited, leans


def _of_nobody(kind: Kind, question: str, mentions: Sequence[Mention], letters: Sequence[Letter]) -> str:
    """Say whom or what place a question names of whom no letter is, or ""."""
    if kind == "about_letters" and (missing := stranger(question, mentions, letters)):
        return missing
    if kind != "list" and (place := place_of_none(question, mentions, letters)):
        return f"no letter is from {place}, or speaks of it"
    return ""


def _of_described(
    scope: Scope,
    order: Order | None,
    question: str,
    mentions: Sequence[Mention],
    letters: Sequence[Letter],
    given: Scope | None,
) -> Scope:
    """Narrow a scope to the letters of those whom a question calls by what they are: "the hospital's letter"."""
    if order and order.since:
        dated = replace(scope, date_from=order.since, date_to=None)
        scope = dated if letters_in(letters, dated) else scope
    if (to := addressed_to(question, letters)) and to.letters and not NEGATED.search(question):
        scope = _by_order_among(scope, to.letters, question)
    described = [one.letter_ids for one in writers_described(question, mentions, letters)]
    named = any(m.name.field in {"area", "author"} for m in mentions)
    if order and order.between:
        ids = frozenset[str]().union(*order.between)
        scope = Scope(date_from=scope.date_from, date_to=scope.date_to)
    elif described and not named:
        ids = frozenset[str]().union(*described)
    else:
        return scope
    inside = {letter.id for letter in letters_in(letters, given or Scope())}
    kept = tuple(letter.id for letter in letters_in(letters, scope) if letter.id in ids & inside)
    return replace(scope, letter_ids=kept) if kept else scope


def _by_order_among(scope: Scope, theirs: Sequence[Letter], question: str) -> Scope:
    """Take "the first letter to the coroner" for the first of those letters, not of all."""
    inside = letters_in(theirs, replace(scope, date_from=None, date_to=None))
    dates = sorted({date for letter in inside if (date := letter.card.value("date"))})
    bounds = bounds_of(question, dates) if dates else None
    if bounds is None:
        return scope
    return replace(scope, date_from=bounds[0], date_to=bounds[1])


def _no_letter_from(none: Sequence[str]) -> str:
    """Say which of several whom a question names side by side no letter is from, or ""."""
    *most, last = none or ("",)
    return f"No letter here is from {', '.join(most)}{' or ' if most else ''}{last}." if last else ""


def _not_compared_on(asked_on: Sequence[Issue]) -> str:
    """Say which matters of a comparison were left out, or ""."""
    empty = ", ".join(f"“{one.name}”" for one in asked_on if not one.terms.weights)
    beyond = ", ".join([f"“{one.name}”" for one in asked_on if one.terms.weights][MOST_ISSUES:])
    said = (
        f"Left out, with no word to look for: {empty}." if empty else "",
        f"At most {MOST_ISSUES} matters are compared at a time; left out: {beyond}." if beyond else "",
    )
    return " ".join(filter(None, said))


def _only_comparing(
    standalone: str, mentions: Sequence[Mention], units: AbstractSet[str], most: str
) -> frozenset[str]:
    """Return the stems of what a comparison compares and how, which are nothing to look for."""
    asking = [*UNITS, _COMPARING, *named_by_none(standalone, mentions)]
    if most:
        asking += [most, *unit_words(standalone)]
    left_out = frozenset(stems(" ".join(asking))) | counting_units(standalone, units)
    return left_out if mentions else left_out | frozenset(map(stem, BODIES))


def _issue(
    name: str,
    standalone: str,
    names: Sequence[Name],
    leave_out: frozenset[str],
    today: datetime.date | None,
) -> Issue:
    """Return one matter of a comparison with what is searched and looked for where it is asked alone."""
    alone = asked_alone(standalone, name)
    mentions, periods = find_mentions(alone, names), find_periods(alone, today=today)
    terms = find_terms(without_when(alone, periods), mentions, leave_out)
    return Issue(name, as_question(_query(_matter(alone, periods), mentions)), terms)


def _carried_on(
    terms: Terms, asked: str, standalone: str, names: Sequence[Name], *, leans: bool, goes_on: bool
) -> Terms:
    """Ease what is looked for where a question leans on the one before, or takes its matter over."""
    own = find_terms(asked, find_mentions(asked, names))
    if leans:
        # What the question before was about need not stand in the answer; what this one names must.
        return replace(terms, premise=True, named=terms.named & own.named)
    if goes_on and standalone != asked and not own.weights:
        # "And Dorset?" asks what its letter has on the matter; with which verb, another's letter had set.
        return replace(terms, excused=predicate_of(standalone, find_mentions(standalone, names), terms))
    return terms


def _spoken_of(last: Answer) -> Scope | None:
    """Return the letters that "who signed it?", "when was that?" mean: those cited last, else those looked in.

    What was only shown as near, perhaps of other letters, is meant where nothing else is.
    """
    cited = [c.letter_id for c in last.citations if c.number not in last.nearest]
    if not cited and last.scope:
        return last.scope
    ids = tuple(dict.fromkeys(cited or (c.letter_id for c in last.citations)))
    return Scope(letter_ids=ids) if ids else None


def _kind(
    question: str,
    mentions: Sequence[Mention],
    letters: Sequence[Letter],
    units: frozenset[str],
    periods: Sequence[Period],
) -> Kind:
    if TASK.search(question) or refusal_of(question):
        return "off_topic"
    if (
        _who_holds(without_when(question, periods), mentions)
        or asks_of_cards(question, mentions, letters)
        or (CARD.search(question) and not (ALL_OF.match(question) and SAYS.search(question)))
    ):
        return "about_letters"
    found = None if _asks_for_few(question, mentions) else ALL_OF.match(question)
    if outdoing(question, units) and len(letters) > 1:
        return "compare"
    if found:
        meant = (
            unit in units or unit.removesuffix("s") in units
            for unit in unit_words(question)
            if is_plural(unit) or EVERY.match(question)
        )
        if found["who"] or any(meant) or _any_unit(question, units) or bodies_asked_for(question, letters)[0]:
            return "list"
    places = {m.name.value for m in mentions if m.name.field == "area"} | {
        m.name.value for m in mentions if m.name.field == "author"
    }
    sets = {
        m.name.letter_ids
        for m in mentions
        if m.name.field in {"area", "author", "office"} and len(m.name.letter_ids) < len(letters)
    }
    disjoint = len({frozenset(ids) for ids in sets}) > 1 and any(not a & b for a in sets for b in sets)
    if places and disjoint and (COMPARE.search(question) or len(places) > 1):
        return "compare"
    points = {period.first for period in periods if period.first == period.last}
    if (
        len(points) > 1
        or names_two(question)
        or (mentions and OVER_TIME.search(question))
        or (periods and SINCE_OR_STILL.search(question))
    ):
        return "over_time"
    of_those = OVERVIEW_OF_THOSE.search(question) and not find_terms(question, mentions).overview
    if not mentions and (of_those or asks_of_each(question, units, letters)):
        return "compare"
    return "fact"


# "Which two areas for improvement did the report name for Dorset?" asks what they are, of a letter that is named.
_FEW = re.compile(
    r"^\W*(?:and |so )?(?:which|what)(?: were| are)?(?: the)? (?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
    r" (?:other |main |further )?(?P<noun>[\w-]+)(?P<of> (?:for|of|in|on)\b)?",
    re.I,
)


def _asks_for_few(question: str, mentions: Sequence[Mention]) -> bool:
    """Whether it asks for so many things that a letter tells, and not for so many letters or writers."""
    found = _FEW.match(question)
    if not found or re.fullmatch(_PAPERS_OF_WRITERS, found["noun"], re.I):
        return False
    return bool(found["of"]) or any(
        m.name.field in {"area", "author", "office", "reference"} for m in mentions
    )


_PAPERS_OF_WRITERS = (
    r"letters|replies|responses|documents|authors|writers|senders|correspondents|organisations|forces"
)


def _who_holds(question: str, mentions: Sequence[Mention]) -> bool:
    """Whether it asks who holds an office that a card names, or who an author is: "who is the Deputy Mayor?"."""
    named = {word for m in mentions for word in m.name.words}
    rest = set(tokens(question)) - named - {"who", "is", "was", "the", "of", "for", "in", "s"}
    return (
        not rest
        and tokens(question)[:1] == ["who"]
        and any(m.name.field in {"office", "author"} for m in mentions)
    )


def _query(question: str, mentions: Sequence[Mention]) -> str:
    """Leave out the names that set the scope: every passage in scope has them in its header."""
    pieces = re.findall(r"\S+", question)
    owner = [at for at, piece in enumerate(pieces) for _ in tokens(piece)]
    dropped = {
        owner[at] for m in mentions if m.name.field in {"area", "author"} for at in range(m.start, m.end)
    }
    return " ".join(piece for at, piece in enumerate(pieces) if at not in dropped) or question


def _any_unit(question: str, units: frozenset[str]) -> bool:
    """Whether it asks of any or all letters: "do any of the letters …", "does anyone …"."""
    found = ANY_OF.match(question)
    unit = found["unit"].lower() if found else ""
    return unit in units and (unit.endswith("s") or unit in {"anyone", "anybody", "everyone"})


def _matter(question: str, periods: Sequence[Period]) -> str:
    """Leave out of a comparison what only says that it is one, and of which letters."""
    without = without_when(question, periods)
    asking = {stem(word) for word in tokens(_COMPARING)}
    return re.sub(r"[\w'’-]+", lambda m: "the" if set(stems(m[0])) & asking else m[0], without)


def _unknown_writer(question: str, mentions: Sequence[Mention], units: frozenset[str]) -> str:
    """Return the writer a question asks about, such as "South Yorkshire PCC", where no letter is theirs."""
    office = (
        "|".join(sorted({re.escape(unit) for unit in units - UNITS}, key=len, reverse=True)) or "commissioner"
    )
    holder = rf"(?i:{office})|{OFFICE.pattern}|{BODY_NOUN.pattern}|[Pp]olice|[Ff]orce|[Cc]ouncil"
    pattern = (
        r"\b(?:does|did|do|has|have|is|was|will|would) (?:the )?"
        rf"(?P<who>(?:[A-Z][\w'’-]+ (?:and )?){{1,4}}(?:{holder})s?)\b"
    )
    found = re.search(pattern, question, re.I if question.islower() else 0)
    if not found or (not question.islower() and _LONGER_NAME.match(question, found.end())):
        return ""
    inside = tokens(found["who"])
    is_body = bool(BODY_NOUN.search(found["who"]))  # one to whom letters go writes none by that
    known = {
        word
        for m in mentions
        if m.name.field in {"area", "author"}
        or (len(m.name.words) > 1 and not (is_body and m.name.field == "greeted"))
        for word in m.name.words
    }
    return "" if known & set(inside) else found["who"]
