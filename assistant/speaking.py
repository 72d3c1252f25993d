"""Who of several named in a sentence says what it quotes: who governs the verb, not who is set apart or told (pure)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.lexicon import Name

SAYS = (
    r"(?:sa(?:ys|id)|wr(?:ites|ote|itten)|writing|stat(?:es|ed)|add(?:s|ed)|argu(?:es|ed)|claim(?:s|ed)|not(?:es|ed)"
    r"|put it|repl(?:ies|ied)|respond(?:s|ed)|t(?:ells|old)|explain(?:s|ed)|confirm(?:s|ed)|report(?:s|ed)|calls|called"
    r"|conced(?:es|ed)|admit(?:s|ted)|insist(?:s|ed)|promis(?:es|ed)|observ(?:es|ed)|describ(?:es|ed)|conclud(?:es|ed)"
    r"|welcom(?:es|ed))"
)
# Who is named after these is who did not say it.
_CONTRAST = re.compile(
    r"\b(?i:unlike|not|(?:as )?opposed to|(?:in|by) contrast (?:to|with)|contrary to|rather than|instead of|other than"
    r"|in place of|(?:as )?distinct from)\W+"
    r"(?:(?:the|his|her|their|its|from|by|of|in|at|for|letters?|reply|replies|words|those|that|what) "
    r"|[A-Z][\w.’'-]* )*$"
)
_AND = re.compile(r"(?:['’]s?)?,?\s+(?:and|or|nor|&)\s+(?:(?:the|from|by|of) |[A-Z][\w.’'-]* )*$|,\s+$")
_TO_WHOM = re.compile(
    r"\b(?:to|told|tells|with|about|against|for|whom) (?:(?:the|his|her|their) |[A-Z][\w.’'-]* )*$"
)
_REMARK = re.compile(
    r"[,(–—] ?(?:who|whom|whose|which|as|like|in|after|before|with|when|while|having|replying|writing)\b[^,()–—]*$"
)
_ELSE = re.compile(
    r"^ by (?:(?:the|his|her|their) |[A-Z][\w.’'-]* )*$"
    r"|[,;:–—] *(?:(?:but|while|and|whereas|though) )?(?:[A-Z][\w.’'-]* )*$"
)
_SAID = re.compile(rf"\b{SAYS}\b")


@dataclass(frozen=True, slots=True)
class Hit:
    """A name of a letter found in words, at `[start, end)` of them."""

    start: int
    end: int
    name: Name


def uncontrasted(words: str, hits: Sequence[Hit]) -> list[Hit]:
    """Leave out names of those whom the words set apart: "unlike Ann Hill and Ben Dale"."""
    kept: list[Hit] = []
    gone = -1  # where the last of them ends
    for hit in hits:
        joined = gone >= 0 and hit.start >= gone and bool(_AND.fullmatch(words[gone : hit.start]))
        # A comma after them ends what is set apart: "unlike Hill, Dale says".
        if _CONTRAST.search(words[: hit.start]) or (joined and not words[gone : hit.start].startswith(", ")):
            gone = hit.end
        else:
            kept.append(hit)
    return kept


def speaking(words: str, hits: Sequence[Hit]) -> list[Hit]:
    """Return those of several who govern the verb of saying that stands nearest to the words' end, or all of them."""
    if len({hit.name.letter_ids for hit in hits}) < 2:
        return list(hits)
    verbs = list(_SAID.finditer(words))
    if not verbs:
        return list(hits)
    verb = verbs[-1]
    before = [hit for hit in hits if hit.end <= verb.start() and not _TO_WHOM.search(words[: hit.start])]
    after = [hit for hit in hits if hit.start >= verb.end()]
    if not before:  # “…”, said Hill of Dale
        return after[:1] or list(hits)
    # "told by Hill", and whoever a later clause goes on with: "Dale says much; Hill, that"
    later = [hit for hit in after if _ELSE.search(words[verb.end() : hit.start])]
    if later:
        return later
    before = [hit for hit in before if not _is_aside(words, hit, verb.start())] or before
    chosen = [before[-1]]
    for hit in reversed(before[:-1]):
        if not _AND.fullmatch(words[hit.end : chosen[0].start]):
            break
        chosen.insert(0, hit)
    same = {(hit.start, hit.end) for hit in chosen}
    return [hit for hit in hits if (hit.start, hit.end) in same]


def _is_aside(words: str, hit: Hit, verb: int) -> bool:
    """Whether a name stands in a remark that the verb comes after: "Hill, who met Dale, says"."""
    return bool(_REMARK.search(words[: hit.start]) and re.match(r"[^,()–—]*[,)–—]", words[hit.end : verb]))


def is_set_apart(before: str) -> bool:
    """Whether whoever is named after these words is named as one who did not say it."""
    return bool(_CONTRAST.search(before))
