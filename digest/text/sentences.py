"""News text into sentences."""

import re

from digest.text import quotes

TITLES = frozenset(
    "adm ald amb atty brig capt cdr cllr cmdr col cpl dep det dr fr ft gda gen gov hon insp lt maj"
    " messrs mlle mme mr mrs ms msgr mt pres prof pte rep rev sen sgt snr st supt e.g i.e cf"
    " viz".split()
)
"""Never the end of a sentence: a name or an example follows."""

ABBREVIATIONS = frozenset(
    "al approx ave blvd bros co corp dept est etc inc jr ltd plc rd sr univ"
    " v vs yahoo jeopardy wham"
    " Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb"
    " Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo"
    " Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec".split()
)
"""The end of a sentence only before a word that opens one; capitalised ones only so written."""

BEFORE_NUMBERS = frozenset("art c ch fig figs no nos p pp sec vol vols".split())
"""Not the end of a sentence before a digit."""

OPENERS = frozenset(
    "a after all also although an and another any as at because before both but by despite during"
    " each even every few first for from he her here his how however i if in instead is it its last"
    " many meanwhile more most my no none not nor now of on once one only or our several she since"
    " so some still such that the their then there these they this those though to today two under"
    " until we what when where whether which while who why with yesterday yet you your".split()
)

AFTER_HOURS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june"
    " july august september october november december jan feb mar apr jun jul aug sept oct nov dec"
    " et est edt pt pst pdt ct mt gmt bst ist utc cet cest eastern central pacific mountain".split()
)

SPEECH = "said|says|asked|asks|added|adds|told|tells|wrote|writes|replied|cried|shouted|joked"

_END = re.compile(
    r"(?P<mark>[.!?…]+)(?P<close>[\"'”’»)\]]*)(?=\s+[\"'“‘«„(\[]*[A-Z\u00c0-\u00deА-Я0-9$€£¥])"
)
_LAST_WORD = re.compile(r"[^\s\"“”‘’'(\[—–/]+$")
_NEXT_WORD = re.compile(r"\W*(\w+)")
_LIST_NUMBER = re.compile(r"\W*\(?\d{1,3}$")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,3}\.)+[^\W\d_]{1,2}$")
_SPEAKER_FOLLOWS = re.compile(rf"\s+(?:[^\W\d_][\w'’.-]*\s+){{1,4}}?(?:{SPEECH})\b")


def split(text: str, extra: frozenset[str] = frozenset()) -> list[str]:
    """The sentences of a text in order, quotations kept whole; nothing but white space is lost.

    `extra` names further abbreviations, without their last dot, that never end a sentence.
    """
    return [
        sentence
        for block in re.split(r"\n\s*\n", text)
        for sentence in _split_block(block, TITLES | {word.lower() for word in extra})
    ]


def _split_block(block: str, titles: frozenset[str]) -> list[str]:
    spans = [(q.start, q.end) for q in quotes.find(block) if q.closed]
    sentences: list[str] = []
    start = 0
    for end in _END.finditer(block):
        at = end.end()
        if any(a < at < b for a, b in spans):
            continue
        if _is_boundary(block, start, end, titles):
            sentences.append(block[start:at].strip())
            start = at
    sentences.append(block[start:].strip())
    return [s for s in sentences if s]


def _is_boundary(block: str, start: int, end: re.Match[str], titles: frozenset[str]) -> bool:
    if end["close"] and end["mark"][-1] in "!?":
        opens_with_quotation = block[start : end.start()].lstrip()[:1] in ('"', "'", "“", "‘")
        return not (opens_with_quotation and _SPEAKER_FOLLOWS.match(block, end.end()))
    if end["mark"] == "." or (end["mark"] == "!" and not end["close"]):
        word = _LAST_WORD.search(block[start : end.start()])
        following = _NEXT_WORD.match(block, end.end())
        if word and following:
            return _ends_after(word.group(), following.group(1), block[start : end.start()], titles)
    return True


def _ends_after(word: str, following: str, sentence: str, titles: frozenset[str]) -> bool:
    """Whether a dot after `word` ends the sentence, given the word that follows."""
    lower, opener = word.lower(), following.lower() in OPENERS
    if lower in titles or _LIST_NUMBER.fullmatch(sentence):
        return False
    if following[0].isdigit() and lower in BEFORE_NUMBERS:
        return False
    if lower in ("a.m", "p.m"):
        return following.lower() not in AFTER_HOURS
    if word.isalpha() and word.isupper() and len(word) > 2:
        return True
    known = lower in ABBREVIATIONS or word.split("-")[-1] in ABBREVIATIONS
    initial = len(word) == 1 and word.isupper()
    return opener or not (known or initial or _DOTTED.fullmatch(word))
