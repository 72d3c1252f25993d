"""How like two texts are, word by word: from the states of their tokens, not from one vector a text (pure).

Source: late interaction (Khattab and Zaharia 2020).
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol, runtime_checkable

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float32]]


@runtime_checkable
class TokenModel(Protocol):
    """An embedding model that shows its tokens' states."""

    def token_states(self, texts: Sequence[str]) -> list[Any]:
        """Return `vectorstore.embed.TokenStates` for each text."""


class SeenStates:
    """The token states of texts, the latest kept.

    Args:
        most: how many texts are kept; one of 100 tokens takes about 150 kB.
    """

    def __init__(self, model: TokenModel, *, most: int) -> None:
        self._of = lru_cache(maxsize=most)(lambda text: model.token_states([text])[0])

    def of(self, text: str) -> Any:
        """Return the `vectorstore.embed.TokenStates` of a text."""
        return self._of(text)


def cosines(asked: Any, told: Any) -> Floats:
    """Return the cosine of each token of one text to each of another, of shape (tokens asked, tokens told).

    Args:
        asked: `vectorstore.embed.TokenStates`, as `told`.
    """
    found: Floats = asked.states @ told.states.T
    return found


def likeness(found: Floats, weights: Any = None) -> float:
    """Return the mean over the tokens asked of each one's nearest told, -1 to 1; 0 where either text has none.

    Args:
        weights: how much each token asked counts; None counts all alike.
    """
    if not found.size:
        return 0.0
    return float(np.average(found.max(axis=1), weights=weights))
