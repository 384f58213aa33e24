"""How sources stand, an editor's word on them, and OPML in and out."""

from dataclasses import replace
from datetime import timedelta

import pytest

from digest.errors import UsageError
from digest.model.news import HostState, Sighting, SourceState
from digest.newsroom import standing
from digest.newsroom.house import House
from tests.builders import NOW, article, source
from tests.fakes import InlineWorkshop
from tests.house import house as build_house

URL = "https://sample.example/feed"
SOON = NOW + timedelta(minutes=20)


def newsroom(**state: object) -> House:
    """One source of which this is remembered."""
    house = build_house(sources=(source(every=timedelta(minutes=10)),))
    if state:
        kept = replace(SourceState(source_id="post", url=URL), **state)  # type: ignore[arg-type]
        house.store.sources.save([kept])
    return house


@pytest.mark.parametrize(
    ("state", "at", "why"),
    [
        ({}, None, "due now: it was never fetched"),
        ({"checked_at": NOW, "next_at": NOW}, None, "due now"),
        ({"checked_at": NOW, "next_at": SOON}, SOON, "every 10 minutes, as config.yaml says"),
        (
            {"next_at": SOON, "failures": 3},
            SOON,
            "it failed 3 times in a row, so we wait longer",
        ),
        ({"next_at": SOON, "failures": 1}, SOON, "it failed once, so we wait longer"),
        ({"muted": "gone (410)", "next_at": SOON}, None, "not until you resume it: gone (410)"),
        ({"url": "https://old.example/", "muted": "gone"}, None, "due now: it was never fetched"),
    ],
)
def test_when_a_source_is_asked_again_and_why_then(
    state: dict[str, object], at: object, why: str
) -> None:
    """What was learned of another address does not count."""
    (found,) = standing.overview(newsroom(**state))
    assert (found.next_at, found.why_then) == (at, why)


def test_a_source_without_every_is_asked_as_often_as_it_changes() -> None:
    """The pause in force is told, in hours when it is."""
    for pause, told in ((12, "12 minutes"), (60, "1 hour"), (120, "2 hours"), (1, "1 minute")):
        house = newsroom(next_at=SOON, pause=timedelta(minutes=pause))
        settings = replace(house.settings, sources=(source(),))
        (found,) = standing.overview(replace(house, settings=settings))
        assert found.why_then == f"about every {told}, as often as it changes"


def test_a_host_that_asked_for_rest_is_the_reason() -> None:
    """When it keeps the source waiting longer than its own pause."""
    house = newsroom(next_at=SOON)
    later = NOW + timedelta(hours=2)
    house.store.sources.save_hosts(
        [HostState(host="sample.example", until=later, because="it asked for fewer visits")]
    )
    (found,) = standing.overview(house)
    assert (found.next_at, found.why_then) == (later, "it asked for fewer visits")
    assert "but not before 16 Mar 09:00 UTC: it asked for fewer visits" in (
        standing.resume(house, "post")
    )
    house.clock.forward(hours=3)  # type: ignore[attr-defined]
    assert standing.overview(house)[0].why_then == "due now: it was never fetched"


def test_articles_of_the_last_day_are_counted_and_the_latest_shown() -> None:
    """Those the source lists, the newest first, five at most."""
    house = newsroom(because="8 items: 8 new")
    articles = [article(n, id=0) for n in range(1, 9)]
    articles += [article(30, id=0), article(40, id=0, source_id="other")]
    for each in house.store.articles.save(articles):
        house.store.articles.sight([Sighting(source_id=each.source_id, url=each.url)], NOW)
    (found,) = standing.overview(house)
    assert (found.articles, found.because) == (8, "8 items: 8 new")
    same, latest = standing.latest(house, "post")
    assert same == found
    assert [each.url for each in latest] == [each.url for each in articles[:5]]


def test_an_editor_s_word_lifts_what_was_held_against_a_source() -> None:
    """Muted and failures are gone, it is due; what else was learned stays."""
    house = newsroom(muted="gone (410)", failures=4, next_at=SOON, etag="kept")
    told = standing.resume(house, "post")
    assert told == "post: was muted (gone (410)); it is fetched with the next round"
    state = house.store.sources.states()["post"]
    assert (state.muted, state.failures, state.next_at, state.etag) == ("", 0, None, "kept")
    assert "was not held back" in standing.resume(house, "post")
    assert "had failed 2 times" in standing.resume(newsroom(failures=2, next_at=SOON), "post")
    assert "was not due yet" in standing.resume(newsroom(next_at=SOON), "post")


def test_an_unknown_source_is_named_with_the_nearest() -> None:
    """Or with those there are."""
    with pytest.raises(UsageError, match="did you mean 'post'"):
        standing.resume(newsroom(), "psot")
    with pytest.raises(UsageError, match="there are: post"):
        standing.latest(newsroom(), "zzz")


def test_a_move_keeps_what_was_learned() -> None:
    """The state is then about the new address."""
    with pytest.raises(UsageError, match="has not moved"):
        standing.moved_to(newsroom(), "post")
    house = newsroom(moved_to="https://maybe.example/", moved_times=2, moved_since=NOW, etag="e")
    assert standing.moved_to(house, "post") == "https://maybe.example/"
    house = newsroom(address="https://sure.example/", moved_to="https://x.example/", etag="e")
    assert standing.moved_to(house, "post") == "https://sure.example/"
    standing.has_moved(house, "post", "https://sure.example/")
    assert house.store.sources.states()["post"] == SourceState(
        source_id="post", url="https://sure.example/", etag="e"
    )


async def test_opml_brings_what_is_not_there_and_goes_back() -> None:
    """Doubles inside the file and beside the sources are told; what we wrote means the same."""
    house = newsroom()
    body = (
        b"<opml><body><outline text='F'><outline text='A' xmlUrl='https://a.example/rss'/>"
        b"<outline text='A too' xmlUrl='http://www.a.example/rss/'/></outline>"
        b"<outline text='Ours' xmlUrl='http://sample.example/feed'/>"
        b"<outline text='J' xmlUrl='javascript:x'/></body></opml>"
    )
    taken = await standing.take(house, body)
    (new,) = taken.new
    assert (new.id, new.section, new.name) == ("a", "F", "A")
    assert [(each.title, each.source_id) for each in taken.there] == [
        ("A too", "a"),
        ("Ours", "post"),
    ]
    assert [each.what for each in taken.left_out] == ["J"]
    ours = standing.export(house).body
    elsewhere = build_house(sources=(source(id="post", url="https://else.example/"),))
    (back,) = (await standing.take(elsewhere, ours)).new
    assert back == replace(house.settings.sources[0], id="sample", name="")


async def test_opml_that_cannot_be_used_is_refused_whole() -> None:
    """With the reason, whether the file or its reading failed."""
    house = newsroom()
    with pytest.raises(UsageError, match="no OPML.*Nothing was added"):
        await standing.take(house, b"<rss/>")
    with pytest.raises(UsageError, match="more than 20 seconds; nothing was added"):
        await standing.take(replace(house, workshop=InlineWorkshop("read")), b"<opml/>")
