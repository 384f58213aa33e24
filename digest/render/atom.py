"""The editions of a newsroom as a feed (RFC 4287)."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from xml.etree import ElementTree

from digest.model.edition import Edition
from digest.model.newsletter import Newsletter, Site
from digest.render.values import base, web_version
from digest.text.plain import one_line
from digest.text.spoken import spoken

NAMESPACE = "http://www.w3.org/2005/Atom"

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(
    editions: Sequence[Edition],
    *,
    site: Site,
    newsletters: Mapping[str, Newsletter],
    title: str,
    address: str,
) -> bytes:
    """An Atom feed of released editions, the newest first; `address` is the feed's own."""
    newest = max((changed(edition) for edition in editions), default=None)
    root = ElementTree.Element("feed", {"xmlns": NAMESPACE, "xml:lang": site.language})
    _text(root, "id", address)
    _text(root, "title", title)
    _text(root, "updated", _instant(newest) if newest else "1970-01-01T00:00:00Z")
    ElementTree.SubElement(root, "link", {"rel": "self", "href": address})
    ElementTree.SubElement(root, "link", {"rel": "alternate", "href": f"{base(site)}/editions"})
    _text(ElementTree.SubElement(root, "author"), "name", one_line(site.name))
    for edition in editions:
        _edition(root, edition, site, newsletters.get(edition.newsletter_id))
    told: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return told


def changed(edition: Edition) -> datetime:
    """When it came out, or was last corrected."""
    out = edition.released_at or edition.due_at
    return max([out, *(one.at for one in edition.corrections)])


def _edition(
    root: ElementTree.Element, edition: Edition, site: Site, newsletter: Newsletter | None
) -> None:
    address = web_version(site, edition)
    language = newsletter.language if newsletter else site.language
    one = ElementTree.SubElement(root, "entry", {"xml:lang": language})
    _text(one, "id", address)
    _text(one, "title", spoken(edition.subject))
    _text(one, "published", _instant(edition.released_at or edition.due_at))
    _text(one, "updated", _instant(changed(edition)))
    ElementTree.SubElement(one, "link", {"rel": "alternate", "href": address})
    if newsletter:
        ElementTree.SubElement(one, "category", {"term": newsletter.id})
    lines = [
        f"{spoken(b.label)}: {spoken(b.line)}" if b.label else spoken(b.line)
        for b in edition.bulletin.briefs
    ]
    _text(one, "summary", "\n".join(lines) or spoken(edition.preheader))


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, name).text = _NOT_XML.sub("", text)


def _instant(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
