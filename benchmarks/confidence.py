"""How likely the best sentences are to answer, as a probability that was measured (pure).

A logistic model over a handful of features; `benchmarks/calibration.py` fits it on questions of the public over
texts that are no letters, and shows on others how far it can be trusted.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from math import exp
from pathlib import Path
from statistics import median

from assistant.rank import Candidate
from assistant.terms import Terms
from vectorstore.words import stems

FITTED = Path(__file__).with_name("confidence.json")
NEAR = 3
AROUND_NEAR = 6


def features(terms: Terms, ranked: Sequence[Candidate]) -> dict[str, float] | None:
    """Return what is known of a question's best evidence, or None where no sentence model compared them.

    `likeness` and `cosine` of the best; `ahead`: the best passage's cosine over the median one's; `covered`: share of
    the question's words in the best passages; `fits`: whether one holds the kind of thing asked for; `weakest`: how
    near the letters come to the word of the question that they come least near to.
    """
    if not ranked or not any(c.nearest for c in ranked):
        return None
    near = ranked[:NEAR]
    cosines = [c.found.cosine or 0.0 for c in ranked]
    held = [(set(stems(c.text)), c.nearest) for c in ranked[:AROUND_NEAR]]
    return {
        "likeness": near[0].likeness,
        "cosine": max(cosines),
        "ahead": max(cosines) - median(cosines),
        "covered": max(c.around for c in near),
        "fits": float(terms.answer == "any" or any(c.fits for c in near)),
        "weakest": min(
            (
                max(1.0 if word in words else nearest.get(word, 0.0) for words, nearest in held)
                for word in terms.weights
            ),
            default=1.0,
        ),
    }


def confidence(terms: Terms, ranked: Sequence[Candidate]) -> float | None:
    """Return the probability that the best sentences answer, 0 to 1; None where no model compared them."""
    found = features(terms, ranked)
    return None if found is None else probability(found, _fitted())


def probability(found: Mapping[str, float], fitted: Mapping[str, Mapping[str, float]]) -> float:
    """Return what the logistic model makes of some features.

    Args:
        fitted: of each feature "weight", "mean" and "deviation" by its name, and the weight of "bias".
    """
    weight, mean, deviation = fitted["weight"], fitted["mean"], fitted["deviation"]
    z = weight["bias"] + sum(
        weight[name] * (value - mean[name]) / deviation[name] for name, value in found.items()
    )
    return 1 / (1 + exp(-z))


@cache
def _fitted() -> dict[str, dict[str, float]]:
    read: dict[str, dict[str, dict[str, float]]] = json.loads(FITTED.read_text(encoding="utf-8"))
    return read["model"]
