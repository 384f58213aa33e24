"""Stories about a death, a court case or a minor, which editors should look at."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from digest.model.news import Article, Sensitive, SensitiveKind
from digest.select import touching
from digest.select.touching import Touching
from digest.text.languages import Language
from digest.text.stems import stem

_PARAGRAPHS = 2
_LETTERS = 700
"""Of the first paragraphs: what comes later is background."""
_OF_AGE = 18
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_DEEDS = ("death", "violence")
"""Themes of what people are accused of."""
_HARM = ("death", "violence", "disaster", "war")
"""Themes that make a story about children one that editors should look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    """What a story says first, without what only looks like it."""

    whole: str
    literal: str
    words: tuple[str, ...]
    """Of the literal text, as written."""


def of(articles: Sequence[Article], language: Language) -> tuple[Sensitive, ...]:
    """What a story touches, each with the first word that shows it: headline, standfirst and first
    paragraphs of its best article, and the headlines of the others."""
    rules = touching.of(language.code)
    lead = _text(_lead(articles[0]), rules)
    texts = [lead, *(_text(other.headline, rules) for other in articles[1:])]
    marks = (
        (SensitiveKind.DEATH, _first(_deaths(text, language) for text in texts)),
        (SensitiveKind.COURT, _first(_courts(text, language, rules) for text in texts)),
        (SensitiveKind.MINOR, _first(_minors(text, language, rules) for text in texts)),
    )
    return tuple(Sensitive(kind=kind, word=word) for kind, word in marks if word)


def _lead(article: Article) -> str:
    body = "\n".join(article.paragraphs[:_PARAGRAPHS])[:_LETTERS]
    return "\n".join([article.headline, article.standfirst, body])


def _text(whole: str, rules: Touching) -> _Text:
    literal = rules.figurative.sub(" | ", whole.replace("’", "'"))
    return _Text(whole=whole, literal=literal, words=tuple(_WORD.findall(literal)))


def _first(found: Iterator[str]) -> str:
    return next((word for word in found if word), "")


def _deaths(text: _Text, language: Language) -> str:
    return _among(text.words, language.themes.get("death", frozenset()))


def _courts(text: _Text, language: Language, rules: Touching) -> str:
    """A word that betrays a case by itself; or a weaker one, beside another or beside a deed."""
    strong = _among(text.words, language.court - rules.weak)
    told = rules.case.search(text.literal)
    if strong or told:
        return strong or (told.group() if told else "")
    weak = [word for word in text.words if word.lower() in language.court]
    kinds = {stem(word.lower(), language.stemmer) for word in weak}
    deeds = {word for theme in _DEEDS for word in language.themes.get(theme, ())}
    return weak[0] if weak and (len(kinds) > 1 or _among(text.words, deeds)) else ""


def _minors(text: _Text, language: Language, rules: Touching) -> str:
    """Somebody's age below 18; or a word for the young, where something befell somebody."""
    young = rules.young.search(text.literal)
    if aged := _aged(text, rules.ages) or (young.group() if young else ""):
        return aged
    befell = {word for theme in _HARM for word in language.themes.get(theme, ())}
    befell |= rules.harm | language.court - rules.weak
    if not _among(text.words, befell):
        return ""
    return _aged(text, [rules.several]) or _among(text.words, language.minor)


def _aged(text: _Text, patterns: Sequence[re.Pattern[str]]) -> str:
    """The first age below 18."""
    ages = (match for pattern in patterns for match in pattern.finditer(text.literal))
    young = (m for m in ages if not m["age"].isdigit() or int(m["age"]) < _OF_AGE)
    return next((match.group().strip(" ,") for match in young), "")


def _among(words: Sequence[str], telling: Set[str]) -> str:
    """The first of the words that is one of those, as written."""
    return next((word for word in words if word.lower() in telling), "")
