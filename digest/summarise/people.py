"""Who is named in a story, and in full by which name."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from digest.summarise import places
from digest.summarise.given_names import MEN, WOMEN
from digest.summarise.wording import Wording
from digest.text import quotes
from digest.text.languages.language import listed

_LETTER = r"A-Z\u00c0-\u00de"
# Each mark has one place to stand in, so that a shouted line is read in no time.
_TOKEN = (
    rf"(?:(?:[{_LETTER}]\.)+|[{_LETTER}](?:[^\W_]|-|[’'](?=[{_LETTER}]|[^\W\d_]{{3}}))*)"
    rf"(?:\.(?=\s[{_LETTER}]))?"
)
_PARTICLE = r"(?:de|del|della|der|den|di|da|dos|du|el|al|bin|ibn|la|le|ten|van|von|y|uí|ní|ó)"
_NEAR = 40
"""Characters before a name that say what it is."""
RUN = re.compile(rf"(?<![\w’'-]){_TOKEN}(?:\s(?:{_PARTICLE}\s){{0,2}}{_TOKEN})*")
"""Words with capitals that stand together."""
_SPEAKS = re.compile(r",?\s(?:said|says|told|added|asked|wrote|tweeted|admitted|\d\d,)\b")
_IN_A_PLACE = re.compile(
    r"\b(?:in|at|near|around|outside|across|throughout|inside|downtown)\s(?:the\s)?$"
)
_NO_PERSON_BEFORE = re.compile(r"\b(?:the|in|at|near|around|outside|across)\s$", re.IGNORECASE)
_ORIGIN = re.compile(r"\w+(?:ian|ish|ese|ican|eli|aqi|ani)$|shiite|sunni|german|french")
_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}$")
_NICKNAMED = re.compile(rf"[“\"‘'(][^“”\"‘’()]{{2,20}}[”\"’')]\s(?P<surname>{_TOKEN})")
_HE = re.compile(r"\b(?:he|him|his|himself)\b", re.IGNORECASE)
_SHE = re.compile(r"\b(?:she|hers?|herself)\b", re.IGNORECASE)
_OLD_OFFICE = listed("former ex late then acting vice assistant shadow incoming outgoing onetime")
_ALONE_OFFICE = listed("president taoiseach tánaiste prime minister king queen pope")
_TRADES = listed(
    """
    actor actress agent ambassador analyst attorney author ayatollah brother ceo cfo chairman
    chairwoman chief coach comedian commissioner congressman congresswoman counsel counsellor
    counselor dean defence defense detective director editor executive father first foreign
    headmaster imam inspector interior lawyer leader lieutenant manager officer owner pastor
    player principal producer rabbi rapper reporter representative sergeant sheikh sheriff
    singer sister spokesman spokesperson spokeswoman star superintendent trainer treasury
    undersecretary writer
    """
)
_OF_MEN = listed("mr sir lord king prince duke")
_OF_WOMEN = listed("mrs ms miss dame lady queen princess duchess")
_TITLES = _TRADES | _OF_MEN | _OF_WOMEN | {"dr"}
CALENDAR = listed(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december christmas easter
    """
)
NO_PERSON = listed(
    """
    academy act administration agency airlines airport airways alliance army assembly
    association authority avenue award awards bank bay beach bill board bridge building bureau
    cabinet camp castle cathedral center central centre championship championships chiefs church
    city clinic club coast code college commission committee congress corp council county court
    creek cross cup day democrats department district division east education embassy federal
    federation festival force forces forest foundation free front fund gallery games garden
    general giants global government great group guard hall health high hill hills hospital
    hotel house hurricane inc initiative institute institution international island islands
    joint journal kingdom lake law league ltd magazine mall market media memorial ministry
    mosque mount mountain movement museum museums national navy network new news north northern
    observatory office olympics open organisation organization palace parish park parliament
    party pass peninsula plc police port post press prison prize productions project province
    rangers red region report republic republicans research review rights river road rovers
    royal saint school sea senate series service services show society south southern square st
    stadium states station stone storm strait street studios study summit supreme system team
    television theater theatre times tower town trust union united university valley village
    wall war watch week west western white wood woods world
    """
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody whom the story names in full."""

    given: str
    surname: str
    name: str
    title: str
    """Office as the story writes it before the first full name, "" for none."""
    woman: bool | None
    """None when neither name nor title says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A run of capitals of a sentence: the person it means, or that it may mean another."""

    start: int
    end: int
    text: str
    person: Person | None
    doubtful: bool
    """It may be a person whom we do not know."""
    woman: bool | None
    """Whether the first name is a woman's, None when it is no known one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """All the persons of a story who can be told apart by their surnames."""

    by_surname: Mapping[str, Person]
    shared: frozenset[str]
    """Surnames of several persons, or of nobody for certain."""
    small: frozenset[str]
    """Words that the story writes in small letters, too."""
    he: bool
    """Whether the paper's own words speak of any man as "he", and of any woman as "she"."""
    she: bool
    wording: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parsed:
    """A run of capitals as title, given name and surname; `given` is "" without a full name."""

    title: tuple[str, ...]
    given: str
    name: str
    surname: str
    certain: bool
    plain: bool
    """Two words, the first none that says whence somebody or something comes."""


def of(texts: Sequence[str], wording: Wording) -> People:
    """The persons of a story's sentences, the first full name of each."""
    found: dict[str, dict[str, Person]] = {}
    doubts = {match["surname"] for text in texts for match in _NICKNAMED.finditer(text)}
    titled: dict[str, set[bool]] = {}
    seen, speakers, located = _runs(texts, wording)
    for parsed, before, opens in seen:
        sex = _sex_by_title(parsed.title)
        if parsed.surname and sex is not None:
            titled.setdefault(parsed.surname, set()).add(sex)
        if not parsed.given:
            continue
        if parsed.certain or (parsed.plain and parsed.surname in speakers):
            known = found.setdefault(parsed.surname, {})
            known.setdefault(_plain(parsed.given), _person(parsed, before, opens=opens))
        else:
            doubts.add(parsed.surname)
    own = " ".join(quotes.without(text) for text in texts)
    by_surname = {
        surname: _sexed(next(iter(forms.values())), titled.get(surname, set()))
        for surname, forms in found.items()
        if len(forms) == 1 and surname not in doubts | located and len(titled.get(surname, ())) < 2
    }
    return People(
        by_surname={s: p for s, p in by_surname.items() if not places.is_place(s)},
        shared=frozenset((found.keys() | doubts) - by_surname.keys()),
        small=frozenset(re.findall(r"(?<![\w’'-])[^\W\d_A-Z]+(?![\w-])", own)),
        he=bool(_HE.search(own)),
        she=bool(_SHE.search(own)),
        wording=wording,
    )


def named_in(sentence: str, people: People) -> list[Named]:
    """The runs of capitals of a sentence outside its quotations, in order."""
    spoken = [(q.start, q.end) for q in quotes.find(sentence)]
    found = []
    for match in RUN.finditer(sentence):
        if any(start <= match.start() < end for start, end in spoken):
            continue
        parsed = _parse(match.group(), people.wording)
        if not parsed.surname:
            found += _maybe(match)
        if not parsed.surname or _opens_small(match, parsed, people):
            continue
        start = match.start() + match.group().rindex(parsed.name)
        person = people.by_surname.get(parsed.surname)
        if person and parsed.given and _plain(parsed.given) != _plain(person.given):
            person = None
        found.append(
            Named(
                start=start,
                end=start + len(parsed.name),
                text=match.group(),
                person=person,
                doubtful=person is None and _doubtful(sentence, match, parsed, people),
                woman=_sex(parsed.name.split()[0]),
            )
        )
    return found


def _maybe(match: re.Match[str]) -> list[Named]:
    """Somebody who is called like a street or a hall: a first name says that it may be."""
    sexes = [sex for sex in map(_sex, match.group().split()) if sex is not None]
    return [
        Named(
            start=match.start(),
            end=match.end(),
            text=match.group(),
            person=None,
            doubtful=True,
            woman=sex,
        )
        for sex in sexes[:1]
    ]


def _runs(
    texts: Iterable[str], wording: Wording
) -> tuple[list[tuple[_Parsed, str, bool]], set[str], set[str]]:
    """Every run with what stands before it; single names that speak; those that are places."""
    seen, speakers, located = [], set(), set()
    known: dict[str, _Parsed] = {}
    for text in texts:
        for match in RUN.finditer(text):
            run = match.group()
            parsed = known[run] = known.get(run) or _parse(run, wording)
            before = text[max(0, match.start() - _NEAR) : match.start()]
            seen.append((parsed, before, not before.strip(" \"“‘'")))
            if _SPEAKS.match(text, match.end()):
                speakers.add(parsed.surname)
            if not parsed.given and not parsed.title and _IN_A_PLACE.search(before):
                located.add(parsed.surname)
    return seen, speakers, located


def _parse(run: str, wording: Wording) -> _Parsed:
    """The run without the words that only open the sentence and without days."""
    words = _up_to_the_end(run.split(), wording)
    while words and _only_opens(_plain(words[0]), wording):
        words.pop(0)
    while words and _plain(words[-1]) in CALENDAR:
        words.pop()
    start = _start_of_name(words, wording)
    name = words[start:]
    several = [word for word in name if word[0].isupper()]
    full = 1 < len(several) <= len(name) <= 4 and len(name[0]) > 2 and not _is_no_name(name)
    if not name or (len(several) > 1 and not full):
        return _Parsed(title=(), given="", name="", surname="", certain=False, plain=False)
    first = _plain(name[0])
    return _Parsed(
        title=tuple(words[:start]),
        given=name[0] if full else "",
        name=" ".join(name),
        surname=name[-1],
        certain=full and (first in WOMEN or first in MEN or (start > 0 and len(first) > 1)),
        plain=full and len(name) == 2 and not _ORIGIN.match(first),
    )


def _up_to_the_end(words: list[str], wording: Wording) -> list[str]:
    """The words as far as a dot that belongs to no abbreviation."""
    language = wording.language
    for number, word in enumerate(words[:-1]):
        dotted = word.endswith(".") and len(word) > 2 and not _DOTTED.match(word)
        if dotted and not (
            _plain(word) in language.titles or _plain(word) in language.abbreviations
        ):
            return [*words[:number], word.rstrip(".")]
    return words


def _is_no_name(words: Sequence[str]) -> bool:
    plain = [_plain(word) for word in words]
    shouted = any(len(word) > 3 and word.isupper() for word in words)
    if (
        plain[0] not in WOMEN
        and plain[0] not in MEN
        and any(map(places.is_place, (" ".join(words), words[-1])))
    ):
        return True
    rest = plain[1:] if plain[0] in WOMEN or plain[0] in MEN else plain
    return shouted or any(word in NO_PERSON or word in CALENDAR for word in rest)


def _only_opens(word: str, wording: Wording) -> bool:
    language = wording.language
    return (word in language.stop or word in language.openers) and word not in _TITLES


def _start_of_name(words: Sequence[str], wording: Wording) -> int:
    """Where given names begin: at a known one, else behind the last title."""
    if len(words) < 2:
        return 0
    for index, word in enumerate(words[:-1]):
        if _plain(word) in WOMEN or _plain(word) in MEN:
            return index
    titled = [number + 1 for number, word in enumerate(words) if _is_title(word, wording)]
    return titled[-1] if titled else 0


def _is_title(word: str, wording: Wording) -> bool:
    plain = _plain(word)
    return bool(
        plain in _TITLES
        or plain in wording.ranks
        or plain in wording.language.titles
        or _DOTTED.match(word)
    )


def _person(parsed: _Parsed, before: str, *, opens: bool) -> Person:
    return Person(
        given=parsed.given,
        surname=parsed.surname,
        name=parsed.name,
        title=_office(parsed.title, before, opens=opens),
        woman=_sex(parsed.given),
    )


def _office(title: Sequence[str], before: str, *, opens: bool) -> str:
    """The office to print before the name: whole, in office and not one of many."""
    last = re.findall(r"[\w-]+", before)[-1:]
    held = [*(last if not opens else []), *title]
    if any(_plain(word) in _OLD_OFFICE or word.endswith("-elect") for word in held):
        return ""
    kept = list(title)
    while kept and _plain(kept[0]) not in _ALONE_OFFICE:
        kept.pop(0)
    whole = kept and all(_plain(word) in _ALONE_OFFICE for word in kept)
    if not whole or " ".join(map(_plain, kept)) in ("prime", "minister"):
        return ""
    return " ".join(kept)


def _sexed(person: Person, titled: set[bool]) -> Person:
    """The person with what a title such as "Ms" says where the name says nothing."""
    if person.woman is not None or not titled:
        return person
    return replace(person, woman=next(iter(titled)))


def _sex(given: str) -> bool | None:
    plain = _plain(given)
    return True if plain in WOMEN else False if plain in MEN else None


def _sex_by_title(title: Sequence[str]) -> bool | None:
    plain = {_plain(word) for word in title}
    if plain & _OF_WOMEN:
        return True
    return False if plain & _OF_MEN else None


def _opens_small(match: re.Match[str], parsed: _Parsed, people: People) -> bool:
    """Whether the run is the sentence's first word, which has its capital only for that."""
    before = match.string[: match.start()].strip(" \"“‘'")
    alone = not parsed.given and not parsed.title
    return alone and not before and _plain(parsed.surname) in people.small


def _doubtful(sentence: str, match: re.Match[str], parsed: _Parsed, people: People) -> bool:
    """Whether somebody may be meant: a full name, a first name, or whoever speaks."""
    if parsed.title or parsed.surname in people.shared or _sex(parsed.name.split()[0]) is not None:
        return True
    if parsed.given:
        return not _NO_PERSON_BEFORE.search(sentence[: match.start()])
    return bool(_SPEAKS.match(sentence, match.end())) and not parsed.surname.isupper()


def _plain(word: str) -> str:
    return word.rstrip(".").lower()
