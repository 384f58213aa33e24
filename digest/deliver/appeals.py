"""Who sees which wording of an appeal, by its rules, and why; and where its button leads."""

import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b, sha256
from urllib.parse import quote, urlsplit, urlunsplit

from digest.deliver.results import per_thousand
from digest.model.appeal import DECKS, Appeal, AppealPlan, Choose, Link, VariantCounts
from digest.model.edition import Edition
from digest.model.newsletter import Site
from digest.url import host

ENOUGH_SUBMITTED = 1000
"""Of each wording, before one of them may be called the best."""
ENOUGH_GIFTS = 20
"""Of all wordings together."""

_REFERENCE = re.compile(r"(\d\d)(\d\d)([a-z0-9_-]{3,150})([0-9a-f]{16})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a contribution came from, as its reference says."""

    slug: str
    appeal: str
    variant: str


def appeal_plan(
    edition: Edition,
    appeal: Appeal | None,
    now: datetime,
    counts: Sequence[VariantCounts] = (),
) -> AppealPlan:
    """Who sees which variant of the edition's appeal, by its rules, and why; `counts` say what each
    did so far."""
    if not edition.appeal:
        return AppealPlan(because=edition.no_appeal_because or "the edition carries no appeal")
    if appeal is None or not appeal.variants:
        return AppealPlan(because=f"the appeal {edition.appeal!r} is no longer configured")
    rules = appeal.rules
    deals, how = _deals(appeal, counts)
    told = [f"appeal {appeal.id!r}: {how}"]
    if rules.hide_from_supporters:
        told.append("hidden from supporters")
    if rules.at_most:
        told.append(f"at most {rules.at_most} in {_span(rules.per)} for each subscriber")
    factor, shift = _shuffle(appeal.id)
    return AppealPlan(
        deals=deals,
        factor=factor,
        shift=shift,
        hide_from_supporters=rules.hide_from_supporters,
        at_most=rules.at_most,
        since=now - rules.per if rules.at_most else None,
        now=now,
        because="; ".join(told),
    )


def dealt(appeal: Appeal, counts: Sequence[VariantCounts]) -> str:
    """How its wordings would be dealt now, in words."""
    return _deals(appeal, counts)[1]


def links(secret: str, edition: Edition, appeal: Appeal, site: Site) -> dict[str, Link]:
    """Variant id -> where its button leads: the editors' address with what it came from."""
    return {
        one.id: Link(
            name=one.id,
            target=_told(
                one.url,
                {
                    "utm_source": host(site.url),
                    "utm_medium": "email",
                    "utm_campaign": edition.slug,
                    "utm_content": f"{appeal.id}.{one.id}",
                    appeal.reference: reference(secret, edition.slug, appeal.id, one.id),
                },
            ),
        )
        for one in appeal.variants
    }


def reference(secret: str, slug: str, appeal: str, variant: str) -> str:
    """Names edition, appeal and variant, and nobody else can make it.

    Letters, digits, - and _ only, 200 at most: what Stripe takes as client_reference_id.
    """
    about = f"{len(slug):02}{len(appeal):02}{slug}{appeal}{variant}"
    return about + _mac(secret, about)


def read_reference(secret: str, text: str) -> Reference | None:
    """What a genuine reference names, None for any other text."""
    found = _REFERENCE.fullmatch(text.strip())
    if found is None:
        return None
    first, second, names, mac = int(found[1]), int(found[2]), found[3], found[4]
    if not hmac.compare_digest(_mac(secret, text.strip()[: -len(mac)]), mac):
        return None
    return Reference(
        slug=names[:first],
        appeal=names[first : first + second],
        variant=names[first + second :],
    )


def _deals(
    appeal: Appeal, counts: Sequence[VariantCounts]
) -> tuple[tuple[tuple[int, str], ...], str]:
    """Whom each wording is dealt to, and how that came about in words."""
    weights = [(one.id, one.weight) for one in appeal.variants]
    if len(weights) == 1:
        return _shared_out(weights, 0, DECKS), "one wording"
    if appeal.choose is Choose.WEIGHTS:
        total = sum(weight for _, weight in weights)
        said = ", ".join(f"{name} {weight / total:.0%}" for name, weight in weights)
        return _shared_out(weights, 0, DECKS), f"dealt {said}"
    even = [(name, 1.0) for name, _ in weights]
    best = _best([name for name, _ in weights], counts)
    if isinstance(best, str):
        return _shared_out(even, 0, DECKS), f"dealt evenly, for {best}"
    trying = round(DECKS * appeal.explore)
    name, figures = best.variant, f"{per_thousand(best) / 100:.2f} per 1,000 submitted"
    deals = (*_shared_out(even, 0, trying), (DECKS, name)) if trying < DECKS else ()
    return (
        deals or _shared_out(even, 0, DECKS),
        f"{name} is best so far ({figures}); {appeal.explore:.0%} go on trying all",
    )


def _best(names: Sequence[str], counts: Sequence[VariantCounts]) -> VariantCounts | str:
    """The wording that earned most, or why none can be called so yet."""
    known = {one.variant: one for one in counts if one.variant in names}
    for name in names:
        if name not in known or known[name].submitted < ENOUGH_SUBMITTED:
            there = known[name].submitted if name in known else 0
            return f"{name} was submitted {there} times and {ENOUGH_SUBMITTED} are needed"
    gifts = sum(one.gifts for one in known.values())
    if gifts < ENOUGH_GIFTS:
        return f"there are {gifts} gifts and {ENOUGH_GIFTS} are needed"
    return max((known[name] for name in names), key=per_thousand)


def _shared_out(
    weights: Sequence[tuple[str, float]], start: int, end: int
) -> tuple[tuple[int, str], ...]:
    """The decks from start to end by weight, in the order of the wordings: when one weight changes,
    only readers at the borders see another wording."""
    total, reached = sum(weight for _, weight in weights), 0.0
    deals = []
    for name, weight in weights:
        reached += weight
        deals.append((start + round((end - start) * reached / total), name))
    return tuple(deals)


def _shuffle(appeal: str) -> tuple[int, int]:
    """Factor and shift of an appeal: a factor that shares no divisor with the number of decks
    orders them anew, so that the groups of one appeal are not those of another."""
    told = int.from_bytes(sha256(appeal.encode()).digest()[:8], "big")
    factor = 1001 + 2 * (told % 4000)
    while factor % 5 == 0:
        factor += 2
    return factor, (told >> 32) % DECKS


def _told(url: str, more: dict[str, str]) -> str:
    """The address with further parameters; those it has already stay the editors'."""
    parts = urlsplit(url)
    there = {pair.partition("=")[0] for pair in parts.query.split("&")}
    added = [f"{name}={quote(value, safe='')}" for name, value in more.items() if name not in there]
    query = "&".join([*([parts.query] if parts.query else []), *added])
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", query, parts.fragment))


def _mac(secret: str, about: str) -> str:
    key = secret.encode()
    return blake2b(about.encode(), digest_size=8, key=key, person=b"gift").hexdigest()


def _span(per: timedelta) -> str:
    return f"{per.days} days" if per >= timedelta(days=2) else f"{per.total_seconds() / 3600:g} h"
