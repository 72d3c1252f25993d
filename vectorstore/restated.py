"""Items of a report that a letter restates before it replies to them, and whose items they are (pure).

"1. The trust must …" followed by "We accept this recommendation": the item is not the author's word.
"""

import re
from collections.abc import Iterable

from vectorstore.reported import ADDRESSEE, QUOTED
from vectorstore.sentences import sentence_spans

REPORT = "the report answered"
MAX_ITEM = 1500

REPLY_LABEL = re.compile(
    r"[ \t*]{0,4}(?:\w[\w'’]*[ \t]){0,3}(?:response|reply|answer)(?:[ \t]to[ \t][^\n:]{1,40})?[ \t*]{0,4}[:–—][\s*]",
    re.IGNORECASE,
)
_THING = (
    r"(?:recommendation|finding|point|requirement|proposal|suggestion|observation|criticism|concern"
    r"|action|conclusion)s?"
)
_DIRECT_REPLY = re.compile(
    r"[\W_]{0,4}(?:(?:fully |partially |partly |not )?(?:agreed?|accepted|noted|rejected|disagreed?"
    r"|implemented|completed?)(?: in (?:full|part|principle))?\s*(?:[.:;,–—-]|$)"
    r"|(?:(?:we|i|the(?: [\w'’]+){1,4})(?: (?:also|fully|partly|partially|wholly|gladly|do not|cannot|can not"
    r"|are (?:happy|pleased|content) to|am (?:happy|pleased) to|have|has)){0,2}"
    r" (?:accept|agree with|agree to|support|note|reject|welcome|acknowledge|recogni[sz]e"
    r"|disagree with|dispute|implement)"
    rf"(?:s|ed|d)?(?: with)? (?:(?:this|the|that|these|both|all) )?(?:[\w'’]+ ){{0,2}}{_THING}\b"
    r"(?P<which> (?:in|at|on|of|to|that|about|made)\b)?)"
    rf"|(?:this|the) {_THING} (?:is|was|has been) (?:fully |partly |partially |not )?(?:accepted|agreed"
    r"|rejected|noted|implemented|completed?)\b)",
    re.IGNORECASE,
)
_OBLIGES = re.compile(
    r"\b(?:must|should|ought to|needs? to|shall|is (?:required|advised|urged|asked|encouraged) to|we recommend"
    r"|we expect|it is recommended)\b",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:I|we|our|my|us|me)\b", re.IGNORECASE)
_ITEM = re.compile(r"[\s*(]{0,4}(?P<number>\d{1,2}|[a-z]|[ivx]{1,4})[.)][ \t]+(?=\S)", re.IGNORECASE)
# "HMICFRS Area for Improvement 1 - Each force must …": a label with a number, then the words it labels.
_LABELLED = re.compile(
    r"\W{0,3}(?P<owner>(?:[A-Z][\w&.]*\s+){0,4}?)(?P<label>(?:area|cause|recommendation|finding|requirement"
    r"|action|point|question|condition|issue|deficiency|item)s?\b[\w ]{0,30}?)"
    r"\s*(?:No\.? ?)?\d+(?:\.\d+)*[a-z]?\W{0,2}\s*[-–—:.]\W{0,3}\s*"
    r"(?=[\"“‘'A-Z])",
    re.IGNORECASE,
)
_OWN_PLAN = re.compile(r"(?:we|i|our|my)\b(?! (?:recommend|expect|require))", re.IGNORECASE)
_ASKS = re.compile(r"\?\W{0,3}$")
_OWNER = re.compile(
    r"(?P<whose>\b[Yy]our\b)(?: \w+){0,3} (?:recommendations?|findings|report|requirements|questions)\b"
    r"|\b(?P<named>(?:[A-Z][\w&-]+ (?:of |for |the |and |in )*){0,6}[A-Z][\w&-]+)[’']s?(?: \w+){0,3}"
    r" (?:recommendations?|findings|report|requirements)\b"
    r"|\b(?:recommendations|findings|requirements) (?:made |set out |issued |given )?(?:by|of|from) (?:the )?"
    r"(?P<by>[A-Z][\w&-]+(?: (?:of |for |the |and |in )*[A-Z][\w&-]+){0,6})"
    r"|\b(?P<short>[A-Z]{3,10}) (?:recommendations?|findings|requirements|report)\b"
)


def labelled_item(text: str) -> str | None:
    """Return whose item a labelled heading restates; None when it is no such heading or the author's own."""
    match = _LABELLED.match(text)
    if match is None:
        return None
    said = text[match.end() :].lstrip("\"“‘'*_ ")
    label = match["label"].lower()
    if _DIRECT_REPLY.match(said) or (_OWN_PLAN.match(said) and not _ASKS.search(said)):
        return None
    # A letter counts its own points too; what another asks of the author obliges him, or asks.
    if label.startswith(("action", "point", "item", "issue")) and not (
        _OBLIGES.search(said) or _ASKS.search(said)
    ):
        return None
    return match["owner"].strip(" *") or REPORT


def asks_of_author(text: str, speaker: str | None) -> bool:
    """Whether words that are not the author's ask something of him: a recommendation restated, no position of his."""
    return speaker is not None and speaker != QUOTED and bool(labelled_item(text) or _OBLIGES.search(text))


def is_reply(text: str) -> bool:
    """Return whether a paragraph begins as the answer to what stands before it."""
    return bool(REPLY_LABEL.match(text) or _DIRECT_REPLY.match(text))


def is_item(text: str) -> bool:
    """Return whether a paragraph begins with a number or a letter."""
    return _ITEM.match(text) is not None


def restates(text: str, reply: str, *, others: int) -> bool:
    """Return whether a paragraph restates what another asked for, the paragraph after it being the reply.

    Args:
        others: how many numbered items of this letter are followed by a plain reply.
    """
    if len(text) > MAX_ITEM:
        return False
    marked = _ITEM.match(text)
    said = text[marked.end() :] if marked else text
    foreign = not _FIRST_PERSON.search(said)
    if is_reply(said):
        return False
    obliges = bool(_OBLIGES.search(said))
    if is_reply(reply):
        if marked:
            # "I do not accept the suggestion in paragraph 9" answers something else than what stands before it.
            direct = _DIRECT_REPLY.match(reply)
            return obliges or (foreign and not (direct and direct["which"]))
        return foreign and obliges and len(sentence_spans(text)) <= 2
    return bool(marked) and foreign and others >= 2 and obliges


def owner_of_items(lead: Iterable[str]) -> str:
    """Return whose items a letter restates, from the paragraphs before them, the nearest first."""
    for text in lead:
        said = list(_OWNER.finditer(text[-600:]))
        if said:
            found = said[-1]  # it stands nearest to the items
            named = found["named"] or found["by"] or found["short"]
            return re.sub(r"^The ", "the ", named) if named else ADDRESSEE
    return REPORT
