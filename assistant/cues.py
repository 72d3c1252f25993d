"""The turns of phrase by which a question shows what kind of question it is (pure).

They are English as people ask in it, with an example beside each that is not plain; nothing here knows what any
letter says.
"""

import re


def either(*patterns: str) -> re.Pattern[str]:
    """Return one pattern for any of these, letter case apart."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


_ASKING = r"^\W*(?:please )?(?:and |so |but )?"
_OF_THE = r"(?: of)?(?: the| these| those| our| all| other)?"
_SAYS = (
    r"(?:mentions?|writes? (?:about|of|on)|says?|talks?|speaks?|refers?|raises?|discuss(?:es)?|brings?|welcomes?|supports?"
    r"|agrees?|disagrees?|opposes?|uses?)"
)
_DOES_BY_SAYING = (
    r"(?:accepts?|rejects?|disputes?|objects?|refuses?|endorses?|favours?|criticises?|complains?|regrets?|thanks?|asks?"
    r"|urges?|wants?|seeks?|invites?|promises?|pledges?|apologises?|praises?)"
)
_LETTER = r"(?:letter|reply|response)s?"

_SAID = r"(?:mentioned|discussed|raised|described|reported|acknowledged|brought up|touched on|referred to|spoken of|written about)"
SAYS = either(rf"\b(?:{_SAYS}|{_SAID}|describe|touch|bring up|brings up)\b(?! on\W*$)")
# "How many officers does the prison have": those of one writer, not those who write.
_OF_ONE = rf"how many (?!{_LETTER}\b)(?:[\w-]+ ){{1,3}}?(?:does|did) (?!not\b)"
# A complete pass. The named group is the noun that must mean letters or those who write them.
ALL_OF = either(
    rf"^\W*(?:is|are|was|were)\b.*\b{_SAID} (?:by|in) (?:any|all|each|every)(?: one)?{_OF_THE} (?P<passive>[\w-]+)",
    rf"{_ASKING}(?!{_OF_ONE})(?:which|how many|what){_OF_THE} (?P<unit>[\w-]+)\b(?! for\b)",  # "how many of the letters", not "areas for improvement"
    rf"{_ASKING}in (?:which|how many){_OF_THE} (?P<inside>[\w-]+)",
    r"^\W*(?:do|does|did|have|has|are|is|can)(?: (?:any|all|each|either|none)\b)?(?: of)?(?: the| these| those| our)? ?(?P<any>[\w-]+)\b",
    rf"{_ASKING}(?:list|name|show|give|find|identify)(?: me| us)? (?:all|every|each|the|any)?(?: of)?(?: the)? ?(?P<listed>[\w-]+)"
    r" (?:that|which|who|where|with|about|from|to|(?:mention|discuss|rais|describ|refer|accept|reject|support)\w*|sa(?:y|ying))\b",
    rf"^\W*who(?: else| all)? (?:(?:does|do|did)(?: not|n['’]t) )?(?P<who>{_SAYS}|{_DOES_BY_SAYING})\b",
)
# "List every letter that …": one word for all of them.
EVERY = either(rf"{_ASKING}(?:list|name|show|give|find|identify)(?: me| us)? (?:every|each|any)\b")
# What letters are about is not all that they mention.
ABOUT = either(
    rf"{_ASKING}(?:which|what|how many|list|name|show me|give me|find)(?: all| every| the)?{_OF_THE} {_LETTER}"
    r"(?:,? (?:that|which))?(?: (?:are|is|were|was)(?:n['’]t| not)?)?(?: (?:mainly|mostly|chiefly|really|all))? about\b"
    rf"(?!.* {_SAYS}\b)",
    rf"{_ASKING}(?:which|what|how many){_OF_THE} {_LETTER} (?:do not |don['’]t )?concern\b",
)
ANY_OF = either(
    r"^\W*(?:do|does|did|have|has|are|is|can)(?: any| all| each| either| none)?(?: of)?(?: the| these| those)? (?P<unit>[\w-]+)"
)

COMPARE = either(
    r"\b(?:compar(?:e[ds]?|ing|ison)|contrast\w*|differ(?:s|ed|ences?|ent|ently)?|similarit\w+)\b",
    r"\b(?:versus|vs?\.?|side by side|both|each|respectively|unlike)\b",
)
OVER_TIME = either(
    r"\bover (?:time|the years)\b",
    r"\bhow (?:has|have|had|did|does|do)\b.*\b(?:chang|develop|evolv|mov)\w*",
    r"\bchanged? (?:between|since|from)\b",
    r"\b(?:evolv\w+|moved on)\b",
    r"\bsince (?:19|20)\d\d\b",
    r"\bbetween (?:\w+ )?(?:19|20)\d\d and (?:\w+ )?(?:19|20)\d\d\b",
    r"\bfrom (?:19|20)\d\d to (?:19|20)\d\d\b",
    r"\b(?:two|each of (?:his|her|their)|both) letters\b",
    r"\b(?:first|earlier|older) (?:letter|one)\b.*\b(?:later|second|newer|latest|last)\b",
)
# "How has it changed since 2019?" is told from what stood before.
CHANGED = either(
    r"\b(?:chang(?:e[ds]?|ing)|develop(?:s|ed|ing|ments?)?|evolv\w+|mov(?:e|ed|ing) (?:on|forward|away)|shift(?:s|ed|ing)?"
    r"|differ(?:s|ed|ent|ently|ences?)?|progress(?:ed)?|come)\b"
)
SINCE_OR_STILL = either(r"\bsince\b", r"\bstill\b")

# "Which letters do not mention …": the rows that do not say it are the answer.
# Letters asked for by what their cards do not say: "not from 2020", "weren't written by …".
NOT_OF_CARD = either(
    r"\bletters?\b[^?]{0,40}(?:\bnot|n['’]t|\bnever) (?:(?:written|sent|signed|addressed|dated|copied|come) )?"
    r"(?:from|by|to|in|on|before|after|dated)\b",
    r"^\W*who (?:did|has|have|does|do)(?: not|n['’]t) (?:write|written|sign|signed|reply|replied)\b.{0,20}?"
    r"\b(?:to|in|on|before|after|since)\b",
)
NEGATED = either(
    r"\b(?:do|does|did|has|have|is|are|was|were)(?:n['’]t| not)\b",
    r"\b(?:never|without|omits?|omitted|leaves? out|left out|fails? to|failed to|silent (?:on|about)|nothing about|no mention)\b",
)
# Turns of phrase that frame a question and say nothing of its matter.
FRAMING = either(
    r"\bin (?:so|as) many words\b",
    r"\bin (?:other|plain|their own|his own|her own|its own|the same) words\b",
    r"\b(?:explicitly|expressly|specifically|outright)\b",
    r"\b(?:touch(?:es|ed)?|comment(?:s|ed)?|remark(?:s|ed)?|dwell(?:s|ed)?) (?:up)?on\b",
    r"^\W*(?:and |so )?what(?:['’]s| is| was) new\b",
    r"^\W*(?:please )?(?:compare|contrast)\b",
    r"\b(?:br(?:ing|ings|ought) up|point(?:s|ed)? out|allud(?:e|es|ed) to|make[s]? (?:any )?mention of)\b",
)
# "What was said in 2020?", "what has been written since?": of no matter, where no word of the question tells of one.
OF_NO_MATTER = either(
    r"^\W*(?:and |so )?what(?:['’]s| is| was| has| have| did| do| does| were| are)\b.*\b(?:sa(?:y|id|ys)|wr(?:ote|itten|ite)"
    r"|report(?:ed)?|new)\b"
)
# What follows is where the matter belongs, not the matter: "social media as part of handling calls".
CONTEXT = either(
    r"\bas (?:a )?(?:part|way|means) of\b",
    r"\bin (?:connection with|relation to|the context of|the course of|terms of)\b",
    r"\bwith (?:regard|respect) to\b",
    r"\bwhen it comes to\b",
)
# A question about a letter as a whole.
OVERVIEW = either(r"\b(?:summar\w+|overview|main points?|key points?|gist|in short|in brief|outline)\b")
# "Summarise the letter about leakage" is of the letter; "summarise what the letters say about leakage" of leakage.
OVERVIEW_OF_LETTERS = either(
    r"\b(?:summar\w+|overview|main points?|key points?|gist|outline)\b"
    r"(?:(?!\b(?:what|how|where|which|on|about)\b).){0,60}?"
    rf"\b(?:{_LETTER}|replies|correspondence|documents?|reports?)\b(?! (?:say|says|said|tells?|told)\b)",
    r"\b(?:summar\w+|outline|(?:overview|gist) of) (?:them|both|each|all)\b",
)
# "Summarise letters about leakage": those alone that speak of it, each by what it says of it.
OVERVIEW_OF_THOSE = either(
    r"\b(?:summar\w+|overview|main points?|key points?|gist|outline)\b(?:(?!\b(?:what|how|where|which)\b).){0,40}?"
    r"\b(?:letters|replies|responses) (?:that (?:speak|talk|tell|write|mention|discuss)\w*(?: of| about| on)?|about|on|regarding"
    r"|concerning|mentioning|discussing|dealing with) "
)
# For whom, and how long: "for a busy minister", "in three sentences".
OVERVIEW_FOR = either(r"\s(?:for (?:an?|the|my|our)|in (?:an?|one|two|three|four|five|ten|\d+|few)) [^?.!]*")
WHAT_SAYS = either(
    r"^\W*(?:and |so )?what\b.*\b(?:say|says|said|write|wrote|tell|told|argue|argued|letter|reply|response)\b"
)
# "Who wrote the training": what is no letter, in a question without a word for one.
_OTHER_TEXT = rf"(?:the|an?|its|their|his|her|our|your|this|these|those)\b(?!.*\b(?:{_LETTER}|answers?|documents?|ones?)\b)"
_PLACE_AMONG = r"oldest|newest|latest|earliest|most recent|first|last"
# Questions that the letters' cards answer.
CARD = either(
    rf"\bwho (?:wrote|signed)\b(?! {_OTHER_TEXT})",
    rf"\bwho (?:sent (?:it|this|that|the (?:\w+ )?{_LETTER})|has written|have written|else wrote)\b",
    rf"\bwho (?:is (?:the )?(?:author|sender|addressee)|are the (?:authors|senders))\b(?! of {_OTHER_TEXT})",
    r"\bwho (?:is|was|are|were) (?:it|(?:the |this |that |these |those )?(?:\w+ ){0,3}letters?) (?:from|to|by|addressed|written|sent|signed|copied)\b",
    rf"\b(?:{_LETTER}|it)\b.*\b(?:addressed|copied|sent) to\b",
    r"\bto whom\b",
    r"\bwho\b.*\b(?:addressed|copied|written) to\b",
    r"\bcopied\b",
    r"\bcc\b",
    rf"\bcop(?:y|ies) of\b.*\b(?:{_LETTER}|replies)\b",
    r"\bwhen did\b.*\b(?:write|reply|respond|sign (?:it|this|that|the letter))\b\W*(?:to [\w ]+|about [\w ]+)?\W*$",
    rf"\bwhen (?:was|were|is|are) (?:it|this|that|they|these|(?:[\w.'’-]+ ){{0,5}}{_LETTER}\b(?: (?:of|from|by|to) [\w .'’-]+?)?)"
    r"(?: (?:written|dated|sent|signed))?(?: (?:to|about|by) [\w .'’-]+)?\W*$",
    r"\bwhen was (?:it|that|this|the letter)\W*$",
    rf"\b(?:what|which) (?:is |was )?(?:the )?(?:date|day|month|year)\b.*\b(?:{_LETTER}|write|wrote|written|dated?|sent)\b",
    rf"\bdate of\b.*\b{_LETTER}\b",
    r"\bref(?:erence)?(?: number| no\.?)?s?\b(?!.* to\b)",
    # "how many letters do you have", but "how many letters mention …" is a complete pass
    r"\bhow many letters\W*(?:$|(?:do|have|are|were|did|has|is) "
    r"(?!\w* ?(?:mention|say|talk|discuss|refer|bring|raise|touch|speak|report|describe|welcome|include)))",
    rf"^\W*(?:which|what(?:['’]s| is| was)|when|who)\b.{{0,25}}\b(?:{_PLACE_AMONG}) (?:of (?:the|these|those|our) )?{_LETTER}\b"
    r"(?!.*\b(?:say|said|about)\b)",
    rf"^\W*which(?: letters?)? (?:is|are|was|were) (?:the )?(?:{_PLACE_AMONG})\W*$",
    r"\bwhat (?:office|post|position|role|title|job)\b",
    rf"\b(?:which|what) (?:inspection |inspectorate )?report (?:is|was|does|did)\b.*\b(?:{_LETTER}|about|answer\w*|respond\w*|reply\w*)\b",
    rf"\b(?:subject|addressee|author|signatory|recipient)s?\b(?: line)?(?: of(?! {_OTHER_TEXT})| is| was|\W*$)",
    r"\bwhich letters? (?:went|go|goes) to\b",
    r"^\W*which letters? (?:did|does|do|has|have|was|were) .* (?:get|got|receive|received|sent)\W*$",
    rf"\bwho (?:is|was) (?:the |this |that ){_LETTER} (?:of|dated) [\w ]+? (?:from|by|to)\W*$",
    r"\bwhich letters? (?:is|are|was|were|came|come)? ?(?:from|by|to|dated|addressed|written|sent|copied)\b",
)
# Which fields of the card a card question asks for.
CARD_FIELD = {
    "author": either(
        r"\bwho (?:wrote|signed|sent|has written|have written|else wrote)\b",
        r"\bwho (?:is|was|are|were)\b.*\b(?:from|by|author|signed)\b",
        r"\b(?:authors?|signed|signatory|signatories|whose|names?)\b",
        r"\bwho (?:is it|are they)\b",
        r"\bfrom whom\b",
    ),
    "addressee": either(
        r"\bto whom\b", r"\baddress\w*", r"\bwho\b.*\bto\b", r"\bsent to\b", r"\brecipients?\b", r"\bwhom\b"
    ),
    "date": either(
        r"\bwhen\b",
        r"\bdate[ds]?\b",
        r"\b(?:what|which) (?:day|month|year)\b",
        r"\b(?:oldest|newest|latest|earliest|most recent)\b",
    ),
    "reference": either(r"\bref(?:erence)?s?\b"),
    "cc": either(r"\bcop(?:y|ied|ies)\b", r"\bcc\b"),
    "office": either(r"\b(?:office|post|position|role|title|job)\b"),
    "subject": either(r"\bsubject\b"),
    "report": either(
        r"\b(?:which|what) (?:\w+ )?report\b", r"\breport\b.*\b(?:about|answer\w*|respond\w*|reply\w*)\b"
    ),
}
LATEST = either(r"\b(?:latest|newest|most recent|last)\b")
OLDEST = either(r"\b(?:oldest|earliest|first)\b")

# A text to be written, which is not what this is for: "draft me a speech".
TASK = either(
    r"^\W*(?:please )?(?:can you |could you |would you )?"
    r"(?:write|draft|compose|translate|rewrite|generate|create|code|calculate|sing|tell me a (?:joke|story)|make (?:me )?an?\b)"
    r"(?=.*\b(?:poem|speech|essay|story|song|joke|e-?mail|letter|reply|briefing|press release|code|program|script|limerick|article"
    r"|blog|tweet|recipe|translation|french|welsh|spanish|german)\b)",
    # "Can you book me a meeting": to do something, not to tell.
    r"^\W*(?:please )?(?:can|could|would|will) you (?:please )?(?!(?:tell|show|find|list|give|get|explain|name|quote|help|remind|let"
    r"|point|point out|confirm|send|walk|take|answer|inform|brief|bring|read)\b)\w+ (?:me|us)\b",
)

# "Apart from the letters by …": what follows is left out of the scope.
EXCEPT = either(
    r"\b(?:other than|besides|except(?: for)?|apart from|excluding|not counting|but not|without)\s+"
    r"(?:(?:the |any )?(?:ones?|letters?|replies|responses?|those|that) (?:from|by|of) )?(?:the )?$"
)

# A question that leans on the one before: it leads on from it, or points back at it.
LEADS = either(r"^\W*(?:and|what about|how about|or|also|but|so|ok(?:ay)?|yes|same|then)\b")
POINTS = either(
    r"\b(?:he|she|they|it|him|her|them|his|hers|their|theirs|its)\b",
    r"\b(?:that|this|those|these|there|same|such|one|latter|former|too|again)\b",
)
# "that" that joins clauses points at nothing ("does he say that calls rose"), nor does "is there".
JOINS = either(
    r"\b(?:says?|said|thinks?|believes?|agrees?|letters?|forces?|commissioners?|ones?|confirms?|finds?|found|so) that\b",
    r"\bthat (?:is|are|was|were|has|have)? ?(?:mention|say|talk|report)\w*",
)
POINTS_INSIDE = either(
    r"(?<!who )\b(?:it|there) (?:is|was|will be|would be)\b(?=.* (?:that|to)\b)",
    r"\b(?:is|are|was|were) there\b",
    r"(?<!who )\bthere(?:'s| is| are| was| were)\b",
)

# What would answer: a figure, a date, a name, a place.
# "What does it charge for …", but not "what will it pay for"
_CHARGE = (
    r"\bwhat (?:does|do|did|will|would|has|have|is)\b.*\b(?:charged?|costs?|paid|pay|spend|spent|earn)\b"
    r"(?!(?<=pay) for| on\W*$)"
)
FIGURE = either(
    r"\bhow (?:many|much|long|often|far|old|quick(?:ly)?|fast|large|big|high)\b",
    r"\b(?:rate|figure|number|percentage|proportion|per cent|percent|costs?|amount|budget|average|total|price|salary|spen[dt]|share|size|score)\b",
    r"\bby how\b",
    _CHARGE,
)
FIGURE_ONLY = either(
    _CHARGE,
    r"\bhow (?:many|much|old)\b",
    r"\bwhat (?:\w+ ){0,3}(?:rate|percentage|figure|number|cost|amount|budget)\b",
    r"\bby how much\b",
)
DATE = either(
    r"^\W*(?:and |so |but )?when\b",
    r"\bwhen (?:did|was|were|is|are|will|does|do|would|has|have|had)\b",
    r"\b(?:what|which) (?:date|day|month|year|time)\b",
)
# "In which town", "what country": where nothing but a place's name will do.
PLACE = either(
    r"\b(?:which|what) (?:\w+ )?(?:town|city|village|county|country|street|road|borough|suburb|postcode)\b(?! council)",
)
PLACED = re.compile(
    r"\b(?:in|at|near|from|to|around|outside|into|across)(?: the)?(?: [a-z]+ of)? (?P<place>[A-Z][a-z][\w'’-]*)"
)
# "Who answers the telephone?": a post will do; "who is the Chief Constable?" wants a name.
DOES = either(r"^\W*(?:and |so |but )?who(?! (?:is|was|are|were|['’]s|will be)\b)", r"\bby whom\b")
# "Who leads", "by whom", "which company": a pronoun that joins clauses ("people who") asks for nobody.
NAME = either(
    r"^\W*(?:and |so |but )?who(?:m|se)?\b",
    r"\b(?:by|with|to|from|for|of) whom\b",
    r"[,;] who\b",
    r"\bnames? of\b",
    r"\b(?:which|what) (?:\w+ )?(?:company|organisation|firm|supplier|contractor|person|body|bodies|charity|agency)\b",
)
PERSON = either(r"\bnames? of\b")
# "How many of the eight": all, or none, is an answer
SHARE_OF = either(r"\bhow (?:many|much) of\b", r"\bwhat (?:share|proportion|percentage|part)\b")
MONEY = either(
    _CHARGE,
    r"\bhow much\b.*\b(?:costs?|spen[dt]|spending|pa(?:y|id|ys)|fined|charge[ds]?|money|budget|worth|price|grant|fee)\b",
)
COUNTED = either(
    r"\bhow many (?:of (?:the |its |their )?)?(?P<counted>(?:[\w-]+ ){0,3}?[\w-]+?)\b"
    r"(?= (?:did|do|does|has|have|had|is|are|was|were|will|would|can|could|in|at|of|on|for|from|about|with|by|to|against|who|that|which"
    r"|say|said|works?|worked)\b|[?.]|$)"
)
# "How many viewers watched it": where no small word ends the noun, the first plural is what is counted.
COUNTED_FIRST = either(
    r"\bhow many (?:[\w-]+ ){0,2}?(?P<counted>(?:[\w-]+[^s\W]s|people|men|women|children|staff))\b"
)
# Whose name is asked for: "who is the head of …", "who was your caretaker".
POST = either(
    r"^\W*(?:and |so |but )?who(?: is|['’]s| was| are| were)(?: now| currently| then)? (?:the |an? |your |our |its |their |[\w’']+['’]s )+"
    r"(?P<post>(?:[\w-]+ ){0,4}?[\w-]+?)(?= (?:of|for|at|in|on|to|with|that|who|which|when)\b|[?.,]|$)"
)
# The thing that is asked for, or whether there is one: "what rating did …", "what was its rating for …", "who chairs …",
# "how deep", "is there a crèche", "does it use volunteers", "is the line free?".
_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|must|may|might)\b"
_SMALL = r"(?:of|for|at|in|on|to|by|with|from|that|who|which|when|and|or)\b"
ASKED_FOR = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:which|what|whose|how (?:many|much)) ((?:(?!{_AUXILIARY}|(?:the|of)\b)[\w’'-]+ ){{0,4}}?[\w’'-]+)"
        rf"(?= (?:{_AUXILIARY}|of\b))",
        rf"\b(?:what|which|who)(?: is| was| are| were|['’]s) ((?:[\w’'-]+ ){{0,6}}?[\w’'-]+)(?= {_SMALL}|[?.,]|$)",
        r"\b(?:who|how) ([\w’'-]+)",
        rf"\b(?:an?|any|some|no|another|more|fewer) ((?:[\w’'-]+ ){{0,2}}?[\w’'-]+)(?= \w+ing\b| {_SMALL}|[?.,;]|$)",
        r"\b([\w’'-]+[^s\W]s)\b",
        r"^\W*(?:and |so |but )?(?:is|are|was|were)\b.* ([\w’'-]+)\W*$",
    )
)
# "What is the view of the port on …": whose view it is, not what of.
VIEW = either(
    r"\b(?:what(?: is| was| are| were|['’]s)|how does|whose)\b.{0,60}?\b(?P<view>(?:points? of )?views?|positions?|stances?|opinions?"
    r"|attitudes?|thoughts)(?=(?: of| taken by| held by)?\b.{0,60}? (?:on|about|regarding|concerning|towards?|to)\b)"
)
# "Turn the plan down": a verb whose particle makes another of it, so that "in turn" does not say it.
PARTED = either(
    r"\b(?!(?:do|does|did|has|have|had|will|would|can|could|should|is|are|was|were) )"
    r"(?P<verb>[a-z]+) (?:the|an?|its|their|his|her|our|your|all|this|these|those)\b[^,;.?!]{1,60}? "
    r"(?P<particle>down|up|off|out|away|back)\W*$"
)
AGE = either(r"\bhow old\b", r"\bwhat age\b")
# Where somebody stands on a report, which "why did they reject it?" is answered by, whether they did or not.
STANCE = either(
    r"\b(?:reject|refus|oppos|disagree|disput|dismiss|declin|contest|resist|welcom|support|agree|accept|endors|criticis)"
    r"(?:s|es|ed|d|ing|e|al|ance|ment|ion)?\b",
    r"\bturn(?:s|ed|ing)?\b(?=.{0,40}\bdown\b)",
    r"\b(?:object(?:s|ed|ing)?|objections?|appeal(?:s|ed|ing)?|committed) (?:to|against)\b",
    r"\b(?:pleased|glad|grateful|happy|sorry|disappointed|concerned|surprised) (?:to|by|at|with|that|about)\b",
)
_PAPER = (
    r"(?:reports?|reviews?|inspections?|recommendations?|findings?|conclusions?|observations?|judge?ments?|determinations?"
    r"|proposals?|areas? for improvement)\b"
)
ON_PAPER = re.compile(
    rf"(?:{STANCE.pattern})[^.;?!]{{0,60}}?\b(?:the|this|that|these|those|your|its|their|his|her|all|any|each|both)\b"
    rf"[^.;?!]{{0,40}}?\b{_PAPER}",
    re.IGNORECASE,
)
PREMISE = either(r"^\W*(?:and |but |so )?(?:why|what (?:reasons?|explanation)|how come)\b")

# When, in a sentence that may answer: a month with a day or "in", a year, a season, a weekday, "next year".
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
AGED = either(
    r"\baged? (?:of )?\w+",
    r"\b[\w-]+[- ]years?[- ](?:old|of age)\b",
    r"\byears old\b",
    r"\bborn\b",
    r"\byears of age\b",
)
_CLOCK = r"\b(?:[01]?\d|2[0-4])[:.][0-5]\d(?: ?[ap]\.?m\b)?(?![\d%])|\b1?\d ?[ap]\.?m\b|\b(?:noon|midday|midnight)\b"
WHEN = either(
    r"\b(?:19|20)\d\d\b",
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)? |early |late |mid-?|in |by |since |until |last |next ){_MONTH}\b",
    rf"\b{_MONTH} \d",
    r"\b(?:spring|summer|autumn|winter|christmas|easter|whitsun|michaelmas|midsummer|new year|yesterday|today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    r"\b(?:this|next|last|each|every|end of the|coming) (?:\w+ )?(?:year|month|week|quarter)s?\b",
    r"\b(?:year|month|week|day)s? (?:ago|later|after|before)\b",
    r"\bwithin \w+ (?:\w+ )?(?:year|month|week|day|hour)s?\b",
    _CLOCK,
)
# Numbers that are no figures: dates, years, times of day, and the number that a list or heading begins with.
DATES = either(
    r"\b(?:[01]?\d|2[0-4]):[0-5]\d\b",
    rf"\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH}\b",
    rf"{_MONTH} \d{{1,2}}\b",
    r"\b(?:19|20)\d\d(?:[/–-]\d\d(?:\d\d)?)?\b",
    # "Area for improvement 4:", but "The correct figure is 76." and "One was reported in 2021: …"
    r"^\W*(?:[^\W\d]+ ){0,5}\d{1,3} ?[-–.):](?!\d)(?=\W*\w)",
)

# How letters begin: a sentence that says to what they reply, and holds the subject's words, tells nothing of it.
OPENS = either(
    r"^\W*(?:I|we) (?:am|are) (?:now )?(?:writing|replying|responding)\b",
    r"^\W*(?:I|we) (?:write|reply|respond) (?:to|in|on|with|about|further|following)\b",
    r"^\W*(?:further|in (?:response|reply|answer)|with reference) to (?:your|the|his|her)\b",
    r"^\W*(?:may|can) (?:I|we) (?:begin|start) by\b",
    r"^\W*(?:thank you|many thanks|can I thank|may I thank|I (?:would like to )?thank)\b[^.]{0,40}\b(?:letter|report|e-?mail)\b",
    r"\b(?:provide|give|send|offer|submit) (?:you )?(?:with )?(?:the following|this|my|our) (?:response|reply|answer)\b",
)
# "You asked about visitors.": what follows answers, not this.
ASKED_BY_YOU = either(
    r"^\W*(?:\d{1,2}[.)] )?you (?:have |also |had |then |further )*(?:ask(?:ed)?|wanted to know|wonder(?:ed)?|enquired|inquired)\b"
)
WRITING = either(
    r"\b(?:wr[io]t(?:e|es|ing|ten)|wrote|repl(?:y|ies|ied|ying)|respon\w+|thank\w*|purpose|occasion)\b"
)
# The second year of a period, which is no number: "2018–19".
RANGE_END = either(r"(?<=\b(?:19|20)\d\d[-–/])\d\d\b")

# A sentence that begins by pointing at the one before it.
LEANS = either(
    r"^\W*(?:this|that|these|those|it|they|he|she|its|their|his|her|such|both|each|so far|the (?:former|latter|first|second)"
    r"|of (?:those|these|them)|on the (?:first|second|last))\b"
)
