"""English: what the gate compares."""

import re

from digest.text.languages.language import listed

NEGATION = re.compile(
    r"\b(?:not|no(?!\.|\s\d)|never|none|nobody|nothing|nowhere|nor|neither|cannot|without|no-one)\b"
    r"|n[’']t\b",
    re.IGNORECASE,
)
IMPLIED_NEGATION = re.compile(
    r"\b(?:fail(?:s|ed|ing)?|failures? to|den(?:y|ies|ied|ying|ials?)|refus(?:e|es|ed|ing|al)"
    r"|unable|unlikely|unclear|unknown|lack(?:s|ed|ing)?|declin(?:e|es|ed|ing) to"
    r"|prevent(?:s|ed|ing)?|reject(?:s|ed|ing|ion)?|avoid(?:s|ed|ing)?|hardly|barely|scarcely"
    r"|stopp?(?:s|ed|ing)? (?=\w+ing)"
    r"|rather than|instead of|far from|rul(?:e|ed|es|ing) out|ban(?:s|ned|ning)?|absence of)\b",
    re.IGNORECASE,
)
NEGATIVE_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non")

HEDGES = {
    "alleged": (
        r"alleg\w*|accus\w*|suspect\w*|suspicions?|reported(?:ly)?|purported(?:ly)?|apparent(?:ly)?"
        r"|claim(?:s|ed|ing)?|believed|thought to|supposed(?:ly)?|presumed|feared|rumou?r(?:s|ed)?"
        r"|charged with|unconfirmed|according to reports"
    ),
    "possible": (
        r"may|might|could|possibl[ey]|possibilit\w+|probabl[ey]|potential(?:ly)?|likely"
        r"|likelihood|perhaps|maybe|appear(?:s|ed)?|seem(?:s|ed|ingly)?|estimat\w*|expect(?:s|ed)"
        r"|unclear|can be|risks?|in theory"
    ),
    "planned": (
        r"plan(?:s|ned|ning)?|propos\w*|intend(?:s|ed)?|intention|hop(?:es|ed|ing) to|consider\w*"
        r"|threaten\w*|attempt\w*|tr(?:y|ies|ied|ying) to|seek(?:s|ing)?|sought|bid to"
        r"|aim(?:s|ed|ing)? to|warrants?|appeal(?:s|ed|ing)?|due to|set to|scheduled"
        r"|want(?:s|ed)? to"
        r"|pledg\w*|vow\w*|promis\w*"
    ),
}
HEDGE_KINDS = {
    kind: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for kind, words in HEDGES.items()
}
HEDGE = re.compile(rf"\b(?:would|{'|'.join(HEDGES.values())})\b", re.IGNORECASE)
GUILT = re.compile(
    r"\b(?:guilty|convict(?:s|ed|ion)|murderers?|killers?|rapists?|thie(?:f|ves)|arrest(?:s|ed)"
    r"|confess(?:es|ed|ion)|prove[sdn]?|proof|culprits?|sentenced|jailed)\b",
    re.IGNORECASE,
)
ATTRIBUTION = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ells?|old)|according|report(?:s|ed)?|announc\w*|confirm\w*"
    r"|claim\w*|argu\w*|warn\w*|add(?:s|ed)|wrote|writes|tweeted|posted|insist\w*|explain\w*|state[sd]"
    r"|suggest\w*|believ\w*|think(?:s|ing)?|thought|admit\w*|conced\w*|acknowledg\w*|assert\w*"
    r"|ask(?:s|ed)|describ\w*|call(?:s|ed)|alleg\w*|accus\w*|den(?:y|ies|ied)|testif\w*|quot\w*|recall\w*"
    r"|compar\w*|estimat\w*|conclud\w*|found|reveal\w*|show(?:s|ed|n)?|discuss\w*|talk(?:s|ed)?"
    r"|express\w*|critici[sz]\w*|prais\w*|stress\w*|not(?:es|ed)|agree[sd]?|predict\w*)\b",
    re.IGNORECASE,
)

SPOKE = re.compile(
    r"\b(?:said|says?|saying|told|tells|according|added|adds|wrote|writes|tweeted|asked|asks"
    r"|replied|announced|warned|warns|claimed|claims|insisted|insists|explained|stated|argued|argues"
    r"|reported|reports|confirmed|admitted|joked|recalled)\b",
    re.IGNORECASE,
)

NUMBER_WORDS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "dozen": 12, "hundred": 100,
}  # fmt: skip
SCALES = {
    "hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6, "mln": 1e6,
    "billion": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12, "dozen": 12.0,
}  # fmt: skip
ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
        " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
        " twentieth".split(),
        1,
    )
}
MANY = {"dozens": 12, "hundreds": 100, "thousands": 1000, "millions": 10**6, "billions": 10**9}
ORDINAL_ENDING = re.compile(r"(?:st|nd|rd|th)\b")
PERCENT = re.compile(r"[ -]?(?:per ?cent|percentage points?|pct|pc)\b", re.IGNORECASE)
CURRENCIES = {
    "dollar": "$", "dollars": "$", "euro": "€", "euros": "€", "pound": "£", "pounds": "£",
    "yen": "¥", "yuan": "¥", "rupees": "₹", "rupee": "₹",
}  # fmt: skip
ROUGHLY = re.compile(
    r"\b(?:about|around|roughly|approximately|nearly|almost|over|under|some|more than|less than"
    r"|fewer than|up to|at least|an estimated|close to|just)$",
    re.IGNORECASE,
)

MONTHS = (
    ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",),
    ("june", "jun"), ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"),
    ("october", "oct"), ("november", "nov"), ("december", "dec"),
)  # fmt: skip
RELATIVE_DAYS = {
    "yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "last night": -1, "overnight": 0,
    "this morning": 0, "this afternoon": 0, "this evening": 0,
}  # fmt: skip
PERIOD_STEPS = {"last": -1, "this": 0, "next": 1}

SAME_NAMES = tuple(
    frozenset(part.strip() for part in group.split(","))
    for group in """
    us, u.s, u.s., usa, united states, america, american, americans
    uk, u.k, u.k., united kingdom, britain, british, briton, britons, great britain
    eu, european union
    un, u.n, u.n., united nations
    nyc, new york
    la, l.a, los angeles
    uae, united arab emirates, emirates
    france, french, frenchman
    spain, spanish, spaniard, spaniards
    netherlands, dutch, holland
    ireland, irish, irishman
    germany, german, germans
    greece, greek, greeks
    turkey, turkish, turk, turks
    poland, polish, pole, poles
    sweden, swedish, swede, swedes
    denmark, danish, dane, danes
    norway, norwegian, norwegians
    finland, finnish, finn, finns
    switzerland, swiss
    portugal, portuguese
    wales, welsh, welshman
    scotland, scottish, scot, scots
    england, english
    philippines, filipino, filipinos, philippine
    thailand, thai, thais
    argentina, argentine, argentinian
    peru, peruvian
    iceland, icelandic, icelanders
    czech, czechs
    europe, european, europeans
    isis, isil, islamic state, is
    afghanistan, afghan, afghans
    pakistan, pakistani, pakistanis
    china, chinese
    japan, japanese
    russia, russian, russians
    ukraine, ukrainian, ukrainians
    israel, israeli, israelis
    palestine, palestinian, palestinians
    jewish, jew, jews
    christian, christians, christianity
    republican, republicans, gop
    democrat, democrats, democratic
    parliament, mp, mps, parliamentary
    prime minister, pm, premier
    television, tv
    """.strip().splitlines()
)
NAME_ENDINGS = listed(
    "a an ans n ns ian ians ese i is ish s es ic ics ist ists ism y ies e ia ern er ers"
) | {""}
DEMONYM_ENDINGS = ("ian", "ish", "ese", "ican", "opean", "ssian", "eli", "ni", "ch", "tch")
ORDINARY = listed(
    """
    scientists researchers officials authorities police gardaí experts doctors engineers
    firefighters rescuers investigators prosecutors lawyers lawmakers politicians activists
    protesters demonstrators campaigners critics supporters fans residents locals visitors
    tourists passengers travellers drivers motorists pilots soldiers troops rebels militants
    gunmen hackers thieves burglars robbers inmates prisoners detectives witnesses victims
    survivors relatives parents teenagers pensioners shoppers customers consumers users investors
    analysts economists historians archaeologists astronomers biologists climatologists
    meteorologists forecasters fishermen farmers miners builders developers employers employees
    workers strikers nurses teachers pupils students academics professors author authors writer
    actor actors actress singer musician musicians artist artists director comedian footballer
    striker goalkeeper midfielder defender manager champion winner winners hundreds thousands
    dozens millions former scandal details footage video images photographs pictures documents
    emails records evidence findings results plans proposals talks negotiations concerns fears
    hopes calls demands allegations claims rumours emergency heavy severe rare huge massive giant
    tiny ancient modern federal local regional international global foreign domestic mum mom dad
    mother father husband wife couple twins brothers sisters founder creator owner owners
    operators organisers organizers interview interviews interviewed discussion miss
    """
)

_VERBS = (
    "said|says|is|was|are|were|has|have|had|will|would|can|could|may|might|must|should|did|does"
    "|told|took|made|won|lost|went|came|became|began|left|died|met|got|gave|saw|sent|spoke|struck"
    "|broke|brought|built|bought|caught|chose|drew|drove|fell|felt|fought|flew|fled|found|heard"
    "|held|hit|kept|knew|laid|led|let|put|paid|ran|rose|sang|sank|sat|set|shot|shut|sold|spent"
    "|stood|stole|swept|swore|taught|thought|threw|wore|woke|wrote|also|then|now|never|once|later"
    "|not|who|whose|and|top|beat"
)
_SMALL = "of|in|on|at|for|from|to|with|by|as|the|a|an|or|but"
ORDINARY_OPENING = re.compile(
    r"(?!\w+(?:[ai]n|ese|ish|[^aeiou]i)s? )[A-Z][a-z]+(?:"
    r"[^s\Wiu]s (?:of|that|such|are|were|have|who|which|seek|believe|say|in|from|for|on|with|over"
    r"|after|about|around|between|where|against|to)\b"
    rf"|ing (?!(?:{_VERBS})\b)"
    rf"|(?:al|ous|ive|nt|ed|ing|ful|ab|ib|te|ar|en|ike)ly\b,? (?!(?:{_VERBS})\b)"
    rf"|(?:al|ive|ous|ful|able|ible|ic|less|ary|ed) (?!(?:{_VERBS}|{_SMALL})\b)\w"
    r"|(?:er|or|ist|ian|eer|ress|man|woman) [A-Z][\w’'-]+ [A-Z]"
    r"|(?:tions?|ments?|ness|ities|ity|ances?|ences?|ships?|isms?)"
    r" (?:of|that|to|in|between|against|over|from|for|has|have|is|are|was|were)\b"
    r")"
)

_OPPOSITES = """
rose rise rises rising risen increase increased increases increasing grew grow grows growth :
fell fall falls falling decrease decreased decreases decreasing drop dropped drops declined
won win wins winning victory victories beat beats beaten :
lost lose loses losing defeat defeats defeated loss
accept accepts accepted approve approves approved approval backed :
reject rejects rejected rejection
support supports supported supporting : oppose opposes opposed opposing opposition
guilty convicted convict : innocent acquitted cleared acquit
admit admits admitted confirmed confirms confirm : deny denies denied
alive survived survive survives : dead died killed die dies
open opens opened opening reopened : close closes closed closing shut shuts
more : fewer less
most : fewest least
higher : lower
high : low
highest : lowest
before : after
above : below
over : under
best : worst
better : worse
first : last
north northern : south southern
east eastern : west western
northeast : southeast southwest northwest
arrive arrived arrives arrival : leave left leaves departed departure
buy buys bought buying : sell sells sold selling
start starts started begin began begins : end ends ended finish finished
allow allows allowed permit permits permitted : ban bans banned forbid forbade prohibited
success succeed succeeded succeeds : failure fail failed fails
legal : illegal
father fathers dad : mother mothers mum mom
son sons : daughter daughters
brother brothers : sister sisters
husband husbands : wife wives
man men : woman women
boy boys : girl girls
male : female
uncle : aunt
king : queen
freed released : jailed imprisoned detained arrested
hired appointed : fired sacked dismissed
young younger youngest : old older oldest
rich : poor
strong stronger : weak weaker
safe safely : dangerous unsafe
gain gains gained : lose loses lost loss losses
inside : outside
early earlier : late later
majority : minority
ally allies : enemy enemies
morning : afternoon evening night
injured wounded hurt : killed dead
"""
OPPOSITES = tuple(
    (listed(one), listed(other))
    for one, _, other in (
        row.partition(":") for row in _OPPOSITES.replace(":\n", ": ").strip().splitlines()
    )
)
