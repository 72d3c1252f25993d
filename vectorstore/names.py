"""Names of people and of offices, as address blocks and signatures write them (pure)."""

import re
from typing import NamedTuple

from vectorstore.letter import Block

# Longer than any line of an address, a subject or a signature, and short enough for patterns that look twice.
MAX_LINE_CHARS = 500
_HONORIFIC = (
    r"(?:The |Rt\.? Hon\.?|Right Hon(?:ourable)?|Hon\.?|Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame|Lord|Lady|Baroness|Baron"
    r"|Prof(?:essor)?|Councillor|Cllr|Rev(?:erend)?|Judge|Justice|Captain|Major|Colonel|General|Commander|Superintendent|Supt|Inspector)\.?"
)
# Nouns of office in English; a line with one is a title, not a person's name.
OFFICE = re.compile(
    r"\b(?:Commissioners?|Mayor|Minister|Secretary|Director|Chief|Chair(?:man|woman|person)?|Officer|President|Leader"
    r"|Head|Manager|Inspector|Constable|Registrar|Governor|Executive|Superintendent|Ombudsman|Principal|Dean|Bursar"
    r"|Treasurer|Clerk|Counsel|Auditor|Controller|Administrator|Deputy|Assistant|Vice|Permanent|Trustees?|Coroner"
    r"|Bishop|Ambassador|Advis[eo]r|Analyst|Attorney|Solicitor|Coordinator|Chancellor|Provost|Supervisor|Editor"
    r"|Partner|Landlord|Tenant|Engineer|Scientist)\b"
)
# After a comma, letters are honours only where nothing else follows ("Fox, MP", but "Fox, HM Inspector").
_POST = (
    r"(?:(?: |,(?= ?[A-Z][\w.]*\W*(?:$|\n|,)) ?)"
    r"(?:[A-Z]{2,4}\b\.?|Ph\.?D\.?|M\.?D\.?|Pharm\.?D\.?|J\.?D\.?|R\.?Ph\.?|M\.P\.H\.?|D\.V\.M\.?|Esq\.?"
    r"|M\.?S\.?c?\.?|B\.?Sc?\.?)(?![\w]))"
)
_PART = (
    r"(?:[A-Z]\.(?: ?[A-Z]\.)*|[A-Z][a-zà-ÿ]*(?:['’][A-Z])?[a-zà-ÿ]+(?:-[A-Z][a-zà-ÿ]+)*|[A-Z]['’][A-Z][a-z]+"
    r"|(?:de|van|der|von|la|le|bin|al|ap|y)\b)"
)
_NAME = re.compile(rf"(?P<titles>(?:{_HONORIFIC} )*)(?P<name>{_PART}(?: {_PART}){{0,4}})(?P<post>{_POST}*)")


class Line(NamedTuple):
    """One line of a block: its span in the letter's text, and its words."""

    start: int
    end: int
    text: str


def lines_of(text: str, block: Block) -> list[Line]:
    """Return the lines of a block that hold something; one beyond MAX_LINE_CHARS names nobody and is left out."""
    found: list[Line] = []
    at = block.start
    for line in text[block.start : block.end].split("\n"):
        stripped = line.strip()
        if 0 < len(stripped) <= MAX_LINE_CHARS:
            start = at + line.index(stripped[0])
            found.append(Line(start, start + len(stripped), stripped))
        at += len(line) + 1
    return found


def find_name(line: str, *, titled: bool = False) -> int | None:
    """Return where a person's name at the beginning of `line` ends; None when it begins with no name.

    Args:
        titled: ask for an honorific before or letters after the name, so that a place is not taken for a person.
    """
    lead = len(line) - len(line.lstrip(" *"))
    found = _NAME.match(line, lead)
    if not found:
        return None
    words = list(re.finditer(r"\S+", found["name"]))
    office = next((w for w in words if OFFICE.fullmatch(w[0])), None)
    if office is not None:
        if office.start() == 0:
            return None
        end = found.start("name") + len(found["name"][: office.start()].rstrip())
        kept, post = len(found["name"][: office.start()].split()), ""
    else:
        end, kept, post = found.end(), len(words), found["post"]
    if kept < (1 if found["titles"] else 2) or (titled and not found["titles"] and not post):
        return None
    rest = line[end:].strip(" *")
    # A name stands alone, or is followed by an office, an address or a comma; prose goes on in small letters.
    if rest[:1].islower() and not titled:
        return None
    return end
