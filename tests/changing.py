"""Articles that change under an edition: in the store, or on the web where they are looked at."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from digest.model.edition import Brief, Edition
from digest.model.news import Article
from digest.newsroom import articles, desk, editions
from digest.newsroom.house import House
from tests import builders
from tests.fakes_collect import Answer, FakeFetcher
from tests.house import morning


def page(article: Article) -> Answer:
    """The article's own page."""
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in article.paragraphs)
    html = (
        f"<html lang=en><head><title>{escape(article.headline)}</title>"
        f"<meta property='og:type' content='article'>"
        f"<meta property='og:description' content='{escape(article.standfirst)}'>"
        f"<link rel=canonical href='{article.url}'></head><body><article>"
        f"<h1>{escape(article.headline)}</h1>{paragraphs}</article></body></html>"
    )
    return Answer(body=html.encode(), headers={"Content-Type": "text/html; charset=utf-8"})


async def read_from_the_web(house: House, web: FakeFetcher) -> None:
    """Give every stored article a page, and let the house read it."""
    stored = house.store.articles.since(builders.NOW.replace(year=2000), ["post"])
    web.answers |= {article.url: page(article) for article in stored}
    await articles.look_again(house, [article.url for article in stored])
    web.visits.clear()


def told(house: House, url: str) -> Article:
    """The article as it is stored."""
    return house.store.articles.get([url])[url]


def corrected(article: Article, old: str, new: str) -> Article:
    """The article with other words."""
    assert old in " ".join((article.headline, article.standfirst, *article.paragraphs))
    return replace(
        article,
        headline=article.headline.replace(old, new),
        standfirst=article.standfirst.replace(old, new),
        paragraphs=tuple(text.replace(old, new) for text in article.paragraphs),
        hash=f"{article.hash}, {new}",
        because="1 paragraph edited",
    )


def correct(house: House, url: str, old: str, new: str) -> None:
    """Save a version with other words, as the collector does."""
    house.store.articles.save([corrected(told(house, url), old, new)])


def add(house: House, url: str, *paragraphs: str) -> None:
    """Save a version with paragraphs on top, as of a live page."""
    known = told(house, url)
    longer = (*paragraphs, *known.paragraphs)
    save = replace(known, paragraphs=longer, hash=f"{len(longer)}", because="1 paragraph added")
    house.store.articles.save([save])


def withdraw(house: House, url: str, because: str = "its page is gone (404)") -> None:
    """Save the version without a page."""
    known = told(house, url)
    gone = replace(known, withdrawn=because, hash="gone", because=f"withdrawn: {because}")
    house.store.articles.save([gone])


async def drafted(house: House) -> Edition:
    """The draft of Monday's slot."""
    made = await editions.produce(house, morning(house), builders.occurrence())
    assert isinstance(made, Edition), made
    return made


async def released(house: House) -> Edition:
    """Monday's edition, released."""
    edition = await drafted(house)
    assert editions.release(house, edition, "test")
    return newest(house, edition)


def newest(house: House, edition: Edition) -> Edition:
    """The edition as it stands."""
    return desk.find(house, edition.slug)


def lines(edition: Edition) -> list[str]:
    """The bulletin's lines in order."""
    return [brief.line for brief in edition.bulletin.briefs]


def others(edition: Edition, brief: Brief) -> Sequence[Brief]:
    """All briefs but those of one story."""
    return [one for one in edition.bulletin.briefs if one.url != brief.url]
