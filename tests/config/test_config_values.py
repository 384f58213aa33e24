"""What editors write as text is read as they mean it, or refused with an example."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.config import account_values, pace_values, values
from digest.config.values import Limit, Sender
from digest.model.account import Budget, Period

READERS = (
    values.duration,
    values.interval,
    pace_values.rates,
    pace_values.quiet,
    pace_values.inbox,
    values.limit,
    account_values.budget,
    account_values.hashtag,
    values.day,
    values.line,
    values.paragraph,
    values.identifier,
    values.language,
    values.address,
    values.sender,
    values.web_address,
    values.site_address,
    values.listen,
    values.relay,
    values.store,
    values.country,
    values.environment_name,
)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("10m", 600),
        ("2h", 7200),
        ("1h 30m", 5400),
        ("1h30m", 5400),
        ("90 seconds", 90),
        ("2 hours", 7200),
        ("1 hour and 5 minutes", 3900),
        ("3d", 259200),
        ("1 week", 604800),
        ("1.5h", 5400),
        ("0", 0),
        ("0s", 0),
    ],
)
def test_a_duration_is_read_as_people_write_it(text: str, seconds: int) -> None:
    """Short and long units, alone and together."""
    assert values.duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("10", "write for example 10m or 10h"),
        ("ten minutes", "write for example 10m"),
        ("10x", "no length of time"),
        ("", "is empty"),
        ("-5m", "no length of time"),
        ("999999 weeks", "longer than ten years"),
        ("10m later", "no length of time"),
    ],
)
def test_a_bad_duration_says_what_to_write(text: str, hint: str) -> None:
    """Nothing is guessed from a number without a unit."""
    with pytest.raises(ValueError, match=hint):
        values.duration(text)


@given(st.integers(0, 9999), st.sampled_from(sorted(values.SECONDS)))
def test_every_whole_number_with_a_unit_is_a_duration_or_too_long(number: int, unit: str) -> None:
    """The seconds are the number times the unit's."""
    length = number * values.SECONDS[unit]
    if length > values.LONGEST:
        with pytest.raises(ValueError, match="longer than ten years"):
            values.duration(f"{number}{unit}")
    else:
        assert values.duration(f"{number}{unit}") == timedelta(seconds=length)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("200/s", ["200/s"]),
        ("600/min", ["600/m"]),
        ("7200 per hour", ["7200/h"]),
        ("0.5/s", ["1/2s"]),
        ("20/10s, 5000/day", ["20/10s", "5000/d"]),
    ],
)
def test_a_rate_is_a_count_in_a_window(text: str, told: list[str]) -> None:
    """Any unit of time will do, and several rates hold together."""
    assert [str(rate) for rate in pace_values.rates(text)] == told


def test_quiet_hours_and_mailboxes_are_read() -> None:
    """Hours may go over midnight; ports and folder are filled in."""
    assert str(pace_values.quiet("22:00 - 7:00").ends) == "07:00:00"
    for text in ("22:00", "25:00-07:00", "07:00-07:00"):
        with pytest.raises(ValueError, match="22:00-07:00|same time"):
            pace_values.quiet(text)
    assert pace_values.inbox("imaps://mail.example") == "imaps://mail.example:993/INBOX"
    assert pace_values.inbox("pop3://127.0.0.1:1110") == "pop3://127.0.0.1:1110"
    for text in ("mail.example", "imaps://u:p@mail.example", "pop3s://mail.example/INBOX"):
        with pytest.raises(ValueError, match="mailbox|password|folders|address"):
            pace_values.inbox(text)


def test_a_bare_number_is_no_rate() -> None:
    """The hint keeps the editor's number."""
    with pytest.raises(ValueError, match="write for example 200/s"):
        pace_values.rates("200")
    with pytest.raises(ValueError, match="leave `rate` out"):
        pace_values.rates("0/s")


def test_limits_and_budgets() -> None:
    """So often in so long; so much in so long."""
    assert values.limit("3 per week") == Limit(times=3, per=timedelta(days=7))
    assert values.limit("1/day") == Limit(times=1, per=timedelta(days=1))
    month = Budget(amount=Decimal(20), per=Period.MONTH)
    assert account_values.budget("20  USD per month") == month
    assert str(month) == "20 USD per month"
    assert account_values.budget("0.50 USD/day").amount == Decimal("0.50")
    for wrong in ("3", "weekly", "0 per week", "3 per fortnight"):
        with pytest.raises(ValueError, match="per week|never"):
            values.limit(wrong)
    for wrong in ("20", "$20", "20 dollars per month", "20 USD", "20 EUR per month"):
        with pytest.raises(ValueError, match="20 USD per month"):
            account_values.budget(wrong)


def test_a_day_is_year_month_day() -> None:
    """Other orders are refused, not guessed."""
    assert values.day("2026-12-25") == date(2026, 12, 25)
    for wrong in ("25.12.2026", "2026-02-30", "12/25/2026", "2026-W52-5"):
        with pytest.raises(ValueError, match="2026-12-25"):
            values.day(wrong)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "The Sample Post <news@example.org>",
            Sender(name="The Sample Post", address="news@example.org"),
        ),
        ('"Post, The" <news@example.org>', Sender(name="Post, The", address="news@example.org")),
        ("news@example.org", Sender(name="", address="news@example.org")),
    ],
)
def test_a_sender_is_a_name_and_an_address(text: str, found: Sender) -> None:
    """The name may be left out."""
    assert values.sender(text) == found


@pytest.mark.parametrize(
    "text",
    ["news", "news@", "@example.org", "a b@example.org", "news@example", "a@-b.org", "é@b.org"],
)
def test_what_is_no_mail_address_is_refused(text: str) -> None:
    """An address without a domain, with spaces or beyond ASCII."""
    with pytest.raises(ValueError, match="no mail address"):
        values.address(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("smtp://127.0.0.1:2525", "smtp://127.0.0.1:2525"),
        ("smtp://relay.example", "smtp://relay.example:25"),
        ("smtps://relay.example/", "smtps://relay.example:465"),
        ("smtp://[::1]:25", "smtp://[::1]:25"),
        ("maildir:outbox", "maildir:outbox"),
    ],
)
def test_a_relay_has_its_port_filled_in(text: str, found: str) -> None:
    """25 and 465 are what a relay without a port means."""
    assert values.relay(text) == found


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("smpt://127.0.0.1", "did you mean smtp:"),
        ("relay.example:25", "write smtp://HOST:PORT"),
        ("smtp://user:secret@relay.example", "password: {env: NAME}"),
        ("smtp://relay.example:99999", "host or port is wrong"),
        ("maildir:", "write smtp://HOST:PORT"),
    ],
)
def test_a_bad_relay_says_what_to_write(text: str, hint: str) -> None:
    """And never repeats a password."""
    with pytest.raises(ValueError, match=hint) as raised:
        values.relay(text)
    assert "secret" not in str(raised.value)


def test_a_store_is_a_file_or_a_server() -> None:
    """In memory nothing would survive a restart, so that is refused."""
    assert values.store("sqlite:///digest.db") == "sqlite:///digest.db"
    assert values.store("postgresql://desk@db/digest") == "postgresql+psycopg://desk@db/digest"
    for wrong in ("sqlite://", "sqlite:///:memory:", "sqlite://digest.db"):
        with pytest.raises(ValueError, match="three slashes"):
            values.store(wrong)
    with pytest.raises(ValueError, match="did you mean postgresql"):
        values.store("postgres://db/digest")
    with pytest.raises(ValueError, match="store: {env: NAME}") as raised:
        values.store("postgresql://desk:hunter2@db/digest")
    assert "hunter2" not in str(raised.value)


def test_a_secret_store_may_hold_a_password() -> None:
    """An address that comes from the environment is checked for its form only."""
    found = values.database("postgresql://desk:hunter2@db/digest")
    assert found == "postgresql+psycopg://desk:hunter2@db/digest"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Europe/Dubln", "Europe/Dublin"),
        ("europe/dublin", "Europe/Dublin"),
        ("Dublin", "Europe/Dublin"),
        ("Amerika/New York", "America/New_York"),
        ("localtime", ""),
        ("../../etc/passwd", ""),
    ],
)
def test_a_wrong_zone_names_the_nearest(text: str, meant: str) -> None:
    """The machine's own zone is no answer either."""
    with pytest.raises(ValueError, match="no time zone") as raised:
        values.zone(text)
    assert meant in str(raised.value)


@given(st.sampled_from(sorted(values.zones())))
def test_every_zone_of_the_database_is_taken(name: str) -> None:
    """As it stands."""
    assert values.zone(name) == name


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("UK", "did you mean 'GB'"),
        ("ie", "did you mean 'IE'"),
        ("Ireland", "did you mean 'IE'"),
        ("GB-NRI", "did you mean GB-NIR"),
        ("Atlantis", "write IE or GB-NIR"),
    ],
)
def test_a_wrong_country_names_the_right_code(text: str, hint: str) -> None:
    """Names, small letters and the usual slips."""
    assert values.country("IE") == "IE"
    assert values.country("GB-NIR") == "GB-NIR"
    with pytest.raises(ValueError, match=hint):
        values.country(text)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("en_IE", "did you mean 'en-IE'"),
        ("EN", "did you mean 'en'"),
        ("english language", "write for example en"),
    ],
)
def test_a_wrong_language_is_explained(text: str, hint: str) -> None:
    """With the tag that was probably meant."""
    assert values.language("en-IE") == "en-IE"
    with pytest.raises(ValueError, match=hint):
        values.language(text)


def test_an_id_is_offered_in_its_right_form() -> None:
    """Capitals and spaces become small letters and hyphens."""
    assert values.identifier("x-main_2") == "x-main_2"
    with pytest.raises(ValueError, match="'morning-post'"):
        values.identifier("Morning Post")
    with pytest.raises(ValueError, match="is no id"):
        values.identifier("…")


def test_a_web_address_holds_no_password() -> None:
    """What stands before the @ is never repeated."""
    assert values.web_address("https://example.org/feed?x=1") == "https://example.org/feed?x=1"
    assert values.site_address("https://example.org/news/") == "https://example.org/news"
    with pytest.raises(ValueError, match="no user name or password"):
        values.web_address("https://user:hunter2@example.org/")
    with pytest.raises(ValueError, match="did you mean 'https://example.org/feed'"):
        values.web_address("example.org/feed")
    with pytest.raises(ValueError, match="no web address") as raised:
        values.web_address("ftp://user:hunter2@example.org/")
    assert "hunter2" not in str(raised.value)


@given(st.text(max_size=60), st.sampled_from(READERS))
def test_any_text_is_read_or_refused_in_a_sentence(text: str, read: object) -> None:
    """Nothing but a ValueError ever comes out, and it is never empty."""
    assert callable(read)
    try:
        read(text)
    except ValueError as error:
        assert str(error)


def test_a_hashtag_is_a_word() -> None:
    """With or without its sign; nothing that a network would cut."""
    assert account_values.hashtag("#DublinBus") == account_values.hashtag(" DublinBus ")
    for wrong in ("", "#", "#2026", "Dublin Bus", "Dublin-Bus", "#" + "a" * 61):
        with pytest.raises(ValueError, match="write for example Housing"):
            account_values.hashtag(wrong)
