"""The sample newsroom as a web site on loopback: feeds and pages, their dates shifted to now."""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from importlib.resources import files
from itertools import chain, zip_longest
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from aiohttp import web
from lxml import etree

from digest.demo import art

HOME = "https://sample.example"
"""The paper's own address, which its pages name as canonical; the demo serves it on loopback."""
FEEDS = ("world.xml", "society.xml", "science.xml", "interview.xml", "all.atom")
APART = timedelta(minutes=17)
"""Between two articles: 88 of them make about a day of news."""
ATOM = "{http://www.w3.org/2005/Atom}"


@dataclass(frozen=True, slots=True)
class Document:
    """One file of the site, ready to serve."""

    content: bytes
    media_type: str

    @property
    def etag(self) -> str:
        """Changes with the content."""
        return '"' + hashlib.sha256(self.content).hexdigest()[:16] + '"'


def newest_first() -> list[str]:
    """The path of every page: sections take turns, each in its feed's order, interviews last."""
    by_section = [_paths_of(name) for name in FEEDS[:3]]
    turns = chain.from_iterable(zip_longest(*by_section))
    return [path for path in turns if path] + _paths_of(FEEDS[3])


def documents(now: datetime, address: str) -> dict[str, Document]:
    """Path -> document, the newest article a quarter of an hour old, links leading to `address`."""
    now = now.replace(microsecond=0)
    dates = {path: now - APART * (n + 1) for n, path in enumerate(newest_first())}
    found = {
        path: Document(_page(path, when, address), "text/html; charset=utf-8")
        for path, when in dates.items()
    }
    for number, path in enumerate(dates):
        if number % 3:
            found[drawing(path)] = Document(art.drawn(path), "image/jpeg")
    for name in FEEDS:
        media = "application/atom+xml" if name.endswith(".atom") else "application/rss+xml"
        found[f"/feeds/{name}"] = Document(_feed(name, dates, address), media)
    return found


class Site:
    """The web site, running on loopback while the context is open."""

    def __init__(self, now: datetime, port: int = 0) -> None:
        self.now = now
        self.port = port
        self.requests = 0
        self.unchanged = 0
        self._runner: web.AppRunner | None = None
        self._documents: dict[str, Document] = {}

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self) -> Self:
        """Start on the wanted port, or on a free one when that is taken."""
        app = web.Application()
        app.router.add_get("/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        try:
            await self._listen(self.port)
        except OSError:
            await self._listen(0)
        self._documents = documents(self.now, self.url)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop."""
        if self._runner is not None:
            await self._runner.cleanup()

    async def _listen(self, port: int) -> None:
        assert self._runner is not None
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.port = self._runner.addresses[0][1]

    async def _answer(self, request: web.Request) -> web.Response:
        self.requests += 1
        document = self._documents.get(request.path)
        if document is None:
            return web.Response(status=404, text="There is no such page in the sample newsroom.")
        headers = {"ETag": document.etag, "Content-Type": document.media_type}
        if request.headers.get("If-None-Match") == document.etag:
            self.unchanged += 1
            return web.Response(status=304, headers=headers)
        return web.Response(body=document.content, headers=headers)


def _read(folder: str, name: str) -> bytes:
    return (files("digest.demo") / "newsroom" / folder / name).read_bytes()


def _paths_of(feed: str) -> list[str]:
    root = etree.fromstring(_read("feeds", feed))
    return [urlsplit(link.text or "").path for link in root.iterfind("channel/item/link")]


def _feed(name: str, dates: dict[str, datetime], address: str) -> bytes:
    root = etree.fromstring(_read("feeds", name))
    for item in root.iterfind("channel/item"):
        _date_rss(item, dates, address)
    for item in root.iterfind(f"{ATOM}entry"):
        _date_atom(item, dates, address)
    out: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return out


def _date_rss(item: etree._Element, dates: dict[str, datetime], address: str) -> None:
    link, date = item.find("link"), item.find("pubDate")
    assert link is not None and date is not None
    path = urlsplit(link.text or "").path
    link.text = address + path
    date.text = format_datetime(dates[path])


def _date_atom(item: etree._Element, dates: dict[str, datetime], address: str) -> None:
    link = item.find(f"{ATOM}link")
    assert link is not None
    path = urlsplit(str(link.get("href"))).path
    link.set("href", address + path)
    for tag in ("published", "updated"):
        date = item.find(ATOM + tag)
        if date is not None:
            date.text = dates[path].isoformat()


def drawing(path: str) -> str:
    """Where the picture of a page is; the real ones are not ours to show, so we draw some."""
    return f"/drawings/{hashlib.sha256(path.encode()).hexdigest()[:12]}.jpg"


def _page(path: str, when: datetime, address: str) -> bytes:
    """The page as it came, with its own dates replaced in head and byline, and a drawing."""
    html = _read("pages", path.strip("/").replace("/", "--") + ".html").decode("utf-8")
    head, body, rest = html.partition("</head>")
    instant = when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    head = re.sub(r'("datePublished": )"[^"]*"', rf"\1{json.dumps(instant)}", head)
    head = re.sub(r'(article:published_time" content=)"[^"]*"', rf'\1"{instant}"', head)
    shown = f'<time datetime="{instant}">{instant[:10]}</time>'
    rest = re.sub(r"<time [^>]*>[^<]*</time>", shown, rest, count=1)
    picture = (
        f'<meta property="og:image" content="{address}{drawing(path)}">'
        '<meta property="og:image:alt" content="A drawing of coloured hills under a round sun">'
    )
    return (head + picture + body + rest).encode("utf-8")
