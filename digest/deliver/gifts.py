"""What donation platforms tell us: signatures checked, payments read; nothing else is believed."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation

from digest.deliver.calls import UNREADABLE, Headers, Ignored, Refused, forged, stale
from digest.model.appeal import Contribution

MOST = 10**12
"""More than this, in the smallest unit, is no gift but a mistake."""

DECIMALS = {
    **dict.fromkeys("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF".split(), 0),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
}
"""Decimals of the currencies that have not two (ISO 4217)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refund:
    """Money paid back, of the payment that the platform names."""

    event: str
    payment: str
    amount: int
    currency: str
    at: datetime


Told = Contribution | Refund | Ignored | Refused


def stripe(platform: str, secret: str, headers: Headers, body: bytes, now: datetime) -> Told:
    """A call of Stripe, by its Stripe-Signature; names of headers are in lower case."""
    parts = [p.strip().partition("=") for p in headers.get("stripe-signature", "").split(",")]
    stamp = next((value for name, _, value in parts if name == "t"), "")
    given = [value for name, _, value in parts if name == "v1"]
    if refused := _unsigned(secret, stamp, given, body, now):
        return refused
    try:
        return _stripe(platform, json.loads(body))
    except UNREADABLE as error:
        return Refused(because=f"the call is signed, but it cannot be read ({_said(error)})")


def plain(platform: str, secret: str, headers: Headers, body: bytes, now: datetime) -> Told:
    """A call in our own form, by its X-Digest-Signature; names of headers are in lower case."""
    given = headers.get("x-digest-signature", "").removeprefix("sha256=")
    if refused := _unsigned(secret, headers.get("x-digest-timestamp", ""), [given], body, now):
        return refused
    try:
        told = json.loads(body)
        return contribution(platform, {k: str(v) for k, v in told.items() if v is not None}, now)
    except (ValueError, AttributeError, RecursionError) as error:
        return Refused(because=f"the call is signed, but it cannot be read ({_said(error)})")


def contribution(platform: str, told: Mapping[str, str], now: datetime) -> Contribution:
    """A payment as named texts: event, amount in major units, currency, at, reference, email;
    ValueError with what is wrong."""
    event = told.get("event", "").strip()
    if not event or len(event) > 200:
        raise ValueError("`event`, the payment's own id, is missing or too long")
    currency = told.get("currency", "").strip().upper()
    if len(currency) != 3 or not currency.isascii() or not currency.isalpha():
        raise ValueError(f"{currency!r} is no currency such as EUR")
    return Contribution(
        platform=platform,
        event=event,
        amount=_smallest(told.get("amount", ""), currency),
        currency=currency,
        at=_instant(told.get("at", ""), now),
        reference=told.get("reference", "").strip()[:200],
        address=told.get("email", "").strip(),
    )


def _stripe(platform: str, told: dict[str, object]) -> Told:
    kind, data = told["type"], told["data"]
    if not isinstance(data, dict) or not isinstance(data["object"], dict):
        raise ValueError("its data is no object")
    thing = data["object"]
    at = datetime.fromtimestamp(int(str(told["created"])), UTC)
    if kind == "checkout.session.completed":
        if thing.get("payment_status") != "paid":
            return Ignored(because="the session is not paid yet")
        return Contribution(
            platform=platform,
            event=str(thing.get("payment_intent") or thing["id"]),
            amount=_whole(thing["amount_total"]),
            currency=str(thing["currency"]).upper(),
            at=at,
            reference=str(thing.get("client_reference_id") or "")[:200],
            address=str((thing.get("customer_details") or {}).get("email") or ""),
        )
    if kind == "invoice.paid":
        if thing.get("billing_reason") != "subscription_cycle":
            return Ignored(because="the first invoice is told with its checkout session")
        return Contribution(
            platform=platform,
            event=str(thing["id"]),
            amount=_whole(thing["amount_paid"]),
            currency=str(thing["currency"]).upper(),
            at=at,
            address=str(thing.get("customer_email") or ""),
        )
    if kind == "charge.refunded":
        before = (data.get("previous_attributes") or {}).get("amount_refunded", 0)
        return Refund(
            event=str(told["id"]),
            payment=str(thing.get("payment_intent") or thing["id"]),
            amount=_whole(thing["amount_refunded"]) - _whole(before),
            currency=str(thing["currency"]).upper(),
            at=at,
        )
    return Ignored(because=f"{kind} is no payment")


def _unsigned(
    secret: str, stamp: str, given: list[str], body: bytes, now: datetime
) -> Refused | None:
    """Why a call is not believed: the time, or a signature over "TIME.BODY" that is not ours."""
    if refused := stale(stamp, now):
        return refused
    signed = stamp.encode() + b"." + body
    wanted = hmac.digest(secret.encode(), signed, "sha256").hex().encode()
    if any(hmac.compare_digest(wanted, one.encode("utf-8", "replace")) for one in given):
        return None
    return forged("the signature is not made with our secret")


def _smallest(text: str, currency: str) -> int:
    try:
        amount = Decimal(text.strip())
    except InvalidOperation:
        raise ValueError(f"{text!r} is no amount; write for example 12.50") from None
    exact = amount.scaleb(DECIMALS.get(currency, 2)) if amount.is_finite() else Decimal("nan")
    if not exact.is_finite() or exact != exact.to_integral_value():
        raise ValueError(f"{text!r} is no amount in {currency}")
    return _whole(int(exact))


def _whole(amount: object) -> int:
    if not isinstance(amount, int) or isinstance(amount, bool) or abs(amount) > MOST:
        raise ValueError(f"{str(amount)[:40]!r} is no amount")
    return amount


def _instant(text: str, now: datetime) -> datetime:
    if not text.strip():
        return now
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{text!r} is no date and time; write 2026-11-24T07:00Z") from None
    return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:120]
