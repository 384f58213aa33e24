"""A raw feed element becomes an item: plain words, clean paragraphs, absolute links, UTC dates."""

import html
import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import nh3

from digest.collect import dates, names
from digest.model.news import Item
from digest.text.plain import one_line
from digest.url import is_web, join

_UNSEEN = {"script", "style", "template", "iframe", "object", "svg", "noscript"}
_LINES = frozenset(
    "p div br li ul ol h1 h2 h3 h4 h5 h6 blockquote pre table tr td th section article dd dt dl hr"
    " figure".split()
)
"""Tags that start a line of their own; all others are only dress for text that is read alone."""
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&#?\w+;|<!--")
_ENTITY = re.compile(r"&#?\w+;")
_CLEAN_TAG = re.compile(r"<[^<>]*>")
_OWN_LINE = re.compile(rf"</?(?:{'|'.join(sorted(_LINES - {'br'}))})>")
_EMPTY_LINE = re.compile(r"<br>\s*(?:<br>\s*)+")
_MOST_PARAGRAPHS = 400
_CONTROL = re.compile("[\x80-\x9f]")
"""What stands at these places in Windows' set is what its writer saw."""
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<!--")
_CUT_SHORT = re.compile(r"\s*(?:\[(?:…|\.\.\.|&hellip;)\]|…|\.\.\.)\s*$")
_MORE_LINK = re.compile(
    r"(?:\(?(?:continue reading|read (?:more|on|the full story|the rest)|keep reading|"
    r"view (?:the )?full (?:post|story))\b[^.!?]{0,120}(?:→|»|…|\.\.\.|\.)?\)?"
    r"|the post .{1,200} (?:first )?appeared (?:first )?on .{1,80})\s*$",
    re.I,
)
_MAYBE_MORE = re.compile(r"read|reading|post|story", re.I)
_LONGEST_MORE_LINK = 320
_PICTURE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)\b", re.I)
_PLAIN_ADDRESS = re.compile(r"https?://[a-z0-9][a-z0-9.-]*(?:[/?#][^\s\x00-\x20\x7f]*)?", re.I)
_BEGINNING = 2_500
_SHORT = 600
_LONGEST_TITLE, _LONGEST_NAMES = 4_000, 500
_LONGEST_ADDRESS = 2_000
"""Databases refuse to index longer ones, and readers' browsers to open them."""
_LONGEST_BODY = 200_000
_LINE_START = re.compile(r"<(?=/p|/div|/li|/h\d|br|p[\s>]|li)", re.I)
"""Where a reader sees a new line, so that no two words run together."""
_STANDFIRST_WORDS, _STANDFIRST_LETTERS = 80, 800
"""A longer description is the story itself, not a standfirst."""
_ENOUGH = 1_200
"""Letters of a text that tell whether it is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A feed element as a parser left it."""

    link: str = ""
    guid: str = ""
    guid_leads: bool = True
    """Whether the guid may be an address to go to."""
    title: str = ""
    summary: str = ""
    content: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    updated: str = ""
    published_at: datetime | None = None
    """The parser's own reading, for spellings ours does not know."""
    updated_at: datetime | None = None
    dated_by_change: bool = True
    """Whether the time of the last change, for want of another, is that of publication."""
    section: str = ""
    image: str = ""
    base: str = ""
    """xml:base in force at the element."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a parser found, before cleaning."""

    items: tuple[Raw, ...] = ()
    title: str = ""
    language: str = ""
    link: str = ""
    base: str = ""
    """xml:base of the whole document."""
    further: tuple[str, ...] = ()
    """Addresses of more sitemaps, the latest changed first."""
    ttl: str = ""
    """Minutes, as RSS writes them."""
    rhythm: tuple[str, str] = ("", "")
    """Period ("hourly") and how often in it, as the syndication module writes them."""
    problem: str = ""


def item(raw: Raw, *, place: int, base: str, zone: str) -> Item:
    """The item an editor would recognise; only http(s) links survive."""
    base = join(base, raw.base) if raw.base else base
    guid = one_line(raw.guid[:_LONGEST_ADDRESS])
    standfirst, body = _texts(raw)
    updated = (dates.read(raw.updated, zone) if raw.updated else None) or raw.updated_at
    published = (dates.read(raw.published, zone) if raw.published else None) or raw.published_at
    return Item(
        url=web_link(base, raw.link) or (web_link("", guid) if raw.guid_leads else ""),
        guid=guid,
        headline=plain(raw.title),
        standfirst=standfirst,
        paragraphs=_paragraphs(body),
        authors=_names(raw.authors),
        published=published or (updated if raw.dated_by_change else None),
        updated=updated,
        section=plain(raw.section),
        image=web_link(base, raw.image),
        place=place,
    )


def web_link(base: str, link: str) -> str:
    """The link made absolute, or "" when it does not lead to a web page."""
    link = link.strip()
    if len(link) > _LONGEST_ADDRESS:
        return ""
    if _PLAIN_ADDRESS.fullmatch(link):
        return link
    address = join(base, link) if link else ""
    return address if is_web(address) else ""


def is_picture(address: str) -> bool:
    """Whether the address is, by its ending, one of a picture."""
    return _PICTURE.search(address) is not None


def plain(text: str) -> str:
    """One line of words: tags gone, entities as the characters they stand for."""
    text = text[:_LONGEST_TITLE]
    if not text.isprintable():
        text = _CONTROL.sub(
            lambda found: found[0].encode("latin-1").decode("cp1252", "ignore"), text
        )
    if "<" not in text and "&" not in text:
        return one_line(text)
    for _ in range(2):
        # Twice, because many publishing systems escape what is escaped already.
        if _MARKUP.search(text):
            text = _stripped(text)
    while _TAG.search(text):
        text = _TAG.sub(" ", text)
    return one_line(text)


def _sanitised(markup: str) -> str:
    """The markup with nothing in it that acts, and no links: only text will come out of it."""
    if "<" not in markup and "&lt;" in markup:
        # Escaped twice, as many publishing systems do.
        markup = html.unescape(markup)
    cleaned: str = _LINE_KEEPER.clean(markup[:_LONGEST_BODY])
    return cleaned.strip()


def _paragraphs(clean: str) -> tuple[str, ...]:
    """The paragraphs of clean markup as a reader sees them; items of lists begin with "• ".

    Clean markup is well-formed by construction, so its tags can be read by their shape.
    """
    if not clean:
        return ()
    text = _EMPTY_LINE.sub("<p>", clean).replace("<br>", " ").replace("<li>", "<li>• ")
    parts = [part for part in _OWN_LINE.split(text) if part and not part.isspace()]
    found = (one_line(html.unescape(p) if "&" in p else p) for p in parts[:_MOST_PARAGRAPHS])
    return tuple(line for line in found if line.strip("• "))


_LINE_KEEPER = nh3.Cleaner(
    tags=set(_LINES), attributes={}, clean_content_tags=_UNSEEN | {"figcaption"}, link_rel=None
)
_STRIPPER = nh3.Cleaner(tags=set(), clean_content_tags=_UNSEEN)


@lru_cache(maxsize=512)
def _names(authors: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(name for text in authors for name in names.read(plain(text[:_LONGEST_NAMES])))
    )


def _texts(raw: Raw) -> tuple[str, str]:
    """Standfirst and clean body, told apart by length and by whether one opens the other."""
    summary, longer = _seen(raw.summary)
    summary = _standfirst(summary)
    content, body = _seen(raw.content) if raw.content != raw.summary else ("", longer)
    if not content or content == summary:
        if len(longer) <= _BEGINNING and _is_short(summary):
            return summary, ""
        return "", body or longer or _sanitised(raw.content or raw.summary)
    if len(body) <= _BEGINNING and _is_short(content) and not summary:
        return _standfirst(content), ""
    if not _is_short(summary) or _opens(summary, content):
        summary = ""
    return summary, body or _sanitised(raw.content)


def _seen(markup: str) -> tuple[str, str]:
    """What a reader sees of the beginning of the markup, and all of it clean if it is long."""
    if len(markup) < _SHORT:
        return plain(_LINE_START.sub(" <", markup) if "<" in markup else markup), ""
    body = _sanitised(markup)
    beginning = _LINE_START.sub(" <", body[:_BEGINNING])
    return plain(html.unescape(_CLEAN_TAG.sub("", beginning))[:_ENOUGH]), body


def _is_short(text: str) -> bool:
    return len(text) <= _STANDFIRST_LETTERS and len(text.split()) <= _STANDFIRST_WORDS


def _stripped(markup: str) -> str:
    text = _STRIPPER.clean(markup) if "<" in markup else markup
    # Without its semicolon "&copy" may be a part of an address.
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def _standfirst(text: str) -> str:
    """The text without what only says that it goes on elsewhere."""
    if len(text) > _ENOUGH - _LONGEST_MORE_LINK:
        return text
    tail = text[-_LONGEST_MORE_LINK:]
    if _MAYBE_MORE.search(tail):
        tail = _MORE_LINK.sub("", tail)
    return (text[:-_LONGEST_MORE_LINK] + _CUT_SHORT.sub("…", tail)).strip()


def _opens(summary: str, content: str) -> bool:
    start = summary.rstrip("….").strip()
    return bool(start) and content.startswith(start)
