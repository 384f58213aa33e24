"""Item and page become an article; an article is new, changed or the same."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digest.collect import changes
from digest.model.news import Article, ArticleKind, Change, Item, Page
from tests.builders import NOW, source

ITEM = Item(
    url="https://sample.example/1/?utm_source=rss",
    guid="g1",
    headline="Lights on",
    standfirst="Seventeen days of dark are over.",
    published=NOW,
    place=3,
)
PAGE = Page(
    headline="Lights on in the harbour",
    standfirst="Divers joined the cable.",
    authors=("Ailsa Drummore",),
    published=datetime(2026, 3, 16, 7, 25, tzinfo=UTC),
    section="Scotland",
    language="en",
    canonical_url="https://sample.example/lights",
    paragraphs=("The lights came back on.", "Nobody was hurt."),
)


def merged(item: Item = ITEM, page: Page | None = PAGE, address: str = "") -> Article:
    """The article of item and page."""
    return changes.article(source(), item, page, address=address or item.url, now=NOW)


def test_page_and_feed_each_give_what_they_know_best() -> None:
    """Text and fields from the page, headline and place from the feed."""
    found = merged()
    assert found.headline == "Lights on"
    assert found.standfirst == "Divers joined the cable."
    assert found.published == PAGE.published
    assert (found.section, found.authors, found.place) == ("Scotland", ("Ailsa Drummore",), 3)
    assert (found.url, found.address) == (
        "https://sample.example/lights",
        "https://sample.example/1/",
    )
    assert (found.guid, found.collected, found.because) == ("g1", NOW, "")


@pytest.mark.parametrize(
    ("canonical", "address", "wanted"),
    [
        ("https://other.example/a", "https://sample.example/1", "https://other.example/a"),
        ("https://sample.example/", "https://sample.example/1", "https://sample.example/1"),
        ("", "https://sample.example/1?fbclid=2&id=9", "https://sample.example/1?id=9"),
        ("javascript:x", "https://sample.example/1", "https://sample.example/1"),
        (
            "http://127.0.0.1:8061/a?utm_source=x",
            "http://127.0.0.1:8061/b",
            "http://127.0.0.1:8061/a",
        ),
    ],
)
def test_the_identity_is_the_canonical_address(canonical: str, address: str, wanted: str) -> None:
    """A canonical on any host counts if it names a page; else the address without tracking."""
    assert merged(page=replace(PAGE, canonical_url=canonical), address=address).url == wanted


def test_without_a_page_the_feed_speaks() -> None:
    """The feed's body or standfirst is the text, and the article says so."""
    text = ("First paragraph of the feed.", "Advertisement", "Second one of it.")
    found = merged(replace(ITEM, paragraphs=text), None)
    assert found.paragraphs == ("First paragraph of the feed.", "Second one of it.")
    assert "text is the feed's own" in found.because
    short = merged(ITEM, Page(problem="No article."))
    assert short.paragraphs == (ITEM.standfirst,) and short.standfirst == ""


def test_what_is_missing_is_said() -> None:
    """No date, no text, no headline: each in a sentence."""
    bare = merged(Item(url="https://sample.example/1"), None)
    assert "has a text" in bare.because
    assert "has a date" in bare.because and "has a headline" in bare.because
    assert bare.when == NOW
    text = Page(paragraphs=("The lights came back on at last.",))
    assert merged(Item(url="https://sample.example/1"), text).headline == (
        "The lights came back on at last."
    )


def test_a_bare_day_on_the_page_yields_to_the_feeds_hour() -> None:
    """Page dates that are only days do not move a story to midnight."""
    day = replace(PAGE, published=datetime(2026, 3, 16, tzinfo=UTC))
    assert merged(page=day).published == ITEM.published
    assert merged(replace(ITEM, published=None), day).published == day.published


def test_new_same_and_changed() -> None:
    """The words decide, and the reason names what changed."""
    first = merged()
    assert changes.decide(None, first).change is Change.NEW
    later = replace(first, published=NOW + timedelta(hours=1), place=9)
    assert changes.decide(first, later).change is Change.SAME
    other = merged(
        replace(ITEM, headline="Lights off"),
        replace(PAGE, paragraphs=(*PAGE.paragraphs, "Or was it?", "It was.", "Done.")),
    )
    decision = changes.decide(first, other)
    assert decision.change is Change.CORRECTED
    assert decision.because == (
        "headline changed from “Lights on” to “Lights off”; 3 paragraphs added"
    )


@pytest.mark.parametrize(
    ("paragraphs", "said"),
    [
        (("The lights came back on.", "One was hurt."), "1 paragraph edited"),
        (("The lights came back on.",), "1 paragraph removed"),
        (("Nobody was hurt.", "The lights came back on."), "paragraphs in another order"),
    ],
)
def test_changes_of_the_text_are_counted(paragraphs: tuple[str, ...], said: str) -> None:
    """Edited, removed, moved."""
    after = merged(page=replace(PAGE, paragraphs=paragraphs))
    assert changes.decide(merged(), after).because == said


@pytest.mark.parametrize(
    ("item", "said"),
    [
        (ITEM, ""),
        (replace(ITEM, published=NOW + timedelta(hours=2)), ""),
        (replace(ITEM, headline="Lights o…"), ""),
        (replace(ITEM, updated=NOW + timedelta(hours=2)), "updated"),
        (replace(ITEM, headline="Lights off"), "headline"),
    ],
)
def test_a_known_page_is_fetched_again_when_the_feed_says_so(item: Item, said: str) -> None:
    """For an update or a new headline; a moved publication date is none."""
    found = changes.needs_page(merged(), item, now=NOW)
    assert said in found and bool(said) == bool(found)


def test_a_page_that_could_not_be_read_gets_an_hour_of_second_tries() -> None:
    """New stories are fetched, unread ones again for an hour."""
    unread = merged(page=None)
    assert changes.needs_page(unread, ITEM, now=NOW + timedelta(minutes=59))
    assert not changes.needs_page(unread, ITEM, now=NOW + timedelta(minutes=60))


def test_pasted_texts_differ_by_headline() -> None:
    """Another headline in the same file is another article; the link leads to the site."""
    one = changes.pasted_url("https://sample.example", source(), Page(headline="One"))
    two = changes.pasted_url("https://sample.example", source(), Page(headline="Two"))
    assert one.startswith("https://sample.example/?pasted=post-") and one != two
    item = Item(url=one, headline="One")
    assert merged(item, Page(headline="One", paragraphs=("Text.",)), one).url == one


def test_a_wall_takes_nothing_away() -> None:
    """What was read whole stays when the page later shows its beginning only; a page that showed
    no more from the start, and one that grew, are taken as they are."""
    stub = replace(PAGE, kind=ArticleKind.PAYWALL, paragraphs=PAGE.paragraphs[:1])
    assert changes.is_poorer(merged(page=stub), merged())
    assert not changes.is_poorer(merged(page=stub), merged(page=stub))
    assert not changes.is_poorer(merged(), merged(page=stub))
    grown = replace(PAGE, kind=ArticleKind.PAYWALL, paragraphs=(*PAGE.paragraphs, "More of it."))
    assert not changes.is_poorer(merged(page=grown), merged())
