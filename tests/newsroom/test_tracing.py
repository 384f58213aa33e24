"""The history of an article, as `digest explain URL` tells it."""

from dataclasses import replace

import pytest

from digest.errors import UsageError
from digest.model.account import Network
from digest.model.news import ArticleKind, Dropped, Sighting
from digest.model.post import PostState
from digest.newsroom import correcting, sending, tracing, truth
from digest.newsroom.house import House
from tests import builders
from tests.changing import correct, newest, released, told, withdraw
from tests.fakes_social import FakePoster, account
from tests.house import house, with_articles, with_readers

URL = "https://sample.example/news/story-1/"
SUNDAY, MONDAY = "came back on Sunday", "came back on Monday"


@pytest.fixture
def there() -> House:
    """A newsroom with eight stories, two readers and an account."""
    made = house(accounts=(account(),), posters={Network.X: FakePoster()})
    return with_readers(with_articles(made), 2)


async def test_a_story_from_first_version_to_withdrawal(there: House) -> None:
    """Versions, sources, the edition with its revisions, and the posts with theirs."""
    there.store.articles.sight([Sighting(source_id="wire", url=URL)], builders.NOW)
    edition = await released(there)
    correct(there, URL, SUNDAY, MONDAY)
    await correcting.follow(there)
    await sending.send_due(there)
    withdraw(there, URL)
    await correcting.follow(there)
    found = tracing.explain_article(there, URL)
    assert (found.url, found.sources, found.withdrawn) == (
        URL,
        ("post", "wire"),
        "its page is gone (404)",
    )
    assert [(v.version, v.because) for v in found.versions] == [
        (1, ""),
        (2, "1 paragraph edited"),
        (3, "withdrawn: its page is gone (404)"),
    ]
    (use,) = found.editions
    assert (use.edition, use.revision, use.line, use.article_version) == (edition.slug, 3, "", 0)
    assert use.corrections == (
        "revision 2: written anew: 1 paragraph edited",
        "revision 3: pulled: its page is gone (404)",
    )
    (post,) = found.posts
    assert (post.account, post.state, post.revision) == ("x-main", PostState.EXPIRED, 3)


async def test_kind_reason_and_dropped_lines(there: House) -> None:
    """What it was taken for and why, and how many lines of its page were left out."""
    known = replace(
        told(there, URL),
        kind=ArticleKind.OPINION,
        kind_because="its section is “Opinion”",
        dropped=(Dropped(text="Close", because="a label"),),
    )
    there.store.articles.save([known])
    (version,) = tracing.explain_article(there, URL).versions
    assert (version.kind, version.kind_because, version.dropped, version.paragraphs) == (
        ArticleKind.OPINION,
        "its section is “Opinion”",
        1,
        3,
    )


async def test_any_spelling_of_its_address_finds_it(there: House) -> None:
    """As an editor copies it from a mail or a browser; also the one it was fetched from."""
    there.store.articles.save([replace(told(there, URL), address="https://sample.example/a1")])
    for spelling in (
        "https://SAMPLE.example/news/story-1/?utm_source=mail#top",
        "https://sample.example/a1",
    ):
        assert tracing.explain_article(there, spelling).url == URL


async def test_one_edition_of_several(there: House) -> None:
    """With an edition, only what that made of it; an unknown one is named."""
    edition = await released(there)
    assert len(tracing.explain_article(there, URL, edition.slug).editions) == 1
    with pytest.raises(UsageError, match="there is no edition 'evening'"):
        tracing.explain_article(there, URL, "evening")


async def test_what_was_never_collected(there: House) -> None:
    """The sentence says what to check."""
    with pytest.raises(UsageError, match="was ever collected; check the address"):
        tracing.explain_article(there, "https://sample.example/none")


async def test_status_tells_revisions_and_whom_they_reached(there: House) -> None:
    """Corrections with their reasons, and how many deliveries carried which revision."""
    edition = await released(there)
    await sending.send_due(there)
    correct(there, URL, SUNDAY, MONDAY)
    await correcting.follow(there)
    (found,) = truth.status(there, edition.slug)
    assert (found.revision, found.carried) == (2, {1: 2})
    assert found.corrections == newest(there, edition).corrections
    (short,) = truth.status(there, None)
    assert short.carried is None, "counting a million rows for a list of ten would be slow"
    explained = truth.explain(there, "reader1@reader.example", edition.slug)
    assert "attempt 1, revision 1" in explained.deliveries[0].because
