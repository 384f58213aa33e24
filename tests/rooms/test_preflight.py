"""The look before a release: each planted fault is found, no good edition is stopped."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.deliver import domain
from digest.model.brand import DARK, LIGHT, Brand, Logo
from digest.model.edition import Email
from digest.model.mail import Dkim, DkimKey
from digest.model.picture import Illustration
from digest.model.preflight import NameAnswer, Weight
from digest.model.secret import Secret
from digest.render.preflight import RULES, Look, findings
from digest.text import phrases
from tests import builders, mail
from tests.conftest import ROOT

SITE = replace(
    builders.site(),
    url="https://post.ie",
    postal_address="The Sample Post, 1 Example Street, Dublin",
)
HOSTS = frozenset({"post.ie", "sample.example"})
PICTURE = Illustration(name="a.jpg", width=1200, height=675, alt="Lights", credit="Post")


def good(count: int = 7, **changes: Any) -> Look:
    """A look at an edition with nothing wrong."""
    made = replace(mail.edition(count, **changes.pop("brief", {})), **changes.pop("edition", {}))
    stories = tuple(
        replace(
            b,
            url=b.url.replace("https://www.sample.example", "https://post.ie"),
            line=f"{b.line} {n}",
            headline=f"{b.headline} {n}",
        )
        for n, b in enumerate(made.bulletin.briefs)
    )
    made = replace(made, bulletin=replace(made.bulletin, briefs=stories))
    variants = tuple(replace(v, url="https://post.ie/give") for v in builders.appeal().variants)
    newsletter = changes.pop("newsletter", builders.newsletter())
    brand = changes.pop("brand", Brand())
    emails = mail.emails(
        made,
        site=SITE,
        newsletter=newsletter,
        brand=brand,
        appeal=builders.appeal(variants=variants),
    )
    plain = Look(
        edition=made,
        newsletter=newsletter,
        site=SITE,
        brand=brand,
        emails=emails,
        today=made.local_date,
        previous=None,
        hosts=HOSTS,
    )
    return replace(plain, **changes)


def names(look: Look, *weights: Weight) -> set[str]:
    """What is found, of these weights or of all."""
    return {f.name for f in findings(look) if not weights or f.weight in weights}


def brief(number: int, **changes: Any) -> Callable[[Look], Look]:
    """Plants a fault in one story."""

    def plant(look: Look) -> Look:
        stories = list(look.edition.bulletin.briefs)
        stories[number] = replace(stories[number], **changes)
        bulletin = replace(look.edition.bulletin, briefs=tuple(stories))
        return replace(look, edition=replace(look.edition, bulletin=bulletin))

    return plant


def edition(**changes: Any) -> Callable[[Look], Look]:
    """Plants a fault in the edition."""
    return lambda look: replace(look, edition=replace(look.edition, **changes))


def part(old: str, new: str, *, html: bool = True, text: bool = False) -> Callable[[Look], Look]:
    """Plants a fault in the emails."""

    def plant(look: Look) -> Look:
        def changed(email: Email) -> Email:
            old_word = old.replace("NONCE", email.nonce)
            assert old_word in (email.html if html else email.text), old
            return replace(
                email,
                html=email.html.replace(old_word, new) if html else email.html,
                text=email.text.replace(old_word, new) if text else email.text,
            )

        return replace(look, emails=tuple(changed(email) for email in look.emails))

    return plant


def previous(**changes: Any) -> Callable[[Look], Look]:
    """Plants an edition that went out the day before."""

    def plant(look: Look) -> Look:
        before = replace(look.edition, slug="morning-2026-03-15-0700", **changes)
        return replace(look, previous=before)

    return plant


def lost(email: Email) -> Email:
    """Bytes that are not those that were hashed."""
    return replace(email, hash="0" * 64)


LOOK = good(1)
FAULTS: list[tuple[str, Callable[[Look], Look]]] = [
    (
        "edition.empty",
        lambda look: replace(
            look, edition=replace(look.edition, bulletin=replace(look.edition.bulletin, briefs=()))
        ),
    ),
    ("line.empty", brief(2, line="  ")),
    ("headline.empty", brief(2, headline="")),
    ("story.unlinked", brief(2, url="")),
    ("line.doubled", lambda look: brief(1, line=look.edition.bulletin.briefs[0].line)(look)),
    (
        "headline.doubled",
        lambda look: brief(1, headline=look.edition.bulletin.briefs[0].headline.upper())(look),
    ),
    ("story.doubled", lambda look: brief(1, url=look.edition.bulletin.briefs[0].url)(look)),
    ("text.placeholder", part("Homelessness", "TKTK", text=True)),
    ("text.placeholder", edition(subject="Dear {{ name }}, the news")),
    ("text.placeholder", edition(preheader="Lorem ipsum dolor")),
    ("text.placeholder", part("Homelessness", "*|FNAME|*", text=True)),
    ("text.placeholder", part("Homelessness", "undefined", text=True)),
    ("subject.empty", edition(subject=" ")),
    ("subject.control", edition(subject="News\u0085 of today")),
    ("subject.long", edition(subject="news " * 60)),
    ("subject.long", edition(subject="news " * 25)),
    ("subject.capitals", edition(subject="BREAKING NEWS TODAY")),
    ("preheader.empty", edition(preheader="")),
    ("subject.yesterday", previous()),
    ("edition.same", previous(subject="Another")),
    (
        "edition.alike",
        lambda look: previous(
            subject="Another",
            bulletin=replace(look.edition.bulletin, briefs=look.edition.bulletin.briefs[:5]),
        )(look),
    ),
    ("date.wrong", edition(local_date=date(2026, 3, 15))),
    ("date.old", lambda look: replace(look, today=date(2026, 3, 19))),
    ("date.missing", part("Monday", "Sunday")),
    ("date.subject", edition(subject="The news of Friday")),
    ("size.cut", part("Homelessness", "x" * 90_000)),
    ("size.large", part("Homelessness", "x" * 62_000)),
    ("unsubscribe.missing", part('href="NONCEunsubscribeurl"', 'href="https://post.ie/"')),
    ("unsubscribe.missing", part("NONCEunsubscribeurl", "nowhere", html=False, text=True)),
    ("manage.missing", part('href="NONCEmanageurl"', 'href="https://post.ie/"')),
    ("web.missing", part("/editions/", "/edition/", html=False, text=True)),
    ("postal.missing", lambda look: replace(look, site=replace(SITE, postal_address=""))),
    ("postal.missing", part("1 Example Street", "", html=False, text=True)),
    ("tokens.differ", part("NONCEaddress", "you")),
    ("links.text", part('href="https://post.ie/news/2', 'href="https://post.ie/news/2x')),
    ("bytes.damaged", lambda look: replace(look, emails=tuple(map(lost, look.emails)))),
    ("bytes.missing", lambda look: replace(look, emails=())),
    ("links.empty", part('href="https://post.ie/news/2?a=1&amp;b=2#top"', 'href="#"')),
    ("links.scheme", part('href="https://post.ie/news/2', 'href="javascript:')),
    ("links.plain", part('href="https://post.ie/news/2', 'href="http://post.ie/news/2')),
    ("links.local", part('href="https://post.ie/news/2', 'href="http://10.0.0.7/')),
    ("links.local", part('href="https://post.ie/news/2', 'href="http://localhost:8060/')),
    ("links.example", part('href="https://post.ie/news/2', 'href="https://example.org/')),
    ("links.foreign", part('href="https://post.ie/news/2', 'href="https://evil.ie/')),
    ("links.shortened", part('href="https://post.ie/news/2', 'href="https://bit.ly/')),
    ("contrast.low", part("color:#1c1c1c", "color:#bbbbbb")),
    ("contrast.low", part("background-color:#fff", "background-color:#333")),
    ("contrast.dark", lambda look: replace(look, brand=Brand(dark=replace(DARK, soft="#444444")))),
    ("picture.alt", part("<h1", '<img src="https://post.ie/x.jpg" width="9" height="9"><h1')),
    ("picture.size", part("<h1", '<img src="https://post.ie/x.jpg" alt=""><h1')),
    ("picture.size", part("<h1", '<img src="x.jpg" alt="" width="900" height="9"><h1')),
    ("picture.kind", part("<h1", '<img src="x.webp" alt="" width="9" height="9"><h1')),
    ("html.heading", part("</h1>", "</h1><h1>Two</h1>")),
    ("html.title", part("<title>", "<title>Other ")),
    ("html.language", part('<html lang="en"', "<html")),
]


@pytest.mark.parametrize(("name", "plant"), FAULTS)
def test_a_planted_fault_is_found_by_its_name(name: str, plant: Callable[[Look], Look]) -> None:
    """It was not there before."""
    assert name not in names(good())
    assert name in names(plant(good()))


GOOD: dict[str, dict[str, Any]] = {
    "usual": {},
    "one story": {"count": 1},
    "twenty stories": {"count": 20},
    "pictures": {"brief": {"picture": PICTURE}},
    "logo": {"brand": Brand(logo=Logo(url="https://post.ie/l.png", width=200, height=40))},
    "own colours": {"brand": Brand(light=replace(LIGHT, accent="#7a1f3d"))},
    "long headline": {"brief": {"headline": "word " * 40}},
    "no standfirst": {"brief": {"standfirst": ""}},
    "no label": {"brief": {"label": ""}},
    "a word of computing": {
        "brief": {
            "line": "An undefined role; of the four, none is left, bei null Grad und drei zu null"
        }
    },
    "a shop and a game": {"brief": {"line": "TK Maxx opens on the day of Super Bowl XXX"}},
    "quotes": {"brief": {"line": "He said \u201cno\u201d & <left> at 7 = 100 %"}},
    "todo as a word": {"brief": {"line": "El Gobierno lo hace todo, dice la oposici\u00f3n"}},
    "no news before": {"previous": None},
    **{f"in {code}": {"newsletter": builders.newsletter(language=code)} for code in phrases.KNOWN},
    "in Polish": {"newsletter": builders.newsletter(language="pl")},
    "the day after": {"today": date(2026, 3, 17)},
}


@pytest.mark.parametrize("kind", GOOD)
def test_no_good_edition_is_stopped(kind: str) -> None:
    """Nothing blocks, and nothing is even warned of."""
    found = [f for f in findings(good(**dict(GOOD[kind]))) if f.weight is not Weight.NOTE]
    assert found == []


def test_yesterdays_news_of_which_some_goes_on_is_no_fault() -> None:
    """Two of seven lines again are usual."""
    look = good()
    old = replace(
        look.edition,
        subject="Another",
        bulletin=replace(look.edition.bulletin, briefs=look.edition.bulletin.briefs[:2]),
    )
    assert names(replace(look, previous=old)) == set()


def test_a_site_that_is_only_tried_out_is_not_stopped() -> None:
    """Links of this machine and examples are noted, nothing more."""
    look = replace(good(), site=replace(SITE, url="http://127.0.0.1:8060"))
    tried = part('href="https://post.ie/news/2', 'href="http://127.0.0.1:8060/')(look)
    assert "links.local" in names(tried, Weight.NOTE)
    assert "links.local" not in names(tried, Weight.BLOCK)


@pytest.mark.parametrize("page", ["", " ", "<!---->", "\x00", "<?xml version='1.0' encoding='x'?>"])
def test_a_page_without_elements_is_looked_over(page: str) -> None:
    """It lacks everything, and that is found."""
    emails = tuple(replace(email, html=page) for email in LOOK.emails)
    assert "unsubscribe.missing" in names(replace(LOOK, emails=emails))


@settings(max_examples=60)
@given(st.text(max_size=400), st.text(max_size=200))
def test_no_html_breaks_the_rules(rich: str, plain: str) -> None:
    """Whatever somebody's template made of it."""
    look = LOOK
    emails = tuple(replace(email, html=rich, text=plain) for email in look.emails)
    assert findings(replace(look, emails=emails)) is not None


def test_every_rule_is_told_in_the_docs() -> None:
    """With what to do about it."""
    told = (Path(ROOT) / "docs" / "operations.md").read_text("utf-8")
    planted = {name for name, _ in FAULTS}
    more = {"dns.spf", "dns.dmarc", "dns.dkim", "dns.unknown", "links.broken", "links.unknown"}
    assert [name for name in sorted(planted | more) if f"`{name}`" not in told] == []
    assert len(RULES) >= 15


KEY = DkimKey(selector="mail", key=Secret("x"))
SIGN = Dkim(domain="post.ie", rsa=KEY)
OURS = "v=DKIM1; k=rsa; p=AAAA"
FINE = {
    "post.ie": NameAnswer(texts=("v=spf1 include:relay.ie -all", "other=1")),
    "_dmarc.post.ie": NameAnswer(texts=("v=DMARC1; p=reject",)),
    "mail._domainkey.post.ie": NameAnswer(texts=("v=DKIM1; p=AA AA",)),
}


def records(**changes: NameAnswer) -> set[str]:
    """What is found when some records are others."""
    given = {**FINE, **{n.replace("__", "."): a for n, a in changes.items()}}
    found = domain.findings("post.ie", SIGN, given, OURS)
    return {f"{f.weight}:{f.name}" for f in found}


def test_a_domain_in_order_is_found_in_order() -> None:
    """SPF, DMARC and our key are published; without our key the relay signs, which is noted."""
    assert records() == set()
    (noted,) = domain.findings("post.ie", None, FINE, "")
    assert (noted.name, noted.weight) == ("dns.dkim", Weight.NOTE)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"post__ie": NameAnswer()}, "block:dns.spf"),
        ({"post__ie": NameAnswer(texts=("v=spf1 -all", "v=spf1 a"))}, "block:dns.spf"),
        ({"post__ie": NameAnswer(texts=("v=spf1 +all",))}, "block:dns.spf"),
        ({"post__ie": NameAnswer(texts=("v=spf1 " + "include:a.ie " * 11,))}, "block:dns.spf"),
        ({"_dmarc__post__ie": NameAnswer()}, "block:dns.dmarc"),
        ({"_dmarc__post__ie": NameAnswer(texts=("v=DMARC1",))}, "block:dns.dmarc"),
        ({"mail___domainkey__post__ie": NameAnswer()}, "block:dns.dkim"),
        ({"mail___domainkey__post__ie": NameAnswer(texts=("p=BBBB",))}, "block:dns.dkim"),
        ({"post__ie": NameAnswer(problem="offline")}, "note:dns.unknown"),
    ],
)
def test_what_a_domain_lacks_is_named(changes: dict[str, NameAnswer], name: str) -> None:
    """With the record to publish; offline nothing is known and nothing blocks."""
    assert records(**changes) == {name}


def test_a_subdomain_falls_back_on_its_parents_policy() -> None:
    """DMARC of the organisational domain covers it."""
    given = {
        "news.post.ie": FINE["post.ie"],
        "_dmarc.news.post.ie": NameAnswer(),
        "_dmarc.post.ie": FINE["_dmarc.post.ie"],
    }
    assert set(domain.names("news.post.ie", None)) == set(given)
    assert [f.name for f in domain.findings("news.post.ie", None, given, "")] == ["dns.dkim"]
