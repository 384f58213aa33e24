"""HTML bytes as a tree, whatever encoding they claim to be in."""

import codecs
import re

from lxml import etree, html

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_META = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]+)", re.I)
# Browsers read these as the Windows set that contains them, and so did the page's author.
_WINDOWS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}


def decode(body: bytes, content_type: str = "") -> str:
    """The page's text; never fails, wrong bytes become replacement characters."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, errors="replace")
    try:
        # Hardly any text in another encoding is valid UTF-8 by accident.
        return body.decode("utf-8")
    except UnicodeDecodeError:
        pass
    return body.decode(_declared(body, content_type), errors="replace")


def parse(text: str) -> html.HtmlElement | None:
    """The page as a tree, None when there is nothing to make one of."""
    # The parser refuses str with an encoding declaration, and XHTML pages carry one.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\x00", "")
    if not text.strip():
        return None
    try:
        root = html.document_fromstring(
            text, parser=html.HTMLParser(remove_comments=True, remove_pis=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return root


def _declared(body: bytes, content_type: str) -> str:
    meta = _META.search(body[:4096])
    for found in (_CHARSET.search(content_type), meta):
        name = found[1] if found else ""
        try:
            codec = codecs.lookup(
                name.decode("ascii", "replace") if isinstance(name, bytes) else name
            )
        except LookupError:
            continue
        if codec.name not in {"utf-8", "utf-16"}:
            return _WINDOWS.get(codec.name, codec.name)
    return "cp1252"
