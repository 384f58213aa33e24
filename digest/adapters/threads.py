"""Threads, by its Graph API: a container is made, then published; only the second step counts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from digest.adapters import outcomes, talk
from digest.adapters.talk import TIMEOUT, Ask, Reply
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

HOME = "https://graph.threads.net"
WINDOW = timedelta(hours=1)
CLOCKS_DIFFER = timedelta(minutes=1)
PAGES = 5
TOKEN_DEAD = 190
TOO_MUCH = (4, 17, 32, 613)
"""Error codes of the Graph API."""


class ThreadsPoster:
    """Publishes to Threads and reads back what may have been published."""

    def __init__(
        self, clock: Clock, accounts: AccountStore, *, timeout: tuple[float, float] = TIMEOUT
    ) -> None:
        self._clock = clock
        self._timeout = timeout

    async def publish(
        self, account: Account, post: Post, parent: Parent | None, attached: Attached | None
    ) -> PostOutcome:
        """Publish the frozen post; never raises for what a server or network does."""
        if account.token is None:
            return outcomes.without_secret(account, "token", "`token`")
        made = await self._send(account, _container(account, post, parent))
        if not made.ok or not made.body.get("id"):
            return self._not_begun(account, made)
        reply = await self._send(account, _publication(account, str(made.body["id"])))
        if reply.ok and reply.body.get("id"):
            return await self._published(account, str(reply.body["id"]))
        return self._failed(account, reply)

    async def find(self, account: Account, post: Post) -> Published | None | Unclear:
        """Read back: the post if it is there, None if it is not, Unclear if it cannot be read."""
        if account.token is None:
            return Unclear(reason=f"account {account.id} has no token")
        since = post.created - CLOCKS_DIFFER
        asked = {"fields": "id,permalink,text,timestamp", "limit": "50"}
        url = f"{_own(account)}/threads?{urlencode(asked)}"
        for _ in range(PAGES):
            reply = await self._send(account, Ask(method="GET", url=url, headers={}))
            if not reply.ok or not isinstance(reply.body.get("data"), list):
                now = self._clock.now()
                return outcomes.unread(account, reply.answer, now=now, window=WINDOW)
            for found in reply.body["data"]:
                if found.get("text") == post.text:
                    return Published(remote_id=str(found["id"]), url=str(found["permalink"]))
                if (at := _time(found.get("timestamp"))) and at < since:
                    return None
            after = ((reply.body.get("paging") or {}).get("cursors") or {}).get("after")
            if not after or not reply.body["data"]:
                return None
            url = f"{_own(account)}/threads?{urlencode({**asked, 'after': after})}"
        return Unclear(reason=f"{account.id} has posted too much since to be read in full")

    async def rule(self, account: Account) -> TextRule | None | str:
        """All of Threads takes the same."""
        return None

    def calls(
        self, account: Account, post: Post, parent: Parent | None, attached: Attached | None
    ) -> Sequence[Call]:
        """The requests that `publish` would make."""
        asks = (_container(account, post, parent), _publication(account, "<id>"))
        return [Call(method=ask.method, url=ask.url, body=ask.body) for ask in asks]

    async def _published(self, account: Account, post_id: str) -> Published:
        """With the address, where the network gives it: the post is out whatever comes of that."""
        url = f"{account.url or HOME}/v1.0/{post_id}?fields=permalink"
        reply = await self._send(account, Ask(method="GET", url=url, headers={}))
        known = reply.body.get("permalink") if reply.ok else None
        owner = account.handle or "me"
        return Published(
            remote_id=post_id, url=str(known or f"https://www.threads.net/@{owner}/post/{post_id}")
        )

    def _not_begun(self, account: Account, reply: Reply) -> PostOutcome:
        """A container is no post: whatever is unclear about it may be made again."""
        outcome = self._failed(account, reply)
        if isinstance(outcome, Unclear):
            later = self._clock.now() + outcomes.SOON
            return NotPublished(reason=f"nothing published yet: {outcome.reason}", retry_at=later)
        return outcome

    def _failed(self, account: Account, reply: Reply) -> PostOutcome:
        error = reply.body.get("error")
        code = error.get("code") if isinstance(error, dict) else None
        answer = reply.answer
        if answer.status and code == TOKEN_DEAD:
            answer = replace(answer, status=401)
        elif answer.status and code in TOO_MUCH:
            answer = replace(answer, status=429)
        return outcomes.failed(account, answer, now=self._clock.now(), window=WINDOW)

    async def _send(self, account: Account, ask: Ask) -> Reply:
        assert account.token is not None
        bearer = {"Authorization": f"Bearer {account.token.reveal()}"}
        return await talk.send(replace(ask, headers={**ask.headers, **bearer}), self._timeout)


def _own(account: Account) -> str:
    return f"{(account.url or HOME).rstrip('/')}/v1.0/{account.handle or 'me'}"


def _container(account: Account, post: Post, parent: Parent | None) -> Ask:
    form: dict[str, str] = {"media_type": "TEXT", "text": post.text}
    if post.link:
        form["link_attachment"] = post.link
    if parent:
        form["reply_to_id"] = parent.parent_id
    return _form(f"{_own(account)}/threads", form)


def _publication(account: Account, container: str) -> Ask:
    return _form(f"{_own(account)}/threads_publish", {"creation_id": container})


def _form(url: str, values: dict[str, str]) -> Ask:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    return Ask(method="POST", url=url, headers=kind, body=urlencode(values).encode())


def _time(text: Any) -> datetime | None:
    """For example 2026-03-16T07:00:00+0000."""
    try:
        found = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
