"""Which of somebody's letters is meant by its place among them: the latest, the first, the one before (pure)."""

import re
from collections.abc import Sequence

LETTER = r"(?:letters?|repl(?:y|ies)|responses?)"
_FIRST = r"oldest|earliest|first"
_BEFORE = r"earlier|older|previous|prior|former"
_LAST = r"latest|most recent|newest|last"
_AFTER = r"later|newer|more recent|subsequent|second"
_WHICH = rf"{_FIRST}|{_BEFORE}|{_LAST}|{_AFTER}"
_VIEW = r"(?:views?|positions?|stances?|opinions?|thinking|line|words?(?= on| about|\W*$))"
_JOINED = rf"(?:,? (?:and|or|to|versus|than)(?: in)?(?: (?:the|his|her|their|its))? (?:{_WHICH}))?"
# Words that only say which of somebody's letters is meant: "most recent letter", "first and last letters".
WHICH_LETTER = re.compile(
    rf"\b(?:{_WHICH}){_JOINED}\s+(?:\w+\s+)?(?:{LETTER}|ones?)\b|\b(?:{_LAST}|{_BEFORE}|current|present)\s+{_VIEW}\b",
    re.I,
)

# "The latest that she said": of her letters the last.
LATEST_OF = re.compile(
    rf"\b(?:latest|most recent|newest)\b"
    r"(?! (?:\w+ )?(?:figures?|data|inspections?|reports?|performance|statistics|results?)\b)"
    rf"(?=.*\b(?:{LETTER}|{_VIEW}|say|said|one)\b)|\blast (?:\w+ )?{LETTER}\b(?! year)"
    r"|\bmost recently (?:say|said|wr[oi]te|written)\b|\b(?:say|said|wrote|write) most recently\b",
    re.I,
)
_OLDEST = re.compile(rf"\b(?:{_FIRST}) {LETTER}\b", re.I)
_EARLIER = re.compile(rf"\b(?:earlier|older|previous) (?:{LETTER}|ones?)\b", re.I)
_LATER = re.compile(rf"\b(?:later|newer|subsequent|second) (?:{LETTER}|ones?)\b", re.I)
# "His first letter … the second", "the first and the latest": where one letter is named, the other need not be again.
_ALONE = r"(?:(?:the|his|her|their|its|and|in) (?:{})(?=\W*$|[,;?.]| (?:one|on|about|of|in|say|said|and)\b))"
_OLD = re.compile(
    rf"\b(?:{_FIRST}|{_BEFORE})\s+(?:\w+\s+)?(?:{LETTER}|ones?)\b|\b{_ALONE.format(f'{_FIRST}|{_BEFORE}')}",
    re.I,
)
_NEW = re.compile(
    rf"\b(?:{_LAST}|{_AFTER})\s+(?:\w+\s+)?(?:{LETTER}|ones?)\b|\b{_ALONE.format(f'{_LAST}|{_AFTER}')}", re.I
)
# "Since its first letter": of all that it wrote, not of that one.
_SINCE_FIRST = re.compile(
    rf"\b(?:since|after)\s+(?:the|his|her|their|its|[\w’'-]+['’]s?)\s+(?:{_FIRST}) {LETTER}\b", re.I
)
_SEVERAL = re.compile(r"\b(?:letters|replies|responses|ones)$", re.I)


def names_two(question: str) -> bool:
    """Whether it speaks of an older letter and of a newer one: "his latest letter … and his earlier one"."""
    return bool(WHICH_LETTER.search(question) and _OLD.search(question) and _NEW.search(question))


def bounds_of(question: str, dates: Sequence[str]) -> tuple[str | None, str | None] | None:
    """Return between which dates the one letter was written that a question means by its order; None for no such.

    Args:
        dates: of the letters in question, ISO, each once, oldest first; not empty.
    """
    for pattern, bounds in (
        (_SINCE_FIRST, (None, None)),
        (LATEST_OF, (dates[-1], None)),
        (_OLDEST, (None, dates[0])),
        (_EARLIER, (None, dates[-2:][0])),
        (_LATER, (dates[:2][-1], None)),
    ):
        if pattern.search(question):
            return bounds
    return None


def dates_of_two(question: str, dates: Sequence[str]) -> set[str]:
    """Return the dates of the letters that a question sets beside each other by their order; see `names_two`.

    "The earlier letter" is the one before the newer one that is meant, "the earlier letters" are all before it.
    """
    old, new = _OLD.search(question), _NEW.search(question)
    if old is None or new is None:
        return set(dates)
    newer = (
        dates[1:2]
        if _is("second", new[0])
        else dates[1:]
        if _is(_AFTER, new[0], several=True)
        else dates[-1:]
    )
    before = [date for date in dates if newer and date < newer[0]]
    if _is(_FIRST, old[0]):
        return {*before[:1], *newer}
    return {*(before if _SEVERAL.search(old[0]) else before[-1:]), *newer}


def _is(which: str, words: str, *, several: bool = False) -> bool:
    return bool(re.search(rf"\b(?:{which})\b", words, re.I) and (not several or _SEVERAL.search(words)))
