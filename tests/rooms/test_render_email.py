"""The email: the template checklist, hostile text, and what must stop it."""

import re
from typing import Any

import css_inline
import lxml.etree
import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import RenderError
from digest.model.edition import Email
from digest.model.newsletter import AppealVariant
from digest.render.email import token
from digest.render.inline import inlined
from digest.render.template import fill
from digest.text.spoken import spoken
from tests import builders, mail

FEED_TEXT = (
    "{{ name }}",
    "{% if x %}",
    'style="p"',
    "<!--[if mso]>",
    "<script>alert(1)</script>",
    "</table></td>",
    token(mail.NONCE[:-1], "address"),
    "&amp;",
    "= From . ",
    "\u202e",
    "\x00",
    "\u05e9\u05dc\u05d5\u05dd",
    "\U0001f600",
)


def tree(email: Email) -> Any:
    """The parsed HTML."""
    return lxml.html.document_fromstring(email.html)


def words(element: Any) -> str:
    """All text of an element, blanks collapsed."""
    return " ".join(element.text_content().split())


@pytest.fixture(scope="module")
def email() -> Email:
    """The sample edition with appeal variant a."""
    return mail.emails()[1]


def test_one_email_without_appeal_and_one_a_variant() -> None:
    """The email without an appeal comes first, then the variants in their order."""
    found = mail.emails()
    assert [made.variant for made in found] == ["", "a", "b"]
    assert "Keep the harbour lights on" not in found[0].html + found[0].text
    assert "Keep the harbour lights on" in found[1].html
    assert "Buy a notebook" in found[2].text


def test_edition_without_appeal_has_one_email() -> None:
    """Where the appeal was kept out, no variant is rendered."""
    made = builders.edition(appeal="", no_appeal_because="a death")
    assert [e.variant for e in mail.emails(made)] == [""]


def test_document_head(email: Email) -> None:
    """Upper-case doctype, language, direction, title equal to the subject, and the metas."""
    page = tree(email)
    assert email.html.startswith("<!DOCTYPE html>")
    assert (page.get("lang"), page.get("dir")) == ("en", "ltr")
    assert page.findtext(".//title") == email.subject
    metas = {meta.get("name") for meta in page.iter("meta")}
    assert metas >= {
        "viewport",
        "x-apple-disable-message-reformatting",
        "format-detection",
        "color-scheme",
        "supported-color-schemes",
    }


def test_body_has_one_child_that_says_language_and_direction(email: Email) -> None:
    """Mail services strip the body, so its only child repeats what it says."""
    (child,) = tree(email).body
    assert (child.get("lang"), child.get("dir"), child.get("role")) == ("en", "ltr", "article")
    assert child.get("aria-roledescription") == "email"


def test_tables_are_layout(email: Email) -> None:
    """Every table is for layout and says so."""
    assert {t.get("role") for t in tree(email).iter("table")} == {"presentation"}


def test_headings_and_list(email: Email) -> None:
    """One h1, an h2 a story and for the appeal, and the bulletin as a list of its briefs."""
    page = tree(email)
    assert [words(h) for h in page.iter("h1")] == ["News in 60 seconds"]
    assert len(list(page.iter("h2"))) == 7 + 1
    assert not list(page.iter("h3"))
    first, *_ = (words(li) for li in page.findall(".//ol/li"))
    assert first.startswith("Homelessness: A record 17,112 people")
    assert "7 stories, 49 seconds" in words(page)


def test_links_are_telling_and_different(email: Email) -> None:
    """No two links have the same text, and none is empty or just "read more"."""
    texts = [words(a) for a in tree(email).iter("a")]
    assert len(texts) == len(set(texts)) and min(map(len, texts)) >= 10


def test_button_can_be_hit(email: Email) -> None:
    """The appeal's button is a coloured cell at least 44 px high."""
    (cell,) = tree(email).xpath("//td[@class='button']")
    assert "background-color:" in cell.get("style")
    padding, line = re.search(
        r"padding:(\d+)px.*line-height:(\d+)px", cell[0].get("style")
    ).groups()
    assert 2 * int(padding) + int(line) >= 44


def test_sizes(email: Email) -> None:
    """Seven stories stay under 30 kB, the style that is kept under 2 kB."""
    assert len(email.html.encode()) < 30_000
    assert sum(len(style.text) for style in tree(email).iter("style")) < 2_000


def test_kept_style_keeps_its_force(email: Email) -> None:
    """The dark and narrow rules still say !important, the inlined block is gone."""
    (kept,) = (style.text for style in tree(email).iter("style"))
    assert kept.count("!important") >= 15
    assert "div.column" not in kept


def test_no_pixel_no_foreign_thing(email: Email) -> None:
    """Nothing is loaded from anywhere."""
    kinds = {element.tag for element in tree(email).iter() if isinstance(element.tag, str)}
    assert not kinds & {"img", "script", "link", "iframe", "form", "object", "svg"}
    assert "url(" not in email.html and "@import" not in email.html


def test_preheader_is_hidden_and_short(email: Email) -> None:
    """The words shown in the inbox are display:none, at most 110, then filler."""
    (hidden,) = tree(email).xpath("//div[starts-with(@style, 'display:none')]")
    shown = re.sub("[\u2007\ufeff\u034f\\s]+", " ", hidden.text).strip()
    assert shown.startswith("7 stories, 49 seconds: ") and len(shown) <= 110


def test_footer_tells_all(email: Email) -> None:
    """Why the reader gets it, the way out, the web version, the postal address: in both parts."""
    for part in (words(tree(email)), " ".join(email.text.split())):
        assert f"because {token(mail.NONCE, 'address')} is subscribed to News in 60" in part
        assert "The Sample Post, 1 Example Street, Dublin" in part
        assert "Unsubscribe from News in 60 seconds" in part
    assert "https://sample.example/editions/morning-2026-03-16-0700" in email.text


def test_text_has_every_link_and_no_filler(email: Email) -> None:
    """The text part has every link whole on its line, lines of 72, and no padding."""
    for a in tree(email).iter("a"):
        assert any(line.endswith(a.get("href")) for line in email.text.splitlines())
    for line in email.text.splitlines():
        assert len(line) <= 72 or "https://" in line
    assert not re.search("[\u2007\ufeff\u034f\u00ad]", email.text)


def test_text_comes_in_order(email: Email) -> None:
    """Bulletin, stories, appeal, unsubscribe."""
    places = [
        email.text.index(part)
        for part in ("1. Homelessness", "Read more", "Keep the harbour", "Unsubscribe")
    ]
    assert places == sorted(places)


VALUES: dict[str, object] = {
    "subject": "S",
    "preheader": "P",
    "site": "The Sample Post",
    "site_url": "https://sample.example/",
    "postal_address": "1 Example Street",
    "title": "Morning",
    "date": "Monday 16 March 2026",
    "language": "en",
    "direction": "ltr",
    "start": "left",
    "length": "1 story, 3 seconds",
    "web_version": "https://sample.example/editions/x",
    "unsubscribe_url": "https://sample.example/unsubscribe/x",
    "address": "a@b.example",
    "stories": [
        {
            "label": "Coast",
            "line": "Lights are back.",
            "headline": "Lights",
            "standfirst": "After 17 days.",
            "about": "Coast",
            "url": "https://sample.example/1",
        }
    ],
    "appeal": {
        "heading": "Help",
        "paragraphs": ["Please."],
        "button": "Give",
        "url": "https://sample.example/give",
    },
}


def test_inlining_agrees_with_another_inliner() -> None:
    """css_inline puts the same declarations on every element as premailer does."""
    source = fill("email.html.j2", mail.templates(), VALUES)
    kept = source.index('<style data-premailer="ignore">')
    plain = source[:kept] + source[source.index("</style>", kept) + 8 :]
    ours, theirs = (
        lxml.html.document_fromstring(html).body
        for html in (inlined(source), css_inline.inline(plain))
    )
    lxml.etree.strip_tags(theirs, "tbody")
    pairs = list(zip(ours.iter(), theirs.iter(), strict=True))
    assert len(pairs) > 30
    for one, other in pairs:
        assert one.tag == other.tag
        assert declared(one) == declared(other), lxml.html.tostring(one)[:300]


def declared(element: Any) -> dict[str, str]:
    """The element's declarations, however they are spaced and ordered."""
    if not isinstance(element.tag, str):
        return {}
    style = (element.get("style") or "").replace("'", '"').replace("#ffffff", "#fff")
    pairs = (part.split(":", 1) for part in style.split(";") if part.strip())
    return {name.strip(): "".join(value.split()).lower() for name, value in pairs}


def test_templates_keep_out_of_premailer_s_traps() -> None:
    """The inlined block has plain selectors only: no pseudo-class, attribute, @ rule or star."""
    source = re.sub(r"\{\{.*?\}\}", "x", mail.templates()["email.html.j2"])
    block = source.split("<style>")[2].split("</style>")[0]
    for rule in block.split("}"):
        selector = rule.partition("{")[0]
        assert not re.search(r"[:\[@*>+~]", selector), selector
    assert "!important" not in block and not re.search("#[0-9a-f]{8}", block)


@pytest.mark.parametrize("count", [0, 1, 7, 8, 20, 30])
def test_any_number_of_stories(count: int) -> None:
    """From no story to thirty the email is whole and under the size where Gmail cuts."""
    found = mail.emails(mail.edition(count))[0]
    assert len(tree(found).findall(".//ol/li")) == count
    assert len(found.html.encode()) < 60_000 + 1_500 * max(0, count - 20)
    if not count:
        assert "There is no news in this edition." in found.html
        assert "There is no news in this edition." in found.text


@pytest.mark.parametrize("text", FEED_TEXT)
@pytest.mark.parametrize("field", ["label", "line", "headline", "standfirst", "section"])
def test_feed_text_is_only_text(text: str, field: str) -> None:
    """Whatever a feed says is shown as words and changes nothing around it."""
    made = mail.edition(2, **{field: f"Before {text} after"})
    found = mail.emails(made)[1]
    plain = mail.emails(mail.edition(2, **{field: "Before after"}))[1]
    assert [e.tag for e in tree(found).iter()] == [e.tag for e in tree(plain).iter()]
    shown = spoken(text)
    assert f"Before {shown} after".replace("  ", " ") in words(tree(found))


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60), st.text(max_size=200), st.text(max_size=60))
def test_any_text_makes_a_whole_email(label: str, line: str, headline: str) -> None:
    """No text from outside stops an edition or unbalances its two parts."""
    made = mail.edition(1, label=label, line=line, headline=headline)
    found = mail.emails(made)[0]
    assert len(list(tree(found).iter("td"))) == 5


def test_long_headline_is_shown_whole() -> None:
    """A headline of 200 characters stands in the story, the subject stays short."""
    headline = "Minister says " + "very " * 37 + "much"
    found = mail.emails(mail.edition(1, headline=headline))[0]
    assert headline in found.html and len(found.subject) <= 90


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/x?a=1&b=2#c", "https://a.example/x?a=1&b=2#c"),
        ("https://m\u00fcller.example/\u00e4 b", "https://xn--mller-kva.example/%C3%A4%20b"),
        ('https://a.example/"><b>', "https://a.example/%22%3E%3Cb%3E"),
        ("https://a.example/{{ x }}", "https://a.example/%7B%7B%20x%20%7D%7D"),
        ("https://a.example:8443/%C3%A4", "https://a.example:8443/%C3%A4"),
    ],
)
def test_links_are_the_same_in_both_parts(url: str, shown: str) -> None:
    """A link with &, # or letters of any script is one ASCII address, the same in HTML and text."""
    found = mail.emails(mail.edition(1, url=url))[0]
    assert shown in {a.get("href") for a in tree(found).iter("a")}
    assert shown in found.text.split()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "", "ftp://a.example/", "/news/1"])
def test_story_without_web_address_has_no_link(url: str) -> None:
    """What is no http(s) address is never a link; the story is still told."""
    found = mail.emails(mail.edition(1, url=url))[0]
    assert len(list(tree(found).iter("a"))) == 3
    assert "17,112" in found.html


def test_right_to_left_edition() -> None:
    """An Arabic newsletter runs from right to left, its date in Arabic."""
    newsletter = builders.newsletter(
        language="ar", title="\u0627\u0644\u0623\u062e\u0628\u0627\u0631"
    )
    found = mail.emails(newsletter=newsletter)[1]
    page = tree(found)
    assert (page.get("lang"), page.get("dir"), page.body[0].get("dir")) == ("ar", "rtl", "rtl")
    assert "text-align:right" in found.html and "text-align:left" not in found.html
    assert "\u0645\u0627\u0631\u0633" in found.text


def test_newsletter_of_another_name_says_news_in_60_seconds() -> None:
    """Where the title does not say it, the bulletin's head does."""
    found = mail.emails(newsletter=builders.newsletter(title="Morning Post"))[0]
    assert "News in 60 seconds: 7 stories, 49 seconds" in words(tree(found))
    assert "News in 60 seconds: 7 stories, 49 seconds" in found.text


def test_same_variant_twice_is_the_same() -> None:
    """Rendering has no memory: a second call gives the same emails."""
    assert mail.emails() == mail.emails()


def variant(**changes: str) -> dict[str, Any]:
    """The arguments for an appeal whose only variant is changed like this."""
    plain = {"id": "a", "heading": "H", "text": "T", "button": "B", "url": "https://a.example/"}
    return {"appeal": builders.appeal(variants=(AppealVariant(**{**plain, **changes}),))}


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (variant(heading="Dear {{ name }}"), "unfilled placeholder '{{ name }}"),
        (variant(url="example.org/give"), "has no web address ('example.org/give')"),
        (variant(url="https://a.example/{{ x }}"), "has no web address"),
        ({"newsletter": builders.newsletter(title="{{ title }}")}, "unfilled placeholder"),
        ({"templates": {}}, "template email.html.j2"),
    ],
)
def test_faulty_wording_stops_the_edition(changes: dict[str, Any], sentence: str) -> None:
    """A placeholder or a dead button in the editors' own words stops the edition with a reason."""
    with pytest.raises(RenderError, match=re.escape(sentence)):
        mail.emails(**changes)


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("email.html.j2", "{{ unsubscribe_url }}", "https://x.example/", "does not use unsubscr"),
        ("email.txt.j2", '" ~ address ~ "', "you", "does not use address"),
        ("email.txt.j2", "Read more: {{ story.url }}", "", "stands in the HTML and not in the"),
        ("email.html.j2", "{{ title }}", "{{ titel }}", "'titel' is undefined"),
        ("email.html.j2", "{{ title }}", "{{ title }", "template email.html.j2, line"),
        ("email.html.j2", "<h1>", "<h1>" + "x" * 90_000, "bytes of HTML"),
    ],
)
def test_faulty_template_stops_the_edition(name: str, old: str, new: str, sentence: str) -> None:
    """A template that lost a link, a value or its syntax is named in the sentence."""
    source = mail.templates()[name]
    changed = source.replace(old, new)
    if changed == source:
        pytest.fail(f"{old!r} is not in {name}")
    with pytest.raises(RenderError, match=re.escape(sentence)):
        mail.emails(templates={**mail.templates(), name: changed})
