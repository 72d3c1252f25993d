"""How good a ranking is (pure): nDCG@k, recall@k and reciprocal rank, each 0 to 1, higher is better.

A query that nothing came back for counts 0 and stays in the mean. Gains are whole numbers from 0; 0 is "not right".
"""

import math
from collections.abc import Mapping, Sequence


def ndcg(ranking: Sequence[str], gains: Mapping[str, int], *, k: int = 10) -> float:
    """Return the discounted gain of the first k over the best that could be had; an id counts once.

    Source: Järvelin and Kekäläinen 2002, with the gain itself over log2(rank + 1), as trec_eval has it.
    """
    best = sum(_discounted(gain, rank) for rank, gain in enumerate(sorted(gains.values(), reverse=True)[:k]))
    got = sum(_discounted(gains.get(key, 0), rank) for rank, key in enumerate(_once(ranking)[:k]))
    return got / best if best else 0.0


def recall(ranking: Sequence[str], gains: Mapping[str, int], *, k: int = 10) -> float:
    """Return the share of what is right that stands among the first k."""
    right = {key for key, gain in gains.items() if gain > 0}
    return len(right & set(_once(ranking)[:k])) / len(right) if right else 0.0


def reciprocal_rank(ranking: Sequence[str], gains: Mapping[str, int], *, k: int | None = None) -> float:
    """Return 1 over the rank of the first that is right, 0 where none is among the first k."""
    ranks = (rank for rank, key in enumerate(_once(ranking)[:k], start=1) if gains.get(key, 0) > 0)
    return 1 / next(ranks, math.inf)


def _discounted(gain: int, rank: int) -> float:
    return gain / math.log2(rank + 2)


def _once(ranking: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(ranking))
