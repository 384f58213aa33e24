"""Documents that mean harm to whoever reads them."""

from collections.abc import Callable, Mapping

_RSS = b"<rss version='2.0'><channel><title>%s</title>%s</channel></rss>"
_ITEM = b"<item><title>Ferry fares</title><link>https://sample.example/1</link>%s</item>"
_WORDS = b"The ferry company will repay its passengers the fares of last week. "
_ARTICLE = b"<html><body><article>%s</article></body></html>"


def feeds(
    address: str = "http://127.0.0.1:9", path: str = "/etc/passwd"
) -> Mapping[str, Callable[[], bytes]]:
    """Feeds by what they do; those that reach out name this address and this file."""
    there, file = address.encode(), path.encode()
    return {
        "billion laughs": _laughs,
        "quadratic entities": lambda: _declared(
            b'<!ENTITY a "%s">' % (b"a" * 100_000), b"&a;" * 100_000
        ),
        "file in an entity": lambda: _declared(b'<!ENTITY x SYSTEM "file://%s">' % file, b"&x;"),
        "address in an entity": lambda: _declared(
            b'<!ENTITY x SYSTEM "%s/entity">' % there, b"&x;"
        ),
        "parameter entity": lambda: _declared(
            b'<!ENTITY %% x SYSTEM "%s/parameter">%%x;' % there, b"x"
        ),
        "external DTD": lambda: (
            b'<?xml version="1.0"?><!DOCTYPE rss SYSTEM "%s/dtd">' % there
            + _RSS % (b"Sample", _ITEM % b"")
        ),
        "stylesheet and include": lambda: (
            b'<?xml-stylesheet href="%s/style"?>' % there
            + _RSS % (b"Sample", _ITEM % (_INCLUDE % there))
        ),
        "200,000 attributes": lambda: b"<rss %s><channel/></rss>" % _attributes(),
        "200,000 nested tags": lambda: _RSS % (b"Sample", b"<a>" * 200_000 + b"</a>" * 200_000),
        "200,000 tags left open": lambda: _RSS % (b"Sample", b"<a>" * 200_000),
        "100,000 items": lambda: _RSS % (b"Sample", _ITEM % b"" * 100_000),
        "40 MB of text": lambda: (
            _RSS % (b"Sample", _ITEM % b"<description>%s</description>" % (b"word " * 8_000_000))
        ),
        "a million ampersands": lambda: _RSS % (b"& " * 1_000_000, _ITEM % b""),
        "JSON nested 100,000 deep": lambda: b'{"items":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        "every byte, again and again": lambda: bytes(range(256)) * 4000,
    }


def pages() -> Mapping[str, Callable[[], bytes]]:
    """Web pages by what they do."""
    return {
        "200,000 attributes": lambda: b"<body %s><p>%s</p></body>" % (_attributes(), _WORDS),
        "200,000 nested tags": lambda: b"<body>%s<p>%s</p></body>" % (b"<div>" * 200_000, _WORDS),
        "100,000 paragraphs": lambda: _ARTICLE % (b"<p>%s</p>" % _WORDS * 100_000),
        "40 MB of text": lambda: _ARTICLE % (b"<p>%s</p>" % (_WORDS * 600_000)),
        "one endless word": lambda: _ARTICLE % (b"<p>%s</p>" % (b"a" * 5_000_000)),
        "100,000 tags left open": lambda: b"<table><tr><td><b><a href=x>" * 20_000 + _WORDS,
        "JSON-LD nested 50,000 deep": lambda: (
            b'<script type="application/ld+json">%s</script><p>%s' % (b'{"a":' * 50_000, _WORDS)
        ),
        "every byte, again and again": lambda: bytes(range(256)) * 4000,
    }


_INCLUDE = b'<x:include xmlns:x="http://www.w3.org/2001/XInclude" href="%s/include"/>'


def _laughs() -> bytes:
    grow = (b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    return _declared(b'<!ENTITY l0 "lol">' + b"".join(grow), b"&l9;")


def _attributes() -> bytes:
    return b" ".join(b'a%d="1"' % n for n in range(200_000))


def _declared(entities: bytes, title: bytes) -> bytes:
    start = b'<?xml version="1.0"?><!DOCTYPE rss [%s]>' % entities
    return start + _RSS % (title, _ITEM % b"")
