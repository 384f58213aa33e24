"""Counted links: looked up, counted where they can be, and followed in any case."""

import logging
from collections.abc import Mapping

from digest.deliver import clicks
from digest.errors import StoreError
from digest.model.appeal import Click
from digest.newsroom.house import House

log = logging.getLogger(__name__)


def follow(
    house: House, slug: str, link: str, visitor: str, headers: Mapping[str, str], *, count: bool
) -> str | None:
    """The address a link leads to, None for one that never was; one row is kept of a visitor's
    first click of the day. A click that cannot be kept stops nobody."""
    found = house.store.appeals.target(slug, link)
    if found is None:
        return None
    edition_id, target, out = found
    # An editor who tries the links of a draft is led on and not counted.
    if count and out:
        click = Click(
            edition_id=edition_id,
            link=link,
            at=house.clock.now(),
            visitor=visitor,
            machine=clicks.machine(headers),
        )
        try:
            house.store.appeals.click(click)
        except StoreError as error:
            log.warning("a click on %s of %s was not counted: %s", link, slug, error)
    return target
