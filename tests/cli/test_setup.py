"""`digest init`, `digest check`, `digest schema`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from digest import config
from digest.cli import command

MONDAY = "2026-03-23T06:00Z"


def run(*words: str) -> Result:
    """The command with these words."""
    return CliRunner().invoke(command, list(words))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a fresh config.yaml."""
    assert run("init", str(tmp_path / "desk")).exit_code == 0
    return tmp_path / "desk"


def test_init_writes_the_starter_into_a_new_folder(folder: Path) -> None:
    """Byte for byte what `config.starter` holds."""
    assert (folder / "config.yaml").read_text("utf-8") == config.starter()


def test_init_never_overwrites(folder: Path) -> None:
    """It says so and ends with 1."""
    (folder / "config.yaml").write_text("mine")
    done = run("init", str(folder))
    assert done.exit_code == 1
    assert "is there already; nothing was written" in done.stderr
    assert (folder / "config.yaml").read_text() == "mine"


def test_init_says_when_it_cannot_write(tmp_path: Path) -> None:
    """A file where a folder should be."""
    (tmp_path / "file").write_text("")
    done = run("init", str(tmp_path / "file" / "desk"))
    assert done.exit_code == 1
    assert "cannot be written" in done.stderr


def test_check_shows_the_next_five_runs_of_each_newsletter(folder: Path) -> None:
    """With zone and offset, across the change to summer time."""
    done = run("--at", MONDAY, "-c", str(folder / "config.yaml"), "check")
    assert done.exit_code == 0
    head, rule, *runs = done.stdout.splitlines()
    assert "no mistake; 4 sources, 1 newsletter, 1 appeal, 0 accounts" in head
    assert rule == "morning: Monday to Friday at 07:00, Europe/Dublin"
    assert [r.strip() for r in runs] == [
        "Mon 23 Mar 2026 07:00 GMT (+00:00)",
        "Tue 24 Mar 2026 07:00 GMT (+00:00)",
        "Wed 25 Mar 2026 07:00 GMT (+00:00)",
        "Thu 26 Mar 2026 07:00 GMT (+00:00)",
        "Fri 27 Mar 2026 07:00 GMT (+00:00)",
    ]


def test_check_as_json_has_the_same(folder: Path) -> None:
    """One object with stable keys."""
    done = run("--at", MONDAY, "-c", str(folder / "config.yaml"), "check", "--json")
    shown = json.loads(done.stdout)
    assert set(shown) == {"ok", "file", "problems", "warnings", "newsletters"}
    assert shown["ok"] is True
    runs = shown["newsletters"]["morning"]["runs"]
    assert runs[0] == {
        "at": "2026-03-23T07:00:00+00:00",
        "local": "Mon 23 Mar 2026 07:00 GMT (+00:00)",
        "note": "",
    }


def test_check_tells_skipped_days_with_the_reason(folder: Path) -> None:
    """A holiday, and a schedule whose days are past."""
    path = folder / "config.yaml"
    text = path.read_text("utf-8")
    holidays = "{at: weekdays 07:00, holidays: {country: IE}}"
    path.write_text(text.replace("schedule: weekdays 07:00", f"schedule: {holidays}"), "utf-8")
    done = run("--at", "2026-03-16T09:00Z", "-c", str(path), "check")
    assert "Tue 17 Mar 2026 07:00 GMT (+00:00)  skipped: holiday" in done.stdout
    past = "{at: 2026-01-05 07:00}"
    path.write_text(text.replace("schedule: weekdays 07:00", f"schedule: {past}"), "utf-8")
    done = run("--at", MONDAY, "-c", str(path), "check")
    assert "no run is coming" in done.stdout


def test_check_names_every_mistake_and_ends_with_78(folder: Path) -> None:
    """As compilers do: file:line:col: what is wrong."""
    path = folder / "config.yaml"
    text = path.read_text("utf-8").replace("stories: 7", "storys: 7")
    path.write_text(text.replace("Europe/Dublin", "Europe/Dubln"), "utf-8")
    done = run("-c", str(path), "check")
    assert done.exit_code == 78
    zone, key = done.stdout.splitlines()
    assert zone.startswith(f"{path}:8:13: site.timezone: ")
    assert key.endswith("unknown key 'storys', did you mean 'stories'?")
    shown = json.loads(run("-c", str(path), "check", "--json").stdout)
    assert shown["ok"] is False
    assert shown["problems"][0]["line"] == 8


def test_check_warns_of_absent_secrets_and_never_shows_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is right, the machine lacks something: exit code 0."""
    monkeypatch.setenv("PRESENT", "hunter2")
    monkeypatch.delenv("ABSENT", raising=False)
    path = folder / "config.yaml"
    accounts = (
        "accounts:\n  - {id: a, network: x, keys: {env: PRESENT}}\n"
        "  - {id: b, network: x, keys: {env: ABSENT}}\n"
    )
    path.write_text(path.read_text("utf-8") + accounts, "utf-8")
    done = run("-c", str(path), "check")
    assert done.exit_code == 0
    assert "the environment has no ABSENT (warning)" in done.stdout
    assert "hunter2" not in done.output


def test_check_without_a_file_names_init(tmp_path: Path) -> None:
    """The first thing a new user meets."""
    done = run("-c", str(tmp_path / "config.yaml"), "check")
    assert done.exit_code == 78
    assert "`digest init` writes one" in done.stdout


def test_schema_prints_json() -> None:
    """The same as the function gives."""
    done = run("schema")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == config.schema()
