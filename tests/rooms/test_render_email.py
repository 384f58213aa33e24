"""The email: the template checklist, hostile text, and what must stop it."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import css_inline
import lxml.etree
import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import RenderError
from digest.model.appeal import AppealVariant, Goal, Meter
from digest.model.brand import DARK, LIGHT, Brand, Logo
from digest.model.edition import Email
from digest.model.picture import Illustration
from digest.render.inline import inlined
from digest.render.template import fill
from digest.render.values import token, values
from digest.text import phrases
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


PICTURE = Illustration(
    name="0a1b.jpg", width=1200, height=675, alt="The harbour at night", credit="The Sample Post"
)
GOAL = Goal(amount=5_000_000, currency="EUR", ends=date(2026, 12, 31))
HELP = builders.appeal(
    variants=(
        AppealVariant(
            id="a",
            heading="Keep us free to read",
            subheading="This minute is paid for by its readers.",
            text="There is no wall around it.\n\nThat is why we ask.",
            ask="Please give what you can.",
            button="Contribute",
            url="https://sample.example/give",
        ),
    )
)
LOGO = Brand(logo=Logo(url="https://sample.example/logo.png", width=220, height=44))


def full(**changes: Any) -> Email:
    """An email with everything in it: logo, pictures, an appeal with all its parts, a goal."""
    wanted = {
        "appeal": HELP,
        "meter": Meter(raised=3_120_000, goal=GOAL),
        "brand": LOGO,
        **changes,
    }
    return mail.emails(mail.edition(8, picture=PICTURE), **wanted)[-1]


def test_inlining_agrees_with_another_inliner() -> None:
    """css_inline puts the same declarations on every element as premailer does."""
    filled = values(
        mail.edition(2, picture=PICTURE),
        site=builders.site(),
        newsletter=builders.newsletter(),
        brand=LOGO,
        variants=[(HELP.variants[0], "https://sample.example/c/x/a")],
        meter=Meter(raised=3_120_000, goal=GOAL),
        nonce=mail.NONCE,
    )
    source = fill("email.html.j2", mail.templates(), filled)
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
    block = re.sub(r"\{[{%#].*?[#%}]\}", "x", mail.templates()["email/style.css.j2"], flags=re.S)
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
    assert len(list(tree(found).iter("td"))) == 6


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
    assert len(list(tree(found).iter("a"))) == 4
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
        ("email/foot.html.j2", "{{ unsubscribe_url }}", "https://x.example/", "not use unsubscr"),
        ("email/foot.txt.j2", "{{ why | wrapped }}", "you", "does not use address"),
        ("email/story.txt.j2", "{{ story.url }}", "", "stands in the HTML and not in the"),
        ("email/masthead.html.j2", "{{ title }}", "{{ titel }}", "'titel' is undefined"),
        ("email/masthead.html.j2", "{{ title }}", "{{ title }", "email/masthead.html.j2, line"),
        ("email/masthead.html.j2", "<h1>", "<h1>" + "x" * 90_000, "bytes of HTML"),
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


def test_all_of_an_appeal_is_in_both_parts() -> None:
    """Heading, line under it, body, goal, ask and button, in that order."""
    email = full()
    said = (
        "Keep us free to read",
        "This minute is paid for by its readers.",
        "There is no wall around it.",
        "That is why we ask.",
        "\u20ac31,200 of \u20ac50,000 raised (62%). The appeal ends on 31 December 2026.",
        "Please give what you can.",
        "Contribute",
    )
    for part in (words(tree(email)), " ".join(email.text.split())):
        places = [part.index(one) for one in said]
        assert places == sorted(places)
    assert f"[{'#' * 24}{'.' * 16}]" in email.text
    widths = [td.get("width") for td in tree(email).xpath("//table[@class='meter']//td")]
    assert widths == ["62%", "38%"]


@pytest.mark.parametrize(
    ("raised", "told", "widths"),
    [
        (0, "\u20ac0 of \u20ac50,000 raised (0%).", ["100%"]),
        (-500, "-\u20ac5 of \u20ac50,000 raised (0%).", ["100%"]),
        (1_250_050, "\u20ac12,500.50 of \u20ac50,000 raised (25%).", ["25%", "75%"]),
        (5_000_000, "\u20ac50,000 of \u20ac50,000 raised (100%).", ["100%"]),
        (9_000_000, "\u20ac90,000 of \u20ac50,000 raised (180%).", ["100%"]),
    ],
)
def test_a_goal_at_its_ends(raised: int, told: str, widths: list[str]) -> None:
    """Nothing yet, paid back, half a euro, reached, passed: the bar is never too long."""
    goal = replace(GOAL, ends=None)
    email = full(meter=Meter(raised=raised, goal=goal))
    assert told in words(tree(email)) and told in " ".join(email.text.split())
    cells = tree(email).xpath("//table[@class='meter']//td")
    assert [td.get("width") for td in cells] == widths


def test_a_picture_is_shown_at_half_its_size_with_words() -> None:
    """Hosted by us, sized in attributes, with alt text, and its credit outside of it."""
    email = full()
    pictures = tree(email).xpath("//img[@class='picture']")
    assert len(pictures) == 8
    first = dict(pictures[0].attrib)
    assert first["src"] == "https://sample.example/pictures/0a1b.jpg"
    assert (first["width"], first["height"]) == ("536", "302")
    assert first["alt"] == "The harbour at night"
    assert "width:100%" in first["style"] and "background-color:" in first["style"]
    assert "Picture: The Sample Post" in words(tree(email))
    assert "[The harbour at night] Picture: The Sample Post" in email.text


def test_a_logo_takes_the_names_place() -> None:
    """Its alt text is the name, so with pictures off nothing is missing."""
    (logo,) = tree(full()).xpath("//p[@class='name']//img")
    assert (logo.get("width"), logo.get("height"), logo.get("alt")) == (
        "220",
        "44",
        "The Sample Post",
    )


def test_a_brand_colours_everything() -> None:
    """Accent and fonts of the brand stand on the elements, the dark ones in the kept block."""
    light = replace(LIGHT, accent="#123456", tint="#abcdef")
    dark = replace(DARK, accent="#fedcba")
    email = full(brand=Brand(light=light, dark=dark, headings='"Own Head", serif'))
    page = tree(email)
    assert "background-color:#123456" in page.xpath("//td[@class='button']")[0].get("style")
    assert "background-color:#abcdef" in page.xpath("//td[@class='appeal']")[0].get("style")
    assert "Own Head" in page.find(".//h1").get("style")
    assert LIGHT.accent not in email.html and "#fedcba" in email.html


@pytest.mark.parametrize("code", sorted(phrases.KNOWN))
def test_every_language_says_everything(code: str) -> None:
    """No English word is left in another language's frame, but the one mail programs look for."""
    newsletter = builders.newsletter(language=code, title="60")
    email = full(newsletter=newsletter)
    said = phrases.of(code)
    for part in (words(tree(email)), " ".join(email.text.split())):
        for phrase in (said.web, said.manage, said.leave.format(title="60"), said.more):
            assert phrase in part
        if code != "en":
            for english in ("Read more", "You get this", "Change what", "raised"):
                assert english not in part


@pytest.mark.parametrize("language", ["ar", "he"])
def test_right_to_left_mirrors_everything(language: str) -> None:
    """No side is left where it was: text, list and cells."""
    email = full(newsletter=builders.newsletter(language=language, title="60"))
    assert "text-align:left" not in email.html and "padding-left" not in email.html
    assert "padding-right:28px" in email.html
