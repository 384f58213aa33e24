"""Editions that are out, for pages, feed and card."""

from collections.abc import Sequence

from digest.model.edition import Edition, EditionState
from digest.model.newsletter import Newsletter
from digest.newsroom.house import House
from digest.render import card
from digest.render.card import Card
from digest.render.wording import direction, full_date
from digest.text.plain import one_line
from digest.text.spoken import spoken

HEADLINES = 3


def is_public(edition: Edition) -> bool:
    """Released and not withdrawn; one that was stopped in mid-send stays readable."""
    if edition.state in (EditionState.RELEASED, EditionState.DONE):
        return True
    return edition.state is EditionState.HELD and edition.released_at is not None


def public(house: House, slug: str) -> Edition | None:
    """An edition that readers may see."""
    edition = house.store.editions.get(slug)
    return edition if edition is not None and is_public(edition) else None


def latest(house: House, newsletter_id: str | None, limit: int) -> list[Edition]:
    """The newest first."""
    recent = house.store.editions.recent(newsletter_id, limit * 2)
    return [edition for edition in recent if is_public(edition)][:limit]


def before(house: House, edition: Edition, newsletter_id: str | None, limit: int) -> list[Edition]:
    """Those that came out before it, of one newsletter or of all, the newest first."""
    older = house.store.editions.before(newsletter_id, edition.due_at, limit * 2)
    return [one for one in older if is_public(one)][:limit]


def card_of(
    house: House, edition: Edition, newsletter: Newsletter, *, headlines: Sequence[str] = ()
) -> bytes:
    """The picture of an edition, or of those headlines in it, where it is shared, drawn with a font
    that has its letters."""
    headlines = headlines or [brief.headline for brief in edition.bulletin.briefs[:HEADLINES]]
    told = Card(
        site=one_line(house.settings.site.name),
        title=one_line(newsletter.title),
        date=full_date(edition.local_date, newsletter.language),
        headlines=tuple(spoken(headline) for headline in headlines),
        rtl=direction(newsletter.language) == "rtl",
    )
    brand = house.settings.brand
    words = " ".join((told.site, told.title, told.date, *told.headlines))
    fonts = house.fonts.files(brand.card_font)
    fitting = next((font for font in fonts if card.drawable(words, font)), fonts[0])
    return card.draw(told, brand.light, fitting)
