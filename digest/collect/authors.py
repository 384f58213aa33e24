"""Who wrote the article, by every way a page has to say so."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from lxml import html

from digest.collect import jsonld, names
from digest.collect.headlines import clean, same

_META = (
    "author article:author parsely-author sailthru.author dc.creator dcterms.creator byl"
    " article.author cxenseparse:author twitter:creator:name og:article:author"
).split()
_LONGEST = 80
_MOST = 5
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:author|byline|autor|autoren|auteur|autore|writer|creator)s?"
    r"(?:[\s_-]+(?:name|names|link|title|text|list)s?)?(?:$|\s)"
    r"|(?:^|\s)[\w-]*(?:author|byline|autor)[_-]*(?:name|link)(?:$|\s)",
    re.I,
)
_NOT_A_WRITER = re.compile(
    r"comment|bio|box|avatar|image|img|photo|date|time|social|share|related|role|job|icon|count",
    re.I,
)
_ADDRESS = re.compile(r"/(?:authors?|autor(?:en|es)?|auteurs?|by|profile|people|journalists?)/[^/]")
_ROLE = re.compile(
    r"^(?:interview|text|autor(?:in)?|author|von|by|words|redaktion|protokoll|report|story)\s*:\s*"
    r"|^(?:author|autor(?:in)?|von)(?=[A-ZÄÖÜ])",
    re.I,
)
_AFTER = re.compile(
    r"\s+(?:am|on|le|om|den)\s+\d.*$|\s*\|.*$|\s+\d{1,2}[./]\d{1,2}[./]\d{2,4}.*$"
    r"|\s*\((?!.*@).*$",
    re.I,
)
_NOBODY = re.compile(
    r"^(?:(?:our |the )?(?:staff|newsroom|news ?desk|web ?desk|desk|editors?|editorial"
    r"|online|digital)(?: (?:staff|team|desk|writers?|reporters?|editors?))?"
    r"|[\w ]{0,20} staff|staff (?:writers?|reporters?)|admin(?:istrator)?|webmaster|wordpress\w*"
    r"|redaktion|die redaktion|rédaction|la rédaction|redacción|redactie|redazione|guest"
    r"|guest (?:author|writer|contributor)|contributors?|unknown|anonymous|n/a|none|null|author"
    r"|view (?:all|my) .*|zeige alle .*|alle beiträge .*|more (?:from|by) .*|posts? by .*)$",
    re.I,
)
_ADDRESS_LIKE = re.compile(r"^(?:https?:|www\.|@|/)|^\w+\.\w+\.\w+$")


def read(
    root: html.HtmlElement, block: Mapping[str, object], meta: Mapping[str, str], site: str
) -> tuple[str, ...]:
    """Names of people and agencies; a paper's own name and "Staff" are nobody's."""
    candidates: list[Sequence[str]] = [
        jsonld.names(block.get("author")) or jsonld.names(block.get("creator"))
    ]
    candidates += [(meta[name],) for name in _META if name in meta]
    for texts in chain(candidates, _elements(root)):
        if people := _people(texts, site):
            return people
    return ()


def _people(texts: Sequence[str], site: str) -> tuple[str, ...]:
    told = (_ROLE.sub("", _AFTER.sub("", clean(each)).strip(" ,:")) for each in texts)
    found = dict.fromkeys(
        name
        for each in told
        if not _ADDRESS_LIKE.match(each)
        for name in names.read(each)
        if not _NOBODY.match(name) and not (site and same(name, site))
    )
    return tuple(found)


def _elements(root: html.HtmlElement) -> Iterator[list[str]]:
    """Groups of texts that the markup calls a writer's, the surest group first."""
    for query in (
        "//*[@itemprop='author']//*[@itemprop='name'] | //*[@itemprop='author'][not(*)]",
        "//*[@rel='author' or @rel='author nofollow']",
    ):
        yield _short(root.xpath(query))
    named = [each for each in root.xpath("//*[@class]") if _is_writer(each)]
    yield _short(_innermost(named))
    yield _short([each for each in root.iter("a") if _ADDRESS.search(each.get("href") or "")])[:1]
    yield _byline_lines(root)


def _is_writer(element: html.HtmlElement) -> bool:
    name = element.get("class") or ""
    return _NAMED.search(name) is not None and _NOT_A_WRITER.search(name) is None


def _innermost(found: Sequence[html.HtmlElement]) -> list[html.HtmlElement]:
    """The elements with none of the others inside them."""
    outer = {parent for each in found for parent in each.iterancestors()}
    return [each for each in found if each not in outer]


def _short(elements: Sequence[html.HtmlElement]) -> list[str]:
    """The texts of the first elements, as far as they are no longer than names are."""
    found: list[str] = []
    for each in elements[:_MOST]:
        if not isinstance(each.tag, str) or each.tag in {"script", "style", "meta"}:
            continue
        text = clean(each.text_content())
        if 0 < len(text) < _LONGEST:
            found.append(text)
    return found


def _byline_lines(root: html.HtmlElement) -> list[str]:
    for element in root.iter("p", "div", "span", "address", "em", "strong", "i"):
        line = clean(element.text or "")
        if line and len(line) < 2 * _LONGEST and names.is_byline(line):
            return [line]
    return []
