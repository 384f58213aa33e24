"""An edition into the posts of one account."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from digest.model.account import Account, Links, Network, PostPicture, PostShape, TextRule
from digest.model.edition import Edition
from digest.model.newsletter import Site
from digest.model.post import Post, PostKind, PostState
from digest.social import fit, measure, rates, tags
from digest.social.keys import key
from digest.social.parts import Part, of_edition, story, whole

_CARD_TITLE, _CARD_SUMMARY = 200, 300
_ALT = 1_000
"""The shortest of what networks take as alt text."""

CARDS = (Network.BLUESKY, Network.LINKEDIN, Network.THREADS)
"""Networks where the link is a card beside the text; elsewhere it stands in the text."""

PICTURES = (Network.X, Network.BLUESKY, Network.MASTODON)
"""Networks to which we give pictures."""

Fill = Callable[[Network, PostKind, Mapping[str, object]], str]
"""A network's template for a kind of post, filled with values."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What writing posts takes beside edition and account."""

    site: Site
    fill: Fill
    title: str = "News in 60 seconds"
    rule: TextRule | None = None
    """How much text the account's own server takes."""
    purse: int | None = None
    """Thousandths of a US dollar that the posts may cost; None = no limit."""


def posts(edition: Edition, account: Account, *, ways: Ways, now: datetime) -> tuple[Post, ...]:
    """The edition's posts for the account, each within its network's length, in order."""
    parts = of_edition(edition, account, site=ways.site, title=ways.title)
    if parts and account.shape is PostShape.THREAD:
        bulletin = whole(edition, account, site=ways.site, title=ways.title)
        alone = _written(bulletin, account, ways, linked=_linked(account, [bulletin])[0])
        if alone.fits:
            parts = [bulletin]
    thread = len(parts) > 1 and account.shape is PostShape.THREAD
    found: list[Post] = []
    left = ways.purse
    for number, (part, linked) in enumerate(zip(parts, _linked(account, parts), strict=True)):
        written = _written(part, account, ways, linked=linked)
        if left is not None and account.links is Links.BUDGET:
            rest = len(parts) - number - 1
            plain = _written(part, account, ways, linked=False)
            if written.price + rest * plain.price > left:
                written = plain
        if left is not None:
            left -= written.price
        post = _frozen(written, edition, account, number, now)
        found.append(replace(post, thread=thread))
    return tuple(found)


def again(post: Post, edition: Edition, account: Account, *, ways: Ways) -> Post | None:
    """A post that still waits, with the words of the edition as it is now; None when its story is
    not in it.

    Its place, times and key stay: to the network it is the same post, whatever became of an
    earlier attempt.
    """
    part = _part_again(post, edition, account, ways)
    if part is None:
        return None
    waits = post.state in (PostState.QUEUED, PostState.DEFERRED)
    linked = bool(post.link) if account.links is Links.BUDGET else _link_again(post, account)
    found = _frozen(
        _written(part, account, ways, linked=linked), edition, account, post.part, post.created
    )
    return replace(
        post,
        text=found.text,
        link=found.link,
        link_title=found.link_title,
        link_summary=found.link_summary,
        image=found.image,
        picture=found.picture,
        alt=found.alt,
        tags=found.tags,
        length=found.length,
        price=found.price,
        state=found.state if waits and found.because else post.state,
        because=found.because if waits and found.because else post.because,
        revision=edition.revision,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Written:
    """A part as text."""

    part: Part
    text: str
    link: str
    length: int
    fits: bool
    price: int
    image: bool
    rule: TextRule | None


def _part_again(post: Post, edition: Edition, account: Account, ways: Ways) -> Part | None:
    site, title = ways.site, ways.title
    if post.kind == "story":
        briefs = [b for b in edition.bulletin.briefs if b.url == post.story_url]
        return story(edition, briefs[0], account, site=site, title=title) if briefs else None
    if post.kind == "whole":
        return whole(edition, account, site=site, title=title) if edition.bulletin.briefs else None
    parts = of_edition(edition, replace(account, shape=PostShape.THREAD), site=site, title=title)
    return next((part for part in parts if part.kind == post.kind), None)


def _link_again(post: Post, account: Account) -> bool:
    """Whether the account's rule gives a link to the post at its place."""
    if account.links is Links.LAST_IN_THREAD:
        return not post.thread or post.kind == "last"
    return account.links is Links.ALL


def _linked(account: Account, parts: Sequence[Part]) -> list[bool]:
    """Which parts have a link by the account's rule; one that stands alone is its own last."""
    thread = account.shape is PostShape.THREAD and len(parts) > 1
    match account.links:
        case Links.ALL | Links.BUDGET:
            return [True] * len(parts)
        case Links.LAST_IN_THREAD:
            return [not thread or part is parts[-1] for part in parts]
        case Links.NONE:
            return [False] * len(parts)


def _written(part: Part, account: Account, ways: Ways, *, linked: bool) -> _Written:
    """The part in its network's template, its words as long as fit; a link is never cut."""
    network = account.network
    link = part.link if linked else ""
    in_text = link if network not in CARDS else ""

    def filled(words: str) -> str:
        values = {**part.values, "words": words, "link": in_text, "linked": bool(link)}
        return ways.fill(network, part.kind, values).strip()

    def fits(words: str) -> bool:
        return measure.fits(network, filled(words), ways.rule)

    if in_text and not fits("…" if part.line else ""):
        in_text = link = ""
    words = fit.choose(part.line, part.headline, fits=fits) if part.line else ""
    text = filled(words)
    image = account.picture is PostPicture.IMAGE and network in PICTURES and bool(part.alt)
    length = measure.length(network, text, ways.rule)
    return _Written(
        part=part,
        text=text,
        link=link,
        length=length,
        fits=length <= measure.limit(network, ways.rule),
        price=measure.price(network, text) + (rates.alt_text(network) if image else 0),
        image=image,
        rule=ways.rule,
    )


def _frozen(
    written: _Written, edition: Edition, account: Account, number: int, now: datetime
) -> Post:
    """The part as it will go out."""
    part = written.part
    because = _why_held(written, account)
    shown = written.image or bool(written.link)
    return Post(
        edition_id=edition.id,
        account_id=account.id,
        network=account.network,
        part=number,
        kind=part.kind,
        story_url=part.story_url,
        text=written.text,
        link=written.link,
        link_title=_shortened(part.link_title, _CARD_TITLE) if written.link else "",
        link_summary=_shortened(part.link_summary, _CARD_SUMMARY) if written.link else "",
        image=written.image,
        picture=part.picture if shown and account.picture is not PostPicture.NONE else "",
        alt=_shortened(part.alt, _ALT) if shown else "",
        tags=part.tags,
        length=written.length,
        price=written.price,
        created=now,
        due_at=now,
        expires_at=now + account.max_age,
        key=key(account, edition.slug, number, now),
        state=PostState.HELD if because else PostState.QUEUED,
        because=because,
        revision=edition.revision,
    )


def _why_held(written: _Written, account: Account) -> str:
    """Why an editor should look at it first, or ""."""
    if not written.fits:
        most = measure.limit(account.network, written.rule)
        return (
            f"the template of {written.part.kind} posts makes {written.length} of {most} signs for"
            f" {account.id}: shorten it, or give the post other words"
        )
    if word := tags.held_by(written.text, account.hold_words):
        return f"it says {word!r}, a hold word of {account.id}: an editor decides whether it goes"
    return ""


def _shortened(text: str, size: int) -> str:
    return fit.choose(text, "", fits=lambda wording: len(wording) <= size)
