"""An edition's posts."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model.account import Account, Links, Network, PostShape
from digest.model.edition import Bulletin, Edition
from digest.model.post import Post
from digest.social import measure, write
from digest.social.keys import record_key
from tests.builders import NOW, account, brief, edition, site
from tests.fakes_social import paper, ways

TID = re.compile(r"[234567a-j][234567a-z]{12}")


def _posts(paper: Edition, where: Account) -> tuple[Post, ...]:
    return write.posts(paper, where, ways=ways(), now=NOW)


def test_a_story_post_says_what_happened_then_links() -> None:
    """The brief's line stands first, the canonical link after it."""
    first = _posts(edition(), account())[0]
    assert first.text == (
        "The lights of harbour number 1 came back on after 17 days."
        "\n\nhttps://sample.example/news/story-1/"
    )
    assert (first.kind, first.story_url) == ("story", "https://sample.example/news/story-1/")
    assert first.length == measure.length(Network.X, first.text)
    assert first.created == first.due_at == NOW


def test_on_bluesky_the_link_is_a_card() -> None:
    """The text carries no address; the card has headline and standfirst."""
    first = _posts(edition(), account(network=Network.BLUESKY))[0]
    assert "http" not in first.text
    assert first.link == "https://sample.example/news/story-1/"
    assert first.link_title == "Harbour lights number 1 switched back on after storm"
    assert first.link_summary == "Divers joined the last strand at low water on Sunday."


def test_no_more_stories_than_the_account_takes() -> None:
    """`stories` is an upper bound, and no bulletin gives no posts."""
    assert len(_posts(edition(), account(stories=2))) == 2
    assert _posts(edition(bulletin=Bulletin()), account(shape=PostShape.THREAD)) == ()


def test_a_thread_opens_with_the_day_and_ends_with_the_sign_up() -> None:
    """Title with the edition's page, one story a part, the sign-up page last."""
    posts = _posts(paper(), account(shape=PostShape.THREAD))
    assert [p.kind for p in posts] == ["title", "story", "story", "story", "last"]
    assert [p.part for p in posts] == [0, 1, 2, 3, 4]
    assert all(p.thread for p in posts)
    assert posts[0].text.startswith("News in 60 seconds, Monday 16 March: Harbour lights back on")
    assert posts[0].text.endswith("\n\nhttps://sample.ie/editions/morning-2026-03-16-0700")
    assert posts[-1].text.endswith("Get the next one by email.\n\nhttps://sample.ie/")


@pytest.mark.parametrize("shape", list(PostShape))
@pytest.mark.parametrize("rule", list(Links))
def test_links_follow_the_accounts_rule(shape: PostShape, rule: Links) -> None:
    """In a thread only the last part may link; a post that stands alone is its own last."""
    posts = _posts(paper(), account(shape=shape, links=rule))
    linked = ["http" in p.text for p in posts]
    assert linked == [bool(p.link) for p in posts]
    if rule is Links.LAST_IN_THREAD and shape is PostShape.THREAD:
        assert linked == [False] * 4 + [True]
    else:
        assert set(linked) == {rule is not Links.NONE}


def test_a_six_post_thread_on_x_costs_what_the_rule_says() -> None:
    """All linked $1.20, only the last $0.275, none $0.09; a budget without end pays for all."""
    briefs = tuple(brief(n, url=f"https://sample.ie/{n}/") for n in range(1, 5))
    paper = edition(bulletin=Bulletin(briefs=briefs))
    costs = []
    for rule in Links:
        thread = account(shape=PostShape.THREAD, links=rule, stories=4)
        posts = _posts(paper, thread)
        assert [p.price for p in posts] == [measure.price(Network.X, p.text) for p in posts]
        costs.append(sum(p.price for p in posts))
    assert costs == [1_200, 275, 90, 1_200]


def test_texts_and_keys_differ_between_parts_editions_and_slots() -> None:
    """No network takes one post for another: morning and evening of a day say different things."""
    evening = paper(slug="evening-2026-03-16-1830", local_time=edition().local_time.replace(18))
    thread = account(shape=PostShape.THREAD, network=Network.BLUESKY, links=Links.NONE)
    posts = [*_posts(paper(), thread), *_posts(evening, thread)]
    assert len({p.key for p in posts}) == len(posts)
    assert posts[4].text != posts[9].text


def test_a_newsroom_that_does_not_write_english_gets_plain_dates() -> None:
    """No English weekday in a German thread."""
    home = site(language="de-AT")
    thread = account(shape=PostShape.THREAD)
    title = write.posts(paper(), thread, ways=ways(site=home), now=NOW)[0]
    assert title.text.startswith("News in 60 seconds, 2026-03-16: ")


def test_an_address_too_long_for_the_network_is_left_out_whole() -> None:
    """A link is never cut: where it cannot stand, the text goes without."""
    paper = edition(bulletin=Bulletin(briefs=(brief(url="http://127.0.0.1/" + "x" * 300),)))
    post = _posts(paper, account())[0]
    assert (post.link, "http" in post.text) == ("", False)


@given(
    line=st.text(st.characters(codec="utf-8"), min_size=1, max_size=700),
    network=st.sampled_from(list(Network)),
    shape=st.sampled_from(list(PostShape)),
    rule=st.sampled_from(list(Links)),
)
def test_every_post_is_within_its_network(
    line: str, network: Network, shape: PostShape, rule: Links
) -> None:
    """Any line becomes posts that fit, with the link whole and no control character."""
    paper = edition(bulletin=Bulletin(briefs=(brief(line=line),)))
    where = account(network=network, shape=shape, links=rule)
    for post in _posts(paper, where):
        assert post.length == measure.length(network, post.text) <= measure.limit(network)
        assert not post.link or network in write.CARDS or post.text.endswith("\n\n" + post.link)
        assert "\r" not in post.text and "\x00" not in post.text


@given(seconds=st.integers(0, 5_000_000_000), part=st.integers(0, 30))
def test_record_keys_are_tids(seconds: int, part: int) -> None:
    """Thirteen letters of Bluesky's alphabet, later ones greater, the same for the same post."""
    created = NOW + timedelta(seconds=seconds)
    key = record_key(created, "bsky", "morning", part)
    assert TID.fullmatch(key)
    assert key == record_key(created, "bsky", "morning", part)
    assert key < record_key(created + timedelta(seconds=1), "bsky", "morning", part)


@pytest.mark.shared
def test_the_alphabet_is_blueskys(shared: Path) -> None:
    """Our pattern for record keys accepts and refuses what the interoperability tests do."""
    folder = shared / "data" / "social" / "bluesky" / "interop-test-files" / "syntax"
    for name, good in (("tid_syntax_valid.txt", True), ("tid_syntax_invalid.txt", False)):
        for line in (folder / name).read_text("utf-8").splitlines():
            if line and not line.startswith("#"):
                assert bool(TID.fullmatch(line)) is good, line
