"""What an edition becomes when its articles have changed: decided and compiled, not yet saved."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from digest import compose
from digest.model.edition import Brief, Bulletin, Correction, Edition, EditionState, Email, NoBrief
from digest.model.news import Article, Pick
from digest.model.newsletter import Newsletter
from digest.model.post import Post
from digest.newsroom import rewording
from digest.newsroom.house import House
from digest.newsroom.letters import rendered
from digest.newsroom.writing import style
from digest.summarise import anew
from digest.summarise import bulletin as bulletins

Spares = Callable[[House, Newsletter, Edition], Sequence[Pick]]
"""Gives the stories that may move up where one was pulled before the release."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """An edition before and after, with all that is saved together."""

    before: Edition
    after: Edition
    emails: tuple[Email, ...] = ()
    """None when nothing changed for readers and only versions of articles are noted."""
    posts: tuple[Post, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checked:
    """The briefs against their articles, with what is corrected by it."""

    briefs: tuple[Brief, ...]
    corrections: tuple[Correction, ...]


def no_spares(house: House, newsletter: Newsletter, edition: Edition) -> Sequence[Pick]:
    """After the release nothing moves up: readers would get other news than those before them."""
    return ()


def revise(
    house: House, edition: Edition, *, why: str = "", spares: Spares = no_spares
) -> Revision | None:
    """The edition's next revision as its articles now stand, None when it is up to date."""
    newsletter = house.settings.newsletter(edition.newsletter_id)
    articles = house.store.articles.get([brief.url for brief in edition.bulletin.briefs])
    if newsletter is None or not _changed(edition, articles):
        return None
    checked = _check(house, newsletter, edition, articles, why)
    if not checked.corrections:
        bulletin = replace(edition.bulletin, briefs=checked.briefs)
        return Revision(before=edition, after=replace(edition, bulletin=bulletin))
    bulletin = _bulletin(house, newsletter, edition, checked, spares)
    appeal = house.settings.appeal(newsletter.appeal)
    after = compose.revised(
        edition, bulletin, newsletter=newsletter, site=house.settings.site, appeal=appeal
    )
    state, because = _state(edition, newsletter, bulletin, checked.corrections)
    after = replace(
        after,
        state=state,
        because=because,
        left_out=(*edition.left_out, *(told(c) for c in checked.corrections if c.pulled)),
        corrections=(*edition.corrections, *checked.corrections),
    )
    emails = rendered(house, newsletter, after, appeal)
    return Revision(
        before=edition, after=after, emails=emails, posts=rewording.reworded(house, after)
    )


def told(correction: Correction) -> str:
    """One sentence for editors."""
    if correction.pulled:
        return f"“{correction.headline}” was pulled: {correction.because}"
    return (
        f"“{correction.headline}” now says “{correction.after}” where it said"
        f" “{correction.before}” ({correction.because})"
    )


def _changed(edition: Edition, articles: dict[str, Article]) -> bool:
    """Whether any brief was written from an older version of its article."""
    return any(
        brief.url in articles and articles[brief.url].version != brief.article_version
        for brief in edition.bulletin.briefs
    )


def _check(
    house: House, newsletter: Newsletter, edition: Edition, articles: dict[str, Article], why: str
) -> _Checked:
    """Each brief against its article; those whose article did not change are left alone."""
    kept: list[Brief] = []
    corrections: list[Correction] = []
    for place, brief in enumerate(edition.bulletin.briefs):
        article = articles.get(brief.url)
        if article is None or article.version == brief.article_version:
            kept.append(brief)
            continue
        others = [*kept, *edition.bulletin.briefs[place + 1 :]]
        found = _again(house, newsletter, edition, brief, article, others)
        if isinstance(found, Brief):
            kept.append(found)
        if words := _difference(brief, found):
            because = article.withdrawn or article.because
            if isinstance(found, NoBrief) and not article.withdrawn:
                because = f"{because}; {found.because}"
            corrections.append(
                Correction(
                    revision=edition.revision + 1,
                    at=house.clock.now(),
                    url=brief.url,
                    headline=brief.headline if isinstance(found, NoBrief) else found.headline,
                    before=words[0],
                    after=words[1],
                    because=f"{because}; {why}" if why else because,
                )
            )
    return _Checked(briefs=tuple(kept), corrections=tuple(corrections))


def _difference(brief: Brief, found: Brief | NoBrief) -> tuple[str, str] | None:
    return (brief.line, "") if isinstance(found, NoBrief) else anew.difference(brief, found)


def _again(
    house: House,
    newsletter: Newsletter,
    edition: Edition,
    brief: Brief,
    article: Article,
    others: Sequence[Brief],
) -> Brief | NoBrief:
    if article.withdrawn:
        return NoBrief(because=article.withdrawn)
    found = anew.again(
        brief,
        article,
        style(house, newsletter, edition.local_date),
        room=house.settings.summary.words - sum(other.words for other in others),
    )
    if isinstance(found, Brief) and any(other.line == found.line for other in others):
        return NoBrief(because="it would repeat a line that is already in the bulletin")
    return found


def _bulletin(
    house: House, newsletter: Newsletter, edition: Edition, checked: _Checked, spares: Spares
) -> Bulletin:
    """The briefs that are left, and before the release others in the place of those pulled."""
    briefs, left_out = checked.briefs, edition.bulletin.left_out
    lacking = len(edition.bulletin.briefs) - len(briefs)
    if not lacking or edition.released_at is not None:
        return bulletins.of(briefs, left_out)
    summary, known = house.settings.summary, {brief.url for brief in briefs}
    free = [
        pick
        for pick in spares(house, newsletter, edition)
        if known.isdisjoint(article.url for article in pick.story.articles)
    ]
    more = bulletins.write(
        free,
        style(house, newsletter, edition.local_date),
        stories=lacking,
        words=summary.words - sum(brief.words for brief in briefs),
        sources={source.id: source for source in house.settings.sources_of(newsletter)},
    )
    lines = {brief.line for brief in briefs}
    moved_up = [brief for brief in more.briefs if brief.line not in lines]
    return bulletins.of((*briefs, *moved_up), left_out)


def _state(
    edition: Edition, newsletter: Newsletter, bulletin: Bulletin, corrections: Sequence[Correction]
) -> tuple[EditionState, str]:
    """Approval is kept, with a word about the revision; too short an edition is held."""
    what = "; ".join(told(correction) for correction in corrections)
    found, needed = len(bulletin.briefs), max(1, newsletter.at_least)
    ended = (EditionState.DONE, EditionState.HELD)
    if found < needed and edition.state not in ended:
        return EditionState.HELD, f"{found} stories, {needed} needed: {what}"
    if edition.state is EditionState.APPROVED:
        return edition.state, f"{edition.because}; revised after approval: {what}"
    return edition.state, edition.because
