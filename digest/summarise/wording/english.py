"""English."""

import re

from digest.summarise.wording.wording import Wording
from digest.text import languages
from digest.text.languages.language import listed

_PERIODS = (
    "week|weekend|month|year|summer|spring|autumn|winter|fall|season|morning|afternoon|evening"
    "|day|time|century|decade|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
)
_VERB = (
    "said|says|is|was|are|were|has|have|had|will|would|can|could|may|might|must|should|did|does"
    r"|told|took|made|won|lost|went|came|became|began|left|died|met|[a-z]+ed"
)

ENGLISH = Wording(
    language=languages.ENGLISH,
    speech_verb=re.compile(r"\b(?:said|says|told|according)\b", re.IGNORECASE),
    weekdays=tuple("monday tuesday wednesday thursday friday saturday sunday".split()),
    weekday=re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"),
    pronoun_opener=re.compile(
        r"[\"“‘']?(?:he|she|it|they|his|her|hers|its|their|this|that|these|those|such)\b",
        re.IGNORECASE,
    ),
    first_person=re.compile(
        r"(?<![\w.])(?:I(?:[’'](?:m|ve|d|ll))?(?![\w.’'])|(?:[Ww]e|[Yy]ou)(?:[’']\w+)?"
        r"|[Mm]y|[Oo]ur|[Oo]urs|[Uu]s|[Mm]e|[Yy]our|[Yy]ours|[Mm]yself|[Oo]urselves"
        r"|[Ll]et[’']s)(?![\w])"
    ),
    negation=re.compile(
        r"\b(?:not|no|never|none|nobody|nothing|nor|neither|cannot|without)\b|n[’']t\b",
        re.IGNORECASE,
    ),
    hedge=re.compile(
        r"\b(?:alleg\w*|accus\w*|suspect\w*|may|might|could|would|plan(?:s|ned|ning)?|warrant\w*|likely"
        r"|reported(?:ly)?|apparent(?:ly)?|possibl[ey]|probabl[ey]|claim(?:s|ed)?|believed"
        r"|appear(?:s|ed)?"
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
    opener=re.compile(
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
        r"|yes|no,|well,|oh|right,|ok|okay|yeah|sure,|again|too|plus|like (?:that|this)|if so"
        r"|not only"
        r"|even (?!as\b|though\b|if\b|when\b|before\b|after\b)\w+)\b",
        re.IGNORECASE,
    ),
    definite=re.compile(
        r"the (?:\w+ )?(?:company|firm|man|men|woman|women|boy|girl|two|three|four|five|pair|couple"
        r"|trio|report|study|survey|research|researchers|scientists|group|team|officials?"
        r"|incident|move"
        r"|decision|announcement|event|case|suspects?|victims?|statement|agreement|deal|findings"
        r"|programme?|project|latter|former|same|others?|second|third|next|last|paper|article"
        r"|document"
        r"|letter|video|plan|measures?|proposal|ruling|accident|results?|idea|problem|goal|author"
        r"|authors|interview|school|system|site|website|app|game|film|movie|show|book|item|device"
        r"|organi[sz]ation|agency|magazine|newspaper|network|service|lawsuit|complaint|bill|law"
        r"|students?|teenager|youth|players?|competition|test|tests|process|technology|method)"
        r"(?!\w|[’']s [A-Z])"
    ),
    plural_back=re.compile(
        r"the [a-z]+s (?:are|were|have|had|will|would|can|could|may|might|do|did)\b"
    ),
    defined=re.compile(
        r"\s+(?:of|that|who|whose|which|between|behind|by)\b|,?\s+[A-Z]"
        r"|\s+[a-z]+ed (?:after|at|by|for|from|in|of|on|to|with)\b"
    ),
    hanging=re.compile(r"[^,]+, (?:he|she|they)\b"),
    clause=re.compile(
        r"(?i:after|although|as|because|before|if|once|since|though|until|when|while) [^,]*?"
        r"\b(?:an?|the|people|one|[A-Z\u00c0-\u00de]\w*)\b"
    ),
    person=re.compile(r"\b(?:he|she|him|his|hers?|they|them|their)\b", re.IGNORECASE),
    dangling=re.compile(
        r"\b(?:as mentioned|mentioned above|the above|see below|as follows|the following"
        r"|the former|the latter|in this (?:story|article|interview|report)"
        r"|\(?(?:left|right|above|below|centre)\)"
        r"|do so|did so|doing so|that is why|these|read below|see below"
        r"|those (?!who|in|with|of|from|that|at|on|by|for|whose|under|over|\w+ing\b|\w+ed\b)\w+"
        rf"|this (?!(?:{_PERIODS})\b)\w+"
        r"|[io]n the (?:interview|report|study|video|letter|statement|article|document|film|movie"
        r"|book))\b",
        re.IGNORECASE,
    ),
    antecedent=re.compile(r"\b(?:an?|one|every|each|no|some|many|most|two|three|people)\b", re.I),
    plural=re.compile(r"\b(?!(?:says|was|has|does|his|its|this|as|is)\b)\w{2,}[^\Ws]s\b"),
    opening_name=re.compile(
        r"^[A-Z\u00c0-\u00de]\w+(?=\s+(?:[A-Z\u00c0-\u00de]|\w+ed\b|said\b|has\b|is\b|was\b|had\b))"
    ),
    discourse=re.compile(
        r"(?:Meanwhile|However|In addition|Additionally|Furthermore|Moreover|Also|Separately|Indeed"
        r"|Nevertheless|Nonetheless|Of course|In fact),\s+(?=\S)"
    ),
    aside=re.compile(rf",\s+(?:who|which)\s+([^,;:()\"“”‘\d]+),\s+(?=(?:{_VERB})\b)"),
    ranks=listed(
        """
        president taoiseach tánaiste prime minister king queen pope prince princess senator judge
        justice sir dame lord lady chancellor secretary governor mayor general colonel captain
        bishop archbishop cardinal professor doctor councillor deputy archduke duke duchess
        """
    ),
    acronyms=listed(
        """
        us usa uk eu un ira gaa rte rté hse psni psa tv gp ai dna hiv nhs bbc cnn cia fbi nsa mi5
        mi6 imf wto fifa uefa nfl nba nhl ufc f1 gdp ceo cfo mp mps pm td tds mep meps ni dup sdlp
        esb aib iag
        """
    ),
    common=listed(
        """
        man men woman women boy girl boys girls child children people person family families
        father mother son daughter brother sister couple teenager teenagers student students
        teacher driver police officer officers gardaí court judge jury government minister
        ministers officials council councillors union workers staff company companies bank banks
        business hospital patients doctors nurses school schools university team players fans club
        coach leader leaders party parties election vote voters law bill report study survey
        figures number numbers year years month months week weeks day days night morning today
        yesterday tomorrow time home house homes housing road car cars bus train trains flight
        flights plane boat ship fire storm rain snow wind weather warning crash attack attacks war
        strike strikes protest protests death deaths body bodies murder trial case charge charges
        prison jail million billion thousands hundreds dozens half first second third three four
        five six seven eight nine ten percent cent price prices cost costs tax taxes money deal
        plan plans work jobs job news world country city town village area region state states
        national local public private new former top senior young old big large small major early
        late high low free open good bad dead alive injured arrested killed found missing accused
        charged sentenced jailed appeal set due able food water energy gas oil power group groups
        members member chief head spokesperson residents parents women's men's
        """
    ),
    wordish=re.compile(
        r"\w+(?:ing|ed|ly|tion|tions|ment|ments|ness|ers|ies|ous|ful|able|ible|ive)"
    ),
    same_day=re.compile(
        r"\b(?:today|yesterday|tomorrow|tonight|last night|this (?:morning|afternoon|evening)"
        r"|(?:minutes|hours?|days?) ago|in the past (?:few |\w+ )?(?:hours|days))\b"
        r"|^(?:Today|Yesterday|Tomorrow|Tonight|Last night|This (?:morning|afternoon|evening))\b"
    ),
    period=re.compile(
        r"\b(?:this|last|next) (?:(?P<week>week|weekend)|(?P<month>month)|(?P<year>year))\b",
        re.IGNORECASE,
    ),
    interview=re.compile(r"\b(?:interview(?:s|ed)?|q\s?&\s?a|in conversation)\b", re.IGNORECASE),
    known_opener=re.compile(
        r"the ((?:[a-z][\w-]*\s+){0,2}?)([a-z][\w-]*)(?=\s|[,’'])", re.IGNORECASE
    ),
    portrait=re.compile(r" (?:is|was) (?:an?|the|one|now|also|president|director|head)\b"),
    known_defined=re.compile(
        r"\s+(?:of|that|who|whose|which|between|behind|by|in|on|at|for|from|to|with)\b"
    ),
    number_words={
        word: value
        for value, word in enumerate(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
            " fifteen sixteen seventeen eighteen nineteen twenty".split()
        )
    }
    | {
        "thirty": 30,
        "forty": 40,
        "fifty": 50,
        "sixty": 60,
        "seventy": 70,
        "eighty": 80,
        "ninety": 90,
        "dozen": 12,
        "hundred": 100,
    },  # fmt: skip,
)
