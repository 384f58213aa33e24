"""`digest check --online`: each source fetched once, one failure stopping no other."""

from digest.cli.online import look_at
from digest.model.fetch import Fetched, FetchRequest
from tests.builders import source

FEED = b"""<rss version="2.0"><channel><title>Post</title>
<item><title>Lights back on</title><link>https://sample.example/1</link>
<pubDate>Mon, 16 Mar 2026 06:00:00 GMT</pubDate></item></channel></rss>"""


class FakeFetcher:
    """Answers by the end of the address."""

    async def fetch(self, request: FetchRequest) -> Fetched:
        """The feed, a page that is none, or no answer."""
        if request.url.endswith("feed"):
            return Fetched(url=request.url, status=200, body=FEED, content_type="text/xml")
        if request.url.endswith("page"):
            return Fetched(url=request.url, status=200, body=b"<html><p>Hello</p></html>")
        return Fetched(url=request.url, problem="the host did not answer within 20 s")


async def test_each_source_says_what_it_gives() -> None:
    """Articles and the newest date, or the reason why there are none."""
    names = ("feed", "page", "gone")
    sources = [source(id=name, url=f"https://sample.example/{name}") for name in names]
    feed, page, gone = await look_at(sources, FakeFetcher())
    assert (feed.ok, feed.told) == (True, "1 article, the newest of 16 Mar 2026 06:00 UTC")
    assert (page.ok, gone.ok) == (False, False)
    assert "not a feed" in page.told
    assert gone.told == "the host did not answer within 20 s"
