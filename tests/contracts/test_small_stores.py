"""Sources, articles and small values."""

from dataclasses import replace
from datetime import timedelta

import pytest

from digest.model.news import ArticleKind, SourceState
from digest.ports import Store
from tests.builders import NOW, article

HOUR = timedelta(hours=1)


def test_source_state_comes_back(store: Store) -> None:
    """A source's state is inserted, replaced, and comes back as it was."""
    first = SourceState(source_id="post", etag='"1"', checked_at=NOW, next_at=NOW + HOUR)
    store.sources.save(first)
    store.sources.save(SourceState(source_id="wire"))
    second = replace(first, etag="", failures=2, because="the server says 503")
    store.sources.save(second)
    assert store.sources.states() == {"post": second, "wire": SourceState(source_id="wire")}


def test_article_comes_back(store: Store) -> None:
    """An article comes back with every field, and with the id it was given."""
    new = article(
        id=0,
        address="https://sample.example/amp/1",
        guid="g1",
        updated=NOW,
        kind=ArticleKind.OPINION,
        image="https://sample.example/1.jpg",
        place=3,
        because="not seen before",
    )
    saved = store.articles.save(new)
    assert saved.id > 0
    assert saved == replace(new, id=saved.id)
    assert store.articles.known([new.url], "", []) == [saved]
    assert store.articles.versions(new.url) == [saved]


def test_article_without_dates(store: Store) -> None:
    """An article without a date counts from when it was collected."""
    saved = store.articles.save(article(published=None, authors=()))
    assert store.articles.since(NOW, ["post"]) == [saved]
    assert store.articles.since(NOW + HOUR, ["post"]) == []


def test_changed_article_keeps_id_and_old_version(store: Store) -> None:
    """A new hash replaces the article under its id and keeps what it said before."""
    first = store.articles.save(article(headline="Lights on"))
    changed = article(
        id=0, headline="Lights on again", hash="other", because="the headline changed"
    )
    second = store.articles.save(changed)
    assert (second.id, second.version) == (first.id, 2)
    assert store.articles.known([first.url], "", []) == [second]
    assert store.articles.versions(first.url) == [first, second]


def test_same_article_makes_no_version(store: Store) -> None:
    """An article saved again with the same hash is replaced without a new version."""
    store.articles.save(article())
    moved = store.articles.save(article(place=9))
    assert store.articles.versions(moved.url) == [moved]
    assert (moved.version, moved.place) == (1, 9)


def test_known_by_url_address_or_guid(store: Store) -> None:
    """An article is known by its URL, by its address, or by the guid its own source gave it."""
    one = store.articles.save(article(1, guid="g"))
    two = store.articles.save(article(2, address="https://sample.example/amp/2"))
    store.articles.save(article(3, guid="g", source_id="wire"))
    store.articles.save(article(4))
    assert store.articles.known(["https://sample.example/amp/2"], "post", ["g"]) == [one, two]
    assert store.articles.known([], "post", [""]) == []


def test_known_takes_any_number(store: Store) -> None:
    """A feed may ask for more addresses than a statement has room for."""
    saved = store.articles.save(article(1))
    urls = [f"https://sample.example/{n}" for n in range(1500)]
    assert store.articles.known([*urls, saved.url], "post", urls) == [saved]


def test_since_filters_by_source(store: Store) -> None:
    """Only articles of the named sources that are new enough come, newest first."""
    old = store.articles.save(article(5))
    new = store.articles.save(article(1))
    store.articles.save(article(2, source_id="wire"))
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
        store.sources.save(SourceState(source_id="post", next_at=NOW.replace(tzinfo=None)))
    assert store.sources.states() == {}
