"""Feeds: whatever the bytes are, the answer is items or one sentence."""

import pickle
from datetime import timedelta

import pytest

from digest.collect import feed
from digest.model.news import Feed

URL = "https://sample.example/feeds/news.xml"


def rss(*items: str, channel: str = "<link>https://sample.example/</link>") -> bytes:
    """An RSS document of the given items."""
    listed = "".join(f"<item>{item}</item>" for item in items)
    return (
        '<?xml version="1.0"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>Sample</title>{channel}{listed}</channel></rss>"
    ).encode()


def read(body: bytes, **said: str) -> Feed:
    """The feed at the usual address."""
    return feed.parse(body, **{"url": URL, **said})


def item(number: int = 1, **fields: str) -> str:
    """One item's elements."""
    told = {
        "title": f"Story {number}",
        "link": f"https://sample.example/{number}/",
        "guid": f"g{number}",
        **fields,
    }
    return "".join(f"<{name}>{text}</{name}>" for name, text in told.items())


def test_an_item_keeps_what_the_desk_wrote() -> None:
    """Headline, link, guid, time, names, section and place."""
    extra = "<category>World</category>"
    body = rss(
        item(
            pubDate="Wed, 08 Jul 2026 07:15:00 IST",
            author="desk@sample.example (Ailsa Drummore)",
            description="Two &lt;b&gt;boats&lt;/b&gt; touched the rocks.",
        )
        + extra,
        item(2),
    )
    found = read(body, zone="Europe/Dublin")
    first = found.items[0]
    assert (found.title, found.problem) == ("Sample", "")
    assert (first.headline, first.url, first.guid) == ("Story 1", "https://sample.example/1/", "g1")
    assert (
        first.published is not None and first.published.isoformat() == "2026-07-08T06:15:00+00:00"
    )
    assert first.standfirst == "Two boats touched the rocks."
    assert first.authors == ("Ailsa Drummore",)
    assert (first.section, first.paragraphs) == ("World", ())
    assert [each.place for each in found.items] == [0, 1]


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Marks &amp; Spencer", "Marks & Spencer"),
        ("Marks & Spencer", "Marks & Spencer"),
        ("Caf&eacute;&nbsp;fire", "Café fire"),
        ("Bank&rsquo;s rates", "Bank’s rates"),
        ("AT&amp;amp;T sued", "AT&T sued"),
        ("5 &lt; 6, says court", "5 < 6, says court"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Ferry", "Ferry"),
        ("<![CDATA[<i>Anneliese</i> freed]]>", "Anneliese freed"),
        ("Bank&#146;s &#147;rates&#148;", "Bank’s “rates”"),
        ("R&D & Q&A", "R&D & Q&A"),
        ("<![CDATA[Marks & Spencer &rsquo;]]>", "Marks & Spencer ’"),
        ("A&#0;B&#8;C", "ABC"),
        ("&nosuch; thing", "&nosuch; thing"),
    ],
)
def test_headlines_are_plain_words(title: str, wanted: str) -> None:
    """Entities are the characters they stand for, markup is gone, however the feed escaped it."""
    assert read(rss(item(title=title))).items[0].headline == wanted


@pytest.mark.parametrize(
    ("link", "wanted"),
    [
        ("/news/a", "https://sample.example/news/a"),
        ("https://e.example/?a=1&amp;b=2", "https://e.example/?a=1&b=2"),
        ("https://e.example/?a=1&b=2", "https://e.example/?a=1&b=2"),
        ("https://e.example/?a=1&copy=3&lt=4", "https://e.example/?a=1&copy=3&lt=4"),
        ("https://e.example/?a=1&amp;copy=3", "https://e.example/?a=1&copy=3"),
        ("<![CDATA[https://e.example/?a=1&copy=3]]>", "https://e.example/?a=1&copy=3"),
        ("\n  https://e.example/a b  \n", "https://e.example/a%20b"),
        ("//e.example/a", "https://e.example/a"),
        ("data:text/html,x", ""),
        ("http://", ""),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
    ],
)
def test_only_web_links_survive(link: str, wanted: str) -> None:
    """Relative links are made absolute; what is not http(s) is dropped."""
    assert read(rss(item(link=link))).items[0].url == wanted


def test_a_relative_link_is_read_against_xml_base() -> None:
    """xml:base wins over the feed's own address."""
    body = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://base.example/a/">
      <title>T</title><entry><title>E</title><id>1</id><link href="b"/>
      <updated>2026-07-08T07:15:00Z</updated></entry></feed>"""
    first = read(body).items[0]
    assert first.url == "https://base.example/a/b"
    assert first.published == first.updated is not None


def test_a_body_becomes_clean_paragraphs_told_from_a_standfirst() -> None:
    """Scripts and tags go, the opening words are no standfirst."""
    html = (
        "<p>The lights came back on, the harbour trust said on Sunday evening.</p>"
        '<script>x()</script><p onclick="y()">See <a href="/b">here</a> for the whole of it.</p>'
    )
    words = "<content:encoded><![CDATA[" + html + "]]></content:encoded>"
    first = read(rss(item(description="The lights came back on, the…") + words)).items[0]
    assert first.paragraphs == (
        "The lights came back on, the harbour trust said on Sunday evening.",
        "See here for the whole of it.",
    )
    assert first.standfirst == ""
    assert read(rss(item(description="Seventeen days.") + words)).items[0].standfirst == (
        "Seventeen days."
    )


def test_a_guid_on_all_items_is_no_guid() -> None:
    """One guid repeated inside a document tells nothing apart."""
    found = read(rss(item(1, guid="same"), item(2, guid="same"), item(3, guid="own")))
    assert [each.guid for each in found.items] == ["", "", "own"]


def test_no_guid_and_no_link() -> None:
    """Such an item has no address, and a guid that is an address stands in for the link."""
    bare = read(rss("<title>Only a title</title>")).items[0]
    assert (bare.url, bare.guid) == ("", "")
    permalink = read(rss("<title>T</title><guid>https://sample.example/p</guid>")).items[0]
    assert permalink.url == "https://sample.example/p"


def test_the_original_address_is_the_link() -> None:
    """What a link counter's feed gives as the original address wins; junk there does not."""
    ns = ' xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"'
    for told, wanted in (("https://sample.example/own", "own"), ("junk", "counted")):
        extra = f"<feedburner:origLink{ns}>{told}</feedburner:origLink>"
        body = rss(item(link="https://sample.example/counted") + extra)
        assert read(body).items[0].url == f"https://sample.example/{wanted}"


def test_a_guid_that_is_no_permalink_leads_nowhere() -> None:
    """RSS can say that an address is only a name."""
    body = rss('<title>T</title><guid isPermaLink="false">https://sample.example/?p=1</guid>')
    assert (read(body).items[0].url, read(body).items[0].guid) == (
        "",
        "https://sample.example/?p=1",
    )


def test_a_repeated_guid_beside_one_of_its_own() -> None:
    """Only the repeated one is worth nothing; the links stay."""
    found = read(rss(item(1, guid="same"), item(2, guid="same"), item(3))).items
    assert [each.guid for each in found] == ["", "", "g3"]
    assert [each.url[-2:] for each in found] == ["1/", "2/", "3/"]


MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"'


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        (
            f'<media:thumbnail {MEDIA} url="/t.jpg"/>'
            f'<media:content {MEDIA} url="/s" width="90" medium="image"/>'
            f'<media:content {MEDIA} url="/l" width="900" medium="image"/>',
            "https://sample.example/l",
        ),
        (
            f'<media:group {MEDIA}><media:thumbnail url="/t"/></media:group>',
            "https://sample.example/t",
        ),
        ('<enclosure url="/a.mp3" type="audio/mpeg"/>', ""),
        ('<enclosure url="/a" type="image/jpeg"/>', "https://sample.example/a"),
        ("<image><url>/a</url></image>", "https://sample.example/a"),
        ('<enclosure url="javascript:x.jpg" type="image/jpeg"/>', ""),
    ],
)
def test_pictures(fields: str, wanted: str) -> None:
    """The widest picture of the best kind; sound is none."""
    assert read(rss(item() + fields)).items[0].image == wanted


def test_a_media_title_is_no_headline() -> None:
    """What a picture is called does not replace what the story is called."""
    fields = f"<media:content {MEDIA}><media:title>IMG 1</media:title></media:content>"
    media = f"<media:title {MEDIA}>Picture</media:title>"
    assert read(rss(media + item() + fields)).items[0].headline == "Story 1"
    assert read(rss(media)).items[0].headline == "Picture"


def test_names_and_sections() -> None:
    """Several creators, and the first category of several."""
    dc = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    fields = (
        f"<dc:creator {dc}>Ailsa Drummore</dc:creator><dc:creator {dc}>By Roisin Quill</dc:creator>"
        "<category> </category><category>World</category><category>Sea</category>"
    )
    first = read(rss(item() + fields)).items[0]
    assert first.authors == ("Ailsa Drummore", "Roisin Quill")
    assert first.section == "World"


ATOM = "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='ga'><title>T</title>{}</feed>"
ATOM03 = "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><title>T</title>{}</feed>"


@pytest.mark.parametrize(
    ("form", "title", "wanted"),
    [
        (ATOM, "<title>5 &lt; 6</title>", "5 < 6"),
        (ATOM, "<title type='html'>A &lt;b&gt;B&lt;/b&gt;</title>", "A B"),
        (
            ATOM,
            "<title type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'>A <b>B</b>C</div>"
            "</title>",
            "A BC",
        ),
        (
            ATOM,
            "<title type='xhtml' xmlns:h='http://www.w3.org/1999/xhtml'>"
            "<h:div>A <h:b>B</h:b></h:div></title>",
            "A B",
        ),
        (ATOM, "<title type='application/octet-stream'>QSA8Yj5CPC9iPg==</title>", "A B"),
        (ATOM03, "<title mode='base64' type='text/html'>QSA8Yj5CPC9iPg==</title>", "A B"),
        (ATOM03, "<title mode='base64'>not base64!</title>", "not base64!"),
        (ATOM03, "<title mode='xml'>A <b>B</b></title>", "A B"),
    ],
)
def test_atom_titles(form: str, title: str, wanted: str) -> None:
    """Text, escaped, inline, prefixed and packed titles are the same words."""
    assert (
        read(form.format(f"<entry>{title}<id>1</id></entry>").encode()).items[0].headline == wanted
    )


def test_atom_links_and_dates() -> None:
    """The alternate address, not that of a comment feed; the id or own address for want of one."""
    entries = (
        "<link rel='replies' href='/r'/><link rel='alternate' type='application/json' href='/j'/>"
        "<link href='/a'/><id>x1</id><published>2026-07-08T07:15:00Z</published>"
        "<updated>2026-07-09T07:15:00Z</updated>",
        "<id>https://sample.example/id</id><link rel='self' href='/self.atom'/>",
        "<id>tag:x</id><link rel='self' href='/self.atom'/>",
    )
    body = ATOM.format("".join(f"<entry>{each}</entry>" for each in entries)).encode()
    found = read(body)
    assert [each.url.rpartition("/")[2] for each in found.items] == ["a", "id", "self.atom"]
    first = found.items[0]
    assert first.published is not None and first.updated is not None
    assert (first.published.day, first.updated.day, found.language) == (8, 9, "ga")


RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy='
    '"http://purl.org/rss/1.0/modules/syndication/" xmlns="{}"><channel><title>T</title>'
    "<dc:language>de</dc:language><sy:updatePeriod>hourly</sy:updatePeriod>"
    "<sy:updateFrequency>4</sy:updateFrequency></channel>{}</rdf:RDF>"
)


@pytest.mark.parametrize(
    "space", ["http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/", "urn:our:own"]
)
def test_rdf(space: str) -> None:
    """RSS 1.0, 0.90 and a space of its own: 60 items beside the channel, all with dates."""
    one = (
        '<item rdf:about="https://sample.example/{0}"><title>S{0}</title>'
        "<dc:date>2026-07-08T07:15:00+01:00</dc:date><dc:subject>Sea</dc:subject></item>"
    )
    found = read(RDF.format(space, "".join(one.format(n) for n in range(60))).encode())
    assert (len(found.items), found.title, found.language) == (60, "T", "de")
    assert found.pause == timedelta(minutes=15)
    last = found.items[-1]
    assert (last.url, last.headline, last.section) == ("https://sample.example/59", "S59", "Sea")
    assert last.published is not None and last.published.hour == 6


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("<ttl>30</ttl>", timedelta(minutes=30)),
        ("<ttl> 30 </ttl>", timedelta(minutes=30)),
        ("<ttl>0</ttl>", None),
        ("<ttl>5.5</ttl>", None),
        ("<ttl>99999</ttl>", timedelta(days=1)),
        ("<ttl>" + "9" * 5_000 + "</ttl>", None),
        ("", None),
    ],
)
def test_the_pause_a_feed_asks_for(said: str, wanted: timedelta | None) -> None:
    """Minutes, between one and a day; nonsense is no wish."""
    assert read(rss(item(), channel=said)).pause == wanted


def test_rss_091_with_a_document_type() -> None:
    """Names of letters that an unread document type declares, or the feed's own, are letters."""
    head = (
        '<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
        '"http://my.netscape.com/publish/formats/rss-0.91.dtd"{}>'
    )
    own = ' [<!ENTITY paper "Sample &#38; Post"> <!ENTITY out SYSTEM "file:///etc/passwd">]'
    for inside in ("", own):
        body = head.format(inside).encode() + rss(item(title="Caf&eacute; &paper; &out;"))[21:]
        headline = read(body).items[0].headline
        assert headline.startswith("Café") and "root:" not in headline
    assert read(head.format(' [<!ENTITY p "Post">]').encode() + rss(item(title="&p;"))[21:]).items[
        0
    ].headline == ("Post")


def test_a_parse_can_be_sent_to_another_process() -> None:
    """The function and what it gives can be pickled."""
    found = read(rss(item()))
    assert pickle.loads(pickle.dumps(feed.parse)) is feed.parse
    assert pickle.loads(pickle.dumps(found)) == found


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("<p>One.</p><p>Two.</p>", ("One.", "Two.")),
        ("One.<br><br/>Two.<br>Still two.", ("One.", "Two. Still two.")),
        (
            "<div>One <b>bold</b> <a href='/x'>link</a>.</div>\n  <div>Two.</div>",
            ("One bold link.", "Two."),
        ),
        ("<ul><li>One</li><li>Two</li></ul>", ("• One", "• Two")),
        ("<h2>Head</h2>One &amp; two &lt;b&gt;.", ("Head", "One & two <b>.")),
        ("<figure><img src='x'><figcaption>Caption</figcaption></figure><p>One.</p>", ("One.",)),
        ("<p>One.</p><style>p{}</style><iframe src='x'>no</iframe><p> </p>", ("One.",)),
    ],
)
def test_paragraphs_are_what_a_reader_sees(body: str, wanted: tuple[str, ...]) -> None:
    """Blocks, empty lines, lists and entities; captions, scripts and tags are gone."""
    long = "<p>" + "A sentence to make it long enough to be a text. " * 20 + "</p>"
    content = f"<content:encoded><![CDATA[{long}{body}]]></content:encoded>"
    found = read(rss(item() + content)).items[0]
    assert found.paragraphs[1:] == wanted
