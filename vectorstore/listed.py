"""Letters as a list of many holds them: who wrote to whom and when, the text left in the store until read."""

from collections.abc import Callable
from typing import NoReturn

from vectorstore.letter import Block, Letter, LetterCard, PageRead

Body = tuple[str, tuple[Block, ...]]


class ListedLetter(Letter):
    """A letter whose text and blocks are read when somebody looks at them; a letter's text never changes under its id.

    Args:
        read: returns text and blocks of the letter with this id.
    """

    __slots__ = ("_read",)
    _read: Callable[[str], Body]

    def __init__(
        self,
        *,
        id: str,  # noqa: A002 - as the field is called
        source: str,
        text_sha256: str,
        pages: tuple[int, ...],
        card: LetterCard,
        reads: tuple[PageRead, ...],
        read: Callable[[str], Body],
    ) -> None:
        given = {
            "id": id, "source": source, "text_sha256": text_sha256, "pages": pages, "card": card, "reads": reads,
            "_read": read,
        }  # fmt: skip
        for name, value in given.items():
            object.__setattr__(self, name, value)

    @property
    def text(self) -> str:
        """What was read; every span counts in it."""
        return self._read(self.id)[0]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Its runs of one role each."""
        return self._read(self.id)[1]

    def __eq__(self, other: object) -> bool:
        """Whether both are the same letter with the same card; its text goes with its hash."""
        if not isinstance(other, ListedLetter):
            return NotImplemented
        return (self.id, self.text_sha256, self.card) == (other.id, other.text_sha256, other.card)

    def __hash__(self) -> int:
        return hash(self.id)

    def __reduce__(self) -> NoReturn:
        raise TypeError("A listed letter belongs to its store and is not pickled.")
