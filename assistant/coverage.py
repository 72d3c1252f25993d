"""The complete pass: every letter in scope is read, and the ledger says what each says or does not say."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np

from assistant.about import matter_of
from assistant.acting import PAPERS, acts_on_paper
from assistant.answer import Question
from assistant.compounds import ALL, has_all, stems_held, together
from assistant.degree import has_degree
from assistant.denial import denies
from assistant.lexicon import Mention
from assistant.rank import Candidate, Ranker, covered
from assistant.stance import act_of, of_stance, points_back, takes_it
from assistant.terms import FAMILY, SAME, Terms, find_terms
from vectorstore.letter import Letter, Passage, ScoredPassage
from vectorstore.search import Search
from vectorstore.sentences import sentence_spans
from vectorstore.store import Store
from vectorstore.words import halves, stem, stems

# Found on evals/cases.jsonl by hand.
SAYS = 0.60
LIKE = 0.66
HINT = 0.6  # what a word near in meaning counts, against 1 for the word itself
HALF = 0.30
# Cosine of a word to the nearest of a sentence that has but a word of its family: "a signature" is no sign of rain.
KIN = 0.46  # by hand, on pairs of words that mean the same and pairs that do not
NEAR = 4  # sentences of an open letter that a model is asked about
# Chosen by what it sends, not by what comes back: low, so that other words for the matter are not left out.
COMES_NEAR = 0.30
LIKE_NEAR = 0.55
WEIGHED = 200  # passages that may hold a synonym or a kind without the word
# Passages that hold a part of the words, in which others near in meaning are looked for: about 2 s of the model's.
COMPARED_PARTS = 400
COMPARED = 100  # letters up to which sentences that hold the words are put in order by meaning too


_PAPER_STEMS = frozenset(map(stem, PAPERS))
_Ranked = tuple[Sequence[Passage], Ranker]

_OR = re.compile(r"\bor\b|,(?=.*\bor\b)", re.I)  # "trees, poles or wires"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one letter says of a matter: its best sentences, or none.

    Args:
        against: where there are none, its sentences that say the contrary: "we do not agree".
        near: where there are none, sentences that come near without saying it outright.
        by: the model that finds it said by those sentences; "" where the rules do, or nobody.
    """

    letter: Letter
    sentences: tuple[Candidate, ...]
    near: tuple[Candidate, ...] = ()
    by: str = ""
    against: tuple[Candidate, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the rules found nothing, and something near it."""
        return bool(self.near) and not self.sentences


class Reading(NamedTuple):
    """A complete pass: a finding for each letter, in the order given.

    Args:
        nearest: in how many passages, those nearest to the question, words near in meaning were looked for; 0 where
            it was in all that hold a part of the words.
    """

    findings: list[Finding]
    nearest: int = 0


def read_all(
    question: Question,
    mentions: Sequence[Mention],
    letters: Sequence[Letter],
    search: Search,
    ranker: Ranker,
    *,
    near: Sequence[ScoredPassage] = (),
) -> Reading:
    """Read every letter.

    A matter stands in a letter when one sentence holds its telling words, others for them (`assistant.terms.Way`) or
    words that come close to them; what is written as a name must be there as it is. Of matters joined by "or", any one
    will do. The word index tells which passages hold too few of the words for any sentence of theirs to do so; the
    others are read.

    Where it is asked what letters are about, only the places that say so are read (`assistant.about`).

    Args:
        near: passages in which, of letters that do not say it, sentences are looked for that come near.
    """
    store = search.store
    matters = alternatives(question, mentions, store)
    holding = {number for terms in matters for number in _holding(terms, store, SAYS)}
    parts = {number for terms in matters for number in _parts(terms, store)} if ranker.compares else set()
    if question.about:
        speaking = {passage.letter_id for passage in store.numbered_passages(sorted(holding | parts))}
        return Reading(_about(question, matters, letters, speaking, ranker))
    nearest: list[ScoredPassage] = []
    compared: list[Passage] = []
    if len(parts - holding) > COMPARED_PARTS:
        nearest = search.search(question.query, scope=question.scope or None, limit=COMPARED_PARTS)
        by_other_words = holding - {n for terms in matters for n in _holding(_strict(terms), store, SAYS)}
        compared = [*(one.passage for one in nearest), *store.numbered_passages(sorted(by_other_words))]
        parts = set()
    weighed = {passage.id for passage in compared}
    inside = {letter.id for letter in letters}
    of: dict[str, dict[int, Passage]] = {}
    headed: dict[str, list[Passage]] = {}
    for passage in (*store.numbered_passages(sorted(holding | parts)), *compared):
        if passage.paragraph and passage.letter_id in inside:
            of.setdefault(passage.letter_id, {})[passage.start] = passage
        elif passage.role == "heading" and passage.letter_id in inside:
            headed.setdefault(passage.letter_id, []).append(replace(passage, role="body"))
    around: dict[str, list[ScoredPassage]] = {}
    for found in near:
        if found.passage.paragraph:
            around.setdefault(found.passage.letter_id, []).append(found)
    sure = ranker if len(of) <= COMPARED else Ranker(None)
    asked = question.standalone
    findings: list[Finding] = []
    for letter in letters:
        mine = [passage for _, passage in sorted(of.get(letter.id, {}).items())]
        weigh = [passage for passage in mine if passage.id in weighed] if weighed else mine
        says, against = _says(asked, matters, (mine, sure), (weigh, ranker)) if mine else ((), ())
        if not says and letter.id in headed and not any(terms.demanded for terms in matters):
            # A letter that only its subject line names it in does not keep silent of it.
            says = _says(asked, matters, (headed[letter.id], sure), ((), Ranker(None)))[0]
        nearby = () if says else _comes_near(asked, matters, around.get(letter.id, ()), ranker)
        findings.append(Finding(letter, says, nearby, against=() if says else against))
    return Reading(findings, len(nearest) if len(nearest) == COMPARED_PARTS else 0)


def _about(
    question: Question,
    matters: Sequence[Terms],
    letters: Sequence[Letter],
    speaking: Set[str],
    ranker: Ranker,
) -> list[Finding]:
    """Find the letters that are about the matters.

    Args:
        speaking: ids of the letters that hold enough of the words for any place of theirs to say it.
    """
    ranker = ranker if len(speaking) <= COMPARED else Ranker(None)
    findings = []
    for letter in letters:
        places = (matter_of(letter), ranker) if letter.id in speaking else ((), ranker)
        findings.append(Finding(letter, _says(question.standalone, matters, places, places)[0]))
    return findings


def _strict(terms: Terms) -> Terms:
    return replace(terms, ways=tuple(way for way in terms.ways if not way.loose))


def _parts(terms: Terms, store: Store) -> set[int]:
    """Return the numbers of the passages that hold a part of what is asked for.

    A part that only other words say is looked at where no more than WEIGHED passages have it.
    """
    numbers = set(_holding(replace(terms, ways=()), store, HALF))
    further = set(_holding(terms, store, HALF)) - numbers
    return numbers | (further if len(further) <= WEIGHED else set())


def _holding(terms: Terms, store: Store, enough: float) -> list[int]:
    """Return the numbers of the passages that hold all that is named, and enough of the telling words' weight."""
    total = sum(terms.weights.values())
    if not total:
        return []
    found = {word: _numbers(word, terms, store) for word in terms.weights}
    found |= {way.stem: store.numbers_holding(way.stem) for way in terms.ways if way.stem not in found}
    numbers = np.unique(np.concatenate(list(found.values())))
    counts = {word: np.zeros(len(numbers)) for word in terms.weights}
    for way in reversed(terms.ways):
        counts[way.of][np.searchsorted(numbers, found[way.stem])] = way.counts
    for word, count in counts.items():
        count[np.searchsorted(numbers, found[word])] = 1.0
    held = sum(terms.weights[word] * count for word, count in counts.items())
    kept = held >= enough * total - 1e-9
    for word in terms.named & found.keys():
        kept &= np.isin(numbers, found[word])
    return [int(number) for number in numbers[kept]]


def _numbers(word: str, terms: Terms, store: Store) -> "np.ndarray[Any, np.dtype[np.int64]]":
    """Return the numbers of the passages that hold a word, be it written as one or as two."""
    found = [store.numbers_holding(word)]
    found += [store.numbers_holding(" ".join(pair)) for pair in halves(terms.spelled.get(word, word))]
    pairs = [pair for pair in terms.pairs if word in pair]
    found += [store.numbers_holding(together(*(terms.spelled.get(w, w) for w in pair))) for pair in pairs]
    for noun in (noun for noun, number in terms.numbered() if number == word):
        every = np.concatenate([store.numbers_holding(one) for one in sorted(ALL)])
        found.append(np.intersect1d(store.numbers_holding(noun), every))
    return np.unique(np.concatenate(found))


def alternatives(question: Question, mentions: Sequence[Mention], store: Store) -> list[Terms]:
    """Part what is asked for at "or": "domestic abuse or stalking" is two matters.

    Synonyms and kinds are kept that few passages hold, since what each means is looked at sentence by sentence.
    """
    parts = _OR.split(question.standalone)
    mentions = [m for m in mentions if m.name.field in {"area", "author"}]
    terms = []
    for part in parts:
        needed = question.terms.demanded | question.terms.weights.keys()
        mine = find_terms(part, mentions if len(parts) == 1 else (), matters=frozenset(needed))
        shared = {word: weight for word, weight in mine.weights.items() if word in question.terms.weights}
        if shared:
            demanded = question.terms.demanded & set(shared)
            ways = (*(way for way in mine.ways if way.of in shared), *of_stance(demanded - mine.named))
            terms.append(
                replace(
                    mine,
                    weights=shared,
                    named=mine.named & set(shared),
                    ways=ways,
                    demanded=demanded,
                    had=question.terms.had,
                    lacked=question.terms.lacked,
                    of_each=question.terms.of_each,
                    all_of=question.terms.all_of if question.terms.all_of in shared else "",
                    degree=question.terms.degree if question.terms.degree[1] in shared else ("", ""),
                )
            )
    return [_worth_trying(matter, store) for matter in terms or [question.terms]]


def other_words(matters: Sequence[Terms], *, loose: bool) -> list[str]:
    """Return the words that `read_all` takes for the question's own, those that count most first.

    Args:
        loose: whether a model compares words, without which no synonym or kind is taken for the word.
    """
    ways = (way for terms in matters for way in terms.ways if loose or not way.loose)
    return list(dict.fromkeys(way.text for way in ways))


def _worth_trying(terms: Terms, store: Store) -> Terms:
    """Leave out the synonyms and kinds that would make for more than WEIGHED passages to look at, commonest first."""
    holding = store.passages_with([way.stem for way in terms.ways if way.loose])
    rarest = sorted(holding, key=lambda word: (holding[word], word))
    total = accumulate(holding[word] for word in rarest)
    many = {word for word, count in zip(rarest, total, strict=True) if count > WEIGHED}
    return replace(terms, ways=tuple(way for way in terms.ways if not way.loose or way.stem not in many))


def _says(
    question: str, matters: Sequence[Terms], outright: _Ranked, otherwise: _Ranked
) -> tuple[tuple[Candidate, ...], tuple[Candidate, ...]]:
    """Return the sentences of a letter that say what is asked, best first, and those that say the contrary.

    Args:
        outright: passages in which sentences that hold the words are looked for; no comparing is needed to know that
            they say it.
        otherwise: those in which, where no sentence does, a model looks for one that comes near.
    """
    found: list[Candidate] = []
    against: list[Candidate] = []
    for terms in matters:
        speaking: list[Candidate] = []
        for enough, (passages, ranker) in ((SAYS, outright), (HALF, otherwise)):
            if speaking or (enough == HALF and not ranker.compares):
                break
            scored = [ScoredPassage(p, covered(p.embedded_text, terms), None, 0.0) for p in passages]
            ranked = ranker.rank(question, terms, scored, only=partial(_could, terms=terms, enough=enough))
            of_it = [candidate for candidate in ranked if speaks_of(candidate, terms)]
            speaking = [candidate for candidate in of_it if denies(candidate.text, terms) == terms.lacked]
            against += [candidate for candidate in of_it if candidate not in speaking]
        found += speaking
    return _best(found), _best(against)


def _best(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the three sentences that have most of the words and come nearest in meaning, each once."""
    best = sorted(found, key=lambda c: -(c.coverage + c.likeness))
    kept: list[Candidate] = []
    for candidate in best:
        if all((candidate.start, candidate.end) != (other.start, other.end) for other in kept):
            kept.append(candidate)
    return tuple(kept[:3])


def _comes_near(
    question: str, matters: Sequence[Terms], passages: Sequence[ScoredPassage], ranker: Ranker
) -> tuple[Candidate, ...]:
    """Return sentences of a letter that come near to what is asked without saying it outright."""
    found: list[Candidate] = []
    for terms in matters if passages else ():
        ranked = ranker.rank(question, terms, passages)
        found += [candidate for candidate in ranked[:8] if comes_near(candidate, terms)][:NEAR]
    return tuple(found)


def comes_near(candidate: Candidate, terms: Terms) -> bool:
    """Whether a sentence may say it in other words: the names stand in its passage, and some of the words come near."""
    if not terms.weights or not terms.named <= stems_held(candidate.found.passage.text, terms):
        return False
    held = terms.held_by(stems_held(candidate.text, terms))
    hinted = {word: 1.0 for word in terms.weights if candidate.nearest.get(word, 0.0) >= LIKE_NEAR}
    return terms.weigh(held | hinted) >= COMES_NEAR


def _could(sentence: str, *, terms: Terms, enough: float) -> bool:
    """Whether a sentence names what is named and has enough of the telling words, or of others for them."""
    present = stems_held(sentence, terms)
    return (
        terms.named <= present and terms.weigh(terms.held_by(present, terms.weights.keys())) >= enough - 1e-9
    )


def speaks_of(candidate: Candidate, terms: Terms) -> bool:
    """Whether a sentence speaks of what is asked: its names all there, and each telling word there or come near."""
    meant = {word for word in terms.weights if candidate.nearest.get(word, 0.0) >= SAME}
    held = terms.held_by(stems_held(candidate.text, terms), meant)
    held = {w: c for w, c in held.items() if c != FAMILY or candidate.nearest.get(w, KIN) >= KIN}
    if not terms.weights or not terms.named <= held.keys() or not has_degree(candidate.text, terms):
        return False
    if terms.all_of and not has_all(stems(candidate.text), terms.all_of):
        return False
    hinted = {
        word: HINT for word in terms.weights if word not in held and candidate.nearest.get(word, 0.0) >= LIKE
    }
    one_thing = not terms.named | terms.demanded and tuple(terms.weights) in terms.pairs
    if one_thing and len(held | hinted) < len(terms.weights):
        return False  # of "shore power" the rarer word alone is most of the weight
    acting = act_of(terms.demanded)
    if not terms.demanded <= (held if acting else held | hinted).keys():
        return False
    if _PAPER_STEMS & terms.demanded and (verbs := terms.demanded - _PAPER_STEMS):
        verbs |= {way.stem for way in terms.ways if way.of in verbs and not way.loose}
        if not acts_on_paper(candidate.text, verbs):
            return False
    elif acting:
        return _does_it(candidate, terms, held | hinted)
    return terms.weigh(held) >= HALF and terms.weigh(held | hinted) >= SAYS - 1e-9


def _before(candidate: Candidate) -> str:
    """Return the sentence before one in its passage, or ""."""
    passage = candidate.found.passage
    at = candidate.start - passage.start
    ended = [(start, end) for start, end in sentence_spans(passage.text) if end <= at]
    return passage.text[slice(*ended[-1])] if ended else ""


def _does_it(candidate: Candidate, terms: Terms, held: Mapping[str, float]) -> bool:
    """Whether a sentence thanks, objects or the like, of a matter that it and its paragraph speak of.

    Args:
        held: what the sentence has of what is asked, and what each counts.
    """
    matter = terms.weights.keys() - terms.demanded
    weight = sum(terms.weights[word] for word in matter)
    around = {**terms.held_by(stems_held(candidate.found.passage.text, terms)), **held}
    if points_back(candidate.text, terms):
        held = {**terms.held_by(stems_held(_before(candidate), terms)), **held}
    here, nearby = (sum(terms.weights[w] * has.get(w, 0.0) for w in matter) for has in (held, around))
    return takes_it(candidate.text, terms) and here >= HALF * weight and nearby >= SAYS * weight - 1e-9
