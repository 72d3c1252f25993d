"""Would a small trained reader choose better sentences than `assistant/rank.py`? `python -m benchmarks.reader`.

Asks the users' questions of `../shared/data` as the assistant would, and ranks the sentences of the passages that it
finds in several ways. Some are learned, by the loss of contrasts (a sentence that answers against the others found for
the same question): a linear map of the token states of bge-small, which itself stays as it is, and how much each of
the question's tokens counts. Writes `benchmarks/reader.md`.

Learned from and measured on conditionalqa_uk (licence BSD-style, text Open Government Licence 3) in four folds, no
page in two of them; measured on clapnq too (Apache 2.0, text CC BY-SA 3.0), of which nothing is learned. The halves
that `benchmarks.retrieval` and `benchmarks.calibration` report on are not looked at. scifact is left out: its
annotations are for non-commercial use, and the set holds the test queries alone.
"""

import hashlib
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from assistant import assembly
from assistant.rank import Ranker
from assistant.settings import ROOT, load_settings
from assistant.terms import Terms, find_terms
from benchmarks.kept import KeptModel
from benchmarks.public_questions import Asked, observed, write_clapnq, write_conditionalqa
from benchmarks.reader_fit import Contrast, fit, read
from vectorstore.embed import OnnxEmbeddings, TokenStates, packaged_model
from vectorstore.index import VectorIndex
from vectorstore.letter import Scope
from vectorstore.likeness import TokenModel, likeness
from vectorstore.search import Search
from vectorstore.words import stem, tokens

REPORT = ROOT / "benchmarks" / "reader.md"
LIMIT = 12
FOLDS = 4
HARDLY = 0.2  # as Candidate.coverage
Floats = np.ndarray[Any, np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Met:
    """A question with the sentences that were found for it, as `assistant.rank` has them, best first.

    Args:
        cosine: of the question's vector and each sentence's.
        other_words: whether every sentence that answers has hardly any of the question's telling words.
    """

    source: str
    fold: int
    contrast: Contrast
    score: Floats
    likeness: Floats
    cosine: Floats
    other_words: bool


def main() -> int:
    """Measure, and write the report."""
    met = observed("Measure whether a small trained reader chooses better.", _meet)
    if met is None:
        return 1
    REPORT.write_text(write_report(met), encoding="utf-8")
    print(REPORT.read_text(encoding="utf-8"))
    return 0


def _meet(place: Path) -> Iterator[Met]:
    model = KeptModel(OnnxEmbeddings(packaged_model(), threads=1), place / "states.sqlite")
    for name, write in (("conditionalqa_uk", _conditionalqa), ("clapnq", write_clapnq)):
        letters = place / f"{name}_letters"
        letters.mkdir(parents=True, exist_ok=True)
        asked = write(letters)
        settings = load_settings(store=place / f"{name}_store", engine="quoting")
        assembly.ingest(settings, [letters])
        store = assembly.open_search(settings)[0].store
        search = Search(store, model, VectorIndex(store, model.model_id))
        pages = {letter.source: letter.id for letter in search.letters()}
        ranker = Ranker(model)
        for number, one in enumerate(asked):
            if number % 100 == 0:
                print(f"{name}: {number} of {len(asked)}", file=sys.stderr, flush=True)
            if one.gold and _for_choosing(one):
                yield from _met(name, one, search, ranker, model, pages)


def _conditionalqa(folder: Path) -> list[Asked]:
    return write_conditionalqa(folder, share=1)


def _for_choosing(asked: Asked) -> bool:
    # A page's file name begins with its digest, by which `benchmarks.retrieval_sets.halves` parts the queries.
    return asked.page[0] < "8" if asked.page else asked.half == "fit"


def _met(
    name: str,
    asked: Asked,
    search: Search,
    ranker: Ranker,
    model: TokenModel,
    pages: Mapping[str, str],
) -> Iterator[Met]:
    """Ask a question of its page, or of all where it has none; leave out what has no answer among the sentences."""
    terms = find_terms(asked.text)
    question = model.token_states([asked.text])[0]
    scope = Scope(letter_ids=(pages[asked.page],)) if asked.page else None
    ranked = ranker.rank(
        asked.text, terms, search.search(asked.text, scope=scope, limit=LIMIT, thorough=True)
    )
    gold = np.array([_answers(c.text, asked.gold) for c in ranked], dtype=bool)
    told = model.token_states([c.text for c in ranked])
    if gold.any() and all(len(each.states) for each in told):
        yield Met(
            name,
            hashlib.sha256((asked.page or asked.id).encode()).digest()[-1] % FOLDS,
            Contrast(question.states, weights(asked.text, terms, question), [t.states for t in told], gold),
            np.array([c.score for c in ranked], np.float32),
            np.array([c.likeness for c in ranked], np.float32),
            np.array([each.vector @ question.vector for each in told], np.float32),
            max(c.coverage for c, right in zip(ranked, gold, strict=True) if right) <= HARDLY,
        )


def weights(question: str, terms: Terms, states: TokenStates) -> Floats:
    """Return how much each token of a question counts, as `assistant.rank` has it: its word's rarity, if it tells."""
    pieces = [tokens(_word_around(question, start, end)) for start, end in states.spans]
    found = [terms.weights.get(stem(words[0]), 0.0) if words else 0.0 for words in pieces]
    return np.array(found if any(found) else [1.0] * len(found), np.float32)


def _word_around(text: str, start: int, end: int) -> str:
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[start:end]


def _answers(text: str, gold: Sequence[str]) -> bool:
    folded = " ".join(text.split())
    return any(folded in one or one in folded for one in (" ".join(each.split()) for each in gold))


def rank_of_gold(score: Floats, gold: Any) -> int:
    """Return the rank, from 1, of the first sentence that answers; those with like scores keep their order."""
    return int(np.flatnonzero(gold[np.argsort(-score, kind="stable")])[0]) + 1


def stretched(values: Floats) -> Floats:
    """Return values moved and stretched to 0..1; all 0 where they are one."""
    low, high = values.min(), values.max()
    return (values - low) / (high - low) if high > low else np.zeros_like(values)


def write_report(met: Sequence[Met]) -> str:
    """Return what was measured in Markdown."""
    lines = [
        "# A small trained reader, measured",
        "",
        "Written by `python -m benchmarks.reader`; do not edit. What is learned is learned on three folds of",
        "`conditionalqa_uk` and measured on the fourth, and on `clapnq`, of which nothing is learned. Only questions",
        "with an answer among the sentences found count. MRR of the first sentence that answers, and how often it is",
        "the first, or one of three; in brackets, the 95 % interval of the difference in MRR to today's score.",
        "*In other words*: those whose answering sentences hold a fifth or less of the question's telling words.",
        "",
        "The assistant uses no such reader: it would be ahead by a hundredth on the set that it learned from, and by",
        "no more than chance gives on the other.",
        "",
        "| questions | way | MRR | first | of three | against today |",
        "| --- | --- | ---: | ---: | ---: | --- |",
    ]
    ways = _ways(met)
    for source, some in _groups(met).items():
        today = np.array([rank_of_gold(met[i].score, met[i].contrast.gold) for i in some])
        for way, score in ways.items():
            ranks = np.array([rank_of_gold(score(i), met[i].contrast.gold) for i in some])
            low, high = _interval(1 / ranks - 1 / today)
            mean = float(np.mean(1 / ranks - 1 / today))
            lines.append(
                f"| {source}: {len(some)} | {way} | {np.mean(1 / ranks):.3f} | {np.mean(ranks == 1):.3f} | "
                f"{np.mean(ranks <= 3):.3f} | {mean:+.3f} ({low:+.3f} to {high:+.3f}) |"
            )
    return "\n".join(lines) + "\n"


def _groups(met: Sequence[Met]) -> dict[str, list[int]]:
    """Return the places of the questions of each source; and of all those whose answers are in other words."""
    groups: dict[str, list[int]] = {one.source: [] for one in met}
    for i, one in enumerate(met):
        groups[one.source].append(i)
    return {**groups, "of all these, in other words": [i for i, one in enumerate(met) if one.other_words]}


def _ways(met: Sequence[Met]) -> dict[str, Callable[[int], Floats]]:
    def maxsim(i: int) -> Floats:
        asked, told = met[i].contrast.question, met[i].contrast.sentences
        return np.array([likeness(asked @ each.T) for each in told], np.float32)

    ways: dict[str, Callable[[int], Floats]] = {
        "**today's score**": lambda i: met[i].score,
        "today's likeness alone": lambda i: met[i].likeness,
        "cosine of the vectors": lambda i: met[i].cosine,
        "likeness, all tokens alike": maxsim,
    }
    learned = _learned(met)
    ways["learned reader alone"] = learned.__getitem__
    ways["today's score, its likeness by the learned reader"] = lambda i: (
        met[i].score - stretched(met[i].likeness) + stretched(learned[i])
    )
    return ways


def _learned(met: Sequence[Met]) -> list[Floats]:
    """Return each question's scores by a reader that was learned without its fold; for clapnq by the first."""
    readers = [
        fit([m.contrast for m in met if m.source.startswith("conditionalqa") and m.fold != fold])
        for fold in range(FOLDS)
    ]
    return [
        read(readers[one.fold if one.source.startswith("conditionalqa") else 0], one.contrast) for one in met
    ]


def _interval(differences: Any) -> tuple[float, float]:
    """Return where the mean lies in 95 % of 2,000 samples drawn with replacement."""
    drawn = np.random.default_rng(0).integers(0, len(differences), (2000, len(differences)))
    low, high = np.quantile(differences[drawn].mean(axis=1), [0.025, 0.975])
    return float(low), float(high)


if __name__ == "__main__":
    sys.exit(main())
