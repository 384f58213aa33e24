"""Real days once more, hour by hour, through the real use cases and a real database."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from digest.bench.past import Past, Snapshots, Stream
from digest.bench.replay import Replayed, replay
from digest.collect import feed
from digest.model.news import Article, Item
from digest.url import canonical, page_key

pytestmark = [pytest.mark.shared, pytest.mark.slow]

REPUBLISHED = 2
"""Reports of the stream that an outlet put under a second address, word for word."""
MOVED = 1
"""Reports of the week that left a live blog for an address and a guid of their own."""


@pytest.fixture(scope="module")
def stream(shared: Path) -> Stream:
    """56 outlets over four days."""
    return Stream(shared / "data/stories/replay")


@pytest.fixture(scope="module")
def days(stream: Stream, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replayed]:
    """Those days, with an edition at 07:00 and at 17:00."""
    yield from _replayed(stream, tmp_path_factory.mktemp("days"))


@pytest.fixture(scope="module")
def business(shared: Path) -> Snapshots:
    """Five feeds at 27 moments of a week."""
    return Snapshots(shared / "data/feeds_replay")


@pytest.fixture(scope="module")
def week(business: Snapshots, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replayed]:
    """That week, each moment visited twice."""
    yield from _replayed(business, tmp_path_factory.mktemp("week"), visits=2)


def _replayed(past: Past, folder: Path, *, visits: int = 1) -> Iterator[Replayed]:
    found = replay(past, store=f"sqlite:///{folder / 'days.db'}", visits=visits)
    yield found
    found.house.store.close()


def test_every_report_of_four_days_is_one_article(days: Replayed, stream: Stream) -> None:
    """None is lost, none stands twice; one published again at another address is the same."""
    assert days.counts["failed"] == 0 and days.troubles == []
    assert days.doubled() == []
    assert days.counts["new"] == len(days.articles()) == len(stream.rows) - REPUBLISHED
    listed = {page_key(canonical(row.url)) for row in stream.rows}
    assert {page_key(article.url) for article in days.articles()} <= listed


def test_what_nobody_edited_has_one_version(days: Replayed) -> None:
    """Hours of the same list make no corrections."""
    assert {article.version for article in days.articles()} == {1}


def test_every_slot_of_four_days_has_its_edition(days: Replayed) -> None:
    """Seven stories each, and how long choosing and writing them took is printed."""
    assert [f"{edition.due_at:%d %H:%M}" for edition in days.editions] == [
        *("13 17:00", "14 07:00", "14 17:00", "15 07:00", "15 17:00", "16 07:00", "16 17:00"),
    ]
    assert {len(edition.bulletin.briefs) for edition in days.editions} == {7}
    assert days.because == []
    for edition, seconds in zip(days.editions, days.seconds, strict=True):
        print(f"{edition.slug}: {seconds:.2f} CPU-seconds")


@pytest.mark.parametrize("name", ["days", "week"])
def test_no_story_goes_out_twice(name: str, request: pytest.FixtureRequest) -> None:
    """No article, no copy of one, and no story unless something happened since."""
    past: Replayed = request.getfixturevalue(name)
    assert past.told_again() == []
    assert [(a.article.headline, b.article.headline) for a, b in past.retold()] == []


@pytest.mark.parametrize("name", ["days", "week"])
def test_no_story_is_too_old_or_ahead_of_its_time(
    name: str, request: pytest.FixtureRequest
) -> None:
    """Neither in an edition nor, by the limit of collecting, in the store."""
    past: Replayed = request.getfixturevalue(name)
    assert past.stale() == []
    oldest = past.house.settings.collecting.max_age
    assert [a.url for a in past.articles() if a.collected - a.when > oldest] == []


def test_bodies_that_did_not_change_are_not_read_again(week: Replayed, business: Snapshots) -> None:
    """Without validators the same bytes come twice at each moment and are parsed once."""
    addresses = [business.address(name) for name in business.names]
    changes = sum(
        len(list(groupby(business.body(address, moment) for moment in business.moments)))
        for address in addresses
    )
    assert week.fetcher.answers[200] == 2 * len(business.moments) * len(addresses)
    assert week.workshop.done["digest.collect.feed.parse"] == changes


def test_with_validators_unchanged_feeds_are_not_even_sent(business: Snapshots) -> None:
    """The second visit of each moment is answered by 304, and what is collected is the same."""
    found = replay(business, visits=2, validators=True)
    visits = len(business.moments) * len(business.names)
    assert found.fetcher.answers == {200: visits, 304: visits}
    assert found.counts["new"] == len(found.articles())
    assert found.doubled() == []
    found.house.store.close()


def test_what_slid_out_of_a_feed_stays_collected(week: Replayed, business: Snapshots) -> None:
    """Each page any feed ever listed while it was news is one article, under whatever address."""
    names = _names(week, business)
    assert len(set(names.values())) < len({page for _, page, _ in _items(week, business)})
    there = {names[page_key(article.url)] for article in week.articles()}
    assert len(week.articles()) == len(there) == len(set(names.values())) - MOVED


def test_edited_titles_are_versions_of_one_article(week: Replayed, business: Snapshots) -> None:
    """A page's headlines are, in order, those its first source gave it while it was news."""
    names = _names(week, business)
    given: dict[tuple[str, str], list[str]] = {}
    for source_id, page, item in _items(week, business):
        given.setdefault((source_id, names[page]), []).append(item.headline)
    edited = 0
    for article in week.articles():
        first = week.house.store.articles.sources_of([article.url])[article.url][0]
        titles = _without_repeats(given[first, names[page_key(article.url)]])
        assert _without_repeats(_headlines(week, article)) == titles
        edited += len(titles) > 1
    assert edited >= 3


def _names(week: Replayed, business: Snapshots) -> dict[str, str]:
    """Page -> one name for all pages that stood under one guid of a feed."""
    names: dict[str, str] = {}
    of: dict[tuple[str, str], str] = {}
    for source_id, page, item in _items(week, business):
        name = names.setdefault(page, page)
        earlier = of.setdefault((source_id, item.guid), name)
        if item.guid and earlier != name:
            names = {each: earlier if known == name else known for each, known in names.items()}
            of = {each: earlier if known == name else known for each, known in of.items()}
    return names


def _items(week: Replayed, business: Snapshots) -> list[tuple[str, str, Item]]:
    """Source, page and item of all that was looked at, moment after moment."""
    return [
        (name, page_key(canonical(item.url)), item)
        for name in business.names
        for items in _listed(week, business, name)
        for item in items
    ]


def _listed(week: Replayed, business: Snapshots, name: str) -> Iterator[list[Item]]:
    """What a feed listed at each moment that was young enough to be looked at."""
    address = business.address(name)
    for moment in business.moments:
        body = business.body(address, moment)
        assert body is not None
        found = feed.parse(body, url=address, content_type="application/rss+xml", zone="UTC")
        since = moment - week.house.settings.collecting.max_age
        yield [item for item in found.items if item.published is None or item.published > since]


def _headlines(week: Replayed, article: Article) -> list[str]:
    return [version.headline for version in week.house.store.articles.versions(article.url)]


def _without_repeats(titles: list[str]) -> list[str]:
    return [title for title, _ in groupby(titles)]
