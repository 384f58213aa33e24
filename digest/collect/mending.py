"""XML with the usual faults of feeds mended, so that a strict parser reads what was meant."""

import re
from html import escape
from html.entities import html5

CUT_OFF = "The feed is cut off or broken before the end of its first item."
_UNTOUCHED = re.compile(r"<!\[CDATA\[|<!--")
_ENDS = {"<![CDATA[": "]]>", "<!--": "-->"}
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^\[<>]*(?:\[(?P<inside>[^\]]*)\]\s*)?>", re.I)
_OWN_ENTITY = re.compile(
    r"<!ENTITY\s+(\w{1,40})\s+(?:\"([^\"&<%]{0,200})\"|'([^'&<%]{0,200})')\s*>"
)
_DECLARATION = re.compile(r"<\?xml\b[^>]*>")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]+")
_AMPERSAND = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos);)(?:#(\d{1,7}|x[0-9a-f]{1,6});|(\w{1,40});)?", re.I
)
_PREFIX = re.compile(r"</?([A-Za-z_][\w.-]*):[\w.-]+|\s([A-Za-z_][\w.-]*):[\w.-]+\s*=\s*[\"']")
_DECLARED_PREFIX = re.compile(r"\sxmlns:([\w.-]+)\s*=")
_FIRST_TAG = re.compile(r"<[A-Za-z_][\w.:-]*")
_TAG = re.compile(r"<(/?)([A-Za-z_][\w.:-]*)[^<>]*?(/?)>")
_LAST_ITEM = re.compile(r"</(?:[\w.-]+:)?(?:item|entry)\s*>", re.I)
_AN_ITEM = re.compile(r"<(?:[\w.-]+:)?(?:item|entry)[\s>/]", re.I)
_LAST_PAGE, _A_PAGE = re.compile(r"</(?:\w+:)?url\s*>"), re.compile(r"<(?:\w+:)?url[\s>/]")
"""The same of a sitemap; in a feed it is the address of a picture."""
_ROOT = re.compile(r"<(?:[\w.-]+:)?(?:rss|feed|rdf|urlset|sitemapindex)\b[^<>]*>", re.I)
_OPENING = re.compile(r"<[A-Za-z_][\w.:-]*\s[^<>]*>")
_ATTRIBUTE = re.compile(r"(\s[\w.:-]+\s*=\s*)(?:(\"[^\"]*\"|'[^']*')|([^\s\"'<>]+))")
_ROOT_CLOSED = re.compile(
    r"</(?:[\w.-]+:)?(?:rss|feed|rdf|channel|urlset|sitemapindex)\s*(?:>|$)", re.I
)
_LONG_TAG = re.compile(r"<([A-Za-z_][\w.:-]*)[^<>]{2000,}>")
_CONTROLS = {
    number: bytes([number]).decode("cp1252", "ignore") or "\ufffd" for number in range(0x80, 0xA0)
}
"""What &#146; was meant to be."""
_MANY = 200
"""More attributes than any honest tag has."""
_HEAD = 5_000
_TAIL = 200_000
_KNOWN = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "xhtml": "http://www.w3.org/1999/xhtml",
}


def letters(text: str) -> str:
    """Mended letter by letter: control characters, entities and bare ampersands."""
    declared: dict[str, str] = {}

    def forget(doctype: re.Match[str]) -> str:
        # What it declares is looked up once and never again inside itself, so nothing explodes.
        for name, double, single in _OWN_ENTITY.findall(doctype["inside"] or ""):
            declared[name] = escape(double or single)
        return ""

    head = _DECLARATION.sub("", text[:_HEAD])
    text = _DOCTYPE.sub(forget, _ILLEGAL.sub("", head + text[_HEAD:]), count=1)
    parts = _parts(_from_root(text))
    parts[::2] = [
        _AMPERSAND.sub(lambda found: _meant(found, declared), part) if "&" in part else part
        for part in parts[::2]
    ]
    return "".join(parts)


def tags(text: str) -> str:
    """Mended tag by tag: bare attributes, prefixes nobody declared, a wrong or missing end."""
    text = _quoted(text)
    ends = [found.end() for found in _ROOT_CLOSED.finditer(text, max(0, len(text) - _TAIL))]
    text = text[: ends[-1]] if ends and text[: ends[-1]].endswith(">") else _closed(text)
    used = {name for pair in _PREFIX.findall(text) for name in pair if name}
    missing = used - set(_DECLARED_PREFIX.findall(text)) - {"xml", "xmlns"}
    start = _FIRST_TAG.search(text)
    if start is None or not missing:
        return text
    names = "".join(
        f' xmlns:{name}="{_KNOWN.get(name, "urn:undeclared:" + name)}"' for name in sorted(missing)
    )
    return text[: start.end()] + names + text[start.end() :]


def bared(text: str) -> str:
    """Without the attributes of tags that have hundreds: a patient parser would take hours."""
    return _LONG_TAG.sub(
        lambda found: f"<{found[1]}>" if found[0].count("=") > _MANY else found[0], text
    )


def whole_items(text: str) -> str:
    """Without the item the text breaks off in: half a link leads elsewhere."""
    if not is_cut_off(text):
        return text
    begins, ends = (_A_PAGE, _LAST_PAGE) if "<urlset" in text[:_HEAD] else (_AN_ITEM, _LAST_ITEM)
    end = max((each.end() for each in ends.finditer(text)), default=0)
    begun = begins.search(text, end)
    return text[: begun.start()] if begun else text


def is_cut_off(text: str) -> bool:
    """Whether the document ends before its outermost element does."""
    return not text.endswith("/>") and not _ROOT_CLOSED.search(text, max(0, len(text) - 2_000))


def depth(text: str) -> int:
    """How deep the tags stand in one another, at a rough count."""
    level = deepest = 0
    for found in _TAG.finditer(text):
        if not found[3]:
            level += -1 if found[1] else 1
            deepest = max(deepest, level)
    return deepest


def _from_root(text: str) -> str:
    """From the outermost element on."""
    root = _ROOT.search(text, 0, _HEAD)
    return text[root.start() :] if root else text


def _parts(text: str) -> list[str]:
    """What may be mended, and by turns what is a comment or says itself that it is no markup."""
    parts: list[str] = []
    kept = at = 0
    endless: set[str] = set()
    while opening := _UNTOUCHED.search(text, at):
        kind = opening[0]
        end = -1 if kind in endless else text.find(_ENDS[kind], opening.end())
        if end < 0:
            endless.add(kind)
            at = opening.end()
            continue
        at = end + len(_ENDS[kind])
        parts += [text[kept : opening.start()], text[opening.start() : at]]
        kept = at
    return [*parts, text[kept:]]


def _quoted(text: str) -> str:
    """With quotation marks around every attribute."""

    def quote(tag: re.Match[str]) -> str:
        return _ATTRIBUTE.sub(lambda at: at[1] + (at[2] or f'"{at[3]}"'), tag[0])

    parts = _parts(text)
    parts[::2] = [_OPENING.sub(quote, part) for part in parts[::2]]
    return "".join(parts)


def _meant(found: re.Match[str], declared: dict[str, str]) -> str:
    number, name = found[1], found[2]
    if number:
        return _numbered(number)
    if not name or name in declared:
        return declared[name] if name else "&amp;"
    spelled = html5.get(name + ";") or html5.get(name.lower() + ";")
    return escape(spelled) if spelled else "&amp;" + found[0][1:]


def _numbered(number: str) -> str:
    code = int(number[1:], 16) if number[0] in "xX" else int(number)
    if code in _CONTROLS:
        return _CONTROLS[code]
    if code > 0x10FFFF or _ILLEGAL.match(chr(code)):
        return ""
    return f"&#{code};"


def _closed(text: str) -> str:
    """Cut after its last whole item, with everything closed that was open around the items."""
    text = whole_items(text)
    text = text[: text.rfind(">") + 1]
    first = (_A_PAGE if "<urlset" in text[:_HEAD] else _AN_ITEM).search(text)
    opened: list[str] = []
    for found in _TAG.finditer(text, 0, first.start() if first else len(text)):
        if found[1]:
            while opened and opened.pop() != found[2]:
                pass
        elif not found[3]:
            opened.append(found[2])
    return text + "".join(f"</{name}>" for name in reversed(opened))
