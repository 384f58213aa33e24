"""An edition becomes its emails: one for readers without an appeal, one for each appeal variant.

The templates are filled once with all wordings of the appeal, the styles are moved once, and then
each email keeps the wording it is for.
"""

import re
from collections.abc import Mapping, Sequence
from html import unescape

from digest.errors import RenderError
from digest.model.appeal import Appeal, Link, Meter
from digest.model.brand import Brand
from digest.model.edition import Edition, Email
from digest.model.newsletter import Newsletter, Site
from digest.render.inline import inlined
from digest.render.message import compile_letter, digest_of
from digest.render.template import fill
from digest.render.values import base, token, tokens, values

Headers = Sequence[tuple[str, str]]

MOST_BYTES = 100_000
"""Gmail clips an HTML part near 102 kB, and with it the unsubscribe link."""

VALUE_BYTES = 320
"""The most that a filled token can add."""

_HREF = re.compile(r'\shref="([^"]*)"')


def emails(
    edition: Edition,
    *,
    site: Site,
    newsletter: Newsletter,
    brand: Brand,
    appeal: Appeal | None,
    links: Mapping[str, Link],
    headers: Headers,
    meter: Meter | None,
    templates: Mapping[str, str],
    nonce: str,
) -> tuple[Email, ...]:
    """The email without an appeal first, then one for each variant of the edition's appeal.

    `links` says by variant id where the button leads, `headers` are those that all messages of the
    edition share.
    """
    variants = appeal.variants if appeal is not None and edition.appeal == appeal.id else ()
    filled = values(
        edition,
        site=site,
        newsletter=newsletter,
        brand=brand,
        variants=[(one, f"{base(site)}/c/{edition.slug}/{links[one.id].name}") for one in variants],
        meter=meter,
        nonce=nonce,
    )
    html = inlined(fill("email.html.j2", templates, filled))
    text = fill("email.txt.j2", templates, filled)
    subject = str(filled["subject"])
    none = _email("", None, subject, html, text, nonce, headers)
    return (
        none,
        *(
            _email(one.id, number, subject, html, text, nonce, headers, links[one.id])
            for number, one in enumerate(variants)
        ),
    )


def _email(
    variant: str,
    kept: int | None,
    subject: str,
    html: str,
    text: str,
    nonce: str,
    headers: Headers,
    link: Link | None = None,
) -> Email:
    """The email of one wording, compiled and looked over."""
    html, text = _keep(html, nonce, kept), _keep(text, nonce, kept)
    text = re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
    letter = compile_letter(html, text, nonce=nonce, headers=headers)
    made = Email(
        variant=variant,
        subject=subject,
        html=html,
        text=text,
        nonce=nonce,
        letter=letter,
        hash=digest_of(letter),
        link=link,
    )
    check(made)
    return made


def _keep(content: str, nonce: str, kept: int | None) -> str:
    """The content with only that wording of the appeal, or none, and without the marks."""
    marked = rf"<!--{nonce}begin(\d+)-->(.*?)<!--{nonce}end\1-->\n?"
    return re.sub(marked, lambda m: m[2] if m[1] == str(kept) else "", content, flags=re.S)


def check(email: Email) -> None:
    """RenderError, in one sentence, when the email must not leave the house."""
    problem = _size(email) or _placeholder(email) or _personal(email) or _links(email)
    if problem:
        raise RenderError(f"{problem}; nothing was rendered")


def _size(email: Email) -> str:
    found = sum(email.html.count(word) for word in tokens(email.nonce))
    size = len(email.html.encode()) + found * VALUE_BYTES
    if size < MOST_BYTES:
        return ""
    return (
        f"the email has {size:,} bytes of HTML and mail programs cut it from {MOST_BYTES:,} on;"
        " take fewer stories or shorten the template"
    )


def _placeholder(email: Email) -> str:
    for part, text in (("subject", email.subject), ("HTML", email.html), ("text", email.text)):
        found = re.search(r"\{\{.{0,24}|\{%.{0,24}", text)
        if found:
            return f"the {part} holds the unfilled placeholder {found.group()!r}; correct its text"
    return ""


def _personal(email: Email) -> str:
    for word, value in tokens(email.nonce).items():
        if (word in email.html) != (word in email.text):
            lacking = "text" if word in email.html else "HTML"
            return f"the {lacking} template does not use {value}, the other one does"
    for part, text in (("HTML", email.html), ("text", email.text)):
        if token(email.nonce, "unsubscribe_url") not in text:
            return f"the {part} template has no unsubscribe_url; nobody could unsubscribe"
    return ""


def _links(email: Email) -> str:
    for href in _HREF.findall(email.html):
        if unescape(href) not in email.text:
            return f"the link {unescape(href)!r} stands in the HTML and not in the text template"
    return ""
