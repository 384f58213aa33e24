"""Feeds a CPU-second beside other parsers, and how far our reading agrees with feedparser's."""

import gzip
import io
import json
import os
import statistics
import time as stopwatch
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import feedparser

from digest.collect import feed
from digest.collect.items import plain, web_link
from digest.collect.untyped import mapping, sequence, text
from digest.model.news import Feed, Item

try:
    import fastfeedparser
except ImportError:
    fastfeedparser = None  # a peer: without it its row is left out

ROUNDS = 3
URL = "https://feeds.example/feed"
FIELDS = ("items", "title", "link", "date")
_YEAR_ONE = "0001-"
"""How some programs write "no date"; we read none."""

Parser = Callable[[bytes], object]


@dataclass(slots=True)
class Group:
    """How far our reading of one group of documents agrees."""

    documents: int = 0
    raised: int = 0
    lost: list[str] = field(default_factory=list)
    """Documents of which we read fewer items."""
    wanted: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    agreed: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    others: list[str] = field(default_factory=list)
    """Each disagreement in words."""

    def note(self, name: str, field: str, ours: object, theirs: object) -> None:
        """Count one comparison."""
        self.wanted[field] += 1
        if ours == theirs:
            self.agreed[field] += 1
        else:
            self.others.append(f"{name}: {field} {ours!r}, not {theirs!r}")


def run(say: Callable[[str], object], data: Path | None = None) -> dict[str, object]:
    """Print both tables and return their figures."""
    folder = data or shared()
    if not (folder / "feeds").is_dir():
        say(f"the team's data are not in {folder}: the bench of feeds is left out")
        return {}
    groups = agreement(folder)
    say("agreement with feedparser 6.0.14 (its reading is a convention, not the truth)")
    say(f"{'group':<28}{'documents':>10}" + "".join(f"{name:>14}" for name in FIELDS))
    for name, group in groups.items():
        cells = (f"{group.agreed[f]} of {group.wanted[f]}" for f in FIELDS)
        say(f"{name:<28}{group.documents:>10}" + "".join(f"{cell:>14}" for cell in cells))
    speeds = speed(real(folder))
    say(f"feeds a CPU-second on the real feeds, median of {ROUNDS} rounds in turn")
    for name, (rate, failed) in speeds.items():
        say(f"{name:<44}{rate:>8.1f}  {failed} raised")
    return {
        "agreement": {
            name: {
                "documents": group.documents,
                "raised": group.raised,
                "lost": group.lost,
                "agreed": group.agreed,
                "wanted": group.wanted,
                "others": group.others,
            }
            for name, group in groups.items()
        },
        "feeds_per_cpu_second": {name: round(rate, 1) for name, (rate, _) in speeds.items()},
    }


def shared() -> Path:
    """Where the team's data lie."""
    here = Path(__file__).resolve().parents[2]
    return Path(os.environ.get("DIGEST_SHARED", here.parent / "shared")) / "data"


def real(folder: Path) -> dict[str, bytes]:
    """The real feeds by name."""
    return {
        name: gzip.decompress((folder / "feeds" / name).read_bytes())
        for name in _expected(folder / "feeds" / "expected.json.gz")
    }


def agreement(folder: Path) -> dict[str, Group]:
    """Group -> what agrees, over feedparser's own cases and the real feeds."""
    groups: dict[str, Group] = {}
    for group, name, body, known in _documents(folder):
        counted = groups.setdefault(group, Group())
        counted.documents += 1
        said = {key.lower(): text(value) for key, value in mapping(known.get("headers")).items()}
        url = said.get("content-location") or URL
        try:
            found = feed.parse(body, url=url, content_type=said.get("content-type", ""))
        except Exception as fault:
            counted.raised += 1
            counted.others.append(f"{name}: raised {fault!r}")
            continue
        _compare(counted, name, found, [mapping(each) for each in sequence(known["entries"])], url)
    return groups


def _documents(folder: Path) -> Iterator[tuple[str, str, bytes, Mapping[str, object]]]:
    cases = folder / "feedparser_tests"
    if (cases / "expected.json").is_file():
        for name, known in _expected(cases / "expected.json").items():
            group = "feedparser's cases: " + name.split("/")[0]
            yield group, name, (cases / "cases" / name).read_bytes(), mapping(known)
    bodies = real(folder)
    for name, known in _expected(folder / "feeds" / "expected.json.gz").items():
        yield "real feeds", name, bodies[name], mapping(known)


def _expected(path: Path) -> dict[str, object]:
    raw = path.read_bytes()
    found = json.loads(gzip.decompress(raw) if path.suffix == ".gz" else raw)
    return dict(found)


def _compare(
    group: Group, name: str, found: Feed, known: Sequence[Mapping[str, object]], base: str
) -> None:
    if not known:
        return
    group.note(name, "items", len(found.items), len(known))
    if len(found.items) < len(known):
        group.lost.append(name)
    for ours, theirs in zip(found.items, known, strict=False):
        _compare_item(group, name, ours, theirs, base)


def _compare_item(
    group: Group, name: str, ours: Item, theirs: Mapping[str, object], base: str
) -> None:
    if title := plain(text(theirs.get("title"))):
        group.note(name, "title", ours.headline, title)
    if link := web_link(base, text(theirs.get("link"))):
        group.note(name, "link", ours.url, link)
    for key in ("published", "updated"):
        written = text(theirs.get(key))
        if written and not written.startswith(_YEAR_ONE):
            # feedparser calls an RDF feed's only date "updated".
            said = {"published": (ours.published,), "updated": (ours.updated, ours.published)}[key]
            wanted = datetime.fromisoformat(written)
            if wanted.tzinfo is not None:
                group.note(name, "date", wanted if wanted in said else said[0], wanted)


def speed(bodies: Mapping[str, bytes]) -> dict[str, tuple[float, int]]:
    """Parser -> feeds a CPU-second and how many feeds raised an error."""
    rates: dict[str, list[float]] = {name: [] for name in parsers()}
    failed = dict.fromkeys(rates, 0)
    for _ in range(ROUNDS):
        for name, parser in parsers().items():
            start, failed[name] = stopwatch.process_time(), 0
            for body in bodies.values():
                try:
                    parser(body)
                except Exception:
                    failed[name] += 1
            rates[name].append(len(bodies) / (stopwatch.process_time() - start))
    return {name: (statistics.median(rates[name]), failed[name]) for name in rates}


def parsers() -> dict[str, Parser]:
    """Name -> a parser of bytes."""
    found: dict[str, Parser] = {
        "digest: items, clean bodies, dates, links": lambda body: feed.parse(body, url=URL),
        "feedparser": lambda body: feedparser.parse(io.BytesIO(body)),
        "feedparser without its sanitiser": lambda body: feedparser.parse(
            io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False
        ),
    }
    if fastfeedparser is not None:
        found["fastfeedparser (no cleaning, no fallback)"] = fastfeedparser.parse
    return found
