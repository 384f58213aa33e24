"""Feeds with something wrong: what can be read is read, and the rest is one sentence."""

import json
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.collect import feed, letters
from digest.model.news import Feed, Item
from digest.url import is_web
from tests.rooms.test_collect_feed import ATOM, RDF, item, read, rss


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"<!DOCTYPE html><html><body>Sorry</body></html>", "web page"),
        (b"\xef\xbb\xbf<html><head></head></html>", "web page"),
        (b"plain words", "no feed"),
        (b"<rss><channel><title>x</title><item><title>cut", "cut off"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": [', "cut off"),
        (b"[1, 2]", "no feed"),
        (b"<rss><channel><title>x</title>", "cut off"),
        (b"<sitemapindex></sitemapindex>", "list of sitemaps"),
        (
            b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><p/></html>',
            "web page",
        ),
        (b"<!-- down --><!DOCTYPE HTML PUBLIC 'x'><title>502</title>", "web page"),
        (b"<opml version='2.0'><body><outline xmlUrl='x'/></body></opml>", "list of feeds"),
        (b"<note><to>A</to></note>", "no feed"),
        (b"https://sample.example/1\nhttps://sample.example/2\n", "no feed"),
        (b'{"error": "not found"}', "no JSON Feed"),
        (b'"{', "no feed"),
    ],
)
def test_what_cannot_be_used_says_why(body: bytes, said: str) -> None:
    """One sentence, no items."""
    found = read(body)
    assert said in found.problem
    assert found.items == () and found.problem.endswith(".")


def test_a_quiet_feed_is_no_problem() -> None:
    """A well-formed feed without items is a quiet day."""
    assert read(rss()) == Feed(title="Sample")


def test_a_truncated_feed_gives_its_whole_items() -> None:
    """The item the connection broke in is left out: its link may be half a link."""
    whole = rss(item(1), item(2), item(3))
    found = read(whole[: whole.index(b"https://sample.example/3") + 18])
    assert [each.headline for each in found.items] == ["Story 1", "Story 2"]
    assert found.problem == ""


def test_byte_and_item_caps() -> None:
    """More than 50 MB is refused; of more than 10,000 items the first are read."""
    assert "larger than 50 MB" in read(b"<rss>" + b" " * feed.MAX_BYTES).problem
    many = "".join(f"<item><title>{n}</title></item>" for n in range(feed.MAX_ITEMS + 5))
    found = read(f"<rss><channel><title>T</title>{many}</channel></rss>".encode())
    assert len(found.items) == feed.MAX_ITEMS
    assert found.items[-1].headline == str(feed.MAX_ITEMS - 1)


RUSSIAN = "Паром вышел из порта в полдень, сообщила полиция"
JAPANESE = "首相は火曜日、国会で新しい予算案について説明した。"
KOREAN = "대통령은 화요일 국회에서 새 예산안을 설명했다"
CHINESE = "总统星期二在国会说明了新的预算案，这是他的第一次"
GREEK = "Ο πρόεδρος παρουσίασε την Τρίτη τον νέο προϋπολογισμό"
FRENCH = "Le président a présenté “l’été” à l’Assemblée – déjà"
NONE, XML = "", "text/xml"


@pytest.mark.parametrize(
    ("words", "encoding", "declared", "content_type"),
    [
        (RUSSIAN, "utf-16", NONE, NONE),
        (RUSSIAN, "utf-16-le", NONE, NONE),
        (RUSSIAN, "utf-16-be", "utf-8", NONE),
        (RUSSIAN, "utf-32", NONE, NONE),
        (RUSSIAN, "utf-8", "utf-16", NONE),
        (RUSSIAN, "utf-8-sig", "windows-1251", NONE),
        (RUSSIAN, "utf-8", "koi8-r", "text/xml; charset=iso-8859-1"),
        (RUSSIAN, "koi8-r", "koi8-r", NONE),
        (RUSSIAN, "koi8-r", "KOI8-R", "text/xml; charset=ISO-8859-1"),
        (RUSSIAN, "koi8-r", NONE, NONE),
        (RUSSIAN, "cp1251", "windows-1251", NONE),
        (RUSSIAN, "cp1251", "utf-8", "text/xml; charset=windows-1251"),
        (RUSSIAN, "cp1251", "koi8-r", "application/rss+xml; charset='windows-1251'"),
        (RUSSIAN, "cp1251", "utf-8", NONE),
        (RUSSIAN, "iso8859-5", "nonsense", NONE),
        (JAPANESE, "euc_jp", "EUC-JP", NONE),
        (JAPANESE, "euc_jp", "utf-8", NONE),
        (JAPANESE, "cp932", "Shift_JIS", NONE),
        (JAPANESE, "cp932", NONE, NONE),
        (JAPANESE, "iso2022_jp", "iso-2022-jp", NONE),
        (KOREAN, "cp949", "euc-kr", NONE),
        (KOREAN, "cp949", NONE, NONE),
        (CHINESE, "gb18030", "gb2312", NONE),
        (CHINESE, "gb18030", NONE, NONE),
        (GREEK, "cp1253", NONE, NONE),
        (FRENCH, "cp1252", "utf-8", NONE),
        (FRENCH, "cp1252", "iso-8859-1", NONE),
        (FRENCH, "cp1252", "us-ascii", NONE),
        (FRENCH, "cp1252", NONE, XML),
        (FRENCH, "utf-8", "us-ascii", XML),
    ],
)
def test_encodings(words: str, encoding: str, declared: str, content_type: str) -> None:
    """Marks, declarations and the server's charset, where they disagree, lie or are missing."""
    head = f'<?xml version="1.0" encoding="{declared}"?>' if declared else '<?xml version="1.0"?>'
    text = f"{head}<rss><channel><title>T</title><item>{item(title=words)}</item></channel></rss>"
    found = read(text.encode(encoding), content_type=content_type).items[0]
    assert (found.headline, found.url) == (words, "https://sample.example/1/")


def test_foreign_bytes_among_sound_ones() -> None:
    """One pasted line in the Windows set does not make the rest of a UTF-8 feed unreadable."""
    body = rss(item(1, title="Café “noir”"), item(2, title="HERE"))
    found = read(body.replace(b"HERE", b"caf\xe9 \x93x\x94")).items
    assert [each.headline for each in found] == ["Café “noir”", "café “x”"]


@pytest.mark.parametrize(
    "before",
    [b"\n ", b"\n \xef\xbb\xbf", b"\xef\xbb\xbf\n", b"\x00", b"<!-- by x -->\n", b"Notice: x"],
)
def test_what_stands_before_the_declaration(before: bytes) -> None:
    """A blank line, a mark, a remark or a warning before the first letter stops nothing."""
    assert len(read(before + rss(item(1), item(2))).items) == 2


@pytest.mark.parametrize(
    ("fault", "instead"),
    [
        (b"</rss>", b"</rss>\n<script src='x'></script>"),
        (b"</rss>", b"</rss"),
        (b"</channel></rss>", b""),
        (b"<guid>g1", b"<description><p>One<br>two</description><guid>g1"),
        (b"<title>Story", b"<media:rating>x</media:rating><title>Story"),
        (b"<title>Story 1", b"<title x=y a='b'>Story 1"),
        (b"Story 1<", b"Story 1 <b>bold<"),
        (b"<guid>g1", b"<guid>g1\x00\x0b\xff"),
        (b"?>", b"?><!DOCTYPE html>"),
        (b'<?xml version="1.0"?>', b'<?xml?xml version="1.0" ??>'),
        (b'<?xml version="1.0"?>', b'<?xml version="1.1" encoding="x-user-defined"?>'),
    ],
)
def test_faults_of_real_feeds(fault: bytes, instead: bytes) -> None:
    """Both items are there, with their links, whatever was wrong around them."""
    good = rss(item(1), item(2))
    assert fault in good
    found = read(good.replace(fault, instead, 1))
    assert [each.url for each in found.items] == [f"https://sample.example/{n}/" for n in (1, 2)]
    assert all(each.headline.startswith("Story") for each in found.items[1:])


def test_an_address_in_a_broken_feed_stays_whole() -> None:
    """In tag soup, too, "&copy=3" belongs to the address."""
    soup = (
        b"<rss><channel><title>x</title><item><description><p>A<br>B</description>"
        b"<link>https://e.example/?a=1&copy=3</link></item></channel></rss>"
    )
    assert read(soup).items[0].url == "https://e.example/?a=1&copy=3"


SOUP = b"><title>x</b></item></channel></rss>"


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><channel><item " + b" ".join(b'a%d="1"' % n for n in range(200_000)) + SOUP,
        b"<rss><channel><item>" + b"<b>" * 200_000 + SOUP,
        b"<rss><channel><item>" + b"<b>" * 9_000 + SOUP,
        b"<rss><channel>" + b"<item><title>x</b></item>" * 30_000 + SOUP,
        b"<rss><channel><item><title>" + b"&" * 300_000 + b"</item>",
        b"<" * 300_000,
        b"<!--" * 100_000,
        b"<![CDATA[" * 100_000,
        b"<rss><channel><item><title>x</title></item>" + b"</item>" * 100_000,
        b'{"items": [' + b"[" * 200_000,
        b"<!DOCTYPE x [" + b'<!ENTITY a "b">' * 50_000 + b"]><rss><channel/></rss>",
    ],
    ids=lambda body: body[:24].decode(),
)
def test_bytes_made_to_take_for_ever(body: bytes) -> None:
    """Attributes, depth, items, ampersands and openings without end give an answer."""
    assert len(read(body).items) <= feed.MAX_ITEMS


def test_attributes_without_end_do_not_hide_the_item() -> None:
    """A patient parser never sees them, and the item is read."""
    many = " ".join(f'a{n}="1"' for n in range(50_000))
    item = f"<item {many}><link>https://e.example/</link><description>a<p>b</description></item>"
    soup = f"<rss><channel>{item}</channel></rss>"
    assert read(soup.encode()).items[0].url == "https://e.example/"


def test_json_feed() -> None:
    """JSON Feed items like any other."""
    body = json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "J",
            "items": [
                {
                    "id": "1",
                    "url": "https://sample.example/1",
                    "title": "Ferry fares",
                    "content_html": "<p>Repaid.</p>",
                    "date_published": "2026-07-08T07:15:00+01:00",
                    "authors": [{"name": "Roisin Quill"}],
                }
            ],
        }
    ).encode()
    first = read(body).items[0]
    assert (first.headline, first.authors) == ("Ferry fares", ("Roisin Quill",))
    assert first.published is not None and first.published.hour == 6


def test_entities_that_reach_out_or_explode_do_nothing() -> None:
    """No file is read and no memory filled by a document type."""
    bomb = b'<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "' + b"&a;" * 10 + b'">]>'
    for declared in (bomb, b'<!DOCTYPE r [<!ENTITY b SYSTEM "file:///etc/passwd">]>'):
        body = b'<?xml version="1.0"?>' + declared + rss(item(title="x &b; y"))[21:]
        for each in read(body).items:
            assert "root:" not in each.headline
            assert len(each.headline) < 200


JSON = {
    "version": "https://jsonfeed.org/version/1",
    "title": "J",
    "language": "en-IE",
    "home_page_url": "https://sample.example/home/",
    "items": [
        {
            "id": 7,
            "url": "../story",
            "title": "5 < 6 & so on",
            "content_text": "One <b>line</b>.\n\n" + "Many words stand here. " * 40,
            "author": {"name": "Roisin Quill"},
            "date_modified": "2026-07-08T07:15:00",
            "tags": ["", "Sea"],
            "image": "/i.png",
        },
        "no item",
        {"id": "https://sample.example/only-an-id", "summary": "Short."},
    ],
}


def test_json_feed_10_with_relative_addresses() -> None:
    """Numbers as ids, one author, plain text kept plain, an id that is an address."""
    found = read(json.dumps(JSON).encode(), zone="Europe/Dublin")
    first, second = found.items
    assert (found.title, found.language) == ("J", "en-IE")
    assert (first.url, first.guid, first.headline) == (
        "https://sample.example/story",
        "7",
        "5 < 6 & so on",
    )
    assert first.authors == ("Roisin Quill",) and first.section == "Sea"
    assert first.image == "https://sample.example/i.png"
    assert "One <b>line</b>." in first.paragraphs
    assert first.published == first.updated is not None and first.updated.hour == 6
    assert (second.url, second.standfirst) == ("https://sample.example/only-an-id", "Short.")


def test_a_json_feed_that_is_cut_off_gives_its_whole_items() -> None:
    """The item the connection broke in is left out."""
    body = json.dumps(JSON).encode()
    found = read(body[: body.index(b"no item") + 3])
    assert [each.guid for each in found.items] == ["7"] and found.problem == ""


def sound(found: Feed) -> None:
    """What holds of every feed, whatever it was read from."""
    assert isinstance(found, Feed)
    assert found.items == () or found.problem == ""
    for place, each in enumerate(found.items):
        assert isinstance(each, Item) and each.place == place
        assert all(address == "" or is_web(address) for address in (each.url, each.image))
        assert "<b>" not in each.headline and "<script" not in each.headline
        assert "javascript:" not in each.url + each.image
        for moment in (each.published, each.updated):
            assert moment is None or moment.utcoffset() == timedelta()


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_break_it(noise: bytes) -> None:
    """Noise, alone or inside a feed, gives a value."""
    for body in (noise, b"<rss><channel>" + noise + b"</channel></rss>", b"{" + noise):
        sound(read(body))


PIECES = st.sampled_from(
    "<rss> <feed> <rdf:RDF> <channel> </channel> <item> </item> <entry> </entry> <title> </title>"
    " <link> </link> <link/href='/x'/> <guid> </guid> <description> <pubDate> <![CDATA[ ]]> <!--"
    " --> & &amp; &lt;b&gt; &copy=3 &#0; &#x110000; <b> </b> <script> javascript:x https://e.example/"
    ' <?xml <!DOCTYPE [ ]> <!ENTITY " \' > < \ufffe \x00 2026-07-08 {} {"items":[{ }]}'.split(" ")
    + [" ", "xmlns:a='u'", "<urlset>", "<url><loc>", "<sitemapindex><sitemap><loc>"]
)


@settings(max_examples=250, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_no_pieces_of_feeds_break_it(pieces: list[str]) -> None:
    """Tags, entities and declarations in any order give a value."""
    sound(read("".join(pieces).encode("utf-8", "surrogatepass")))


def test_names_no_document_could_hold_break_nothing() -> None:
    """What recovery makes of a damaged prefix is still read."""
    broken = RDF.format("http://purl.org/rss/1.0/", "<item><title>A</title><link>/a</link></item>")
    for damage in ("<sy: updatePeriod>", "<sy:\x01pdatePeriod>", "<:>", "<1:2>"):
        sound(read(broken.replace("<sy:updatePeriod>", damage).encode()))


GOOD = (
    rss(item(1, pubDate="Wed, 08 Jul 2026 07:15:00 IST"), item(2, description="&lt;b&gt;x")),
    ATOM.format(
        "<entry><title type='html'>&lt;b&gt;A</title><id>1</id><link href='/a'/></entry>"
    ).encode(),
    RDF.format("http://purl.org/rss/1.0/", "<item><title>A</title><link>/a</link></item>").encode(),
    json.dumps(JSON).encode(),
)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(GOOD),
    st.lists(
        st.tuples(st.integers(0, 10_000), st.integers(0, 12), st.binary(max_size=6)), max_size=6
    ),
)
def test_no_change_of_a_good_feed_breaks_it(
    good: bytes, changes: list[tuple[int, int, bytes]]
) -> None:
    """Bytes cut out and put in anywhere give a value."""
    for at, length, instead in changes:
        at %= len(good) + 1
        good = good[:at] + instead + good[at + length :]
    sound(read(good))


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2_000))
def test_wherever_a_feed_breaks_off_its_whole_items_are_read(at: int) -> None:
    """The items are the first of the whole feed's, and none is half an item."""
    whole = rss(*(item(n, description="x" * 40) for n in range(1, 9)))
    urls = [each.url for each in read(whole).items]
    found = read(whole[: at % len(whole)])
    assert [each.url for each in found.items] == urls[: len(found.items)]
    assert len(found.items) == whole[: at % len(whole)].count(b"</item>")


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80), st.sampled_from(["utf-8", "utf-16", "cp1251", "koi8-r", "euc_jp", ""]))
def test_any_text_can_be_decoded(text: str, declared: str) -> None:
    """Whatever is declared, UTF-8 is read as what it is, and nothing raises."""
    body = text.encode("utf-8", "surrogatepass")
    decoded = letters.decode(f'<?xml encoding="{declared}"?><a>'.encode() + body + b"</a>")
    if "\ufeff" not in text and not any("\ud800" <= char <= "\udfff" for char in text):
        assert decoded == f"<a>{text}</a>"
