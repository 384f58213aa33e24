"""`digest sources` as an editor types it, against a site on loopback with several feeds."""

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest.app import App
from digest.cli import command
from digest.model.news import SourceState

AT = "2026-03-16T07:00:00+00:00"


def rss(title: str, *headlines: str) -> bytes:
    """A feed of these headlines."""
    items = "".join(
        f"<item><title>{headline}</title><link>/news/{number}/</link>"
        f"<pubDate>Mon, 16 Mar 2026 0{number}:00:00 GMT</pubDate></item>"
        for number, headline in enumerate(headlines, 1)
    )
    return (
        f"<rss version='2.0'><channel><title>{title}</title><language>en-ie</language>"
        f"{items}</channel></rss>"
    ).encode()


LINK = '<link rel="alternate" type="application/rss+xml" title="{}" href="{}">'
HOME = (
    "<html><head>"
    + LINK.format("Comments", "/comments/feed/")
    + LINK.format("Harbour Post", "/feed/")
    + LINK.format("Harbour Post sport", "/sport/feed/")
    + "</head><body>Hello</body></html>"
).encode()
STORIES = "".join(
    f'<a href="/news/2026/03/{n}/ferry-runs-again-{n}">Ferry number {n} runs again today</a>'
    for n in range(10, 16)
)
PLACES = {
    "/": HOME,
    "/feed/": rss("Harbour Post", "Lights back on", "Ferry runs again", "Rain, then sun"),
    "/sport/feed/": rss("Harbour Post sport", "Cup goes to Sorrisdale"),
    "/single": b"<html><head>" + LINK.format("One", "/feed/").encode() + b"</head></html>",
    "/bare/": f"<html><body>{STORIES}</body></html>".encode(),
}


class Site(ThreadingHTTPServer):
    """A site on loopback that counts its visits."""

    visits: Counter[str]
    places: dict[str, bytes]

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_address[1]}"


class Answers(BaseHTTPRequestHandler):
    """What stands in the places, else 404."""

    server: Site

    def do_GET(self) -> None:
        """One answer."""
        self.server.visits[self.path] += 1
        body = self.server.places.get(self.path)
        self.send_response(200 if body is not None else 404)
        html = body is not None and body.startswith(b"<html")
        self.send_header("Content-Type", "text/html" if html else "application/rss+xml")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@contextmanager
def serving() -> Iterator[Site]:
    """The site while it is needed."""
    with Site(("127.0.0.1", 0), Answers) as site:
        site.visits = Counter()
        site.places = dict(PLACES)
        site.daemon_threads = True
        thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield site
        finally:
            site.shutdown()
            thread.join()


@pytest.fixture
def site() -> Iterator[Site]:
    """A fresh one for each test."""
    with serving() as made:
        yield made


PATTERN = r"/news/\d{4}/\d{2}/\d{2}/[^/]+"

CONFIG = """\
# Our own file.
site: {name: P, url: "https://post.example", timezone: UTC, postal_address: A street}
sources:   # what we read
  - {id: s, url: "https://example.org/feed", every: 10m}   # the first
  # - {id: old, url: "https://old.example/feed"}

newsletters: [{id: m, title: N, schedule: "daily 07:00"}]   # one
mail: {from: "P <n@example.org>", relay: "maildir:out"}
collecting: {intranet: [127.0.0.1]}
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A commented file with one source."""
    path = tmp_path / "config.yaml"
    path.write_text(CONFIG, "utf-8")
    return path


def run(config: Path, *words: str, stdin: bytes | BytesIO = b"") -> Result:
    """The command with its words, at a fixed time."""
    words = ("--at", AT, "-c", str(config), "sources", *words)
    return CliRunner().invoke(command, words, input=stdin)


def added(config: Path) -> list[str]:
    """The lines that are not in the file as it was; all that was there must be."""
    before, after = CONFIG.splitlines(), config.read_text("utf-8").splitlines()
    new = [line for line in after if line not in before]
    assert [line for line in after if line in before] == before
    return new


def test_the_only_feed_of_a_page_is_added_with_a_sample(config: Path, site: Site) -> None:
    """One GET for the page and one for its feed; a single new line, in its neighbours' style."""
    done = run(config, "add", f"{site.url}/single", "--section", "Ireland", "--every", "15m")
    assert done.exit_code == 0, done.output
    assert "“Harbour Post”: 3 articles, the newest of 16 Mar 2026 03:00 UTC" in done.stdout
    assert "- Lights back on" in done.stdout
    assert added(config) == [
        f'  - {{id: harbour-post, url: "{site.url}/feed/", every: 15m, section: Ireland,'
        " name: Harbour Post}"
    ]
    assert site.visits == {"/single": 1, "/feed/": 1}
    assert run(config, "list").exit_code == 0


def test_several_good_feeds_are_shown_and_none_is_taken_unasked(config: Path, site: Site) -> None:
    """Where nobody can be asked; --yes takes the first, and the feed of comments never."""
    done = run(config, "add", site.url)
    assert done.exit_code == 2
    assert "1  " in done.stdout and "2  " in done.stdout and "/comments/" not in done.stdout
    assert "2 feeds are good and none was chosen; nothing was written" in done.stderr
    assert added(config) == []
    assert run(config, "add", site.url, "--yes", "--id", "hp").exit_code == 0
    assert [line.split(",")[0] for line in added(config)] == ["  - {id: hp"]
    again = run(config, "add", site.url, "--yes")
    assert again.exit_code == 0
    assert "/sport/feed/" in added(config)[1]


class Terminal(BytesIO):
    """Keys an editor presses."""

    def isatty(self) -> bool:
        """Somebody is there."""
        return True


def test_an_editor_at_a_terminal_is_asked(config: Path, site: Site) -> None:
    """By number; 0 writes nothing."""
    none = run(config, "add", site.url, stdin=Terminal(b"0\n"))
    assert (none.exit_code, added(config)) == (2, [])
    assert run(config, "add", site.url, stdin=Terminal(b"2\n")).exit_code == 0
    assert "/sport/feed/" in added(config)[0]


def test_a_dry_run_shows_the_lines_and_writes_none(config: Path, site: Site) -> None:
    """As diff shows them."""
    done = run(config, "add", f"{site.url}/feed/", "--dry-run")
    assert done.exit_code == 0
    assert f'+  - {{id: harbour-post, url: "{site.url}/feed/", name: Harbour Post}}' in done.stdout
    assert [line for line in done.stdout.splitlines() if line.startswith("-  ")] == []
    assert config.read_text("utf-8") == CONFIG
    assert [path.name for path in config.parent.iterdir() if "config" in path.name] == [
        "config.yaml"
    ]


def test_add_gives_json(config: Path, site: Site) -> None:
    """Everything that was found, and what was added."""
    shown = json.loads(run(config, "add", site.url, "--json", "--yes").stdout)
    assert [each["articles"] for each in shown["good"]] == [3, 1]
    assert shown["added"]["url"] == f"{site.url}/feed/"
    assert shown["refused"] == [
        {"url": f"{site.url}/comments/feed/", "because": "it lists readers' comments, not articles"}
    ]
    assert shown["because"] == "" and shown["listing"] is None
    site.places["/two"] = HOME.replace(b"/feed/", b"/2/feed/")
    site.places |= {"/2/feed/": PLACES["/feed/"], "/sport/2/feed/": PLACES["/sport/feed/"]}
    several = run(config, "add", f"{site.url}/two", "--json")
    assert several.exit_code == 2 and json.loads(several.stdout)["added"] is None


def test_a_site_without_a_feed_is_told_how_its_page_can_be_the_source(
    config: Path, site: Site
) -> None:
    """The pattern, three headlines, and the command to take it."""
    site.places = {"/bare/": PLACES["/bare/"]}
    done = run(config, "add", f"{site.url}/bare/", "--yes")
    assert done.exit_code == 1
    assert "no feed was found at 127.0.0.1; nothing was written" in done.stderr
    assert "10 usual addresses give no feed either" in done.stderr
    assert f"--links '{PATTERN}'" in done.stderr
    assert "- Ferry number 10 runs again today" in done.stderr
    assert added(config) == []


def test_a_page_is_added_with_the_pattern_of_its_links(config: Path, site: Site) -> None:
    """As a source whose links that match are its articles."""
    taken = run(config, "add", f"{site.url}/bare/", "--links", PATTERN)
    assert taken.exit_code == 0, taken.output
    assert "6 articles" in taken.stdout
    assert f"links: {json.dumps(PATTERN)}" in added(config)[0]
    assert run(config, "list").exit_code == 0
    none = run(config, "add", f"{site.url}/single", "--links", "/nowhere/")
    assert none.exit_code == 1


def test_what_cannot_be_added_changes_nothing(config: Path, site: Site) -> None:
    """A doubled id, an address that is there, no web address, a wrong length of time."""
    wrong = {
        ("add", site.url, "--id", "s"): "is there already; name another",
        ("add", "https://example.org/feed/"): "is collected from already, as 's'",
        ("add", "file:pasted.txt"): "is no web address",
        ("add", site.url, "--every", "5"): "has no unit",
        ("add", f"{site.url}/feed/", "--id", "Not An Id"): "is no id",
    }
    for words, said in wrong.items():
        done = run(config, *words)
        assert done.exit_code == 2 and said in done.stderr, done.output
    assert config.read_text("utf-8") == CONFIG
    mistyped = run(config, "add", f"{site.url}/nothing")
    assert mistyped.exit_code == 2 and "elsewhere 1 feed is good" in mistyped.stderr
    site.places = {}
    assert run(config, "add", f"{site.url}/nothing", "--yes").exit_code == 1
    assert config.read_text("utf-8") == CONFIG


def test_the_first_source_goes_into_a_file_without_any(config: Path, site: Site) -> None:
    """`sources: []` is faulty for every other command; here it is where one begins."""
    bare = CONFIG.replace(
        '  - {id: s, url: "https://example.org/feed", every: 10m}   # the first\n', ""
    )
    config.write_text(bare, "utf-8")
    assert run(config, "list").exit_code == 78
    assert run(config, "add", f"{site.url}/feed/").exit_code == 0
    assert run(config, "list").exit_code == 0
    assert "sources:   # what we read\n  - {id: harbour-post" in config.read_text("utf-8")


def remember(config: Path, **state: object) -> None:
    """Put down what collecting would have learned of the source."""
    app = App.load(str(config))
    url = "https://example.org/feed"
    kept = replace(SourceState(source_id="s", url=url), **state)
    app.house.store.sources.save([kept])
    app.close()


def test_list_show_and_resume(config: Path) -> None:
    """A muted source is told with its reason until an editor lifts it."""
    assert "s: 0 articles in 24 hours; never asked; due now: it was never fetched" in (
        run(config, "list").stdout
    )
    remember(config, muted="it is gone for good (410)", failures=3, because="gone (410)")
    listed = run(config, "list").stdout
    assert "not until you resume it: it is gone for good (410)" in listed
    (shown,) = json.loads(run(config, "list", "--json").stdout)["sources"]
    assert shown["muted"] == "it is gone for good (410)" and shown["failures"] == 3
    done = run(config, "resume", "s")
    assert done.stdout.startswith("s: was muted (it is gone for good (410)); it is fetched")
    assert "due now" in run(config, "show", "s").stdout
    assert json.loads(run(config, "show", "s", "--json").stdout)["latest"] == []
    assert run(config, "resume", "t").exit_code == 2


def test_move_writes_the_address_it_has_moved_to(config: Path) -> None:
    """Only that address changes, comment and quotation marks stay; what was learned stays too."""
    assert "has not moved" in run(config, "move", "s").stderr
    remember(config, address="https://new.example/feed?a=1#b", etag="kept")
    dry = run(config, "move", "s", "--dry-run")
    assert '+  - {id: s, url: "https://new.example/feed?a=1#b", every: 10m}' in dry.stdout
    assert config.read_text("utf-8") == CONFIG
    assert run(config, "move", "s").exit_code == 0
    assert config.read_text("utf-8") == CONFIG.replace(
        "https://example.org/feed", "https://new.example/feed?a=1#b"
    )
    assert "has not moved" in run(config, "move", "s").stderr
    app = App.load(str(config))
    assert app.house.store.sources.states()["s"].etag == "kept"
    app.close()


OPML = b"""<?xml version="1.0"?><opml version="2.0"><head><title>Ours</title></head><body>
<outline text="Sport"><outline type="rss" text="Cup &amp; league" xmlUrl="https://c.example/rss"/></outline>
<outline text="The first" xmlUrl="http://www.example.org/feed/"/>
<outline text="Odd" xmlUrl="javascript:alert(1)"/>
<outline text="Secret" xmlUrl="https://me:pw@d.example/rss"/></body></opml>"""


def test_import_adds_what_is_not_there_yet(config: Path, tmp_path: Path) -> None:
    """Folders become sections; what is there, or cannot be taken, is told; again nothing is new."""
    file = tmp_path / "feeds.opml"
    file.write_bytes(OPML)
    dry = run(config, "import", str(file), "--dry-run")
    assert "+  - {id: c," in dry.stdout and config.read_text("utf-8") == CONFIG
    done = run(config, "import", str(file))
    assert done.exit_code == 4
    assert done.stdout.splitlines() == [
        "1 new, 1 there already, 2 left out",
        "c: https://c.example/rss",
        "The first: is there already, as s",
        "Odd: left out, 'javascript:alert(1)' is no web address",
        "Secret: left out, a web address here may hold no user name or password",
    ]
    assert added(config) == [
        '  - {id: c, url: "https://c.example/rss", section: Sport, name: "Cup & league"}'
    ]
    again = json.loads(run(config, "import", "-", "--json", stdin=OPML).stdout)
    assert again["new"] == [] and len(again["there"]) == 2
    assert run(config, "import", "-", stdin=b"no opml").exit_code == 2


def test_export_brings_back_the_same_sources(config: Path, tmp_path: Path) -> None:
    """To stdout or a new file; a config of the same site that imports it means the same."""
    run(config, "import", "-", stdin=OPML)
    out = tmp_path / "out.opml"
    assert run(config, "export", str(out)).exit_code == 0
    assert run(config, "export", str(out)).exit_code == 2
    assert run(config, "export").stdout.encode() == out.read_bytes()
    other = tmp_path / "other" / "config.yaml"
    other.parent.mkdir()
    other.write_text(
        CONFIG.replace('id: s, url: "https://example.org', 'id: x, url: "https://x.example')
    )
    assert run(other, "import", str(out)).exit_code == 0
    before, after = App.load(str(config)), App.load(str(other))
    assert after.house.settings.sources[1:] == before.house.settings.sources
    before.close()
    after.close()
