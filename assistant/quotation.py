"""How cited words are written out, on the page and in files: what may change about them, and what may not. Pure.

A bullet at their head is left out, a line break becomes a space, and a character that no file can hold becomes U+FFFD.
Nothing else changes.
"""

import re

from assistant.answer import Citation

BULLETS = "-–•▪◦*· \t\n"
# A letter breaks its lines where its page ends; a file breaks them anew.
_BREAK = re.compile("[ \t]*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029][ \t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]*|\t")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ISOLATES = "\u2066\u2067\u2068"
_EMBEDDINGS = "\u202a\u202b\u202d\u202e"
_POP_ISOLATE, _POP_EMBEDDING = "\u2069", "\u202c"


def shown(exact: str) -> str:
    """Return cited words as they are put in quotation marks."""
    words = exact.lstrip(BULLETS)
    return one_line(words or exact)


def one_line(text: str) -> str:
    """Return text on one line, without what XML cannot hold, and with every direction that it turns turned back."""
    line = _UNPRINTABLE.sub("\ufffd", _BREAK.sub(" ", text))
    return line + _open_directions(line)


def is_same(words: str, citation: Citation) -> bool:
    """Say whether words are the citation's own, but for white space, punctuation and bold marks."""
    return [c for c in words if c.isalnum()] == [c for c in citation.exact if c.isalnum()]


def _open_directions(line: str) -> str:
    """Return the marks that end what a line's direction marks began, so that what follows keeps its own direction."""
    opened: list[str] = []
    for mark in line:
        if mark in _ISOLATES:
            opened.append(_POP_ISOLATE)
        elif mark in _EMBEDDINGS:
            opened.append(_POP_EMBEDDING)
        elif mark == _POP_EMBEDDING and opened and opened[-1] == mark:
            opened.pop()
        elif mark == _POP_ISOLATE and mark in opened:
            # The end of an isolate also ends the embeddings that were begun in it.
            while opened.pop() != mark:
                pass
    return "".join(reversed(opened))
