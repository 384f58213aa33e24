"""Whether a call comes from the provider: signatures, passwords, and how old they may be."""

import base64
import hmac
import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key, load_pem_public_key
from cryptography.x509 import InvalidVersion, load_pem_x509_certificate

from digest.deliver.calls import UNREADABLE, Refused, forged, stale
from digest.deliver.hook_told import Call, Thing, thing

FRESH_SNS = timedelta(hours=1)
"""Amazon repeats a call for so long, with the time of the first."""

_REGION = r"[a-z]{2,5}(?:-[a-z]{2,12}){1,3}-[0-9]{1,2}"
_HOST = rf"https://sns\.{_REGION}\.amazonaws\.com(?:\.cn)?"
_CERTIFICATE = re.compile(rf"{_HOST}/[A-Za-z0-9_-]{{1,200}}\.pem")
_SUBSCRIBE = re.compile(rf"{_HOST}/\?Action=ConfirmSubscription&[!-~]{{1,2000}}")

NOTIFICATION = ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type")
CONFIRMATION = ("Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")
SIGNED: Mapping[str, tuple[str, ...]] = {
    "Notification": NOTIFICATION,
    "SubscriptionConfirmation": CONFIRMATION,
    "UnsubscribeConfirmation": CONFIRMATION,
}
"""What Amazon SNS signs of a message, by its type."""
HASHES: Mapping[str, hashes.HashAlgorithm] = {"1": hashes.SHA1(), "2": hashes.SHA256()}
"""By the version of the signature; SHA-1 is what SNS uses unless its topic says otherwise."""


def password(call: Call) -> Refused | None:
    """The secret as X-Digest-Token, as a bearer token, or as the password of HTTP Basic."""
    scheme, _, rest = call.headers.get("authorization", "").strip().partition(" ")
    given = [call.headers.get("x-digest-token", "").encode("utf-8", "surrogatepass")]
    if scheme.lower() == "bearer":
        given.append(rest.strip().encode("utf-8", "surrogatepass"))
    if scheme.lower() == "basic":
        given.append(_basic(rest.strip()))
    wanted = call.secret.encode("utf-8", "surrogatepass")
    if any([hmac.compare_digest(wanted, one) for one in given]):
        return None
    return forged("the call does not carry our password")


def sendgrid(call: Call) -> Refused | None:
    """ECDSA with P-256 over time and body; the secret is the verification key of the account."""
    stamp = call.headers.get("x-twilio-email-event-webhook-timestamp", "")
    if refused := stale(stamp, call.now):
        return refused
    try:
        key = _public(call.secret)
    except (*UNREADABLE, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        return forged("the verification key that is set is no P-256 key")
    given = call.headers.get("x-twilio-email-event-webhook-signature", "")
    try:
        signature = base64.b64decode(given, validate=True)
        key.verify(signature, stamp.encode() + call.body, ec.ECDSA(hashes.SHA256()))
    except (*UNREADABLE, InvalidSignature, UnsupportedAlgorithm):
        return forged("the signature is not made with the key that is set")
    return None


def resend(call: Call) -> Refused | None:
    """HMAC-SHA256 over id, time and body (Svix); the secret starts with whsec_."""
    stamp = call.headers.get("svix-timestamp", "")
    if refused := stale(stamp, call.now):
        return refused
    try:
        key = base64.b64decode(call.secret.strip().removeprefix("whsec_"), validate=True)
    except ValueError:
        key = b""
    name = call.headers.get("svix-id", "")
    if not key or not name:
        return forged("the call has no id" if key else "the secret that is set is no whsec_ one")
    signed = f"{name}.{stamp}.".encode("utf-8", "surrogatepass") + call.body
    wanted = base64.b64encode(hmac.digest(key, signed, "sha256"))
    given = call.headers.get("svix-signature", "").split()[:10]
    codes = [one.removeprefix("v1,") for one in given if one.startswith("v1,")]
    if any([hmac.compare_digest(wanted, one.encode("utf-8", "surrogatepass")) for one in codes]):
        return None
    return forged("the signature is not made with our secret")


def mailgun(call: Call) -> Refused | None:
    """HMAC-SHA256 over time and token, which stand in the body; the rest is not signed."""
    signature = thing(_json(call.body), "signature")
    stamp, token, given = (
        str(signature.get(name, "")) for name in ("timestamp", "token", "signature")
    )
    if refused := stale(stamp, call.now):
        return refused
    key = call.secret.encode("utf-8", "surrogatepass")
    signed = f"{stamp}{token}".encode("utf-8", "surrogatepass")
    wanted = hmac.digest(key, signed, "sha256").hex().encode()
    if token and hmac.compare_digest(wanted, given.encode("utf-8", "surrogatepass")):
        return None
    return forged("the signature is not made with our signing key")


def mailgun_token(body: bytes) -> str:
    """What Mailgun makes anew for each call."""
    return str(thing(_json(body), "signature").get("token", ""))[:100]


def sns(call: Call) -> Refused | None:
    """RSA over chosen fields, with the certificate that the call names; the secret is the topic."""
    told = thing(_json(call.body))
    if not certificate_url(call.body) or call.certificate is None:
        return forged("the call names no certificate of Amazon SNS, or it could not be had")
    topic = str(told.get("TopicArn", "")).encode("utf-8", "surrogatepass")
    if not hmac.compare_digest(call.secret.strip().encode("utf-8", "surrogatepass"), topic):
        return forged("the call is about another topic than the one that is set")
    if _old(told.get("Timestamp"), call.now):
        return forged("the message is older than an hour")
    try:
        key = _certified(call.certificate, call.now)
        key.verify(
            base64.b64decode(str(told.get("Signature", "")), validate=True),
            canonical(told),
            padding.PKCS1v15(),
            HASHES[str(told.get("SignatureVersion"))],
        )
    except (*UNREADABLE, InvalidSignature, InvalidVersion, UnsupportedAlgorithm):
        return forged("the signature is not made with Amazon's certificate")
    return None


def certificate_url(body: bytes) -> str:
    """Where Amazon's certificate for this call stands, "" when the call names no such place."""
    url = thing(_json(body)).get("SigningCertURL")
    return url if isinstance(url, str) and _CERTIFICATE.fullmatch(url) else ""


def subscribe_url(url: object) -> str:
    """Where a subscription is confirmed, "" when that is not at Amazon SNS."""
    return url if isinstance(url, str) and _SUBSCRIBE.fullmatch(url) else ""


def canonical(told: Thing) -> bytes:
    """What Amazon SNS signs: names and values, a line each; ValueError where one is missing."""
    lines = []
    for name in SIGNED[str(told.get("Type"))]:
        value = told.get(name)
        if value is None and name == "Subject":
            continue
        if not isinstance(value, str):
            raise ValueError(f"{name} is missing")
        lines.append(f"{name}\n{value}\n")
    return "".join(lines).encode()


def _certified(pem: bytes, now: datetime) -> rsa.RSAPublicKey:
    certificate = load_pem_x509_certificate(pem)
    if not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc:
        raise ValueError("the certificate is not valid now")
    key = certificate.public_key()
    if not isinstance(key, rsa.RSAPublicKey):
        raise ValueError("the certificate holds no RSA key")
    return key


def _public(secret: str) -> object:
    """PEM, or its middle alone, which is what SendGrid shows."""
    if "-----BEGIN" in secret:
        return load_pem_public_key(secret.strip().encode())
    return load_der_public_key(base64.b64decode("".join(secret.split()), validate=True))


def _basic(given: str) -> bytes:
    try:
        return base64.b64decode(given, validate=True).partition(b":")[2]
    except ValueError:
        return b""


def _json(body: bytes) -> object:
    try:
        told: object = json.loads(body)
    except UNREADABLE:
        return None
    return told


def _old(stamp: object, now: datetime) -> bool:
    try:
        at = datetime.fromisoformat(str(stamp))
        return abs(now - at.replace(tzinfo=at.tzinfo or UTC)) > FRESH_SNS
    except (ValueError, OverflowError):
        return True
