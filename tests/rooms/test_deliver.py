"""Mail's own matters: headers, tokens and addresses."""

from datetime import timedelta
from email.utils import parsedate_to_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver import addresses, headers, tokens
from digest.model.edition import Edition
from tests import builders

SECRET = "s" * 32


def shared(made: Edition | None = None, **mail_changes: str) -> dict[str, str]:
    """The shared headers by name."""
    found = headers.shared_headers(
        made or builders.edition(),
        newsletter=builders.newsletter(),
        site=builders.site(),
        mail=builders.mail(**mail_changes),
    )
    assert len(dict(found)) == len(found)
    return dict(found)


def own(subscriber_id: int = 7, made: Edition | None = None, **mail_changes: str) -> dict[str, str]:
    """One message's own headers by name, those known at the release among them."""
    made = made or builders.edition(id=41)
    found = (
        *headers.release_headers(made),
        *headers.envelope(made, builders.mail(**mail_changes)).own(
            f"reader{subscriber_id}@mail.example",
            tokens.delivery_token(SECRET, made.id, subscriber_id),
            tokens.reader_token(SECRET, "morning", subscriber_id),
            "https://sample.example/unsubscribe/x",
        ),
    )
    assert len(dict(found)) == len(found)
    return dict(found)


def test_shared_headers() -> None:
    """Every header that a bulk sender owes, in its right form."""
    assert shared() == {
        "From": "The Sample Post <news@sample.example>",
        "Subject": "Harbour lights back on; town told to boil water",
        "List-Id": "News in 60 seconds <morning.sample.example>",
        "List-Archive": "<https://sample.example/editions/morning-2026-03-16-0700>",
        "List-Help": "<https://sample.example/>",
        "List-Subscribe": "<https://sample.example/>",
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


def test_what_editors_set_stands_in_the_headers() -> None:
    """Answers go to their address, a mailbox may unsubscribe, and bulk is said or not."""
    found = shared(reply_to="desk@sample.example", bulk=False)
    assert (found["Reply-To"], found["List-Owner"]) == (
        "desk@sample.example",
        "<mailto:desk@sample.example>",
    )
    assert "Precedence" not in found
    token = tokens.reader_token(SECRET, "morning", 7)
    assert own(unsubscribe="leave@sample.example")["List-Unsubscribe"] == (
        "<https://sample.example/unsubscribe/x>,"
        f" <mailto:leave@sample.example?subject=unsubscribe%20{token}>"
    )


def test_bounces_come_back_to_an_address_of_the_delivery() -> None:
    """It names edition and subscriber, and fits before the @."""
    made = builders.edition(id=123_456)
    token = tokens.delivery_token(SECRET, made.id, 9_999_999)
    plain = headers.envelope(made, builders.mail())
    assert plain.sender_of(token) == "news@sample.example"
    verp = headers.envelope(made, builders.mail(bounces="bounce@sample.example")).sender_of(token)
    local, _, domain = verp.partition("@")
    assert (len(local) <= 64, domain) == (True, "sample.example")
    assert tokens.read_delivery(SECRET, local.partition("+")[2]) == (made.id, 9_999_999)


@given(st.integers(0, 10**11), st.integers(0, 10**11), st.text(max_size=40))
def test_only_a_genuine_delivery_is_read(edition: int, subscriber: int, other: str) -> None:
    """Any other text, another secret or another number names nothing."""
    token = tokens.delivery_token(SECRET, edition, subscriber)
    assert tokens.read_delivery(SECRET, token) == (edition, subscriber)
    assert tokens.read_delivery("another", token) is None
    assert tokens.read_delivery(SECRET, "1" + token) is None
    assert other == token or tokens.read_delivery(SECRET, other) is None


def test_message_id_is_stable_and_distinct() -> None:
    """The same delivery always has the same Message-ID, another one never."""
    assert own(7) == own(7)
    ids = {own(n)["Message-ID"] for n in range(200)}
    ids |= {own(7, builders.edition(id=42))["Message-ID"]}
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
    date = parsedate_to_datetime(own(made=made)["Date"])
    assert date - builders.NOW == timedelta(hours=shown - 7)


def test_domain_of_another_script_is_ascii() -> None:
    """Headers name an international domain in its ASCII form."""
    found = shared(from_address="news@m\u00fcnchen.example")
    assert found["From"] == "The Sample Post <news@xn--mnchen-3ya.example>"


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789-_.", min_size=1), st.integers(0, 10**9))
def test_token_is_read_back(newsletter_id: str, subscriber_id: int) -> None:
    """A token of letters and digits names its newsletter and subscriber."""
    token = tokens.reader_token(SECRET, newsletter_id, subscriber_id)
    assert token.isascii() and token.isalnum()
    assert tokens.read_token(SECRET, token) == (newsletter_id, subscriber_id)


@given(st.data())
def test_changed_token_is_refused(data: st.DataObject) -> None:
    """One changed, lost or added character makes the token worthless."""
    token = tokens.reader_token(SECRET, "morning", 7)
    at = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.sampled_from([c for c in "0123456789abcdef" if c != token[at]]))
    assert tokens.read_token(SECRET, token[:at] + other + token[at + 1 :]) is None
    assert tokens.read_token(SECRET, token[:at]) is None
    assert tokens.read_token(SECRET, token + "00") is None


@given(st.text(max_size=80))
def test_any_text_is_no_token(text: str) -> None:
    """Nonsense is refused, never an error."""
    assert tokens.read_token(SECRET, text) is None


def test_token_of_another_secret_is_refused() -> None:
    """Another installation's token is worthless here."""
    token = tokens.reader_token("other", "morning", 7)
    assert tokens.read_token(SECRET, token) is None


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
    assert addresses.address_problem(address) == ""


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
    assert addresses.address_problem(addresses.tidy_address(address))


@given(st.text(max_size=40))
def test_accepted_address_is_one_header_word(text: str) -> None:
    """No accepted address can end a line or start a second recipient."""
    address = addresses.tidy_address(text + "@b.example")
    if not addresses.address_problem(address):
        assert address.isascii() and not set(address) & set(' ,;<>()[]\\"\r\n\t')


def test_tidy_address_speaks_punycode() -> None:
    """Blanks go, the domain becomes lower-case ASCII, the part before the @ stays."""
    assert addresses.tidy_address(" Niamh@M\u00dcNCHEN.example ") == "Niamh@xn--mnchen-3ya.example"
