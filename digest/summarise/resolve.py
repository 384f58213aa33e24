"""An opening pronoun and a bare surname, replaced by the full name where the story leaves no doubt.

In doubt the sentence stays as it is, and is then refused where it cannot stand alone.
"""

import re
from collections.abc import Sequence

from digest.summarise import people as who
from digest.summarise.people import Named, People, Person
from digest.text import quotes, words

FARTHEST = 4
"""So many sentences back a chain of "he" and "he" is followed."""
_OPENING = re.compile(r"(?P<word>He|She|His|Her)\s(?=[a-z])")
_INSIDE = re.compile(
    r"(?:In|On|At|After|Before|During|Since|By|For|From|As|When|While|Last|Originally|Born)\b"
    r"[^,;:“”\"]{2,60},\s(?P<word>he|she)\s(?=[a-z])"
)
_NEUTRAL = (
    "accused|actor|applicant|artist|assailant|attacker|attorney|author|baby|boss|captain|carer|chief"
    "|child|civilian|coach|colleague|commander|critic|dad|defendant|defender|designer|detective"
    "|director|doctor|driver|founder|friend|goalkeeper|inmate|intruder|investigator|journalist"
    "|judge|killer|lawyer|leader|manager|mayor|mechanic|minister|musician|neighbou?r|nurse|officer"
    "|official|opponent|owner|parent|partner|passenger|patient|person|photographer|pilot|player"
    "|predecessor|president|presenter|prisoner|producer|professor|prosecutor|protester|rapper"
    "|reporter|resident|rival|senator|shooter|singer|soldier|solicitor|spokesperson|star|striker"
    "|student|successor|suspect|teacher|teammate|teenager|toddler|victim|witness|worker|writer"
    "|youngster|youth"
)
_MALE = "|boy|boyfriend|brother|cousin|father|gunman|husband|king|man|nephew|policeman|prince"
_MALE += "|son|spokesman|uncle|grandfather|grandson|fiancé|chairman|businessman|mr"
_FEMALE = "|actress|aunt|cousin|daughter|fiancée|girl|girlfriend|grandmother|mother|niece|princess"
_FEMALE += "|queen|sister|spokeswoman|wife|woman|granddaughter|chairwoman|businesswoman|mum|mom"
_MEN = re.compile(rf"\b(?:{_NEUTRAL}{_MALE})\b", re.IGNORECASE)
_WOMEN = re.compile(rf"\b(?:{_NEUTRAL}{_FEMALE})\b", re.IGNORECASE)
_BESIDE = re.compile(r"[a-z][\w-]*\s$")
_APPOSITION = re.compile(r",\s(?:\d\d?(?=,)|(?:aged\s\d|an?\b|the\b)[^,.;]*(?=[,.;]))")
_PREDICATE = re.compile(r"\s(?:is|was|became|serves as|served as|works as|worked as)\s[^,.;]*")
_SPOKEN = re.compile(
    r"(?:,[^,]*,)?\s(?:said|says|added|told|wrote|admitted|explained|argued|warned)\b"
)
_SPEECH = re.compile(r"\b(?:said|says|added|wrote|according to)\s(?:[\w.’'-]+\s){0,4}$")
_DETERMINED = re.compile(
    r"\b(?:an?|the|his|her|their|its|this|these|some|many|two|told|asked|said|met|by|with|of|to|for"
    r"|against|is|are|was|were|has|have|had|will|[a-z]+ed)\b"
)
_ANOTHER_CLAUSE = re.compile(
    r"(?:,\s(?:but|while|whereas|and|with)|\bbut)\s(?!(?:he|she|his|her|also|then|has|was|is)\b)"
)
_ANOTHER = {
    False: re.compile(r"\bhim\b"),
    True: re.compile(
        r"\bher(?=[.,;]|$|\s(?:in|on|at|to|for|with|why|that|if|about|from|by|and|as)\b)"
    ),
}
"""Somebody else of the same sex is spoken of beside the one named."""
_HE = re.compile(r"\b(?:he|his|him|himself)\b", re.IGNORECASE)
_SHE = re.compile(r"\b(?:she|hers?|herself)\b", re.IGNORECASE)


def resolve(sentence: str, before: Sequence[str], people: People, most: int) -> str:
    """The sentence with its opening pronoun and its bare surnames as full names.

    `before` are the sentences right before it, the nearest first. A surname is only completed
    while the sentence has no more than `most` words.
    """
    if people.wording.language.code != "en":
        return sentence
    return complete(_with_person(sentence, before, people), people, most)


def complete(sentence: str, people: People, most: int) -> str:
    """The sentence with the full name at the first mention of everybody it names by surname."""
    named = who.named_in(sentence, people)
    for one in reversed(_to_complete(sentence, named)):
        person = one.person
        if person is None:
            continue
        start, full = one.start, person.name
        before = sentence[:start]
        titled = before.rsplit(None, 1)[-1:] if one.text != person.surname else []
        if titled and titled[0].rstrip(".").lower() in ("mr", "mrs", "ms", "miss"):
            start -= len(titled[0]) + 1
        elif start == 0 and person.title:
            full = f"{person.title} {full}"
        longer = sentence[:start] + full + sentence[one.end :]
        if words.count(longer) <= most:
            sentence = longer
    return sentence


def _to_complete(sentence: str, named: Sequence[Named]) -> list[Named]:
    """The first mentions that are a surname alone, title apart; nobody is named in full later."""
    known: set[str] = set()
    full = {one.person.surname for one in named if one.person and _is_full(one, sentence)}
    found = []
    for one in named:
        if one.person is None or one.person.surname in known | full:
            continue
        known.add(one.person.surname)
        if _may_grow(sentence, one):
            found.append(one)
    return found


def _is_full(one: Named, sentence: str) -> bool:
    return sentence[one.start : one.end].count(" ") > 0


def _may_grow(sentence: str, one: Named) -> bool:
    """Not "Murphy-led", "the Murphy report", "both Murphys", nor a name inside another."""
    after = sentence[one.end :]
    if after.startswith("-") or re.match(r"\s[A-Z\u00c0-\u00de]|\s?&", after):
        return False
    before = sentence[: one.start].lower()
    if re.search(r"&\s*$|\b(?:called|named|dubbed|titled)\s$", before):
        return False
    return not re.search(r"\b(?:the|a|an|this|that|both|[\w’']+[’']s|\w+-)\s?$", before) and not (
        one.text.split()[-1] != sentence[one.start : one.end]
    )


def _with_person(sentence: str, before: Sequence[str], people: People) -> str:
    match = _OPENING.match(sentence) or _INSIDE.match(sentence)
    if not match or (
        match.start("word") and _names_anybody(sentence[: match.start("word")], people)
    ):
        return sentence
    woman = match["word"].lower() in ("she", "her")
    person = _antecedent(before, people, woman=woman)
    if person is None or person.surname in sentence:
        return sentence
    name = (
        f"{person.title} {person.name}" if person.title and not match.start("word") else person.name
    )
    if match["word"] in ("His", "Her"):
        mark = "'" if "'" in " ".join((sentence, *before)) else "’"
        name += f"{mark}s"
    return f"{sentence[: match.start('word')]}{name} {sentence[match.end() :]}"


def _names_anybody(opening: str, people: People) -> bool:
    """Whether the words before the comma bring up somebody themselves."""
    named = any(one.person or one.doubtful for one in who.named_in(opening, people))
    return named or any(rule.search(opening) for rule in (_MEN, _WOMEN, _HE, _SHE))


def _antecedent(before: Sequence[str], people: People, *, woman: bool) -> Person | None:
    """The only one of the sentence before, or of the one before that if it says "he" as well."""
    for sentence in before[:FARTHEST]:
        own = quotes.without(sentence)
        named = who.named_in(sentence, people)
        if any(one.doubtful and one.woman in (woman, None) for one in named):
            return None
        fitting = {
            one.person.surname: one.person
            for one in named
            if one.person and one.person.woman in (woman, None)
        }
        if len(fitting) > 1 or _somebody_else(sentence, named, woman=woman):
            return None
        if fitting:
            person = next(iter(fitting.values()))
            first = next(one for one in named if one.person is person)
            clear = _is_subject(sentence, first) and not _ANOTHER[woman].search(own)
            return person if clear and _agrees(person, people, woman=woman) else None
        if own.strip(" .,") and not (_SHE if woman else _HE).search(own):
            return None
    return None


def _is_subject(sentence: str, one: Named) -> bool:
    """Whether the sentence is about the one named: the name opens it, or a clause, or speaks."""
    if _ANOTHER_CLAUSE.search(sentence, one.end):
        return False
    before = re.split(
        r"[,;:—]\s|\b(?:that|when|because|after|before|while|as)\s", sentence[: one.start]
    )
    if _SPOKEN.match(sentence, one.end) or _SPEECH.search(before[-1]):
        return True
    return not _DETERMINED.search(before[-1]) and not _HE.search(before[-1] + before[0])


def _agrees(person: Person, people: People, *, woman: bool) -> bool:
    """A name that says nothing of its bearer needs a story of one sex and of nobody else."""
    if person.woman is not None:
        return person.woman is woman
    alone = sum(one.woman in (woman, None) for one in people.by_surname.values()) == 1
    return alone and people.she is woman and people.he is not woman


def _somebody_else(sentence: str, named: Sequence[Named], *, woman: bool) -> bool:
    """Whether "a driver" or "his brother" may be meant as well; a description of the one named
    is nobody else."""
    rest = sentence
    for one in reversed([one for one in named if one.person]):
        beside = _BESIDE.search(rest[: one.start])
        after = _APPOSITION.match(rest, one.end) or _PREDICATE.match(rest, one.end)
        while after and (more := _APPOSITION.match(rest, after.end())):
            after = more
        rest = (
            rest[: beside.start() if beside else one.start]
            + rest[one.start : one.end]
            + rest[after.end() if after else one.end :]
        )
    return bool((_WOMEN if woman else _MEN).search(quotes.without(rest)))
