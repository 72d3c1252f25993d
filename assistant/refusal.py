"""What this is not for: greetings, opinions, other texts, its own instructions; each with a short way on (pure)."""

import re

from assistant.instructions import asks_for_instructions

_WAY_ON = "Ask what the letters say, for example “Who mentions …?” or “What does … say about …?”."
REFUSAL = f"This assistant finds and quotes what the letters say; it writes no other texts. {_WAY_ON}"
_INSTRUCTIONS = (
    "This assistant answers from the letters alone: it takes no other instructions and does not recite its own, which"
    f" are files that whoever runs it can read. {_WAY_ON}"
)
_ABOUT_IT = (
    f"This assistant answers questions over the letters in its store, and proves it with quotes. {_WAY_ON}"
)
_CLOSES = f"Nothing is asked here, so no letter was looked at. {_WAY_ON}"
_NOT_OFFERED = f"Nothing was offered to say yes to. {_WAY_ON}"
_OPINION = f"This assistant has no opinions or advice of its own; it quotes the letters. {_WAY_ON}"

AGREES = re.compile(
    r"^\W*(?:yes|yeah|yep|sure|ok(?:ay)?|please(?: do)?|go (?:ahead|on)|do(?: so)?|show me)\b"
    r"(?:[ ,]+(?:please|do|show me|go (?:ahead|on)|that|them|it|then|what they say))*\W*$",
    re.I,
)
_THANKS = r"(?:many )?thanks|thank you|cheers"
_ENDS = (
    rf"(?:{_THANKS}|no(?: need)?|nope|nah|not (?:now|yet|really)|never ?mind"
    r"|(?:that|this|it)(?:['’]s| is| was| will be| would be)"
    r" (?:all|it|enough|fine|great|good|helpful|useful|perfect)|nothing (?:else|more)"
    r"|all (?:good|done)|i['’]?m (?:done|fine|good)"
    r"|great|perfect|brilliant|lovely|excellent|good|fine|nice|bye|goodbye)"
)

_CASES = (
    (
        r"^\W*(?:who|what) are you\W*$|^\W*(?:are you|what)\b.{0,20}\b(?:chat ?gpt|an ai|a bot|a robot"
        r"|language model|llm)\b"
        r"|^\W*what (?:can|do) you do\b|^\W*how do you work\b|^\W*who (?:made|built|wrote|created) you\b"
        r"|^\W*help(?: me)?\W*$",
        _ABOUT_IT,
    ),
    (
        r"\b(?:what|how) do you (?:think|feel|reckon|make) (?:of|about)\b|\byour (?:own |personal )?(?:opinion"
        r"|view|advice)s?\b"
        r"|^\W*(?:should|shall) i\b|^\W*do you (?:agree|like|believe|love|support|prefer)\b"
        r"|^\W*who (?:should|shall|do) i vote\b",
        _OPINION,
    ),
    (
        r"^\W*(?:please )?(?:can you |could you )?(?:tell|give|sing|play)(?: me| us)? (?:a|an|some|another) "
        r"(?:\w+ )?(?:jokes?|stor(?:y|ies)|poems?|songs?|riddles?|limericks?|recipes?|games?)\b"
        r"|^\W*(?:please )?(?:can you |could you |would you )?(?:write|draft|compose|prepare|make|create)(?: me"
        r"| us| up)? "
        r"(?:an?|the|some|my|our) (?:\w+ ){0,3}?(?:speech|slides?|presentation|essay|blog|tweet|post"
        r"|press release|cv|invoice"
        r"|contract|spreadsheet|website|app|program|script|code)\b",
        REFUSAL,
    ),
    (
        rf"^\W*(?:(?:ok(?:ay)?|yes|well|oh|and|but|so)[ ,.!]+)*{_ENDS}"
        rf"(?:[ ,.!]+(?:{_ENDS}|you|so|very|much|a lot|lots|again|indeed|then|now"
        r"|all|for (?:that|your help|this|the help|now)))*\W*$",
        _CLOSES,
    ),
    (
        r"^\W*(?:hi|hello|hey|hiya|good (?:morning|afternoon|evening|day))"
        r"(?:[ ,]+(?:there|all|everyone|again))*\W*$",
        _WAY_ON,
    ),
    (AGREES.pattern, _NOT_OFFERED),
)  # fmt: skip
_PATTERNS = [(re.compile(pattern, re.IGNORECASE), said) for pattern, said in _CASES]


def refusal_of(question: str) -> str:
    """Return what to say to a question that the letters are not for; "" for all others."""
    if asks_for_instructions(question):
        return _INSTRUCTIONS
    return next((said for pattern, said in _PATTERNS if pattern.search(question)), "")
