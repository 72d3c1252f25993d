"""The linear reader that `benchmarks.reader` measures: its gradients, and that it learns what contrasts show."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from benchmarks.reader import rank_of_gold, stretched
from benchmarks.reader_fit import SHARPNESS, Contrast, Reader, _Look, fit, read


def _unit(states: Any) -> Any:
    return (states / np.linalg.norm(states, axis=1, keepdims=True)).astype(np.float32)


def _contrast(seed: int, *, width: int = 6) -> Contrast:
    rng = np.random.default_rng(seed)
    sentences = [_unit(rng.normal(size=(count, width))) for count in (4, 3, 5)]
    gold = np.array([False, True, False])
    return Contrast(
        _unit(rng.normal(size=(3, width))), np.array([1.0, 0.0, 2.0], np.float32), sentences, gold
    )


def _loss(reader: Reader, contrast: Contrast) -> float:
    odds = np.exp(SHARPNESS * read(reader, contrast).astype(np.float64))
    return float(-np.log(odds[contrast.gold].sum() / odds.sum()))


def test_a_reader_that_has_learned_nothing_scores_the_weighted_mean_of_each_tokens_nearest() -> None:
    question = np.array([[1, 0], [0, 1]], np.float32)
    sentences = [np.array([[1, 0]], np.float32), np.array([[0.6, 0.8], [0, 1]], np.float32)]
    contrast = Contrast(
        question, np.array([0.95, 0.95], np.float32), sentences, np.array([True, False])
    )  # weights count alike
    assert read(Reader(np.eye(2, dtype=np.float32), np.zeros(2, np.float32)), contrast) == pytest.approx(
        [0.5, 0.8], abs=1e-4
    )


def test_the_slopes_are_those_of_the_loss() -> None:
    contrast = _contrast(1)
    rng = np.random.default_rng(2)
    reader = Reader(rng.normal(size=(6, 4)).astype(np.float32), (rng.normal(size=6) * 0.1).astype(np.float32))
    mapped, telling = _Look(reader, contrast).slopes()
    for at in [(0, 0), (3, 2), (5, 3)]:
        moved = []
        for step in (1e-3, -1e-3):
            values = reader.mapped.copy()
            values[at] += step
            moved.append(_loss(replace(reader, mapped=values), contrast))
        assert mapped[at] == pytest.approx((moved[0] - moved[1]) / 2e-3, rel=0.05, abs=0.02)
    for one in (0, 4):
        moved = []
        for step in (1e-4, -1e-4):
            values = reader.telling.copy()
            values[one] += step
            moved.append(_loss(replace(reader, telling=values), contrast))
        assert telling[one] == pytest.approx((moved[0] - moved[1]) / 2e-4, rel=0.05, abs=0.02)


def test_it_learns_which_token_of_the_question_tells() -> None:
    # The first token of every question is loud and misleads, the second finds the answer.
    def one(seed: int) -> Contrast:
        noise = np.random.default_rng(seed).normal(size=(4, 8)) * 0.05
        asked = _unit(np.eye(8)[[0, 1]] + noise[:2])
        right, wrong = _unit(np.eye(8)[[1]] + noise[2:3]), _unit(np.eye(8)[[0]] + noise[3:])
        return Contrast(asked, np.array([1.0, 0.8], np.float32), [wrong, right], np.array([False, True]))

    contrasts = [one(seed) for seed in range(400)]
    before = Reader(np.eye(8, dtype=np.float32), np.zeros(8, np.float32))
    after = fit(contrasts)
    unseen = [one(seed) for seed in range(1000, 1050)]
    assert np.mean([read(before, each).argmax() for each in unseen]) < 0.2
    assert np.mean([read(after, each).argmax() for each in unseen]) > 0.8


def test_the_rank_of_gold_is_that_of_the_first_that_answers_and_ties_keep_their_order() -> None:
    gold = np.array([False, True, True])
    assert rank_of_gold(np.array([0.9, 0.1, 0.5], np.float32), gold) == 2
    assert rank_of_gold(np.array([0.5, 0.5, 0.5], np.float32), gold) == 2


def test_scores_are_stretched_over_a_question() -> None:
    assert stretched(np.array([2.0, 4.0, 3.0], np.float32)).tolist() == [0.0, 1.0, 0.5]
    assert stretched(np.array([2.0, 2.0], np.float32)).tolist() == [0.0, 0.0]
