"""The word or two that stand before a line and say where or what it is about."""

import re

from digest.model.news import Article
from digest.summarise.wording import Wording

_COUNTRIES = (
    "Afghanistan|Albania|Algeria|Andorra|Angola|Argentina|Armenia|Australia|Austria|Azerbaijan"
    "|Bahrain|Bangladesh|Barbados|Belarus|Belgium|Belize|Benin|Bhutan|Bolivia|Bosnia|Botswana"
    "|Brazil|Britain|Brunei|Bulgaria|Burkina Faso|Burundi|Cambodia|Cameroon|Canada|Chile|China"
    "|Colombia|Congo|Costa Rica|Croatia|Cuba|Cyprus|Denmark|Djibouti|East Timor|Ecuador|Egypt"
    "|El Salvador|England|Eritrea|Estonia|Ethiopia|Fiji|Finland|France|Gabon|Gambia|Gaza|Germany"
    "|Ghana|Greece|Greenland|Guatemala|Guyana|Haiti|Honduras|Hong Kong|Hungary|Iceland|India"
    "|Indonesia|Iran|Iraq|Ireland|Israel|Italy|Ivory Coast|Jamaica|Japan|Kazakhstan|Kenya|Kosovo"
    "|Kuwait|Kyrgyzstan|Laos|Latvia|Lebanon|Lesotho|Liberia|Libya|Liechtenstein|Lithuania"
    "|Luxembourg|Madagascar|Malawi|Malaysia|Maldives|Mali|Malta|Mauritania|Mauritius|Mexico"
    "|Moldova|Monaco|Mongolia|Montenegro|Morocco|Mozambique|Myanmar|Namibia|Nepal|Netherlands"
    "|New Zealand|Nicaragua|Niger|Nigeria|North Korea|Northern Ireland|North Macedonia|Norway|Oman"
    "|Pakistan|Palestine|Panama|Paraguay|Peru|Philippines|Poland|Portugal|Puerto Rico|Qatar"
    "|Romania|Russia|Rwanda|Samoa|Saudi Arabia|Scotland|Senegal|Serbia|Sierra Leone|Singapore"
    "|Slovakia|Slovenia|Somalia|South Africa|South Korea|South Sudan|Spain|Sri Lanka|Sudan"
    "|Suriname|Swaziland|Sweden|Switzerland|Syria|Taiwan|Tajikistan|Tanzania|Thailand|Tibet|Togo"
    "|Tonga|Tunisia|Turkmenistan|Uganda|Ukraine|Uruguay|Uzbekistan|Vanuatu|Vatican|Venezuela"
    "|Vietnam|Wales|Yemen|Zambia|Zimbabwe"
)
_CITIES = (
    "Amsterdam|Athens|Baghdad|Bangkok|Barcelona|Beijing|Beirut|Belfast|Berlin|Birmingham|Brussels"
    "|Bucharest|Budapest|Cairo|Cape Town|Caracas|Copenhagen|Cork|Damascus|Derry|Donegal|Dublin"
    "|Edinburgh|Galway|Geneva|Glasgow|Hamburg|Helsinki|Istanbul|Jakarta|Jerusalem|Kabul|Karachi"
    "|Kerry|Kharkiv|Kyiv|Lagos|Lahore|Leeds|Limerick|Lisbon|Liverpool|Madrid|Manchester|Manila"
    "|Mecca|Melbourne|Milan|Moscow|Mumbai|Munich|Nairobi|New Delhi|New Orleans|Oslo|Ottawa"
    "|Pyongyang|Riyadh|Rome|Seoul|Shanghai|Stockholm|Sydney|Taipei|Tehran|Tel Aviv|Tokyo|Toronto"
    "|Tripoli|Vienna|Warsaw|Waterford|Wexford|Zurich|US|UK"
)
_DATELINES = "Boston|Chicago|London|Los Angeles|Miami|New York|Paris|San Francisco|Washington"
"""Places in a dateline; in running text they may be people, papers or governments."""

_PLACE = re.compile(
    rf"(?<![\w-])(?:the )?(?P<place>{_COUNTRIES}|{_CITIES})(?![\w-])(?![’']s [A-Z])", re.IGNORECASE
)
_NAME_BEFORE = re.compile(r"([A-Z\u00c0-\u00de][\w’'.-]*)\s+$")
_NAMED_AFTER_IT = re.compile(r"[A-Z\u00c0-\u00de][\w’'.-]*\s+of\s+(?:the\s+)?$")
"""Of a bank or a university: "Bank of Ireland" is no place."""
_DATELINE = re.compile(rf"{_COUNTRIES}|{_CITIES}|{_DATELINES}")
_NAME_AFTER = re.compile(r"\s+(?:[A-Z\u00c0-\u00de]|of\b|and [A-Z])")
_PART_BREAK = re.compile(r"\s*(?:,|&|/|\||:|>|\band\b)\s*")


def of(article: Article, wording: Wording, dateline: str = "") -> str:
    """One or two words: the dateline's or the headline's place, else the section, else "".

    A place must be a well-known one, stand by itself, so that "Washington Post" or "Paris Hilton"
    never becomes a place, and be named in the body as well.
    """
    if _DATELINE.fullmatch(dateline):
        return dateline
    body = " ".join(article.paragraphs)
    for place in _places(article.headline, wording):
        if place in _places(body, wording):
            return place
    return _short(article.section)


def _places(text: str, wording: Wording) -> list[str]:
    """The places that stand in the text by themselves, as written there, in order."""
    return [m["place"] for m in _PLACE.finditer(text) if _stands_alone(text, m, wording)]


def _stands_alone(text: str, match: re.Match[str], wording: Wording) -> bool:
    place = match["place"]
    if not place[0].isupper() or (len(place) == 2 and not place.isupper()):
        return False
    before = _NAME_BEFORE.search(text[: match.start("place")])
    if before and before[1].lower() not in wording.language.stop:
        return False
    if _NAMED_AFTER_IT.search(text[: match.start("place")]):
        return False
    return not _NAME_AFTER.match(text, match.end())


def _short(section: str) -> str:
    """The section's name, or the first part of it that is no longer than two words."""
    whole = " ".join(section.split())
    if len(whole.split()) > 2:
        parts = [part for part in _PART_BREAK.split(whole) if 0 < len(part.split()) <= 2]
        whole = parts[0] if parts else ""
    return whole[:1].upper() + whole[1:]
