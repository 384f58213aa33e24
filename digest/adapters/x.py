"""X, by tweepy: publish once, read back from the own timeline."""

import asyncio
import html
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import tweepy

from digest.adapters import outcomes
from digest.adapters.asking import TIMEOUT, Line, session
from digest.model.post import (
    Account,
    NotPublished,
    Parent,
    Post,
    PostOutcome,
    Published,
    Unclear,
)
from digest.ports import Clock
from digest.text.plain import one_line

HOME = "https://api.x.com"
WINDOW = timedelta(minutes=15)
"""X counts posts by quarters of an hour."""
CLOCKS_DIFFER = timedelta(minutes=1)
FIRST_PAGE, NEXT_PAGES = 10, (100, 100)
"""Reading costs $0.001 a post: ten are enough unless the account is very busy."""


class XPoster:
    """Publishes to X and reads back what may have been published."""

    def __init__(self, clock: Clock, *, timeout: tuple[float, float] = TIMEOUT) -> None:
        self._clock = clock
        self._timeout = timeout
        self._ids: dict[str, str] = {}

    async def publish(self, account: Account, post: Post, parent: Parent | None) -> PostOutcome:
        """Publish the frozen post; never raises for what a server or network does."""
        if problem := _problem(account):
            return problem
        return await asyncio.to_thread(self._publish, account, post, parent)

    async def find(self, account: Account, post: Post) -> Published | None | str:
        """Read back: the post if it is there, None if it is not, a sentence if unreadable."""
        if problem := _problem(account):
            return problem.reason
        return await asyncio.to_thread(self._find, account, post)

    def _publish(self, account: Account, post: Post, parent: Parent | None) -> PostOutcome:
        line = self._line(account)
        try:
            answer = self._client(account, line).create_tweet(
                text=post.text, in_reply_to_tweet_id=parent.parent_id if parent else None
            )
            return _published(account, str(answer.data["id"]))
        except (tweepy.TweepyException, OSError, ValueError, LookupError, TypeError):
            if line.last.status == 403 and "duplicate" in line.last.words.lower():
                return Unclear(reason=f"x says that {account.id} has this text already")
            return outcomes.failed(account, line.last, now=self._clock.now(), window=WINDOW)

    def _find(self, account: Account, post: Post) -> Published | None | str:
        line = self._line(account)
        try:
            for found in self._timeline(self._client(account, line), account, post):
                if _same(found, post.text):
                    return _published(account, str(found["id"]))
        except _Unfinished:
            return f"{account.id} has posted too much since to be read back in full"
        except (tweepy.TweepyException, OSError, ValueError, LookupError, TypeError):
            return outcomes.unread(account, line.last)
        return None

    def _timeline(self, client: Any, account: Account, post: Post) -> Iterator[Any]:
        """Own posts, newest first, down to the moment the post was frozen."""
        since, token = post.created - CLOCKS_DIFFER, None
        if account.id not in self._ids:
            self._ids[account.id] = str(client.get_me().data["id"])
        for size in (FIRST_PAGE, *NEXT_PAGES):
            page = client.get_users_tweets(
                self._ids[account.id],
                max_results=size,
                pagination_token=token,
                tweet_fields=["created_at", "entities"],
                user_auth=True,
            )
            for found in page.data or ():
                if found.created_at is not None and found.created_at < since:
                    return
                yield found
            token = page.meta.get("next_token")
            if token is None:
                return
        raise _Unfinished

    def _line(self, account: Account) -> Line:
        return Line(account.url or HOME, self._timeout)

    def _client(self, account: Account, line: Line) -> Any:
        """A fresh connection each time: a stale one would lose the request half-way."""
        client = tweepy.Client(**_keys(account))
        client.session = session(line)
        return client


class _Unfinished(Exception):
    """More posts than we are willing to pay for."""


def _problem(account: Account) -> NotPublished | None:
    """What is wrong with the account's keys."""
    if account.keys is None:
        return outcomes.without_secret(account, "keys", "`keys`")
    if len(account.keys.reveal().split()) != 4:
        return outcomes.without_secret(
            account,
            "usable keys",
            "`keys` to consumer key, consumer secret, access token and its secret, with spaces",
        )
    return None


def _keys(account: Account) -> dict[str, str]:
    names = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")
    assert account.keys is not None
    return dict(zip(names, account.keys.reveal().split(), strict=True))


def _published(account: Account, post_id: str) -> Published:
    owner = account.handle.lstrip("@") or "i"
    return Published(remote_id=post_id, url=f"https://x.com/{owner}/status/{post_id}")


def _same(found: Any, text: str) -> bool:
    """Whether X's copy, its short links put back, is our text."""
    theirs = found.text
    for link in (found.entities or {}).get("urls", ()):
        theirs = theirs.replace(link["url"], link.get("expanded_url") or link["url"])
    ours = one_line(text)
    return ours in (one_line(theirs), one_line(html.unescape(theirs)))
