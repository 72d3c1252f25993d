"""The body that a letter is from, where no noun tells it but the paper does: it says its name twice (pure)."""

import re
from collections.abc import Sequence
from dataclasses import replace

from vectorstore.letter import Block
from vectorstore.lines import Line, field_of, lines_of
from vectorstore.names import BODY_NAME, OFFICE, PAPERS, find_name, is_of_officers
from vectorstore.signature import Signature

CALLED = 2  # times that a letter says "the Verderers" before they are its own body
_NAMED_OF = re.compile(
    r"(?:The )?(?P<noun>[A-Z][\w'’-]+) of (?:the )?(?P<place>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)*)"
)
_OWNED = re.compile(r"(?:['’]s|s['’]) ")  # "Fishermen's Association" is nobody's name
_PART = re.compile(r"(?:Division|Section|Branch|Unit|Directorate|Group|Team|Head|Member)\b")
_BEHALF = re.compile(r"\s*(?:(?:for and )?on behalf of|for)(?: the)? (?=[A-Z])", re.IGNORECASE)


def with_body_apart(text: str, signature: Signature, paper: Sequence[Block]) -> Signature:
    """Part "Director, Port of Stolva" where the paper names that port elsewhere; any other signature stays as it is.

    Args:
        paper: what surrounds the letter, without the addressees' own address.
    """
    office = signature.office
    if office is None or office.start is None or office.end is None:
        return signature
    comma = text.rfind(", ", office.start, office.end)
    tail = text[comma + 2 : office.end]
    if comma < 0 or not OFFICE.search(text, office.start, comma) or OFFICE.search(tail):
        return signature
    heads = {_folded(line.text) for block in paper for line in lines_of(text, block)}
    if _folded(tail) not in heads and not _is_of_place(tail, text):
        return signature
    body = Line(comma + 2, office.end, tail)
    return replace(signature, office=field_of(text, office.start, comma), rest=(body, *signature.rest))


def body_at_head(text: str, line: Line, block: Block, words: str) -> str:
    """Return the name of the body that a letterhead's first line is, or "".

    A line is one by its noun; as that of several who hold an office; over an address as "Port of Stolva", where
    Stolva is named again; or over one since the letter calls it "the Verderers".

    Args:
        words: the letter's own.
    """
    if found := BODY_NAME.match(line.text):
        return found[0] if find_name(line.text) is None or _OWNED.search(found[0]) else ""
    bare = line.text.strip(" *,.")
    if is_of_officers(bare):
        return bare
    others = [other.text for other in lines_of(text, block) if other.start != line.start]
    address = any(re.search(r"\d", other) for other in others) and block.role != "remark"
    if not address or OFFICE.search(bare) or PAPERS.search(bare):
        return ""
    told = _is_of_place(bare, text) or _is_called(bare, words) or _is_named_again(line, bare, text)
    return bare if told else ""


def on_behalf(line: Line) -> Line:
    """Return what stands after "for the" or "on behalf of" in a line of a signature, or the line as it is."""
    found = _BEHALF.match(line.text)
    return Line(line.start + found.end(), line.end, line.text[found.end() :]) if found else line


def _is_of_place(named: str, text: str) -> bool:
    """Whether words are like "Port of Stolva", and the place is named again."""
    bare = named.strip(" *,.")
    found = _NAMED_OF.fullmatch(bare.title().replace(" Of ", " of ") if bare.isupper() else bare)
    if not found or _PART.match(found["noun"]) or PAPERS.search(named):
        return False
    return len(re.findall(rf"\b{re.escape(found['place'])}\b", text)) > 1


def _is_called(line: str, words: str) -> bool:
    """Whether a letter calls the body by a noun of its name: "the Verderers", "the Friends"."""
    parts = re.findall(r"[A-Z][\w'’-]+", line)
    if len(parts) < 2 or line != " ".join(line.split()) or not line[0].isupper():
        return False
    noun = parts[0] if _NAMED_OF.fullmatch(line) else parts[-1]
    return len(re.findall(rf"\b(?:[Tt]he|[Oo]ur) (?i:{re.escape(noun)})\b(?! [A-Z])", words)) >= CALLED


def _is_named_again(line: Line, name: str, text: str) -> bool:
    """Whether the letter has a letterhead's first line again, in any case, or its initials: "SBTM-23-14"."""
    parts = re.findall(r"[A-Z][\w'’-]+", name)
    if len(parts) < 2 or name.replace(" ", "").isdigit():
        return False
    rest = f"{text[: line.start]}\n{text[line.end :]}"
    again = r"\s+".join(map(re.escape, name.split()))
    initials = "".join(part[0] for part in parts)
    short = len(initials) > 2 and re.search(rf"\b{initials}\b", rest)
    return bool(short or re.search(rf"\b{again}\b", rest, re.IGNORECASE))


def _folded(words: str) -> str:
    return " ".join(words.split()).strip(" *,.").casefold()
