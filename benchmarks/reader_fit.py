"""A linear reader over token states, learned from contrasts (pure): late interaction with a map and token weights.

Source: ColBERT (Khattab and Zaharia 2020), with the encoder left as it is and its gradients written out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Floats = np.ndarray[Any, np.dtype[np.float32]]
DIMENSION = 128
EPOCHS = 3
AT_ONCE = 16
RATE = 1e-3
SHARPNESS = 20.0  # a cosine of 0.05 more makes a sentence 2.7 times as likely
STEP = 10.0  # token weights move this much faster than the map
FLOOR = 0.05  # a token that does not tell still counts a little, so that it can be learned that it does


@dataclass(frozen=True, slots=True)
class Contrast:
    """A question and sentences of which some answer.

    Args:
        question: unit states of shape (tokens, dimension); `weights` how much each counts today.
        sentences: the same, a sentence each.
        gold: whether each sentence answers, of shape (sentences,).
    """

    question: Floats
    weights: Floats
    sentences: Sequence[Floats]
    gold: Any


@dataclass(frozen=True, slots=True)
class Reader:
    """What was learned: a map of shape (dimension, fewer), and how a question's tokens tell, of shape (dimension,)."""

    mapped: Floats
    telling: Floats


def read(reader: Reader, contrast: Contrast) -> Floats:
    """Return each sentence's score, -1 to 1: the weighted mean over the question's tokens of the nearest's cosine."""
    return _Look(reader, contrast).scores


class _Look:
    """One question read: the scores, and what their gradients need."""

    def __init__(self, reader: Reader, contrast: Contrast) -> None:
        self.contrast = contrast
        self.told = np.concatenate(list(contrast.sentences)).astype(np.float32)
        self.starts = np.cumsum([0, *(len(each) for each in contrast.sentences)])
        asked, told = contrast.question @ reader.mapped, self.told @ reader.mapped
        self.asked_size = np.linalg.norm(asked, axis=1, keepdims=True) + 1e-6
        self.told_size = np.linalg.norm(told, axis=1, keepdims=True) + 1e-6
        self.asked_unit, self.told_unit = asked / self.asked_size, told / self.told_size
        cosine = self.asked_unit @ self.told_unit.T
        parts = list(zip(self.starts[:-1], self.starts[1:], strict=True))
        self.nearest = np.stack([low + cosine[:, low:high].argmax(axis=1) for low, high in parts])
        self.cosine = np.take_along_axis(cosine.T, self.nearest, axis=0)  # (sentences, tokens)
        level = np.log(contrast.weights + FLOOR) + STEP * contrast.question @ reader.telling
        share = np.exp(level - level.max())
        self.share = share / share.sum()
        self.scores: Floats = (self.cosine @ self.share).astype(np.float32)

    def slopes(self) -> tuple[Floats, Floats]:
        """Return the gradients of minus the log of the share that falls to what answers."""
        odds = np.exp(SHARPNESS * (self.scores - self.scores.max()))
        every, right = odds / odds.sum(), odds * self.contrast.gold
        by_score = SHARPNESS * (every - right / right.sum())
        by_share = by_score @ self.cosine
        by_level = self.share * (by_share - by_share @ self.share)
        telling = STEP * by_level @ self.contrast.question
        by_cosine = by_score[:, None] * self.share  # (sentences, tokens)
        near = self.told_unit[self.nearest]  # (sentences, tokens, fewer)
        on_asked = ((near - self.cosine[..., None] * self.asked_unit) * by_cosine[..., None]).sum(axis=0)
        on_told = np.zeros_like(self.told_unit)
        back = (self.asked_unit - self.cosine[..., None] * near) * by_cosine[..., None]
        np.add.at(on_told, self.nearest.ravel(), back.reshape(-1, back.shape[-1]))
        mapped = self.contrast.question.T @ (on_asked / self.asked_size) + self.told.T @ (
            on_told / self.told_size
        )
        return mapped, telling


def fit(contrasts: Sequence[Contrast], *, seed: int = 0) -> Reader:
    """Learn a reader by Adam; the map starts from the states' principal directions, the weights from today's."""
    reader = Reader(_directions(contrasts), np.zeros(contrasts[0].question.shape[1], np.float32))
    values = [reader.mapped, reader.telling]
    first, second = [np.zeros_like(v) for v in values], [np.zeros_like(v) for v in values]
    batches = list(_batches(len(contrasts), seed))
    for step, batch in enumerate(batches, start=1):
        slopes = [_Look(reader, contrasts[i]).slopes() for i in batch]
        rate = RATE * (1 - (step - 1) / len(batches))
        for at, slope in enumerate(np.mean(each, axis=0) for each in zip(*slopes, strict=True)):
            first[at] = 0.9 * first[at] + 0.1 * slope
            second[at] = 0.999 * second[at] + 0.001 * slope**2
            even, spread = first[at] / (1 - 0.9**step), np.sqrt(second[at] / (1 - 0.999**step))
            values[at] = (values[at] - rate * even / (spread + 1e-8)).astype(np.float32)
        reader = Reader(*values)
    return reader


def _batches(count: int, seed: int) -> Iterator[list[int]]:
    rng = np.random.default_rng(seed)
    for _ in range(EPOCHS):
        order = rng.permutation(count).tolist()
        yield from (order[at : at + AT_ONCE] for at in range(0, count, AT_ONCE))


def _directions(contrasts: Sequence[Contrast]) -> Floats:
    states = np.concatenate([each for one in contrasts[:200] for each in one.sentences[:8]]).astype(
        np.float32
    )
    _, vectors = np.linalg.eigh(states.T @ states)
    found: Floats = vectors[:, ::-1][:, :DIMENSION].astype(np.float32)
    return found
