"""A file inside a file: an e-mail's attachment or an archive's member, under a name that is safe to show and store."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass

MAX_NAME_BYTES = 120
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?=\.|$)", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*]')


@dataclass(frozen=True, slots=True)
class Member:
    """One file out of another.

    Args:
        name: a label made by `label`; never a path.
        data: its bytes; empty where it could not be taken out.
        reason: why it could not; empty otherwise.
    """

    name: str
    data: bytes
    reason: str = ""


def label(name: str, taken: Counter[str], fallback: str = "unnamed") -> str:
    """Return a file name made of the last part of `name` that no system reads as anything else, and note it.

    Folders, control and direction marks, half characters, and what Windows forbids are left out; a name that was
    given before gets a number.

    Args:
        taken: how often each name was asked for so far, case folded; the new one is added.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name).replace("\0", ""))[-1]
    # Cc, Cf, Cs, Co: control, direction and zero-width marks, half characters, private use.
    shown = "".join(
        " " if c.isspace() else c for c in last if c.isspace() or unicodedata.category(c)[0] != "C"
    )
    shown = " ".join(_FORBIDDEN.sub("_", shown).split()).strip(". ") or fallback
    if _RESERVED.match(shown):
        shown = f"_{shown}"
    stem, dot, suffix = shown.rpartition(".")
    if not dot or len(suffix) > 8:
        stem, suffix = shown, ""
    suffix = f".{suffix}" if suffix else ""
    chosen = _cut(stem, suffix)
    wanted = chosen.casefold()
    while taken[chosen.casefold()]:
        taken[wanted] += 1
        chosen = _cut(stem, f" ({taken[wanted]}){suffix}")
    taken[chosen.casefold()] += 1
    return chosen


def _cut(stem: str, end: str) -> str:
    room = MAX_NAME_BYTES - len(end.encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(". ") + end
