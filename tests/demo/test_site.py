"""The sample newsroom as a site: every page is there, dates run up to now."""

from datetime import UTC, datetime, timedelta

import aiohttp
from lxml import etree

from digest.demo.site import FEEDS, Site, documents, newest_first

NOW = datetime(2026, 3, 16, 7, 0, 30, 123, tzinfo=UTC)


def test_every_page_is_named_once() -> None:
    """The 88 articles stand in one order, without a gap or a repetition."""
    paths = newest_first()
    assert len(paths) == len(set(paths)) == 88


def test_dates_run_up_to_now() -> None:
    """The newest article is minutes old and none is older than two days."""
    found = documents(NOW, "http://127.0.0.1:1")
    root = etree.fromstring(found["/feeds/all.atom"].content)
    dates = [
        datetime.fromisoformat(e.text) for e in root.iter("{http://www.w3.org/2005/Atom}published")
    ]
    assert len(dates) == 88
    assert NOW - max(dates) < timedelta(minutes=20)
    assert NOW - min(dates) < timedelta(days=2)


def test_pages_and_feeds_agree_on_the_date() -> None:
    """A page's own date is the one its feed gives."""
    found = documents(NOW, "http://127.0.0.1:1")
    path = newest_first()[0]
    stamp = (NOW.replace(microsecond=0) - timedelta(minutes=17)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert found[path].content.decode().count(stamp) >= 3


def test_feeds_lead_to_loopback_and_pages_stay_canonical() -> None:
    """Links in feeds can be fetched here, while each page names the paper's own address."""
    found = documents(NOW, "http://127.0.0.1:1")
    for name in FEEDS:
        assert (
            b"<link>https://sample.example"
            not in found[f"/feeds/{name}"].content.partition(b"<item>")[2]
        )
    assert b'rel="canonical" href="https://sample.example/' in found[newest_first()[0]].content


async def test_the_site_answers_conditional_requests() -> None:
    """A second request with the ETag costs no body."""
    async with Site(NOW) as site, aiohttp.ClientSession() as client:
        async with client.get(site.url + "/feeds/world.xml") as answer:
            assert answer.status == 200
            etag = answer.headers["ETag"]
        async with client.get(
            site.url + "/feeds/world.xml", headers={"If-None-Match": etag}
        ) as answer:
            assert answer.status == 304
        async with client.get(site.url + "/nowhere") as answer:
            assert answer.status == 404
