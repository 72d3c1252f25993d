"""Links to cited words that last: they open the same words after a new ingest, or say why not, and nothing else (pure).

A link carries the letter's id (a hash of its file), its name, a hash of its text, the place, the words and what stands
before and after them. Where the text is the same the place tells; where it was read or written anew the words are
looked for with what stands around them, typography folded and nothing else, and opened only where that is one place.
A link to long words carries their beginning, their end and their hash. No link is longer than 1,500 characters.
"""

import hashlib
import json
import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from assistant.answer import Citation
from assistant.find import parts_a_token
from assistant.fold import PARTED, fold, plain
from vectorstore.letter import Letter

# How long, in characters of the address, each part may be.
_WHOLE, _END, _AROUND, _SOURCE = 400, 200, 150, 280
_CUT_CONTEXT = 32  # code points that a citation's prefix and suffix have unless the letter ends there
_FIELDS = ("letter", "source", "text", "at", "size", "words", "until", "hash", "before", "after")
_REQUIRED = ("letter", "text", "at", "size", "words", "hash", "check")
_AT = re.compile(r"(\d{1,9})-(\d{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Opened:
    """The linked words stand at `[start, end)`.

    Args:
        moved: the text was read or written anew, and they stand at another place in it.
        replaced: the letter's file was replaced by another one of its name, in which they stand.
    """

    letter_id: str
    start: int
    end: int
    moved: bool = False
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """The text has changed where the words stood.

    Args:
        places: how often these words stand in it now, none of them for certain the linked one.
        replaced: as in `Opened`.
    """

    letter_id: str
    source: str
    places: int
    replaced: bool = False


@dataclass(frozen=True, slots=True)
class Gone:
    """Neither the letter nor another of its name is there; `source` is "" where the link does not name it."""

    source: str


@dataclass(frozen=True, slots=True)
class Tampered:
    """The link is not as it was made; `reason` says what does not fit."""

    reason: str


Outcome = Opened | Changed | Gone | Tampered


def link_of(citation: Citation) -> str:
    """Return the query string that leads to a citation's words, without "?"."""
    words = _folded(citation.exact)
    whole = len(quote(words)) <= _WHOLE
    fields = {
        "letter": citation.letter_id,
        "source": citation.source if len(quote(citation.source)) <= _SOURCE else "",
        "text": citation.text_sha256,
        "at": f"{citation.start}-{citation.end}",
        "size": str(len(words)),
        "words": words if whole else _fitting(words, _END),
        "until": "" if whole else _fitting(words[::-1], _END)[::-1],
        "hash": _hash(words),
        "before": _before(citation.prefix),
        "after": _after(citation.suffix),
    }
    fields["check"] = _check(fields)
    return urlencode({name: value for name, value in fields.items() if value}, quote_via=quote)


def resolve(
    query: Mapping[str, str],
    by_id: Callable[[str], Letter | None],
    by_source: Callable[[str], Letter | None],
) -> Outcome:
    """Return what a link opens.

    Args:
        query: the fields of a link; others are left alone.
        by_id: the letter with an id.
        by_source: the letter whose file has a name; asked where the one with the id is not there any more.
    """
    fields = {name: query.get(name, "") for name in (*_FIELDS, "check")}
    at = _AT.fullmatch(fields["at"])
    if (
        not all(fields[name] for name in _REQUIRED)
        or at is None
        or not re.fullmatch("[0-9]{1,9}", fields["size"])
    ):
        return Tampered("parts of it are missing")
    if fields["check"] != _check(fields) or (
        not fields["until"] and _hash(fields["words"]) != fields["hash"]
    ):
        return Tampered("it is not as it was made")
    letter, replaced = by_id(fields["letter"]), False
    if letter is None and fields["source"]:
        letter, replaced = by_source(fields["source"]), True
    if letter is None:
        return Gone(fields["source"])
    if letter.text_sha256 == fields["text"]:
        start, end = int(at[1]), int(at[2])
        fits = start < end <= len(letter.text) and _fits(_folded(letter.text[start:end]), fields)
        if not (fits and _stands_between(letter.text, start, end, fields)):
            return Tampered("its words are not those at the place that it names")
        return Opened(letter.id, start, end, replaced=replaced)
    return _look_for(letter, fields, replaced=replaced)


def tell(outcome: Outcome) -> str:
    """Return one sentence to the user about what a link opened; "" where it simply did."""
    match outcome:
        case Opened(replaced=True):
            return "This letter was replaced by a newer version; the linked words stand in it."
        case Opened(moved=True):
            return "This letter was read anew since the link was made; the linked words stand in it."
        case Opened():
            return ""
        case Changed(places=places, replaced=replaced):
            since = (
                "This letter was replaced by a newer version"
                if replaced
                else "The text of this letter has changed"
            )
            if not places:
                return f"{since}; the linked words do not stand in it."
            return (
                f"{since}; the linked words still stand in it {_times(places)}, but maybe at another place."
            )
        case Gone(source=source):
            return f"The linked letter is not there any more{f': {source!r}' if source else ''}."
        case Tampered(reason=reason):
            return f"This link cannot be trusted: {reason}. Open the letter and look for the words there."


def _look_for(letter: Letter, fields: Mapping[str, str], *, replaced: bool) -> Opened | Changed:
    """Look for a link's words in a text that is not the one that it was made from."""
    folded = fold(letter.text)
    text, size = folded.text.replace(PARTED, ""), int(fields["size"])
    parted = [found.start() - number for number, found in enumerate(re.finditer(PARTED, folded.text))]
    inside: dict[int, bytes] = {}
    everywhere, same = 0, []
    start = text.find(fields["words"])
    while start >= 0:
        end = start + size
        # Where hyphens at lines' ends were left out, what follows stands further on in the folded text.
        first, last = start + bisect_right(parted, start), end + bisect_right(parted, end - 1)
        if _fits(text[start:end], fields) and not any(
            parts_a_token(folded, at, inside) for at in (first, last)
        ):
            everywhere += 1
            if text[:start].rstrip().endswith(fields["before"]) and text[end:].lstrip().startswith(
                fields["after"]
            ):
                same.append((folded.start(first), folded.end(last - 1)))
        start = text.find(fields["words"], start + 1)
    if len(same) != 1:
        return Changed(letter.id, letter.source, everywhere, replaced)
    return Opened(letter.id, *same[0], moved=True, replaced=replaced)


def _fits(words: str, fields: Mapping[str, str]) -> bool:
    return (
        len(words) == int(fields["size"])
        and words.startswith(fields["words"])
        and words.endswith(fields["until"])
        and _hash(words) == fields["hash"]
    )


def _stands_between(text: str, start: int, end: int, fields: Mapping[str, str]) -> bool:
    before = _before(text[max(0, start - _CUT_CONTEXT) : start])
    return before == fields["before"] and _after(text[end : end + _CUT_CONTEXT]) == fields["after"]


def _folded(words: str) -> str:
    return plain(words).strip()


def _before(prefix: str) -> str:
    """Return what a link keeps of what stands before: whole words, since a cut one may read otherwise."""
    kept = prefix.lstrip()
    if len(prefix) >= _CUT_CONTEXT:
        kept = (kept.split(maxsplit=1) or [""])[-1] if len(kept.split()) > 1 else kept
    return _fitting(_folded(kept)[::-1], _AROUND)[::-1].lstrip()


def _after(suffix: str) -> str:
    kept = suffix.rstrip()
    if len(suffix) >= _CUT_CONTEXT:
        kept = kept.rsplit(maxsplit=1)[0] if len(kept.split()) > 1 else kept
    return _fitting(_folded(kept), _AROUND).rstrip()


def _fitting(text: str, limit: int) -> str:
    """Return as much of the beginning of a text as an address has room for."""
    length = 0
    for at, character in enumerate(text):
        length += len(quote(character))
        if length > limit:
            return text[:at]
    return text


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _check(fields: Mapping[str, str]) -> str:
    """Return a hash over all of a link, which tells one that was cut short or altered."""
    return _hash(json.dumps([fields.get(name, "") for name in _FIELDS]))[:16]


def _times(places: int) -> str:
    return {1: "once", 2: "twice"}.get(places, f"{places} times")
