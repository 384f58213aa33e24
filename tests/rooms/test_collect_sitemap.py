"""Sitemaps: news, plain, and the index of them."""

from datetime import UTC, datetime

from digest.collect import feed
from digest.collect.sitemap import MOST_FURTHER
from digest.model.news import Feed

URL = "https://sample.example/sitemap.xml"
HEAD = (
    '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">'
)
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def read(text: str, zone: str = "UTC") -> Feed:
    """The sitemap at the usual address."""
    return feed.parse(text.encode(), url=URL, zone=zone)


def news(number: int, published: str = "2026-07-08T07:15:00+01:00", more: str = "") -> str:
    """One page of a news sitemap."""
    return (
        f"<url><loc>/{number}</loc><image:image><image:title>A picture</image:title>"
        f"<image:loc>/{number}.jpg</image:loc></image:image><news:news><news:publication>"
        "<news:name>Sample</news:name><news:language>ga</news:language></news:publication>"
        f"<news:publication_date>{published}</news:publication_date>"
        f"<news:keywords>Sea, Ferry</news:keywords>"
        f"<news:title>Ferry {number} &amp; more</news:title></news:news>{more}</url>"
    )


def test_a_news_sitemap_gives_articles() -> None:
    """Address, headline, date, picture and language; a picture's title is no headline."""
    found = read(f"{HEAD}{news(1, more='<lastmod>2026-07-09</lastmod>')}</urlset>", "Europe/Dublin")
    first = found.items[0]
    assert (first.url, first.headline) == ("https://sample.example/1", "Ferry 1 & more")
    assert first.published == datetime(2026, 7, 8, 6, 15, tzinfo=UTC)
    assert first.updated == datetime(2026, 7, 8, 23, 0, tzinfo=UTC)
    assert (first.image, found.language) == ("https://sample.example/1.jpg", "ga")
    assert first.section == "" and found.problem == ""


def test_the_newest_pages_come_first() -> None:
    """A sitemap promises no order; the undated come last, in theirs."""
    dates = ("2026-07-08", "2026-07-10", "", "2026-07-09", "")
    text = "".join(news(number, date) for number, date in enumerate(dates))
    found = read(f"{HEAD}{text}</urlset>")
    assert [each.url[-1] for each in found.items] == ["1", "3", "0", "2", "4"]
    assert [each.place for each in found.items] == [0, 1, 2, 3, 4]


def test_a_plain_sitemap_has_no_dates_of_publication() -> None:
    """An old page that was touched today is no news of today."""
    found = read(
        f"{HEAD}<url><loc>https://a.example/1</loc><lastmod>2026-07-09</lastmod></url></urlset>"
    )
    first = found.items[0]
    assert (first.headline, first.published) == ("", None)
    assert first.updated == datetime(2026, 7, 9, tzinfo=UTC)


def test_only_web_addresses_survive() -> None:
    """A page that lies nowhere on the web has no address."""
    found = read(f"{HEAD}<url><loc>javascript:x</loc></url><url/></urlset>")
    assert [each.url for each in found.items] == ["", ""]


def test_more_pages_than_anybody_reads() -> None:
    """The newest 10,000 are read, wherever they stand."""
    text = "".join(
        f"<url><loc>/{n}</loc><lastmod>{2000 + n // 5_000}-01-01</lastmod></url>"
        for n in range(feed.MAX_ITEMS + 5_000)
    )
    found = read(f"{HEAD}{text}</urlset>")
    assert len(found.items) == feed.MAX_ITEMS
    assert found.items[0].url == "https://sample.example/10000"


def sitemaps(*listed: tuple[str, str]) -> str:
    """An index of sitemaps, each with the date of its last change."""
    text = "".join(
        f"<sitemap><loc>{loc}</loc>{f'<lastmod>{date}</lastmod>' if date else ''}</sitemap>"
        for loc, date in listed
    )
    return f"<sitemapindex {SPACE}>{text}</sitemapindex>"


def test_an_index_tells_its_sitemaps_the_latest_first() -> None:
    """The undated come last, those called news before the others; each once, none to nowhere."""
    found = read(
        sitemaps(
            ("/old.xml", "2026-07-01"),
            ("/plain.xml", ""),
            ("/news.xml", ""),
            ("/new.xml", "2026-07-08T07:15:00Z"),
            ("/new.xml", "2026-07-08T07:15:00Z"),
            ("file:///etc/passwd", "2026-07-09"),
            (URL, "2026-07-09"),
        )
    )
    assert [each.rpartition("/")[2] for each in found.further] == [
        "new.xml",
        "old.xml",
        "news.xml",
        "plain.xml",
    ]
    assert found.items == () and found.problem == ""


def test_an_index_of_thousands_is_cut() -> None:
    """The archive of a paper is not fetched."""
    found = read(sitemaps(*((f"/{n}.xml", f"20{n:02}-01-01") for n in range(99))))
    assert len(found.further) == MOST_FURTHER
    assert found.further[0] == "https://sample.example/98.xml"


def test_an_index_that_is_cut_off() -> None:
    """What it listed before is listed, or it is a problem."""
    whole = sitemaps(("/a.xml", ""), ("/b.xml", ""))
    found = read(whole[: whole.index("/b.xml")])
    assert (found.further, found.problem) == (("https://sample.example/a.xml",), "")
    assert "cut off" in read(f"<sitemapindex {SPACE}>").problem
    assert "names none" in read(sitemaps()).problem


def test_a_sitemap_that_is_cut_off_gives_its_whole_pages() -> None:
    """The page the connection broke in is left out."""
    whole = f"{HEAD}{news(1)}{news(2)}</urlset>"
    found = read(whole[: whole.index("Ferry 2")])
    assert [each.url for each in found.items] == ["https://sample.example/1"]
