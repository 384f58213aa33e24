"""Telegram, by its bot API. What a bot has posted cannot be read back."""

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

HOME = "https://api.telegram.org"
WINDOW = timedelta(minutes=1)
SUPERGROUP = "-100"
"""What the numbers of channels and large groups begin with."""
DEAD = {401: "the bot's token is wrong", 404: "the bot's token is wrong", 403: "the bot is out"}


class TelegramPoster:
    """Publishes to a chat or channel of Telegram."""

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
        ask = _message(account, post, parent, account.token.reveal())
        reply = await talk.send(ask, self._timeout)
        sent = reply.body.get("result")
        if reply.ok and reply.body.get("ok") is True and isinstance(sent, dict):
            return _published(account, sent)
        return self._failed(account, reply)

    async def find(self, account: Account, post: Post) -> Published | None | Unclear:
        """It never can be."""
        return Unclear(reason=f"telegram shows no bot what {account.id} has posted")

    async def rule(self, account: Account) -> TextRule | None | str:
        """All of Telegram takes the same."""
        return None

    def calls(
        self, account: Account, post: Post, parent: Parent | None, attached: Attached | None
    ) -> Sequence[Call]:
        """The request that `publish` would make, without the token in its address."""
        ask = _message(account, post, parent, "<token>")
        return [Call(method=ask.method, url=ask.url, body=ask.body)]

    def _failed(self, account: Account, reply: Reply) -> PostOutcome:
        answer = reply.answer
        if why := DEAD.get(answer.status):
            words = f"{why}: {answer.words}" if answer.words else why
            reason = f"telegram answered {answer.status} for {account.id}: {words}"
            return NotPublished(
                reason=f"{reason}; the account is held until that is mended", pause_account=True
            )
        told = reply.body.get("parameters")
        if answer.status == 429 and isinstance(told, dict) and "retry_after" in told:
            wait = {"retry-after": str(told["retry_after"])}
            answer = replace(answer, headers={**answer.headers, **wait})
        return outcomes.failed(account, answer, now=self._clock.now(), window=WINDOW)


def _message(account: Account, post: Post, parent: Parent | None, token: str) -> Ask:
    body: dict[str, object] = {"chat_id": account.handle, "text": post.text}
    preview = {"url": post.link} if post.link else {"is_disabled": True}
    body["link_preview_options"] = preview
    if parent:
        body["reply_parameters"] = {"message_id": int(parent.parent_id)}
    return Ask.json(f"{(account.url or HOME).rstrip('/')}/bot{token}/sendMessage", body)


def _published(account: Account, sent: dict[str, object]) -> Published:
    chat = sent.get("chat")
    known = chat if isinstance(chat, dict) else {}
    number = str(sent.get("message_id"))
    name = known.get("username") or account.handle.lstrip("@")
    place = str(name)
    if place.startswith("-"):
        place = f"c/{place.removeprefix(SUPERGROUP)}"
    return Published(remote_id=number, url=f"https://t.me/{place}/{number}")
