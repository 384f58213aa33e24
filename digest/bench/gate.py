"""The gate: small mistakes that it catches, and honest lines that it stops.

Rules and word lists were written with the even articles in sight; the odd ones were only counted.
Seven of the odd half's eleven Wikinews articles are the exception: they stood among the sample
newsroom's even ones, too, before copies were kept together.
"""

import csv
import json
import math
import time as stopwatch
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from random import Random

from digest.bench.gate_corruptions import KINDS, Told, names, ordinary
from digest.bench.past import shared
from digest.collect.untyped import mapping, sequence, text
from digest.model.edition import Check
from digest.model.news import Article
from digest.summarise import candidates, compress, days, gate, judge, selfcontained
from digest.summarise.judge import Line, Refused
from digest.summarise.style import Style
from digest.summarise.wording import ENGLISH
from digest.text import sentences, words

NOW = datetime(2026, 3, 16, 7, 0, tzinfo=UTC)
HALVES = ("even articles (tuned on)", "odd articles (held out)")
OWN = "own lines"
OWN_LINES = 3
"""Of each article, as bases for corruptions."""
BULLETIN = 7
NEWSROOM = "newsroom "
"""Before the name of an article of the sample newsroom, some of which are in other folders, too."""
LINE = 45
LONG = 999
"""More words than any line has: whole summaries are no lines, but what they say can be judged."""
OF_FORM = frozenset({"shape", "days"})
"""Rules that ask nothing of the story: an honest summary may break them."""

Say = Callable[[str], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Honest:
    """An article with lines that are known to be true of it, by where they come from."""

    article: Article
    lines: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrupted:
    """A false line of an article."""

    kind: str
    of: Honest
    beside: Honest
    """The article that the mistake may come from."""
    line: str
    reworded: bool
    """It was made of a line in a person's own words, not of a sentence of the article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many of how many."""

    found: int
    of: int

    def __str__(self) -> str:
        low, high = self.interval
        if not self.of:
            return "none"
        return (
            f"{100 * self.found / self.of:5.1f} % [{100 * low:.1f}, {100 * high:.1f}] of {self.of}"
        )

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's at 95 per cent."""
        if not self.of:
            return 0.0, 1.0
        z, n, p = 1.96, self.of, self.found / self.of
        middle, half = p + z * z / 2 / n, z * math.sqrt(p * (1 - p) / n + z * z / 4 / n / n)
        return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)


def run(say: Say) -> dict[str, object]:
    """Print the tables and return their figures."""
    folder = shared()
    halves = halved(load(folder))
    figures: dict[str, object] = {}
    for name, half in zip(HALVES, halves, strict=True):
        say(f"\n{name}")
        every, reworded = caught(half)
        goals = {kind: goal for kind, (_, goal) in KINDS.items()}
        figures[name] = {
            "caught": _say(every, say, "caught", goals),
            "caught reworded": _say(reworded, say, "of these, made of people's own wordings", {}),
            "alarms": _say(alarms(half), say, "alarms on honest lines", {}),
            "printed": _say(printed(half), say, "our own lines, as the writer sets them", {}),
        }
    say("\nsystem summaries with annotated errors (CLIFF); no rule was written with them in sight")
    figures["cliff"] = _say(cliff(folder / "summaries/cliff_error_types.csv"), say, "stopped", {})
    figures["milliseconds"] = _speed([each for half in halves for each in half], say)
    return figures


def load(folder: Path) -> list[Honest]:
    """Every article with its honest lines, those of the folder's language models among them."""
    found = [*_texts(folder / "summaries"), *_wikinews(folder), *_newsroom(folder)]
    return [_with_own_lines(each) for each in found]


def halved(honest: Sequence[Honest]) -> list[list[Honest]]:
    """Every second article, and the others; copies of one article stay together."""
    halves: list[list[Honest]] = [[], []]
    places: dict[str, int] = {}
    for number, each in enumerate(honest):
        key = each.article.url.removeprefix(NEWSROOM)
        halves[places.setdefault(key, number % 2)].append(each)
    return halves


def verdicts(line: str, known: gate.Facts, article: Article, **more: object) -> list[Check]:
    """The checks that refuse a line, those of its mere form apart."""
    written = days.published_on(article)
    others = more.get("others", ())
    assert isinstance(others, Sequence)
    checks = gate.verdicts(line, known, written=written, on=written, max_words=LONG, others=others)
    return [check for check in checks if not check.ok and check.name not in OF_FORM]


def alarms(half: Sequence[Honest]) -> dict[str, Share]:
    """Honest lines that are stopped, by where they come from."""
    stopped: Counter[str] = Counter()
    all_of: Counter[str] = Counter()
    for each in half:
        known = gate.facts(each.article, ENGLISH)
        for origin, lines in each.lines.items():
            all_of[origin] += len(lines)
            stopped[origin] += sum(bool(verdicts(line, known, each.article)) for line in lines)
    return {origin: Share(found=stopped[origin], of=n) for origin, n in all_of.items()}


def printed(half: Sequence[Honest]) -> dict[str, Share]:
    """Sentences that would be printed but for the gate, with names and days set right by rule."""
    stopped: Counter[str] = Counter()
    all_of: Counter[str] = Counter()
    for each in half:
        article = each.article
        if article.published is None:
            article = replace(article, published=NOW)
        for name, later in (("on the day", 0), ("three days later", 3)):
            on = article.when.date() + timedelta(days=later)
            case = judge.open_case(article, Style(on=on))
            assert case is not None, article.language
            for candidate in case.candidates.body:
                line = judge.judge(candidate, case)
                refused = isinstance(line, Refused) and line.because.startswith("the gate")
                all_of[name] += refused or isinstance(line, Line)
                stopped[name] += refused
    return {name: Share(found=stopped[name], of=n) for name, n in all_of.items()}


def corrupted(half: Sequence[Honest]) -> Iterator[Corrupted]:
    """Every false line that can be made of the honest ones that pass; those that are stopped
    anyhow would prove nothing."""
    told = [list(_passed(each)) for each in half]
    for number, each in enumerate(half):
        ahead = [n for n in range(number + 1, number + len(half)) if told[n % len(half)]]
        if not ahead:
            continue
        at = ahead[0] % len(half)
        for base, borrowed in zip(told[number], cycle(told[at])):
            for kind, (corrupt, _) in KINDS.items():
                made = corrupt(base, borrowed, Random(f"{kind} {base.line}"))
                if made is not None and made != base.line:
                    yield Corrupted(
                        kind=kind,
                        of=each,
                        beside=half[at],
                        line=made,
                        reworded=base.line not in each.lines.get(OWN, ()),
                    )


def caught(half: Sequence[Honest]) -> tuple[dict[str, Share], dict[str, Share]]:
    """False lines that are stopped, by kind, in a bulletin of seven stories; all, and those made
    of lines in other words than the article's."""
    stopped: Counter[tuple[str, bool]] = Counter()
    all_of: Counter[tuple[str, bool]] = Counter()
    known = {each.article.url: gate.facts(each.article, ENGLISH) for each in half}
    order = list(known)
    for made in corrupted(half):
        own = made.of.article.url
        at = order.index(own)
        beside = {order[(at + n) % len(order)] for n in range(1, BULLETIN)}
        urls = (beside | {made.beside.article.url}) - {own}
        wrong = verdicts(
            made.line, known[own], made.of.article, others=[known[url] for url in sorted(urls)]
        )
        all_of[made.kind, made.reworded] += 1
        stopped[made.kind, made.reworded] += bool(wrong)
    alone = {k: Share(found=stopped[k, True], of=all_of[k, True]) for k in KINDS}
    every = {
        k: Share(found=share.found + stopped[k, False], of=share.of + all_of[k, False])
        for k, share in alone.items()
    }
    return every, alone


def cliff(path: Path) -> dict[str, Share]:
    """Summaries with an annotated error, and those without one."""
    found: dict[str, list[bool]] = {}
    with path.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            article = _article(row["id"], row["doc"])
            line = " ".join(row["summ"].replace("<n>", " ").split())
            wrong = bool(verdicts(line, gate.facts(article, ENGLISH), article))
            kind = "correct" if row["error_type"] == "correct" else "wrong"
            found.setdefault(f"{row['origin']}, {kind}", []).append(wrong)
    return {kind: Share(found=sum(all_of), of=len(all_of)) for kind, all_of in found.items()}


def _passed(each: Honest) -> Iterator[Told]:
    """The article's lines that pass, ready to be made false."""
    known = gate.facts(each.article, ENGLISH)
    body = " ".join((each.article.headline, *each.article.paragraphs))
    own = each.lines.get(OWN, ())
    human = [
        sentence
        for origin, lines in each.lines.items()
        if origin not in (OWN, "lines of language models")
        for line in lines
        for sentence in sentences.split(line)[:1]
    ]
    step = max(1, len(own) // OWN_LINES)
    for line in dict.fromkeys((*own[::step][:OWN_LINES], *human[:OWN_LINES])):
        if not verdicts(line, known, each.article):
            yield Told(line=line, names=names(body), words=ordinary(body), text=body)


def _with_own_lines(each: Honest) -> Honest:
    """All sentences of the body that could be printed as far as their words go, compressed."""
    lines = []
    for candidate in candidates.of(each.article, ENGLISH).body:
        line = compress.compress(candidate.text, 35, ENGLISH)
        whole = 6 <= words.count(line) <= 35 and not candidate.spoken
        if whole and not selfcontained.problem(line, ENGLISH):
            lines.append(line)
    return Honest(article=each.article, lines={OWN: lines, **each.lines})


def _article(url: str, *paragraphs: str, headline: str = "", on: str = "") -> Article:
    return Article(
        url=url,
        source_id="bench",
        headline=headline,
        paragraphs=paragraphs,
        published=datetime.fromisoformat(on[:10]).replace(hour=12, tzinfo=UTC) if on else None,
        collected=NOW,
    )


def _rows(path: Path) -> list[Mapping[str, object]]:
    return [mapping(json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def _texts(folder: Path) -> list[Honest]:
    found = []
    for name in ("cnndm_val_dev.jsonl", "cnndm_train100.jsonl"):
        for told in _rows(folder / name):
            first = text(sequence(told["ref"])[0])
            article = _article(text(told["id"]), text(told["text"]))
            found.append(Honest(article=article, lines={"first highlights": [first]}))
    for told in _rows(folder / "writers109.jsonl"):
        paragraphs = text(told["text"]).split("\n\n")
        lines = [" ".join(text(line).split()) for line in sequence(told["refs"])]
        article = _article(text(told["id"]), *filter(None, paragraphs))
        found.append(Honest(article=article, lines={"writers' summaries": lines}))
    return found


def _wikinews(folder: Path) -> list[Honest]:
    machine: dict[str, list[str]] = {}
    for told in _rows(folder / "summaries/gum_machine_lines.jsonl"):
        machine.setdefault(text(told["id"]), []).append(text(told["text"]))
    found = []
    for name in ("gum_news.jsonl", "gum_interview.jsonl"):
        for told in _rows(folder / "summaries" / name):
            blocks = [mapping(block) for block in sequence(told["blocks"])]
            paragraphs = [
                " ".join(map(text, sequence(block["sentences"])))
                for block in blocks
                if block["kind"] not in ("head", "caption")
            ]
            human = [text(mapping(line)["text"]) for line in sequence(told["human"])]
            key = text(told["id"])
            found.append(
                Honest(
                    article=_article(
                        key, *paragraphs, headline=text(told["title"]), on=text(told["date"])
                    ),
                    lines={
                        "human one-liners (GUM)": human,
                        "lines of language models": machine.get(key, []),
                    },
                )
            )
    return found


def _newsroom(folder: Path) -> list[Honest]:
    gold = {
        text(told["id"]): [text(mapping(one)["text"]) for one in sequence(told["summaries"])]
        for told in _rows(folder / "newsroom/gold_summaries.jsonl")
    }
    found = []
    for path in sorted((folder / "newsroom/articles").glob("*.json")):
        told = mapping(json.loads(path.read_text("utf-8")))
        paragraphs = [text(sequence(block)[1]) for block in sequence(told["body"])]
        article = _article(
            f"{NEWSROOM}{path.stem}",
            *paragraphs,
            headline=text(told["title"]),
            on=text(told["date"]),
        )
        lines = gold.get(path.stem, [])
        found.append(Honest(article=article, lines={"human one-liners (newsroom)": lines}))
    return found


def _say(
    shares: Mapping[str, Share], say: Say, what: str, goals: Mapping[str, float]
) -> dict[str, list[int]]:
    say(f"  {what}")
    for name, share in shares.items():
        goal = f"   goal {goals[name]:g}" if goals.get(name) else ""
        say(f"    {name:<30}{share!s:<36}{goal}")
    return {name: [share.found, share.of] for name, share in shares.items()}


def _speed(honest: Sequence[Honest], say: Say) -> dict[str, float]:
    """CPU time of a line of at most 45 words, and of taking a story apart."""
    spent, apart = [], []
    for each in honest:
        start = stopwatch.process_time()
        known = gate.facts(each.article, ENGLISH)
        apart.append(stopwatch.process_time() - start)
        for lines in each.lines.values():
            for line in (line for line in lines[:2] if words.count(line) <= LINE):
                start = stopwatch.process_time()
                verdicts(line, known, each.article)
                spent.append(stopwatch.process_time() - start)
    spent.sort()
    figures = {
        "a line, mean": 1e3 * sum(spent) / len(spent),
        "a line, p95": 1e3 * spent[len(spent) * 95 // 100],
        "a story taken apart, mean": 1e3 * sum(apart) / len(apart),
    }
    say("\n" + "; ".join(f"{what} {ms:.2f} ms" for what, ms in figures.items()))
    return figures
