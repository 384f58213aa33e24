"""Slack and Discord, by incoming webhooks: one address takes a message and shows nothing back."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

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

WINDOW = timedelta(minutes=1)
GONE = (401, 403, 404, 410)
"""The webhook was taken away, or its channel was."""
_LINK = re.compile(r"(https?://\S+)")
_FORMATS = re.compile(r"[\\*_~`|]|^(?:>|#|-)", re.M)


class _Webhook:
    """What both have in common."""

    def __init__(
        self, clock: Clock, accounts: AccountStore, *, timeout: tuple[float, float] = TIMEOUT
    ) -> None:
        self._clock = clock
        self._timeout = timeout

    async def publish(
        self, account: Account, post: Post, parent: Parent | None, attached: Attached | None
    ) -> PostOutcome:
        """Publish the frozen post; never raises for what a server or network does."""
        if account.webhook is None:
            return outcomes.without_secret(account, "webhook", "`webhook`")
        ask = self._ask(account.webhook.reveal(), post)
        reply = await talk.send(ask, self._timeout)
        if published := self._published(post, reply):
            return published
        if reply.answer.status in GONE:
            words = _said(reply)
            reason = f"{account.network} answered {reply.answer.status} for {account.id}{words}"
            return NotPublished(
                reason=f"{reason}: the webhook is gone, and the account held until it has another",
                pause_account=True,
            )
        answer = reply.answer
        if answer.status == 429 and "retry_after" in reply.body:
            wait = {"retry-after": str(reply.body["retry_after"])}
            answer = replace(answer, headers={**answer.headers, **wait})
        return outcomes.failed(account, answer, now=self._clock.now(), window=WINDOW)

    async def find(self, account: Account, post: Post) -> Published | None | Unclear:
        """It never can be."""
        return Unclear(reason=f"a webhook of {account.network} shows nothing back")

    async def rule(self, account: Account) -> TextRule | None | str:
        """All servers take the same."""
        return None

    def calls(
        self, account: Account, post: Post, parent: Parent | None, attached: Attached | None
    ) -> Sequence[Call]:
        """The request that `publish` would make, without its secret address."""
        ask = self._ask("<webhook>", post)
        return [Call(method=ask.method, url=ask.url, body=ask.body)]

    def _ask(self, address: str, post: Post) -> Ask:
        raise NotImplementedError

    def _published(self, post: Post, reply: Reply) -> Published | None:
        raise NotImplementedError


class SlackPoster(_Webhook):
    """Publishes to a channel of Slack, which names no message that a webhook brings."""

    def _ask(self, address: str, post: Post) -> Ask:
        text = post.text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return Ask.json(address, {"text": text, "unfurl_links": True})

    def _published(self, post: Post, reply: Reply) -> Published | None:
        if reply.answer.status == 200 and reply.raw.strip() == b"ok":
            return Published(remote_id=post.key, url="")
        return None


class DiscordPoster(_Webhook):
    """Publishes to a channel of Discord; nobody is notified by what a text happens to say."""

    def _ask(self, address: str, post: Post) -> Ask:
        joined = "&" if "?" in address else "?"
        body = {"content": _plain(post.text), "allowed_mentions": {"parse": []}}
        return Ask.json(f"{address}{joined}wait=true", body)

    def _published(self, post: Post, reply: Reply) -> Published | None:
        number, channel = reply.body.get("id"), reply.body.get("channel_id")
        if not reply.ok or not number:
            return None
        url = f"https://discord.com/channels/@me/{channel}/{number}"
        return Published(remote_id=str(number), url=url)


def _plain(text: str) -> str:
    """The text with every sign escaped that Discord would format with, addresses apart."""
    parts = _LINK.split(text)
    return "".join(
        part if number % 2 else _FORMATS.sub(lambda sign: "\\" + sign[0], part)
        for number, part in enumerate(parts)
    )


def _said(reply: Reply) -> str:
    """What Slack says in plain words, or Discord in its message."""
    said = reply.answer.words or reply.raw[:80].decode("utf-8", "replace")
    return f" ({' '.join(said.split())})" if said.strip() else ""
