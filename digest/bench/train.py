"""Train the ranker: `python -m digest.bench.train FILES…` writes digest/summarise/weights.py.

A linear model, learnt list by list: the weights make the ROUGE-1 that one draws as large as it can
be when each article's sentence is drawn with the odds that the scores give. Sentences that may not
be printed take part with half a say, because what is good in them is good in others.
"""

import math
import random
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import add, mul
from pathlib import Path

from digest.bench import summary_data, summary_measures, summary_rouge
from digest.bench.summary_data import Told
from digest.bench.summary_measures import Ratio
from digest.summarise import features, judge, ranking
from digest.summarise.judge import Line
from digest.summarise.style import Style
from digest.summarise.weight import Weight
from digest.summarise.wording import ENGLISH

FEATURES = tuple(
    name
    for name in features.table([features.read("Any.", ENGLISH)], ENGLISH)[0]
    if name not in ranking.PENALTIES
)
FOLDS = 5
_SHRINK = 0.0105
_UNPRINTED = 0.5
"""How much the list of all sentences counts beside the list of those that may be printed."""
_ROUNDS = 60
_STEP, _LONGER, _SHORTER, _SMALLEST, _LARGEST = 0.05, 1.2, 0.5, 1e-4, 0.5

_TEMPLATE = '''"""The ranker's weights, as `python -m digest.bench.train` wrote them.

Trained on {size} articles of

{files}

Cross-validated in {folds} parts, each by weights trained on the other parts, ROUGE-1 by that of
the articles' first sentences, with the middle 95 % of drawing the articles again:

- all highlights: {whole}
- first highlight: {first}

Never tune and report on the same articles.
"""

from digest.summarise.weight import Weight

WEIGHTS: dict[str, Weight] = {{
{table}
}}
'''

Row = tuple[float, ...]
Weights = Mapping[str, Weight]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One article's sentences."""

    rows: tuple[Row, ...]
    handicaps: tuple[float, ...]
    """What each loses by rule, whatever is learnt."""
    printed: tuple[bool, ...]
    gains: tuple[float, ...]
    """ROUGE-1 against all highlights and against the first, added: what is to become large."""
    texts: tuple[str, ...]
    """As they would be printed; where they may not be, as they stand."""
    lead: str
    """The first of them with its dateline."""


def main(names: Sequence[str], folder: Path = Path(features.__file__).parent) -> None:
    """Train on the files and write the table of weights, beside the ranker unless told where."""
    told = [each for name in names for each in summary_data.highlights(Path(name))]
    lessons = [lesson(each) for each in told]
    text = _module(train(lessons), len(told), names, _crossed(lessons, told))
    (folder / "weights.py").write_text(text, "utf-8")


def lesson(told: Told) -> Lesson:
    """What there is to learn from one article."""
    case = judge.open_case(told.article, Style(on=summary_data.NOW.date()))
    assert case is not None, told.article.language
    body = case.candidates.body[: ranking.MOST_SENTENCES]
    table = features.table([features.read(c.text, ENGLISH) for c in body], ENGLISH)
    lines = [judge.judge(candidate, case) for candidate in body]
    texts = [
        line.text if isinstance(line, Line) else candidate.text
        for line, candidate in zip(lines, body, strict=True)
    ]
    said = [summary_rouge.tokens(text) for text in texts]
    whole, first = (
        [summary_rouge.one(wanted, tokens) for tokens in said]
        for wanted in map(summary_rouge.tokens, ("\n".join(told.lines), told.lines[0]))
    )
    return Lesson(
        rows=tuple(tuple(row[name] for name in FEATURES) for row in table),
        handicaps=tuple(map(ranking.penalty, table)),
        printed=tuple(isinstance(line, Line) for line in lines),
        gains=tuple(map(add, whole, first)),
        texts=tuple(texts),
        lead=body[0].source.text if body else "",
    )


def train(lessons: Sequence[Lesson]) -> dict[str, Weight]:
    """The weights that make the expected gain largest, and how the features were spread."""
    spread = _spread(lessons)
    ready = [_standardised(each, spread) for each in lessons]
    weights = _ascend(lambda w: _slope(ready, w), len(FEATURES))
    return {
        name: Weight(mean, deviation, weight)
        for name, (mean, deviation), weight in zip(FEATURES, spread, weights, strict=True)
    }


def folds(size: int, seed: int = 0) -> list[list[int]]:
    """The numbers from 0 on, shuffled into equal parts."""
    numbers = list(range(size))
    random.Random(seed).shuffle(numbers)
    return [numbers[part::FOLDS] for part in range(FOLDS)]


def crossed(lessons: Sequence[Lesson], also: Sequence[Lesson] = ()) -> list[str]:
    """The line of each article by weights trained on the others, and on `also`; "" for none."""
    found = [""] * len(lessons)
    for held in folds(len(lessons)):
        others = [each for n, each in enumerate(lessons) if n not in set(held)]
        weights = train([*others, *also])
        for number in held:
            chosen = choice(lessons[number], weights)
            found[number] = "" if chosen is None else lessons[number].texts[chosen]
    return found


def choice(lesson: Lesson, weights: Weights) -> int | None:
    """The best sentence that may be printed, by its number from 0."""
    by_name = [dict(zip(FEATURES, row, strict=True)) for row in lesson.rows]
    return max(
        (n for n, printed in enumerate(lesson.printed) if printed),
        key=lambda n: features.score(by_name[n], weights) - lesson.handicaps[n],
        default=None,
    )


def _spread(lessons: Sequence[Lesson]) -> list[tuple[float, float]]:
    """Mean and standard deviation of each feature in what may be printed."""
    rows = [
        row
        for lesson in lessons
        for row, printed in zip(lesson.rows, lesson.printed, strict=True)
        if printed
    ]
    found = []
    for column in zip(*rows, strict=True):
        mean = sum(column) / len(column)
        deviation = math.sqrt(sum((value - mean) ** 2 for value in column) / len(column))
        found.append((mean, deviation or 1.0))
    return found


def _standardised(lesson: Lesson, spread: Sequence[tuple[float, float]]) -> Lesson:
    return replace(
        lesson,
        rows=tuple(
            tuple((value - mean) / sd for value, (mean, sd) in zip(row, spread, strict=True))
            for row in lesson.rows
        ),
    )


def _slope(lessons: Sequence[Lesson], weights: Sequence[float]) -> list[float]:
    """How the shrunken mean of the expected gains grows with each weight."""
    slope = [-2 * _SHRINK * len(lessons) * weight for weight in weights]
    for lesson in lessons:
        pulls = _pulls(lesson, weights)
        for row, pull in zip(lesson.rows, pulls, strict=True):
            if pull:
                for index, value in enumerate(row):
                    slope[index] += pull * value
    return slope


def _pulls(lesson: Lesson, weights: Sequence[float]) -> list[float]:
    """How much each sentence's score should grow: its odds times what it gains above the mean."""
    scores = [
        sum(map(mul, row, weights)) - handicap
        for row, handicap in zip(lesson.rows, lesson.handicaps, strict=True)
    ]
    top = max(scores, default=0.0)
    odds = [math.exp(score - top) for score in scores]
    pulls = [0.0] * len(odds)
    for say, taking in ((1.0, lesson.printed), (_UNPRINTED, (True,) * len(odds))):
        shares = [odd if takes else 0.0 for odd, takes in zip(odds, taking, strict=True)]
        total = sum(shares)
        if total <= 0:
            continue
        mean = sum(map(mul, shares, lesson.gains)) / total
        for index, share in enumerate(shares):
            pulls[index] += say * share / total * (lesson.gains[index] - mean)
    return pulls


def _ascend(slope_at: Callable[[Sequence[float]], Sequence[float]], size: int) -> list[float]:
    """Uphill in steps of their own for each weight: longer while its slope keeps its sign."""
    weights, steps, before = [0.0] * size, [_STEP] * size, [0.0] * size
    for _ in range(_ROUNDS):
        slope = list(slope_at(weights))
        for index, now in enumerate(slope):
            agreed = now * before[index]
            if agreed > 0:
                steps[index] = min(_LARGEST, steps[index] * _LONGER)
            elif agreed < 0:
                steps[index] = max(_SMALLEST, steps[index] * _SHORTER)
                slope[index] = 0.0
            weights[index] += math.copysign(steps[index], slope[index]) if slope[index] else 0.0
        before = slope
    return weights


def _crossed(lessons: Sequence[Lesson], told: Sequence[Told]) -> list[Ratio]:
    """ROUGE-1 by that of the first sentences, against all highlights and the first."""
    people = [each.lines for each in told]
    ours = summary_measures.scored(crossed(lessons), people)
    lead = summary_measures.scored([each.lead for each in lessons], people)
    return [
        summary_measures.ratio([score.one for score in mine], [score.one for score in theirs])
        for mine, theirs in ((ours.whole, lead.whole), (ours.first, lead.first))
    ]


def _module(weights: Weights, size: int, names: Sequence[str], ratios: Sequence[Ratio]) -> str:
    """The text of `digest/summarise/weights.py`."""
    return _TEMPLATE.format(
        size=size,
        files="\n".join(f"- {Path(name).name}" for name in names),
        folds=FOLDS,
        whole=ratios[0],
        first=ratios[1],
        table="\n".join(
            f'    "{name}": Weight({w.mean:.4f}, {w.spread:.4f}, {w.weight:.4f}),'
            for name, w in weights.items()
        ),
    )


if __name__ == "__main__":
    main(sys.argv[1:])
