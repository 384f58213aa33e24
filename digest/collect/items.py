"""A raw feed element becomes an item: plain words, sanitised body, absolute links, UTC dates."""

import html
import re
from dataclasses import dataclass
from datetime import datetime

import nh3

from digest.collect import dates, names
from digest.model.news import Item
from digest.text.plain import one_line
from digest.url import is_web, join

_UNSEEN = {"script", "style", "template", "iframe", "object", "svg", "noscript"}
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|&#?\w+;|<!--")
_CUT_SHORT = re.compile(r"\s*(?:\[(?:…|\.\.\.|&hellip;)\]|…|\.\.\.)\s*$")
_MORE_LINK = re.compile(
    r"\s*(?:\(?(?:continue reading|read (?:more|on|the full story|the rest)|keep reading|"
    r"view (?:the )?full (?:post|story))\b[^.!?]{0,120}(?:→|»|…|\.\.\.|\.)?\)?"
    r"|the post .{1,200} (?:first )?appeared (?:first )?on .{1,80})\s*$",
    re.I,
)
_BEGINNING = 8_000
_LINE_START = re.compile(r"<(?:/p|/div|/li|/h\d|br|p|li)\b", re.I)
"""Where a reader sees a new line, so that no two words run together."""
_STANDFIRST_WORDS = 80
"""A longer description is the story itself, not a standfirst."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A feed element as a parser left it."""

    link: str = ""
    guid: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    authors: tuple[str, ...] = ()
    published: str = ""
    updated: str = ""
    published_at: datetime | None = None
    """The parser's own reading, for spellings ours does not know."""
    updated_at: datetime | None = None
    section: str = ""
    image: str = ""
    base: str = ""
    """xml:base in force at the element."""


def item(raw: Raw, *, place: int, base: str, zone: str) -> Item:
    """The item an editor would recognise; only http(s) links survive."""
    base = join(base, raw.base) if raw.base else base
    guid = one_line(raw.guid)
    standfirst, body = _texts(raw, base)
    updated = dates.read(raw.updated, zone) or raw.updated_at
    return Item(
        url=web_link(base, raw.link) or web_link("", guid),
        guid=guid,
        headline=plain(raw.title),
        standfirst=standfirst,
        body=body,
        authors=tuple(dict.fromkeys(name for text in raw.authors for name in names.read(text))),
        published=dates.read(raw.published, zone) or raw.published_at or updated,
        updated=updated,
        section=plain(raw.section),
        image=web_link(base, raw.image),
        place=place,
    )


def web_link(base: str, link: str) -> str:
    """The link made absolute, or "" when it does not lead to a web page."""
    address = join(base, link) if link.strip() else ""
    return address if is_web(address) else ""


def plain(text: str) -> str:
    """One line of words: tags gone, entities as the characters they stand for."""
    if _MARKUP.search(text):
        text = _stripped(text)
        if _MARKUP.search(text):
            # Escaped twice, as many publishing systems do.
            text = _stripped(text)
    return one_line(text)


def sanitised(markup: str, base: str) -> str:
    """The markup with nothing in it that acts, and every link absolute http(s)."""

    def resolve(tag: str, name: str, value: str) -> str | None:
        if name not in {"href", "src", "cite"}:
            return value
        absolute = value.startswith(("https://", "http://"))
        return value if absolute else web_link(base, value) or None

    return nh3.clean(
        markup, url_schemes={"http", "https"}, attribute_filter=resolve, link_rel=None
    ).strip()


def _texts(raw: Raw, base: str) -> tuple[str, str]:
    """Standfirst and body, told apart by length and by whether one opens the other."""
    summary = _standfirst(_words(raw.summary))
    content = _words(raw.content) if raw.content != raw.summary else ""
    if not content or content == summary:
        if len(summary.split()) <= _STANDFIRST_WORDS:
            return summary, ""
        return "", sanitised(raw.content or raw.summary, base)
    if len(content.split()) <= _STANDFIRST_WORDS and not summary:
        return _standfirst(content), ""
    if len(summary.split()) > _STANDFIRST_WORDS or _opens(summary, content):
        summary = ""
    return summary, sanitised(raw.content, base)


def _words(markup: str) -> str:
    """What a reader sees of the beginning of the markup, enough to compare and to show."""
    return plain(_LINE_START.sub(r" \g<0>", markup[:_BEGINNING]))


def _stripped(markup: str) -> str:
    return html.unescape(nh3.clean(markup, tags=set(), clean_content_tags=_UNSEEN))


def _standfirst(text: str) -> str:
    return _CUT_SHORT.sub("…", _MORE_LINK.sub("", text)).strip()


def _opens(summary: str, content: str) -> bool:
    start = summary.rstrip("….").strip()
    return bool(start) and content.startswith(start)
