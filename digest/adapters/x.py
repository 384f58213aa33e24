"""X, by tweepy: publish once, read back from the own timeline."""

import asyncio
import html
import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import tweepy

from digest.adapters import outcomes, x_log_in, x_media
from digest.adapters.asking import TIMEOUT, Line
from digest.model.account import Account, TextRule
from digest.model.post import (
    Attached,
    Call,
    NotPublished,
    Parent,
    Post,
    PostOutcome,
    Published,
    Unclear,
)
from digest.ports import AccountStore, Clock
from digest.text.plain import one_line

log = logging.getLogger(__name__)

HOME = "https://api.x.com"
WINDOW = timedelta(minutes=15)
"""X counts posts by quarters of an hour."""
CLOCKS_DIFFER = timedelta(minutes=1)
FIRST_PAGE, NEXT_PAGES = 10, (100, 100)
"""Reading costs $0.001 a post: ten are enough unless the account is very busy."""
REHEARSAL = b'{"data": {"id": "<id>", "text": ""}}'
_FAULTS = (tweepy.TweepyException, OSError, ValueError, LookupError, TypeError)


class XPoster:
    """Publishes to X and reads back what may have been published."""

    def __init__(
        self, clock: Clock, accounts: AccountStore, *, timeout: tuple[float, float] = TIMEOUT
    ) -> None:
        self._clock = clock
        self._timeout = timeout
        self._log_ins = x_log_in.XLogIns(clock, accounts, timeout)
        self._ids: dict[str, str] = {}

    async def publish(
        self, account: Account, post: Post, parent: Parent | None, attached: Attached | None
    ) -> PostOutcome:
        """Publish the frozen post; never raises for what a server or network does."""
        if problem := x_log_in.problem(account):
            return problem
        token = await self._log_ins.token(account, account.url or HOME)
        if not isinstance(token, str):
            return token
        line = Line(account.url or HOME, self._timeout)
        return await asyncio.to_thread(self._publish, account, token, post, parent, attached, line)

    async def find(self, account: Account, post: Post) -> Published | None | Unclear:
        """Read back: the post if it is there, None if it is not, Unclear if it cannot be read."""
        if problem := x_log_in.problem(account):
            return Unclear(reason=problem.reason)
        token = await self._log_ins.token(account, account.url or HOME)
        if not isinstance(token, str):
            return Unclear(reason=token.reason if isinstance(token, NotPublished) else "no log-in")
        return await asyncio.to_thread(self._find, account, token, post)

    async def rule(self, account: Account) -> TextRule | None | str:
        """All of X takes the same."""
        return None

    def calls(
        self, account: Account, post: Post, parent: Parent | None, attached: Attached | None
    ) -> Sequence[Call]:
        """The requests that `publish` would make."""
        if x_log_in.problem(account):
            return ()
        line = Line(account.url or HOME, rehearsal=REHEARSAL)
        self._publish(account, self._log_ins.known(account), post, parent, attached, line)
        return line.calls

    def _publish(
        self,
        account: Account,
        token: str,
        post: Post,
        parent: Parent | None,
        attached: Attached | None,
        line: Line,
    ) -> PostOutcome:
        media: list[str] = []
        began = time.monotonic()
        if attached and post.image and post.attempt <= outcomes.PICTURE_TRIES:
            found = self._picture(account, token, post, attached, line)
            if not isinstance(found, list):
                return found
            media = found
        if time.monotonic() - began > outcomes.PICTURE_SECONDS:
            return outcomes.too_slow(account, self._clock.now())
        # What a failed picture said must not pass for what the post is told.
        line.last = outcomes.Answer(sent=False)
        try:
            answer = x_log_in.client(account, token, line).create_tweet(
                text=post.text,
                in_reply_to_tweet_id=parent.parent_id if parent else None,
                media_ids=media or None,
                user_auth=account.keys is not None,
            )
            published = _published(account, str(answer.data["id"]))
            return replace(published, full_until=outcomes.full_until(line.last, self._clock.now()))
        except _FAULTS:
            if line.last.status == 403 and "duplicate" in line.last.words.lower():
                return Unclear(reason=f"x says that {account.id} has this text already")
            return outcomes.failed(account, line.last, now=self._clock.now(), window=WINDOW)

    def _picture(
        self, account: Account, token: str, post: Post, attached: Attached, line: Line
    ) -> list[str] | PostOutcome:
        """The picture's id in a list, an empty one when the post goes without it."""
        http = x_log_in.authorised(account, token, line)
        found = x_media.upload(account, attached, http, line, self._clock)
        if isinstance(found, str):
            return [found]
        if isinstance(found, x_media.Without):
            log.warning("post %d for %s has no picture: %s", post.id, account.id, found.because)
            return []
        return found

    def _find(self, account: Account, token: str, post: Post) -> Published | None | Unclear:
        line = Line(account.url or HOME, self._timeout)
        client = x_log_in.client(account, token, line)
        try:
            for found in self._timeline(client, account, post):
                if _same(found, post.text):
                    return _published(account, str(found["id"]))
        except _Unfinished:
            return Unclear(reason=f"{account.id} has posted too much since to be read in full")
        except _FAULTS:
            return outcomes.unread(account, line.last, now=self._clock.now(), window=WINDOW)
        return None

    def _timeline(self, client: Any, account: Account, post: Post) -> Iterator[Any]:
        """Own posts, newest first, down to the moment the post was frozen."""
        since, next_page = post.created - CLOCKS_DIFFER, None
        own = account.keys is not None
        if account.id not in self._ids:
            self._ids[account.id] = str(client.get_me(user_auth=own).data["id"])
        for size in (FIRST_PAGE, *NEXT_PAGES):
            page = client.get_users_tweets(
                self._ids[account.id],
                max_results=size,
                pagination_token=next_page,
                tweet_fields=["created_at", "entities"],
                user_auth=own,
            )
            for found in page.data or ():
                if found.created_at is not None and found.created_at < since:
                    return
                yield found
            next_page = page.meta.get("next_token")
            if next_page is None:
                return
        raise _Unfinished


class _Unfinished(Exception):
    """More posts than we are willing to pay for."""


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
