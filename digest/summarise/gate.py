"""The gate: whether a line says only what its own story says, checked by rule.

It stops invented names, numbers and quotations, lost negation and lost hedges; it cannot judge a
paraphrase, and no rule here asks who wrote the line.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from digest.model.edition import Check
from digest.model.news import Article
from digest.summarise import days
from digest.summarise.style import Style
from digest.summarise.wording import ADDRESS, ENGLISH, MARKUP, Wording
from digest.text import quotes, sentences
from digest.text import words as counting
from digest.text.stems import stem
from digest.text.terms import terms, words

COVERED = 0.6
"""The least share of a line's meaning words that its story must contain."""

_ALIGNED = 0.5
"""Below this share of common words no sentence of the story is the line's own."""
_DIGITS = re.compile(r"(?<![\w.])(\d[\d,.:]*)(?:\s?(thousand|million|mn|billion|bn|trillion)\b)?")
_SCALES = {"thousand": 1e3, "million": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_FINAL = re.compile(r"[.!][\"”’')]*$")
_MARKS = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a story's own text holds, ready to be asked."""

    wording: Wording
    numbers: frozenset[float]
    words: frozenset[str]
    """Lower case."""
    stems: frozenset[str]
    sentences: tuple[str, ...]
    bags: tuple[frozenset[str], ...]
    """The stems of each sentence."""
    plain: str
    """The whole text with all quotation marks alike."""


def check(
    line: str, article: Article, style: Style, wording: Wording = ENGLISH
) -> tuple[Check, ...]:
    """Every rule's verdict on a line that is to stand for the article on a day."""
    written = days.published_on(article, style.zone)
    known = facts(article, wording)
    return verdicts(line, known, written=written, on=style.on, max_words=style.max_words)


def verdicts(
    line: str, source: Facts, *, written: date | None, on: date | None, max_words: int
) -> tuple[Check, ...]:
    """The same for facts that were gathered before."""
    aligned = _aligned(line, source)
    day = days.problem(line, source.wording, written=written, on=on)
    return (
        _check("numbers", _foreign_numbers(line, source), "not in the story"),
        _check("names", _foreign_names(line, source), "not in the story"),
        _check("quotations", _altered_quotations(line, source), "not said so in the story"),
        Check(name="negation", ok=not (p := _negation(line, aligned, source)), detail=p),
        Check(name="hedges", ok=not (p := _hedges(line, aligned, source)), detail=p),
        Check(name="coverage", ok=not (p := _coverage(line, source)), detail=p),
        Check(name="shape", ok=not (p := _shape(line, max_words, source.wording)), detail=p),
        Check(name="days", ok=not day, detail=day),
    )


def facts(article: Article, wording: Wording) -> Facts:
    """What the article's headline, standfirst and body hold."""
    language = wording.language
    texts = (article.headline, article.standfirst, *article.paragraphs)
    parts = tuple(s for text in texts if text for s in sentences.split(text, language))
    whole = "\n".join(parts)
    bags = tuple(frozenset(terms(s, language)) for s in parts)
    return Facts(
        wording=wording,
        numbers=frozenset(_numbers(whole, wording)),
        words=frozenset(word.lower() for word in words(whole)),
        stems=frozenset().union(*bags),
        sentences=parts,
        bags=bags,
        plain=_plain(whole),
    )


def _check(name: str, wrong: Sequence[str], what: str) -> Check:
    detail = f"{', '.join(wrong)}: {what}" if wrong else ""
    return Check(name=name, ok=not wrong, detail=detail)


def _numbers(text: str, wording: Wording) -> dict[float, str]:
    """Every number in figures or words, by value, as written."""
    found: dict[float, str] = {}
    for match in _DIGITS.finditer(text):
        scale = _SCALES.get((match[2] or "").lower(), 1.0)
        found[_value(match[1].rstrip(".,:")) * scale] = match[0].strip()
    for word in re.findall(r"[^\W\d_]+", text):
        value = wording.number_words.get(word.lower(), 0)
        if value > 2:
            found.setdefault(float(value), word)
    return found


def _value(digits: str) -> float:
    """The number; a time or a date in figures keeps its parts apart by becoming one of its own."""
    digits = re.sub(r",(?=\d{3}(?!\d))", "", digits)
    try:
        return float(digits)
    except ValueError:
        return float(re.sub(r"\D", "", digits)) + 0.125


def _foreign_numbers(line: str, source: Facts) -> list[str]:
    return [
        written
        for value, written in _numbers(line, source.wording).items()
        if value not in source.numbers
    ]


def _foreign_names(line: str, source: Facts) -> list[str]:
    wrong = []
    stop, stemmer = source.wording.language.stop, source.wording.language.stemmer
    for index, word in enumerate(words(line)):
        if not word[0].isupper() or word.lower() in source.words or word.lower() in stop:
            continue
        opens = index == 0 and stem(word.lower(), stemmer) in source.stems
        if not opens and not _related(word.lower(), source):
            wrong.append(word)
    return wrong


def _related(name: str, source: Facts) -> bool:
    """Plural, demonym or a part of a hyphenated name: "Americans" for "American"."""
    parts = re.split(r"[-.]", name)
    if len(parts) > 1 and all(part in source.words for part in parts if part):
        return True
    head = name[: max(4, len(name) - 3)]
    return len(name) > 4 and any(
        word.startswith(head) and abs(len(word) - len(name)) <= 3 for word in source.words
    )


def _altered_quotations(line: str, source: Facts) -> list[str]:
    return [
        line[q.start : q.end]
        for q in quotes.find(line)
        if _plain(line[q.start + 1 : q.end - 1]).strip(" .,;:!?\"'") not in source.plain
    ]


def _plain(text: str) -> str:
    return " ".join(text.translate(_MARKS).split()).lower()


def _aligned(line: str, source: Facts) -> str:
    """The story's sentence with the most of the line's words, "" when none has half of them."""
    bag = frozenset(terms(line, source.wording.language))
    if not bag or not source.bags:
        return ""
    best = max(range(len(source.bags)), key=lambda i: (len(bag & source.bags[i]), -i))
    return source.sentences[best] if len(bag & source.bags[best]) >= _ALIGNED * len(bag) else ""


def _negation(line: str, aligned: str, source: Facts) -> str:
    negation = source.wording.negation
    if not aligned:
        return ""
    said, meant = bool(negation.search(line)), bool(negation.search(aligned))
    if said == meant:
        return ""
    return f"a negation was {'added to' if said else 'lost from'} “{aligned}”"


def _hedges(line: str, aligned: str, source: Facts) -> str:
    hedge = source.wording.hedge
    lost = hedge.search(aligned)
    if lost is None or hedge.search(line):
        return ""
    return f"“{lost.group()}” was lost from “{aligned}”"


def _coverage(line: str, source: Facts) -> str:
    bag = set(terms(line, source.wording.language))
    share = len(bag & source.stems) / len(bag) if bag else 1.0
    return "" if share >= COVERED else f"only {share:.0%} of its words are the story's"


def _shape(line: str, max_words: int, wording: Wording) -> str:
    size = counting.count(line)
    outside = quotes.without(line)
    faults = {
        "it is empty": not line,
        f"{size} words are more than {max_words}": size > max_words,
        "it does not end like a sentence": not _FINAL.search(line),
        "it has an omission in it": "…" in line or "..." in line,
        "it holds an address or mark-up": bool(ADDRESS.search(line) or MARKUP.search(line)),
        "it speaks as I, we or you": bool(wording.first_person.search(outside)),
        "it asks a question": "?" in outside,
        "it holds boilerplate": bool(wording.boilerplate.search(line)),
    }
    return "; ".join(fault for fault, present in faults.items() if present)
