"""Mastodon, by Mastodon.py: publish with an idempotency key, read back from the own statuses."""

import asyncio
import logging
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

from mastodon import Mastodon, MastodonError, MastodonNotFoundError

from digest.adapters import outcomes
from digest.adapters.asking import TIMEOUT, Line, session
from digest.model.account import Account, TextRule
from digest.model.post import (
    Attached,
    Call,
    LogIn,
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

WINDOW = timedelta(minutes=5)
"""Mastodon counts requests by five minutes."""
CLOCKS_DIFFER = timedelta(minutes=1)
PAGE, PAGES = 40, 5
LOOKS, BETWEEN_LOOKS = 10, 1.0
"""At a picture that the server is working on, and the seconds between them."""
ALT = 1_500
REHEARSAL = b'{"id": "<id>", "url": "<url>"}'
_FAULTS = (MastodonError, OSError, ValueError, LookupError, TypeError, AttributeError)
_MENTION = re.compile(r"(@\w+)@[\w.-]*\w")


class MastodonPoster:
    """Publishes to a Mastodon server and reads back what may have been published."""

    def __init__(
        self, clock: Clock, accounts: AccountStore, *, timeout: tuple[float, float] = TIMEOUT
    ) -> None:
        self._clock = clock
        self._accounts = accounts
        self._timeout = timeout

    async def publish(
        self, account: Account, post: Post, parent: Parent | None, attached: Attached | None
    ) -> PostOutcome:
        """Publish the frozen post; never raises for what a server or network does."""
        if problem := _problem(account):
            return problem
        line = Line(timeout=self._timeout)
        return await asyncio.to_thread(self._publish, account, post, parent, attached, line)

    async def find(self, account: Account, post: Post) -> Published | None | Unclear:
        """Read back: the post if it is there, None if it is not, Unclear if it cannot be read."""
        if problem := _problem(account):
            return Unclear(reason=problem.reason)
        return await asyncio.to_thread(self._find, account, post)

    async def rule(self, account: Account) -> TextRule | None | str:
        """How much text the instance takes, by its own description."""
        if problem := _problem(account):
            return problem.reason
        return await asyncio.to_thread(self._rule, account)

    def calls(
        self, account: Account, post: Post, parent: Parent | None, attached: Attached | None
    ) -> Sequence[Call]:
        """The requests that `publish` would make."""
        if _problem(account):
            return ()
        line = Line(rehearsal=REHEARSAL)
        self._publish(account, post, parent, attached, line)
        return line.calls

    def _publish(
        self,
        account: Account,
        post: Post,
        parent: Parent | None,
        attached: Attached | None,
        line: Line,
    ) -> PostOutcome:
        media: list[str] = []
        began = time.monotonic()
        if attached and post.image and post.attempt <= outcomes.PICTURE_TRIES:
            found = self._picture(account, post, attached, line)
            if not isinstance(found, list):
                return found
            media = found
        if time.monotonic() - began > outcomes.PICTURE_SECONDS:
            return outcomes.too_slow(account, self._clock.now())
        # What a failed picture said must not pass for what the post is told.
        line.last = outcomes.Answer(sent=False)
        try:
            status = _client(account, line).status_post(
                post.text,
                in_reply_to_id=parent.parent_id if parent else None,
                media_ids=media or None,
                language=account.language,
                idempotency_key=post.key,
            )
            published = _published(account, status)
            return replace(published, full_until=outcomes.full_until(line.last, self._clock.now()))
        except _FAULTS:
            return outcomes.failed(account, line.last, now=self._clock.now(), window=WINDOW)

    def _picture(
        self, account: Account, post: Post, attached: Attached, line: Line
    ) -> list[str] | PostOutcome:
        """The picture's id in a list, an empty one when the post goes without it; nothing of the
        post has left yet, so what is unclear here may be tried again."""
        usual, line.timeout = line.timeout, outcomes.PATIENT
        try:
            client = _client(account, line)
            found = client.media_post(
                attached.content,
                "image/jpeg",
                description=attached.alt[:ALT],
                file_name="picture.jpg",
                synchronous=False,
            )
            for _ in range(LOOKS):
                if found.get("url"):
                    return [str(found["id"])]
                time.sleep(BETWEEN_LOOKS)
                found = client.media(found["id"])
            because = "the server has been working on it for too long"
        except _FAULTS:
            outcome = outcomes.failed(account, line.last, now=self._clock.now(), window=WINDOW)
            if isinstance(outcome, NotPublished) and (outcome.retry_at or outcome.pause_account):
                return outcome
            if isinstance(outcome, Unclear):
                later = self._clock.now() + outcomes.SOON
                return NotPublished(reason=f"its picture: {outcome.reason}", retry_at=later)
            because = str(line.last.words or line.last.status)
        finally:
            line.timeout = usual
        log.warning("post %d for %s has no picture: %s", post.id, account.id, because)
        return []

    def _find(self, account: Account, post: Post) -> Published | None | Unclear:
        line = Line(timeout=self._timeout)
        ours = _comparable(post.text)
        try:
            for status in self._statuses(_client(account, line), account, post):
                if _comparable(_text(status["content"])) == ours:
                    return _published(account, status)
        except _Unfinished:
            return Unclear(reason=f"{account.id} has posted too much since to be read in full")
        except _FAULTS:
            return outcomes.unread(account, line.last, now=self._clock.now(), window=WINDOW)
        return None

    def _rule(self, account: Account) -> TextRule | str:
        line = Line(timeout=self._timeout)
        client = _client(account, line)
        try:
            try:
                described = client.instance_v2()
            except MastodonNotFoundError:
                described = client.instance_v1()
            told = described["configuration"]["statuses"]
            limit, link = int(told["max_characters"]), int(told["characters_reserved_per_url"])
        except _FAULTS:
            return line.last.words or f"it answered {line.last.status}"
        if not 1 <= limit <= 1_000_000 or not 1 <= link <= limit:
            return f"{limit} signs with {link} for a link is no rule"
        return TextRule(limit=limit, link=link)

    def _statuses(self, client: Any, account: Account, post: Post) -> Iterator[Any]:
        """Own statuses, newest first, down to the moment the post was frozen."""
        since, oldest = post.created - CLOCKS_DIFFER, None
        own = self._own_id(client, account)
        for _ in range(PAGES):
            page = client.account_statuses(own, exclude_reblogs=True, max_id=oldest, limit=PAGE)
            for status in page:
                if status["created_at"] < since:
                    return
                yield status
            if not page:
                return
            oldest = page[-1]["id"]
        raise _Unfinished

    def _own_id(self, client: Any, account: Account) -> str:
        """The account's id on its server, asked for once."""
        assert account.token is not None
        seed = outcomes.seed(account.url, account.token.reveal())
        kept = self._accounts.log_in(account.id, seed)
        if kept is None:
            name = str(client.account_verify_credentials()["id"])
            kept = LogIn(seed=seed, access="", name=name)
            self._accounts.keep_log_in(account.id, kept)
        return kept.name


class _Client(Mastodon):
    """Asks no server for its version before each picture: one too old for the call refuses it, and
    the post goes without."""

    def verify_minimum_version(self, version_str: str, cached: bool = False) -> bool:
        """Always."""
        return True


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
    return _Client(
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
