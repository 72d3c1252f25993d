"""Details that stand in a letterhead: which are asked for, which lines show them, and whose they are (pure)."""

import re
from collections.abc import Collection
from functools import lru_cache

from assistant.lexicon import BODIES, TITLES
from vectorstore.letter import Block, Letter
from vectorstore.names import OFFICE
from vectorstore.words import rarity, tokens

_STREET = r"Street|Road|Avenue|Lane|Square|Place|Drive|Court|Close|Way|Boulevard|Hall|House|Gate|Quay|Terrace"
# Each detail: how a question asks for it, and what shows it.
_DETAILS = {
    "telephone": (
        r"\b(?:tele)?phone numbers?\b|\bwhat number\b.{0,40}\b(?:call|ring|dial|phone)\W*$",
        r"\b(?:tel|telephone|phone|mobile)\b[^\n\d]{0,12}\d|(?<![\w/-])(?:\+\d{2} ?|\(?0)\d{2,4}\)?[ -]\d{3}",
    ),
    "fax": (r"\bfax\b", r"\bfax\b[^\n\d]{0,12}\d"),
    "e-mail": (r"\be-?mail\b", r"(?<!\S)\S{1,200}@\S{1,200}\.\w"),
    "website": (
        # "Who publishes it on a website?" asks for no web address.
        r"(?<!\bon a )(?<!\bon an )(?<!\bon the )(?<!\bon its )(?<!\bon their )(?<!\bon our )\bwebsite\b"
        r"|\bweb ?address(?:es)?\b",
        r"\bwww\.\S|\bhttps?://\S",
    ),
    "Twitter": (r"\btwitter\b", r"\btwitter\b|(?<!\S)@\w"),
    "Facebook": (r"\bfacebook\b", r"\bfacebook\b"),
    "address": (
        r"\b(?:postal|street) ?address(?:es)?\b|\bpost ?code\b|\bzip code\b",
        r"\b[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}\b|\b[A-Z]{2},? \d{5}\b|\bP\.? ?O\.? Box \d"
        rf"|\b\d+[a-z]?,? (?:[A-Z][\w'’]+ ){{1,3}}(?:{_STREET})\b",
    ),
}
_DETAILS["way to reach them"] = (
    r"\bhow (?:can|could|do|would|may|might) (?:I|we|one|people|anyone|somebody) "
    r"(?:contact|reach|get in touch with|get hold of|ring|phone)\b",
    "|".join(f"(?:{shown})" for _, shown in _DETAILS.values()),
)
_ASKED = {name: re.compile(asked, re.IGNORECASE) for name, (asked, _) in _DETAILS.items()}
_SHOWN = {
    name: re.compile(shown, 0 if name == "address" else re.IGNORECASE)
    for name, (_, shown) in _DETAILS.items()
}
# "Where is the office of …", "what is the address of …": of those whom it names, and of nothing else.
_WHERE = re.compile(r"\W*(?:and |so )?(?:where|what)\b", re.IGNORECASE)
_PLACED = re.compile(r"\b(?:offices?|headquarters|address|based|located|situated)\b", re.IGNORECASE)
_ASKING = frozenset(
    """
    and so where what is are was s the of a an his her their its address based located situated headquarters offices
    deputy
    """.split()
)
_FOR_READER = re.compile(r"\bby (?:e-?mail|hand|post|fax)\b", re.IGNORECASE)


def detail_asked(question: str, named: Collection[int]) -> str:
    """Return the detail of a letterhead that a question asks for; "" for none.

    Args:
        named: positions of the tokens by which it names somebody.
    """
    if found := next((name for name, asked in _ASKED.items() if asked.search(question)), ""):
        return found
    if not (named and _WHERE.match(question) and _PLACED.search(question)):
        return ""
    rest = {word for at, word in enumerate(tokens(question)) if at not in named}
    others = {word for word in rest - _ASKING - BODIES - TITLES if not OFFICE.fullmatch(word.capitalize())}
    return "" if others else "address"


def shows(detail: str, text: str) -> bool:
    """Whether a text shows such a detail."""
    return bool(_SHOWN[detail].search(text))


def is_of_writer(letter: Letter, at: int) -> bool:
    """Whether what stands at `at` is no part of the address block of those to whom a letter is written."""
    return not any(block.start <= at < block.end for block in _receiving(letter))


@lru_cache(maxsize=2000)
def _receiving(letter: Letter) -> tuple[Block, ...]:
    """Return the blocks of a letter's header that tell to whom it goes and where.

    They begin with the addressee's name and go on to the greeting, but for what names the writer.
    """
    card = letter.card
    header = [block for block in letter.blocks if block.role == "header"]
    known = " ".join(card.value(name) or "" for name in ("author", "area"))
    own = {word for word in tokens(known) if word not in TITLES | BODIES and rarity(word) > 1.0}
    received = {word for person in card.values("addressee") for word in tokens(person)} - TITLES - {"mp"}
    found: list[Block] = []
    begun = False
    for block in header:
        text = letter.text[block.start : block.end]
        words = set(tokens(text))
        named = any(
            person.start is not None and block.start <= person.start < block.end for person in card.addressees
        )
        begun = begun or named or (bool(received) and received <= words)
        if _FOR_READER.search(text) or (begun and (named or own.isdisjoint(words))):
            found.append(block)
    return tuple(found)
