"""Measures of a ranking, by values worked out by hand."""

import math

import pytest

from benchmarks.ranking import ndcg, recall, reciprocal_rank


def test_ndcg_is_the_discounted_gain_over_the_best() -> None:
    # got 1/log2(3) + 1/log2(5); best 1/log2(2) + 1/log2(3)
    expected = (1 / math.log2(3) + 1 / math.log2(5)) / (1 + 1 / math.log2(3))
    assert ndcg(["x", "a", "y", "b"], {"a": 1, "b": 1}) == pytest.approx(expected)
    assert expected == pytest.approx(0.650921, abs=1e-6)


def test_graded_gains_count_as_they_are() -> None:
    # got 1/1 + 3/log2(3); best 3/1 + 1/log2(3)
    assert ndcg(["a", "b"], {"a": 1, "b": 3}) == pytest.approx((1 + 3 / 1.5849625) / (3 + 1 / 1.5849625))


def test_ndcg_looks_at_the_first_k_alone_and_its_best_has_k_too() -> None:
    gains = {"a": 1, "b": 1, "c": 1}
    assert ndcg(["a", "x", "b"], gains, k=2) == pytest.approx(1 / (1 + 1 / math.log2(3)))
    assert ndcg(["x", "y", "a"], gains, k=2) == 0.0
    assert ndcg(["a", "b"], gains, k=2) == 1.0


def test_recall_is_the_share_of_what_is_right() -> None:
    gains = {"a": 1, "b": 2, "c": 1, "d": 0}
    assert recall(["a", "d", "b"], gains, k=3) == pytest.approx(2 / 3)
    assert recall(["a", "d", "b"], gains, k=2) == pytest.approx(1 / 3)


def test_reciprocal_rank_is_of_the_first_that_is_right() -> None:
    assert reciprocal_rank(["x", "y", "a", "b"], {"a": 1, "b": 1}) == pytest.approx(1 / 3)
    assert reciprocal_rank(["x", "y", "a"], {"a": 1}, k=2) == 0.0
    assert reciprocal_rank(["x", "a"], {"x": 0, "a": 1}) == 0.5


@pytest.mark.parametrize("measure", [ndcg, recall, reciprocal_rank])
def test_nothing_found_or_nothing_right_is_nought(measure: object) -> None:
    assert callable(measure)
    assert measure([], {"a": 1}) == 0.0
    assert measure(["a"], {}) == 0.0


def test_an_id_that_comes_twice_counts_once_at_its_first_rank() -> None:
    assert ndcg(["a", "a", "b"], {"a": 1, "b": 1}) == 1.0
    assert recall(["x", "x", "a"], {"a": 1}, k=2) == 1.0
    assert reciprocal_rank(["x", "x", "a"], {"a": 1}) == 0.5
