"""A thousand bulletins from random samples, held to their promises; and those of real days."""

import json
import random
import time as stopwatch
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from digest import select
from digest.bench import summary_data
from digest.bench.forgetting import forget
from digest.bench.past import Past, Snapshots, Stream, shared
from digest.bench.replay import replay
from digest.collect import page, plain
from digest.collect.untyped import mapping, sequence, text
from digest.model.edition import Brief, Bulletin
from digest.model.news import Article, Page, Selection
from digest.model.newsletter import Closer, Newsletter, ScheduleRule, Source
from digest.newsroom import marking
from digest.summarise import arranging, bulletin
from digest.summarise.style import Style
from digest.text import words
from digest.text.languages import ENGLISH

BULLETINS = 1000
CANDIDATES = 30
WORDS = 210
LONGEST_LINE = 35
NOW = datetime(2026, 3, 16, 7, 0, tzinfo=UTC)
SECTIONS = ("World", "Politics", "Business", "Sport", "Culture", "Ireland", "Science", "")
SOURCES = {
    name: Source(id=name, url=f"https://{name}.example/feed", name=name.title(), weight=weight)
    for name, weight in (("post", 1.0), ("wire", 1.0), ("times", 1.5), ("echo", 0.7))
}
_LONG = 3
"""Words from which on a foreign line may not stand anywhere in a brief; a shorter one may not be a
sentence by itself."""

Say = Callable[[str], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An article with the lines of its page that may appear nowhere."""

    article: Article
    never: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Counted:
    """What the bulletins gave."""

    milliseconds: list[float] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)
    stories: Counter[int] = field(default_factory=Counter)
    faults: Counter[str] = field(default_factory=Counter)
    shown: list[str] = field(default_factory=list)
    """The first few faults, to be read."""
    moved: int = 0
    closed: int = 0

    def fault(self, what: str, told: str) -> None:
        """Count it and keep some."""
        self.faults[what] += 1
        if len(self.shown) < 20:
            self.shown.append(f"{what}: {told}")


def run(say: Say) -> dict[str, object]:
    """Make both kinds of bulletins, print what they gave and return the figures."""
    data = shared()
    found = simulate(articles(data), BULLETINS)
    spent = sorted(found.milliseconds)
    figures: dict[str, object] = {
        "bulletins": len(spent),
        "stories": dict(sorted(found.stories.items())),
        "median_words": sorted(found.lengths)[len(spent) // 2],
        "most_words": max(found.lengths),
        "most_seconds": words.seconds(max(found.lengths), ENGLISH.silent),
        "faults": dict(found.faults),
        "moved": found.moved,
        "closed": found.closed,
        "ms_median": round(spent[len(spent) // 2], 1),
        "ms_p95": round(spent[int(len(spent) * 0.95)], 1),
    }
    for key, value in figures.items():
        say(f"{key:<14}{value}")
    for line in found.shown:
        say(f"  {line}")
    past: Sequence[Past] = (Stream(data / "stories/replay"), Snapshots(data / "feeds_replay"))
    figures["days"] = sum(_days(one, say) for one in past)
    return figures


def simulate(sets: Sequence[Sequence[Held]], count: int, seed: int = 60) -> Counted:
    """So many bulletins, each from other candidates of all sets, and what is wrong with them."""
    chance = random.Random(seed)
    found = Counted()
    for _ in range(count):
        candidates = [_candidate(one, chance) for one in _sample(sets, chance)]
        newsletter = _newsletter(chance)
        forget()
        start = stopwatch.process_time()
        selection, made = _write([one.article for one in candidates], newsletter)
        found.milliseconds.append(1000 * (stopwatch.process_time() - start))
        never = {one.article.url: one.never for one in candidates}
        _check(made, selection, newsletter, never, found)
    return found


def articles(data: Path) -> list[list[Held]]:
    """All the texts that are at hand by set, with what must not come through from their pages."""
    cnn = summary_data.highlights(data / "summaries" / summary_data.CNN)
    stream = Stream(data / "stories/replay")
    told = [_article(row.url, row.title, (row.summary,)) for row in stream.rows if row.summary]
    return [
        [Held(article=article) for article in summary_data.newsroom(data)],
        [Held(article=one.article) for one in cnn],
        [Held(article=article) for article in told],
        [*_pages(data), _seed(data / "seed")],
    ]


def _pages(data: Path) -> Iterator[Held]:
    for path in sorted((data / "chrome/expected").glob("*.json")):
        known = mapping(json.loads(path.read_text("utf-8")))
        file = data / "chrome" / text(known["file"])
        if file.suffix == ".html":
            found = page.read(file.read_bytes(), url=text(known["url"]), zone="UTC")
        else:
            found = plain.read(file.read_text("utf-8"))
        never = tuple(text(line) for line in sequence(known["must_not"]))
        yield Held(article=_of_page(path.name, found), never=never)


def _seed(folder: Path) -> Held:
    known = mapping(json.loads((folder / "expected.json").read_text("utf-8")))
    never = mapping(known["never"])
    lines = (*sequence(never["substrings"]), *sequence(never["whole_lines"]))
    found = plain.read((folder / text(known["document"])).read_text("utf-8"))
    return Held(article=_of_page("seed", found), never=tuple(text(line) for line in lines))


def _of_page(name: str, found: Page) -> Article:
    return replace(
        _article(f"https://pages.example/{name}", found.headline, found.paragraphs),
        standfirst=found.standfirst,
        language=found.language,
        kind=found.kind,
    )


def _article(url: str, headline: str, paragraphs: tuple[str, ...]) -> Article:
    return Article(
        url=url, source_id="post", headline=headline, paragraphs=paragraphs, collected=NOW
    )


def _sample(sets: Sequence[Sequence[Held]], chance: random.Random) -> list[Held]:
    """As many candidates, a like number of each set as far as it goes."""
    drawn = [chance.sample(each, min(len(each), CANDIDATES // len(sets))) for each in sets]
    found = [one for each in drawn for one in each]
    return [*found, *chance.sample(sets[-2], CANDIDATES - len(found))]


def _candidate(one: Held, chance: random.Random) -> Held:
    """As it may stand in a morning's collection."""
    moved = replace(
        one.article,
        source_id=chance.choice(list(SOURCES)),
        section=chance.choice(SECTIONS),
        published=NOW - timedelta(minutes=chance.randrange(23 * 60)),
        place=chance.randrange(20),
    )
    return replace(one, article=moved)


def _newsletter(chance: random.Random) -> Newsletter:
    return Newsletter(
        id="morning",
        title="News in 60 seconds",
        schedule=ScheduleRule(text="daily 07:00", timezone="UTC"),
        closer=chance.choice(list(Closer)),
        sections=chance.choice([{}, {"politics": 1.5, "science": 0.5}]),
    )


def _write(found: Sequence[Article], newsletter: Newsletter) -> tuple[Selection, Bulletin]:
    selection = select.pick(found, newsletter=newsletter, sources=SOURCES, used=set(), now=NOW)
    made = bulletin.write(
        selection.picks,
        Style(on=NOW.date()),
        stories=newsletter.stories,
        words=WORDS,
        sources=SOURCES,
        closer=newsletter.closer,
    )
    return selection, made


def _check(
    made: Bulletin,
    selection: Selection,
    newsletter: Newsletter,
    never: Mapping[str, Sequence[str]],
    found: Counted,
) -> None:
    found.lengths.append(made.words)
    found.stories[len(made.briefs)] += 1
    found.moved += any("moved down" in brief.because for brief in made.briefs)
    found.closed += newsletter.closer is Closer.LIGHT and made.briefs[-1].light
    counted = sum(words.count(f"{brief.label} {brief.line}") for brief in made.briefs)
    if made.seconds > 60 or counted > WORDS:
        found.fault("over 60 seconds", f"{counted} words")
    if len({brief.line for brief in made.briefs}) < len(made.briefs):
        found.fault("a line twice", " | ".join(brief.line for brief in made.briefs))
    for one, other in pairwise(made.briefs):
        if arranging.clash(one, other):
            found.fault("light beside sensitive", f"{one.line} | {other.line}")
    for brief in made.briefs:
        if len(brief.line.split()) > LONGEST_LINE:
            found.fault("a long line", brief.line)
        for line in never[brief.url]:
            if _leaks(line, brief):
                found.fault("boilerplate", f"{line!r} in {brief.line!r} / {brief.standfirst!r}")
    placed = len(made.briefs) + len(made.left_out)
    if len(made.briefs) < newsletter.stories and placed < len(selection.picks):
        found.fault("a story without a word", f"{placed} of {len(selection.picks)}")


def _leaks(line: str, brief: Brief) -> bool:
    """Whether a line that is not the article stands in its brief."""
    said = [brief.label, brief.line, brief.standfirst]
    if len(line.split()) >= _LONG:
        return any(line.casefold() in one.casefold() for one in said)
    return any(f" {line.casefold()} " in f" {one.casefold()} " for one in said if one) and any(
        sentence.strip(" .").casefold() == line.casefold()
        for one in said
        for sentence in one.split(". ")
    )


def _days(past: Past, say: Say) -> int:
    """Print the editions of days that were, as an editor reads them; how many there were."""
    made = replay(past).editions
    for edition in made:
        say(f"\n{edition.slug}: {edition.bulletin.length}, {edition.subject}")
        for brief in edition.bulletin.briefs:
            say(f"  {brief.label.upper() or '–'}  {brief.line}")
            say(f"      “{brief.headline}” ({brief.source_name}) {marking.concern(brief)}")
            say(f"      {brief.because}")
    return len(made)
