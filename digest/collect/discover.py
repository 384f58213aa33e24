"""Where a site may keep its feeds: what its page links, what robots.txt names, where most do."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from lxml import html

from digest.collect import tree
from digest.text.plain import one_line
from digest.url import canonical, host, is_site_root, is_web, join

LINKED, LOOKS_LIKE_ONE, NEWS_SITEMAP, USUAL, SITEMAP, COMMENTS = range(6)
"""How likely a candidate is the feed an editor means; the first are the likeliest."""

KINDS = {
    "application/rss+xml": "RSS",
    "application/atom+xml": "Atom",
    "application/rdf+xml": "RSS",
    "application/feed+json": "a JSON Feed",
    "application/json": "JSON",
    "application/xml": "XML",
    "text/xml": "XML",
}
"""Media types that announce a feed."""

PLACES = (
    "/feed/ /feed /rss /rss.xml /feed.xml /index.xml /atom.xml /feed.json /feeds"
    " /news-sitemap.xml /sitemap-news.xml"
).split()
FOLDER_PLACES = ("feed/", "rss.xml")
"""Tried beneath the page's own address when that is not the whole site."""

MOST = 60
"""Candidates of one page; a page with more is a catalogue."""

_FEED_ADDRESS = re.compile(r"(?:/(?:feed|rss|atom)/?|[./](?:rss|atom|rdf)|\.xml|feed\.json)$", re.I)
_FEED_WORDS = re.compile(r"\b(?:rss|atom|web ?feeds?|xml feed|news feeds?)\b", re.I)
_NOT_A_FEED = re.compile(r"wp-json|oembed|manifest|opensearch|/xmlrpc", re.I)
_COMMENTS = re.compile(r"comments?\b", re.I)
_SITEMAP_LINE = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.I | re.M)
_SERVICE = frozenset("www feeds feed rss xml news m en amp api cdn co com org net gov ac".split())
"""Parts of a host that are not the site's own name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An address that may be a feed, and why it is looked at."""

    url: str
    title: str = ""
    because: str
    rank: int


def linked(body: bytes, *, url: str, content_type: str = "") -> tuple[Candidate, ...]:
    """The feeds a page links, the likeliest first, those of readers' comments last."""
    root = tree.parse(tree.decode(body, content_type))
    if root is None:
        return ()
    base = join(url, next((each.get("href", "") for each in root.iter("base")), "")) or url
    found = [*_announced(root, base), *_looking_like_one(root, base)]
    own = canonical(url).rstrip("/") + "/"
    if not is_site_root(url):
        # A section's page usually links the whole site's feed before its own.
        found.sort(key=lambda each: not canonical(each.url).startswith(own))
    return _ordered(found)


def guessed(url: str, robots: str = "") -> tuple[Candidate, ...]:
    """Where a site may keep a feed that its page does not link; robots.txt names its sitemaps."""
    found = [*_in_robots(url, robots)]
    if not is_site_root(url):
        folder = urlsplit(url)._replace(query="", fragment="").geturl().rstrip("/") + "/"
        found += _usual(join(folder, place) for place in FOLDER_PLACES)
    found += _usual(join(url, place) for place in PLACES)
    return _ordered(found)


def id_for(url: str, title: str, taken: Collection[str]) -> str:
    """A short name for a source: of its site, its section or its title, and not taken yet."""
    labels = [label for label in host(url).split(".")[:-1] if label not in _SERVICE]
    numeric = host(url).replace(".", "").isdigit()
    site = _slug(max(labels, key=len, default="")) if not numeric else ""
    words = re.split(r"[/.?=&]", urlsplit(url).path)
    section = next((_slug(w) for w in words if w and not _is_machine_word(w)), "")
    told = _slug(title)
    names = [site, f"{site}-{section}" if site and section else "", told]
    names = [name[:40].strip("-") for name in names if name] or ["source"]
    free = (name for name in names if name not in taken)
    numbered = (f"{names[0][:36]}-{n}" for n in range(2, len(taken) + 3))
    return next(free, "") or next(name for name in numbered if name not in taken)


def _announced(root: html.HtmlElement, base: str) -> Iterator[Candidate]:
    for each in root.iter("link"):
        rel = each.get("rel", "").lower().split()
        kind = each.get("type", "").partition(";")[0].strip().lower()
        address = _address(base, each.get("href", ""))
        if not address or not {"alternate", "feed"} & set(rel) or _NOT_A_FEED.search(address):
            continue
        if kind in KINDS or "feed" in rel:
            told = f"the page links it as {KINDS.get(kind, 'a feed')}"
            title = one_line(each.get("title", ""))[:200]
            yield Candidate(url=address, title=title, because=told, rank=LINKED)


def _looking_like_one(root: html.HtmlElement, base: str) -> Iterator[Candidate]:
    for each in root.iter("a"):
        address = _address(base, each.get("href", ""))
        if not address or _NOT_A_FEED.search(address):
            continue
        words = one_line(each.text_content())[:80] or one_line(each.get("title", ""))[:80]
        path = urlsplit(address).path
        if _FEED_ADDRESS.search(path) or _FEED_WORDS.search(words):
            told = f"the page links it with the words “{words}”" if words else "the page links it"
            yield Candidate(url=address, title=words, because=told, rank=LOOKS_LIKE_ONE)


def _in_robots(url: str, robots: str) -> Iterator[Candidate]:
    for line in _SITEMAP_LINE.findall(robots)[:MOST]:
        address = _address(url, line)
        if address:
            is_news = "news" in urlsplit(address).path.lower()
            rank = NEWS_SITEMAP if is_news else SITEMAP
            yield Candidate(url=address, because="named in robots.txt", rank=rank)


def _usual(addresses: Iterable[str]) -> Iterator[Candidate]:
    for address in addresses:
        if is_web(address):
            yield Candidate(url=address, because="a usual address", rank=USUAL)


def _address(base: str, link: str) -> str:
    """The link made absolute without its fragment, "" when it leads to no web page."""
    address = join(base, link).partition("#")[0] if link.strip() else ""
    return address if is_web(address) else ""


def _ordered(found: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Each address once, by likelihood, comments last."""
    once: dict[str, Candidate] = {}
    for each in found:
        if _COMMENTS.search(each.title) or _COMMENTS.search(urlsplit(each.url).path):
            each = replace(each, rank=COMMENTS)
        once.setdefault(canonical(each.url), each)
    return tuple(sorted(once.values(), key=lambda each: each.rank))[:MOST]


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")


def _is_machine_word(word: str) -> bool:
    return (
        len(word) < 3
        or word.isdigit()
        or bool(_FEED_ADDRESS.search(f"/{word}"))
        or (word.lower() in {"feeds", "xml", "index", "default", "json", "php", "aspx", "html"})
    )
