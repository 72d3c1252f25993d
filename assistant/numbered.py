"""How many of a thing a letter lists, where it numbers them: "Recommendation 1 … Recommendation 4 …" (pure)."""

import re
from collections.abc import Sequence

from assistant.answer import DraftStatement
from vectorstore.letter import Letter
from vectorstore.sentences import sentence_spans
from vectorstore.words import stem, tokens

FEWEST = 2  # of which a number is a count
_HOW_MANY = re.compile(
    r"\bhow many (?:numbered )?(?P<what>(?:[\w'’-]+ ){1,5}?)(?:does|do|did|has|have|are|is|were|was|in|can|will)\b",
    re.I,
)
_LABEL = re.compile(
    r"\W*(?P<label>(?:[A-Za-z][\w'’-]* ){1,8})(?:No\.? ?)?(?P<number>[1-9]\d?)(?![\d/%]|[.,]\d)"
)
_SMALL = frozenset("for of the to and in on".split())


def count_numbered(question: str, letters: Sequence[Letter]) -> list[DraftStatement]:
    """Return a statement for each letter that numbers what a question asks the number of, from 1 on without a gap.

    It quotes the first sentence of each of those items.
    """
    asked = _HOW_MANY.search(question)
    what = _stems(asked["what"]) if asked else []
    if not asked or not what:
        return []
    found = []
    for letter in letters:
        items = _items(letter, what)
        if len(items) >= FEWEST and sorted(items) == list(range(1, len(items) + 1)):
            noun = " ".join(asked["what"].split())
            author = letter.card.value("author")
            text = f"The letter{f' by {author}' if author else ''} numbers {len(items)} {noun}, from 1 to {len(items)}."
            found.append(DraftStatement(text, tuple((letter.id, items[number]) for number in sorted(items))))
    return found


def _items(letter: Letter, what: Sequence[str]) -> dict[int, str]:
    """Return the first sentence of each paragraph or heading that begins with the thing and a number, by number."""
    items: dict[int, str] = {}
    for block in letter.blocks:
        text = letter.text[block.start : block.end]
        label = _LABEL.match(text) if block.number else None
        if label and _stems(label["label"])[-len(what) :] == list(what):
            start, end = sentence_spans(text)[0]
            items.setdefault(int(label["number"]), text[start:end])
    return items


def _stems(words: str) -> list[str]:
    return [stem(word) for word in tokens(words) if word not in _SMALL]
