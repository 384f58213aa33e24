"""What a page says of its article's picture: words for those who do not see it, and whose it is."""

import posixpath
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from lxml import html

from digest.collect import jsonld
from digest.collect.untyped import mapping, sequence, text
from digest.text.plain import one_line

LONGEST = 400
_ALT = "og:image:alt twitter:image:alt".split()
_OWNERS = "creditText creator author copyrightHolder copyrightNotice".split()


def alt(root: html.HtmlElement, meta: Mapping[str, str], image: str) -> str:
    """What it shows, in the page's own words; "" where it does not say."""
    declared = [meta.get(name, "") for name in _ALT]
    shown = [element.get("alt") or "" for element in _elements(root, image)]
    return next((one_line(one)[:LONGEST] for one in (*declared, *shown) if one.strip()), "")


def credit(root: html.HtmlElement, block: Mapping[str, object], image: str) -> str:
    """Its makers and owners as the page names them, and else its caption."""
    said: dict[str, None] = {}
    for one in sequence(block.get("image")):
        described = mapping(one)
        if not described or not _same(jsonld.address(one), image):
            continue
        for field in _OWNERS:
            for owner in sequence(described.get(field)):
                if name := one_line(text(mapping(owner).get("name")) or text(owner)):
                    said[name] = None
    if not said:
        for element in _elements(root, image):
            said |= dict.fromkeys(filter(None, _captions(element)))
    return ", ".join(said)[:LONGEST]


def _captions(element: html.HtmlElement) -> Iterator[str]:
    for name in ("data-credit", "data-copyright"):
        yield one_line(element.get(name) or "")
    for around in element.iterancestors("figure"):
        for caption in around.iter("figcaption"):
            yield one_line(caption.text_content())
        break


def _elements(root: html.HtmlElement, image: str) -> Iterator[html.HtmlElement]:
    """The elements that show the picture; other sizes of it have its file's name."""
    for element in root.iter("img"):
        source = element.get("src") or element.get("data-src") or ""
        if image and _same(source, image):
            yield element


def _same(one: str, other: str) -> bool:
    names = [posixpath.basename(urlsplit(url).path) for url in (one, other)]
    return bool(names[0]) and names[0] == names[1]
