"""One file to all letters in it, as one task; a module of its own, for the reading processes to find it."""

from dataclasses import dataclass

from vectorstore.errors import UnreadableError
from vectorstore.read import read_letter
from vectorstore.readers.unfold import unfold


@dataclass(frozen=True, slots=True)
class Read:
    """What was read out of one file: its letters, their characters, and what in it was set aside."""

    letters: int
    characters: int
    reasons: tuple[str, ...]


def read_whole(data: bytes, name: str) -> Read:
    """Take a file apart and read all letters in it, as one task of a reading process.

    Raises:
        UnreadableError: nothing in it can be read.
    """
    letters, characters, reasons = 0, 0, []
    for member in unfold(data, name):
        try:
            if member.reason:
                raise UnreadableError(member.reason)
            reading = read_letter(member.data, member.name)
        except UnreadableError as error:
            reasons.append(str(error))
            continue
        # What cannot be stored would stop the batch later; page starts lie in the text, in order.
        reading.text.encode()
        if list(reading.pages) != sorted(set(reading.pages)) or reading.pages[-1] > len(reading.text):
            raise ValueError(name)
        letters += 1
        characters += len(reading.text)
    if not letters:
        raise UnreadableError(reasons[0] if reasons else "it holds no letters")
    return Read(letters, characters, tuple(reasons))
