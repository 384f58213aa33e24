"""A good file becomes settings: as SPEC shows it, as the starter has it, with every default."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from digest import config
from digest.model.account import Links, Network
from digest.model.newsletter import HolidayRule, IfNobody, InDoubt
from digest.model.settings import Settings
from digest.schedule.read import problem
from tests.config.conftest import SMALL, Look
from tests.conftest import ROOT

AS_SPECIFIED = """\
site: {name: The Sample Post, url: http://127.0.0.1:8060, timezone: Europe/Dublin, language: en, postal_address: "…"}
store: sqlite:///digest.db                 # or postgresql+psycopg://…
sources:
  - {id: post, url: https://example.org/feed, every: 10m, section: News, weight: 1.0}
newsletters:
  - id: morning
    title: News in 60 seconds
    schedule: weekdays 07:00               # also "daily 18:30", "every 2 hours 08:00-20:00"
    cutoff: 10m                            # stop collecting before the slot
    approval: {ask: [desk@example.org], if_nobody: send}     # send | hold | skip
    if_late: {run_within: 2h, otherwise: skip}
    stories: 7
    sources: [post]
    appeal: help
    accounts: [x-main, bsky]
    in_doubt: hold
appeals:
  - id: help
    variants: [{id: a, heading: "…", text: "…", button: Contribute, url: https://…}]
    rules: {hide_from: supporters, at_most: 3 per week, not_beside: [death, disaster]}
mail: {from: "The Sample Post <news@example.org>", relay: smtp://127.0.0.1:25, rate: 200/s, connections: 10}
accounts:
  - {id: x-main, network: x, links: last_in_thread, budget: 20 USD per month, keys: {env: X_KEYS}}
  - {id: bsky, network: bluesky, handle: post.example.org, password: {env: BSKY}}
summary: {words: 210, writer: rules}       # or openai / anthropic
"""  # noqa: E501 - verbatim, as the editors' file is specified


def test_the_specified_shape_loads_verbatim(look: Look) -> None:
    """Every value stands where the use cases look for it."""
    found = look(AS_SPECIFIED, {"X_KEYS": "a b c d", "BSKY": "word\n"})
    assert found.problems == ()
    assert [w.path for w in found.warnings] == []
    settings = found.settings
    assert settings is not None
    morning, x, bsky = settings.newsletters[0], *settings.accounts
    assert morning.schedule.text == "weekdays 07:00"
    assert morning.schedule.timezone == "Europe/Dublin"
    assert morning.approval.ask == ("desk@example.org",)
    assert morning.approval.if_nobody is IfNobody.SEND
    assert morning.if_late.run_within == timedelta(hours=2)
    assert morning.in_doubt is InDoubt.HOLD
    assert settings.sources[0].every == timedelta(minutes=10)
    assert settings.mail.from_name == "The Sample Post"
    assert settings.mail.from_address == "news@example.org"
    assert [str(rate) for rate in settings.mail.rates] == ["200/s"]
    rules = settings.appeals[0].rules
    assert (rules.hide_from_supporters, rules.at_most, rules.per.days) == (True, 3, 7)
    assert (x.network, x.links) == (Network.X, Links.LAST_IN_THREAD)
    assert x.keys is not None and x.keys.reveal() == "a b c d"
    assert bsky.password is not None and bsky.password.reveal() == "word"


def test_ten_lines_are_enough(look: Look, tmp_path: Path) -> None:
    """Everything else has a default; what depends on other keys is filled in."""
    settings = look(SMALL).settings
    assert settings is not None
    assert settings.store == f"sqlite:///{tmp_path}/digest.db"
    assert settings.mail.relays[0].address == f"maildir:{tmp_path}/outbox"
    assert settings.mail.from_name == "The Sample Post"
    assert settings.sources[0].name == "sample.example"
    assert settings.sources[0].timezone == "Europe/Dublin"
    assert settings.newsletters[0].schedule.timezone == "Europe/Dublin"
    assert settings.newsletters[0].language == "en"
    assert settings.accounts == () and settings.appeals == ()


def test_load_gives_settings_or_problems(tmp_path: Path) -> None:
    """One of the two, never both."""
    path = tmp_path / "config.yaml"
    path.write_text(SMALL)
    assert isinstance(config.load(str(path), schedule_problem=problem, environ={}), Settings)
    path.write_text(SMALL.replace("title", "titel"))
    found = config.load(str(path), schedule_problem=problem, environ={})
    assert isinstance(found, tuple) and len(found) == 1


def test_the_starter_is_faultless_and_needs_nothing(look: Look, tmp_path: Path) -> None:
    """`digest init` and `digest serve` work one after the other, on a dry machine."""
    found = look(config.starter())
    assert found.problems == () and found.warnings == ()
    assert found.settings is not None
    assert found.settings.mail.relays[0].address == f"maildir:{tmp_path}/outbox"


def test_the_file_of_the_checkout_is_the_starter() -> None:
    """Only the line that tells an editor program where the schema is comes before it."""
    first, _, rest = (ROOT / "config.yaml").read_text("utf-8").partition("\n")
    mark = "# yaml-language-server: $schema="
    assert first.startswith(mark)
    assert (ROOT / first.removeprefix(mark)).is_file()
    assert rest == config.starter()


def test_what_the_starter_has_commented_out_works_too(look: Look) -> None:
    """Uncommented, only its secrets are missing."""
    text = config.starter().replace("    # accounts:", "    accounts:")
    head, _, tail = text.partition("\n# accounts:")
    block, _, rest = tail.partition("\n\n")
    text = f"{head}\naccounts:{block.replace('# ', '  ')}\n\n{rest}"
    found = look(text.replace("    # approval:", "    approval:").replace("    #   ", "      "))
    assert found.problems == ()
    assert found.settings is not None
    assert [a.id for a in found.settings.accounts] == ["x-main", "bsky", "masto"]
    assert found.settings.newsletters[0].approval.if_nobody is IfNobody.HOLD
    assert [w.path.rpartition(".")[2] for w in found.warnings] == [*("keys", "password", "token")]


def test_a_schedule_may_be_keys(look: Look) -> None:
    """With its own zone, holidays and single days off; dates are dates with or without quotes."""
    text = SMALL.replace(
        "schedule: weekdays 07:00",
        "schedule:\n"
        "      at: weekdays 07:00\n"
        "      timezone: America/New_York\n"
        '      holidays: {country: IE, dates: [2026-12-24, "2026-12-31"]}\n'
        "      skip: [2026-12-25]\n"
        "      paused: yes",
    )
    settings = look(text).settings
    assert settings is not None
    rule = settings.newsletters[0].schedule
    assert rule.timezone == "America/New_York"
    assert rule.holidays.country == "IE"
    assert rule.holidays.dates == {date(2026, 12, 24), date(2026, 12, 31)}
    assert rule.holidays.rule is HolidayRule.SKIP
    assert rule.skip_dates == {date(2026, 12, 25)}
    assert rule.paused is True


@pytest.mark.parametrize(
    "written", ["2026", "007", "0x1F", "no", "on", "null and void", "1_000", "12:30"]
)
def test_text_stays_as_it_is_written(look: Look, written: str) -> None:
    """YAML's numbers, truths and times are text where text is wanted."""
    settings = look(SMALL.replace("News in 60 seconds", written)).settings
    assert settings is not None
    assert settings.newsletters[0].title == written


def test_a_key_without_a_value_counts_as_left_out(look: Look) -> None:
    """As when a list's lines are all commented out."""
    found = look(SMALL + "accounts:\nappeals: ~\nsummary:\n")
    assert found.problems == ()
    assert found.settings is not None and found.settings.accounts == ()


def test_secrets_come_from_the_environment_or_a_file(look: Look, tmp_path: Path) -> None:
    """They never show themselves; an absent one is a warning at its place, not a mistake."""
    (tmp_path / "token").write_text("from a file\n")
    accounts = (
        "accounts:\n"
        '  - {id: m, network: mastodon, url: "https://m.example", token: {file: token}}\n'
        "  - {id: b, network: bluesky, handle: b.example, password: {env: ABSENT}}\n"
        '  - {id: n, network: mastodon, url: "https://n.example", token: {file: nowhere}}\n'
        "  - {id: x, network: x}\n"
    )
    found = look(SMALL + accounts)
    assert found.settings is not None
    first, *others = found.settings.accounts
    assert first.token is not None and first.token.reveal() == "from a file"
    assert "from a file" not in repr(found)
    assert [a.token or a.password for a in others] == [None, None, None]
    told = [str(w).partition("config.yaml:")[2] for w in found.warnings]
    assert told[0].startswith("11:60: accounts.1.password: the environment has no ABSENT")
    assert "'nowhere' cannot be read" in told[1]
    assert "names no secret" in told[2]


def test_a_store_may_be_a_secret(look: Look) -> None:
    """Without it nothing can run, so its absence is a mistake."""
    text = SMALL + "store: {env: DATABASE}\n"
    found = look(text, {"DATABASE": "postgresql://desk:pw@db/digest"})
    assert found.settings is not None
    assert found.settings.store == "postgresql+psycopg://desk:pw@db/digest"
    (absent,) = look(text).problems
    assert (absent.line, absent.path) == (9, "store")
    (bad,) = look(text, {"DATABASE": "hunter2"}).problems
    assert "hunter2" not in str(bad)


def test_paths_lie_beside_the_file(look: Look, tmp_path: Path) -> None:
    """Relative ones are made absolute, wherever the program was started."""
    (tmp_path / "own").mkdir()
    (tmp_path / "ca.pem").write_text("")
    text = SMALL.replace("{from:", "{relay: maildir:mail/out, ca_file: ca.pem, from:")
    settings = look(text + "templates: own\nstore: sqlite:///data/d.db\n").settings
    assert settings is not None
    assert settings.mail.relays[0].address == f"maildir:{tmp_path}/mail/out"
    assert settings.mail.relays[0].ca_file == f"{tmp_path}/ca.pem"
    assert settings.templates == f"{tmp_path}/own"
    assert settings.store == f"sqlite:///{tmp_path}/data/d.db"
    absolute = look(SMALL + "store: sqlite:////var/lib/d.db\n").settings
    assert absolute is not None and absolute.store == "sqlite:////var/lib/d.db"


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(look: Look) -> None:
    """Editors on other machines write them."""
    assert look(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()).settings is not None


def test_a_pasted_text_is_a_source_beside_the_file(tmp_path: Path) -> None:
    """`file:` is made absolute, so that it does not matter where Digest is started."""
    text = (
        "site: {name: T, url: https://n.example.org, timezone: UTC, postal_address: '1 Street'}\n"
        "sources: [{id: pasted, url: 'file:my text.txt'}]\n"
        "newsletters: [{id: m, title: M, schedule: 'daily 07:00'}]\n"
        "mail: {from: T <n@example.org>}\n"
    )
    (tmp_path / "config.yaml").write_text(text, "utf-8")
    found = config.load(str(tmp_path / "config.yaml"), schedule_problem=lambda text: "", environ={})
    assert isinstance(found, Settings), found
    assert found.sources[0].url == (tmp_path / "my text.txt").as_uri()
