"""What the markup around a text says it is: an aside, a form, a share bar, an appeal."""

import re
from collections.abc import Mapping
from functools import lru_cache

from lxml import html

from digest.collect import labels, wording

_BY_TAG = {
    "aside": "in an aside",
    "figcaption": labels.CAPTION,
    "figure": labels.CAPTION,
    "nav": "in the navigation",
    "footer": "in the page footer",
    "form": "in a form",
    "button": wording.BUTTON,
    "dialog": "in a dialog",
    "fieldset": "in a form",
    "menu": "in a menu",
}
_BY_ROLE = {
    "navigation": "in the navigation",
    "complementary": "in an aside",
    "banner": "in the page header",
    "contentinfo": "in the page footer",
    "dialog": "in a dialog",
    "alertdialog": "in a dialog",
    "search": "in a form",
    "form": "in a form",
    "toolbar": wording.SHARE,
    "button": wording.BUTTON,
}
_SHARING = "marked as sharing"
_BY_WORD: Mapping[str, str] = {
    word: because
    for because, words in (
        (
            "marked as advertising",
            "ad ads adv advert adverts advertisement advertising advertorial adslot adunit adbox"
            " adcontainer dfp gpt adsense sponsor sponsored sponsorship promo promos promotion"
            " promoted outbrain taboola",
        ),
        (
            "marked as an appeal or sign-up",
            "appeal appeals donate donation donations contribute contribution contributions ask"
            " asks membership supporter fundraising fundraiser crowdfunding newsletter newsletters"
            " signup subscribe subscription optin paywall regwall piano meter wall register"
            " registration cta calltoaction",
        ),
        (
            "marked as links to other stories",
            "related recirc recirculation recommended recommendation recommendations recommend"
            " readmore readnext morefrom mostread popular trending teaser teasers upnext seealso"
            " alsoread rail",
        ),
        (
            _SHARING,
            "share shares sharing sharebar social socials follow addtoany sharethis",
        ),
        ("marked as comments", "comments comment disqus respond commenting discussion livefyre"),
        (
            "marked as a caption",
            "caption captions credit credits figcaption wpcaption mediacaption photocredit"
            " copyright",
        ),
        (
            "marked as something about the page",
            "byline byl author authors dateline timestamp breadcrumb breadcrumbs tags topics"
            " taglist kicker eyebrow meta licence license pagination cookie cookies consent gdpr"
            " cmp popup modal overlay lightbox toolbar tooltip navigation nav menu sidebar widget"
            " player toc print skip close counts views pull pullquote label disclaimer entrymeta"
            " postmeta",
        ),
    )
    for word in words.split()
}
NEVER_TEXT = frozenset({"marked as comments", "in the navigation", "in the page footer"})
"""However much text such a box holds, it is not the article."""
_WHOLE_PAGE = frozenset({"html", "body", "main"})
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_TAIL_WORDS = frozenset("enabled disabled open closed has no with without is".split())


def reason(element: html.HtmlElement) -> str:
    """Why text in the element is not the article, "" when its markup does not tell."""
    tag = element.tag if isinstance(element.tag, str) else ""
    if because := _BY_TAG.get(tag) or _BY_ROLE.get((element.get("role") or "").lower()):
        return because
    if "advert" in (element.get("aria-label") or "").lower():
        return "marked as advertising"
    if "-" in tag and (because := _by_words(tag)):
        return because
    if tag in _WHOLE_PAGE:
        return ""
    for names in (element.get("class"), element.get("id"), element.get("data-component")):
        for name in (names or "").split():
            because = _by_words(name)
            if because and not (because == _SHARING and _holds_a_post(element)):
                return because
    return ""


def _holds_a_post(element: html.HtmlElement) -> bool:
    """Whether it shows what somebody wrote in a network: such boxes are called "social", too."""
    return next(element.iter("blockquote"), None) is not None


@lru_cache(maxsize=4_096)
def _by_words(name: str) -> str:
    """The meaning of one class name: "article__newsletter-box", "relatedStories", "c-ad"."""
    words = [word.lower() for word in _WORDS.findall(name)]
    if not words or _TAIL_WORDS.intersection(words):
        # "no-ads", "comments-open": a switch, not a box.
        return ""
    whole = "".join(words)
    return _BY_WORD.get(whole) or next((_BY_WORD[word] for word in words if word in _BY_WORD), "")
