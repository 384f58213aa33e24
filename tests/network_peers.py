"""Loopback stand-ins of the smaller networks, built from their documentation: they keep posts in
memory, check the token and the length, and fail on order."""

import json
from collections.abc import Awaitable, Callable
from typing import Self
from urllib.parse import unquote

from aiohttp import web

from digest.adapters.linkedin import plain
from digest.model.account import Network
from digest.social import measure

TOKEN = "token"
Answer = Callable[[web.Request, bytes], Awaitable[web.StreamResponse]]


class SmallNetworks:
    """All five, up between `async with` and its end."""

    def __init__(self) -> None:
        self.kept: list[dict[str, str]] = []
        """network, id, text, parent, link of every post, in order."""
        self.bodies: list[tuple[str, str, bytes]] = []
        """Method, path with query, and body of every request."""
        self.script: list[str] = []
        """For the next requests that would publish: L request lost, A answer lost, 429, 500, …"""
        self.base = ""
        self._containers: dict[str, dict[str, str]] = {}

    async def __aenter__(self) -> Self:
        """Listen on a free loopback port."""
        app = web.Application()
        app.router.add_route("*", "/{place:.*}", self._any)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        port = self._runner.addresses[0][1]
        self.base = f"http://127.0.0.1:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the port."""
        await self._runner.cleanup()

    def webhook(self, network: Network) -> str:
        """The secret address of Slack's or Discord's webhook."""
        return f"{self.base}/{network}/{TOKEN}"

    def texts(self) -> list[str]:
        """Everything posted, in order."""
        return [one["text"] for one in self.kept]

    async def _any(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        self.bodies.append((request.method, request.path_qs, body))
        handler = self._handler(request.path)
        if handler is None:
            return web.json_response({}, status=404)
        counts = request.method == "POST" and not request.path.endswith("/threads")
        mode = self.script.pop(0) if counts and self.script else ""
        if mode == "L":
            return self._cut(request)
        if mode.isdecimal():
            return self._refusal(request.path, int(mode))
        answer = await handler(request, body)
        return self._cut(request) if mode == "A" else answer

    def _handler(self, path: str) -> Answer | None:
        for start, handler in (
            ("/v1.0/", self._threads),
            ("/rest/posts", self._linkedin),
            ("/bot", self._telegram),
            ("/slack/", self._slack),
            ("/discord/", self._discord),
        ):
            if path.startswith(start):
                return handler
        return None

    def _cut(self, request: web.Request) -> web.Response:
        assert request.transport is not None
        request.transport.abort()
        return web.Response()

    def _refusal(self, path: str, status: int) -> web.Response:
        """As each network words it; a wait of three seconds where it throttles."""
        if path.startswith("/bot"):
            told: dict[str, object] = {"ok": False, "error_code": status, "description": "no"}
            return web.json_response(
                told | ({"parameters": {"retry_after": 3}} if status == 429 else {}), status=status
            )
        if path.startswith("/v1.0/"):
            code = {401: 190, 429: 4}.get(status, 1)
            error = {"message": "no", "type": "OAuthException", "code": code}
            return web.json_response({"error": error}, status=400 if code != 1 else status)
        if path.startswith("/discord/") and status == 429:
            return web.json_response({"message": "limited", "retry_after": 2.4}, status=429)
        headers = {"Retry-After": "3"} if status == 429 else {}
        return web.json_response({"message": "no"}, status=status, headers=headers)

    def _keep(self, network: Network, text: str, parent: str = "", link: str = "") -> str:
        number = str(1000 + len(self.kept))
        self.kept.append(
            {"network": network, "id": number, "text": text, "parent": parent, "link": link}
        )
        return number

    def _too_long(self, network: Network, text: str) -> bool:
        return measure.length(network, text) > measure.limit(network)

    async def _threads(self, request: web.Request, body: bytes) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.json_response({"error": {"message": "dead", "code": 190}}, status=400)
        form = dict(await request.post())
        if request.path.endswith("/threads_publish"):
            made = self._containers.pop(str(form["creation_id"]))
            number = self._keep(
                Network.THREADS, made["text"], made.get("reply_to_id", ""), made.get("link", "")
            )
            return web.json_response({"id": number})
        if request.method == "POST":
            text = str(form["text"])
            if self._too_long(Network.THREADS, text):
                error = {"message": "too long", "code": 100}
                return web.json_response({"error": error}, status=400)
            name = f"c{len(self._containers)}-{len(self.kept)}"
            self._containers[name] = {
                "text": text,
                "reply_to_id": str(form.get("reply_to_id", "")),
                "link": str(form.get("link_attachment", "")),
            }
            return web.json_response({"id": name})
        mine = [one for one in self.kept if one["network"] == Network.THREADS]
        if not request.path.endswith("/threads"):
            number = request.path.rpartition("/")[2]
            return web.json_response({"permalink": f"https://www.threads.net/@p/post/{number}"})
        return web.json_response(
            {
                "data": [
                    {
                        "id": one["id"],
                        "text": one["text"],
                        "permalink": f"https://www.threads.net/@p/post/{one['id']}",
                        "timestamp": "2100-01-01T00:00:00+0000",
                    }
                    for one in reversed(mine)
                ]
            }
        )

    async def _linkedin(self, request: web.Request, body: bytes) -> web.StreamResponse:
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.json_response({"message": "dead"}, status=401)
        assert request.headers["LinkedIn-Version"].isdecimal()
        mine = [one for one in self.kept if one["network"] == Network.LINKEDIN]
        if request.method == "GET":
            assert unquote(request.query["author"]).startswith("urn:li:")
            return web.json_response(
                {
                    "elements": [
                        {"id": f"urn:li:share:{one['id']}", "commentary": one["raw"]}
                        for one in reversed(mine)
                    ]
                }
            )
        told = json.loads(body)
        text = plain(told["commentary"])
        if self._too_long(Network.LINKEDIN, text):
            return web.json_response({"message": "too long"}, status=422)
        for one in mine:
            if one["text"] == text:
                said = f"Content is a duplicate of urn:li:share:{one['id']}"
                return web.json_response({"code": "DUPLICATE_POST", "message": said}, status=422)
        link = (told.get("content") or {}).get("article", {}).get("source", "")
        number = self._keep(Network.LINKEDIN, text, link=link)
        self.kept[-1]["raw"] = told["commentary"]
        return web.Response(status=201, headers={"x-restli-id": f"urn:li:share:{number}"})

    async def _telegram(self, request: web.Request, body: bytes) -> web.StreamResponse:
        if request.path != f"/bot{TOKEN}/sendMessage":
            return web.json_response(
                {"ok": False, "error_code": 401, "description": "Unauthorized"}, status=401
            )
        told = json.loads(body)
        if self._too_long(Network.TELEGRAM, told["text"]):
            return web.json_response(
                {"ok": False, "description": "Bad Request: message is too long"}, status=400
            )
        parent = str((told.get("reply_parameters") or {}).get("message_id", ""))
        link = told["link_preview_options"].get("url", "")
        number = self._keep(Network.TELEGRAM, told["text"], parent, link)
        chat = {"id": -1001, "username": told["chat_id"].lstrip("@")}
        return web.json_response({"ok": True, "result": {"message_id": int(number), "chat": chat}})

    async def _slack(self, request: web.Request, body: bytes) -> web.StreamResponse:
        if not request.path.endswith(TOKEN):
            return web.Response(status=404, text="no_service")
        text = json.loads(body)["text"]
        for sign, name in (("<", "&lt;"), (">", "&gt;"), ("&", "&amp;")):
            text = text.replace(name, sign)
        if self._too_long(Network.SLACK, text):
            return web.Response(status=400, text="msg_too_long")
        self._keep(Network.SLACK, text)
        return web.Response(text="ok")

    async def _discord(self, request: web.Request, body: bytes) -> web.StreamResponse:
        if not request.path.endswith(TOKEN):
            return web.json_response({"message": "Unknown Webhook", "code": 10015}, status=404)
        assert request.query["wait"] == "true"
        told = json.loads(body)
        assert told["allowed_mentions"] == {"parse": []}
        text = "".join(
            sign
            for at, sign in enumerate(told["content"])
            if sign != "\\" or (at and told["content"][at - 1] == "\\")
        )
        if self._too_long(Network.DISCORD, text):
            return web.json_response({"message": "too long", "code": 50035}, status=400)
        number = self._keep(Network.DISCORD, text)
        return web.json_response({"id": number, "channel_id": "77"})
