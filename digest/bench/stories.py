"""Same-story grouping on annotated events, near-duplicates, and real days replayed."""

import json
import time as stopwatch
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from digest.bench import replay
from digest.bench.past import shared
from digest.collect.untyped import mapping, sequence, text
from digest.model.news import Article
from digest.select import duplicates, stories
from digest.select.likeness import likeness, read
from digest.select.linking import average_link

NOW = datetime(2026, 3, 16, 7, 0, tzinfo=UTC)
ONE_STEP = (0.22, 0.16)
"""Thresholds of plain average link: the one that was best, and the one that finds as much."""
ARTICLES = 1000
"""As many as a large newsletter has to choose from in a day."""
EDITED_EVERY = 10
TOP = "Our town woke up to news from far away this morning, and many here will remember the day."
TAIL = "Read the whole story with pictures in tomorrow's paper; additional reporting by our staff."

Say = Callable[[str], object]
Grouper = Callable[[Sequence[Article]], list[list[Article]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One annotated text: its event, and the topic that holds two look-alike events."""

    article: Article
    event: str
    topic: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How well groups agree with events."""

    texts: int
    precision: float
    recall: float
    f: float
    pair_f: float
    pairs: int
    """Topics with two look-alike events."""
    merged: int
    """Of these, pairs of which one group holds at least half of both events."""
    touched: int
    """Pairs with any group that holds texts of both."""
    strangers: int
    """Groups with texts of several topics."""


def run(say: Say) -> dict[str, object]:
    """Print the tables and return their figures."""
    folder = shared()
    return {
        "grouping": _grouping(documents(folder / "stories/ecbplus/docs.json"), say),
        "duplicates": _duplicates(_texts(folder / "summaries"), say),
        "seconds": _seconds(folder, say),
        "replay": replay.run(say),
    }


def documents(path: Path) -> list[Document]:
    """ECB+ as articles without a headline, one paragraph each, all of one hour."""
    found = []
    for each in sequence(json.loads(path.read_text("utf-8"))):
        told = mapping(each)
        body = " ".join(text(line) for line in sequence(told["sentences"]))
        topic = told["topic"]
        assert isinstance(topic, int)
        article = _article(text(told["id"]), body)
        found.append(Document(article=article, event=text(told["event"]), topic=topic))
    return found


def score(found: Sequence[Document], grouper: Grouper = stories.group) -> Score:
    """B-cubed and pair figures of the groups, and what became of look-alike events."""
    of = {document.article.url: document for document in found}
    groups = [
        Counter((of[a.url].topic, of[a.url].event) for a in group)
        for group in grouper([document.article for document in found])
    ]
    sizes = Counter((document.topic, document.event) for document in found)
    precision = sum(n * n / group.total() for group in groups for n in group.values()) / len(found)
    recall = sum(n * n / sizes[e] for group in groups for e, n in group.items()) / len(found)
    right = sum(_pairs(n) for group in groups for n in group.values())
    made = sum(_pairs(group.total()) for group in groups)
    wanted = sum(_pairs(n) for n in sizes.values())
    topics = Counter(topic for topic, _ in sizes)
    return Score(
        texts=len(found),
        precision=precision,
        recall=recall,
        f=2 * precision * recall / (precision + recall),
        pair_f=2 * right / (made + wanted),
        pairs=sum(1 for events in topics.values() if events > 1),
        merged=len(_mixed(groups, lambda event, n: 2 * n >= sizes[event])),
        touched=len(_mixed(groups, lambda event, n: True)),
        strangers=sum(1 for group in groups if len({topic for topic, _ in group}) > 1),
    )


def one_step(least: float) -> Grouper:
    """Plain average link with one threshold, for comparison."""

    def group(articles: Sequence[Article]) -> list[list[Article]]:
        table = likeness(read(articles))
        groups = average_link([[n] for n in range(len(articles))], table, least=least)
        return [[articles[n] for unit in group for n in unit] for group in groups]

    return group


def copies(original: str) -> Iterator[tuple[str, str]]:
    """A text as other papers print it: how, and the text."""
    words = original.split()
    edited = [word[::-1] if n % EDITED_EVERY == 5 else word for n, word in enumerate(words)]
    yield "own top and tail", f"{TOP} {original} {TAIL}"
    yield "every 10th word edited", " ".join(edited)
    yield "a fifth cut off", " ".join(words[: len(words) * 4 // 5])
    yield "half cut off", " ".join(words[: len(words) // 2])


def _mixed(
    groups: Sequence[Mapping[tuple[int, str], int]],
    enough: Callable[[tuple[int, str], int], bool],
) -> set[int]:
    """Topics of which one group holds enough of two events."""
    found = set()
    for group in groups:
        held = Counter(event[0] for event, n in group.items() if enough(event, n))
        found |= {topic for topic, events in held.items() if events > 1}
    return found


def _pairs(n: int) -> int:
    return n * (n - 1) // 2


def _article(url: str, *paragraphs: str, headline: str = "") -> Article:
    return Article(
        url=url,
        source_id="bench",
        headline=headline,
        paragraphs=paragraphs,
        published=NOW,
        collected=NOW,
    )


def _grouping(found: Sequence[Document], say: Say) -> dict[str, object]:
    parts = {
        "even topics (tuned on)": [d for d in found if d.topic % 2 == 0],
        "odd topics": [d for d in found if d.topic % 2],
        "all": found,
    }
    methods = {f"average link at {least}": one_step(least) for least in ONE_STEP}
    methods["digest"] = stories.group
    say("ECB+: B-cubed, pairs, and look-alike events put together (all but a few / any text)")
    say(f"{'texts':<24}{'method':<24}{'P':>6}{'R':>7}{'F':>7}{'pair F':>8}{'look-alikes':>16}")
    figures: dict[str, object] = {}
    for name, part in parts.items():
        for method, grouper in methods.items():
            got = score(part, grouper)
            say(
                f"{name:<24}{method:<24}{got.precision:>6.3f}{got.recall:>7.3f}{got.f:>7.3f}"
                f"{got.pair_f:>8.3f}{f'{got.merged} / {got.touched} of {got.pairs}':>16}"
            )
            figures[f"{name}: {method}"] = asdict(got)
    return figures


def _texts(folder: Path) -> list[str]:
    """News texts of at least a hundred words, none of them twice."""
    found: dict[str, str] = {}
    for name in ("cnndm_val_dev.jsonl", "cnndm_train100.jsonl"):
        for line in (folder / name).read_text("utf-8").splitlines():
            told = mapping(json.loads(line))
            found.setdefault(text(told["id"]), text(told["text"]))
    return [each for each in found.values() if len(each.split()) >= 100]


def _duplicates(texts: Sequence[str], say: Say) -> dict[str, object]:
    """Copies found, and different texts taken for copies."""
    originals = [_article(f"text-{n}", each) for n, each in enumerate(texts)]
    wrong = len(originals) - len(duplicates.sets(originals))
    found: Counter[str] = Counter()
    for number, original in enumerate(originals):
        for how, copy in copies(texts[number]):
            found[how] += len(duplicates.sets([original, _article("copy", copy)])) == 1
    say(f"\n{len(texts)} news texts: {wrong} taken for a copy of another; copies known as copies:")
    for how, n in found.items():
        say(f"  {how:<24}{n:>5} of {len(texts)}")
    return {"texts": len(texts), "wrong": wrong, "found": dict(found)}


def _seconds(folder: Path, say: Say) -> dict[str, object]:
    """CPU of one choice among as many articles as a large newsletter has in a day."""
    some = [document.article for document in documents(folder / "stories/ecbplus/docs.json")]
    some += [_article(f"text-{n}", each) for n, each in enumerate(_texts(folder / "summaries"))]
    some = some[:ARTICLES]
    words = sum(len(article.paragraphs[0].split()) for article in some) // len(some)
    start = stopwatch.process_time()
    groups = stories.group(some)
    spent = stopwatch.process_time() - start
    say(
        f"\n{len(some)} articles of {words} words: {len(groups)} stories in {spent:.1f} CPU-seconds"
    )
    return {"articles": len(some), "words": words, "stories": len(groups), "cpu": spent}
