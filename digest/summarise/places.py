"""Places a story may be labelled with: countries by Babel's names, and well-known cities."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError

_NO_COUNTRY = frozenset("EU EZ UN XA XB ZZ QO AQ".split())
"""Codes of unions, of nothing at all, and of a continent without people."""
_ALSO = {
    "ga": "Éirinn|Sasana|Albain|Tuaisceart Éireann|Baile Átha Cliath|Corcaigh|Gaillimh|Luimneach"
    "|Béal Feirste|Gasa|An Bhreatain|Londain|Páras|an Bhruiséil",
    "en": "Bosnia|Britain|Burma|Congo|Crimea|Czech Republic|East Timor|England|Gaza|Great Britain"
    "|Hong Kong|Ivory Coast|Macau|Myanmar|Northern Ireland|Palestine|Scotland|Tibet|Turkey"
    "|Vatican|Wales|West Bank",
    "fr": "Gaza|Angleterre|Écosse|Grande-Bretagne|Hong Kong|Pays de Galles|Irlande du Nord"
    "|Palestine|Cisjordanie|Londres|Bruxelles|Genève|Moscou|Pékin|Varsovie|Vienne|Lisbonne"
    "|Athènes|Le Caire|Bordeaux|Lyon|Marseille|Toulouse|Nantes|Strasbourg|Lille",
    "de": "Gaza|England|Schottland|Großbritannien|Hongkong|Nordirland|Westjordanland|Wien|Zürich"
    "|Köln|München|Moskau|Peking|Warschau|Brüssel|Genf|Rom|Athen|Kairo|Hannover|Frankfurt"
    "|Stuttgart|Düsseldorf|Leipzig|Dresden|Bremen|Nürnberg|USA",
    "es": "Gaza|Inglaterra|Escocia|Gran Bretaña|Hong Kong|Irlanda del Norte|Palestina|Cisjordania"
    "|Londres|Bruselas|Ginebra|Moscú|Pekín|Varsovia|Viena|Lisboa|Atenas|El Cairo|Sevilla"
    "|Zaragoza|Málaga|Bilbao|Bogotá|Ciudad de México|Montevideo|Quito|EE. UU.|EE UU",
}
"""How papers call them beside what Babel says."""
_CITIES = (
    "Abuja|Accra|Addis Ababa|Amsterdam|Ankara|Athens|Athlone|Baghdad|Bangkok|Barcelona|Beijing"
    "|Beirut|Belfast|Belgrade|Berlin|Birmingham|Bogota|Bratislava|Bristol|Brussels|Bucharest"
    "|Budapest|Buenos Aires|Cairo|Cape Town|Caracas|Cardiff|Colombo|Copenhagen|Cork|Damascus"
    "|Delhi|Derry|Dhaka|Donegal|Doha|Drogheda|Dubai|Dublin|Dundalk|Edinburgh|Galway|Geneva|Glasgow"
    "|Hamburg|Hanoi|Harare|Havana|Helsinki|Hiroshima|Islamabad|Istanbul|Jakarta|Jerusalem"
    "|Johannesburg|Kabul|Karachi|Khartoum|Kharkiv|Kilkenny|Kinshasa|Kyiv|Lagos|Lahore|Leeds"
    "|Leitrim|Letterkenny|Lima|Limerick|Lisbon|Liverpool|Ljubljana|Los Angeles|Louth|Madrid"
    "|Manchester|Manila|Marseille|Mayo|Mecca|Melbourne|Mexico City|Milan|Minsk|Mogadishu|Monaghan"
    "|Moscow|Mumbai|Munich|Nairobi|Naples|New Delhi|New Orleans|New York|Odesa|Offaly|Osaka|Oslo"
    "|Ottawa|Prague|Pyongyang|Rafah|Reykjavik|Riga|Rio de Janeiro|Riyadh|Rome|Roscommon"
    "|San Francisco|Santiago|São Paulo|Sarajevo|Seoul|Shanghai|Sligo|Sofia|Stockholm|Taipei"
    "|Tallinn|Tbilisi|Tehran|Tel Aviv|Tipperary|Tokyo|Toronto|Tripoli|Tunis|Turin|Valencia"
    "|Vancouver|Vienna|Vilnius|Warsaw|Waterford|Westmeath|Wexford|Wicklow|Zagreb|Zurich"
)
_DATELINES = (
    "Austin|Boston|Chicago|Dallas|Denver|Detroit|Florence|Houston|London|Miami|Paris|Philadelphia"
    "|Phoenix|Seattle|Sydney|Washington|Kerry|Clare|Kildare|Cavan|Carlow|Meath|Laois|Longford"
    "|Tyrone|Armagh|Antrim|Down"
)
"""Cities and counties in a dateline; in running text they may be people, papers, governments."""
UNCERTAIN: Mapping[str, str] = {
    "Chad": r"Chadians?|N[’']?Djamena",
    "Dominica": r"Dominicans?|Roseau",
    "Georgia": r"Georgians?|Tbilisi",
    "Guinea": r"Guineans?|Conakry",
    "Jersey": r"St Helier",
    "Jordan": r"Jordanians?|Amman",
    "Mali": r"Malians?|Bamako",
    "Mayo": r"Castlebar|Westport|Ballina|Co\.? Mayo|County Mayo",
    "Monaco": r"Monaco(?:’s|'s)? (?:prince|royal|government)",
    "Nancy": r"Lorraine",
    "Naples": r"Neapolitans?|Italian?|Italy",
    "Niger": r"Niamey|Nigeriens?",
    "Samoa": r"Samoans?|Apia",
    "Sofia": r"Bulgarian?s?|Bulgaria",
    "Togo": r"Togolese|Lomé",
    "Turkey": r"Turkish|Turks?|Ankara|Istanbul|Erdo[gğ]an",
    "Valencia": r"Spain|Spanish|Valencian?s?",
    "Santiago": r"Chilean?s?|Chile",
    "Victoria": r"Melbourne|Australian?s?|Australia",
    "Wales": r"Welsh|Cardiff",
}
"""Places whose names are as often a person's, a bird's or another place's, each with the words of
which one must be in the story as well."""
_SHORT = {
    "Palestinian Territories": "Palestine",
    "U.K.": "UK",
    "U.S.": "US",
    "UK": "UK",
    "US": "US",
    "USA": "US",
    "United Arab Emirates": "UAE",
    "United Kingdom": "UK",
    "United States": "US",
}
_ARTICLES = {"ga": re.compile(r"^(?:an|na)\s", re.IGNORECASE)}
_WORDY = re.compile(r"[^()&]+$")


@cache
def names(code: str) -> Mapping[str, str]:
    """Every name a place has in the language, and how a label writes it."""
    known = {name: name for name in (*_CITIES.split("|"), *filter(None, _also(code)))}
    article = _ARTICLES.get(code)
    for name in _territories(code):
        bare = article.sub("", name) if article else name
        known[bare] = bare
    if code == "en":
        known |= _SHORT
    return known


@cache
def datelines(code: str) -> frozenset[str]:
    """The places that an agency's dateline may name."""
    return frozenset((*names(code), *_DATELINES.split("|")))


@lru_cache(maxsize=256)
def pattern(code: str, only: frozenset[str] = frozenset()) -> re.Pattern[str]:
    """Any of the names, or of those that labels write like one of `only`, by itself, with "the" or
    "an" before it left out of `place`."""
    found = [name for name, label in names(code).items() if not only or label in only]
    longest_first = sorted(found, key=lambda name: (-len(name), name))
    alternatives = "|".join(re.escape(name) for name in longest_first)
    return re.compile(rf"(?<![\w-])(?P<place>{alternatives})(?![\w-])(?![’']s [A-Z])")


def is_place(name: str, code: str = "en") -> bool:
    """Whether a name is a country's or a well-known city's."""
    return name in datelines(code)


def apart(one: str, other: str, code: str = "en") -> bool:
    """Whether two headlines name places, and none of them alike: what happened in Uganda is no
    news of what happened in Kenya, however alike it is told."""
    here, there = ({m["place"] for m in pattern(code).finditer(text)} for text in (one, other))
    return bool(here and there) and here.isdisjoint(there)


def _territories(code: str) -> list[str]:
    """The countries Babel knows in the language, those of two names ("Trinidad & Tobago") and
    with explanations left out."""
    try:
        found = Locale(code).territories.items()
    except UnknownLocaleError:
        return []
    return [
        name
        for key, name in found
        if key.isalpha() and key not in _NO_COUNTRY and _WORDY.match(name)
    ]


def _also(code: str) -> list[str]:
    return _ALSO.get(code, "").split("|")
