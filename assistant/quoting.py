"""The quoting engine: passages to a draft made of the letters' own sentences. Needs no language model."""

import re
from collections.abc import Iterable, Mapping, Sequence

from langchain_core.runnables import Runnable, RunnableLambda

from assistant.answer import Draft, DraftStatement, Evidence
from assistant.cut import whole
from assistant.rank import Candidate, Ranker
from assistant.terms import Terms
from vectorstore.letter import Letter
from vectorstore.restated import asks_of_author
from vectorstore.sentences import sentence_spans

NAME = "quoting"
MOST = 3
OVERVIEW_MOST = 6
FEWEST = 2  # of each letter, where several are summed up
FULL = 12  # words of a sentence that can stand for its paragraph
# Of the best sentence's score: what falls further behind says something else.
CLOSE_BEHIND = 0.5
# Where the best sentence has all that is asked for, one that lacks part of it adds another matter.
ALL_OF_IT = 0.9  # of the question's telling words
LITTLE_LESS = 0.8  # of the best sentence's share of them
# "You recommended that …", "the report asks …"; or what the author once wrote: where he stands now follows.
_ASKED = re.compile(
    r"\W*(?:(?!(?:i|we|our|my|is|are|was|were|be|been)\b)[\w.()&’'-]+,? ){1,7}?"
    r"(?:recommend|propos|suggest|ask|urge|request|require|invite|advise|call(?=\w* (?:for|on)))(?:s|es|ed|e|d)?\b"
    r"|.{0,12}\bin (?:my|our) (?:\w+ ){0,2}(?:letter|reply|response|report)\b.{0,40}"
    r"\b(?:I|we) (?:told|wrote|said|promised|undertook)\b",
    re.IGNORECASE,
)


def choose(
    ranked: Sequence[Candidate], terms: Terms, *, most: int = MOST, order: Iterable[str] = ()
) -> list[Candidate]:
    """Return the sentences that answer, best first: no more than are close behind the best.

    Args:
        order: the letters' ids as they are summed up, where that is asked for.
    """
    if terms.overview:
        return _leading(ranked, {letter_id: at for at, letter_id in enumerate(order)})
    fitting = [c for c in ranked if c.fits] if terms.strict or terms.answer == "stance" else list(ranked)
    pool = fitting or list(ranked)
    if terms.premise:
        # Why somebody did a thing, or where they stand, is not said by what was recommended to them.
        pool = [c for c in pool if not asks_of_author(c.found.passage.text, c.found.passage.speaker)] or pool
    most = 1 if terms.contact else most
    if not pool:
        return []
    chosen: list[Candidate] = []
    letters: set[str] = set()
    for candidate in pool:
        if len(chosen) == most or candidate.score < CLOSE_BEHIND * pool[0].score:
            break
        beside = pool[0].coverage >= ALL_OF_IT and candidate.coverage < LITTLE_LESS * pool[0].coverage
        # Another letter's figure may be a later one: "We are back to five pilots."
        later = terms.strict and candidate.found.passage.letter_id not in letters
        if (later or not beside) and all(candidate.text != other.text for other in chosen):
            chosen.append(candidate)
            letters.add(candidate.found.passage.letter_id)
    return _with_replies(chosen, ranked)


def _with_replies(chosen: Sequence[Candidate], ranked: Sequence[Candidate]) -> list[Candidate]:
    """Put beside what was recommended to the author the sentence after it, in which he replies."""
    after = {(c.found.passage.id, c.start): c for c in ranked}
    told: list[Candidate] = []
    for candidate in chosen:
        told.append(candidate)
        passage = candidate.found.passage
        if _ASKED.match(candidate.text):
            starts = (passage.start + a for a, _ in sentence_spans(passage.text))
            reply = after.get((passage.id, next((at for at in starts if at >= candidate.end), -1)))
            if reply and reply not in chosen and not _ASKED.match(reply.text):
                told.append(reply)
    return told


def _leading(ranked: Sequence[Candidate], order: Mapping[str, int]) -> list[Candidate]:
    """Return the first sentence of paragraphs, of each letter in their order, those that say little left out."""
    first: dict[tuple[str, int], Candidate] = {}
    placed = sorted(
        ranked,
        key=lambda c: (order.get(c.found.passage.letter_id, len(order)), c.found.passage.letter_id, c.start),
    )
    for candidate in placed:
        passage = candidate.found.passage
        if passage.speaker is None and len(candidate.text.split()) >= FULL:
            first.setdefault((passage.letter_id, passage.paragraph), candidate)
    letters: dict[str, list[Candidate]] = {}
    for candidate in first.values():
        letters.setdefault(candidate.found.passage.letter_id, []).append(candidate)
    most = 2 * OVERVIEW_MOST
    each = max(FEWEST if FEWEST * len(letters) <= most else 1, OVERVIEW_MOST // max(1, len(letters)))
    return [candidate for own in letters.values() for candidate in own[:each]][:most]


class QuotingEngine:
    """Answers with whole sentences of the letters, the best first."""

    def __init__(self, ranker: Ranker) -> None:
        self._ranker = ranker

    @property
    def runnable(self) -> Runnable[Evidence, Draft]:
        """The engine as a step of a LangChain chain."""
        return RunnableLambda(self.draft).with_config(run_name="quoting_engine")

    def draft(self, evidence: Evidence) -> Draft:
        """Choose sentences and claim them as they stand."""
        terms = evidence.question.terms
        ranked = self._ranker.rank(evidence.question.standalone, terms, evidence.passages)
        return Draft(
            tuple(
                claim(c, evidence.letters[c.found.passage.letter_id])
                for c in choose(ranked, terms, order=evidence.letters)
            ),
            NAME,
        )


def claim(candidate: Candidate, letter: Letter, heading: str = "") -> DraftStatement:
    """Make a sentence into a statement that quotes itself, both parts of one that a page's edge cut."""
    parts = [letter.text[start:end] for start, end in whole(letter, candidate.start, candidate.end)]
    shown = " ".join(" ".join(parts).split()).lstrip("-•▪◦*·– ").replace("**", "")
    return DraftStatement(shown, tuple((letter.id, part) for part in parts), heading)
