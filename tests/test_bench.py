"""The benches' own arithmetic, and the server that `bench collect` measures on."""

import json
from pathlib import Path

import aiohttp
import pytest
from click.testing import CliRunner

from digest.app.build import read_settings
from digest.bench import collect, collect_ours, nginx
from digest.bench.collect import Measured
from digest.bench.nginx import Nginx, Visit
from digest.cli.bench import BENCHES, command, measured
from digest.cli.frame import Frame
from digest.errors import UsageError
from tests.conftest import absent

RSS = b"<?xml version='1.0'?><rss version='2.0'><channel><title>Post</title></channel></rss>"
ATOM = b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title></feed>'
JSON = b'\n {"version": "https://jsonfeed.org/version/1.1", "items": []}'


def visit(status: int, path: str = "/f/000.rss", address: str = "127.0.0.1") -> Visit:
    """One line of the log."""
    return Visit(status=status, address=address, path=path, agent="test")


def row(**changes: float) -> Measured:
    """Any measurement."""
    counts = {"failed": 0, "articles": 9, "listed": 10}
    rates = {"cold": 50.0, "quiet": 5000.0, "cold_wall": 4.0, "quiet_wall": 0.1, "unchanged": 1.0}
    return Measured(**{**counts, **rates, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(("body", "found"), [(RSS, "rss"), (ATOM, "atom"), (JSON, "json")])
def test_a_feed_gets_the_ending_of_its_kind(body: bytes, found: str) -> None:
    """From it the server tells the media type, and the peer chooses its parser."""
    assert collect.ending(body) == found


def test_feeds_are_laid_out_plain_and_packed(tmp_path: Path) -> None:
    """Each has a path of its own, with its gzip beside it."""
    assert collect.write_feeds([RSS, ATOM], tmp_path) == ["/f/000.rss", "/f/001.atom"]
    assert sorted(p.name for p in (tmp_path / "f").iterdir()) == [
        *("000.rss", "000.rss.gz", "001.atom", "001.atom.gz")
    ]
    assert (tmp_path / "f" / "000.rss").read_bytes() == RSS


def test_only_later_visits_count_as_unchanged() -> None:
    """The first visit to each feed is the cold one; a host's own paths are told apart."""
    assert collect.unchanged_part([visit(200), visit(200, address="127.0.0.2")]) == 0
    once = [visit(200), visit(200, "/f/001.rss")]
    assert collect.unchanged_part([*once, visit(304), visit(200, "/f/001.rss")]) == 0.5
    assert collect.unchanged_part([*once, visit(304), visit(304, "/f/001.rss")]) == 1


def test_rates_are_feeds_by_seconds_of_the_processor() -> None:
    """The cold pass stands alone; of the others the median counts."""
    passes = [{"cpu": 4.0, "wall": 5.0, "failed": 3}]
    passes += [{"cpu": cpu, "wall": cpu * 2, "failed": 0} for cpu in (0.5, 9.0, 0.25)]
    answer: dict[str, object] = {"passes": passes, "articles": 7, "listed": 8}
    found = collect.measured(answer, [visit(200), visit(304)], 200)
    assert (found.cold, found.quiet) == (50, 400)
    assert (found.cold_wall, found.quiet_wall, found.failed) == (5, 1, 3)
    assert (found.articles, found.listed, found.unchanged) == (7, 8, 1)


def test_medians_are_taken_field_by_field() -> None:
    """One round that was disturbed moves nothing."""
    found = collect.medians([row(cold=1.0), row(cold=50.0, quiet=1.0), row(cold=60.0)])
    assert (found.cold, found.quiet) == (50, 5000)


def test_without_its_data_the_bench_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No figure is made up: one sentence tells what is missing."""
    monkeypatch.setenv("DIGEST_SHARED", str(tmp_path))
    said: list[str] = []
    figures = collect.run(said.append)
    assert list(figures) == ["skipped"]
    assert said == [figures["skipped"]]
    assert "nothing measured" in said[0]


@pytest.mark.shared
def test_two_hundred_feeds_are_found(shared: Path) -> None:
    """The real ones and enough of the replay, no two of them alike."""
    feeds = collect.chosen_feeds(shared / "data")
    assert len(feeds) == len(set(feeds)) == collect.FEEDS


def test_our_configuration_takes_what_feeds_say(tmp_path: Path) -> None:
    """As the peer does: no article pages, every item, loopback allowed."""
    path = tmp_path / "config.yaml"
    path.write_text(collect_ours.config(["http://127.0.0.1:8/f/000.rss"]), "utf-8")
    settings = read_settings(str(path), {})
    assert [(s.id, s.pages) for s in settings.sources] == [("f000", False)]
    assert settings.collecting.intranet == ("127.0.0.0/8",)
    assert settings.collecting.items == collect_ours.ITEMS


def test_processes_that_processes_started_are_counted() -> None:
    """A workshop's process may have started another; strangers are none of ours."""
    stats = {2: (1, 10), 3: (2, 20), 4: (9, 40), 5: (1, 80)}
    assert dict(collect_ours.descendants(1, stats)) == {2: 10, 3: 20, 5: 80}


def test_a_process_is_read_whatever_its_name() -> None:
    """The name stands in brackets and may hold both brackets and blanks."""
    fields = "S 7 1 1 0 -1 4194304 100 0 0 0 11 12 13 14 20 0 1 0"
    assert collect_ours.stat(f"42 (a) 9 (b)) {fields}") == (7, 50)


def test_the_server_keeps_to_loopback_and_its_folder() -> None:
    """Every address listens, nothing is written elsewhere, and both kinds of gzip are on."""
    text = nginx.config(Path("/somewhere"), 8080, ["127.0.0.1", "127.0.0.2"])
    assert "listen 127.0.0.1:8080; listen 127.0.0.2:8080;" in text
    assert "application/rss+xml rss;" in text
    assert {"etag on;", "gzip on;", "gzip_static on;", "master_process off;"} <= {
        line.strip() for line in text.splitlines()
    }
    for name in ("access_log", "error_log", "pid", "root", "proxy_temp_path"):
        assert f"{name} /somewhere/" in text


def test_the_log_is_read_line_by_line() -> None:
    """Whatever programs call themselves."""
    (found,) = nginx.visits("304\t127.0.0.7\t/f/003.rss\tDigest/1 (+https://x; a\tb)\n")
    assert (found.status, found.address, found.path) == (304, "127.0.0.7", "/f/003.rss")
    assert found.agent.endswith("a\tb)")


async def test_the_real_server_answers_304(tmp_path: Path) -> None:
    """Gzip, media type and validators as a careful publisher sends them; the log tells both."""
    if not nginx.program():
        absent("Debian's nginx package is not installed")
    (path,) = collect.write_feeds([RSS * 40], tmp_path / "files")
    with Nginx(tmp_path, ["127.0.0.1", "127.0.0.2"]) as server:
        async with aiohttp.ClientSession() as session:
            async with session.get(server.url(1, path)) as answer:
                assert await answer.read() == RSS * 40
                etag = answer.headers["ETag"]
                assert answer.headers["Content-Encoding"] == "gzip"
                assert answer.headers["Content-Type"] == "application/rss+xml"
            async with session.get(server.url(1, path), headers={"If-None-Match": etag}) as again:
                assert again.status == 304
    assert [(v.status, v.address, v.path) for v in server.visits()] == [
        (200, "127.0.0.2", path),
        (304, "127.0.0.2", path),
    ]


def test_a_bench_that_is_not_installed_is_skipped() -> None:
    """With a clear sentence, and no figures."""
    said: list[str] = []
    figures = measured("future", "digest.bench.future:run", said.append)
    assert (
        said
        == [figures["skipped"]]
        == ["the bench future is not in this installation; it was skipped"]
    )


def test_an_unknown_bench_names_those_there_are() -> None:
    """A typo is a usage error."""
    result = CliRunner().invoke(command, ["colect"], obj=Frame())
    assert isinstance(result.exception, UsageError)
    assert all(name in str(result.exception) for name in BENCHES)


def test_json_is_nothing_but_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The talk goes to stderr, so that a program can read the figures."""
    monkeypatch.setenv("DIGEST_SHARED", str(tmp_path))
    result = CliRunner().invoke(command, ["collect", "--json"], obj=Frame())
    assert result.exit_code == 0
    assert json.loads(result.stdout)["collect"]["skipped"] in result.stderr
