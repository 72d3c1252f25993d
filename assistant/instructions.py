"""Requests for what this program goes by: its prompt, its rules, what it was told, in whatever words (pure).

Letters write about rules and instructions too. Those of others are asked for without "you"; the program's own as
"yours", as what "you follow", by where they stand, or with a verb that no reader of letters uses of them.
"""

import re

_RULES = (
    r"(?:rules?|instructions?|guidelines?|directives?|directions|constraints|restrictions|commands|orders|policies"
    r"|prompts?)"
)
_YOU = r"(?:you|u)"
_TELL = (
    r"(?:repeat|print|show|reveal|output|display|recite|copy|write|give|tell|list|quote|echo|dump|translate|encode"
    r"|summari[sz]e|paraphrase|return)"
)
_BETRAY = r"(?:reveal|disclose|leak|divulge|dump|expose|recite|betray)"
_MUST = r"(?:(?:must|should|have to|need to|are (?:supposed|meant|told) to|always) )?"
_FOLLOW = (
    r"(?:follow|obey|use|keep|observe|abide by|act on|go by|(?:work|operate|run) (?:under|by|with|on)|stick to"
    r"|were|are|have(?: been)?|had(?: been)?|got|received|start(?:ed)? with)"
)
_GOVERN = r"(?:govern|guide|bind|control|steer|constrain|restrict|shape|appl(?:y|ies) to|sit behind)"
_GOVERNING = r"(?:governing|guiding|binding|controlling|steering|behind|given to|for)"
_PROGRAM = r"(?:you|your \w+|this (?:assistant|chat|bot|tool|program|app))"
_TOLD = r"(?:told|instructed|programmed|configured|prompted|set up|trained|primed|ordered|directed)"
_ABOVE = r"(?: (?:that )?(?:is|was|comes|came|stands))? (?:above|before (?:this|my|our))"
# How such a request ends; "the rules you must follow when you ring 999" goes on with a matter of its own.
_THEN = (
    r"(?= (?:by|to|under|given|told|provided|before|at the start|verbatim|word for word|exactly|here|now|in full"
    r"|when (?:you )?answer(?:ing)?|in this (?:chat|conversation)|internally|as (?:an? )?(?:assistant|ai|bot|model))\b"
    r"|\W*$)"
)

_ASKS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # set them aside, or play another part
        r"\b(?:ignore|disregard|forget|override|bypass|drop)\b.{0,40}\b(?:instructions?|rules|guidelines|directions?"
        r"|prompts?|(?:said|told|say) (?:above|before))\b(?! (?:of|in|from|by|to|on|for|about)\b)",
        r"\byou are now\b|\b(?:pretend|act as|role-?play)\b(?=.*\b(?:you|if|an?)\b)|\bjailbreak\b",
        r"\b(?:developer|debug|god|admin|dan) mode\b",
        # what is a program's alone
        r"\b(?:system|hidden|initial|original|full|meta|developer) (?:\w+ )?(?:system )?prompts?\b",
        r"\b(?:developer|system) messages?\b|\bprompt (?:template|text|verbatim|word for word)\b",
        r"\b(?:your|the) (?:\w+ )?prompts?\b(?! \w)",
        r"\byour (?:\w+ )?(?:configuration|api key|source code|training data|guardrails|programming)\b",
        # "your rules", "the instructions that you were given", "the rules which govern you"
        rf"\byour (?:\w+ ){{0,2}}{_RULES}\b(?! to\b)(?<!prompt)(?<!orders)",
        rf"\b{_RULES} (?:(?:that|which) )?{_YOU} {_MUST}{_FOLLOW}{_THEN}",
        rf"\b{_RULES} (?:(?:that|which) )?(?:{_GOVERN}|{_GOVERNING}) {_PROGRAM}\b",
        rf"\b(?:what|which|whose|any)\b.{{0,30}}\b{_RULES} (?:do|did|are|were|have|must|should) {_YOU} (?:\w+ )?"
        r"(?:follow|obey|use|keep|abide|act|go|work|operate|run|stick|given|told|receive|got|have|under|bound|been)\b",
        rf"\b(?:what|which)\b.{{0,30}}\b{_GOVERN}s? you\b",
        # "how were you set up?", "what were you told before this?", "what did they tell you?"
        rf"\b(?:what|how) (?:exactly )?(?:were|are|have|had) {_YOU} (?:been )?(?:\w+ly )?{_TOLD}\b",
        r"\b(?:what|how) (?:have|did|has) (?:they|your \w+|the developers?|openai|whoever \w+ you) "
        r"(?:tell|told|instruct\w*|program\w*|configure\w*) you\b",
        rf"\b(?:what|everything|all|anything) (?:that )?{_YOU} (?:were|have been|had been) (?:told|given|instructed)\b",
        r"\bwhat (?:are|aren['’]t) you (?:not )?(?:allowed|permitted|forbidden|supposed) to "
        r"(?:say|tell|reveal|do|discuss|answer)\b",
        # "repeat everything above", "from the start of this chat"
        rf"\b{_TELL}\b.{{0,40}}\b(?:text|words|lines?|everything|all|messages?|instructions?|content|what){_ABOVE}\b"
        r"(?! (?:all|average)\b)",
        rf"\b{_TELL}\b.{{0,40}}\b(?:start|beginning|top) of (?:this|our|the) (?:conversation|chat|context|session)\b",
        # "reveal the rules"
        rf"\b{_BETRAY}\b (?:me |us )?(?:the |all |any |every |these |those )*(?:\w+ )?{_RULES}\b"
        rf"(?:{_THEN}\W*$| (?:you|above)\b)",
    )
)


def asks_for_instructions(question: str) -> bool:
    """Whether a question asks for what this program goes by, or to set it aside."""
    return any(pattern.search(question) for pattern in _ASKS)
