"""Whose view a sentence reports, and whom a quotation is from (pure).

A sentence reports a view when its subject is somebody else and its verb one of saying. Where that is not plain
the words stay the author's: the letter is his, and he answers for what he tells.
"""

import re
from collections.abc import Collection, Iterable

from vectorstore.sentences import sentence_spans
from vectorstore.words import rarity

QUOTED = "a source that the letter quotes"
ADDRESSEE = "the addressee"
HEAD = 320  # characters in which a sentence says who speaks
RARE = 3.5  # of vectorstore.words.rarity: what is used less is a name
TAIL = 600  # characters before a quotation that may name its source


def _any(words: str) -> str:
    return f"(?:{'|'.join(words.split())})"


# Who may speak

_RANK = _any("Supt Superintendent Insp Inspector Sgt Sergeant Constable")
_STYLE = _any(
    "ACC DCC CC HMI Mr Mrs Ms Miss Mx Dr Prof Professor Sir Dame Lord Lady Baroness Baron Cllr Councillor Rev Reverend"
    " Judge Justice Messrs Commander"
)
_TITLE = rf"(?:(?:(?:Detective|Chief|Deputy|Assistant) )*{_RANK}|{_STYLE})"
_CAP = r"[A-Z][\w'’&-]*"
# A person by title, or a run of capitals: "Supt Parkin", "HMICFRS", "Her Majesty's Inspectorate of Prisons".
_NAMED = (
    rf"(?:{_TITLE}\.? {_CAP}(?: {_CAP}){{0,3}}"
    rf"|{_CAP}(?:(?: (?:of|for|and|in|on|the|de|van|&)){{0,2}} {_CAP}){{0,7}})"
)
_PEOPLE = "inspectors? auditors? assessors? reviewers? investigators? judges? witness(?:es)? complainants? regulators?"
# Those whom somebody serves, who speak of it in numbers.
_SERVED = (
    "tenants? residents? leaseholders? patients? pupils? parents? viewers? listeners? passengers? customers? villagers?"
    " neighbours? campaigners? unions? critics? objectors?"
)
_PAPERS = "report inspection judgement judgment decision findings letter"
_SOURCE = rf"{_any(f'inspectorate ombudsman coroner court tribunal committee {_PEOPLE} {_SERVED} {_PAPERS}')}"
_SUBJECT = (
    r"(?P<det>(?:[Tt]he|[Oo]ur|[Yy]our|[Mm]y) )?"
    rf"(?P<name>(?:(?(det)[\w'’-]+|(?:[A-Z\d][\w'’-]*|of|for|the)) ){{0,4}}?{_SOURCE}\b"
    rf"(?: (?:on|into|of|by) [\w'’-]+(?: [\w'’-]+){{0,5}}?)?|{_NAMED})"
    rf"(?P<aside>, (?:{_NAMED}|(?:who|which|whose|our|my|the|its|your) [^,;:.!?]{{3,80}}),)?"
)

# What they do

_ALSO = _any("also now yet rightly already further since therefore himself herself themselves")
_ADVERB = rf"(?:(?:{_ALSO}|\w+ly) ){{0,3}}"
_ASPECT = r"(?P<aspect>(?:has|have|had|does not|do not|did not|is|are|was|were) (?:not )?)?"
_HEARER = r"(?: (?:to |with )?(?:me|us|you|him|her|them|my office|the [\w’'-]+))?"
_THAT = rf"{_HEARER}(?: (?:in|at|on) [^,]{{2,40}}?)? that\b"
_QUOTE = r"(?:(?:,|:| as)? ?[\"“‘]|(?: (?:in|at|on|to) [^.,:]{1,40})?:)"
_PICKED = _any(
    "the this that these those his her its their a an no both all some many several two three four five"
)
_OBJECT = rf" (?:{_PICKED}\b|\d)"
_SAY = _any("says? said")
_TELL = _any("tells? told assure[sd]? inform(?:s|ed)? remind(?:s|ed)?")
_AGREE = _any("agree[sd]? disagree[sd]? concur(?:s|red)?")
_STATE = _any(
    "recommend(?:s|ed)? warn(?:s|ed)? conclude[sd]? argue[sd]? assert(?:s|ed)? contend(?:s|ed)? believe[sd]? thinks?"
    " thought insist(?:s|ed)? complain(?:s|ed)? maintain(?:s|ed)? admit(?:s|ted)? explain(?:s|ed)? confirm(?:s|ed)?"
    " suggest(?:s|ed)? observe[sd]? add(?:s|ed)? writes? wrote written advise[sd]? acknowledge[sd]? recogni[sz]e[sd]?"
    " emphasise[sd]? stress(?:es|ed)? accept(?:s|ed)? welcome[sd]?"
)
_FIND = _any(
    "found identif(?:y|ies|ied) highlight(?:s|ed)? criticise[sd]? commend(?:s|ed)? praise[sd]? judge[sd]?"
    " recommend(?:s|ed)? accept(?:s|ed)? welcome[sd]? acknowledge[sd]? recogni[sz]e[sd]? confirm(?:s|ed)?"
)
# These are nouns as well: only what is said shows the verb.
_NOUN = _any("states? stated reports? reported notes? noted claims? claimed finds? feels? felt")
_SAYING = (
    rf"{_ADVERB}{_ASPECT}{_ADVERB}(?:"
    rf"{_AGREE}\b(?! to\b)(?: in (?:full|part|principle))?(?: that\b| with\b| on\b| about\b|[,.]|$)"
    rf"|{_SAY}\b(?! (?:nothing|little|no)\b)"
    rf"|{_TELL} (?:me|us|you|my office|the [\w’'-]+|{_CAP})\b"
    rf"|{_STATE}(?:(?:, [^,]{{3,50}},)?{_THAT}|{_QUOTE})"
    rf"|{_FIND}{_OBJECT}"
    rf"|{_NOUN}(?:{_THAT}|{_QUOTE})"
    rf"|(?:describe[sd]?|call(?:s|ed)) [^.\"“]{{1,80}}?(?: as\b| ?[\"“‘])"
    r"|sets? out that\b"
    r"|(?P<being>in (?:\w+ )?agreement|of the (?:view|opinion)|(?:un)?clear|confident|satisfied|concerned"
    r"|adamant|pleased|content) (?:that|with|on|about)\b)"
)
_REPORTING = re.compile(rf"{_SUBJECT} {_SAYING}")
_ACCORDING = re.compile(
    rf"According to (?P<det>(?:the|your|our) )?(?P<name>{_SOURCE}|{_NAMED})(?P<aside>, [^,]{{3,80}},)?(?= |,)"
)
_HEARD = re.compile(
    r"(?:I|We|You) (?:(?:have|has|am|are|was|were|had) (?:also )?(?:been )?)?(?:heard|told|informed|assured"
    r"|advised) (?:from|by) (?P<det>(?:the|our|your|my) )?"
    rf"(?P<name>{_SOURCE}|{_NAMED})(?P<aside>, [^,]{{3,80}},)? that\b"
)
# "We note the auditor's finding that …", "It is the union's view that …"
_VIEW = _any(
    "findings? conclusions? views? opinions? claims? comments? statements? observations? complaints? suggestions?"
    " assertions? criticisms?"
)
_NOTED = re.compile(
    r"(?:(?:I|We) (?:(?:have|also) )*(?:note[ds]?|read|seen?|heard?|understand)|It (?:is|was|remains))"
    rf" (?P<det>(?:the|your|our|my) )?(?P<name>{_SOURCE}|(?:[a-z][\w-]+ ){{0,3}}?{_SOURCE}|{_NAMED}?)['’]s?"
    rf" (?:own )?{_VIEW} that\b"
)
_YOU = re.compile(
    r"[Yy]ou (?:also |rightly |further |have )?(?:found|said|told (?:us|me)|concluded|recommended|judged|noted"
    r"|suggested|stated|wrote|argued|observed|reported|warned|felt|described|remarked|criticised)"
    r" (?:that|the|this|these|our|a|an|no|in|at|[\"“‘])"
    rf"|(?:I|We) (?:(?:have|also) )*(?:note[ds]?|read|understand) your (?:own )?{_VIEW} that\b"
)
# "On behalf of the force, …", "In its report, …" come before the subject; "As the report says, …" is the author's view.
_OPENING = re.compile(
    r"(?:(?:However|Moreover|Furthermore|Finally|Similarly|Equally|Indeed|Additionally|Also|Therefore|But|And|Yet)[, ]+"
    r"|(?:On|In|At|For|With|During|After|Following|Since|By|When|While|Despite|First|Second|Third)\w*"
    r" [^,\"“]{0,100}, )"
)
_AND_I = re.compile(
    r"\b(?:and|but|which|nor|so|though|although|while)(?:,? as [^,.;]{2,40},)? (?:I|we|my office)\b"
)
_ITEM = re.compile(r"[\s*(]{0,4}(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)] (?=\S)", re.IGNORECASE)

# Who is nobody, or may be the author

_NO_NAME = frozenset(
    "i we it this that these those there he she they you who what which all some many most others none"
    " nobody everyone each both either neither one two three four five six if when where while as although"
    " though because since however evidence figures data research results analysis studies experience"
    " performance demand work progress training nothing everything something anything such please thank"
    " thanks dear subject re further here yes no not".split()
)
# Bodies that a letter calls so without their name are as often the author's own.
_OWN_BODY = frozenset(
    "trust council authority board department university force company agency college school service"
    " governors trustees directors cabinet panel team office ministry government institute association"
    " society charity bank executive corporation partnership commission administration secretariat".split()
)
_HOLDER = _any(
    "Constable Officer Executive Director Secretary Minister Mayor Head Chair(?:man|woman|person)? Governor Leader"
    " Superintendent Manager Commissioner President Treasurer Registrar Dean Professor Ombudsman Coroner"
)
_OFFICE = re.compile(rf"\b{_HOLDER}\b")
_SMALL = frozenset("of the and for in on a an at to by our my your their his her its s".split())
_GROUP = re.compile(r"(?:staff|[a-z]{3,}(?:ers|ors|ents|ants|ists|ees|ians|men|women|children))")
_COPY = re.compile(r"[ \t*]*(?:c\.?c\.?|cop(?:ied|y|ies) to)[ \t*]*[:.]", re.IGNORECASE)
_CLAUSE_START = re.compile(r", (?:and |but |as )?|; |: | (?:and|but|as|that|what|where|while|because) ")


def own_words(around: Iterable[str]) -> frozenset[str]:
    """Return the words, lower case, and initials by which signature and letterhead name the author and his house."""
    words: set[str] = set()
    for text in around:
        if _COPY.match(text):
            continue
        words.update(re.findall(r"[\w&-]+", text.lower()))
        for line in text.splitlines():
            initials = "".join(word[0] for word in re.findall(r"\b[A-Z][\w’'-]+", line[:HEAD])).lower()[:12]
            words.update(initials[i:j] for i in range(len(initials)) for j in range(i + 3, len(initials) + 1))
    return frozenset(words)


def reported_speaker(sentence: str, own: Collection[str] = ()) -> str | None:
    """Return whose view a sentence reports, as the sentence names them; None where it is the author's own.

    Args:
        own: what `own_words` gives for the letter; "the Council" of a council's letter is its author.
    """
    whole = " ".join(sentence.split())
    if _AND_I.search(whole):
        return None
    text = whole[:HEAD].lstrip("-•▪◦*·–_ ")
    item = _ITEM.match(text)
    text = text[item.end() :] if item else text
    opening = _OPENING.match(text)
    for start in dict.fromkeys((0, opening.end() if opening else 0)):
        found = _speaker_at(text[start:], own)
        if found:
            return found
    return None


def _speaker_at(text: str, own: Collection[str]) -> str | None:
    told = _ACCORDING.match(text) or _HEARD.match(text) or _NOTED.match(text)
    if told:
        return _name_speaker(told["det"] or "", told["name"].rstrip("'’"), "", own)
    if _YOU.match(text):
        return ADDRESSEE
    match = _REPORTING.match(text)
    # "was told", "were found": what is said to the subject is not said by it.
    if match is None or bool(re.match(r"(?:is|are|was|were)\b", match["aspect"] or "")) != bool(
        match["being"]
    ):
        return None
    return _name_speaker(match["det"] or "", match["name"], match["aside"] or "", own)


def _name_speaker(determiner: str, name: str, aside: str, own: Collection[str]) -> str | None:
    """Return a subject as a speaker's name; None when it may be the author, or is nobody."""
    determiner = determiner.strip().lower()
    appositive = re.fullmatch(rf", ({_NAMED}),", aside)
    name = appositive[1] if appositive else name
    telling = [word for word in re.findall(r"[\w&-]+", name.lower()) if word not in _SMALL]
    if not telling or telling[0] in _NO_NAME or set(telling) <= set(own):
        return None
    if appositive:
        return name
    if determiner in {"our", "my"}:
        # A report of his own is the author's; an officer or an auditor speaks for himself.
        return None if re.search(rf"\b{_any(_PAPERS)}\b", name) else f"the author's {name}"
    if determiner == "your":
        return f"the addressee's {name}"
    if len(telling) == 1 and not _stands_alone(determiner, name):
        return None
    if not determiner and not name[:1].isupper():
        return None
    return f"the {name}" if determiner == "the" else name


def _stands_alone(determiner: str, name: str) -> bool:
    """Return whether one word names a speaker: a source, an office, initials, people, or a name."""
    if name.lower() in _OWN_BODY:
        return False
    if re.fullmatch(_SOURCE, name, re.IGNORECASE) or _OFFICE.search(name):
        return True
    if name.isupper() and len(name) >= 3:
        return True
    if determiner:
        return False
    # What a sentence begins with has a capital too; English at large tells it from a name.
    return bool(_GROUP.fullmatch(name.lower())) or rarity(name.lower()) > RARE


def reported_by(text: str, own: Collection[str] = ()) -> str | None:
    """Return whose view every sentence of `text` reports; None when any is the author's, or they are several's."""
    speaker: str | None = None
    for start, end in sentence_spans(text):
        said = reported_speaker(text[start:end], own)
        if said is None or speaker not in {None, said}:
            return None
        speaker = said
    return speaker


def quoted_source(before: str, own: Collection[str] = ()) -> str:
    """Return who is named as the source of a quotation by the words just before it, else that it has one."""
    tail = before[-TAIL:].rstrip(" \n\"“‘'")
    spans = sentence_spans(tail)
    if not spans or tail.endswith((".", "!", "?")):
        return QUOTED
    sentence = re.sub(r"^\W+|^\W*As (?=[A-Zty])", "", " ".join(tail[slice(*spans[-1])].split()))
    # The clause nearest to the quotation goes first.
    starts = [match.end() for match in _CLAUSE_START.finditer(sentence)][-4:]
    for start in [*reversed(starts), 0]:
        found = reported_speaker(f'{sentence[start:]} "', own)
        if found:
            return found
    return QUOTED
