"""English."""

import re

from digest.summarise.wording import english_gate
from digest.summarise.wording.wording import Wording
from digest.text import languages
from digest.text.languages.language import listed

_PERIODS = (
    "week|weekend|month|year|summer|spring|autumn|winter|fall|season|morning|afternoon|evening"
    "|day|time|century|decade|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
)
_MODIFIERS = (
    r"(?:[A-Z][\w.’'-]* |\d[\w-]* |[\"“][^\"”]{2,30}[\"”] ){0,3}"
    r"(?:(?:accused|alleged|armed|convicted|injured|masked|retired|suspected|wounded) )?"
    r"(?:(?:pop|coffee|flight|rock|soap|film|tech|road|oil|gas|football|school) )?"
    r"(?:(?!(?:may|can|will|did|does|had|has|ban|let|put|set)\b)[a-z][\w-]*(?<!ed)(?<![^s]s) ){0,2}"
)
"""What may stand between "the" and its noun: names, ages, up to two adjectives, never a verb."""
_BACK = (
    "accident|actor|actress|agency|agreement|aircraft|airline|airport|album|allegations|animals?"
    "|administration|announcement|answer|app|area|arrest|article|artist|athlete|attackers?|attorney|authors?|ban"
    "|baby|band|bank|board|bridge|bill|blasts?|boat|body|book|boy|building|bus|candidate|captain|car|carmaker|case"
    "|chain|champion|changes|charges|charity|child|children|church|city|claims|clip|coach|college"
    "|comedian|comments|company|competition|complaint|concept|controversy|council|country|couple"
    "|court|crash|crew|deal|decision|defendant|defender|device|disease|dispute|documents?|dog|drama|driver"
    "|earthquake|effort|episode|event|exhibition|experience|experiment|explosions?|facility|family"
    "|father|film|findings|fire|firm|five|flight|footage|four|gag|game|girl|goal|group|gunm[ae]n"
    "|hospital|hotel|idea|images?|incident|index|initiative|interview|investigation|island|item"
    "|judge|last|law|lawmaker|lawsuit|lawyer|leader|letter|list|magazine|m[ae]n|match"
    "|manufacturer|mayor|measures?|message|method|midfielder|minister|mission|mother|move|movie"
    "|museum|musician|network|newspaper|next|officers?|officials?|operation|organi[sz]ation"
    "|others?|pair|paper|parents|passengers?|patients?|petition|phone|photos?|phrase|picture|pilot"
    "|plane|plan|players?|politician|post|practice|prison|problem|process|product|programme?"
    "|project|proposal|property|prosecutors?|protesters?|raid|rally|regime|rescuers?|question|rapper|region|remarks|report|researchers?"
    "|research|restaurant|results?|retailer|row|rules?|ruling|same|scandal|scheme|school|scientists"
    r"|second|senator|series|service|ship|shooter|shootings?|show|singer|site|song|spokes\w+|star|startup"
    "|state|statement|storm|striker|students?|study|survey|suspects?|system|teacher|team|technology"
    "|teenager|teen|tests?|third|three|tour|town|trailer|train|trend|trial|trio|truck|tweet|two"
    "|university|vehicle|vessel|victims?|video|village|website|winger|wom[ae]n|workers?|youth"
    r"|former (?:[\w-]+ ){0,4}?(?:[a-z]+(?:er|or|ist|man|woman)|president|taoiseach|champion)"
)
"""What a story must have brought up before it can be "the" one."""
_NO_ASIDE = (
    "according|adding|alleging|announcing|arguing|asking|calling|citing|claiming|concerning"
    "|confirming|demanding|denying|depending|describing|during|explaining|following|including"
    "|injuring|insisting|killing|leaving|meaning|noting|pending|predicting|promising|regarding"
    "|saying|stating|suggesting|telling|urging|warning|wounding|wondering|writing|excluding|being"
)
"""Participles that bring somebody's words, the news itself, or a condition."""
_IMPERSONAL = (
    r"(?:[’']s| is| was| remains| has been| will be)"
    r"(?: (?:not|now|still|also|yet|no|[a-z]+ly)){0,2}"
    r" (?:accepted|agreed|alleged|announced|assumed|believed|certain|claimed|clear|confirmed"
    r"|crucial|decided|essential|estimated|expected|feared|hoped|important|known|likely|possible|reported"
    r"|revealed|said|secret|thought|true|unclear|understood|unlikely|vital)"
    r" (?:that|whether|how|why|when|what|who)\b"
    r"|(?: has)? (?:emerged|transpired|appears|appeared|seems) (?:that|as if|as though)\b"
)
"""What follows an "it" that means nothing before it."""
_GOES_ON = r"(?:could|would|will|may|might)\b"
_LATER = "later|earlier|afterwards?|after that|before that"
_VERB = (
    "said|says|is|was|are|were|has|have|had|will|would|can|could|may|might|must|should|did|does"
    r"|told|took|made|won|lost|went|came|became|began|left|died|met|[a-z]+ed"
)

ENGLISH = Wording(
    language=languages.ENGLISH,
    weekdays=tuple("monday tuesday wednesday thursday friday saturday sunday".split()),
    weekday=re.compile(r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"),
    first_person=re.compile(
        r"(?<![\w.])(?:I(?:[’'](?:m|ve|d|ll))?(?![\w.’'])|(?:[Ww]e|[Yy]ou)(?:[’']\w+)?"
        r"|[Mm]y|[Oo]ur|[Oo]urs|[Uu]s(?! Weekly)|[Mm]e|[Yy]our|[Yy]ours|[Mm]yself|[Oo]urselves"
        r"|[Ll]et[’']s)(?![\w])"
    ),
    negation=english_gate.NEGATION,
    implied_negation=english_gate.IMPLIED_NEGATION,
    negative_prefixes=english_gate.NEGATIVE_PREFIXES,
    opposites=english_gate.OPPOSITES,
    hedge=english_gate.HEDGE,
    hedge_kinds=english_gate.HEDGE_KINDS,
    guilt=english_gate.GUILT,
    attribution=english_gate.ATTRIBUTION,
    spoke=english_gate.SPOKE,
    scales=english_gate.SCALES,
    ordinals=english_gate.ORDINALS,
    ordinal_ending=english_gate.ORDINAL_ENDING,
    many=english_gate.MANY,
    percent=english_gate.PERCENT,
    currencies=english_gate.CURRENCIES,
    roughly=english_gate.ROUGHLY,
    same_names=english_gate.SAME_NAMES,
    name_endings=english_gate.NAME_ENDINGS,
    demonym_endings=english_gate.DEMONYM_ENDINGS,
    ordinary=english_gate.ORDINARY,
    ordinary_opening=english_gate.ORDINARY_OPENING,
    months=english_gate.MONTHS,
    relative_days=english_gate.RELATIVE_DAYS,
    period_steps=english_gate.PERIOD_STEPS,
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
        rf"(?:he|she|it(?!{_IMPERSONAL})|they|his|her|hers|him|its|their|theirs|them"
        rf"|this(?! (?!time)(?:{_PERIODS})\b)|these|what[’']s more"
        r"|(?:\d+|two|three|four|five|six|seven|eight|nine|ten|several|many|some|dozens of) others"
        r"|that|those|such|both(?! (?:the )?(?-i:[A-Z]))"
        r"|another|others?|neither|either|each of|only then"
        r"|(?:some|one|all|most|many|none) of (?:them|these|those|this)"
        r"|and|but|or|so(?! far\b|-)|yet|nor|then(?!-)|also|still|thus|therefore|hence"
        r"|instead(?! of\b)|otherwise|similarly|likewise|consequently|afterwards?"
        r"|(?:later|earlier)(?! (?:this|in|on)\b)|here|there(?=,)|elsewhere|as a result|for example"
        rf"|within (?:minutes|hours|days|weeks|months)\b(?! of)|at the time\b(?! of)|by then"
        r"|(?:an?|the next|one|two|three|four|five|six|seven|eight|nine|ten|several|a few|some"
        r"|\d+) "
        rf"(?:minutes?|hours?|days?|weeks?|months?|years?) (?:{_LATER})\b(?! (?:this|last|the)\b)"
        r"|(?:moments|minutes|hours|days|weeks|months|years) (?:later|earlier)"
        r"|soon after(?:wards)?,"
        r"|(?:shortly|soon|just|immediately|minutes|hours|days|weeks) (?:after|before) the "
        r"(?:incident|attack|crash|shooting|announcement|decision|game|match)\b"
        r"(?! (?:of|in|on|at|that|by|which|against|near)\b)"
        r"|in the end|eventually|now(?= [a-z])|one (?=(?:recently|was|is|has|had|said|says|told)\b)"
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
        rf"the {_MODIFIERS}(?:{_BACK}|\d\d-year-old)"
        r"(?!\w|-|[’']s [A-Z])"
    ),
    institutions=listed(
        "agency army authority bank commission council court department government inquiry ministry"
        " parliament police regulator union watchdog"
    ),
    plural_back=re.compile(
        r"the [a-z]+s (?:are|were|have|had|will|would|can|could|may|might|do|did)\b"
    ),
    defined=re.compile(
        r"\s+(?:of|that|who|whose|which|between|behind|by)\b|,?\s+[A-Z]|\s+[\"“‘'(]"
        r"|\s+(?:in|at|near|from|outside|for|to)\s+(?:an?|the\s+)?(?!(?:Jan|Febr)uary|March|April"
        r"|May\b|June|July|August|(?:Sept|Nov|Dec)ember|October)(?:[A-Z]|an?\b)"
        r"|\s+(?:over|about|into)\b|\s+[a-z]+ing\b|,\s+in\s+(?:\w+\s)?[A-Z]"
        r"|\s+(?:accused|arrested|backed|based|built|called|charged|commissioned|convicted|found"
        r"|funded|held|injured|involved|killed|known|led|located|made|named|organi[sz]ed|owned"
        r"|published|run|seen|suspected|used|wanted|wounded|written)"
        r" (?:after|at|by|for|from|in|of|on|to|with)\b"
    ),
    hanging=re.compile(r"[^,]+, (?:he|she|they)\b"),
    clause=re.compile(
        r"(?i:after|although|as|because|before|if|once|since|though|until|when|while) [^,]*?"
        r"\b(?:an?|the|people|one|[A-Z\u00c0-\u00de]\w*)\b"
    ),
    person=re.compile(r"\b(?:he|she|him|his|hers?|they|them|their)\b", re.IGNORECASE),
    dangling=re.compile(
        r"\b(?:as mentioned|mentioned above|the above|see below|as follows|the following"
        r"|the (?:former|latter)(?=[.,;’'”]|\s(?:is|are|was|were|has|had|will|said|of)\b)"
        r"|in this (?:story|article|interview|report)"
        r"|\(?(?:left|right|above|below|centre)\)"
        r"|(?:in|of|on|at|for|from) that (?:\w+[’']s|year|month|week|day|season|case|regard|sense)"
        r"|that (?:sentence|figure|number|moment|point|period|decision|effort|attempt|trip)"
        r"|such (?!as\b|an?\b|that\b)[a-z-]+s|that is why|these(?! days\b)(?: \w+)?|read below"
        r"|see below"
        r"|those (?!who|in|with|of|from|that|at|on|by|for|whose|under|over|\w+ing\b|\w+ed\b)\w+"
        rf"|this (?!(?:past |coming )?(?:{_PERIODS})\b)(?!{_GOES_ON})\w+"
        rf"|(?<!\bbut )(?<!\band )this {_GOES_ON}"
        r"|[io]n the (?:interview|report|study|video|letter|statement|article|document|film|movie"
        r"|book))\b|^(?:\S+\s){0,7}?(?:do|did|doing) so\b",
        re.IGNORECASE,
    ),
    somewhere=re.compile(
        r"(?<!across )\bthe (?:country|state|city|town|county|province|region|island|kingdom)\b"
        r"(?! (?:of|that|which|where|who|with)\b|[’']s (?-i:[A-Z])|-)",
        re.IGNORECASE,
    ),
    teaser=re.compile(r"(?:what|why|how|when|where|who|which|inside|meet|watch)\b", re.I),
    running=re.compile(r"\s[–—|-]\s(?:as it happened|live(?: updates)?)$|^live:\s", re.I),
    antecedent=re.compile(r"\b(?:an?|one|every|each|no|some|many|most|two|three|people)\b", re.I),
    plural=re.compile(r"\b(?!(?:says|was|has|does|his|its|this|as|is)\b)\w{2,}[^\Ws]s\b"),
    opening_name=re.compile(
        r"^[A-Z\u00c0-\u00de]\w+(?=\s+(?:[A-Z\u00c0-\u00de]|\w+ed\b|said\b|has\b|is\b|was\b|had\b))"
    ),
    discourse=re.compile(
        r"(?:Meanwhile|However|In addition|Additionally|Furthermore|Moreover|Also|Separately|Indeed"
        r"|Nevertheless|Nonetheless|Of course|In fact|Still|Indeed|Then again|Similarly|Likewise"
        r"|Unsurprisingly|Interestingly|For now|On the other hand|By contrast),\s+(?=\S)"
    ),
    aside=re.compile(
        rf",\s+(?:who|which)\s+([^,;:()\"“”‘\d]+),\s+(?=(?:{_VERB})\b)"
        rf"|(?<=\w),\s+(the(?:\s(?!(?:{_VERB})\b)[^\s,;:()\"“”‘\d]+)+),\s+"
        rf"(?=(?!said|says|told)(?:{_VERB})\b)"
        r"|,\s+(?:who|which)\s+([^,;:()\"“”‘\d]+)(?=\.$)"
        rf"|,\s+((?!(?:{_NO_ASIDE})\b)[a-z]+ing\s+[^,;:()\"“”‘\d]+)(?=\.$)"
    ),
    verb=re.compile(
        r"\b(?:is|are|was|were|has|have|had|will|to|may|might|could|must|can|say|says|said"
        r"|[a-z]{2,}(?:ed|[^s\W]s))\b",
        re.IGNORECASE,
    ),
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
        able accused airlift airline airlines airport airports alive animals appeal area
        army arrested asylum attack attacks baby back bad bank banks barrister begin best
        big biggest bill billion bills boat bodies body boy boys bridge brother budget bus
        busiest business buy call car cars case cent charge charged charges chief child
        children city close closest club coach colleges commission committee companies
        company cost costs council councillors councils country couple court crash customers
        cut cyclist cyclists daughter day days dead deal death deaths dentist deputies
        doctor doctors dog dogs dozens driver due early eight election end energy exams face
        factory fall families family fans farm farmer farmers farms fastest father ferry
        figures fire first fish fishing five flight flights food forces former found four
        free friends gardaí gas get girl girls give good government greatest group groups
        gunman gunmen half head high highest hit home homeless homes hospital hotel hotels
        house housing hundreds infant injured inquest inquiry jail jailed job jobs judge
        judges jurors jury killed landlord landlords large largest late latest launch law
        lawyer lawyers leader leaders local longest lorry lose low lowest major make man
        meet member members men men's migrants million minister ministers missing money
        month months morning mortgage mother motorcyclist motorists murder national navy
        neighbours new newest news night nine number numbers nurse nurses officer officers
        officials oil old oldest open operation parents parties party passenger passengers
        patients pay pedestrian people percent person pilot pilots plan plane plans players
        police power price prices prison private probe property protest protests public pubs
        quit rain raise rate rates refugees region relatives rent rents report rescue
        residents resign restaurants results return review richest rise road say school
        schools search second see seek sell senators senior sentenced set seven ship shop
        shops siblings sign sister site sites six small smallest snow soldier soldiers
        solicitor son spokesperson staff start state states store stores storm street
        streets strike strikes strongest student students study supermarket supermarkets
        survey suspect suspects take tax taxes taxi teacher team teenager teenagers ten
        tenants third thousands three time today toddler tomorrow top town tractor train
        trains trial tribunal troops truck union university van vet victim victims village
        visit vote voters wages war warning water weather week weeks win wind witness
        witnesses woman women women's work workers world worst year years yesterday young
        youngest
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
        r"\b(?:this|last|next) (?:past |coming )?(?:(?P<week>week|weekend|(?:mon|tues|wednes|thurs"
        r"|fri|satur|sun)day)|(?P<month>month)|(?P<year>year))\b",
        re.IGNORECASE,
    ),
    interview=re.compile(r"\b(?:interview(?:s|ed)?|q\s?&\s?a|in conversation)\b", re.IGNORECASE),
    portrait=re.compile(r" (?:is|was) (?:an?|the|one|now|also|president|director|head)\b"),
    number_words=english_gate.NUMBER_WORDS,
)
