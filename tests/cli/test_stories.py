"""`digest pin`, `bar`, `lift` and `pinned` on the command line."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.cli.group import command
from digest.store import open_store
from tests import builders

Run = Callable[..., tuple[int, str]]
HARBOUR, WATER = (builders.distinct_article(n, id=0) for n in (1, 2))


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A command in a newsroom that has collected two stories."""
    config = tmp_path / "config.yaml"
    config.write_text(
        "site: {name: P, url: 'http://127.0.0.1:8060', timezone: UTC, language: en,"
        " postal_address: A street}\n"
        f"store: sqlite:///{tmp_path}/digest.db\n"
        "sources: [{id: post, url: 'https://example.org/feed'}]\n"
        "newsletters: [{id: m, title: N, schedule: 'daily 07:00'}]\n"
        "mail: {from: 'P <n@example.org>', relay: 'maildir:out'}\n",
        "utf-8",
    )
    store = open_store(f"sqlite:///{tmp_path}/digest.db")
    store.articles.save([HARBOUR, WATER])
    store.close()

    def invoke(*words: str) -> tuple[int, str]:
        options = ["-c", str(config), "--at", "2026-03-16T07:00Z"]
        done = CliRunner().invoke(command, [*options, *words])
        return done.exit_code, done.output

    return invoke


def test_a_pin_is_made_listed_and_lifted(run: Run) -> None:
    """Under an address with a tracker it is the same article."""
    code, said = run("pin", "m", WATER.url + "?utm_source=x")
    assert (code, said) == (0, f"“{WATER.headline}” comes first in the next edition.\n")
    assert run("pinned", "m")[1].startswith(f"{WATER.url} pinned by ")
    code, said = run("bulletin", "m", "--why")
    assert said.index(WATER.url) < said.index(HARBOUR.url)
    assert "pinned by" in said
    assert run("lift", "m", WATER.url)[0] == 0
    assert run("pinned", "m") == (0, "m: nothing is pinned or barred\n")
    assert run("lift", "m", WATER.url)[0] == 2


def test_a_bar_needs_a_reason_and_keeps_out(run: Run) -> None:
    """The reason stands in the bulletin's, and a barred story cannot be pinned."""
    assert run("bar", "m", WATER.url)[0] == 2
    assert run("bar", "m", WATER.url, "--why", "sub judice")[0] == 0
    code, said = run("bulletin", "m", "--why", "--json")
    shown = json.loads(said)
    assert [brief["url"] for brief in shown["briefs"]] == [HARBOUR.url]
    assert any("barred by" in reason and "sub judice" in reason for reason in shown["reasons"])
    code, said = run("pin", "m", WATER.url)
    assert code == 2 and "`digest lift m" in said


def test_the_list_as_json(run: Run) -> None:
    """Stable keys, the pins first."""
    run("bar", "m", WATER.url, "--why", "sub judice")
    run("pin", "m", "https://example.org/to-come")
    shown = json.loads(run("pinned", "m", "--json")[1])
    assert [one["kind"] for one in shown["rulings"]] == ["pin", "bar"]
    assert "not collected yet" in shown["rulings"][0]["standing"]
    assert set(shown["rulings"][0]) == {
        "kind", "url", "headline", "who", "at", "until", "because", "standing"
    }  # fmt: skip


@pytest.mark.parametrize("words", [("pin", "x", "https://example.org/"), ("pin", "m", "harbour")])
def test_what_cannot_be_pinned(run: Run, words: tuple[str, ...]) -> None:
    """An unknown newsletter, and what is no address."""
    assert run(*words)[0] == 2
