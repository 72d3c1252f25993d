"""Questions about the letters themselves, answered from their cards: who wrote, to whom, when, how many (pure)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.addressed import addressed_to, their_references
from assistant.answer import Question
from assistant.card_cues import SUBJECT, answering, writers_listed
from assistant.cues import CARD_FIELD, LATEST, NEGATED, NOT_OF_CARD, OLDEST
from assistant.length import asks_for_length, by_length, counted
from assistant.lexicon import TITLES
from assistant.written_first import order_told
from vectorstore.address import lines_addressed
from vectorstore.dates import written
from vectorstore.letter import CardField, Letter
from vectorstore.names import OFFICE
from vectorstore.words import rarity, stem, stems, tokens

_TELLING = 2.5  # as vectorstore.words.rarity: a word by which one of several copied to may be meant
_MOST_TOLD = 5  # letters that are named in a sentence; of more the number is told
_ADDRESSED = re.compile(r"\baddress|\bwhom\b|\b(?:sent|written|write|wrote) to\b", re.I)
_TITLES = frozenset(map(stem, TITLES))
_NOUNS = {
    "author": "author",
    "addressee": "addressee",
    "date": "date",
    "reference": "reference",
    "cc": "copy recipient",
    "office": "office",
    "subject": "subject",
    "report": "report",
}


@dataclass(frozen=True, slots=True)
class CardLine:
    """What one letter's card says: a sentence, and the fields that it rests on.

    Args:
        shown: what else of the letter it rests on, which is no field of its card.
    """

    letter: Letter
    text: str
    fields: tuple[str, ...]
    shown: tuple[CardField, ...] = ()


def answer_from_cards(question: Question, letters: Sequence[Letter]) -> tuple[str, list[CardLine]]:
    """Return an opening sentence and a line for each letter that answers; no line where no card does.

    Args:
        letters: those in scope, by date.
    """
    asked = question.standalone
    if question.no_writer:
        the = "the " if OFFICE.search(question.no_writer) else ""
        senders = "; ".join(f"{_writer(letter)}{_when(letter)}" for letter in letters[:_MOST_TOLD])
        more = f" and {len(letters) - _MOST_TOLD} more" if len(letters) > _MOST_TOLD else ""
        are = "1 letter is" if len(letters) == 1 else f"{len(letters)} letters are"
        return (
            f"no letter is by {the}{question.no_writer}; {are} addressed to that name, by {senders}{more}",
            [],
        )
    if question.received_as:
        return "", [_addressed_as(question.received_as, letter) for letter in letters]
    if asks_for_length(asked):
        told = ("subject",) if SUBJECT.search(asked) else ()
        return "", [_line(letter, told, counted(letter)) for letter in by_length(asked, letters)]
    if answered := _of_writers(asked, letters):
        return answered
    to = addressed_to(asked, letters)
    denied = bool(NEGATED.search(asked) or NOT_OF_CARD.search(asked))
    if to and denied:
        to = to._replace(letters=tuple(letter for letter in letters if letter not in to.letters))
    if to and not to.letters:
        return f"{'each' if denied else 'no'} letter in scope is addressed to {to.name}", []
    if (theirs := their_references(asked, letters)) is not None:
        return _their_references(theirs, letters)
    letters = to.letters if to else letters
    if question.order:
        return _in_order(question, letters)
    fields, kept = _asked_for(question, letters)
    counting = re.search(r"\bhow many\b", asked, re.I)
    wanted = [name for name in fields if name not in {"author", "date"}]
    if wanted and _LACKS.search(asked):
        return _without(wanted[0], kept)
    if not counting:
        lacking = [
            letter for letter in kept if not any(letter.card.value(name) for name in (wanted or fields))
        ]
        kept = [letter for letter in kept if letter not in lacking]
        if not kept and lacking:
            return f"{_several(lacking)} no {_NOUNS[(wanted or fields)[0]]}.", []
    if not kept and not counting:
        return "no letter fits all of it" if letters else "no letter is in scope", []
    opening = f"{len(kept)} of the letters:" if len(kept) != 1 else ""
    if counting:
        opening = "There is 1 letter." if len(kept) == 1 else f"There are {len(kept)} letters."
    return opening, [_line(letter, fields) for letter in kept]


def _asked_for(question: Question, letters: Sequence[Letter]) -> tuple[list[str], list[Letter]]:
    """Return the fields of the card that a question asks for, and of which letters."""
    asked = question.standalone
    fields = [name for name, cue in CARD_FIELD.items() if cue.search(asked)]
    fields += ["subject"] if SUBJECT.search(asked) and "subject" not in fields else []
    fields = fields or ["author", "date"]
    answering_it = answering(asked, letters)
    fields += ["report"] if answering_it and "report" not in fields else []
    kept = answering_it or _about(question, letters)
    if "cc" in fields and "addressee" in fields and not _ADDRESSED.search(asked):
        fields.remove("addressee")  # "who was copied in to it?"
    if "cc" in fields:
        copied = _copied_to(asked, kept)
        if NOT_OF_CARD.search(asked) and len(copied) < len(kept):
            kept, fields = [letter for letter in kept if letter not in copied], ["author", "date"]
        else:
            kept = copied
    if LATEST.search(asked):
        kept = [letter for letter in kept if letter.card.date][-1:]
    elif OLDEST.search(asked):
        kept = [letter for letter in kept if letter.card.date][:1]
    return fields, kept


def _in_order(question: Question, letters: Sequence[Letter]) -> tuple[str, list[CardLine]]:
    """Return which of some letters was first or last; of two that are named, both, the one asked for first."""
    order = question.order
    dated = [letter for letter in letters if letter.card.date]
    if order is None or not dated:
        return "no letter in scope has a date", []
    to_whom = re.search(r"\bwhom\b|\b(?:sent|addressed) to\b", question.standalone, re.I)
    lines = [_line(letter, ("addressee",) if to_whom else ()) for letter in dated]
    if order.between:
        came, chosen = ("first", dated[0]) if order.first else ("last", dated[-1])
        day = chosen.card.value("date")
        if [letter.card.value("date") for letter in dated].count(day) > 1:
            return "The dates of the letters are:", lines
        return f"{_writer(chosen)} wrote {came}, by the dates of the letters:", lines
    if order.first and order.last and len(dated) > 1:
        return f"The first and the last of {len(dated)} letters:", [lines[0], lines[-1]]
    return "", [lines[0] if order.first else lines[-1]]


def _their_references(
    found: Sequence[tuple[Letter, CardField]], letters: Sequence[Letter]
) -> tuple[str, list[CardLine]]:
    if not found:
        return f"{_several(letters)} no reference of those to whom it goes.", []
    return "", [
        CardLine(
            letter,
            f"{_writer(letter)} wrote{_when(letter)}, giving as the addressee's reference {reference.value}.",
            tuple(name for name in ("author", "date") if letter.card.value(name)),
            (reference,),
        )
        for letter, reference in found
    ]


# "Which letter has no reference?", "which letters do not give a subject?"
_LACKS = re.compile(
    r"\b(?:ha(?:s|ve|d)|gives?|bears?|carr(?:y|ies)|shows?|with|of) no\b|\bwithout\b|\b(?:lacks?|lacking)\b"
    r"|\b(?:do|does|did)(?:n['’]t| not) (?:have|give|bear|carry|show)\b",
    re.I,
)


def _without(field: str, letters: Sequence[Letter]) -> tuple[str, list[CardLine]]:
    lacking = [letter for letter in letters if not letter.card.value(field)]
    if not lacking:
        return f"Each of the {len(letters)} letters gives its {_NOUNS[field]}.", []
    give = "gives" if len(lacking) == 1 else "give"
    return (
        f"{len(lacking)} of {len(letters)} letters {give} no {_NOUNS[field]}, as far as their cards know:",
        [_line(letter, ("author", "date")) for letter in lacking],
    )


def _of_writers(asked: str, letters: Sequence[Letter]) -> tuple[str, list[CardLine]] | None:
    """Return the answer to who the writers are, or which of two wrote first; None where neither is asked."""
    if theirs := writers_listed(asked, letters):
        return _writers(theirs)
    if told := order_told(asked, letters):
        return f"{told}, by the dates of the letters:", [
            _line(letter, ("author", "date")) for letter in letters
        ]
    return None


def _writers(letters: Sequence[Letter]) -> tuple[str, list[CardLine]]:
    """Return a line for each writer of these letters, who is named once, with the dates of theirs."""
    own: dict[str, list[Letter]] = {}
    for letter in letters:
        own.setdefault(letter.card.value("author") or letter.source, []).append(letter)
    lines = []
    for theirs in own.values():
        dates = [written(date) for letter in theirs if (date := letter.card.value("date"))]
        count = "1 letter" if len(theirs) == 1 else f"{len(theirs)} letters"
        when = f", {' and '.join(dates)}" if dates else ""
        text = f"{_writer(theirs[-1])}: {count}{when}."
        lines.append(
            CardLine(theirs[-1], text, tuple(f for f in ("author", "date") if theirs[-1].card.value(f)))
        )
    wrote = "1 author wrote" if len(own) == 1 else f"{len(own)} authors wrote"
    count = "1 letter" if len(letters) == 1 else f"{len(letters)} letters"
    return f"{wrote} {count}:", lines


def _about(question: Question, letters: Sequence[Letter]) -> list[Letter]:
    """Return the letters whose subject or report a question "about …" names, or all where it names none."""
    about = re.search(r"\b(?:about|concerning|regarding)\b(.*)", question.standalone, re.I)
    asked = set(stems(about[1])) if about else set()

    def held(letter: Letter) -> float:
        words = set(stems(f"{letter.card.value('subject') or ''} {letter.card.value('report') or ''}"))
        return sum(weight for word, weight in question.terms.weights.items() if word in words & asked)

    most = max(map(held, letters), default=0.0)
    return [letter for letter in letters if held(letter) == most] if most > 2.0 else list(letters)


def _several(letters: Sequence[Letter]) -> str:
    return "The letter gives" if len(letters) == 1 else f"None of the {len(letters)} letters gives"


def _copied_to(asked: str, letters: Sequence[Letter]) -> list[Letter]:
    """Return the letters copied to somebody that the question names, or all where it names nobody."""
    words = set(stems(asked))
    named = [
        letter
        for letter in letters
        if any(_telling(copy) <= words for copy in letter.card.values("cc") if _telling(copy))
    ]
    if named:
        return named
    telling = {stem(token) for token in tokens(asked) if rarity(token) > _TELLING}
    some = [letter for letter in letters if telling & set(stems(letter.card.value("cc") or ""))]
    return some or list(letters)


def _telling(name: str) -> set[str]:
    """Return the words by which somebody is known, titles and the like left out."""
    return {stem(token) for token in tokens(name.split(",", maxsplit=1)[0]) if rarity(token) > 1.0} - _TITLES


def _writer(letter: Letter) -> str:
    author, office, area = (letter.card.value(name) for name in ("author", "office", "area"))
    # "Commissioner for Yarrowshire" says the area already.
    parts = (author, office, None if area and office and area in office else area)
    return ", ".join(part for part in parts if part) or letter.source


def _addressed_as(office: str, letter: Letter) -> CardLine:
    """Say whom a letter addresses as the holder of an office, and when."""
    card = letter.card
    to = " and ".join(card.values("addressee"))
    text = f"{to}: addressed as {office} by {_writer(letter)}{_when(letter)}."
    return CardLine(letter, text, tuple(name for name in ("addressee", "date") if card.value(name)))


def _when(letter: Letter) -> str:
    """Say, after a space, when a letter was written; "" where its card does not know."""
    date = letter.card.value("date")
    return f" {'on' if len(date) == 10 else 'in'} {written(date)}" if date else ""


def _line(letter: Letter, fields: Sequence[str], told: str = "") -> CardLine:
    card = letter.card
    told_to = "addressee" in fields and card.addressee
    lines = lines_addressed(letter.text, letter.blocks, card.addressees[:1]) if told_to else ()
    to = (
        f" to {', '.join([card.addressee.value, *(line.value for line in lines)])}"
        if card.addressee and told_to
        else ""
    )
    text = f"{_writer(letter)} wrote{to}{_when(letter)}"
    for name, words in (
        ("reference", "reference"),
        ("cc", "copied to"),
        ("subject", "subject:"),
        ("report", "answering the report"),
    ):
        if name in fields and card.value(name):
            values = card.values("cc") if name == "cc" else (card.value(name) or "",)
            text += f", {words} {'; '.join(values)}"
    text += f": {told}" if told else ""
    used = [name for name in ("author", "date", *fields) if card.value(name)]
    return CardLine(letter, text + ".", tuple(dict.fromkeys(used)), lines)
