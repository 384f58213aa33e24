"""Small stand-ins of X, Bluesky and Mastodon on loopback: they keep posts in memory, no more.

They know the endpoints our adapters use and the rules that matter: log-in, length, duplicates.
"""

import hashlib
import html
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self

from aiohttp import web

from digest.adapters.clock import SystemClock
from digest.model.account import Network
from digest.ports import Clock
from digest.social import links, measure

Json = dict[str, object]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

BLOB_BYTES = 2_000_000

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_NOT_FOR_ID = re.compile(r"[^0-9a-zA-Z._-]")


@dataclass(slots=True, kw_only=True)
class Kept:
    """One post as a network keeps it."""

    network: Network
    id: str
    text: str
    reply_to: str = ""
    link: str = ""
    """Of the card; links in the text stay in the text."""
    alt: str = ""
    """Of its picture."""
    at: datetime
    record: Json = field(default_factory=dict)
    """Bluesky: the whole record."""


class Networks:
    """All three, up between `async with` and its end."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or SystemClock()
        self._kept: list[Kept] = []
        self._keys: dict[str, Kept] = {}
        self._pictures: list[str] = []
        """The alt text of each picture, by its number."""
        self._runners: list[web.AppRunner] = []
        self.x_url = ""
        self.bluesky_url = ""
        self.mastodon_url = ""

    async def __aenter__(self) -> Self:
        """Listen on three free loopback ports."""
        self.x_url = await self._listen(self._x())
        self.bluesky_url = await self._listen(self._bluesky())
        self.mastodon_url = await self._listen(self._mastodon())
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the ports; what was posted can still be read."""
        for runner in self._runners:
            await runner.cleanup()

    def posts(self) -> list[dict[str, str]]:
        """Everything posted, in order, ready for JSON."""
        return [
            {
                "network": kept.network.value,
                "id": kept.id,
                "text": kept.text,
                "reply_to": kept.reply_to,
                "link": kept.link,
                "alt": kept.alt,
                "at": kept.at.isoformat(),
            }
            for kept in self._kept
        ]

    async def _listen(self, routes: list[web.RouteDef]) -> str:
        app = web.Application()
        app.add_routes([*routes, web.get("/", self._show)])
        runner = web.AppRunner(app, access_log=None)
        self._runners.append(runner)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        host, port = runner.addresses[0][:2]
        return f"http://{host}:{port}"

    async def _show(self, _: web.Request) -> web.Response:
        """All posts as JSON, for whoever looks at a network's front page."""
        return web.json_response(self.posts())

    def _keep(
        self,
        network: Network,
        text: str,
        *,
        identity: str = "",
        reply_to: str = "",
        link: str = "",
        alt: str = "",
        record: Json | None = None,
    ) -> Kept:
        kept = Kept(
            network=network,
            id=identity or str(1_000_000_000_000_000_000 + len(self._kept)),
            text=text,
            reply_to=reply_to,
            link=link,
            alt=alt,
            at=self._clock.now(),
            record=record or {},
        )
        self._kept.append(kept)
        return kept

    def _of(self, network: Network) -> list[Kept]:
        """A network's posts, newest first."""
        return [kept for kept in reversed(self._kept) if kept.network is network]

    def _has(self, network: Network, identity: str) -> bool:
        return any(kept.id == identity for kept in self._of(network))

    # X

    def _x(self) -> list[web.RouteDef]:
        return [
            web.post("/2/tweets", _signed(self._x_post)),
            web.post("/2/media/upload", _signed(self._x_picture)),
            web.post("/2/media/metadata", _signed(self._x_alt_text)),
            web.get("/2/users/me", _signed(self._x_me)),
            web.get("/2/users/{id}/tweets", _signed(self._x_timeline)),
        ]

    async def _x_post(self, request: web.Request) -> web.Response:
        body = await request.json()
        text = body["text"].strip()
        reply_to = body.get("reply", {}).get("in_reply_to_tweet_id", "")
        if not text or not measure.fits(Network.X, text):
            return _x_problem(403, "Your post text is too long.")
        if reply_to and not self._has(Network.X, reply_to):
            return _x_problem(403, "You can only reply to posts you were mentioned in or wrote.")
        if any(kept.text == text for kept in self._of(Network.X)):
            return _x_problem(403, "You are not allowed to create a Tweet with duplicate content.")
        alt = [self._pictures[int(i) - 1] for i in body.get("media", {}).get("media_ids", ())]
        kept = self._keep(Network.X, text, reply_to=reply_to, alt="".join(alt))
        return web.json_response({"data": {"id": kept.id, "text": text}}, status=201)

    async def _x_picture(self, request: web.Request) -> web.Response:
        form = await request.post()
        if "media" not in form or not form.get("media_category"):
            return _x_problem(400, "media and media_category are required")
        self._pictures.append("")
        return web.json_response({"data": {"id": str(len(self._pictures))}})

    async def _x_alt_text(self, request: web.Request) -> web.Response:
        told = await request.json()
        self._pictures[int(told["id"]) - 1] = told["metadata"]["alt_text"]["text"]
        return web.json_response({"data": {"id": told["id"]}})

    async def _x_me(self, _: web.Request) -> web.Response:
        me = {"id": "1", "name": "The Sample Post", "username": "samplepost"}
        return web.json_response({"data": me})

    async def _x_timeline(self, request: web.Request) -> web.Response:
        size = int(request.query.get("max_results", 10))
        skip = int(request.query.get("pagination_token", 0))
        own = self._of(Network.X)
        page = [_x_shown(kept) for kept in own[skip : skip + size]]
        meta: Json = {"result_count": len(page)}
        if len(own) > skip + size:
            meta["next_token"] = str(skip + size)
        return web.json_response({"data": page, "meta": meta} if page else {"meta": meta})

    # Bluesky

    def _bluesky(self) -> list[web.RouteDef]:
        at = "/xrpc/com.atproto."
        return [
            web.post(f"{at}server.createSession", self._bluesky_log_in),
            web.post(f"{at}repo.putRecord", _signed(self._bluesky_put)),
            web.post(f"{at}repo.uploadBlob", _signed(self._bluesky_blob)),
            web.get(f"{at}repo.getRecord", self._bluesky_get),
        ]

    async def _bluesky_log_in(self, request: web.Request) -> web.Response:
        body = await request.json()
        if not body.get("identifier") or not body.get("password"):
            return _bluesky_problem(401, "AuthenticationRequired", "Invalid identifier or password")
        did = "did:web:" + _NOT_FOR_ID.sub("-", body["identifier"])
        session = {"did": did, "handle": body["identifier"], "accessJwt": "a", "refreshJwt": "r"}
        return web.json_response(session)

    async def _bluesky_blob(self, request: web.Request) -> web.Response:
        raw = await request.read()
        if len(raw) > BLOB_BYTES:
            return _bluesky_problem(400, "BlobTooLarge", "This file is too large")
        blob = {
            "$type": "blob",
            "ref": {"$link": "cid-" + hashlib.sha256(raw).hexdigest()[:32]},
            "mimeType": request.content_type,
            "size": len(raw),
        }
        return web.json_response({"blob": blob})

    async def _bluesky_put(self, request: web.Request) -> web.Response:
        body = await request.json()
        record, identity = body["record"], _record_id(body)
        if not measure.fits(Network.BLUESKY, record["text"]):
            return _bluesky_problem(400, "InvalidRequest", "text must not be longer")
        known = next((kept for kept in self._of(Network.BLUESKY) if kept.id == identity), None)
        if known is not None and known.record != record:
            return _bluesky_problem(400, "InvalidSwap", "Record was at another version")
        if known is None:
            self._keep(
                Network.BLUESKY,
                record["text"],
                identity=identity,
                reply_to=record.get("reply", {}).get("parent", {}).get("uri", ""),
                link=record.get("embed", {}).get("external", {}).get("uri", ""),
                alt="".join(one["alt"] for one in record.get("embed", {}).get("images", ())),
                record=record,
            )
        return web.json_response({"uri": identity, "cid": _content_id(record)})

    async def _bluesky_get(self, request: web.Request) -> web.Response:
        identity = _record_id(request.query)
        for kept in self._of(Network.BLUESKY):
            if kept.id == identity:
                found = {"uri": identity, "cid": _content_id(kept.record), "value": kept.record}
                return web.json_response(found)
        return _bluesky_problem(400, "RecordNotFound", f"Could not locate record: {identity}")

    # Mastodon

    def _mastodon(self) -> list[web.RouteDef]:
        return [
            web.post("/api/v1/statuses", _signed(self._mastodon_post)),
            web.post("/api/v1/media", _signed(self._mastodon_picture)),
            web.post("/api/v2/media", _signed(self._mastodon_picture)),
            web.get("/api/v2/instance{slash:/?}", self._mastodon_instance),
            web.get("/api/v1/accounts/verify_credentials", _signed(self._mastodon_me)),
            web.get("/api/v1/accounts/{id}/statuses", _signed(self._mastodon_statuses)),
        ]

    async def _mastodon_post(self, request: web.Request) -> web.Response:
        form = await request.post()
        text, reply_to = str(form.get("status", "")).strip(), str(form.get("in_reply_to_id", ""))
        key = request.headers.get("Idempotency-Key", "")
        if key and key in self._keys:
            return web.json_response(self._mastodon_shown(self._keys[key]))
        if not text or not measure.fits(Network.MASTODON, text):
            said = "Validation failed: Text character limit of 500 exceeded"
            return web.json_response({"error": said}, status=422)
        if reply_to and not self._has(Network.MASTODON, reply_to):
            said = "The post you are trying to reply to does not appear to exist."
            return web.json_response({"error": said}, status=404)
        alt = [self._pictures[int(str(i)) - 1] for i in form.getall("media_ids[]", [])]
        kept = self._keep(Network.MASTODON, text, reply_to=reply_to, alt="".join(alt))
        if key:
            self._keys[key] = kept
        return web.json_response(self._mastodon_shown(kept))

    async def _mastodon_picture(self, request: web.Request) -> web.Response:
        form = await request.post()
        self._pictures.append(str(form.get("description", "")))
        number = len(self._pictures)
        return web.json_response({"id": str(number), "url": f"{self.mastodon_url}/m/{number}"})

    async def _mastodon_instance(self, _: web.Request) -> web.Response:
        rule = {
            "max_characters": measure.limit(Network.MASTODON),
            "characters_reserved_per_url": 23,
        }
        return web.json_response({"configuration": {"statuses": rule}})

    async def _mastodon_me(self, _: web.Request) -> web.Response:
        return web.json_response({"id": "1", "username": "samplepost", "acct": "samplepost"})

    async def _mastodon_statuses(self, request: web.Request) -> web.Response:
        size = int(request.query.get("limit", 20))
        before = int(request.query.get("max_id", 1 << 70))
        own = [kept for kept in self._of(Network.MASTODON) if int(kept.id) < before]
        return web.json_response([self._mastodon_shown(kept) for kept in own[:size]])

    def _mastodon_shown(self, kept: Kept) -> Json:
        """A status with its text as HTML, the way Mastodon hides most of an address."""
        text = html.escape(kept.text, quote=False)
        text = _ADDRESS.sub(_as_anchor, text).replace("\n\n", "</p><p>").replace("\n", "<br />")
        return {
            "id": kept.id,
            "created_at": kept.at.isoformat(timespec="milliseconds"),
            "content": f"<p>{text}</p>",
            "url": f"{self.mastodon_url}/@samplepost/{kept.id}",
            "in_reply_to_id": kept.reply_to or None,
        }


def _signed(handler: Handler) -> Handler:
    """The handler for requests with an Authorization header, 401 for all others."""

    async def guarded(request: web.Request) -> web.StreamResponse:
        if not request.headers.get("Authorization", "").startswith(("OAuth ", "Bearer ")):
            body = {"title": "Unauthorized", "detail": "Unauthorized", "error": "Unauthorized"}
            return web.json_response(body, status=401)
        return await handler(request)

    return guarded


def _x_problem(status: int, detail: str) -> web.Response:
    body = {"title": "Forbidden", "detail": detail, "status": status}
    return web.json_response(body, status=status)


def _x_shown(kept: Kept) -> Json:
    """A post as the timeline gives it: links shortened, three characters escaped."""
    text, urls = kept.text, []
    for number, (start, end) in enumerate(reversed(links.spans(text))):
        short = f"https://t.co/{int(kept.id) % 10**6:06}{number}"
        urls.append({"url": short, "expanded_url": text[start:end]})
        text = text[:start] + short + text[end:]
    return {
        "id": kept.id,
        "edit_history_tweet_ids": [kept.id],
        "text": html.escape(text, quote=False),
        "created_at": kept.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        "entities": {"urls": urls},
    }


def _bluesky_problem(status: int, error: str, message: str) -> web.Response:
    return web.json_response({"error": error, "message": message}, status=status)


def _record_id(named: Mapping[str, str]) -> str:
    return f"at://{named['repo']}/{named['collection']}/{named['rkey']}"


def _content_id(record: Json) -> str:
    return "cid-" + hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()[:32]


def _as_anchor(found: re.Match[str]) -> str:
    scheme, _, rest = found[0].partition("://")
    return (
        f'<a href="{found[0]}" rel="nofollow"><span class="invisible">{scheme}://</span>'
        f'<span class="ellipsis">{rest[:30]}</span><span class="invisible">{rest[30:]}</span></a>'
    )
