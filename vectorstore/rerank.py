"""A second, slower look at the best passages: the query held against each, word by word."""

from collections.abc import Mapping, Sequence

from vectorstore.fuse import stretched
from vectorstore.letter import Passage
from vectorstore.likeness import SeenStates, TokenModel, cosines, likeness

DEPTH = 20
LIKENESS_WEIGHT = 0.3
KEPT = 256  # passages of the latest searches; so many hold about 45 MB


class Reranker:
    """Ranks passages anew; keeps what the model said about passages it has seen."""

    def __init__(self, model: TokenModel) -> None:
        self._seen = SeenStates(model, most=KEPT)

    def rerank(
        self,
        query: str,
        ranking: Sequence[tuple[str, float]],
        passages: Mapping[str, Passage],
        *,
        weight: float = LIKENESS_WEIGHT,
    ) -> list[tuple[str, float]]:
        """Return the ranking, best first, those that `passages` holds moved by how like the query their words are.

        Args:
            ranking: ids with a score from 0 to 1, best first.
            passages: the best of them, by id; the rest stay behind these in their order.
            weight: of the likeness, stretched to 0..1 over `passages`; the rest is the score given.
        """
        asked = self._seen.of(query)
        near = [
            (key, likeness(cosines(asked, self._seen.of(passages[key].embedded_text))))
            for key, _ in ranking
            if key in passages
        ]
        liked = stretched(near)
        moved = [(key, (1 - weight) * score + weight * liked.get(key, 0.0)) for key, score in ranking]
        return sorted(moved, key=lambda item: (-item[1], item[0]))


def reranker_with(model: object) -> Reranker | None:
    """Return a reranker, or None where the embedding model shows no words."""
    return Reranker(model) if isinstance(model, TokenModel) else None
