"""How a sentence tells: as news, as speech, as a portrait, or only to set a scene."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from re import Pattern

from digest.summarise.wording import Wording
from digest.summarise.wording.wording import NEVER

_NUMBER = (
    r"(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty"
    r"|several|many)"
)
_UNIT = r"(?:minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies))"
_ROUGHLY = r"(?:(?:almost|nearly|about|some|more than|over|just|only)\s)?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """One language's signs of it."""

    just_done: Pattern[str]
    """"has been named": what papers tell as new."""
    speaks: Pattern[str]
    """An opening that names who speaks: "Rawkins said that ..."."""
    pronoun: Pattern[str]
    """Words for somebody or something named elsewhere."""
    scene: Pattern[str]
    """An opening that leads back or aside: "Thirty years ago", "In the first game of the day,"."""
    comment: Pattern[str]
    """An opening that comments: "Thankfully, "."""
    part: Pattern[str]
    """An opening that names one of several nobody brought up: "One of the suspects", "In Britain,
    for example"."""
    definition: Pattern[str]
    """A sentence that says what something is."""
    before: Pattern[str]
    """A sentence that tells what had happened before the news."""


SILENT = Manner(
    just_done=NEVER,
    speaks=NEVER,
    pronoun=NEVER,
    scene=NEVER,
    comment=NEVER,
    part=NEVER,
    definition=NEVER,
    before=NEVER,
)
_OF: Mapping[str, Manner] = {
    "en": Manner(
        just_done=re.compile(
            r"\b(?:has|have) (?:been |also |now )?\w+(?:ed|en|ne|wn|de|id|ld|ft|st)\b"
        ),
        speaks=re.compile(
            r"\W{0,3}(?:[\w’'.-]{1,40},?\s{1,3}){1,5}?(?:said|says|told|added|noted|explained|recalled)\b"
        ),
        pronoun=re.compile(r"\b(?:his|her|their|its|he|she|they|him|them|it)\b"),
        scene=re.compile(
            rf"{_ROUGHLY}(?:an?|{_NUMBER})\s{_UNIT}\s(?:ago|earlier|before|later)\b"
            rf"|(?:for|over|during|through|throughout)\s(?:the\s)?{_ROUGHLY}"
            rf"(?:(?:last|past|next)\s)?(?:{_NUMBER}\s)?{_UNIT}\b"
            r"|(?:since|in|until|as of)\s(?:[a-z]+\s){0,2}(?:1[5-9]|20)\d\d\b"
            r"|(?:in|at|during|after|before) the (?:\w+ ){1,3}of the\b[^,]{0,30},"
            r"|(?:shortly|soon|moments|right|just|immediately) (?:after|before)\b"
            r"|(?:as with|like|unlike|besides|apart from|aside from) "
            r"|once\b(?! again)|back (?:in|then|when)\b|there (?:was|were) (?:a time|once)"
            r"|long before\b"
            r"|growing up\b|(?:most|some|many) (?:days|nights|people|episodes|mornings)\b"
            r"|every (?:day|morning|night|year)\b",
            re.IGNORECASE,
        ),
        comment=re.compile(
            r"(?:thankfully|luckily|fortunately|unfortunately|sadly|ironically|interestingly"
            r"|surprisingly|not surprisingly|perhaps|maybe|clearly|certainly|obviously|hopefully"
            r"|remarkably|to be sure|in short|simply put|naturally|these days|finally|imagine"
            r"|(?:first|second|third)(?=,)|consider|think (?:of|back|about)|remember|welcome to"
            r"|meet|forget|call it)\b(?!-)",
            re.IGNORECASE,
        ),
        part=re.compile(
            r"(?:(?:one|some|most|many|few|several|none) of (?:the|those|his|her|their)"
            r"(?! (?:world|country|nation|most|\w+est|(?-i:[A-Z])\w*|\w+[’']s)\b)"
            r"|[^.]{0,60}?\bfor (?:example|instance)\b"
            r"|one (?:is|was|has|had|will|would|\w+ly)\b|everyone\b|everybody\b|anyone\b)",
            re.IGNORECASE,
        ),
        definition=re.compile(
            r"(?:[^\W\d_][\w’'.-]{0,40}\s){1,6}(?:is|are|was|were)\s(?:known as|an?|the|one of)\b"
        ),
        before=re.compile(
            r"(?:[\w’'.-]{1,40}\s){1,6}had\s(?:(?:also|long|already|previously|earlier|been)\s){0,2}"
            r"(?:\w+(?:ed|en|wn|ne|ght|ade|aid|eft|ent|un)|found|held|told|won|lost|met|heard)\b"
        ),
    )
}


def of(wording: Wording) -> Manner:
    """The signs in the wording's language; none where we know none."""
    return _OF.get(wording.language.code, SILENT)
