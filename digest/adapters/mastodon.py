"""Mastodon, by Mastodon.py: publish with an idempotency key, read back from the own statuses."""

import asyncio
import re
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

from mastodon import Mastodon, MastodonError

from digest.adapters import outcomes
from digest.adapters.asking import TIMEOUT, Line, session
from digest.model.post import Account, NotPublished, Parent, Post, PostOutcome, Published
from digest.ports import Clock
from digest.text.plain import one_line

WINDOW = timedelta(minutes=5)
"""Mastodon counts requests by five minutes."""
CLOCKS_DIFFER = timedelta(minutes=1)
PAGE, PAGES = 40, 5
_FAULTS = (MastodonError, OSError, ValueError, LookupError, TypeError, AttributeError)
_MENTION = re.compile(r"(@\w+)@[\w.-]*\w")


class MastodonPoster:
    """Publishes to a Mastodon server and reads back what may have been published."""

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
        line = Line(timeout=self._timeout)
        try:
            status = _client(account, line).status_post(
                post.text,
                in_reply_to_id=parent.parent_id if parent else None,
                language=account.language,
                idempotency_key=post.key,
            )
            return _published(account, status)
        except _FAULTS:
            return outcomes.failed(account, line.last, now=self._clock.now(), window=WINDOW)

    def _find(self, account: Account, post: Post) -> Published | None | str:
        line = Line(timeout=self._timeout)
        ours = _comparable(post.text)
        try:
            for status in self._statuses(_client(account, line), account, post):
                if _comparable(_text(status["content"])) == ours:
                    return _published(account, status)
        except _Unfinished:
            return f"{account.id} has posted too much since to be read back in full"
        except _FAULTS:
            return outcomes.unread(account, line.last)
        return None

    def _statuses(self, client: Any, account: Account, post: Post) -> Iterator[Any]:
        """Own statuses, newest first, down to the moment the post was frozen."""
        since, oldest = post.created - CLOCKS_DIFFER, None
        if account.id not in self._ids:
            self._ids[account.id] = str(client.account_verify_credentials()["id"])
        for _ in range(PAGES):
            page = client.account_statuses(
                self._ids[account.id], exclude_reblogs=True, max_id=oldest, limit=PAGE
            )
            for status in page:
                if status["created_at"] < since:
                    return
                yield status
            if not page:
                return
            oldest = page[-1]["id"]
        raise _Unfinished


class _Unfinished(Exception):
    """More statuses than it is polite to read."""


class _Text(HTMLParser):
    """Collects a status's text, line breaks as blanks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A new line or paragraph parts words."""
        if tag in ("br", "p"):
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        """Text."""
        self.parts.append(data)


def _problem(account: Account) -> NotPublished | None:
    """What the account lacks."""
    if account.token is None:
        return outcomes.without_secret(account, "token", "`token`")
    if not account.url:
        return outcomes.without_secret(account, "server", "`url` to the address of its server")
    return None


def _client(account: Account, line: Line) -> Any:
    """A fresh connection each time: a stale one would lose the request half-way."""
    assert account.token is not None
    return Mastodon(
        access_token=account.token.reveal(),
        api_base_url=account.url,
        ratelimit_method="throw",
        version_check_mode="none",
        session=session(line),
    )


def _published(account: Account, status: Any) -> Published:
    """Only what has an id is published."""
    if not status["id"]:
        raise ValueError("the client fills what the answer lacks with nothing")
    url = status["url"] or f"{account.url.rstrip('/')}/web/statuses/{status['id']}"
    return Published(remote_id=str(status["id"]), url=str(url))


def _text(content: str) -> str:
    reader = _Text()
    reader.feed(content)
    reader.close()
    return "".join(reader.parts)


def _comparable(text: str) -> str:
    """As servers may show it: white space apart, mentions without their server."""
    return _MENTION.sub(r"\1", one_line(text))
