"""Does a statement repeat the instructions that a model was given? Those are no matter of the letters (pure)."""

from itertools import islice

from vectorstore.words import rarity, stem, tokens

RUN = 8  # words in a row that nothing but the instructions has
MOSTLY = 0.6  # of a statement's telling words, in the instructions
HARDLY = 0.2  # of them, in its quotes
FEW = 4  # telling words, below which a share says nothing
TELLING = 1.0  # as vectorstore.words.rarity


def recites(said: str, instructions: str, quoted: str) -> bool:
    """Whether words come from the instructions and not from the quotes that they rest on.

    Args:
        quoted: the quotes that do stand in what the model was sent.
    """
    words, given, shown = tokens(said), tokens(instructions), tokens(quoted)
    if _runs(words) & (_runs(given) - _runs(shown)):
        return True
    telling = {stem(word) for word in words if rarity(word) >= TELLING}
    if len(telling) < FEW:
        return False
    from_instructions = len(telling & {stem(word) for word in given}) / len(telling)
    from_quotes = len(telling & {stem(word) for word in shown}) / len(telling)
    return from_instructions >= MOSTLY and from_quotes < HARDLY


def _runs(words: list[str]) -> set[tuple[str, ...]]:
    return set(zip(*(islice(words, at, None) for at in range(RUN)), strict=False))
