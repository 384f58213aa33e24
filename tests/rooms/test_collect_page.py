"""Pages: the article, its fields, and every other line with its reason."""

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.collect import feed, page, plain
from digest.model.news import ArticleKind, Page

STORY = (
    "The harbour trust will lay a second cable before October, its chairman told the council.",
    "Four divers worked in visibility of less than a metre, harbour master Effie Galbraith said.",
    "The repair cost £64,000, and the owner of the coaster has agreed to pay £50,000 of it.",
    "Two boats touched the rocks at the entrance while the lights were out on the east side.",
)


def html(*extra: str, head: str = "", story: tuple[str, ...] = STORY) -> str:
    """A plain news page with the extra lines after its second paragraph."""
    told = [f"<p>{text}</p>" for text in story]
    body = "".join((*told[:2], *extra, *told[2:]))
    return (
        f'<html lang="en-GB"><head><title>Lights on - Courier</title>{head}</head>'
        f"<body><article><h1>Lights on</h1>{body}</article></body></html>"
    )


def described(**fields: object) -> str:
    """A JSON-LD block."""
    block = {"@context": "https://schema.org", "@type": "NewsArticle", **fields}
    return f'<script type="application/ld+json">{json.dumps(block)}</script>'


def test_fields_come_from_json_ld_first() -> None:
    """JSON-LD wins over OpenGraph, OpenGraph over the page."""
    head = described(
        headline="Lights on",
        datePublished="2026-03-16T07:25:00Z",
        dateModified="2026-03-16T09:00:00Z",
        author=[{"@type": "Person", "name": "Ailsa Drummore"}, "By Murdo Kinnell"],
        articleSection=["Scotland", "Sea"],
        image={"url": "/img/lead.jpg"},
        publisher={"name": "Courier"},
    )
    head += '<meta property="og:title" content="Other"><link rel=canonical href="/news/lights">'
    found = page.read(html(head=head), url="https://courier.example/x?utm_source=rss")
    assert found.headline == "Lights on"
    assert found.published == datetime(2026, 3, 16, 7, 25, tzinfo=UTC)
    assert found.updated == datetime(2026, 3, 16, 9, 0, tzinfo=UTC)
    assert found.authors == ("Ailsa Drummore", "Murdo Kinnell")
    assert (found.section, found.language) == ("Scotland", "en-GB")
    assert found.canonical_url == "https://courier.example/news/lights"
    assert found.image == "https://courier.example/img/lead.jpg"
    assert found.paragraphs == STORY


def test_the_article_is_found_among_several_json_ld_blocks() -> None:
    """Graphs, lists, other types and broken blocks do not hide it."""
    graph = json.dumps(
        {
            "@graph": [
                {"@type": "WebSite", "name": "Courier"},
                {"@type": "NewsArticle", "headline": "Lights on", "datePublished": "2026-03-16"},
            ]
        }
    )
    head = (
        '<script type="application/ld+json">{broken</script>'
        + described(headline="A teaser")
        + f'<script type="application/ld+json">{graph}</script>'
    )
    found = page.read(html(head=head), zone="Europe/Dublin")
    assert found.headline == "Lights on"
    assert found.published == datetime(2026, 3, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("head", "url", "wanted"),
    [
        (described(), "https://c.example/news/x", ArticleKind.NEWS),
        (described(**{"@type": "OpinionNewsArticle"}), "", ArticleKind.OPINION),
        (described(**{"@type": "LiveBlogPosting"}), "", ArticleKind.LIVE),
        (described(isAccessibleForFree="False"), "", ArticleKind.PAYWALL),
        (described(articleSection="Comment"), "", ArticleKind.OPINION),
        ("", "https://c.example/opinion/2026/x", ArticleKind.OPINION),
        ("", "https://c.example/partner/x", ArticleKind.SPONSORED),
        ("", "https://c.example/gallery/x", ArticleKind.GALLERY),
    ],
)
def test_kinds_by_markup_section_and_address(head: str, url: str, wanted: ArticleKind) -> None:
    """Simple rules, each by one sign."""
    assert page.read(html(head=head), url=url).kind is wanted


def test_words_stand_as_the_reader_sees_them() -> None:
    """Inline markup makes no blanks, source line ends make one, list items are paragraphs."""
    found = page.read(
        html(
            "<p>The coaster <em>Anneliese</em>, <a href='/a'>whose</a>\n anchor it <b>was</b>.</p>",
            "<ul><li>Kilvarra, four;</li><li>Derrybeg, three.</li></ul>",
        )
    )
    assert found.paragraphs[2:5] == (
        "The coaster Anneliese, whose anchor it was.",
        "Kilvarra, four;",
        "Derrybeg, three.",
    )


@pytest.mark.parametrize(
    "text",
    [
        "“Please support your lifeboat. We need €1 from you today,” said the postcard on the mat.",
        "“Close,” a voice told one visitor in front of the painting. “Share. Subscribe now.”",
        "Donations are still accepted at the boathouse on Saturdays from 10am to noon.",
        "Read the small print before you sail, the coastguard said in a statement on Monday.",
    ],
)
def test_a_story_about_asking_stays_whole(text: str) -> None:
    """Nothing inside a quotation, and no report about money, is taken for the page's own appeal."""
    assert page.read(html(f"<p>{text}</p>")).paragraphs[2] == text


def test_a_flat_appeal_between_paragraphs_goes() -> None:
    """Heading, plea and button as bare paragraphs, in a story about donations."""
    found = page.read(
        html(
            "<p>This report is free to read</p>",
            "<p>It was not free to write, and our own engine needs a service.</p>",
            "<p>Pay for our petrol</p>",
            story=(*STORY, "Readers of the story gave €94,000 to the lifeboat, its crew said."),
        )
    )
    assert found.paragraphs == (
        *STORY,
        "Readers of the story gave €94,000 to the lifeboat, its crew said.",
    )
    assert {line.because for line in found.dropped} >= {
        "part of a block that asks readers to pay, join or sign up"
    }


def test_a_pull_quote_goes_and_a_quotation_stays() -> None:
    """What repeats the text is dropped; a block quotation of its own is a paragraph."""
    found = page.read(
        html(
            "<blockquote>“worked in visibility of less than a metre”</blockquote>",
            "<blockquote>“I have never seen the sea so black,” one of them wrote.</blockquote>",
        )
    )
    assert found.paragraphs == (
        *STORY[:2],
        "“I have never seen the sea so black,” one of them wrote.",
        *STORY[2:],
    )


def test_a_standfirst_is_a_field_and_a_lead_is_not() -> None:
    """A description that opens the text is no standfirst."""
    summary = '<meta name="description" content="The harbour gets a second cable this year.">'
    opening = f'<meta name="description" content="{STORY[0][:60]}…">'
    assert page.read(html(head=summary)).standfirst == "The harbour gets a second cable this year."
    found = page.read(html(head=opening))
    assert (found.standfirst, found.paragraphs) == ("", STORY)


@pytest.mark.parametrize("body", ["", " \n", b"", "<html></html>", "<p>Log in</p>"])
def test_a_page_without_article_says_so(body: bytes | str) -> None:
    """One sentence, no paragraphs."""
    found = page.read(body)
    assert found.paragraphs == () and found.problem.endswith(".")


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_encodings(encoding: str) -> None:
    """Declared, undeclared and marked encodings give the same words."""
    text = html("<p>“Níl aon tinteán mar do thinteán féin,” a dúirt Nóra Ní Fhlaithearta.</p>")
    found = page.read(text.encode(encoding))
    assert "Níl aon tinteán mar do thinteán féin" in found.paragraphs[2]


def test_deep_and_large_pages_end() -> None:
    """Thousands of nested tags and megabytes of text are read or refused, never a crash."""
    assert isinstance(page.read("<div>" * 50_000 + "word."), Page)
    assert isinstance(page.read(html("<p>" + "word " * 200_000 + "end.</p>")), Page)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200), st.text(max_size=200))
def test_nothing_breaks_it(noise: bytes, text: str) -> None:
    """Noise, alone, inside a page or pasted, gives a value."""
    assert isinstance(page.read(noise), Page)
    assert isinstance(page.read(html(text)), Page)
    assert isinstance(plain.read(text), Page)


@pytest.mark.shared
def test_the_seed_document(shared: Path) -> None:
    """Headline, standfirst and eleven paragraphs, exactly; caption, appeal and player dropped."""
    known = json.loads((shared / "data/seed/expected.json").read_text("utf-8"))
    found = plain.read((shared / "data/seed" / known["document"]).read_text("utf-8"))
    assert found.headline == known["headline"]
    assert found.standfirst == known["standfirst"]
    assert list(found.paragraphs) == known["body"]
    dropped = {line.text: line.because for line in found.dropped}
    assert set(dropped) == {line["line"] for line in known["chrome"]}
    assert all(dropped.values())


@pytest.mark.shared
def test_the_boilerplate_sample(shared: Path) -> None:
    """Ten pages and two texts: every genuine paragraph, no listed line."""
    folder = shared / "data/chrome"
    for path in sorted((folder / "expected").glob("*.json")):
        known = json.loads(path.read_text("utf-8"))
        body = (folder / known["file"]).read_bytes()
        found = page.read(body) if path.stem.endswith("html") else plain.read(body.decode())
        text = [line for line in found.paragraphs if line not in known["optional"]]
        assert text == known["paragraphs"], path.stem
        assert (found.headline, found.standfirst) == (
            known["headline"],
            known["standfirst"] or "",
        ), path.stem
        assert found.kind == known["kind"], path.stem


@pytest.mark.shared
def test_the_sample_newsroom(shared: Path) -> None:
    """88 pages: no boilerplate anywhere, and the paragraphs the articles were made of."""
    folder = shared / "data/newsroom"
    never = (
        "We need your help now",
        "Please give what you can",
        "Read next",
        "PostTv",
        "Text: Wikinews",
    )
    whole = {"Advertisement", "Close", "News in 60 seconds", "Support us", "Comments"}
    same = 0
    for path in sorted((folder / "articles").glob("*.json")):
        known = json.loads(path.read_text("utf-8"))
        found = page.read((folder / known["page"]).read_bytes())
        told = (found.headline, found.standfirst, *found.paragraphs)
        assert not any(line in " ".join(told) for line in never), path.stem
        assert not whole.intersection(told), path.stem
        assert found.headline == known["title"]
        same += list(found.paragraphs) == [text for _, text in known["body"]]
    # Four bodies hold a caption, a pull quote or headings with nothing under them.
    assert same >= 84


_looked_up: list[str] = []


def _note(event: str, _: tuple[object, ...]) -> None:
    if event.startswith("socket."):
        _looked_up.append(event)


def test_no_parser_opens_a_socket() -> None:
    """Pages, feeds and texts full of addresses are read without asking the network."""
    sys.addaudithook(_note)
    before = len(_looked_up)
    away = "http://127.0.0.1:9/x"
    page.read(
        html(
            f'<img src="{away}.jpg"><iframe src="{away}"></iframe>',
            head=f'<meta http-equiv="refresh" content="0;url={away}"><base href="{away}">'
            f'<link rel="stylesheet" href="{away}.css"><link rel="amphtml" href="{away}">',
        ),
        url=away,
    )
    plain.read(away)
    for body in (away.encode(), f'<!DOCTYPE r SYSTEM "{away}"><rss><channel/></rss>'.encode()):
        feed.parse(body, url=away)
    assert _looked_up[before:] == []


def test_a_text_cut_into_equal_boxes_is_put_together() -> None:
    """Advertisements between parts of the text lose none of them; another article stays out."""
    box = '<div class="body">{}</div><div class="slot"><p>Advertisement</p></div>'
    parts = "".join(
        box.format(f"<p>{one}</p><p>{two}</p>")
        for one, two in zip(STORY[::2], STORY[1::2], strict=True)
    )
    other = "The gulls have shut the airport again, a spokesman for the airport said on Monday."
    found = page.read(
        f"<html><body><article><h1>Lights on</h1><div>{parts}</div></article>"
        f'<article><h2>Gulls</h2><div class="body"><p>{other}</p></div></article></body></html>'
    )
    assert found.paragraphs == STORY


def test_inline_readings_and_odd_letters_stay_out() -> None:
    """Ruby readings, soft hyphens and invisible marks do not stand between letters."""
    found = page.read(
        html(
            "<p>The sign says <ruby>港<rp>(</rp><rt>みなと</rt><rp>)</rp></ruby>, Mr Ito said.</p>",
            "<p>The har\u00adbour\u200b mas\u2060ter agreed to the longest of the cables.</p>",
        )
    )
    assert found.paragraphs[2] == "The sign says 港, Mr Ito said."
    assert found.paragraphs[3] == "The harbour master agreed to the longest of the cables."


@pytest.mark.parametrize(
    ("h1", "declared", "wanted"),
    [
        (
            "<span class=kicker>Sea</span>Lights on at last",
            "Lights on at last",
            "Lights on at last",
        ),
        ("<b>Sea:</b> Lights on at last", "Lights on at last", "Lights on at last"),
        ("Sea / Lights on at last", "Lights on at last", "Lights on at last"),
        ("Lights on at last <small>A harbour waits</small>", "Lights on at last", None),
        ("Lights on at last, says trust", "Lights on at last, s…", "Lights on at last, says trust"),
        ("Lights on at last", "Lights on at last | Courier", "Lights on at last"),
        ("Courier", "Lights on at last - Courier", "Lights on at last"),
        ("Lights on at last", "Harbour lights: what we know", "Harbour lights: what we know"),
    ],
)
def test_the_headline_without_what_stands_beside_it(
    h1: str, declared: str, wanted: str | None
) -> None:
    """A kicker or subtitle in the heading is not the headline; the paper's name never is."""
    text = "".join(f"<p>{each}</p>" for each in STORY)
    source = (
        f'<html><head><meta property="og:title" content="{declared}">'
        '<meta property="og:site_name" content="Courier"></head>'
        f"<body><article><h1>{h1}</h1>{text}</article></body>"
    )
    assert page.read(source).headline == (wanted or declared)


@pytest.mark.parametrize(
    ("link", "url", "wanted"),
    [
        ("https://c.example/news/x", "https://c.example/news/x?a=1", "https://c.example/news/x"),
        ("https://c.example/", "https://c.example/news/x", ""),
        ("https://other.test/news/x", "https://c.example/news/x", ""),
        ("https://www.c.example/x", "https://amp.c.example/x", "https://www.c.example/x"),
        (
            "https://www.c.example/x",
            "https://c-example.cdn.ampproject.org/c/x",
            "https://www.c.example/x",
        ),
        ("https://b.co.uk/x", "https://c.co.uk/x", ""),
        ("https://c.example/x", "http://127.0.0.1:8061/x", "https://c.example/x"),
        ("https://c.example/x", "http://[fd00::1]/x", "https://c.example/x"),
        ("https://c.example/x", "https://cms.newsroom.lan/x", "https://c.example/x"),
        ("https://c.example/x", "http://cms/x", "https://c.example/x"),
        ("/news/x", "https://c.example/amp/x", "https://c.example/news/x"),
        ("https://c.example/news/x", "", "https://c.example/news/x"),
    ],
)
def test_a_canonical_address_of_the_same_owner(link: str, url: str, wanted: str) -> None:
    """Neither the front page nor somebody else's page is the article's address."""
    found = page.read(html(head=f'<link rel="canonical" href="{link}">'), url=url)
    assert found.canonical_url == wanted


@pytest.mark.parametrize(
    ("head", "body", "wanted"),
    [
        (described(author={"name": "Staff"}), "", ()),
        (described(author="Courier", publisher={"name": "Courier"}), "", ()),
        (described(author={"name": "Reuters"}), "", ("Reuters",)),
        (described(author=[{"name": ["Ailsa Drummore"]}]), "", ("Ailsa Drummore",)),
        ('<meta name="author" content="https://facebook.com/courier">', "", ()),
        ("", '<div class="article__byline"><a>Ailsa Drummore</a></div>', ("Ailsa Drummore",)),
        ("", '<span class="author-name">Von Ailsa Drummore</span>', ("Ailsa Drummore",)),
        ("", '<p class="comment-author">Angry Reader</p>', ()),
        ("", "<a href='/authors/ailsa-drummore'>Ailsa Drummore</a>", ("Ailsa Drummore",)),
        (
            "",
            "<p class=byline>Text: Ailsa Drummore, Murdo Kinnell</p>",
            ("Ailsa Drummore", "Murdo Kinnell"),
        ),
    ],
)
def test_authors(head: str, body: str, wanted: tuple[str, ...]) -> None:
    """People and agencies, from markup or page; "Staff" and the paper itself are nobody."""
    found = page.read(html(head=head).replace("</h1>", f"</h1>{body}"))
    assert found.authors == wanted
    assert found.paragraphs == STORY


def test_the_described_article_is_the_one_on_the_page() -> None:
    """A fuller block about another story does not win against the page's own headline."""
    other = described(
        headline="Another story", datePublished="2020-01-01", author="A B", description="x"
    )
    own = described(headline="Lights on", datePublished="2026-03-16")
    found = page.read(html(head=other + own))
    assert found.published == datetime(2026, 3, 16, tzinfo=UTC)


def test_images() -> None:
    """The article's own, from wherever it is declared; a logo only when there is nothing else."""
    logo = described(image="https://c.example/logo.png")
    og = '<meta property="og:image" content="//c.example/a.jpg">'
    url = "https://c.example/x"
    assert page.read(html(head=logo + og), url=url).image == "https://c.example/a.jpg"
    assert page.read(html(head=logo), url=url).image == "https://c.example/logo.png"
    block = described(image=[{"@type": "ImageObject", "contentUrl": "/b.jpg"}])
    assert page.read(html(head=block), url=url).image == "https://c.example/b.jpg"
    assert page.read(html(head=described(image="data:image/png;base64,AA")), url=url).image == ""


def test_a_list_of_what_subscribers_get_is_no_part_of_the_text() -> None:
    """A wall's list goes with its call; a genuine list between the paragraphs stays."""
    offer = (
        "<section><div><p>Subscribe now to read on.</p><ul><li>Unlimited access to all our"
        " stories.</li><li>Daily puzzles and crosswords.</li></ul></div></section>"
    )
    genuine = "<ul><li>Kilvarra gets four new lights.</li><li>Derrybeg gets three.</li></ul>"
    found = page.read(html(offer, genuine))
    assert found.paragraphs == (
        *STORY[:2],
        "Kilvarra gets four new lights.",
        "Derrybeg gets three.",
        *STORY[2:],
    )
    assert {d.text for d in found.dropped} >= {"Daily puzzles and crosswords."}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<div>{}<br><br>", "</div>"),
        ("<table><tr><td><table><tr><td><p>{}</p>", "</td></tr></table></td></tr></table>"),
        ("<div><div>{}</div>", "</div>"),
        ("<amp-story-page><p>{}</p>", "</amp-story-page>"),
    ],
)
def test_paragraphs_in_any_markup(before: str, after: str) -> None:
    """Line breaks, nested tables, bare boxes, AMP's elements."""
    head, _, tail = before.partition("{}")
    unit = (
        head[head.rfind("<", 0, len(head)) :] if "<p>" in before or "<div><div>" in before else ""
    )
    body = "".join(f"{unit}{text}{tail}" for text in STORY)
    shell = head[: len(head) - len(unit)]
    found = page.read(f"<html><body><h1>Lights on</h1>{shell}{body}{after}</body></html>")
    assert found.paragraphs == STORY


def test_a_table_of_results_is_kept_in_order_or_told() -> None:
    """No cell vanishes without a reason."""
    rows = "".join(f"<tr><td>Kilvarra {n}</td><td>{n}-12</td></tr>" for n in range(3))
    found = page.read(html(f"<table>{rows}</table>"))
    assert [line for line in found.paragraphs if line in STORY] == list(STORY)
    told = {*found.paragraphs, *(d.text for d in found.dropped)}
    assert {f"Kilvarra {n}" for n in range(3)} <= told
