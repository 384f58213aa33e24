"""How near an extracted text comes to the one people marked: the measures `bench extract` uses."""

import random
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_TOKEN = re.compile(r"\w+")
_SHINGLE = 4
_RESAMPLED = 500
_LEAKS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.I)
    for name, pattern in {
        "label": r"^\W*(?:advert\w*|ads?|anzeige|sponsored|promoted|close|menu|video)\b.{0,40}$"
        r"|story continues|continues? (?:below|after)|scroll (?:down )?to",
        "share": r"^.{0,12}\b(?:share|tweet|whatsapp|copy link|teilen|partager|follow us|like us)\b"
        r".{0,60}$",
        "appeal": r"\b(?:donate|support (?:us|our|the)|contribut\w+|become a (?:member|supporter)"
        r"|readers like you|independent journalism|help us)\b",
        "newsletter": r"\b(?:newsletters?|sign ?up|inbox|subscri\w+|free trial|abonnieren)\b",
        "comments": r"\b(?:comments?|kommentare?|conversation|discussion|reply|replies)\b.{0,40}$",
        "read-more": r"^\W*(?:read|see|more|related|also|recommended|most|mehr|lesen|weiter|lire"
        r"|next|previous|don['’]t miss|click here|view)\b.{0,100}$",
        "caption": r"\b(?:photo|photograph|picture|image|foto|bild|getty|reuters|afp|alamy|epa"
        r"|shutterstock|file photo|courtesy)\b.{0,60}$",
        "byline": r"^\W*(?:by|von|par|por)\s+[A-Z].{0,80}$|\b(?:contributed to|reporting by)\b",
        "date": r"^.{0,24}\b(?:updated?|published|posted|\d{1,2}[:.]\d\d|20[012]\d)\b.{0,40}$",
        "legal": r"©|copyright|all rights reserved|terms of|privacy|cookies?\b",
    }.items()
}


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall, their harmonic mean, and how far it moves when pages are redrawn."""

    f1: float
    precision: float
    recall: float
    spread: float = 0.0


def shingled(true: Sequence[str], found: Sequence[str], *, resample: bool = False) -> Score:
    """The article benchmark's measure: shared runs of four words, every page with equal weight."""
    pages = [_page(one, other) for one, other in zip(true, found, strict=True)]
    score = _mean(pages)
    spread = 0.0
    if resample and pages:
        chance = random.Random(1)
        drawn = [_mean([chance.choice(pages) for _ in pages]).f1 for _ in range(_RESAMPLED)]
        middle = sum(drawn) / len(drawn)
        spread = (sum((each - middle) ** 2 for each in drawn) / len(drawn)) ** 0.5
    return Score(score.f1, score.precision, score.recall, spread)


def harmonic(precision: float, recall: float) -> float:
    """The harmonic mean of two shares."""
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0


def squeezed(text: str) -> str:
    """The words alone, in one spelling: no case, marks or soft hyphens."""
    plain = unicodedata.normalize("NFKC", text).replace("\xad", "").casefold()
    return " ".join(_TOKEN.findall(plain))


def leaks(lines: Sequence[str], genuine: str) -> Counter[str]:
    """Classes of the lines that are not in the genuine text and read like boilerplate.

    The patterns are the bench's own and looser than the product's, so that all are judged alike.
    """
    whole = squeezed(genuine)
    found: Counter[str] = Counter()
    for line in lines:
        if squeezed(line) in whole:
            continue
        name = next((name for name, pattern in _LEAKS.items() if pattern.search(line)), "")
        found.update([name] if name and len(line.split()) <= 60 else [])
    return found


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _TOKEN.findall(text)
    starts = range(max(1, len(words) - _SHINGLE + 1))
    return Counter(run for at in starts if (run := tuple(words[at : at + _SHINGLE])))


def _page(true: str, found: str) -> tuple[float, float]:
    """Precision and recall of one page; two empty texts are alike."""
    wanted, got = _shingles(true), _shingles(found)
    shared = sum((wanted & got).values())
    precision = shared / sum(got.values()) if got else float(not wanted)
    recall = shared / sum(wanted.values()) if wanted else 1.0
    return precision, recall


def _mean(pages: Sequence[tuple[float, float]]) -> Score:
    precision = sum(p for p, _ in pages) / max(1, len(pages))
    recall = sum(r for _, r in pages) / max(1, len(pages))
    return Score(harmonic(precision, recall), precision, recall)
