"""Likeness word by word and what it does to a ranking, with states given by hand."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from vectorstore.embed import TokenStates
from vectorstore.letter import Passage
from vectorstore.likeness import SeenStates, cosines, likeness
from vectorstore.rerank import Reranker, reranker_with

_STATES = {"red": (1.0, 0.0, 0.0), "rose": (0.8, 0.6, 0.0), "blue": (0.0, 1.0, 0.0), "far": (0.0, 0.0, 1.0)}


class _Words:
    """Each known word is a token with a state of its own."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def token_states(self, texts: Sequence[str]) -> list[Any]:
        self.asked += texts
        found = []
        for text in texts:
            states = np.array([_STATES[word] for word in text.split()], np.float32).reshape(-1, 3)
            found.append(TokenStates(states, ((0, 1),) * len(states), np.zeros(3, np.float32)))
        return found


def _passage(key: str, text: str, header: str = "") -> Passage:
    return Passage(key, "letter", 0, len(text), 1, 1, "body", header, text)


def _near(asked: str, told: str) -> Any:
    one, other = _Words().token_states([asked, told])
    return cosines(one, other)


def test_each_word_asked_counts_by_its_nearest() -> None:
    near = _near("red blue", "rose far")
    assert near == pytest.approx(np.array([[0.8, 0.0], [0.6, 0.0]]))
    assert likeness(near) == pytest.approx(0.7)
    assert likeness(near, np.array([3.0, 1.0])) == pytest.approx(0.75)


def test_a_text_without_words_is_like_nothing() -> None:
    assert likeness(_near("red", "")) == 0.0
    assert likeness(_near("", "red")) == 0.0


def test_texts_are_put_to_the_model_once_while_they_are_kept() -> None:
    model = _Words()
    seen = SeenStates(model, most=1)
    for text in ("red", "red", "blue", "red"):
        seen.of(text)
    assert model.asked == ["red", "blue", "red"]


def test_likeness_moves_what_it_looks_at_and_the_rest_stays_behind() -> None:
    ranking = [("a", 1.0), ("b", 0.9), ("c", 0.8)]
    passages = {"a": _passage("a", "far"), "b": _passage("b", "red")}
    moved = Reranker(_Words()).rerank("red", ranking, passages, weight=0.4)
    assert [key for key, _ in moved] == ["b", "a", "c"]
    assert [score for _, score in moved] == pytest.approx([0.6 * 0.9 + 0.4, 0.6, 0.6 * 0.8])


def test_a_passage_is_read_under_its_header() -> None:
    ranking = [("a", 0.5), ("b", 0.5)]
    passages = {"a": _passage("a", "far"), "b": _passage("b", "far", header="red")}
    assert [key for key, _ in Reranker(_Words()).rerank("red", ranking, passages)] == ["b", "a"]


def test_a_model_that_shows_no_words_reranks_nothing() -> None:
    assert reranker_with(object()) is None
    assert reranker_with(None) is None
    assert isinstance(reranker_with(_Words()), Reranker)
