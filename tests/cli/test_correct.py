"""`digest correct`, and `digest explain` and `status` of an edition that was corrected."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest.cli.group import command
from digest.deliver import appeals
from digest.store import open_store
from tests import builders
from tests.mail import emails

URL = "https://sample.example/news/story-1/"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A newsroom on disk whose sources have no pages of their own, so nothing is fetched."""
    path = tmp_path / "config.yaml"
    path.write_text(
        "site: {name: P, url: 'https://sample.example', timezone: UTC, language: en,"
        " postal_address: A street}\n"
        f"store: sqlite:///{tmp_path}/digest.db\n"
        "sources: [{id: post, url: 'https://sample.example/feed', pages: false}]\n"
        "newsletters: [{id: morning, title: News in 60 seconds, schedule: 'daily 07:00'}]\n"
        f"mail: {{from: 'P <n@example.org>', relay: 'maildir:{tmp_path}/out'}}\n",
        "utf-8",
    )
    store = open_store(f"sqlite:///{tmp_path}/digest.db")
    store.articles.save([builders.distinct_article(1), builders.distinct_article(2)])
    lead = builders.distinct_article(1).paragraphs[0]
    made = builders.edition(bulletin=builders.bulletin(2))
    first, second = made.bulletin.briefs
    briefs = (replace(first, line=lead), second)
    made = replace(made, bulletin=replace(made.bulletin, briefs=briefs))
    saved = store.editions.add(made, emails(made))
    assert saved is not None
    plan = appeals.appeal_plan(saved, None, builders.NOW)
    assert store.editions.release(saved, "test", builders.NOW, plan, ())
    store.close()
    return path


@pytest.fixture
def run(config: Path) -> Callable[..., Result]:
    """A command on that newsroom, on the morning of its edition."""

    def invoke(*words: str) -> Result:
        return CliRunner().invoke(command, ["-c", str(config), "--at", "2026-03-16T07:30Z", *words])

    return invoke


def change(config: Path) -> None:
    """The collector found other words in the first article."""
    store = open_store(f"sqlite:///{config.parent}/digest.db")
    known = store.articles.get([URL])[URL]
    paragraphs = tuple(text.replace("on Sunday", "on Monday") for text in known.paragraphs)
    new = replace(known, paragraphs=paragraphs, hash="2", because="1 paragraph edited")
    store.articles.save([new])
    store.close()


SLUG = builders.edition().slug


def test_correct_says_what_it_did(config: Path, run: Callable[..., Result]) -> None:
    """First nothing; then the new words, the editor's reason, and whom they reach."""
    done = run("correct", SLUG)
    assert done.exit_code == 0, done.output
    assert "looked again at 2 articles; nothing changed" in done.stdout
    change(config)
    done = run("correct", SLUG, "--because", "a reader wrote")
    assert done.exit_code == 0, done.output
    head, first, readers = done.stdout.splitlines()
    assert head.startswith(f"{SLUG}: revision 2, 2 stories")
    assert "came back on Monday" in first and ": a reader wrote)" in first
    assert readers == "0 subscribers have an earlier revision already, 0 get revision 2."


def test_correct_of_an_unknown_edition(run: Callable[..., Result]) -> None:
    """A usage error with the latest ones."""
    done = run("correct", "evening")
    assert done.exit_code == 2 and SLUG in done.output


def test_status_shows_the_correction(config: Path, run: Callable[..., Result]) -> None:
    """When, what and why."""
    change(config)
    run("correct", SLUG)
    done = run("status", SLUG)
    assert "revision 2, 2026-03-16 07:30 UTC: “Harbour lights in Sorrisdale" in done.stdout
    (told,) = json.loads(run("status", SLUG, "--json").stdout)["editions"]
    assert told["revision"] == 2 and told["corrections"][0]["because"] == "1 paragraph edited"


def test_preview_shows_the_correction(
    config: Path, run: Callable[..., Result], tmp_path: Path
) -> None:
    """The page with its note, the newest words, and the corrections beside the bulletin."""
    change(config)
    run("correct", SLUG)
    done = run("preview", SLUG, "--out", str(tmp_path / "look"))
    assert done.exit_code == 0, done.output
    assert "Corrected at 07:30: " in (tmp_path / "look" / "page.html").read_text("utf-8")
    told = json.loads((tmp_path / "look" / "bulletin.json").read_text("utf-8"))
    assert told["revision"] == 2 and "came back on Monday" in told["corrections"][0]


def test_explain_tells_the_history_of_an_article(config: Path, run: Callable[..., Result]) -> None:
    """A line for each version, edition and source; the same as JSON."""
    change(config)
    run("correct", SLUG)
    done = run("explain", URL)
    assert done.exit_code == 0, done.output
    assert f"{URL}: stands" in done.stdout
    assert "version 2, read" in done.stdout and "1 paragraph edited" in done.stdout
    assert f"{SLUG}, revision 2 (released): version 2: “The lights" in done.stdout
    told = json.loads(run("explain", URL, "--json").stdout)
    assert [one["version"] for one in told["versions"]] == [1, 2]
    assert told["editions"][0]["edition"] == SLUG


def test_explain_takes_an_address_or_a_url(run: Callable[..., Result]) -> None:
    """Anything else is a usage error that says so."""
    assert "nobody has the address" in run("explain", "nobody@reader.example").output
    done = run("explain", "harbour")
    assert done.exit_code == 2
    assert "neither the mail address of a reader nor the web address of an article" in done.output
