"""What letters do in saying it: agree or object, complain, thank, ask, promise; and of which matter (pure)."""

import re
from collections.abc import Callable, Iterator, Sequence, Set
from typing import NamedTuple

from assistant.acting import PAPERS
from assistant.terms import SYNONYM, Terms, Way
from vectorstore.words import stem, tokens


class _Act(NamedTuple):
    """Verbs that do one thing in a letter, and those that do the contrary."""

    does: str
    undoes: str = ""


_ACTS = (
    _Act(
        "agree accept support welcome endorse approve favour concur persuaded convinced",
        "disagree reject oppose refuse dispute object contest resist against",
    ),
    _Act("complain criticise regret deplore disappointed dissatisfied dismayed unhappy"),
    _Act("thank grateful gratitude appreciate"),
    _Act("ask request urge seek want invite like"),
    _Act("promise undertake pledge commit will shall"),
    _Act("apologise apology sorry"),
    _Act("praise commend congratulate applaud"),
)
_NOT_ALIKE = frozenset({"welcome"})  # what is welcome need not be agreed to
# What must stand beside a word that is else another: "we object to", "we should like", "we will".
_BEFORE = {
    "like": frozenset("should would id wed".split()),
    "will": frozenset("i we".split()),
    "shall": frozenset("i we".split()),
    "against": frozenset(
        "decide decided vote voted argue argued speak spoke advise advised am are is be".split()
    ),
}
_AFTER = {
    "object": frozenset({"to", "that"}),
    "objects": frozenset({"to", "that"}),
    "sorry": frozenset({"for", "that"}),
}
# Words from a verb to what it is done to: "agree that small ports should …", "X is accepted".
AHEAD, BEHIND = 15, 6
_PRONOUNS = frozenset("it this that these those them both".split())
_MODAL = frozenset("may can could should would might must will shall have had also".split())
SLIGHT = 0.01  # what a pronoun weighs against a word
_BEING = frozenset("is are was were be been being".split())
_CLAUSE = re.compile(
    r"[.;:?!](?:\s|$)|,\s+(?:but|and|yet|although|though|while)\s|\s(?:but|although|though|while)\s"
)
_BE = r"(?:is|are|was|were)"
_STANDS = (
    (re.compile(rf"\b{_BE}(?P<no> not|n['’]t)? (?:against|opposed to|hostile to)\b", re.I), "oppose"),
    (re.compile(rf"\b{_BE}(?P<no> not|n['’]t)? (?:in favour of|in agreement with)\b", re.I), "support"),
    (re.compile(rf"\b{_BE}(?P<no> not|n['’]t)? critical of\b", re.I), "criticise"),
)


def by_a_verb(question: str) -> str:
    """Return a question with a verb for where somebody stands: "who is against it" asks who opposes it."""
    for pattern, verb in _STANDS:
        if found := pattern.search(question):
            instead = f"do not {verb}" if found["no"] else verb
            question = f"{question[: found.start()]}{instead}{question[found.end() :]}"
    return question


def _stems(words: str) -> frozenset[str]:
    return frozenset(map(stem, words.split()))


ACTS = frozenset[str]().union(*(_stems(act.does) | _stems(act.undoes) for act in _ACTS))


def act_of(verbs: Set[str]) -> tuple[frozenset[str], frozenset[str]] | None:
    """Return the stems of the verbs that do what these do, and of those that do the contrary; None for other verbs."""
    for act in _ACTS:
        does, undoes = _stems(act.does), _stems(act.undoes)
        if verbs & does:
            return does, undoes
        if verbs & undoes:
            return undoes, does
    return None


def of_stance(verbs: Set[str]) -> tuple[Way, ...]:
    """Return the other words for what letters are to do; `told_by` tells one from the contrary.

    None for agreeing where it is with a report as such, of which one may support but a part.
    """
    on_paper = not verbs.isdisjoint(map(stem, PAPERS))
    return tuple(
        Way(word, stem(word), verb, SYNONYM)
        for act in _ACTS
        if not (on_paper and act.undoes)
        for verb in sorted(verbs & (_stems(act.does) | _stems(act.undoes)))
        for word in (*act.does.split(), *act.undoes.split())
        if stem(word) != verb and word not in _NOT_ALIKE
    )


def takes_it(sentence: str, terms: Terms) -> bool:
    """Whether a sentence does what is asked, or the contrary, to the matter that is asked about."""
    return next(told_by(sentence, terms, lambda _words, _at: False), None) is not None


def told_by(sentence: str, terms: Terms, denied: Callable[[Sequence[str], int], bool]) -> Iterator[bool]:
    """Yield of each word by which a sentence does it, or the contrary, to most of the matter, whether it does it.

    Args:
        denied: whether a word of a clause is denied.
    """
    acts = act_of(terms.demanded)
    if not acts:
        return
    does, undoes = acts
    matter = terms.weights.keys() - terms.demanded
    other = {way.stem: way.of for way in terms.ways if way.of in matter and not way.loose}
    found: list[tuple[float, bool]] = []
    for clause in _CLAUSE.split(sentence):
        words = tokens(clause)
        stemmed = [stem(word) for word in words]
        for at, word in enumerate(stemmed):
            if word in does | undoes and _does(words, at):
                near = {*_done_to(words, stemmed, at), *stemmed[at + 1 : at + 1 + AHEAD]}
                weight = sum(terms.weights[w] for w in matter & (near | {other.get(w, "") for w in near}))
                weight = weight or (SLIGHT if points(words, at) else 0.0)
                found.append((weight, (word in does) is not denied(words, at)))
    most = max((weight for weight, _ in found), default=0.0)
    if most or not matter:
        yield from (done for weight, done in found if weight == most)


def points(words: Sequence[str], at: int) -> bool:
    """Whether what a verb is done to is told by a pronoun: "we accept it in full"."""
    after = [word for word in words[at + 1 : at + 4] if word not in {"with", "to", "for", "of"}]
    # "Accept that we were late" points at nothing.
    return bool(after) and after[0] in _PRONOUNS and (after[0] not in {"that", "this"} or len(after) == 1)


def points_back(sentence: str, terms: Terms) -> bool:
    """Whether a sentence does it to what the sentence before speaks of."""
    does, undoes = act_of(terms.demanded) or (frozenset[str](), frozenset[str]())
    return any(
        points(words, at)
        for words in map(tokens, _CLAUSE.split(sentence))
        for at, word in enumerate(words)
        if stem(word) in does | undoes and _does(words, at)
    )


def _done_to(words: Sequence[str], stemmed: Sequence[str], at: int) -> Sequence[str]:
    """Return the stems before a verb of what it may be done to: of "the plan is accepted", and not of "I accept"."""
    passive = words[at].endswith(("ed", "en")) or not _BEING.isdisjoint(words[max(0, at - 3) : at])
    return stemmed[max(0, at - BEHIND) : at] if passive else ()


def _does(words: Sequence[str], at: int) -> bool:
    word = words[at]
    who = at - 1
    while who >= 0 and words[who] in _MODAL:
        who -= 1
    if who >= 0 and words[who] == "you":
        return False  # what the reader does or may do
    before, after = words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""
    return before in _BEFORE.get(word, {before}) and after in _AFTER.get(word, {after})
