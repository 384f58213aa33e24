"""Mail's own matters: headers, unsubscribe tokens, addresses, and the appeal's plan."""

from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import deliver
from digest.model.edition import Edition
from digest.model.newsletter import AppealRules
from tests import builders, mail

SECRET = "s" * 32


def shared(made: Edition | None = None, **mail_changes: str) -> dict[str, str]:
    """The shared headers by name."""
    headers = deliver.shared_headers(
        made or builders.edition(),
        newsletter=builders.newsletter(),
        site=builders.site(),
        mail=builders.mail(**mail_changes),
    )
    assert len(dict(headers)) == len(headers)
    return dict(headers)


def own(subscriber_id: int = 7, made: Edition | None = None) -> dict[str, str]:
    """One message's own headers by name."""
    headers = deliver.own_headers(
        made or builders.edition(),
        mail.reader(subscriber_id),
        site=builders.site(),
        newsletter=builders.newsletter(),
        mail=builders.mail(),
        unsubscribe_url="https://sample.example/unsubscribe/x",
    )
    return dict(headers)


def test_shared_headers() -> None:
    """Every header that a bulk sender owes, in its right form."""
    assert shared() == {
        "From": "The Sample Post <news@sample.example>",
        "Subject": "Harbour lights back on; town told to boil water",
        "Date": "Mon, 16 Mar 2026 07:00:00 +0000",
        "List-Id": "News in 60 seconds <morning.sample.example>",
        "List-Archive": "<https://sample.example/editions/morning-2026-03-16-0700>",
        "List-Help": "<https://sample.example/>",
        "List-Owner": "<mailto:news@sample.example>",
        "List-Post": "NO",
        "Feedback-ID": "morning-2026-03-16-0700:morning:bulletin:sample.example",
        "Precedence": "bulk",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
    }


def test_own_headers() -> None:
    """The bare address, a Message-ID at our domain, and exactly one web address to leave by."""
    found = own()
    assert found["To"] == "reader7@mail.example"
    assert found["Message-ID"].startswith("<morning-2026-03-16-0700.")
    assert found["Message-ID"].endswith("@sample.example>")
    assert found["List-Unsubscribe"] == "<https://sample.example/unsubscribe/x>"
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_message_id_is_stable_and_distinct() -> None:
    """The same delivery always has the same Message-ID, another one never."""
    assert own(7) == own(7)
    ids = {own(n)["Message-ID"] for n in range(200)}
    ids |= {own(7, builders.edition(slug="evening-2026-03-16-1800"))["Message-ID"]}
    assert len(ids) == 201


def test_names_no_reader_in_what_providers_count() -> None:
    """Feedback-ID is the same for all readers and its last field always 5 to 15 characters."""
    for address in ("a@x.ie", "a@news.a-very-long-newspaper.example", "a@sample.example"):
        sender = shared(from_address=address)["Feedback-ID"].rpartition(":")[2]
        assert 5 <= len(sender) <= 15


@pytest.mark.parametrize(("hours", "shown"), [(0.01, 7.0), (0.9, 7.0), (30, 37.0)])
def test_date_is_the_slot_unless_released_much_later(hours: float, shown: float) -> None:
    """A preview has the Date of the message; an edition held for a day does not look a day old."""
    made = builders.edition(released_at=builders.NOW + timedelta(hours=hours))
    date = parsedate_to_datetime(shared(made)["Date"])
    assert date - builders.NOW == timedelta(hours=shown - 7)


def test_domain_of_another_script_is_ascii() -> None:
    """Headers name an international domain in its ASCII form."""
    found = shared(from_address="news@m\u00fcnchen.example")
    assert found["From"] == "The Sample Post <news@xn--mnchen-3ya.example>"


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789-_.", min_size=1), st.integers(0, 10**9))
def test_token_is_read_back(newsletter_id: str, subscriber_id: int) -> None:
    """A token of letters and digits names its newsletter and subscriber."""
    token = deliver.unsubscribe_token(SECRET, newsletter_id, subscriber_id)
    assert token.isascii() and token.isalnum()
    assert deliver.read_token(SECRET, token) == (newsletter_id, subscriber_id)


@given(st.data())
def test_changed_token_is_refused(data: st.DataObject) -> None:
    """One changed, lost or added character makes the token worthless."""
    token = deliver.unsubscribe_token(SECRET, "morning", 7)
    at = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.sampled_from([c for c in "0123456789abcdef" if c != token[at]]))
    assert deliver.read_token(SECRET, token[:at] + other + token[at + 1 :]) is None
    assert deliver.read_token(SECRET, token[:at]) is None
    assert deliver.read_token(SECRET, token + "00") is None


@given(st.text(max_size=80))
def test_any_text_is_no_token(text: str) -> None:
    """Nonsense is refused, never an error."""
    assert deliver.read_token(SECRET, text) is None


def test_token_of_another_secret_is_refused() -> None:
    """Another installation's token is worthless here."""
    token = deliver.unsubscribe_token("other", "morning", 7)
    assert deliver.read_token(SECRET, token) is None


@pytest.mark.parametrize(
    "address",
    [
        "a@b.example",
        "o'brien+news@mail.example.org",
        "x_1@xn--mnchen-3ya.example",
        "a.b@1.2.example",
    ],
)
def test_good_addresses(address: str) -> None:
    """What people really have is taken."""
    assert deliver.address_problem(address) == ""


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a",
        "a@b",
        "@b.example",
        "a@",
        "a@@b.example",
        "a b@c.example",
        "a@b..example",
        "a@-b.example",
        "a@b.example\r\nBcc: c@d.example",
        ".a@b.example",
        "a,b@c.example",
        "<a@b.example>",
        "\u00e4@b.example",
        "a" * 65 + "@b.example",
        "a@" + "b" * 60 + "." + "c" * 60 + "." + "d" * 60 + "." + "e" * 60 + "." + "f" * 20,
    ],
)
def test_bad_addresses_have_a_reason(address: str) -> None:
    """What no mail can go to is refused with a sentence."""
    assert deliver.address_problem(deliver.tidy_address(address))


@given(st.text(max_size=40))
def test_accepted_address_is_one_header_word(text: str) -> None:
    """No accepted address can end a line or start a second recipient."""
    address = deliver.tidy_address(text + "@b.example")
    if not deliver.address_problem(address):
        assert address.isascii() and not set(address) & set(' ,;<>()[]\\"\r\n\t')


def test_tidy_address_speaks_punycode() -> None:
    """Blanks go, the domain becomes lower-case ASCII, the part before the @ stays."""
    assert deliver.tidy_address(" Niamh@M\u00dcNCHEN.example ") == "Niamh@xn--mnchen-3ya.example"


def test_appeal_plan_follows_the_rules() -> None:
    """All variants, the limits, and a sentence that says so."""
    rules = AppealRules(hide_from_supporters=True, at_most=3)
    plan = deliver.appeal_plan(builders.edition(), builders.appeal(rules=rules), builders.NOW)
    assert plan.variants == ("a", "b")
    assert (plan.hide_from_supporters, plan.at_most) == (True, 3)
    assert plan.since == builders.NOW - timedelta(days=7)
    assert plan.because == (
        "appeal 'help': variants a, b dealt evenly; hidden from supporters;"
        " at most 3 in 7 days for each subscriber"
    )


def test_appeal_plan_of_an_edition_without_one() -> None:
    """Nobody sees an appeal, for the edition's own reason."""
    made = builders.edition(appeal="", no_appeal_because="story 1 is about death")
    plan = deliver.appeal_plan(made, builders.appeal(), builders.NOW)
    assert (plan.variants, plan.because) == ((), "story 1 is about death")


def test_appeal_plan_of_a_vanished_appeal() -> None:
    """An appeal taken out of the configuration before the release is shown to nobody."""
    plan = deliver.appeal_plan(builders.edition(), None, builders.NOW)
    assert plan.variants == () and "no longer configured" in plan.because
