"""The data of page layout: a word, or a run of words, with its place on a page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or several that follow each other on one line.

    Coordinates are in points, to the right and downwards from the upper left corner of the page as it is read.

    Args:
        top: of the line it stands in: ascenders count, used or not.
        bottom: of the line it stands in, descenders and all.
        order: where it stands in the order in which the page was made, from 0.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    order: int

    @property
    def height(self) -> float:
        """The height of its line."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """How far down the page it stands."""
        return (self.top + self.bottom) / 2
