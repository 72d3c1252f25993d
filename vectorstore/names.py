"""Names of people, of offices and of bodies, as address blocks and signatures write them (pure)."""

import re

_TITLE_WORDS = (
    "Mr|Mrs|Ms|Miss|Mx|Dr|Sir|Dame|Lord|Lady|Baroness|Baron|Prof|Professor|Councillor|Councilor|Cllr|Rev|Reverend|Judge"
    "|Justice|Captain|Major|Colonel|General|Commander|Superintendent|Supt|Inspector|Senator|Representative|Ambassador"
)
HONORIFIC = rf"(?:The|Rt\.? Hon\.?|Right Hon(?:ourable)?|Hon(?:ou?rable)?\.?|{_TITLE_WORDS})\.?"
# Nouns of office in English; a line with one is a title, not a person's name.
OFFICE = re.compile(
    r"\b(?:Commissioners?|Mayor|Minister|Secretary|Director|Chief|Chair(?:man|woman|person)?|Officer|President|Leader"
    r"|Head|Manager|Inspector|Constable|Registrar|Governor|Executive|Superintendent|Ombudsman|Principal|Dean|Bursar"
    r"|Treasurer|Clerk|Counsel|Auditor|Controller|Administrator|Deputy|Assistant|Vice|Permanent|Trustees?|Coroner"
    r"|Bishop|Ambassador|Advis[eo]r|Analyst|Attorney|Solicitor|Coordinator|Chancellor|Provost|Supervisor|Editor"
    r"|Master|Mistress|Headteacher|Headmaster|Headmistress|Postmaster|Warden|Rector|Convenor|Convener|Curator|Librarian"
    r"|Archivist|Matron|Partner|Landlord|Tenant|Engineer|Scientist|Sheriff|Surgeon|Physician|Consultant|Agent|Lead|Senator|Delegate|Rapporteur)\b"
)
_BODY_NOUN = (
    r"Police|Constabulary|Council|Trust|Authority|University|College|School|Academy|Hospice|Hospitals?|Infirmary|Board"
    r"|Department|Ministry|Agency|Administration|Commission|Inspectorate|Office|Services?|Association|Institute|Society"
    r"|Foundation|Directorate|Secretariat|Committee|Coalition|Alliance|Network|Federation|Union|Bureau|Borough|Court"
    r"|Centre|Center|Clinic|Parliament|Assembly|Embassy|Partnership|Properties|Housing|Company|Corporation|Group|Bank"
    r"|County|District|plc|PLC|Ltd|Limited|Inc|LLC|LLP|GmbH"
)
_OF = r"(?: (?:of|for)(?: the)?(?: (?:and )?[A-Z][\w'’-]+)+)"
# The name of a body, from the beginning of a line.
BODY_NAME = re.compile(
    r"(?:The )?(?:U\.S\. )?"
    rf"(?:(?:[A-Z][\w'’&-]+,? (?:and |of |the |for )*){{1,6}}(?:{_BODY_NOUN}){_OF}?|(?:{_BODY_NOUN}){_OF})\b"
    rf"|\b[A-Z][\w'’]+ (?:plc|PLC|Ltd)\b|[A-Z][A-Z &'’.-]+(?:{_BODY_NOUN.upper()})\b"
    rf"|(?:{_BODY_NOUN.upper()}) OF [A-Z][A-Z &'’-]+"
)
# Those who hold an office together and are a body by it: "Westmere Drainage Commissioners".
OFFICERS = frozenset(
    """
    Aldermen Brethren Burgesses Commissioners Conservators Councillors Directors Feoffees Governors Guardians Jurats
    Justices Magistrates Managers Members Overseers Owners Regents Residents Shareholders Tenants Trustees Verderers
    """.split()
)
_OFFICERS = "|".join(sorted(OFFICERS))
_OF_OFFICERS = re.compile(
    rf"(?:The )?(?:[A-Z][\w'’&-]+ (?:and |of |the |for )*){{1,6}}(?:{_OFFICERS})\b{_OF}?|(?:The )?(?:{_OFFICERS}){_OF}"
)
_RANK = re.compile(
    r"(?:[A-Z][a-z]+ )?(?:Captain|Major|Colonel|General|Commander|Brigadier|Admiral|Commodore|Lieutenant"
    r"|Sergeant|Marshal|Superintendent)"
)
BODY_NOUN = re.compile(rf"\b(?:{_BODY_NOUN}|{_BODY_NOUN.upper()})\b")
# Words that stand in headings, forms and streets, and not in names.
_NO_NAME = re.compile(
    r"\b(?:Team|Unit|Division|Section|Report|Letter|Response|Street|Road|Avenue|Suite|Floor|Building|Page|Date|Reference"
    r"|Number|Phone|Telephone|Email|Copy|Form|Sheet|Notice|Application|Signature|Signed|Information|Account|Payment"
    r"|Enclosures?|Attachments?|Annex|Appendix|Draft|Confidential|Private|Dear|Sincerely|Regards|Faithfully|Pay|Method)\b",
    re.IGNORECASE,
)
# What a heading calls the paper itself: "Notice of Decision" is no body.
PAPERS = re.compile(
    r"\b(?:Report|Letter|Response|Reply|Notice|Application|Statement|Summary|Terms|Review|Minutes|Decision|Form|Copy"
    r"|Confidential|Private|Draft|Annex|Appendix|Dear|Date|Page|Reference|Ref|Re|Subject)\b",
    re.IGNORECASE,
)
_SURE = re.compile(r"(?i:co|corp|sa|ag|nv|bv|se|spa|ab|kg|as|oy|plc|llc|llp|ltd|inc)\b\.?")
# After a comma, letters are honours only where nothing else follows ("Fox, MP", but "Fox, HM Inspector").
_POST = (
    r"(?:(?: |,(?= ?(?:[A-Z][\w.]*)\W*(?:$|\n|,)) ?)"
    r"(?:[A-Z]{2,4}\b\.?|(?:[A-Z][a-z]{0,5}\.){2,4}|Ph\.?D\.?|M\.?D\.?|Pharm\.?D\.?|J\.?D\.?|R\.?Ph\.?|Esq\.?|Jr\.?|Sr\.?"
    r"|M\.?S\.?c?\.?|B\.?Sc?\.?|MEd|MPhil|DPhil|LLM|LLB)(?![\w]))"
)
# Capitals beyond ASCII: Latin Extended-A has both cases side by side.
_UP, _LOW = "A-ZÀ-ÖØ-ÞĀ-ž", "a-zß-öø-ÿĀ-ž"
_PART = (
    rf"(?:[JS]r\b\.?|[{_UP}]\.(?: ?[{_UP}]\.)*|[{_UP}](?= [{_UP}])"
    rf"|[{_UP}][{_LOW}]*(?:['’][{_UP}])?[{_LOW}]+(?:[{_UP}][{_LOW}]+)?(?:[-‐‑][{_UP}][{_LOW}]+(?:[{_UP}][{_LOW}]+)?)*"
    rf"|[{_UP}]['’][{_UP}][{_LOW}]+"
    r"|(?:de|van|der|den|von|zu|la|le|du|da|dos|di|del|bin|al|el|ap|y)\b)"
)
_NAME = re.compile(rf"(?P<titles>(?:{HONORIFIC} )*)(?P<name>{_PART}(?: {_PART}){{0,4}})(?P<post>{_POST}*)")
_CAPITALS = re.compile(rf"(?:[{_UP}.'’-]+(?:[ \t]+|$))+")
_TITLED_CAPITALS = re.compile(rf"[ *]*(?:{_TITLE_WORDS.upper()})\b")
_ZIP = re.compile(r"[ ,]*\d{5}\b")


def is_of_officers(line: str) -> bool:
    """Whether a line names a body of those who hold an office, and not one of them ("Clerk to the Governors")."""
    bare = line.strip(" *,.|")
    bare = bare.title() if bare.isupper() else bare
    return bool(_OF_OFFICERS.fullmatch(bare)) and all(word in OFFICERS for word in OFFICE.findall(bare))


def is_rank(line: str) -> bool:
    """Whether a line under a name is a rank and nothing else: no office where one follows, and never a place."""
    return bool(_RANK.fullmatch(line.strip(" *,.")))


def find_name(line: str, *, titled: bool = False, capitals: bool = False) -> int | None:
    """Return where a person's name at the beginning of `line` ends; None when it begins with no name.

    Args:
        titled: ask for an honorific before or letters after the name, so that a place is not taken for a person.
        capitals: take a name that is written in capitals; one with an honorific is taken anyhow.
    """
    run = _CAPITALS.match(line.lstrip(" *"))
    if run and len(run[0].split()) > 1 and (capitals or _TITLED_CAPITALS.match(line)):
        lead = len(line) - len(line.lstrip(" *"))
        written = re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), run[0].rstrip())
        end = _end_of_name(written, titled=titled) if len(written) == len(run[0].rstrip()) else None
        return None if end is None else lead + end
    return _end_of_name(line, titled=titled)


def _end_of_name(line: str, *, titled: bool) -> int | None:
    lead = len(line) - len(line.lstrip(" *"))
    found = _NAME.match(line, lead)
    if not found:
        return None
    words = list(re.finditer(r"\S+", found["name"]))
    post = found["post"]
    office = next((w for w in words if OFFICE.fullmatch(w[0])), None)
    if office is not None:
        if office.start() == 0:
            return None
        end = found.start("name") + len(found["name"][: office.start()].rstrip())
        kept, post = len(found["name"][: office.start()].split()), ""
    else:
        end, kept = found.end(), len(words)
    # "Silver Spring MD 20993" is a place, "Acme Pharma SA" a company.
    if post and (_ZIP.match(line, end) or _SURE.fullmatch(post.strip(" ,"))):
        end, post = found.end("name"), ""
        if not found["titles"]:
            return None
    # "The Lettings Manager" is nobody's name.
    if found["titles"].strip() == "The":
        return None
    if kept < (1 if found["titles"] else 2) or (titled and not found["titles"] and not post):
        return None
    name = line[found.start("name") : end]
    if not found["titles"] and (BODY_NOUN.search(name) or _NO_NAME.search(name)):
        return None
    if not found["titles"] and is_of_officers(line):
        return None
    rest = line[end:].strip(" *")
    # A name stands alone, or is followed by an office, an address or a comma; prose goes on in small letters.
    if rest[:1].islower() and not titled:
        return None
    return end


def surname(name: str) -> str:
    """Return the last word of a name, without honours after a comma, in small letters."""
    words = [
        word for word in name.partition(",")[0].split() if not re.fullmatch(r"[A-Z]{2,4}|[JS]r\.?", word)
    ]
    return (words or name.split() or [""])[-1].lower()
