"""What an edition becomes when its articles have changed: decided and compiled, not yet saved."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from digest import compose
from digest.model.edition import Brief, Bulletin, Correction, Edition, EditionState, Email, NoBrief
from digest.model.news import Article, Pick, Ruling
from digest.model.newsletter import Closer, Newsletter
from digest.model.post import Post
from digest.newsroom import rewording, ruling
from digest.newsroom.house import House
from digest.newsroom.letters import rendered
from digest.newsroom.writing import style
from digest.select import sensitive
from digest.select.fitness import barred
from digest.summarise import anew
from digest.summarise import bulletin as bulletins
from digest.text import languages
from digest.text.languages import ENGLISH

Spares = Callable[[House, Newsletter, Edition], Sequence[Pick]]
"""Gives the stories that may move up where one was pulled before the release."""
Bars = Mapping[str, Ruling]


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
    """The edition's next revision as its articles now stand, and before its release without what
    editors barred; None when it is up to date."""
    newsletter = house.settings.newsletter(edition.newsletter_id)
    if newsletter is None:
        return None
    articles = house.store.articles.get([brief.url for brief in edition.bulletin.briefs])
    bars = {} if edition.released_at else ruling.barred(house, newsletter, edition.due_at)
    if not _changed(edition, articles, bars):
        return None
    checked = _check(house, newsletter, edition, articles, bars, why)
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


def _changed(edition: Edition, articles: Mapping[str, Article], bars: Bars) -> bool:
    """Whether any brief is barred or was written from an older version of its article."""
    return any(
        brief.url in bars
        or (brief.url in articles and articles[brief.url].version != brief.article_version)
        for brief in edition.bulletin.briefs
    )


def _check(
    house: House,
    newsletter: Newsletter,
    edition: Edition,
    articles: Mapping[str, Article],
    bars: Bars,
    why: str,
) -> _Checked:
    """Each brief against its article and the bars; the others are left alone."""
    kept: list[Brief] = []
    corrections: list[Correction] = []
    for place, brief in enumerate(edition.bulletin.briefs):
        article, bar = articles.get(brief.url), bars.get(brief.url)
        found: Brief | NoBrief
        if bar is not None:
            found, because = NoBrief(because=""), f"it was {barred(bar)}"
        elif article is None or article.version == brief.article_version:
            kept.append(brief)
            continue
        else:
            others = [*kept, *edition.bulletin.briefs[place + 1 :]]
            found = _again(house, newsletter, edition, brief, article, others)
            because = _because(found, article)
        if isinstance(found, Brief):
            kept.append(found)
        if words := _difference(brief, found):
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


def _because(found: Brief | NoBrief, article: Article) -> str:
    if isinstance(found, NoBrief) and not article.withdrawn:
        return f"{article.because}; {found.because}"
    return article.withdrawn or article.because


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
        room=_room(house, newsletter, others),
    )
    if isinstance(found, NoBrief):
        return found
    if any(other.line == found.line for other in others):
        return NoBrief(because="it would repeat a line that is already in the bulletin")
    marks = sensitive.of([article], languages.of(newsletter.language) or ENGLISH)
    # What other reports of the story showed still holds.
    known = {mark.kind for mark in marks}
    marks = (*marks, *(mark for mark in brief.sensitive if mark.kind not in known))
    return replace(
        found,
        sensitive=marks,
        light=brief.light,
        pinned=brief.pinned,
        picture=brief.picture,
        no_picture_because=brief.no_picture_because,
    )


def _room(house: House, newsletter: Newsletter, others: Sequence[Brief]) -> int:
    """The words that are left beside the other briefs."""
    most = bulletins.most(house.settings.summary.words, newsletter.language)
    return most - sum(other.words for other in others)


def _bulletin(
    house: House, newsletter: Newsletter, edition: Edition, checked: _Checked, spares: Spares
) -> Bulletin:
    """The briefs that are left, and before the release others in the place of those pulled; what a
    model was asked for the first of them stays on record."""
    made = _rearranged(house, newsletter, edition, checked, spares)
    return replace(made, writing=edition.bulletin.writing)


def _rearranged(
    house: House, newsletter: Newsletter, edition: Edition, checked: _Checked, spares: Spares
) -> Bulletin:
    briefs, left_out = checked.briefs, edition.bulletin.left_out
    lacking = len(edition.bulletin.briefs) - len(briefs)
    if edition.released_at is not None:
        # Readers have it in this order; it is only changed where all its stories keep a place.
        arranged = bulletins.arranged(briefs, (), Closer.ANY, newsletter.language)
        whole = not arranged.left_out
        return bulletins.of(arranged.briefs if whole else briefs, left_out, newsletter.language)
    known = {brief.url for brief in briefs}
    free = [
        pick
        for pick in (spares(house, newsletter, edition) if lacking else ())
        if known.isdisjoint(article.url for article in pick.story.articles)
    ]
    more = bulletins.write(
        free,
        style(house, newsletter, edition.local_date),
        stories=lacking,
        words=_room(house, newsletter, briefs),
        sources={source.id: source for source in house.settings.sources},
    )
    lines = {brief.line for brief in briefs}
    moved_up = [brief for brief in more.briefs if brief.line not in lines]
    return bulletins.arranged(
        (*briefs, *moved_up), left_out, newsletter.closer, newsletter.language
    )


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
