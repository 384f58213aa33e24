"""What editors decided about single stories, as it stands for one choice."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from digest.model.news import Article, Ruling, RulingKind
from digest.model.newsletter import Newsletter
from digest.newsroom.house import House
from digest.select import Pin
from digest.url import canonical

BARRED = timedelta(days=30)
"""So long a bar lasts."""
WAITS = timedelta(days=7)
"""So long a pin waits for its story, beyond the age that the newsletter allows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """The pins and bars that count, with their articles."""

    pins: tuple[Pin, ...] = ()
    bars: tuple[Ruling, ...] = ()
    pinned: tuple[Article, ...] = ()
    """However old, and of whatever source."""
    barred: tuple[Article, ...] = ()
    missing: tuple[str, ...] = ()
    """One sentence for each pin whose article was not collected."""


def until(ruling: Ruling, newsletter: Newsletter) -> datetime:
    """When it is over by itself."""
    lasts = BARRED if ruling.kind is RulingKind.BAR else newsletter.max_age + WAITS
    return ruling.at + lasts


def of(house: House, newsletter: Newsletter, at: datetime) -> list[Ruling]:
    """Those not over at the instant, in the order they were made, each with its article's own
    address."""
    since = at - max(BARRED, newsletter.max_age + WAITS)
    made = house.store.rulings.of(newsletter.id, since)
    lasting = [ruling for ruling in made if until(ruling, newsletter) >= at]
    articles = collected(house, [ruling.url for ruling in lasting])
    return [
        replace(ruling, url=articles[ruling.url].url) if ruling.url in articles else ruling
        for ruling in lasting
    ]


def in_force(
    house: House,
    newsletter: Newsletter,
    at: datetime,
    used: Set[str],
    also: Sequence[Ruling] = (),
) -> InForce:
    """What counts in a choice for that instant; `also` are pins that an editor thinks about.

    A pin whose article stands among the `used` is over.
    """
    fresh = {ruling.url for ruling in also}
    rulings = [r for r in of(house, newsletter, at) if r.url not in fresh]
    bars = [ruling for ruling in rulings if ruling.kind is RulingKind.BAR]
    pins = [*(r for r in rulings if r.kind is RulingKind.PIN and r.url not in used), *also]
    articles = collected(house, [ruling.url for ruling in (*pins, *bars)])
    return InForce(
        pins=tuple(_since(house, newsletter, pins)),
        bars=tuple(bars),
        pinned=tuple(articles[pin.url] for pin in pins if pin.url in articles),
        barred=tuple(articles[bar.url] for bar in bars if bar.url in articles),
        missing=tuple(_missing(pins, articles)),
    )


def barred(house: House, newsletter: Newsletter, at: datetime) -> dict[str, Ruling]:
    """The bars that count, by the address of the article."""
    return {r.url: r for r in of(house, newsletter, at) if r.kind is RulingKind.BAR}


def article_at(house: House, address: str) -> Article | None:
    """The collected article with that address, however it is spelled."""
    return next(iter(collected(house, [canonical(address), address]).values()), None)


def collected(house: House, addresses: Sequence[str]) -> dict[str, Article]:
    """Address -> article, for those that were collected, under that address or another."""
    if not addresses:
        return {}
    articles = house.store.articles
    found = articles.get(addresses)
    for known in articles.known([a for a in addresses if a not in found], "", []):
        for address in (known.article.url, known.article.address):
            if address in addresses:
                found.setdefault(address, known.article)
    return found


def _since(house: House, newsletter: Newsletter, pins: Sequence[Ruling]) -> Iterator[Pin]:
    for ruling in pins:
        told = house.store.editions.used_urls(newsletter.id, ruling.at)
        yield Pin(ruling=ruling, told=frozenset(told))


def _missing(pins: Sequence[Ruling], articles: Mapping[str, Article]) -> Iterator[str]:
    for pin in pins:
        if pin.url not in articles:
            yield f"{pin.url} was pinned by {pin.who}, but left out: it was not collected."
