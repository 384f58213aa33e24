"""How an account's posts are worded: its templates, its server's rule, its purse."""

from collections.abc import Mapping
from functools import partial

from digest.model.account import Account, Network
from digest.model.edition import Edition
from digest.model.post import PostKind
from digest.newsroom.house import House
from digest.render import template
from digest.social import rates
from digest.social.write import Ways

TITLE = "News in 60 seconds"


def ways(house: House, edition: Edition, account: Account) -> Ways:
    """What writing the account's posts of an edition takes."""
    newsletter = house.settings.newsletter(edition.newsletter_id)
    known = house.store.accounts.rule(account.id)
    return Ways(
        site=house.settings.site,
        fill=partial(filled, house.templates),
        title=newsletter.title if newsletter else TITLE,
        rule=known[0] if known else None,
        purse=_purse(house, account),
    )


def _purse(house: House, account: Account) -> int | None:
    """What is left of the account's budget, in thousandths of a US dollar; None without one."""
    terms = rates.terms(account, house.clock.now())
    if terms.cap is None or terms.since is None:
        return None
    return max(0, terms.cap - house.store.accounts.spent(account.id, terms.since))


def filled(
    templates: Mapping[str, str], network: Network, kind: PostKind, values: Mapping[str, object]
) -> str:
    """The network's own template of the kind if there is one, else everybody's."""
    own, every = f"posts/{network}/{kind}.txt.j2", f"posts/{kind}.txt.j2"
    return template.fill(own if own in templates else every, templates, values)
