"""How good lines are: against people's lines, by their looks, and against a rival with chance."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.bench import summary_rouge
from digest.bench.summary_rouge import Rouge
from digest.text import words

LONGEST = 35
_RESAMPLED = 1000
_ANAPHOR = re.compile(
    r"[\"“‘']?(?i:he|she|it|they|his|her|hers|its|their|theirs|that|these|those|such|both|another"
    r"|this(?! (?:year|month|week|weekend|spring|summer|autumn|fall|winter|morning)\b)"
    r"|the (?:company|man|woman|two|pair|couple|report|study|group|team|officials?|suspects?"
    r"|victims?|former|latter)(?! (?:of|who|that|behind|in|at|from)\b|,? [A-Z]))\b"
)
_OWN_VOICE = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|[Mm]y|[Oo]ur|[Yy]our)\b")
_ENDS = ".!?\"”’')"
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """One method's lines against all highlights and against the first, article by article."""

    whole: tuple[Rouge, ...]
    first: tuple[Rouge, ...]

    @property
    def means(self) -> tuple[Rouge, Rouge]:
        """Of both, over the articles."""
        return Rouge.mean(self.whole), Rouge.mean(self.first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What readers would stumble over."""

    words: float
    """Mean of the lines that there are."""
    none: int
    """Articles without a line."""
    long: int
    """Lines of more than 35 words."""
    anaphors: float
    """Share of lines that open with what only earlier text explains."""
    questions: int
    cut: int
    """Lines with an omission, or without an end."""
    own_voice: float
    """Share of lines that say I, we or you outside a quotation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """How many times a rival's mean, with the middle 95 % of drawing the articles again."""

    times: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.times:.3f} [{self.low:.3f}, {self.high:.3f}]"


def scored(lines: Sequence[str], people: Sequence[Sequence[str]]) -> Scores:
    """The lines against each article's highlights."""
    pairs = list(zip(lines, people, strict=True))
    return Scores(
        whole=tuple(summary_rouge.of("\n".join(told), line) for line, told in pairs),
        first=tuple(summary_rouge.of(told[0], line) for line, told in pairs),
    )


def ratio(ours: Sequence[float], rival: Sequence[float]) -> Ratio:
    """Our mean by the rival's over the same articles."""
    chance = random.Random(1)
    pairs = list(zip(ours, rival, strict=True))
    drawn = sorted(_times(chance.choices(pairs, k=len(pairs))) for _ in range(_RESAMPLED))
    edge = _RESAMPLED // 40
    return Ratio(times=_times(pairs), low=drawn[edge], high=drawn[-edge - 1])


def looks(lines: Sequence[str]) -> Looks:
    """What can be counted of the lines without the articles."""
    found = [line for line in lines if line]
    size = max(1, len(found))
    own = [_QUOTED.sub("", line) for line in found]
    return Looks(
        words=sum(map(words.count, found)) / size,
        none=len(lines) - len(found),
        long=sum(words.count(line) > LONGEST for line in found),
        anaphors=sum(bool(_ANAPHOR.match(line)) for line in found) / size,
        questions=sum(line.rstrip("\"”’'").endswith("?") for line in found),
        cut=sum("…" in line or "..." in line or line[-1] not in _ENDS for line in found),
        own_voice=sum(bool(_OWN_VOICE.search(line)) for line in own) / size,
    )


def _times(pairs: Sequence[tuple[float, float]]) -> float:
    return sum(one for one, _ in pairs) / max(1e-9, sum(other for _, other in pairs))
