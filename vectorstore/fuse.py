"""Two rankings to one (pure)."""

from collections.abc import Sequence

Ranking = Sequence[tuple[str, float]]
VECTOR_WEIGHT = 0.7


def fuse(
    by_vector: Ranking, by_words: Ranking, *, vector_weight: float = VECTOR_WEIGHT
) -> list[tuple[str, float]]:
    """Return ids with a score from 0 to 1, best first: the weighted mean of both scores, each stretched to 0..1.

    An id that one ranking lacks gets 0 there. Ties go by id, so that the same search ranks the same way.

    Source: convex combination of min-max normalised scores (Bruch, Gai and Ingber 2023).
    """
    if not by_vector:
        vector_weight = 0.0
    elif not by_words:
        vector_weight = 1.0
    vector, words = stretched(by_vector), stretched(by_words)
    fused = {
        key: vector_weight * vector.get(key, 0.0) + (1 - vector_weight) * words.get(key, 0.0)
        for key in {*vector, *words}
    }
    return sorted(fused.items(), key=lambda item: (-item[1], item[0]))


def stretched(ranking: Ranking) -> dict[str, float]:
    """Return scores by id, moved and stretched so that the lowest is 0 and the highest 1; all 1 where they are one."""
    if not ranking:
        return {}
    scores = [score for _, score in ranking]
    low, high = min(scores), max(scores)
    if high == low:
        return {key: 1.0 for key, _ in ranking}
    return {key: (score - low) / (high - low) for key, score in ranking}
