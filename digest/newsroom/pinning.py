"""The editors' verbs on single stories: pin, bar, lift, and what is pinned."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from digest.errors import UsageError
from digest.model.edition import Edition, EditionState
from digest.model.news import Article, Pick, Ruling, RulingKind
from digest.model.newsletter import Newsletter
from digest.newsroom import choosing, correcting, desk, ruling
from digest.newsroom.choosing import Chosen
from digest.newsroom.house import House
from digest.select.fitness import barred
from digest.url import canonical, is_web

UNRELEASED = (EditionState.DRAFT, EditionState.APPROVED, EditionState.HELD)


@dataclass(frozen=True, slots=True, kw_only=True)
class RulingTold:
    """A pin or bar as it stands."""

    kind: RulingKind
    url: str
    headline: str
    """"" while the article is not collected."""
    who: str
    at: datetime
    until: datetime
    because: str
    standing: str
    """What comes of it in the next edition."""


def pin(house: House, newsletter_id: str, addresses: Sequence[str], who: str) -> list[str]:
    """They come first in the next edition, in this order; one sentence for each, and for each
    edition that is written already. UsageError when none could be pinned."""
    newsletter = desk.named(house, newsletter_id)
    now = house.clock.now()
    made = _rulings(house, newsletter, addresses, RulingKind.PIN, who)
    bars = ruling.barred(house, newsletter, now)
    free = [one for one in made if one.url not in bars]
    found = _Outcome(house, newsletter, choosing.choose(house, newsletter, now, free))
    kept = [one for one in free if found.may_come(one.url)]
    house.store.rulings.put(kept)
    said = [found.barred(bars[one.url]) if one.url in bars else found.sentence(one) for one in made]
    if not kept:
        raise UsageError(f"{' '.join(said)} Nothing was changed")
    return [*said, *(_stands(edition) for edition in _unreleased(house, newsletter))]


async def bar(
    house: House, newsletter_id: str, addresses: Sequence[str], who: str, why: str
) -> list[str]:
    """They come into no edition; what waits for its slot goes without them at once."""
    newsletter = desk.named(house, newsletter_id)
    made = _rulings(house, newsletter, addresses, RulingKind.BAR, who, why)
    house.store.rulings.put(made)
    said = [
        f"{_name(house, one)} comes into no edition of {newsletter.id} until"
        f" {_day(one, newsletter)}."
        for one in made
    ]
    for edition in _unreleased(house, newsletter):
        after = await correcting.keep_up(house, edition.id, spares=choosing.spares)
        if after is not None and after.revision > edition.revision:
            said.append(
                f"It was pulled from {after.slug}, which is now revision {after.revision}:"
                f" {after.bulletin.length}."
            )
    return [*said, *_told_already(house, made), *_told_by_others(house, newsletter)]


def lift(house: House, newsletter_id: str, addresses: Sequence[str]) -> list[str]:
    """Forget pins and bars; UsageError, after the others, for those that had none."""
    newsletter = desk.named(house, newsletter_id)
    made = {one.url: one for one in ruling.of(house, newsletter, house.clock.now())}
    said, unknown = [], []
    for address in addresses:
        one = made.get(_url(house, address))
        spelled = _spellings(house, address)
        gone = [house.store.rulings.lift(newsletter.id, url) for url in spelled]
        if one is not None and any(gone):
            said.append(f"{_name(house, one)}: the {one.kind} by {one.who} is lifted.")
        else:
            unknown.append(address)
    if unknown:
        none = f"There is no pin or bar of {newsletter.id} on {', '.join(unknown)}"
        raise UsageError(" ".join([*said, none]))
    return said


def listed(house: House, newsletter_id: str) -> list[RulingTold]:
    """The pins in their order, then the bars, each with what comes of it as things stand now."""
    newsletter = desk.named(house, newsletter_id)
    now = house.clock.now()
    found = _Outcome(house, newsletter, choosing.choose(house, newsletter, now))
    made = ruling.of(house, newsletter, now)
    articles = ruling.collected(house, [one.url for one in made])
    used = house.store.editions.used_urls(newsletter.id, now - ruling.BARRED)
    return [
        RulingTold(
            kind=one.kind,
            url=one.url,
            headline=articles[one.url].headline if one.url in articles else "",
            who=one.who,
            at=one.at,
            until=ruling.until(one, newsletter),
            because=one.because,
            standing=found.sentence(one)
            if one.kind is RulingKind.PIN
            else f"It comes into no edition until {_day(one, newsletter)}.",
        )
        for one in sorted(made, key=lambda one: one.kind is RulingKind.BAR)
        if one.kind is RulingKind.BAR or one.url not in used
    ]


def _rulings(
    house: House,
    newsletter: Newsletter,
    addresses: Sequence[str],
    kind: RulingKind,
    who: str,
    why: str = "",
) -> list[Ruling]:
    """One for each article, however often and under which of its addresses it was named."""
    strange = [address for address in addresses if not is_web(address)]
    if strange:
        raise UsageError(
            f"{', '.join(map(repr, strange))}: no web address (https://…); nothing was changed"
        )
    urls = dict.fromkeys(_url(house, address) for address in addresses)
    now = house.clock.now()
    return [
        Ruling(newsletter_id=newsletter.id, url=url, kind=kind, who=who, at=now, because=why)
        for url in urls
    ]


def _url(house: House, address: str) -> str:
    return _own(ruling.article_at(house, address), canonical(address))


def _own(article: Article | None, otherwise: str) -> str:
    return article.url if article is not None else otherwise


def _spellings(house: House, address: str) -> set[str]:
    """The addresses a ruling may stand under: when it was made, the article may not have been
    known yet, or only by the feed's address."""
    article = ruling.article_at(house, address)
    known = {article.url, canonical(article.address)} if article is not None else set()
    return {canonical(address), *known} - {""}


class _Outcome:
    """What a choice makes of single articles."""

    def __init__(self, house: House, newsletter: Newsletter, chosen: Chosen) -> None:
        self._house, self._newsletter = house, newsletter
        self._picks = [one for one in chosen.selection.picks if one.pinned]
        self._left_out = {one.story.best.url: one for one in chosen.selection.left_out}

    def may_come(self, url: str) -> bool:
        """Whether it comes, or what keeps it out may be over by the next edition."""
        article = ruling.article_at(self._house, url)
        if article is None or url not in self._left_out:
            return True
        return article.when > self._house.clock.now() or not article.paragraphs

    def sentence(self, one: Ruling) -> str:
        """What comes of the pin."""
        if one.url in self._left_out:
            waits = f" The pin waits for it until {self._day(one)}." * self.may_come(one.url)
            return self._left_out[one.url].because + waits
        for place, pick in enumerate(self._picks, start=1):
            if one.url in {article.url for article in pick.story.articles}:
                return self._placed(one, place, pick)
        return f"{one.url} was not collected yet; the pin waits for it until {self._day(one)}."

    def barred(self, bar: Ruling) -> str:
        """That it was barred, and how to lift that."""
        return (
            f"{_name(self._house, bar)} was not pinned: it was {barred(bar)}."
            f" `digest lift {self._newsletter.id} {bar.url}` comes first."
        )

    def _placed(self, one: Ruling, place: int, pick: Pick) -> str:
        name, best = _name(self._house, one), pick.story.best
        if best.url != one.url:
            return f"{name} is told with “{best.headline}”, which is pinned before it."
        if place > self._newsletter.stories:
            return f"{name} is pinned, but all {place - 1} places have pins before it."
        return (
            f"{name} comes {'first' if place == 1 else f'as number {place}'} in the next edition."
        )

    def _day(self, one: Ruling) -> str:
        return _day(one, self._newsletter)


def _unreleased(house: House, newsletter: Newsletter) -> list[Edition]:
    waiting = house.store.editions.in_states(UNRELEASED)
    return [e for e in waiting if e.newsletter_id == newsletter.id and e.released_at is None]


def _stands(edition: Edition) -> str:
    return (
        f"{edition.slug} is written already and stands as it is ({edition.state});"
        f" `digest redraft {edition.slug}` chooses and writes it anew."
    )


def _told_already(house: House, made: Sequence[Ruling]) -> Iterator[str]:
    """Where the barred stories went out before."""
    for one in made:
        for edition in house.store.editions.using(one.url):
            if edition.newsletter_id == one.newsletter_id and edition.released_at is not None:
                yield (
                    f"{_name(house, one)} went out in {edition.slug} ({edition.state});"
                    f" `digest hold {edition.slug}` stops what is still on its way."
                )


def _told_by_others(house: House, newsletter: Newsletter) -> Iterator[str]:
    """Waiting editions that tell a barred story from another source."""
    chosen = choosing.choose(house, newsletter, house.clock.now())
    out = {one.story.best.url: one for one in chosen.selection.left_out}
    for edition in _unreleased(house, newsletter):
        for brief in edition.bulletin.briefs:
            if brief.url in out and "which was barred" in out[brief.url].because:
                yield (
                    f"{edition.slug} has {out[brief.url].because}"
                    f" `digest redraft {edition.slug}` writes it without; or bar {brief.url}."
                )


def _name(house: House, one: Ruling) -> str:
    article = ruling.article_at(house, one.url)
    return f"“{article.headline}”" if article is not None and article.headline else one.url


def _day(one: Ruling, newsletter: Newsletter) -> str:
    local = ruling.until(one, newsletter).astimezone(ZoneInfo(newsletter.schedule.timezone))
    return f"{local.day} {local:%B %Y}"
