"""`digest posts` on the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.cli.group import command


@pytest.mark.parametrize(
    ("network", "text", "line"),
    [
        ("x", "The Journal reports", "19 of 280, $0.015"),
        ("x", "TheJournal.ie reports", "31 of 280, $0.20"),
        ("x", "long " * 60, "300 of 280: too long, $0.015"),
        ("bluesky", "TheJournal.ie reports", "21 of 300"),
        ("mastodon", "Read https://sample.ie/a", "28 of 500"),
    ],
)
def test_measure_tells_length_and_price(network: str, text: str, line: str) -> None:
    """One line: length, limit, and on X what posting it costs."""
    done = CliRunner().invoke(command, ["posts", "measure", network, text])
    assert (done.exit_code, done.stdout) == (0, line + "\n")


def test_measure_gives_json() -> None:
    """The same as an object, for programs."""
    done = CliRunner().invoke(command, ["posts", "measure", "x", "See gov.uk", "--json"])
    assert json.loads(done.stdout) == {
        "network": "x",
        "length": 27,
        "limit": 280,
        "fits": True,
        "usd": 0.2,
    }


def test_an_unknown_network_is_a_usage_error() -> None:
    """The networks there are stand in the message."""
    done = CliRunner().invoke(command, ["posts", "measure", "myspace", "hello"])
    assert done.exit_code == 2
    assert "mastodon" in done.stderr


def test_hold_and_resume_and_the_queue(tmp_path: Path) -> None:
    """A hold is shown with its reason until it is lifted; a second resume says there is none."""
    config = tmp_path / "config.yaml"
    config.write_text(
        "site: {name: P, url: 'http://127.0.0.1:8060', timezone: UTC, language: en,"
        " postal_address: A street}\n"
        f"store: sqlite:///{tmp_path}/digest.db\n"
        "sources: [{id: s, url: 'https://example.org/feed'}]\n"
        "newsletters: [{id: m, title: N, schedule: 'daily 07:00', sources: [s],"
        " accounts: [bsky]}]\n"
        "mail: {from: 'P <n@example.org>', relay: 'maildir:out'}\n"
        "accounts: [{id: bsky, network: bluesky, handle: p.example.org}]\n",
        "utf-8",
    )

    def run(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(command, ["-c", str(config), "posts", *words])
        return done.exit_code, done.output

    assert run() == (0, "nothing waits\n")
    assert run("hold", "bsky", "--because", "a death")[0] == 0
    assert "held: bsky, a death" in run("queue")[1]
    assert run("resume", "bsky") == (0, "bsky: resumed\n")
    assert run("resume", "bsky")[0] == 2
    assert run("now", "7")[0] == 2
