"""What a story is about, by words that speak of one subject only: the label where no place helps.

A word ending in "*" stands for all that begin so; several words are a phrase. The more precise
subjects come first: of equals the first is taken.
"""

import re
from collections.abc import Mapping
from functools import cache

_ENGLISH: Mapping[str, str] = {
    "Housing": "housing|rent|rents|renters|tenant*|landlord*|evict*|homeless*|mortgage*"
    "|homelessness|apartments|house prices|home buyers|first-time buyers|social homes",
    "Courts": "court|courts|judge|jury|trial|sentenced|jailed|convicted|pleaded|prosecutor*"
    "|barrister*|verdict|lawsuit|sued|sues|appeal court|supreme court|high court"
    "|manslaughter|indicted",
    "Crime": "gardaí|police|murder*|stabb*|shooting|shot dead|robbery|burglar*|arrested|assault*"
    "|gang|gunman|gunmen|drugs seized|smuggl*|fraud|kidnap*|suspect*",
    "Weather": "weather|storm*|rainfall|rain|snow|heatwave|temperatures|met éireann|met office"
    "|hurricane|cyclone|typhoon|flood*|orange warning|yellow warning|red warning"
    "|forecasters",
    "Migration": "asylum|migrant*|immigra*|refugee*|deport*|border crossings|visas?|citizenship",
    "Health": "hospital*|patient*|doctor*|nurse*|hse|nhs|vaccin*|cancer|disease|virus|outbreak"
    "|public health|mental health|medicine*|ebola|covid|measles|surgery|medical"
    "|drug trial",
    "Schools": "school*|pupil*|teacher*|leaving cert|classroom*|curriculum",
    "Education": "education|universit*|college*|student*|degree|campus|academic|tuition|literacy",
    "Transport": "train|trains|rail|bus|buses|luas|dart|commuter*|motorway|traffic|cyclist*"
    "|cycling lane|airport|airline*|flights|ferry|ferries|passengers|road deaths",
    "Climate": "climate|emissions|carbon|global warming|greenhouse|fossil fuel*|net zero"
    "|biodiversity",
    "Energy": "electricity|energy|gas prices|oil prices|wind farm*|solar|nuclear power|power grid"
    "|fuel",
    "Elections": "election*|voters|ballot*|polling|referendum|candidate*|constituency|turnout",
    "Budget": "budget|tax|taxes|taxation|taxpayer*|spending cuts|deficit|public finances"
    "|tax credit*",
    "Jobs": "jobs|unemployment|redundanc*|layoffs|workers|wages|minimum wage|strike action"
    "|trade union*|employers|pay rise|workplace|career*",
    "Economy": "economy|economic|inflation|interest rates|gdp|recession|growth|central bank"
    "|tariffs|exports|trade deal|stock market*|shares|investors|consumer prices",
    "Farming": "farm*|cattle|dairy|crops|harvest|livestock|agricultur*",
    "Space": "nasa|astronaut*|spacecraft|space mission*|rocket|asteroid|planet|orbit|telescope"
    "|universe|space station|mars|moon",
    "Technology": "artificial intelligence|ai|software|app|apps|smartphone*|google|microsoft|apple"
    "|facebook|internet|cyber*|hackers|browser|computer*|chatgpt|online platform*"
    "|robot*|digital",
    "Science": "scientist*|researchers|study|physicist*|biologist*|species|fossil*|archaeolog*|dna",
    "War": "war|troops|airstrike*|missile*|ceasefire|shelling|invasion|drone strike*|hostages"
    "|soldiers",
    "Religion": "church|pope|bishop*|catholic|mosque|vatican|religious|muslim*|christian*|pilgrim*",
    "Film": "film|films|movie*|actor|actress|director|oscar*|box office|trailer|hollywood"
    "|screenplay",
    "Music": "album|singer|band|concert|song|songs|musician*|gig|tour dates|rapper|pop star",
    "TV": "tv show|series|episode*|broadcaster|presenter|netflix|viewers|season finale|sitcom",
    "Books": "novel|author|book|books|novelist|publisher|poet|literary|poetry",
    "Art": "exhibition|museum|gallery|artist*|painting*|sculpture*|photographer*|artworks",
    "Football": "football|striker|midfielder|goalkeeper|premier league|world cup|fifa|uefa|penalty"
    "|la liga|champions league|euro 20*|goalless",
    "Rugby": "rugby|six nations|leinster|munster|ulster|connacht|scrum|all blacks",
    "GAA": "gaa|hurling|hurler*|camogie|all-ireland|gaelic football",
    "Sport": "olympic*|athlete*|championship*|tennis|golf*|cricket|formula one|grand prix|boxing"
    "|boxer|marathon|medal*|swimmer*|cyclist|paralympic*|basketball|baseball|nfl|nba"
    "|league",
    "Food": "restaurant*|recipe*|chef*|food|cooking|cuisine|menu|drinks|wine",
    "Travel": "tourist*|tourism|holidaymakers|travellers|destination*|beaches|sightseeing",
    "Animals": "animal*|zoo|dog|dogs|cat|cats|elephant*|whale*|wildlife|birds|pets|turtle*",
    "Fashion": "fashion|designer*|catwalk|runway|couture|clothing line",
    "Media": "newspaper*|journalist*|press freedom|news outlet*|broadcasting|newsroom",
    "Business": "company|companies|firm|profits|takeover|merger|revenue|chief executive|retailer"
    "|shareholders|start-up|startup|sales",
    "Politics": "minister|government|parliament|senate|taoiseach|tánaiste|dáil|congress|opposition"
    "|coalition|prime minister|senator*|mps|lawmakers",
}
_SUBJECTS = {"en": _ENGLISH}
_IN_HEADLINE = 3
_IN_LEAD = 1
_LEAST = 5
"""The headline names it, and so does the lead; or the headline does twice."""


def of(headline: str, lead: str, code: str) -> str:
    """The subject that headline and lead agree on, "" when they are about no one of ours."""
    scores = {
        label: _IN_HEADLINE * _distinct(words, headline) + _IN_LEAD * _distinct(words, lead)
        for label, words in _patterns(code).items()
        if words.search(headline)
    }
    best = max(scores, key=lambda label: scores[label], default="")
    return best if best and scores[best] >= _LEAST else ""


def _distinct(words: re.Pattern[str], text: str) -> int:
    return len({match.group().lower() for match in words.finditer(text)})


@cache
def _patterns(code: str) -> Mapping[str, re.Pattern[str]]:
    return {
        label: re.compile(r"\b(?:" + words.replace("*", r"[^\W\d_]*") + r")\b", re.IGNORECASE)
        for label, words in _SUBJECTS.get(code, {}).items()
    }
