"""What a story's own text holds, ready to be asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest.model.news import Article
from digest.summarise.gate import numbers
from digest.summarise.gate.numbers import Number
from digest.summarise.opening import without_dateline
from digest.summarise.wording import Wording
from digest.text import sentences
from digest.text.languages import Language
from digest.text.stems import stem
from digest.text.terms import words

_MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'"})


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Facts:
    """The sentences of headline, standfirst and body, and what they are made of; themselves alone
    their equals."""

    wording: Wording
    sentences: tuple[str, ...]
    bags: tuple[frozenset[str], ...]
    """The stems of each sentence."""
    stems: frozenset[str]
    words: frozenset[str]
    """Lower case."""
    capitals: frozenset[str]
    """Those written with a capital somewhere, lower case."""
    small: frozenset[str]
    """Those written without one somewhere."""
    named: tuple[frozenset[str], ...]
    """The words with a capital of each sentence, lower case."""
    plain: str
    """The whole text, lower case, with all quotation marks alike."""
    whole: frozenset[str]
    """Every sentence so."""


def facts(article: Article, wording: Wording) -> Facts:
    """What the article's headline, standfirst and body hold."""
    language = wording.language
    texts = (article.headline, article.standfirst, *article.paragraphs)
    first = article.paragraphs[0] if article.paragraphs else ""
    begun = without_dateline(first, wording).text
    parts = tuple(s for text in texts if text for s in sentences.split(text, language))
    worded = [_words(part, language) for part in parts]
    low = [list(map(str.lower, found)) for found in worded]
    stop, stemmer = language.stop, language.stemmer
    bags = tuple(frozenset(stem(w, stemmer) for w in found if w not in stop) for found in low)
    named = tuple(frozenset(w.lower() for w in found if w[0].isupper()) for found in worded)
    every = frozenset(word for found in worded for word in found)
    small = frozenset(word for word in every if not word[0].isupper())
    capitals = frozenset().union(*named)
    plainly = [plain(part) for part in parts]
    return Facts(
        wording=wording,
        sentences=parts,
        bags=bags,
        stems=frozenset().union(*bags),
        words=capitals | frozenset(word.lower() for word in small),
        capitals=capitals,
        small=small,
        named=named,
        plain=" ".join(plainly),
        whole=frozenset((*plainly, *map(plain, sentences.split(begun, language)[:1]))),
    )


@lru_cache(maxsize=32)
def counted(source: Facts) -> tuple[tuple[Number, ...], ...]:
    """The numbers of each sentence; most lines are the story's own words, and never ask."""
    return tuple(numbers.find(part, source.wording) for part in source.sentences)


def _words(text: str, language: Language) -> list[str]:
    """The words of a sentence, those with a hyphen also by their parts."""
    found = words(text, language)
    return found + [part for word in found if "-" in word for part in word.split("-")]


def verbatim(line: str, source: Facts) -> bool:
    """Whether every sentence of the line is one of the story's, word for word."""
    said = plain(line)
    if said in source.whole:
        return True
    parts: Sequence[str] = sentences.split(line, source.wording.language)
    return len(parts) > 1 and all(plain(part) in source.whole for part in parts)


def plain(text: str) -> str:
    """The text on one line, lower case, with all quotation marks alike."""
    return " ".join(text.translate(_MARKS).split()).lower()
