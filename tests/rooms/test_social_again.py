"""A waiting post in the words of its edition's newest revision."""

from dataclasses import replace

import pytest

from digest.model.account import Account, Links, Network, PostShape
from digest.model.edition import Edition
from digest.model.post import Post
from digest.social import measure, write
from digest.social.write import again
from tests import builders, mail
from tests.fakes_social import ways


def accounts() -> list[Account]:
    """Every network, shape and rule about links."""
    return [
        builders.account(network=network, shape=shape, links=links)
        for network in Network
        for shape in PostShape
        for links in Links
    ]


def posts(edition: Edition, account: Account) -> tuple[Post, ...]:
    """As they were frozen at the release."""
    return write.posts(edition, account, ways=ways(), now=builders.NOW)


def revised(edition: Edition, number: int, line: str) -> Edition:
    """The edition with another line for a story."""
    briefs = list(edition.bulletin.briefs)
    briefs[number] = replace(briefs[number], line=line)
    bulletin = replace(edition.bulletin, briefs=tuple(briefs))
    return replace(edition, bulletin=bulletin, revision=2)


@pytest.mark.parametrize("account", accounts(), ids=lambda a: f"{a.network}-{a.shape}-{a.links}")
def test_without_a_change_only_the_revision_is_new(account: Account) -> None:
    """Text, link, card and length come out the same for every part of every shape."""
    edition = mail.edition()
    made = posts(edition, account)
    assert made
    for post in made:
        found = again(post, replace(edition, revision=2), account, ways=ways())
        assert found == replace(post, revision=2)


@pytest.mark.parametrize("account", accounts(), ids=lambda a: f"{a.network}-{a.shape}-{a.links}")
def test_a_new_line_is_in_the_post_of_its_story_alone(account: Account) -> None:
    """Measured anew, under the key it had."""
    edition = mail.edition()
    line = "The talks in the city were put off until Thursday, the ministry said."
    after = revised(edition, 1, line)
    story = edition.bulletin.briefs[1].url
    for post in posts(edition, account):
        found = again(post, after, account, ways=ways())
        assert found is not None
        shows = post.story_url == story or post.kind == "whole"
        assert (line in found.text) is shows
        assert found.length == measure.length(account.network, found.text)
        assert (found.key, found.part, found.created) == (post.key, post.part, post.created)


def test_a_story_that_was_pulled_has_no_post() -> None:
    """The others have theirs, whatever their number is now."""
    edition, account = mail.edition(), builders.account()
    rest = replace(edition.bulletin, briefs=edition.bulletin.briefs[1:])
    shorter = replace(edition, bulletin=rest, revision=2)
    found = [again(post, shorter, account, ways=ways()) for post in posts(edition, account)]
    assert found[0] is None
    assert all(found[1:])


def test_the_opener_says_the_new_subject() -> None:
    """A title post follows the edition, and needs at least one story."""
    edition, account = mail.edition(), builders.account(shape=PostShape.THREAD)
    title = posts(edition, account)[0]
    found = again(title, replace(edition, subject="Other news"), account, ways=ways())
    assert found is not None and "Other news" in found.text
    empty = replace(edition, bulletin=builders.bulletin(0))
    assert again(title, empty, account, ways=ways()) is None
