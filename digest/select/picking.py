"""Stories in the order an edition carries them, each place with its reason."""

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime

from digest.model.news import Article, Pick, Ruling, Selection, Story
from digest.model.newsletter import Newsletter, Source
from digest.select import duplicates, light, sensitive, stories
from digest.select.developments import developments
from digest.select.fitness import Desk, Pin, barred, unfit
from digest.select.ranking import merit, rank


def pick(
    articles: Sequence[Article],
    *,
    newsletter: Newsletter,
    sources: Mapping[str, Source],
    used: Set[str],
    now: datetime,
    earlier: Sequence[Article] = (),
    pins: Sequence[Pin] = (),
    bars: Sequence[Ruling] = (),
    spare: int = 5,
) -> Selection:
    """The best stories in order, with spares behind them, and everything else with its reason.

    `used` are the addresses of what stood in earlier editions, `earlier` the articles themselves
    and those barred, however old: by them it is known what tells their stories once more. Pins
    come first. No section has more places than the newsletter allows, unless there is only one.
    """
    desk = Desk(
        newsletter=newsletter,
        sources=sources,
        used=used,
        now=now,
        pins={pin.ruling.url: pin for pin in pins},
        bars={bar.url: bar for bar in bars},
    )
    single = {article.url: article for article in sorted(articles, key=lambda a: a.url)}
    reasons = {url: why for url, article in single.items() if (why := unfit(article, desk))}
    left_out = [_left_out(Story(articles=(single[url],)), reasons[url], desk) for url in reasons]
    known = _compared(single, earlier, reasons.keys(), desk)
    told = [_told(members, desk) for members in stories.group(known, desk.language)]
    ranked = [_ranked(one, desk) for one in told if one.fresh]
    ranked.sort(key=lambda one: _order(one, desk))
    picks, beyond = _places(ranked, desk, newsletter.stories + spare)
    repeats = [repeat for one in told for repeat in one.repeats]
    marked = tuple(_marked(one, desk) for one in picks)
    return Selection(picks=marked, left_out=(*beyond, *left_out, *repeats))


def _compared(
    single: Mapping[str, Article], earlier: Sequence[Article], refused: Set[str], desk: Desk
) -> list[Article]:
    """The articles that may be told, and by which what was told or barred is known again."""
    known = desk.used | desk.bars.keys()
    before = {article.url: article for article in earlier if article.url in known}
    return [a for url, a in (before | dict(single)).items() if url not in refused or url in known]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A group of articles on one event, taken apart."""

    fresh: Sequence[Article]
    """What may be told now."""
    sent: Sequence[Article]
    """What earlier editions told."""
    repeats: Sequence[Pick]
    """What must not be told, with the reason."""


def _told(members: Sequence[Article], desk: Desk) -> _Told:
    """What of a group is news, and what repeats an earlier edition or what was barred."""
    sent = [article for article in members if article.url in desk.used]
    bar = next((article for article in members if article.url in desk.bars), None)
    fresh = [a for a in members if a.url not in desk.used and a.url not in desk.bars]
    reasons: dict[str, str] = {}
    if bar is not None:
        why = barred(desk.bars[bar.url])
        reason = f"it reports the same story as “{bar.headline}”, which was {why}"
        reasons |= {a.url: reason for a in fresh if a.url not in desk.pins}
    if sent:
        news = {article.url for article in developments(fresh, sent, desk.language)}
        for article in fresh:
            reason = _repeat(article, sent, desk) if article.url not in news else ""
            reasons |= {article.url: reason} if reason else {}
    repeats = [
        _left_out(Story(articles=(article,)), reasons[article.url], desk)
        for article in fresh
        if article.url in reasons
    ]
    return _Told(fresh=[a for a in fresh if a.url not in reasons], sent=sent, repeats=repeats)


def _repeat(article: Article, sent: Sequence[Article], desk: Desk) -> str:
    """Why a report that tells no more than those sent stays out.

    Whoever pins it knows that the story stood there and wants it back; unless it is the very text,
    or the story was told since.
    """
    latest = max(sent, key=lambda one: (one.when, one.url))
    pin = desk.pins.get(article.url)
    if pin is None:
        return f"it reports the same story as “{latest.headline}” in an earlier edition"
    if any(one.url in pin.told for one in sent):
        return f"its story was told as “{latest.headline}” since it was pinned"
    if any(0 in members and len(members) > 1 for members in duplicates.sets([article, *sent])):
        return f"it is the same text as “{latest.headline}” in an earlier edition"
    return ""


def _ranked(told: _Told, desk: Desk) -> Pick:
    articles = tuple(sorted(told.fresh, key=lambda article: merit(article, desk)))
    return rank(Story(articles=articles), tuple(told.sent), desk)


def _order(one: Pick, desk: Desk) -> tuple[int, float, str]:
    """Pins in the editors' order, then by score."""
    best = one.story.best.url
    place = list(desk.pins).index(best) if one.pinned else len(desk.pins)
    return place, -one.score, best


def _places(ranked: Sequence[Pick], desk: Desk, limit: int) -> tuple[list[Pick], list[Pick]]:
    """The picks up to the limit, and the stories for which no place was left."""
    sections = [desk.section(pick.story.best) for pick in ranked]
    capped = len(set(sections)) > 1
    taken: Counter[str] = Counter()
    picks: list[Pick] = []
    beyond: list[Pick] = []
    for number, (pick, section) in enumerate(zip(ranked, sections, strict=True), start=1):
        full = capped and section and taken[section] >= desk.newsletter.per_section
        if full and not pick.pinned:
            reason = f"section {section} already has {taken[section]}"
            beyond.append(_left_out(pick.story, reason, desk, pick.score))
        elif len(picks) >= limit:
            reason = (
                f"it came {number} of {len(ranked)} ({pick.because}); there were {limit} places"
            )
            beyond.append(_left_out(pick.story, reason, desk, pick.score))
        else:
            taken[section] += 1
            picks.append(pick)
    return picks, beyond


def _marked(one: Pick, desk: Desk) -> Pick:
    """With what editors and the order of the bulletin should know of it."""
    marks = sensitive.of(one.story.articles, desk.language)
    section = desk.section(one.story.best)
    return replace(
        one,
        sensitive=marks,
        light=not marks and light.is_light(section, desk.newsletter.light, desk.language),
    )


def _left_out(story: Story, reason: str, desk: Desk, score: float = 0.0) -> Pick:
    name = story.best.headline or story.best.url
    pin = desk.pins.get(story.best.url)
    was = f"was pinned by {pin.ruling.who}, but left out" if pin else "was left out"
    return Pick(
        story=story, score=score, because=f"“{name}” {was}: {reason}.", pinned=pin is not None
    )
