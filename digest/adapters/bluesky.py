"""Bluesky, by XRPC: a record under a key of our own, so that a repeated call changes nothing."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Any

import aiohttp

from digest.adapters import outcomes
from digest.adapters.outcomes import Answer
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

HOME = "https://bsky.social"
COLLECTION = "app.bsky.feed.post"
WINDOW = timedelta(minutes=5)
TIMEOUT = (5.0, 15.0)
"""Seconds to connect, and for the whole answer after that."""

_LINK = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,:;!?)\]'’”»]", re.IGNORECASE)
_BEFORE_IT_LEFT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Session:
    """A log-in: good for about two hours, then refreshed."""

    did: str
    access: str
    refresh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reply:
    """The answer to one call and what it holds."""

    answer: Answer
    body: Mapping[str, Any]

    @property
    def ok(self) -> bool:
        """Done as asked."""
        return self.answer.status == 200

    @property
    def error(self) -> str:
        """Bluesky's own name for what is wrong."""
        return str(self.body.get("error", ""))


class BlueskyPoster:
    """Publishes to Bluesky and reads back what may have been published."""

    def __init__(self, clock: Clock, *, timeout: tuple[float, float] = TIMEOUT) -> None:
        self._clock = clock
        self._timeout = aiohttp.ClientTimeout(sock_connect=timeout[0], total=sum(timeout))
        self._sessions: dict[str, _Session] = {}

    async def publish(self, account: Account, post: Post, parent: Parent | None) -> PostOutcome:
        """Publish the frozen post; never raises for what a server or network does."""
        if problem := _problem(account):
            return problem
        reply = await self._asked(account, "repo.putRecord", body=_put(account, post, parent))
        if reply.ok and reply.body.get("uri"):
            return _published(account, post, reply.body)
        if reply.error == "InvalidSwap":
            return await self._taken(account, post)
        return outcomes.failed(account, reply.answer, now=self._clock.now(), window=WINDOW)

    async def find(self, account: Account, post: Post) -> Published | None | str:
        """Read back: the post if it is there, None if it is not, a sentence if unreadable."""
        if problem := _problem(account):
            return problem.reason
        query = {"collection": COLLECTION, "rkey": post.key}
        reply = await self._asked(account, "repo.getRecord", query=query)
        if reply.error == "RecordNotFound":
            return None
        if not reply.ok or not reply.body.get("uri"):
            return outcomes.unread(account, reply.answer)
        if reply.body.get("value", {}).get("text") != post.text:
            return f"another post of {account.id} has the key {post.key}"
        return _published(account, post, reply.body)

    async def _taken(self, account: Account, post: Post) -> PostOutcome:
        """A record stands under our key: usually our own, put there before we were interrupted."""
        found = await self.find(account, post)
        if isinstance(found, Published):
            return found
        return Unclear(reason=found or f"bluesky has, and has not, the record {post.key}")

    async def _asked(
        self,
        account: Account,
        method: str,
        *,
        query: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> _Reply:
        """One call as the account, logged in when needed and once more when its token is over."""
        session: _Session | _Reply | None = self._sessions.get(account.id)
        if session is None:
            session = await self._log_in(account)
        for last in (False, True):
            if isinstance(session, _Reply):
                return session
            self._sessions[account.id] = session
            own = {"repo": session.did}
            reply = await self._call(
                account,
                method,
                session.access,
                query={**own, **query} if query is not None else None,
                body={**own, **body} if body is not None else None,
            )
            if last or reply.error not in ("ExpiredToken", "InvalidToken"):
                break
            del self._sessions[account.id]
            session = await self._renewed(account, session)
        return reply

    async def _renewed(self, account: Account, session: _Session) -> _Session | _Reply:
        """The session prolonged, or a fresh one: log-ins are scarce, 300 a day."""
        reply = await self._call(account, "server.refreshSession", session.refresh, body={})
        return _session(reply) or await self._log_in(account)

    async def _log_in(self, account: Account) -> _Session | _Reply:
        """A fresh session, or the reply that refused it: for certain nothing was written yet."""
        assert account.password is not None
        identity = {"identifier": account.handle, "password": account.password.reveal()}
        reply = await self._call(account, "server.createSession", body=identity)
        if session := _session(reply):
            return session
        if 300 <= reply.answer.status < 500:
            return reply
        words = f"log-in: {reply.answer.words or reply.answer.status}"
        return _Reply(answer=Answer(sent=False, words=words), body={})

    async def _call(
        self,
        account: Account,
        method: str,
        token: str = "",
        *,
        query: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
    ) -> _Reply:
        """One request on a fresh connection; a GET with a query, a POST with a body."""
        url = f"{(account.url or HOME).rstrip('/')}/xrpc/com.atproto.{method}"
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            async with (
                aiohttp.ClientSession(timeout=self._timeout) as session,
                session.request(
                    "GET" if body is None else "POST",
                    url,
                    params=query,
                    json=body or None,
                    headers=headers,
                    allow_redirects=False,
                ) as response,
            ):
                return _read(response.status, response.headers, await response.read())
        except _BEFORE_IT_LEFT:
            return _Reply(answer=Answer(sent=False, words="no connection"), body={})
        except TimeoutError:
            return _Reply(answer=Answer(words="no answer in time"), body={})
        except (aiohttp.ClientError, OSError, ValueError):
            return _Reply(answer=Answer(words="connection lost"), body={})


def _problem(account: Account) -> NotPublished | None:
    """What the account lacks."""
    if account.password is None:
        return outcomes.without_secret(account, "password", "`password`")
    if not account.handle:
        return outcomes.without_secret(account, "handle", "`handle`")
    return None


def _read(status: int, headers: Mapping[str, str], raw: bytes) -> _Reply:
    """Status and body together; a body that is no JSON object counts as empty."""
    try:
        body = json.loads(raw)
    except ValueError:
        body = {}
    if not isinstance(body, dict):
        body = {}
    words = "" if status == 200 else str(body.get("message") or body.get("error") or "")[:300]
    return _Reply(answer=Answer(status=status, headers=dict(headers), words=words), body=body)


def _session(reply: _Reply) -> _Session | None:
    body = reply.body
    if not reply.ok or not {"did", "accessJwt", "refreshJwt"} <= body.keys():
        return None
    return _Session(did=body["did"], access=body["accessJwt"], refresh=body["refreshJwt"])


def _put(account: Account, post: Post, parent: Parent | None) -> dict[str, Any]:
    """The call that creates the record or, made again, finds it unchanged.

    `swapRecord` is null, not absent: it says that the record must not exist yet.
    """
    record: dict[str, Any] = {
        "$type": COLLECTION,
        "text": post.text,
        "createdAt": post.created.astimezone(UTC).isoformat(timespec="milliseconds")[:-6] + "Z",
        "langs": [account.language],
    }
    if facets := _facets(post.text):
        record["facets"] = facets
    if post.link:
        card = {"uri": post.link, "title": post.link_title, "description": post.link_summary}
        record["embed"] = {"$type": "app.bsky.embed.external", "external": card}
    if parent:
        record["reply"] = {"root": _ref(parent.root_id), "parent": _ref(parent.parent_id)}
    return {"collection": COLLECTION, "rkey": post.key, "record": record, "swapRecord": None}


def _facets(text: str) -> list[dict[str, Any]]:
    """The web addresses in the text, by UTF-8 bytes: Bluesky links nothing by itself."""
    return [
        {
            "index": {
                "byteStart": len(text[: found.start()].encode()),
                "byteEnd": len(text[: found.end()].encode()),
            },
            "features": [{"$type": "app.bsky.richtext.facet#link", "uri": found[0]}],
        }
        for found in _LINK.finditer(text)
    ]


def _published(account: Account, post: Post, body: Mapping[str, Any]) -> Published:
    """A reply must name both address and content hash, so the id holds both."""
    return Published(
        remote_id=f"{body['uri']} {body.get('cid', '')}",
        url=f"https://bsky.app/profile/{account.handle}/post/{post.key}",
    )


def _ref(remote_id: str) -> dict[str, str]:
    uri, _, cid = remote_id.partition(" ")
    return {"uri": uri, "cid": cid}
