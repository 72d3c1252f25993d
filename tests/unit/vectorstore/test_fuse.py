"""Two rankings to one, by values worked out by hand."""

import pytest

from vectorstore.fuse import fuse


def test_scores_are_stretched_and_weighed() -> None:
    by_vector = [("a", 0.9), ("b", 0.5), ("c", 0.1)]
    by_words = [("b", 10.0), ("c", 5.0), ("d", 0.0)]
    fused = fuse(by_vector, by_words, vector_weight=0.6)
    assert [key for key, _ in fused] == ["b", "a", "c", "d"]
    assert [score for _, score in fused] == pytest.approx([0.6 * 0.5 + 0.4, 0.6, 0.4 * 0.5, 0.0])


def test_vectors_count_for_more_by_default() -> None:
    best = fuse([("vector", 1.0), ("words", 0.0)], [("words", 9.0), ("vector", 1.0)])
    assert [key for key, _ in best] == ["vector", "words"]
    assert [score for _, score in best] == pytest.approx([0.7, 0.3])


def test_one_ranking_alone_decides_alone() -> None:
    ranking = [("a", 3.0), ("b", 2.0), ("c", 1.0)]
    expected = [("a", 1.0), ("b", 0.5), ("c", 0.0)]
    assert fuse(ranking, []) == expected
    assert fuse([], ranking) == expected


def test_nothing_found_is_nothing_fused() -> None:
    assert fuse([], []) == []


def test_equal_scores_count_in_full_and_go_by_id() -> None:
    assert fuse([("b", 0.2), ("a", 0.2)], []) == [("a", 1.0), ("b", 1.0)]
