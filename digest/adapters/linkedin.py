"""LinkedIn, by its posts API. It knows no threads: each part of one is a post of its own."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import quote

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

HOME = "https://api.linkedin.com"
VERSION = "202607"
"""Of the API, by month; LinkedIn keeps each for a year."""
WINDOW = timedelta(days=1)
CLOCKS_DIFFER = timedelta(minutes=1)
COUNT = 50
_RESERVED = re.compile(r"[\\|{}@\[\]()<>#*_~]")
_ESCAPED = re.compile(r"\\([\\|{}@\[\]()<>#*_~])")
_HASHTAG = re.compile(r"(?<!\S)#([^\W\d_]\w*)")
_TEMPLATED = re.compile(r"\{hashtag\|\\#\|(\w+)\}")
_URN = re.compile(r"urn:li:(?:share|ugcPost|activity):\d+")


class LinkedInPoster:
    """Publishes to LinkedIn and reads back what may have been published."""

    def __init__(
        self, clock: Clock, accounts: AccountStore, *, timeout: tuple[float, float] = TIMEOUT
    ) -> None:
        self._clock = clock
        self._timeout = timeout

    async def publish(
        self, account: Account, post: Post, parent: Parent | None, attached: Attached | None
    ) -> PostOutcome:
        """Publish the frozen post; never raises for what a server or network does."""
        if problem := _problem(account):
            return problem
        reply = await self._send(account, _post(account, post))
        headers = {name.lower(): value for name, value in reply.answer.headers.items()}
        if reply.ok and (urn := headers.get("x-restli-id") or str(reply.body.get("id", ""))):
            return _published(urn)
        if reply.answer.status == 422 and (earlier := _duplicate(reply)):
            return _published(earlier)
        return outcomes.failed(account, reply.answer, now=self._clock.now(), window=WINDOW)

    async def find(self, account: Account, post: Post) -> Published | None | Unclear:
        """Read back: the post if it is there, None if it is not, Unclear if it cannot be read."""
        if problem := _problem(account):
            return Unclear(reason=problem.reason)
        author = quote(account.handle, safe="")
        url = f"{_place(account)}?q=author&author={author}&count={COUNT}&sortBy=CREATED"
        reply = await self._send(account, Ask(method="GET", url=url, headers={}))
        found = reply.body.get("elements")
        if not reply.ok or not isinstance(found, list):
            return outcomes.unread(account, reply.answer, now=self._clock.now(), window=WINDOW)
        since = (post.created - CLOCKS_DIFFER).timestamp() * 1000
        for one in found:
            if plain(str(one.get("commentary", ""))) == post.text:
                return _published(str(one.get("id")))
        if len(found) >= COUNT and all(_made(one) >= since for one in found):
            return Unclear(reason=f"{account.id} has posted too much since to be read in full")
        return None

    async def rule(self, account: Account) -> TextRule | None | str:
        """All of LinkedIn takes the same."""
        return None

    def calls(
        self, account: Account, post: Post, parent: Parent | None, attached: Attached | None
    ) -> Sequence[Call]:
        """The request that `publish` would make."""
        ask = _post(account, post)
        return [Call(method=ask.method, url=ask.url, body=ask.body)]

    async def _send(self, account: Account, ask: Ask) -> Reply:
        assert account.token is not None
        told = {
            "Authorization": f"Bearer {account.token.reveal()}",
            "LinkedIn-Version": VERSION,
            "X-Restli-Protocol-Version": "2.0.0",
        }
        return await talk.send(replace(ask, headers={**ask.headers, **told}), self._timeout)


def little(text: str) -> str:
    """The text in LinkedIn's "little text": signs that would format are escaped, hashtags told."""
    done, parts = 0, []
    for tag in _HASHTAG.finditer(text):
        parts += [_escaped(text[done : tag.start()]), f"{{hashtag|\\#|{tag[1]}}}"]
        done = tag.end()
    return "".join([*parts, _escaped(text[done:])])


def plain(little_text: str) -> str:
    """The text that reads so."""
    return _ESCAPED.sub(r"\1", _TEMPLATED.sub(r"#\1", little_text))


def _escaped(text: str) -> str:
    return _RESERVED.sub(lambda sign: "\\" + sign[0], text)


def _problem(account: Account) -> NotPublished | None:
    """What the account lacks."""
    if account.token is None:
        return outcomes.without_secret(account, "token", "`token`")
    if not account.handle.startswith("urn:li:"):
        return outcomes.without_secret(account, "author", "`handle` to urn:li:organization:NUMBER")
    return None


def _place(account: Account) -> str:
    return f"{(account.url or HOME).rstrip('/')}/rest/posts"


def _post(account: Account, post: Post) -> Ask:
    body: dict[str, object] = {
        "author": account.handle,
        "commentary": little(post.text),
        "visibility": "PUBLIC",
        "distribution": {
            "feedDistribution": "MAIN_FEED",
            "targetEntities": [],
            "thirdPartyDistributionChannels": [],
        },
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
    }
    if post.link:
        card = {
            "source": post.link,
            "title": post.link_title,
            "description": post.link_summary,
        }
        body["content"] = {"article": card}
    return Ask.json(_place(account), body)


def _published(urn: str) -> Published:
    return Published(remote_id=urn, url=f"https://www.linkedin.com/feed/update/{urn}")


def _duplicate(reply: Reply) -> str:
    """The earlier post that a refusal of the same words names, or ""."""
    said = reply.raw.decode("utf-8", "replace")
    found = _URN.search(said) if "DUPLICATE" in said.upper() else None
    return found[0] if found else ""


def _made(one: Mapping[str, Any]) -> float:
    """Milliseconds since 1970."""
    found = one.get("createdAt", one.get("publishedAt", 0))
    return float(found) if isinstance(found, int | float) else 0.0
