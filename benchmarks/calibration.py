"""Fits and measures `benchmarks.confidence`: `python -m benchmarks.calibration [--keep DIR]`.

Reads `../shared/data` (conditionalqa_uk, clapnq), makes each page into a letter and asks the users' questions as the
assistant would. A question of conditionalqa is asked of its page, and asked again of the page without the paragraphs
that answer. Half of the questions are fitted on, the others tell how good it is; halves are parted by id, and for
conditionalqa by page. Writes `benchmarks/confidence.json` and `benchmarks/calibration.md`.

The letters' own cases are not fitted on: they are reported alone.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant import assembly
from assistant.judge import judge
from assistant.rank import Ranker
from assistant.settings import ROOT, load_settings
from assistant.terms import find_terms
from benchmarks.confidence import FITTED, features, probability
from benchmarks.public_questions import Asked, Half, observed, write_clapnq, write_conditionalqa
from vectorstore.embed import OnnxEmbeddings, TokenStates
from vectorstore.letter import Letter, Scope, ScoredPassage
from vectorstore.search import Search

REPORT = ROOT / "benchmarks" / "calibration.md"
LIMIT = 12
RIDGE = 1.0


@dataclass(frozen=True, slots=True)
class Observed:
    """One question as the assistant met it.

    Args:
        answerable: whether what it was asked of answers.
        gold_first: whether the best sentence answers; `gold_near`: one of the best three; None where nothing does.
        rules: whether `assistant.judge` lets it be answered.
    """

    source: str
    half: Half
    found: dict[str, float]
    answerable: bool
    gold_first: bool | None
    gold_near: bool | None
    rules: bool


class _Remembering:
    """A sentence model that is asked once for each text: the same sentences come back from question to question."""

    def __init__(self, model: OnnxEmbeddings) -> None:
        self._model = model
        self._kept: dict[str, TokenStates] = {}

    def token_states(self, texts: Sequence[str]) -> list[TokenStates]:
        new = [text for text in dict.fromkeys(texts) if text not in self._kept]
        self._kept.update(zip(new, self._model.token_states(new), strict=True))
        return [self._kept[text] for text in texts]


def main() -> int:
    """Measure, fit, and write both files."""
    seen = observed("Fit and measure how confident the quoting engine may be.", _observe)
    if seen is None:
        return 1
    model = fit([one for one in seen if one.half == "fit"])
    kept = {
        "about": "Written by `python -m benchmarks.calibration`; do not edit.",
        "data": "conditionalqa_uk (v1_0 train) and clapnq (annotated dev), the halves for fitting",
        "questions": sum(one.half == "fit" for one in seen),
        "model": model,
    }
    FITTED.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    REPORT.write_text(write_report(seen, model), encoding="utf-8")
    print(REPORT.read_text(encoding="utf-8"))
    return 0


def _observe(place: Path) -> Iterator[Observed]:
    for name, write in (("clapnq", write_clapnq), ("conditionalqa_uk", write_conditionalqa)):
        letters = place / f"{name}_letters"
        letters.mkdir(parents=True, exist_ok=True)
        asked = write(letters)
        settings = load_settings(store=place / f"{name}_store", engine="quoting")
        assembly.ingest(settings, [letters])
        search, _ = assembly.open_search(settings)
        model = search.embeddings
        if not isinstance(model, OnnxEmbeddings):
            raise SystemExit("The sentence model is not installed; `make install` gets it.")
        yield from _ask(name, asked, search, Ranker(_Remembering(model)))


def _ask(name: str, asked: Sequence[Asked], search: Search, ranker: Ranker) -> Iterator[Observed]:
    everywhere = search.letters()
    by_source = {letter.source: letter for letter in everywhere}
    for number, one in enumerate(asked):
        if number % 50 == 0:
            print(f"{name}: {number} of {len(asked)}", file=sys.stderr, flush=True)
        page = by_source.get(one.page)
        scope = Scope(letter_ids=(page.id,)) if page else None
        found = search.search(one.text, scope=scope, limit=LIMIT if scope is None else 5 * LIMIT)
        inside = [page] if page else everywhere
        yield _observed(name, one, found[:LIMIT], inside, ranker)
        if page:
            rest = [p for p in found if not _holds(p.passage.text, one.gold)][:LIMIT]
            if len(rest) >= LIMIT // 2:
                yield _observed(name, one, rest, inside, ranker, without=True)


def _observed(
    name: str,
    asked: Asked,
    passages: Sequence[ScoredPassage],
    inside: Sequence[Letter],
    ranker: Ranker,
    *,
    without: bool = False,
) -> Observed:
    terms = find_terms(asked.text)
    ranked = ranker.rank(asked.text, terms, passages)
    answerable = bool(asked.gold) and not without
    gold = [_holds(c.text, asked.gold) for c in ranked[:3]] if answerable else []
    return Observed(
        name,
        asked.half,
        features(terms, ranked) or {},
        answerable,
        gold[0] if gold else None,
        any(gold) if gold else None,
        judge(terms, ranked, inside, inside).answers,
    )


def _holds(text: str, gold: Sequence[str]) -> bool:
    folded = " ".join(text.split())
    return any(
        folded in sentence or sentence in folded for sentence in (" ".join(one.split()) for one in gold)
    )


def fit(seen: Sequence[Observed]) -> dict[str, dict[str, float]]:
    """Fit a logistic regression by Newton's method, each source weighing the same.

    Source: iteratively reweighted least squares with a ridge (le Cessie and van Houwelingen 1992).
    """
    names = list(seen[0].found)
    values = np.array([[one.found[name] for name in names] for one in seen])
    truth = np.array([one.answerable for one in seen], dtype=float)
    sources = [one.source for one in seen]
    weight = np.array([len(seen) / 2 / sources.count(source) for source in sources])
    mean, deviation = values.mean(axis=0), values.std(axis=0)
    given = np.c_[np.ones(len(seen)), (values - mean) / deviation]
    ridge = RIDGE * np.eye(given.shape[1])
    ridge[0, 0] = 0.0
    beta = np.zeros(given.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-given @ beta))
        slope = given.T @ (weight * (p - truth)) + ridge @ beta
        curve = (given * (weight * p * (1 - p))[:, None]).T @ given + ridge
        beta -= np.linalg.solve(curve, slope)
    return {
        "weight": {name: round(float(b), 4) for name, b in zip(["bias", *names], beta, strict=True)},
        "mean": {name: round(float(m), 4) for name, m in zip(names, mean, strict=True)},
        "deviation": {name: round(float(d), 4) for name, d in zip(names, deviation, strict=True)},
    }


def auc(truth: Sequence[bool], score: Sequence[float]) -> float:
    """Return the chance that a question that is answered scores above one that is not, 0 to 1; ties are a half."""
    up = np.array([s for t, s in zip(truth, score, strict=True) if t])
    down = np.array([s for t, s in zip(truth, score, strict=True) if not t])
    return float((up[:, None] > down).mean() + 0.5 * (up[:, None] == down).mean())


def abstention(truth: Sequence[bool], answers: Sequence[bool]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of turning down what is not answered; 0 where undefined."""
    down = sum(not a for a in answers)
    right = sum(not a and not t for a, t in zip(answers, truth, strict=True))
    absent = sum(not t for t in truth)
    precision, recall = right / down if down else 0.0, right / absent if absent else 0.0
    return precision, recall, 2 * right / (down + absent) if down + absent else 0.0


def write_report(seen: Sequence[Observed], model: dict[str, dict[str, float]]) -> str:
    """Return what was measured in Markdown."""
    lines = [
        "# How far the quoting engine's confidence can be trusted",
        "",
        "Written by `python -m benchmarks.calibration`; do not edit. Fitted on one half of the questions, measured",
        "on the other. Data: `conditionalqa_uk` (gov.uk guidance, real users' questions; each asked of its page, and",
        "of the page without the paragraphs that answer) and `clapnq` (Wikipedia; the questions that nothing answers",
        "have a passage near them).",
        "",
        "| test half | questions | answered | AUC | best sentence answers | one of three |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    halves = {
        source: [one for one in seen if one.source == source and one.half == "test"]
        for source in dict.fromkeys(one.source for one in seen)
    }
    p = {source: [probability(one.found, model) for one in some] for source, some in halves.items()}
    for source, some in halves.items():
        truth = [one.answerable for one in some]
        asked = [one for one in some if one.answerable]
        first = sum(bool(one.gold_first) for one in asked)
        near = sum(bool(one.gold_near) for one in asked)
        lines.append(
            f"| {source} | {len(some)} | {len(asked)} | {auc(truth, p[source]):.2f} | {first}/{len(asked)} "
            f"{first / len(asked):.2f} | {near}/{len(asked)} {near / len(asked):.2f} |"
        )
    lines += [
        "",
        "## Reliability",
        "",
        "Of the questions given a confidence in this range, the share that was answered; a bar is two per cent a mark.",
        "",
    ]
    for source, some in halves.items():
        lines += [
            f"`{source}`",
            "",
            "```text",
            *_curve([one.answerable for one in some], p[source]),
            "```",
            "",
        ]
    lines += [
        "## Turning down what is not answered",
        "",
        "| test half | by | precision | recall | F1 |",
        "| --- | --- | ---: | ---: | ---: |",
    ]
    for source, some in halves.items():
        truth = [one.answerable for one in some]
        rules = [one.rules for one in some]
        ways = {"the rules of `assistant/judge.py`": rules}
        for least in (0.2, 0.3, 0.4, 0.5):
            sure = [value >= least for value in p[source]]
            ways[f"confidence under {least}"] = sure
        ways["rules, or confidence under 0.4"] = [
            r and value >= 0.4 for r, value in zip(rules, p[source], strict=True)
        ]
        for way, answers in ways.items():
            got = abstention(truth, answers)
            lines.append(f"| {source} | {way} | {got[0]:.2f} | {got[1]:.2f} | {got[2]:.2f} |")
    lines += ["", "## Features", "", "Weights of the standardised features.", ""]
    lines += [f"- {name}: {value:+.2f}" for name, value in model["weight"].items()]
    return "\n".join(lines) + "\n"


def _curve(truth: Sequence[bool], p: Sequence[float]) -> list[str]:
    lines = ["confidence    n  mean  answered"]
    for low in range(10):
        some = [
            (t, v) for t, v in zip(truth, p, strict=True) if low <= v * 10 < low + 1 or (low == 9 and v == 1)
        ]
        if some:
            share = sum(t for t, _ in some) / len(some)
            mean = sum(v for _, v in some) / len(some)
            bar = "#" * round(50 * share)
            lines.append(
                f"{low / 10:.1f} to {(low + 1) / 10:.1f}  {len(some):3d}  {mean:.2f}  {share:.2f} {bar}"
            )
    return lines


if __name__ == "__main__":
    sys.exit(main())
