"""Whether a run of text reads as sentences (pure): by its form alone, never by what a letter says."""

import re

WORD = re.compile(r"[^\W\d_][\w'’.&/-]*")
_AUXILIARY = (
    r"i|we|he|she|they|it|this|there|is|are|was|were|has|have|had"
    r"|will|would|can|could|should|must|may|do|does|did|be|been"
)
# What only a clause has: a run of words without it, standing alone, is a heading even with a full stop.
CLAUSE = re.compile(
    rf"\b(?:{_AUXILIARY}|agree|agreed|accept|\w+[^e\W]ed|met|held|made|gave|took|went|came|saw|said|told|spent|paid|built"
    r"|brought|began|rose|fell|found|left|led|kept|grew|ran|sent|wrote|lost|won|became|got|knew|thought)\b"
    r"|^\W*(?:the|these|those|our|my|no)\b",
    re.IGNORECASE,
)
# "We agree." and "It was closed." are sentences, "Lessons learned." is not.
_SHORT_CLAUSE = re.compile(
    rf"(?=[^\n]{{0,80}}\b(?:{_AUXILIARY})\b)[^\n]{{1,80}}[.!?]\W{{0,3}}", re.IGNORECASE
)
_HELPER = re.compile(rf"\b(?:{_AUXILIARY})\b", re.IGNORECASE)
_TERMINAL = re.compile(r"[.!?:;,][\"”’')\]*]*$")
_ADDRESS_AT_END = re.compile(r"(?<!\S)(?:www\.|https?://|[\w.+-]{1,80}@)\S{1,200}(?:\s\S{1,40})?$")
# A mark after the last word; read from the front, since a look ahead from each mark is slow on a row of them.
_ENDED = re.compile(r"(?:.*\w)?[^\w.!?:]*[.!?:]\W*", re.DOTALL)
# Words after which a sentence must go on, so that what ends in one was cut.
_LEADS_ON = re.compile(
    r"\b(?:a|an|the|of|to|in|on|at|by|for|from|with|and|or|but|that|which|who|as|than|between|into|our|their|his|her|its)$",
    re.IGNORECASE,
)
# Somebody is said to do something: "You can get ..."; no heading begins so and goes on.
_SAYS = re.compile(
    rf"\W*(?:you|we|i|they|he|she)\b[^.?!]{{0,60}}?\b(?:{_AUXILIARY}|need|get|owe|pay)\b", re.IGNORECASE
)
_AMOUNT = re.compile(
    r"[£$€] ?\d|\d ?(?:%|per cent\b|(?:pounds|euros|dollars|pence|days|weeks|months|years)\b)"
    r"|\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}\b"
)
_SENTENCE_END = re.compile(r"[.!?:;][\"”’')\]*]*$")


def count_words(text: str) -> int:
    """Count the words of a text; figures are none."""
    return len(WORD.findall(text))


def is_prose(text: str) -> bool:
    """Return whether a paragraph reads as sentences: mostly small letters, and either ended or long."""
    words = WORD.findall(text)
    if len(words) < 5 and not (len(words) > 1 and _SHORT_CLAUSE.fullmatch(text)):
        return False
    small = sum(word[0].islower() for word in words) / len(words)
    ended = bool(_TERMINAL.search(text))
    long_enough = len(words) >= 20
    # Names and titles take many capitals: with a verb and a full stop it is a sentence none the less.
    named = text.endswith(".") and len(words) >= 8 and bool(_HELPER.search(text))
    if small < (0.4 if long_enough or named else 0.5):
        return False
    return ended or long_enough or leads_to_address(words, text)


def is_statement(text: str) -> bool:
    """Return whether a text without a full stop says something of somebody, as the lines of a form letter do."""
    words = WORD.findall(text)
    small = sum(word[0].islower() for word in words)
    telling = any(map(str.isdigit, text)) or len(words) >= 8
    return len(words) >= 6 and telling and small >= 0.5 * len(words) and bool(_SAYS.match(text))


def gives_amount(text: str) -> bool:
    """Return whether a line gives a sum, a date or a time in words: "£20 a week from 3 May 2021"."""
    small = sum(word[0].islower() for word in WORD.findall(text))
    return small >= 2 and "\t" not in text and bool(_AMOUNT.search(text))


def leads_to_address(words: list[str], text: str) -> bool:
    """Return whether a text is a sentence that ends in an address of the web or of e-mail."""
    small = sum(word[0].islower() for word in words)
    return len(words) >= 6 and small >= 0.6 * len(words) and bool(_ADDRESS_AT_END.search(text))


def is_ended(text: str) -> bool:
    """Return whether a mark that ends a sentence stands after the last word."""
    return bool(_ENDED.fullmatch(text))


def goes_on(before: str, after: str) -> bool:
    """Return whether a sentence that begins in `before` goes on in `after`, what stands between them apart."""
    before = before[-400:]
    if count_words(before) < 8 or _SENTENCE_END.search(before):
        return False
    # A capital or a figure may begin anything, and goes on only with what cannot end.
    return after[0].islower() or (bool(_LEADS_ON.search(before)) and is_prose(after))
