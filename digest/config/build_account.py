"""Social accounts from their shape."""

from digest.config.account_shape import AccountShape
from digest.config.read import Trail
from digest.config.surroundings import Surroundings
from digest.model.account import Account, Links
from digest.model.newsletter import ScheduleRule, Site


def account(shape: AccountShape, site: Site, around: Surroundings, trail: Trail) -> Account:
    """The account, with its secrets from where they are kept."""
    timezone = shape.timezone or site.timezone
    found = Account(
        id=shape.id,
        network=shape.network,
        url=shape.url or "",
        handle=shape.handle or "",
        keys=around.secret(shape.keys, (*trail, "keys")),
        client=around.secret(shape.client, (*trail, "client")),
        password=around.secret(shape.password, (*trail, "password")),
        token=around.secret(shape.token, (*trail, "token")),
        webhook=around.secret(shape.webhook, (*trail, "webhook")),
        shape=shape.shape,
        links=shape.links,
        picture=shape.picture,
        hashtags=shape.hashtags,
        hold_words=shape.hold_words,
        stories=shape.stories,
        slots=tuple(ScheduleRule(text=text, timezone=timezone) for text in shape.slots),
        gap=shape.gap,
        quiet=shape.quiet,
        timezone=timezone,
        budget=shape.budget,
        max_age=shape.max_age,
        unread=shape.unread,
        language=shape.language or site.language,
    )
    if not (shape.keys or shape.password or shape.token or shape.webhook):
        around.warn(trail, f"the account {shape.id!r} names no secret: its posts will be refused")
    if shape.links is Links.BUDGET and shape.budget is None:
        text = f"`links: budget` of {shape.id!r} has no `budget` to go by: every post gets its link"
        around.warn((*trail, "links"), text)
    return found
