"""More or fewer of a thing: "which letters ask for more staff?" is not said by a letter that has staff (pure)."""

import re

from assistant.terms import Terms
from vectorstore.words import stem, tokens

_DEGREE = re.compile(
    r"(?<!\bno )(?<!\bor )(?<!\bany )\b(?P<how>more|fewer|less)\b(?! (?:than|or|and|about|of)\b)"
    r" (?P<what>[\w'’-]+(?: [\w'’-]+){0,3})",
    re.I,
)
_BEFORE = {
    "more": frozenset(
        "more additional extra further greater increased increasing increasingly growing rising higher".split()
    ),
    "fewer": frozenset("fewer less reduced decreased decreasing falling lower smaller".split()),
}
_CHANGES = {
    "more": frozenset(
        "increase increases increased rise rises rose risen grow grows grew grown growth"
        " recruit recruited recruiting add added adding doubled".split()
    ),
    "fewer": frozenset(
        "reduce reduces reduced decrease decreases decreased fall falls fell fallen drop dropped cut cuts".split()
    ),
}
_ENDS = frozenset(
    "for to of in on at by with from as that who which when where and or but is are was were be than if so".split()
)
NEAR = 4  # words from "more" to the thing, and from the thing to what became of it


def degree_of(question: str) -> tuple[str, str]:
    """Return ("more" or "fewer", the stem of what it is asked of), or ("", "")."""
    found = _DEGREE.search(question)
    if not found:
        return "", ""
    words: list[str] = []
    for word in tokens(found["what"]):
        if word in _ENDS:
            break
        words.append(word)
    return ("more" if found["how"].lower() == "more" else "fewer", stem(words[-1])) if words else ("", "")


def has_degree(sentence: str, terms: Terms) -> bool:
    """Whether a sentence has more, or fewer, of what that is asked of, where such is asked."""
    how, what = terms.degree
    if not what:
        return True
    alike = {what} | {way.stem for way in terms.ways if way.of == what and not way.loose}
    several = what in terms.weights and terms.spelled.get(what, "").endswith("s")
    parts = (tokens(part) for part in re.split(r"[,;:.]\s", sentence))
    return any(
        not _BEFORE[how].isdisjoint(words[max(0, at - NEAR) : at])
        or not _CHANGES[how].isdisjoint(words[max(0, at - NEAR) : at + 1 + NEAR])
        for words in parts
        for at, word in enumerate(words)
        # "It reduces call handling time" has no fewer calls.
        if stem(word) in alike and (not several or stem(word) != what or word.endswith("s"))
    )
