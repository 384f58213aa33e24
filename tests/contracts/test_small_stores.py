"""Sources, articles and small values."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from time import monotonic

import pytest
from sqlalchemy import text

from digest.model.news import Article, ArticleKind, Dropped, HostState, Sighting, SourceState
from digest.ports import Store
from digest.store import SqlStore, open_store
from digest.store.articles import LINE_ARTICLES
from tests import postgres
from tests.builders import NOW, article

HOUR = timedelta(hours=1)
PATIENCE = 20.0
"""Seconds until a test that waits for another connection gives up."""


def known(store: Store, urls: list[str], source_id: str, guids: list[str]) -> list[Article]:
    """The articles among what is known, however they are listed."""
    return [found.article for found in store.articles.known(urls, source_id, guids)]


def test_source_state_comes_back(store: Store) -> None:
    """A source's state is inserted, replaced, and comes back as it was."""
    first = SourceState(source_id="post", etag='"1"', checked_at=NOW, next_at=NOW + HOUR)
    store.sources.save([first])
    store.sources.save([SourceState(source_id="wire")])
    second = replace(first, etag="", failures=2, because="the server says 503")
    store.sources.save([second])
    assert store.sources.states() == {"post": second, "wire": SourceState(source_id="wire")}


def test_every_field_of_a_source_comes_back(store: Store) -> None:
    """Moves, pauses and mutes survive a restart; several sources are saved at once."""
    full = SourceState(
        source_id="post",
        url="https://sample.example/feed",
        address="https://feeds.sample.example/",
        etag='W/"1"',
        last_modified="Mon, 16 Mar 2026 06:00:00 GMT",
        fingerprint="ab" * 32,
        checked_at=NOW,
        next_at=NOW + HOUR,
        pause=timedelta(minutes=7, seconds=30),
        failures=2,
        moved_to="https://new.sample.example/feed",
        moved_since=NOW - HOUR,
        moved_times=3,
        muted="the feed is gone (410)",
        because="the server says 410",
    )
    others = [SourceState(source_id=f"s{n:03}", failures=n) for n in range(600)]
    store.sources.save([full, *others])
    assert store.sources.states() == {state.source_id: state for state in [full, *others]}


def test_the_last_of_two_states_of_a_source_counts(store: Store) -> None:
    """One call may tell of a source twice; nothing at all is no error."""
    store.sources.save([])
    store.sources.save([SourceState(source_id="post", failures=n) for n in (1, 2)])
    assert store.sources.states()["post"].failures == 2


def test_hosts_come_back(store: Store) -> None:
    """What hosts asked for, and their robots.txt, are inserted, replaced, and kept by host."""
    told = HostState(host="sample.example", until=NOW + HOUR, because="it answered 429")
    rules = HostState(host="wire.example:8443", robots="User-agent: *\nDisallow: /", robots_at=NOW)
    store.sources.save_hosts([told, rules])
    rested = replace(told, until=None, because="")
    store.sources.save_hosts([rested])
    store.sources.save_hosts([])
    assert store.sources.hosts() == {"sample.example": rested, "wire.example:8443": rules}


def test_article_comes_back(store: Store) -> None:
    """An article comes back with every field, and with the id it was given."""
    new = article(
        id=0,
        address="https://sample.example/amp/1",
        guid="g1",
        updated=NOW,
        kind=ArticleKind.OPINION,
        kind_because="its section is Opinion",
        image="https://sample.example/1.jpg",
        dropped=(Dropped(text="Advertisement", because="an advertising label"),),
        place=3,
        read_at=NOW + HOUR,
        looked_at=NOW + 2 * HOUR,
        withdrawn="its page is gone (404)",
        because="not seen before",
    )
    [saved] = store.articles.save([new])
    assert saved.id > 0
    assert saved == replace(new, id=saved.id)
    assert known(store, [new.url], "", []) == [saved]
    assert store.articles.versions(new.url) == [saved]
    assert store.articles.get([new.url]) == {new.url: saved}


def test_many_articles_are_saved_at_once(store: Store) -> None:
    """More than a statement has room for: new, changed and same ones, told in the order asked."""
    first = store.articles.save([article(n, id=0) for n in range(0, 1200, 2)])
    assert len({saved.id for saved in first}) == 600
    ids = {each.url: each.id for each in first}
    wanted = [
        article(n, id=ids.get(article(n).url, 0), hash="other" if n % 4 else f"hash-{n}")
        for n in range(1199, -1, -1)
    ]
    saved = store.articles.save(wanted)
    assert [each.url for each in saved] == [each.url for each in wanted]
    assert all(each.id == ids.get(each.url, each.id) for each in saved)
    assert [each.version for each in saved] == [2 if n % 4 == 2 else 1 for n in range(1199, -1, -1)]
    assert store.articles.get([each.url for each in saved]) == {each.url: each for each in saved}
    assert [each.hash for each in store.articles.versions(article(2).url)] == ["hash-2", "other"]


def test_nothing_is_saved(store: Store) -> None:
    """An empty list is no error."""
    assert store.articles.save([]) == []
    store.articles.sight([], NOW)
    assert store.articles.since(NOW - 9 * HOUR, ["post"]) == []


def test_two_texts_of_one_article_are_two_versions(store: Store) -> None:
    """A list may hold an article twice: the later is how it stands, the earlier is kept."""
    twice = [article(1, id=0), article(2, id=0), article(1, id=0, hash="later")]
    one, two, later = store.articles.save(twice)
    assert one == later
    assert (later.version, later.hash, two.version) == (2, "later", 1)
    assert [each.hash for each in store.articles.versions(later.url)] == ["hash-1", "later"]


def test_one_page_is_one_article_whatever_its_address(store: Store) -> None:
    """With http or https, www or AMP it is the same page; each address asked for leads to it."""
    [first] = store.articles.save([article(1, url="http://www.sample.example/a", id=0)])
    there = [
        "https://sample.example/a",
        "https://sample.example/a/amp",
        "http://www.sample.example/a",
    ]
    assert store.articles.get([*there, "https://sample.example/b"]) == dict.fromkeys(there, first)
    [second] = store.articles.save([article(1, url=there[0], id=0)])
    assert (second.id, second.version) == (first.id, 1)
    store.articles.sight([Sighting(source_id="wire", url=there[1], place=4)], NOW)
    assert store.articles.sources_of(there[:2]) == dict.fromkeys(there[:2], ("post", "wire"))


@pytest.fixture
def two_processes(empty_postgres: str) -> Iterator[tuple[SqlStore, SqlStore]]:
    """One database, opened twice; only on PostgreSQL can two of them write at a time."""
    postgres.empty(empty_postgres)
    stores = open_store(empty_postgres), open_store(empty_postgres)
    yield stores
    for each in stores:
        each.close()


@pytest.mark.postgres
def test_article_that_another_process_inserts_first(
    two_processes: tuple[SqlStore, SqlStore],
) -> None:
    """Two processes find the same new article: one inserts it, the other leaves it so."""
    one, other = two_processes
    with ThreadPoolExecutor(1) as pool:
        with one._database.write() as connection:
            mine = one.articles._insert(connection, {"sample.example/a": _at_a(hash="mine")})
            theirs = pool.submit(other.articles.save, [_at_a(hash="theirs"), article(2, id=0)])
            _until_one_waits(one)
        saved, new = theirs.result(PATIENCE)
    assert saved.id == mine["sample.example/a"].id != new.id
    assert [each.hash for each in one.articles.versions(saved.url)] == ["mine"]


def _at_a(**changes: str) -> Article:
    return article(1, id=0, url="https://sample.example/a", **changes)


def _until_one_waits(store: SqlStore) -> None:
    """Come back when a connection waits for another one's transaction."""
    waiting = text("select count(*) from pg_locks where not granted")
    until = monotonic() + PATIENCE
    while monotonic() < until:
        with store._database.read() as connection:
            if connection.scalar(waiting):
                return
    raise AssertionError("nobody waits")


def test_a_sighting_is_noted_and_moves(store: Store) -> None:
    """A source that lists a known article is remembered with its place; who came first stays so."""
    [one, two] = store.articles.save([article(1, id=0), article(2, id=0)])
    listed = [Sighting(source_id="wire", url=each.url, guid="w", place=7) for each in (one, two)]
    store.articles.sight(
        [*listed, Sighting(source_id="wire", url="https://x.example/")], NOW + HOUR
    )
    store.articles.sight([replace(listed[0], place=2)], NOW + 2 * HOUR)
    assert store.articles.sources_of([one.url, two.url, "https://x.example/"]) == {
        one.url: ("post", "wire"),
        two.url: ("post", "wire"),
    }
    found = {each.url: each for each in store.articles.since(NOW - 9 * HOUR, ["wire"])}
    assert [(found[u].source_id, found[u].place) for u in (one.url, two.url)] == [
        *(("wire", 2), ("wire", 7))
    ]
    assert known(store, [], "wire", ["w"]) == [one, two]


def test_since_takes_the_best_place_among_the_sources(store: Store) -> None:
    """An article that several sources list comes once, as the source lists it that has it highest;
    sources that were not asked for say nothing."""
    [one] = store.articles.save([article(1, id=0, guid="p", place=5)])
    for source_id, place in (("wire", 1), ("city", 9)):
        seen = Sighting(source_id=source_id, url=one.url, guid=source_id, place=place)
        store.articles.sight([seen], NOW)
    told = {
        names: [(a.source_id, a.guid, a.place) for a in store.articles.since(NOW - HOUR, names)]
        for names in (("post", "wire", "city"), ("post", "city"), ("city",), ("none",))
    }
    assert list(told.values()) == [
        [("wire", "wire", 1)],
        [("post", "p", 5)],
        [("city", "city", 9)],
        [],
    ]


def test_articles_are_found_by_headline(store: Store) -> None:
    """Only the source's own, and only young ones; an address that changed leads nowhere else."""
    [one] = store.articles.save([article(1, id=0, headline="Lights on")])
    store.articles.save([article(5, id=0, headline="Lights on")])
    store.articles.save([article(2, id=0, headline="Lights on", source_id="wire")])
    store.articles.save([article(3, id=0, headline="Lights off")])
    since = NOW - 2 * HOUR
    assert store.articles.titled("post", ["Lights on", "Something else"], since) == [one]
    assert store.articles.titled("post", [], since) == []


def test_lines_are_noted_once_an_article(store: Store) -> None:
    """A line that returns in the same article is one line; another source's are its own."""
    for _ in range(2):
        store.articles.note_lines("post", "https://sample.example/1", "Lights", ["a", "b", "a"])
    store.articles.note_lines("post", "https://sample.example/2", "Water", ["a"])
    store.articles.note_lines("wire", "https://wire.example/1", "Trains", ["a"])
    store.articles.note_lines("wire", "https://wire.example/2", "Ships", [])
    lights, water = ("https://sample.example/1", "Lights"), ("https://sample.example/2", "Water")
    assert store.articles.lines_seen("post", ["a", "b", "c"]) == {
        "a": [lights, water],
        "b": [lights],
    }
    assert store.articles.lines_seen("wire", ["a", "b"]) == {
        "a": [("https://wire.example/1", "Trains")]
    }
    assert store.articles.lines_seen("post", []) == {}


def test_of_a_line_only_the_first_articles_are_kept(store: Store) -> None:
    """The appeal under every article does not fill the database; a rare line is still noted."""
    urls = [f"https://sample.example/{n}" for n in range(LINE_ARTICLES + 3)]
    for url in urls:
        store.articles.note_lines("post", url, "Lights", ["appeal", url])
    found = store.articles.lines_seen("post", ["appeal", urls[-1]])
    assert [url for url, _ in found["appeal"]] == urls[:LINE_ARTICLES]
    assert found[urls[-1]] == [(urls[-1], "Lights")]


def test_article_without_dates(store: Store) -> None:
    """An article without a date counts from when it was collected."""
    [saved] = store.articles.save([article(published=None, authors=())])
    assert store.articles.since(NOW, ["post"]) == [saved]
    assert store.articles.since(NOW + HOUR, ["post"]) == []


def test_changed_article_keeps_id_and_old_version(store: Store) -> None:
    """A new hash replaces the article under its id and keeps what it said before."""
    [first] = store.articles.save([article(headline="Lights on")])
    changed = article(
        id=first.id, headline="Lights on again", hash="other", because="the headline changed"
    )
    [second] = store.articles.save([changed])
    assert (second.id, second.version) == (first.id, 2)
    assert known(store, [first.url], "", []) == [second]
    assert store.articles.versions(first.url) == [first, second]


def test_an_article_that_was_new_to_the_caller_replaces_nothing(store: Store) -> None:
    """Two processes read one page at the same moment: the first one's words stand."""
    [first] = store.articles.save([article(id=0, hash="one")])
    [second] = store.articles.save([article(id=0, hash="two", place=3)])
    assert second == first
    assert store.articles.versions(first.url) == [first]


def test_same_article_makes_no_version(store: Store) -> None:
    """An article saved again with the same hash is replaced without a new version."""
    store.articles.save([article()])
    [moved] = store.articles.save([article(place=9)])
    assert store.articles.versions(moved.url) == [moved]
    assert (moved.version, moved.place) == (1, 9)


def test_known_by_url_address_or_guid(store: Store) -> None:
    """An article is known by its URL, by its address, or by the guid its own source gave it."""
    [one] = store.articles.save([article(1, guid="g")])
    [two] = store.articles.save([article(2, address="https://sample.example/amp/2")])
    store.articles.save([article(3, guid="g", source_id="wire")])
    store.articles.save([article(4)])
    assert known(store, ["https://sample.example/amp/2"], "post", ["g"]) == [one, two]
    assert known(store, [], "post", [""]) == []


def test_known_takes_any_number(store: Store) -> None:
    """A feed may ask for more addresses than a statement has room for."""
    [saved] = store.articles.save([article(1)])
    urls = [f"https://sample.example/{n}" for n in range(1500)]
    assert known(store, [*urls, saved.url], "post", urls) == [saved]


def test_since_filters_by_source(store: Store) -> None:
    """Only articles of the named sources that are new enough come, newest first."""
    [old] = store.articles.save([article(5)])
    [new] = store.articles.save([article(1)])
    store.articles.save([article(2, source_id="wire")])
    assert store.articles.since(NOW - 5 * HOUR, ["post"]) == [new, old]
    assert store.articles.since(NOW - 4 * HOUR, ["post"]) == [new]
    assert store.articles.since(NOW - 5 * HOUR, []) == []


def test_never_collected(store: Store) -> None:
    """A URL never collected has no versions."""
    assert store.articles.versions("https://sample.example/none") == []


def test_secret_is_made_once(store: Store) -> None:
    """The first fresh value becomes the secret and stays it."""
    assert store.memory.secret("unsubscribe", "one") == "one"
    assert store.memory.secret("unsubscribe", "two") == "one"
    assert store.memory.secret("other", "three") == "three"


def test_naive_time_is_refused(store: Store) -> None:
    """A time without a zone is refused before anything is saved."""
    with pytest.raises(Exception, match="without a zone"):
        store.sources.save([SourceState(source_id="post", next_at=NOW.replace(tzinfo=None))])
    assert store.sources.states() == {}
