"""What stood in an edition is known again when its copy comes in late."""

from datetime import timedelta

from digest.newsroom import choosing, editions
from tests import builders
from tests.fakes import FakeClock
from tests.house import house, morning, with_articles

DAY = timedelta(hours=24)


async def test_a_copy_of_a_story_sent_a_day_ago_does_not_go_out() -> None:
    """The article sent is by now too old to be chosen from; what another source published within
    the hour after it is not, and still it is the same story."""
    clock = FakeClock()
    desk = with_articles(house(clock=clock))
    edition = await editions.produce(desk, morning(desk), builders.occurrence())
    assert not isinstance(edition, str)
    assert await editions.release_due(desk)
    sent = {brief.url for brief in edition.bulletin.briefs}
    first = next(a for a in desk.store.articles.get(sorted(sent)).values())
    clock.instant = first.when + DAY + timedelta(minutes=30)
    copy = builders.article(
        url="https://other.example/copy",
        headline=first.headline,
        standfirst=first.standfirst,
        paragraphs=first.paragraphs,
        published=first.when + timedelta(hours=1),
        collected=clock.now(),
    )
    desk.store.articles.save([copy])
    written = choosing.by_rule(desk, morning(desk), clock.now())
    assert copy.url not in {pick.story.best.url for pick in written.chosen.selection.picks}
    reasons = [p.because for p in written.chosen.selection.left_out if p.story.best.url == copy.url]
    assert reasons == [
        f"“{copy.headline}” was left out: it reports the same story as “{first.headline}” in an"
        " earlier edition."
    ]
