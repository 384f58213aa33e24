"""English."""

import re

from digest.summarise.wording.wording import Wording
from digest.text import languages

ENGLISH = Wording(
    language=languages.ENGLISH,
    speech_verb=re.compile(r"\b(?:said|says|told|according)\b", re.IGNORECASE),
    weekday=re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"),
    pronoun_opener=re.compile(
        r"[\"“‘']?(?:he|she|it|they|his|her|hers|its|their|this|that|these|those|such)\b",
        re.IGNORECASE,
    ),
    first_person=re.compile(
        r"(?<![\w.])(?:I(?:[’'](?:m|ve|d|ll))?(?![\w.’'])|(?:[Ww]e|[Yy]ou)(?:[’']\w+)?"
        r"|[Mm]y|[Oo]ur|[Oo]urs|[Uu]s|[Mm]e|[Yy]our|[Yy]ours|[Mm]yself|[Oo]urselves|[Ll]et[’']s)(?![\w])"
    ),
    negation=re.compile(
        r"\b(?:not|no|never|none|nobody|nothing|nor|neither|cannot|without)\b|n[’']t\b",
        re.IGNORECASE,
    ),
    hedge=re.compile(
        r"\b(?:alleg\w*|accus\w*|suspect\w*|may|might|could|would|plan(?:s|ned|ning)?|warrant\w*|likely"
        r"|reported(?:ly)?|apparent(?:ly)?|possibl[ey]|probabl[ey]|claim(?:s|ed)?|believed|appear(?:s|ed)?"
        r"|propos\w*|expected|threaten\w*|consider\w*|potential(?:ly)?|estimat\w*|attempt\w*)\b",
        re.IGNORECASE,
    ),
    attribution=re.compile(
        r"\b(?:said|says|told|according|reported|announced|confirmed|claim\w*|argu\w*|warn\w*)\b",
        re.IGNORECASE,
    ),
    boilerplate=re.compile(
        r"\b(?:subscribe (?:to|now|today)|sign up (?:for|to)|our newsletter|click here|read more"
        r"|follow us|all rights reserved|copyright ©|contributed to this (?:report|story)"
        r"|advertisement|file (?:photo|picture)|stock photo|getty images|editor[’']s note"
        r"|support our journalism|readers like you|contribute what you can|news in 60 seconds"
        r"|story continues below|watch the video|adapted (?:it|this story) for|words in this story"
        r"|photo(?:graph)?: |image: |pictured\b|leave a comment|in the comments)",
        re.IGNORECASE,
    ),
)
