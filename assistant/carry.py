"""Whether quotes carry what a statement says: its figures, dates, names, negations and its own quotations (pure).

It is a check against words, not of meaning: a statement that passes may still be a poor account of its quotes. One
that does not pass says a figure, a date or a name that its quotes do not give, or denies what they do not deny.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.exchanged import exchanged
from assistant.figures import carries, claims, named_days, shows
from assistant.find import find_folded
from assistant.fold import plain
from vectorstore.sentences import sentence_spans
from vectorstore.words import rarity, stem, tokens

_IN_QUOTATION_MARKS = re.compile(r'"([^"]+)"')
# What denies nothing: "not only … but", "No. 5", "no fewer than", "no doubt", "whether or not", "as opposed to".
_NO_DENIAL = re.compile(
    r"\bnot (?:only|just|merely|simply|solely|least)\b|\bno\.? ?(?=\d)"
    r"|\bno (?:fewer|less|later|sooner|doubt|objections?)\b"
    r"|\bwithout (?:doubt|question|delay|hesitation|exception|fail)\b|\b(?:whether )?or not\b|\bif not\b"
    r"|\bas opposed to\b|\bnone the less\b|\bnothing but\b|\bcannot (?:help )?but\b|\bnone other\b",
    re.IGNORECASE,
)
_REFUSAL = (
    r"fail(?:s|ed|ing|ures?)?|refus\w+|den(?:y|ies|ied|ying|ials?)|reject\w*|disagree\w*|oppos(?:e|es|ed|ing)"
    r"|declin(?:e|es|ed|ing)(?= (?:to\b|(?:the|an?|this|that|our|his|her|their|its) "
    r"(?:offer|invitation|request|recommendation|proposal|bid|suggestion)))"
    r"|unable|inability|unwilling\w*|without|lack(?:s|ed|ing)?"
)
_DENIAL = r"not|no|never|none|nor|neither|nobody|nothing|nowhere|cannot|hardly|barely|scarcely|rarely|seldom|(?:\w+n't)"
# "We do not disagree", "nobody refused", "not uncommon": two that make none.
_TWICE = re.compile(
    rf"(?:\b(?:{_DENIAL})) (?:\w+ ){{0,2}}?(?:(?:{_REFUSAL})\b|(?<=not )un(?!til|der|ion|it|less|ique)\w+)",
    re.IGNORECASE,
)
_NEGATION = re.compile(rf"\b(?:{_DENIAL}|{_REFUSAL})\b", re.IGNORECASE)
_BEGINS_CLAUSE = (
    r"(?:but|while|whilst|although|though|whereas|however|which|who|because|so|yet|since|if|when|where|we|i|they|he|she|it|this"
    r"|these|there|our|my|your|their|the|will|would|has|have|had|is|are|was|were|do|does|did|can|cannot|could|should|must|may"
    r"|not|never|no|also)\b"
)
_CLAUSE_END = re.compile(
    rf"[;:()\"]| - |[.!?](?=\s|$)|,? (?:and|or) (?={_BEGINS_CLAUSE})|, (?={_BEGINS_CLAUSE})"
    r"|, and (?=(?:[\w'-]+ ){3})|, (?=of (?:which|whom)\b)"
    r"|,? (?=(?:but|whereas|although|though|while|whilst|because|yet)\b)",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"((?:^|[.!?;:] )(?:while|whilst|although|though|whereas|despite|if|when|because|since|as)\b[^,.;:]*),",
    re.IGNORECASE,
)
_ASIDE = re.compile(r", (?:[\w'-]+ ){0,2}[\w'-]+,")
_CONTENT = 1.0  # rarity from which a word is about something
_NAME = re.compile(r"(?<![.!?:] )(?<!^)(?<![\"'])\b[A-Z][\w'-]*[A-Za-z0-9]\b")
_FIRST = re.compile(r"(?:^|[.!?:] )\W*(?P<word>[A-Z][\w'-]*)(?P<next> [A-Z])?")
_TELLING = 2.3  # rarity from which a first word before a name may be a name's beginning
_RUN = re.compile(r"\b[A-Z][\w'-]*(?:,? (?:(?:and|of|the|for|&) )*[A-Z][\w'-]*)+")
_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non")


@dataclass(frozen=True, slots=True)
class _Clause:
    about: frozenset[str]
    denies: bool


def carried(text: str, quotes: Sequence[str], cards: str, names: Collection[str]) -> bool:
    """Whether quotes carry what a statement says beyond plain words.

    Args:
        cards: what the cited letters' cards say of them, which a statement may say too.
        names: small-letter words that are names, also where a sentence begins with them.
    """
    said, shown = plain(text), [plain(quote) for quote in quotes]
    if not shown:
        return False
    ours, theirs = _collapsed(said, " ".join(shown)), [_collapsed(quote, said) for quote in shown]
    everything = " ".join(shown)
    figures = shows(" . ".join([*shown, cards]))
    return (
        all(carries(figures, figure) for figure in claims(said))
        and _unknown_names(said, f"{everything} {cards}", names) <= named_days(figures)
        and all(
            any(find_folded(words, quote) for quote in shown) for words in _IN_QUOTATION_MARKS.findall(said)
        )
        and _denies_alike(ours, theirs)
        and not _turned(ours, " ".join(theirs))
        and not _figures_exchanged(text, quotes)
    )


def _figures_exchanged(text: str, quotes: Sequence[str]) -> bool:
    """Whether a sentence has two figures of the quotes, each in the other's place."""
    shown = [quote[start:end] for quote in quotes for start, end in sentence_spans(quote)]
    return any(exchanged(text[start:end], shown) for start, end in sentence_spans(text))


def denies(text: str) -> bool:
    """Whether a folded clause denies what it says."""
    return bool(_NEGATION.search(_TWICE.sub(" ", _NO_DENIAL.sub(" ", text))))


def _denies_alike(said: str, shown: Sequence[str]) -> bool:
    """Whether each clause of a statement denies or affirms as a clause of the quotes about the same does.

    Where too little is said about the same to tell which clause that is, any of them will do.
    """
    theirs = [clause for quote in shown for clause in _clauses(quote)]
    for clause in _clauses(said):
        shared = [len(clause.about & other.about) for other in theirs]
        best = max(shared, default=0)
        told = best >= 2 or best == len(clause.about) > 0
        others = [other for other, count in zip(theirs, shared, strict=True) if count == best or not told]
        if not any(other.denies == clause.denies for other in others):
            return False
    return True


def _clauses(text: str) -> Iterator[_Clause]:
    """Give the clauses of a text; what is too short to be about anything belongs to what follows it."""
    held = ""
    for part in _CLAUSE_END.split(_ASIDE.sub(" ", _SUBORDINATE.sub(r"\1;", text))):
        if part and any(c.isalnum() for c in part):
            held = f"{held} {part}"
            about = frozenset(stem(word) for word in tokens(held) if rarity(word) >= _CONTENT)
            if about:
                yield _Clause(about, denies(held))
                held = ""
    if held:
        yield _Clause(frozenset(), denies(held))


def _collapsed(text: str, other: str) -> str:
    """Write "not successful" as "unsuccessful" where the other text does."""
    for word, rest in _contraries(tokens(other)):
        text = re.sub(
            rf"(?:\b(?:not|never)|n't) (?:\w+ )?{re.escape(rest)}\b", word, text, flags=re.IGNORECASE
        )
    return text


def _turned(said: str, shown: str) -> bool:
    """Whether a statement has a word where the quotes have its contrary alone: "successful" for "unsuccessful"."""
    # Of "We do not disagree" nothing is contrary to "They agree".
    ours, theirs = set(tokens(_TWICE.sub(" ", said))), set(tokens(_TWICE.sub(" ", shown)))
    turned = any(rest in theirs and word not in theirs for word, rest in _contraries(ours))
    turned = turned or any(rest in ours and rest not in theirs for _, rest in _contraries(theirs))
    return turned and denies(said) == denies(shown)


def _contraries(words: Iterable[str]) -> list[tuple[str, str]]:
    """Return the words that begin with a prefix that turns them round, each with what is left without it."""
    found = [(word, word.removeprefix(prefix)) for word in set(words) for prefix in _PREFIXES]
    return [(word, rest) for word, rest in found if rest != word and len(rest) > 4]


def _unknown_names(said: str, shown: str, names: Collection[str]) -> set[str]:
    """Return the words of a statement that are names, in small letters, and that neither quotes nor cards have."""
    found = {word for name in _NAME.findall(said) for word in tokens(name) if rarity(word) >= _CONTENT}
    for first in _FIRST.finditer(said):
        words = tokens(first["word"])
        # A capital tells nothing at the beginning of a sentence; a second one after it does.
        begun = first["next"] and all(rarity(word) >= _TELLING for word in words)
        spelled_out = sum(c.isupper() for c in first["word"]) > 1
        found |= {word for word in words if begun or spelled_out or word in names}
    known = {stem(word) for word in tokens(shown)}
    missing = {word for word in found if stem(word) not in known}
    if missing:
        # HMP is what His Majesty's Prison is called, and the other way round.
        known |= {stem(word) for short, run in _abbreviations(said) if short in known for word in tokens(run)}
        known |= {stem(short) for short, _ in _abbreviations(shown)}
        missing = {word for word in missing if stem(word) not in known}
    return missing


def _abbreviations(text: str) -> list[tuple[str, str]]:
    """Return what runs of words with a capital may be called for short, in small letters, with the words."""
    runs = [re.findall(r"[A-Z][\w'-]*", run) for run in _RUN.findall(text)]
    parts = [
        run[first:end] for run in runs for first in range(len(run)) for end in range(first + 2, first + 9)
    ]
    return [("".join(word[0] for word in part).lower(), " ".join(part)) for part in parts if len(part) > 1]
