"""Whether a sentence can stand alone, away from its article."""

import re

from digest.summarise.wording import ADDRESS, MARKUP, Wording
from digest.text import quotes

_FINAL = re.compile(r"[.!][\"”’')]*$")
_PERIODS = (
    "week|weekend|month|year|summer|spring|autumn|winter|fall|season|morning|afternoon|evening"
    "|day|time|century|decade|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
)
_OPENERS = re.compile(
    rf"(?:he|she|it|they|his|her|hers|him|its|their|theirs|them|this(?! (?:{_PERIODS})\b)|these"
    r"|that|those|such|both(?! (?:the )?(?-i:[A-Z]))"
    r"|another|others?|neither|either|each of|only then"
    r"|(?:some|one|all|most|many|none) of (?:them|these|those|this)"
    r"|and|but|or|so|yet|nor|then|also|still|thus|therefore|hence|instead|otherwise|similarly"
    r"|likewise|consequently|afterwards?|later|earlier|here|elsewhere|as a result|for example"
    r"|for instance|by contrast|in contrast|on the other hand|at the same time|in turn|even so"
    r"|that said|after that|since then|(?:at|in|with|of|from|to) (?:that|this|these|those)"
    r"|(?:because of|despite|before|after|until|since|during) (?:this|that|these|those)"
    r"|to do (?:so|that|this)|in response|in return|in doing so|in other words|in essence"
    r"|yes|no,|well,|oh|right,|ok|okay|yeah|sure,|again|too|plus|like (?:that|this)|if so|not only"
    r"|even (?!as\b|though\b|if\b|when\b|before\b|after\b)\w+)\b",
    re.IGNORECASE,
)
_DEFINITE = re.compile(
    r"the (?:\w+ )?(?:company|firm|man|men|woman|women|boy|girl|two|three|four|five|pair|couple"
    r"|trio|report|study|survey|research|researchers|scientists|group|team|officials?|incident|move"
    r"|decision|announcement|event|case|suspects?|victims?|statement|agreement|deal|findings"
    r"|programme?|project|latter|former|same|others?|second|third|next|last|paper|article|document"
    r"|letter|video|plan|measures?|proposal|ruling|accident|results?|idea|problem|goal|author"
    r"|authors|interview|school|system|site|website|app|game|film|movie|show|book|item|device"
    r"|organi[sz]ation|agency|magazine|newspaper|network|service|lawsuit|complaint|bill|law"
    r"|students?|teenager|youth|players?|competition|test|tests|process|technology|method)"
    r"(?!\w|[’']s [A-Z])"
)
_PLURAL_BACK = re.compile(
    r"the [a-z]+s (?:are|were|have|had|will|would|can|could|may|might|do|did)\b"
)
"""Several of something that an earlier sentence brought up: "The forms are part of ..."."""
_DEFINED = re.compile(
    r"\s+(?:of|that|who|whose|which|between|behind|by)\b|,?\s+[A-Z]"
    r"|\s+[a-z]+ed (?:after|at|by|for|from|in|of|on|to|with)\b"
)
_NAMED_NEXT = re.compile(r"[^,]*, (?:[a-z-]+ ){0,6}[A-Z\u00c0-\u00de]\w+ [A-Z\u00c0-\u00de]\w+")
"""A pronoun may come before the name when the name opens what follows the comma."""
_HANGING = re.compile(r"[^,]+, (?:he|she|they)\b")
_CLAUSE = re.compile(
    r"(?i:after|although|as|because|before|if|once|since|though|until|when|while) [^,]*?"
    r"\b(?:an?|the|people|one|[A-Z\u00c0-\u00de]\w*)\b"
)
"""Who "he" is after the comma may be named in a clause, not in "originally from Slovenia"."""
_PERSON = re.compile(r"\b(?:he|she|him|his|hers?|they|them|their)\b", re.IGNORECASE)
_DANGLING = re.compile(
    r"\b(?:as mentioned|mentioned above|the above|see below|as follows|the following"
    r"|the former|the latter|in this (?:story|article|interview|report)"
    r"|\(?(?:left|right|above|below|centre)\)"
    r"|do so|did so|doing so|that is why|these|read below|see below"
    r"|those (?!who|in|with|of|from|that|at|on|by|for|whose|under|over|\w+ing\b|\w+ed\b)\w+"
    rf"|this (?!(?:{_PERIODS})\b)\w+"
    r"|[io]n the (?:interview|report|study|video|letter|statement|article|document|film|movie"
    r"|book))\b",
    re.IGNORECASE,
)
_ANTECEDENT = re.compile(r"\b(?:an?|one|every|each|no|some|many|most|two|three|people)\b", re.I)
_PLURAL = re.compile(r"\b(?!(?:says|was|has|does|his|its|this|as|is)\b)\w{2,}[^\Ws]s\b")
_NAME = re.compile(r"(?<!^)\b[A-Z\u00c0-\u00de]\w+")
_OPENING_NAME = re.compile(
    r"^[A-Z\u00c0-\u00de]\w+(?=\s+(?:[A-Z\u00c0-\u00de]|\w+ed\b|said\b|has\b|is\b|was\b|had\b))"
)
_TITLED = re.compile(
    r"[\"“‘'](?:[A-Z][\w’'-]*|of|the|and|in|a|with|to|for|on|\s){1,11}[\"”’'] [a-z]"
)
"""The name of a film or a song, which is no quotation."""
_LABELLED = re.compile(r"(?:[A-Z]\w*\s?){1,4}:\s")


def problem(sentence: str, wording: Wording) -> str:
    """Why the sentence cannot stand alone, in a few words; "" when it can."""
    for rule in (_shape, _voice, _opener, _pronoun):
        found = rule(sentence, wording)
        if found:
            return found
    return ""


def _shape(sentence: str, wording: Wording) -> str:
    if "…" in sentence or "..." in sentence:
        return "it has an omission in it"
    if not _FINAL.search(sentence):
        return "it does not end like a sentence"
    if not (sentence[0].isalnum() or sentence[0] in "£$€¥" or _TITLED.match(sentence)):
        return "it begins with a quotation or a mark"
    if sentence[0].islower():
        return "it begins in the middle"
    if not quotes.balanced(sentence) or sentence.count("(") != sentence.count(")"):
        return "a quotation or bracket is not closed"
    if any(rule.search(sentence) for rule in (ADDRESS, MARKUP, wording.boilerplate)):
        return "it holds an address, mark-up or boilerplate"
    if _LABELLED.match(sentence):
        return "it is a labelled line"
    return ""


def _voice(sentence: str, wording: Wording) -> str:
    outside = quotes.without(sentence)
    if "?" in outside or sentence.rstrip("\"”’')").endswith("?"):
        return "it is a question"
    if wording.first_person.search(outside):
        return "it speaks as I, we or you"
    return ""


def _opener(sentence: str, wording: Wording) -> str:
    match = _OPENERS.match(sentence)
    if match:
        return f"it opens with “{match.group()}”, which points back"
    lowered = sentence[0].lower() + sentence[1:]
    match = _PLURAL_BACK.match(lowered)
    if match:
        return f"it opens with “{match.group()}”, which points back"
    match = _DEFINITE.match(lowered)
    if match and not _DEFINED.match(lowered, match.end()):
        return f"it opens with “{match.group()}”, which points back"
    match = _DANGLING.search(quotes.without(sentence))
    return f"“{match.group()}” points elsewhere" if match else ""


def _pronoun(sentence: str, wording: Wording) -> str:
    """A person's pronoun needs somebody named or introduced before it."""
    outside = quotes.without(sentence)
    match = _PERSON.search(outside)
    if not match:
        return ""
    before = outside[: match.start()]
    if _HANGING.match(outside) and not _CLAUSE.match(outside):
        return f"it is not clear who “{match.group()}” is"
    if any(rule.search(before) for rule in (_NAME, _OPENING_NAME, _ANTECEDENT, _PLURAL)):
        return ""
    if _NAMED_NEXT.match(outside, match.end()):
        return ""
    return f"nobody is named before “{match.group()}”"
