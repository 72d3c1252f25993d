"""The sides of a comparison, each with its heading and its letters: by name, by letter, or over time (pure)."""

import re
from collections.abc import Collection, Sequence

from assistant.answer import Kind
from assistant.lexicon import BODIES, Mention, by_bodies, kinds_of_body
from vectorstore.dates import written
from vectorstore.letter import Letter, Scope
from vectorstore.names import OFFICE, PAPERS
from vectorstore.words import rarity, stem, tokens

UNCOMMON = 2.5  # as vectorstore.words.rarity: a word that names a place or a person
_BODIES_ASKED = re.compile(
    r"\b(?:each|every|which|what|all|both|these|those|the)(?: of the)?(?: \w+)? "
    rf"(?:{'|'.join(sorted(noun for noun in BODIES if noun not in {'of', 'for', 'and', 'the'}))})(?:s|ies)?\b",
    re.I,
)
_EACH = re.compile(r"\beach(?: of)?(?: the| these| those)? (?P<unit>[\w-]+)", re.I)
_ASIDE = re.compile(r"\b(?:compar\w+|contrast\w*|differ(?:s|ed|ences?)?|similarit\w+|side by side)\b", re.I)
_NAME = r"[A-Z][\w'’-]*(?: (?:(?:of|the|upon|on|de) )*[A-Z][\w'’-]*)*"
_JOIN = r"(?:, (?:and |or |with )?| and | or | with | versus | vs\.? )(?:the )?"
_LISTED = re.compile(rf"{_NAME}(?:{_JOIN}{_NAME})+")
_ASKING = re.compile(
    r"(?:Compare|Contrast|How|What|Where|When|Why|Do|Does|Did|Is|Are|Was|Were|Have|Has|Both|And|So)\b ?"
)
Sides = tuple[tuple[str, Scope], ...]


def asks_of_each(question: str, units: Collection[str], letters: Sequence[Letter]) -> bool:
    """Whether it asks for letters, or their writers, side by side without naming any: "compare the letters on …".

    Args:
        units: what letters and their writers are called in general.
    """
    found = _EACH.search(question)
    if found and _is_unit(found["unit"].lower(), units):
        return True
    words = tokens(question)
    return bool(_ASIDE.search(question)) and (
        any(w.endswith("s") and _is_unit(w, units) for w in words)
        or len(by_bodies(kinds_of_body(words), letters)) > 1
    )


def _is_unit(word: str, units: Collection[str]) -> bool:
    return bool({word, word.removesuffix("s"), stem(word)} & set(units))


def sides_of(question: str, mentions: Sequence[Mention], inside: Sequence[Letter], kind: Kind) -> Sides:
    """Return the sides of a comparison; two letters of one writer are two sides.

    Args:
        inside: the letters in scope, by date.
    """
    if kind == "over_time" and len(inside) > 1:
        by_body = asks_by_body(question, mentions)
        return tuple((dated_heading(one, by_body=by_body), Scope(letter_ids=(one.id,))) for one in inside)
    if kind != "compare":
        return ()
    named = [m for m in mentions if m.name.field in {"area", "author"}]
    if not named:
        meant = _of_kind(question, inside)
        return tuple((_writer(letter, meant), Scope(letter_ids=(letter.id,))) for letter in meant)
    sides: list[tuple[str, Scope]] = []
    taken: set[str] = set()
    for mention in named:
        own = [letter for letter in inside if letter.id in mention.name.letter_ids]
        if taken.isdisjoint(letter.id for letter in own):
            taken.update(letter.id for letter in own)
            name = _titled(mention.name.value)
            sides += [
                (_with_date(name, letter) if len(own) > 1 else name, Scope(letter_ids=(letter.id,)))
                for letter in own
            ]
    return tuple(sides)


def named_by_none(question: str, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Return the names listed with a writer's, as in "Dorset, Kent and Devon", of whom there is no letter.

    Args:
        mentions: the names in the question that cards know.
    """
    words = tokens(question)
    known = [
        (" ".join(words[m.start : m.end]), m.name.field in {"area", "author", "office"}) for m in mentions
    ]
    found: list[str] = []
    for listed in _LISTED.finditer(question):
        parts = [_ASKING.sub("", part) for part in re.split(_JOIN, listed[0])]
        held = [[writes for name, writes in known if _stands(name, part)] for part in parts]
        if any(any(writes) for writes in held):
            found += [
                re.sub(r"['’]s?$", "", part)
                for part, names in zip(parts, held, strict=True)
                if part and not names and may_write(part)
            ]
    return tuple(dict.fromkeys(found))


def _stands(name: str, part: str) -> bool:
    own = f" {' '.join(tokens(part))} "
    return f" {name} " in own or f" {' '.join(tokens(part))} " in f" {name} "


def may_write(part: str) -> bool:
    """Whether words may name a place or a person: no office, body or paper, no initials, no common word alone."""
    words = tokens(re.sub(r"['’]s?$", "", part))
    return (
        not OFFICE.search(part)
        and not PAPERS.search(part)
        and not part.isupper()
        and BODIES.isdisjoint(words)
        and any(rarity(word) > UNCOMMON for word in words)
    )


def _of_kind(question: str, inside: Sequence[Letter]) -> list[Letter]:
    """Return the letters by bodies that the question calls by their noun ("the councils"), or all where none are."""
    own = by_bodies(kinds_of_body(tokens(question)), inside)
    return own if len(own) > 1 else list(inside)


def asks_by_body(question: str, mentions: Sequence[Mention]) -> bool:
    """Whether it speaks of writers as bodies, by a body's name or noun, and names no person among them."""
    fields = {m.name.field for m in mentions}
    return "author" not in fields and bool("area" in fields or _BODIES_ASKED.search(question))


def dated_heading(letter: Letter, *, by_body: bool = False) -> str:
    """Return a letter's date with its author, or with the body that it is from, as far as its card knows them."""
    date = letter.card.value("date")
    who = (letter.card.value("area") if by_body else None) or letter.card.value("author") or letter.source
    who = _titled(who) if by_body else who
    return f"{written(date)}, {who}" if date else who


def _writer(letter: Letter, among: Sequence[Letter]) -> str:
    """Return a letter's body or author, with its date where another of them is theirs too."""
    name = _body(letter)
    return _with_date(name, letter) if sum(_body(other) == name for other in among) > 1 else name


def _body(letter: Letter) -> str:
    return _titled(letter.card.value("area") or letter.card.value("author") or letter.source)


def _with_date(name: str, letter: Letter) -> str:
    date = letter.card.value("date")
    return f"{name}, {written(date)}" if date else f"{name}, {letter.source}"


def _titled(value: str) -> str:
    return value if any(c.isupper() for c in value) else value.title()
