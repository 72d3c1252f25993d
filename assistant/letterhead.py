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
        r"\bweb ?(?:site|address(?:es)?)\b",
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
# What a question for a detail is made of beside those whose it is: with anything else in it, it asks of that.
_ASKING_FOR = _ASKING | frozenset(
    """
    e telephone phone mobile fax number numbers email e-mail mail address addresses postal street postcode post code zip
    website site web page twitter facebook account handle line details contact contacts which whats what's does do did
    has have had use uses used should can could would may might i we you one people anyone somebody me us our your at on
    in by for to from give given gives tell show find please there any get got need needed reach ring call dial write
    hold touch with how letter letters letterhead reply its his her
    """.split()
)
# Those whose it is: "the ambulance service's telephone number", "the telephone number of the ambulance service".
_OWNER = re.compile(r"\b(?:[\w&-]+\s+){0,4}[\w&-]+['’]s?\s+(?:\w+\s+)?$")
_HAS = re.compile(r"\b(?:does|do|did)\s+(?:[\w&'’-]+\s+){1,5}?(?:have|use|give)(?=\W*$)", re.IGNORECASE)
_OWNED = re.compile(r"\s+(?:of|for)\s+(?:the\s+)?(?:[\w&'’-]+\s+){0,5}?[\w&'’-]+(?=\W*$)")
_FOR_READER = re.compile(r"\bby (?:e-?mail|hand|post|fax)\b", re.IGNORECASE)


def detail_asked(question: str, named: Collection[int]) -> str:
    """Return the detail of a letterhead that a question asks for, and for nothing else; "" for none.

    "What is the infirmary's website?", but not "what stands on its website?".

    Args:
        named: positions of the tokens by which it names somebody.
    """
    rest = {word for at, word in enumerate(tokens(question)) if at not in named} - BODIES - TITLES
    rest = {word for word in rest if not OFFICE.fullmatch(word.capitalize())}
    for name, detail in _ASKED.items():
        if found := detail.search(question):
            owner = _OWNER.search(question[: found.start()]) or _OWNED.match(question, found.end())
            owner = owner or _HAS.search(question)
            return "" if rest - _ASKING_FOR - set(tokens(owner[0] if owner else "")) else name
    placed = named and _WHERE.match(question) and _PLACED.search(question)
    return "address" if placed and not rest - _ASKING else ""


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
