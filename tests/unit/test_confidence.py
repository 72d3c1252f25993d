"""How likely the best sentences are to answer: a probability from features, by the model that is committed."""

import json

import pytest

from assistant.rank import Candidate
from assistant.terms import Terms, find_terms
from benchmarks.confidence import FITTED, confidence, features, probability
from tests.corpora import made
from tests.sentences_ranked import passages
from vectorstore.letter import ScoredPassage

ASKED = "How many midwives were recruited?"
LETTER = made("We have recruited 23 midwives. The weather was fine.")


def candidate(
    text: str, *, cosine: float, likeness: float, fits: bool, nearest: dict[str, float]
) -> Candidate:
    passage = passages(LETTER)[0].passage
    return Candidate(
        ScoredPassage(passage, 0.5, cosine, 1.0), 0, len(text), text, 1.0, 0.5, 0.5, likeness, fits, nearest
    )


def met(likeness: float, cosine: float, *, fits: bool = True) -> tuple[Terms, list[Candidate]]:
    far = candidate(
        "The weather.", cosine=0.3, likeness=0.2, fits=False, nearest={"midwiv": 0.2, "recruit": 0.2}
    )
    best = candidate(
        "We hired nurses.",
        cosine=cosine,
        likeness=likeness,
        fits=fits,
        nearest={"midwiv": 0.7, "recruit": 0.6},
    )
    return find_terms(ASKED), [best, far, far]


def test_the_features_are_those_that_the_model_was_fitted_to() -> None:
    found = features(*met(0.8, 0.7))
    assert found is not None
    fitted = json.loads(FITTED.read_text(encoding="utf-8"))["model"]
    assert set(found) == set(fitted["mean"]) == set(fitted["deviation"]) == set(fitted["weight"]) - {"bias"}
    assert found["ahead"] == pytest.approx(0.4)
    assert found["weakest"] == pytest.approx(0.6)


def test_evidence_that_is_nearer_is_trusted_more() -> None:
    near, far = confidence(*met(0.9, 0.85)), confidence(*met(0.4, 0.5, fits=False))
    assert near is not None
    assert far is not None
    assert 0 < far < near < 1


def test_without_a_model_or_a_sentence_there_is_no_confidence() -> None:
    terms, ranked = met(0.9, 0.85)
    assert confidence(terms, []) is None
    assert confidence(terms, [candidate("A", cosine=0.5, likeness=0.0, fits=True, nearest={})]) is None
    assert ranked


def test_a_probability_is_the_logistic_of_the_standardised_features() -> None:
    fitted = {"weight": {"bias": 0.0, "a": 2.0}, "mean": {"a": 1.0}, "deviation": {"a": 0.5}}
    assert probability({"a": 1.0}, fitted) == pytest.approx(0.5)
    assert probability({"a": 1.5}, fitted) == pytest.approx(0.8807970779778823)
