"""Lines of one sentence beside sumy and summa, against what editors wrote, in one run."""

import time as stopwatch
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from statistics import median

from digest.bench import summary_data, summary_rivals, summary_rouge, train
from digest.bench.forgetting import forget
from digest.bench.past import shared
from digest.bench.summary_data import NOW, Told
from digest.bench.summary_measures import LONGEST, Ratio, Scores, looks, ratio, scored
from digest.bench.summary_rivals import Answers
from digest.bench.summary_rouge import Rouge
from digest.model.edition import Brief
from digest.model.news import Article, Pick, Story
from digest.summarise import brief, bulletin
from digest.summarise.style import Style
from digest.text import sentences, words

WHOLE, FIRST, TWO = 1.12, 1.08, 1.04
"""So many times the ROUGE-1 of the article's own first sentence (or first two), at least."""
OURS = "digest, 5-fold"
SHIPPED = "digest as shipped"
LEAD = "lead-1"
ORACLE = "oracle of 35 words"
BULLETIN = 50
"""Milliseconds that a bulletin may take."""
PEOPLE_ABOVE_LEAD, PEOPLE_OF_ORACLE = 2.0, 0.93
_TWO_SENTENCES = 70
"""Words that two sentences may have."""
_MOST = 60
"""Sentences of an article that anybody chooses from."""
_STORIES, _CANDIDATES, _TIMED = 7, 30, 5
_STYLE = Style(on=NOW.date())

Say = Callable[[str], object]
Figures = dict[str, object]
Lines = Mapping[str, Sequence[str]]


def run(say: Say) -> Figures:
    """Print the tables and return their figures; without the data, say what is missing."""
    data = shared()
    path = data / "summaries" / summary_data.CNN
    if not path.exists():
        missing = f"articles with their editors' highlights are not here ({path}): nothing measured"
        say(missing)
        return {"skipped": missing}
    told = summary_data.highlights(path)
    also = [train.lesson(t) for t in summary_data.highlights(path.with_name(summary_data.MIXED))]
    split = [sentences.split(t.article.paragraphs[0])[:_MOST] for t in told]
    one, spent = _ours(told, _STYLE)
    two, _ = _ours(told, replace(_STYLE, max_words=_TWO_SENTENCES), most=2)
    pairs = [("\n".join(t.lines), line) for t, line in zip(told, one, strict=True)]
    peers = summary_rivals.ask(split, pairs)
    if peers.problem:
        say(f"sumy and summa could not be asked ({peers.problem}): their rows are left out")
    lessons = [train.lesson(t) for t in told]
    ours = {OURS: train.crossed(lessons, also), SHIPPED: one}
    plain = {"lead-1, no dateline": [lesson.texts[0] for lesson in lessons]}
    singles = {LEAD: [s[0] for s in split], **plain, **_of(peers, 0), **ours}
    doubles = {"lead-2": [" ".join(s[:2]) for s in split], **_of(peers, 1), SHIPPED: two}
    return {
        "one sentence": _one(say, singles, told, split),
        "looks": _looks(say, singles),
        "two sentences": _two(say, doubles, told),
        "people": _people(say, summary_data.wikinews(data)),
        "speed": _speed(say, spent, peers),
        "bulletin": _bulletin(say, summary_data.newsroom(data)),
        "rouge-score": _agreement(say, pairs, peers),
    }


def _of(peers: Answers, place: int) -> dict[str, Sequence[str]]:
    return {name: found[place] for name, found in peers.lines.items()}


def _ours(told: Sequence[Told], style: Style, most: int = 1) -> tuple[list[str], float]:
    """Our lines, "" for none, and the CPU-seconds that one took."""
    start = stopwatch.process_time()
    written = [brief.write(t.article, style, sentences=most) for t in told]
    spent = (stopwatch.process_time() - start) / len(told)
    return [each.line if isinstance(each, Brief) else "" for each in written], spent


def _one(say: Say, lines: Lines, told: Sequence[Told], split: Sequence[Sequence[str]]) -> Figures:
    """Every method's single sentence against all highlights and the first."""
    people = [t.lines for t in told]
    found = {name: scored(said, people) for name, said in lines.items()}
    lead = found[LEAD]
    say(f"\n{len(told)} CNN articles, one sentence; ROUGE F1 x 100, by lead-1 [95 % of redraws]")
    say(f"{'':<22}{'all highlights':^18}{'first highlight':^18}{'ROUGE-1 by lead-1':^44}")
    say(f"{'':<22}" + f"{'R1':>6}{'R2':>6}{'RL':>6}" * 2 + f"{'all':^22}{'first':^22}")
    figures: Figures = {}
    for name, scores in found.items():
        times = _times(scores, lead)
        say(f"{name:<22}{_cells(scores)}  {times[0]!s:<22}{times[1]!s:<22}")
        figures[name] = _figures(scores, times)
    oracle = _oracle(split, people)
    say(f"{ORACLE:<22}{_row(*oracle)}")
    figures[ORACLE] = [asdict(each) for each in oracle]
    say(f"{OURS}: weights trained on the other four fifths and on {summary_data.MIXED};")
    say(f"{SHIPPED}: these very articles were among those its weights were trained on")
    whole, first = _times(found[OURS], lead)
    _held(say, "all highlights", whole.times, WHOLE)
    _held(say, "first highlight", first.times, FIRST)
    rivals = [n for n in found if n.startswith("sum")]
    better = [n for n in rivals if _means(found[n])[0] >= _means(found[OURS])[0]]
    better += [n for n in rivals if _means(found[n])[1] >= _means(found[OURS])[1]]
    verdict = f"MISSED, {', '.join(better)}" if better else "held"
    say(f"above every method of sumy and summa: {verdict}")
    return figures


def _looks(say: Say, lines: Lines) -> Figures:
    """Lengths, and what readers would stumble over."""
    say(
        f"\n{'':<22}{'words':>7}{'> 35':>6}{'anaphors':>10}{'questions':>11}{'cut':>5}"
        f"{'I/we':>7}{'none':>6}"
    )
    figures: Figures = {}
    for name, said in lines.items():
        seen = looks(said)
        say(
            f"{name:<22}{seen.words:>7.1f}{seen.long:>6}{seen.anaphors:>10.1%}"
            f"{seen.questions:>11}{seen.cut:>5}{seen.own_voice:>7.1%}{seen.none:>6}"
        )
        figures[name] = asdict(seen)
    return figures


def _two(say: Say, lines: Lines, told: Sequence[Told]) -> Figures:
    """Two sentences against all highlights."""
    people = [t.lines for t in told]
    found = {name: scored(said, people) for name, said in lines.items()}
    lead = next(iter(found.values()))
    say(f"\ntwo sentences, against all highlights{'R1':>7}{'R2':>6}{'RL':>6}  ROUGE-1 by lead-2")
    figures: Figures = {}
    for name, scores in found.items():
        times = _times(scores, lead)
        say(f"{name:<36}{_cells(scores)[:18]:>20}  {times[0]}")
        figures[name] = _figures(scores, times)
    _held(say, "two sentences, as shipped", _times(found[SHIPPED], lead)[0].times, TWO)
    return figures


def _people(say: Say, told: Sequence[Told]) -> Figures:
    """Wikinews stories with headlines, against the one line that each of several people wrote."""
    found = [brief.write(t.article, _STYLE) for t in told]
    ours = [each.line if isinstance(each, Brief) else "" for each in found]
    bodies = [
        [s for paragraph in t.article.paragraphs for s in sentences.split(paragraph)] for t in told
    ]
    rows = {
        LEAD: [body[0] for body in bodies],
        "headline": [t.article.headline for t in told],
        SHIPPED: ours,
    }
    means = {
        name: 100 * _mean([_by_people(line, t) for line, t in zip(lines, told, strict=True)])
        for name, lines in rows.items()
    }
    means[ORACLE] = 100 * _mean(
        [
            max((_by_people(s, t) for s in body if words.count(s) <= LONGEST), default=0.0)
            for body, t in zip(bodies, told, strict=True)
        ]
    )
    say(f"\n{len(told)} Wikinews stories, ROUGE-1 against people's one line (mean of the people)")
    for name, value in means.items():
        say(f"{name:<22}{value:>6.2f}")
    _held(say, "above lead-1", means[SHIPPED] - means[LEAD], PEOPLE_ABOVE_LEAD)
    _held(say, "of the oracle", means[SHIPPED] / means[ORACLE], PEOPLE_OF_ORACLE)
    return dict(means)


def _speed(say: Say, spent: float, peers: Answers) -> Figures:
    """CPU for one line of one article; ours splits the text and checks the line as well."""
    say(f"\nCPU for one line: digest {1000 * spent:.1f} ms, splitting and checking included")
    for name, seconds in peers.seconds.items():
        say(f"{name:<22}{1000 * seconds:>6.1f} ms {seconds / spent:>6.1f} times ours")
    return {"digest": spent, **peers.seconds}


def _bulletin(say: Say, articles: Sequence[Article]) -> Figures:
    """The time of one bulletin out of 30 stories."""
    picks = [
        Pick(story=Story(articles=(article,)), score=1.0, because="for the bench")
        for article in articles[-_CANDIDATES:]
    ]
    taken = []
    for _ in range(_TIMED):
        forget()
        start = stopwatch.process_time()
        found = bulletin.write(picks, _STYLE, stories=_STORIES, words=210, sources={})
        taken.append(1000 * (stopwatch.process_time() - start))
    verdict = "held" if median(taken) <= BULLETIN else "MISSED"
    say(
        f"\na bulletin of {len(found.briefs)} from {len(picks)} stories, {found.words} words:"
        f" {median(taken):.0f} ms (at most {BULLETIN}: {verdict})"
    )
    return {"milliseconds": median(taken), "words": found.words}


def _agreement(say: Say, pairs: Sequence[tuple[str, str]], peers: Answers) -> Figures:
    """How far our ROUGE is from rouge-score's, on our own lines."""
    off = [
        max(abs(ours.one - one), abs(ours.two - two), abs(ours.longest - longest))
        for ours, (one, two, longest) in zip(
            (summary_rouge.of(*pair) for pair in pairs), peers.rouge, strict=False
        )
    ]
    if off:
        say(f"\nour ROUGE is off rouge-score by {100 * _mean(off):.3f} in the mean, at most")
        say(f"{100 * max(off):.2f}, on {len(off)} lines")
    return {"mean": _mean(off), "most": max(off, default=0.0)}


def _oracle(split: Sequence[Sequence[str]], people: Sequence[Sequence[str]]) -> tuple[Rouge, Rouge]:
    """The best sentence of each article by each measure, none above 35 words."""
    best: list[tuple[Rouge, Rouge]] = []
    for told, found in zip(people, split, strict=True):
        short = [s for s in found if words.count(s) <= LONGEST]
        scores = scored(short, [told] * len(short))
        best.append((Rouge.best(scores.whole), Rouge.best(scores.first)))
    return Rouge.mean([whole for whole, _ in best]), Rouge.mean([first for _, first in best])


def _times(scores: Scores, lead: Scores) -> tuple[Ratio, Ratio]:
    return (
        ratio([each.one for each in scores.whole], [each.one for each in lead.whole]),
        ratio([each.one for each in scores.first], [each.one for each in lead.first]),
    )


def _means(scores: Scores) -> tuple[float, float]:
    return scores.means[0].one, scores.means[1].one


def _cells(scores: Scores) -> str:
    return _row(*scores.means)


def _row(*means: Rouge) -> str:
    return "".join(f"{100 * m.one:>6.2f}{100 * m.two:>6.2f}{100 * m.longest:>6.2f}" for m in means)


def _figures(scores: Scores, times: tuple[Ratio, Ratio]) -> Figures:
    whole, first = scores.means
    return {
        "all": asdict(whole),
        "first": asdict(first),
        "all by lead": asdict(times[0]),
        "first by lead": asdict(times[1]),
    }


def _by_people(line: str, told: Told) -> float:
    return _mean([summary_rouge.of(said, line).one for said in told.lines])


def _mean(values: Sequence[float]) -> float:
    return sum(values) / max(1, len(values))


def _held(say: Say, name: str, value: float, least: float) -> None:
    say(f"{name}: {value:.3f} (at least {least:g}: {'held' if value >= least else 'MISSED'})")
