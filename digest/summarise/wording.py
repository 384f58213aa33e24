"""The closed lists of words that the room's rules look for."""

import re

SPEECH_VERB = re.compile(r"\b(?:said|says|told|according)\b", re.IGNORECASE)
WEEKDAY = re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
PRONOUN_OPENER = re.compile(
    r"[\"“‘']?(?:he|she|it|they|his|her|hers|its|their|this|that|these|those|such)\b", re.IGNORECASE
)
FIRST_PERSON = re.compile(
    r"(?<![\w.])(?:I(?:[’'](?:m|ve|d|ll))?(?![\w.’'])|(?:[Ww]e|[Yy]ou)(?:[’']\w+)?"
    r"|[Mm]y|[Oo]ur|[Oo]urs|[Uu]s|[Mm]e|[Yy]our|[Yy]ours|[Mm]yself|[Oo]urselves|[Ll]et[’']s)(?![\w])"
)
"""I, we and you in all their forms; "US" and "World War I." are none of them."""

NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|nor|neither|cannot|without)\b|n[’']t\b", re.IGNORECASE
)
HEDGE = re.compile(
    r"\b(?:alleg\w*|accus\w*|suspect\w*|may|might|could|would|plan(?:s|ned|ning)?|warrant\w*|likely"
    r"|reported(?:ly)?|apparent(?:ly)?|possibl[ey]|probabl[ey]|claim(?:s|ed)?|believed|appear(?:s|ed)?"
    r"|propos\w*|expected|threaten\w*|consider\w*|potential(?:ly)?|estimat\w*|attempt\w*)\b",
    re.IGNORECASE,
)
ATTRIBUTION = re.compile(
    r"\b(?:said|says|told|according|reported|announced|confirmed|claim\w*|argu\w*|warn\w*)\b",
    re.IGNORECASE,
)
BOILERPLATE = re.compile(
    r"\b(?:subscribe (?:to|now|today)|sign up (?:for|to)|our newsletter|click here|read more"
    r"|follow us|all rights reserved|copyright ©|contributed to this (?:report|story)"
    r"|advertisement|file (?:photo|picture)|stock photo|getty images|editor[’']s note"
    r"|support our journalism|readers like you|contribute what you can|news in 60 seconds"
    r"|story continues below|watch the video|adapted (?:it|this story) for|words in this story"
    r"|photo(?:graph)?: |image: |pictured\b|leave a comment|in the comments)",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"https?:|www\.|\S@\S+\.\w|\b\w+\.(?:com|org|net|ie|co\.uk)\b", re.IGNORECASE)
MARKUP = re.compile(r"\*\*|__|^#+ |`|\[[^\]]*\]\(|<[a-z/][^>]*>|\||^[-*•] ")
