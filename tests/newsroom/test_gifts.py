"""Gifts as platforms and files tell of them: believed when signed, kept once, attributed."""

import hmac
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver import appeals
from digest.deliver import gifts as reading
from digest.deliver.calls import Ignored, Refused
from digest.errors import UsageError
from digest.model.appeal import AppealPlan, Contribution, Goal, Platform
from digest.model.edition import Edition
from digest.model.secret import Secret
from digest.newsroom import gifts, giving, subscribing
from digest.newsroom.house import House
from tests import builders, mail
from tests import house as houses

KEY = "whsec_test"
PLATFORMS = (
    Platform(id="stripe", kind="stripe", secret=Secret(KEY)),
    Platform(id="own", kind="plain", secret=Secret(KEY), supporter_for=timedelta(days=30)),
    Platform(id="later", kind="plain", secret=None),
)
GOAL = Goal(amount=100_000, currency="EUR", already=500)


@pytest.fixture
def house() -> House:
    """With an edition that is out, and three platforms."""
    made = houses.house(
        contributions=PLATFORMS, appeals=(builders.appeal(goal=GOAL, currency="EUR"),)
    )
    edition = mail.edition()
    saved = made.store.editions.add(edition, mail.emails(edition))
    assert saved is not None
    plan = AppealPlan(deals=((10_000, "a"),))
    assert made.store.editions.release(saved, "", builders.NOW, plan, ())
    return made


def edition(house: House) -> Edition:
    """The one that is out."""
    return house.store.editions.recent(None, 1)[0]


def reference(house: House, variant: str = "a") -> str:
    """As the button of its appeal carries it."""
    secret = subscribing.secret(house)
    return appeals.reference(secret, edition(house).slug, "help", variant)


def stamp(by: timedelta = timedelta()) -> str:
    """A time as platforms write it."""
    return str(int((builders.NOW + by).timestamp()))


def signed(body: bytes, at: str, key: str = KEY) -> str:
    """Of time and body."""
    return hmac.digest(key.encode(), at.encode() + b"." + body, "sha256").hex()


def stripe(house: House, kind: str, thing: dict[str, Any], **more: Any) -> gifts.Heard:
    """Stripe calls."""
    told = {"id": f"evt_{kind}", "type": kind, "created": int(stamp()), "data": {"object": thing}}
    told["data"] |= more
    body = json.dumps(told).encode()
    headers = {"stripe-signature": f"t={stamp()},v1=00,v1={signed(body, stamp())},v0=x"}
    return gifts.hear(house, "stripe", headers, body)


def own(house: House, platform: str = "own", **told: Any) -> gifts.Heard:
    """Somebody calls in our own form."""
    body = json.dumps({"event": "1", "amount": "12.50", "currency": "eur", **told}).encode()
    headers = {
        "x-digest-timestamp": stamp(),
        "x-digest-signature": f"sha256={signed(body, stamp())}",
    }
    return gifts.hear(house, platform, headers, body)


def session(house: House, **changes: Any) -> dict[str, Any]:
    """A paid checkout session that came from the button."""
    return {
        "id": "cs_1",
        "payment_intent": "pi_1",
        "payment_status": "paid",
        "amount_total": 2000,
        "currency": "eur",
        "client_reference_id": reference(house),
        "customer_details": {"email": "Giver@Reader.example"},
        **changes,
    }


def kept(house: House, event: str, platform: str = "stripe") -> Contribution:
    """What is kept of a payment."""
    found = house.store.appeals.contribution(platform, event)
    assert found is not None
    return found


def test_a_payment_is_attributed_and_its_giver_a_supporter(house: House) -> None:
    """To edition, appeal and wording; the address is not kept with it."""
    heard = stripe(house, "checkout.session.completed", session(house))
    assert (heard.status, heard.because) == (200, "kept, through help, a")
    found = kept(house, "pi_1")
    assert (found.appeal, found.variant, found.edition_id) == ("help", "a", edition(house).id)
    assert (found.amount, found.currency, found.address) == (2000, "EUR", "")
    giver = house.store.subscribers.get("giver@reader.example")
    assert giver is not None and giver.supporter
    assert giver.supporter_until == builders.NOW + timedelta(days=365)
    assert giving.meter(house, house.settings.appeal("help")).raised == 2500  # type: ignore[union-attr]


def test_told_twice_it_counts_once(house: House) -> None:
    """Platforms repeat themselves."""
    stripe(house, "checkout.session.completed", session(house))
    heard = stripe(house, "checkout.session.completed", session(house))
    assert (heard.status, heard.because) == (200, "it is known already")
    assert house.store.appeals.raised("help", "EUR") == 2000


def test_what_is_paid_back_counts_against_the_wording(house: House) -> None:
    """Bit by bit, as Stripe tells the sum so far; each telling once."""
    stripe(house, "checkout.session.completed", session(house))
    charge = {"id": "ch_1", "payment_intent": "pi_1", "amount_refunded": 500, "currency": "eur"}
    assert stripe(house, "charge.refunded", charge).status == 200
    assert stripe(house, "charge.refunded", charge).because == "it is known already"
    assert house.store.appeals.raised("help", "EUR") == 1500
    assert kept(house, "evt_charge.refunded").variant == "a"


def test_a_renewal_makes_a_supporter_and_belongs_to_no_wording(house: House) -> None:
    """The first invoice of a subscription is told with its session."""
    invoice = {"id": "in_2", "amount_paid": 500, "currency": "eur"}
    invoice |= {"customer_email": "m@reader.example", "billing_reason": "subscription_cycle"}
    heard = stripe(house, "invoice.paid", invoice)
    assert heard.because == "kept, without a reference"
    assert house.store.subscribers.get("m@reader.example") is not None
    first = stripe(house, "invoice.paid", invoice | {"billing_reason": "subscription_create"})
    assert first.because.startswith("nothing to keep")


@pytest.mark.parametrize(
    ("kind", "thing"),
    [
        ("checkout.session.completed", {"payment_status": "unpaid"}),
        ("customer.created", {}),
    ],
)
def test_what_is_no_payment_is_answered_and_not_kept(
    house: House, kind: str, thing: dict[str, Any]
) -> None:
    """So that the platform does not repeat it."""
    heard = stripe(house, kind, session(house, **thing))
    assert heard.status == 200 and heard.because.startswith("nothing to keep")
    assert house.store.appeals.contribution("stripe", "pi_1") is None


def test_our_own_form(house: House) -> None:
    """Amounts as people write them; support lasts as long as the platform is set to."""
    heard = own(house, reference=reference(house, "b"), email="m@reader.example")
    assert heard.because == "kept, through help, b"
    assert kept(house, "1", "own").amount == 1250
    giver = house.store.subscribers.get("m@reader.example")
    assert giver is not None
    assert giver.supporter_until == builders.NOW + timedelta(days=30)


def test_a_reference_of_somebody_elses_making_attributes_nothing(house: House) -> None:
    """The payment is kept all the same."""
    forged = reference(house)[:-1] + "z"
    assert own(house, reference=forged).because == "kept, without a reference"
    assert kept(house, "1", "own").appeal == ""


@pytest.mark.parametrize("at", [timedelta(minutes=-6), timedelta(minutes=6)])
def test_an_old_call_is_refused(house: House, at: timedelta) -> None:
    """It may be played back."""
    body = json.dumps({"event": "1", "amount": "5", "currency": "EUR"}).encode()
    headers = {"x-digest-timestamp": stamp(at), "x-digest-signature": signed(body, stamp(at))}
    heard = gifts.hear(house, "own", headers, body)
    assert heard.status == 401 and "older than five minutes" in heard.because


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-digest-timestamp": "soon", "x-digest-signature": "x"},
        {"x-digest-timestamp": stamp(), "x-digest-signature": ""},
        {"x-digest-timestamp": stamp(), "x-digest-signature": signed(b"{}", stamp(), "other")},
        {"x-digest-timestamp": stamp(), "x-digest-signature": signed(b"{ }", stamp())},
        {"x-digest-timestamp": stamp(), "x-digest-signature": "\u00e9"},
    ],
)
def test_an_unsigned_call_changes_nothing(house: House, headers: dict[str, str]) -> None:
    """No signature, another secret's, or that of another body."""
    assert gifts.hear(house, "own", headers, b"{}").status == 401


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"event": ""}, "`event`, the payment's own id"),
        ({"amount": "a lot"}, "is no amount"),
        ({"amount": "1.005"}, "is no amount in EUR"),
        ({"amount": "1e40"}, "is no amount"),
        ({"amount": "nan"}, "is no amount"),
        ({"currency": "euros"}, "is no currency"),
        ({"at": "yesterday"}, "is no date and time"),
    ],
)
def test_a_signed_call_that_makes_no_sense(house: House, told: dict[str, str], why: str) -> None:
    """Is answered with what is wrong, and nothing of it is kept."""
    heard = own(house, **told)
    assert heard.status == 422 and why in heard.because


def test_a_platform_without_its_secret_is_asked_to_call_again(house: House) -> None:
    """And one that is not there is told so."""
    assert own(house, "later").status == 503
    assert own(house, "nobody").status == 404


@given(
    st.binary(max_size=300)
    | st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["type", "data", "object", "created", "amount_total", "event", "amount"]
                )
                | st.text(max_size=5),
                inner,
                max_size=5,
            )
        ),
        max_leaves=12,
    ).map(lambda told: json.dumps(told).encode())
)
def test_no_signed_body_breaks_the_reading(body: bytes) -> None:
    """Whatever JSON or bytes it holds."""
    for read, headers in (
        (reading.stripe, {"stripe-signature": f"t={stamp()},v1={signed(body, stamp())}"}),
        (
            reading.plain,
            {"x-digest-timestamp": stamp(), "x-digest-signature": signed(body, stamp())},
        ),
    ):
        found = read("p", KEY, headers, body, builders.NOW)
        assert isinstance(found, Refused | Ignored | Contribution) or found.event is not None


def test_a_file_of_payments(house: House) -> None:
    """Line by line: taken, known, or named with what is wrong; again, nothing counts twice."""
    text = (
        "\ufeffEvent;Amount;Currency;At;Reference;Email\n"
        f"1;20.00;EUR;2026-03-01T10:00Z;{reference(house)};m@reader.example\n"
        "2;5;EUR;;;\n"
        "3;five;EUR;;;\n"
        "1;20.00;EUR;;;\n"
    )
    report = gifts.import_csv(house, text)
    assert (report.new, report.known, report.attributed) == (2, 1, 1)
    assert [(bad.line, bad.because) for bad in report.bad] == [
        (4, "'five' is no amount; write for example 12.50")
    ]
    assert gifts.import_csv(house, text).new == 0
    assert house.store.appeals.raised("help", "EUR") == 2000
    assert house.store.subscribers.get("m@reader.example") is not None


def test_a_file_without_its_columns_is_refused(house: House) -> None:
    """With the columns it needs."""
    with pytest.raises(UsageError, match="must name the columns: event, amount, currency"):
        gifts.import_csv(house, "name,sum\nx,1\n")


def test_results_are_shown_with_what_they_rest_on(house: House) -> None:
    """Per wording, in the goal's currency, with the reason how it is dealt."""
    own(house, reference=reference(house))
    found = giving.shown(house, "help")
    assert (found.currency, found.raised, found.goal) == ("EUR", 1250, 100_000)
    assert [(r.counts.variant, r.counts.gifts) for r in found.variants] == [("a", 1)]
    assert found.because == "dealt a 50%, b 50%"
    with pytest.raises(UsageError, match="there is no appeal 'none'; there are: help"):
        giving.shown(house, "none")


def test_an_edition_is_rendered_with_what_came_in(house: House) -> None:
    """The goal's meter stands in the next email."""
    own(house, reference=reference(house), amount="495")
    meter = giving.meter(house, house.settings.appeal("help"))
    assert meter is not None and meter.raised == 50_000
    shown = mail.emails(appeal=house.settings.appeal("help"), meter=meter)[1]
    assert "\u20ac500 of \u20ac1,000 raised (50%)." in shown.html
    assert replace(shown).text.count("50%") == 1
