"""Calls of mail providers: genuine ones are read, all others leave nothing behind."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import NameOID
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from digest.deliver import hooks
from digest.deliver.hook_proof import canonical
from digest.deliver.hooks import PROVIDERS, Confirm, Ignored, Refused, Told, sns_certificate_url
from digest.model.bounce import Blame, BounceKind, Report

NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
TOKEN = "12-345-0123456789abcdef"
GONE = "550 5.1.1 <gone@example.org>: Recipient address rejected: User unknown"
PASSWORD = "a long password: with a colon"
TOPIC = "arn:aws:sns:eu-central-1:123456789012:digest"
CERTIFICATE_URL = "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0a1b2c.pem"
SUBSCRIBE_URL = (
    "https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription"
    f"&TopicArn={TOPIC}&Token=2336412f37"
)
MAILGUN_KEY = "key-of-mailgun"
SVIX_KEY = base64.b64encode(b"twenty-four octets of it").decode()

EC_KEY = ec.generate_private_key(ec.SECP256R1())
RSA_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _der(key: ec.EllipticCurvePublicKey) -> str:
    """A verification key as SendGrid shows it."""
    kind = serialization.PublicFormat.SubjectPublicKeyInfo
    return base64.b64encode(key.public_bytes(serialization.Encoding.DER, kind)).decode()


def _certificate(key: rsa.RSAPrivateKey, until: timedelta = timedelta(days=300)) -> bytes:
    """A certificate over the key, as Amazon shows one."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(NOW - timedelta(days=30))
        .not_valid_after(NOW + until)
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM)


PEM = _certificate(RSA_KEY)


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A call as a provider sends it."""

    provider: str
    secret: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    certificate: bytes | None = None

    def read(self, now: datetime = NOW, **changes: Any) -> Told:
        """What comes of it, with some things changed on the way."""
        return hooks.read(
            self.provider,
            changes.get("secret", self.secret),
            changes.get("headers", self.headers),
            changes.get("body", self.body),
            now,
            certificate=changes.get("certificate", self.certificate),
        )


def sendgrid(told: object, at: datetime = NOW) -> Sent:
    """A signed call of SendGrid."""
    body, stamp = json.dumps(told).encode() + b"\r\n", str(int(at.timestamp()))
    signature = EC_KEY.sign(stamp.encode() + body, ec.ECDSA(hashes.SHA256()))
    headers = {
        "x-twilio-email-event-webhook-timestamp": stamp,
        "x-twilio-email-event-webhook-signature": base64.b64encode(signature).decode(),
    }
    secret = _der(EC_KEY.public_key())
    return Sent(provider="sendgrid", secret=secret, body=body, headers=headers)


def resend(told: object, at: datetime = NOW) -> Sent:
    """A call of Resend, signed as Svix does."""
    body, stamp = json.dumps(told).encode(), str(int(at.timestamp()))
    signed = f"msg_1.{stamp}.".encode() + body
    code = hmac.new(base64.b64decode(SVIX_KEY), signed, hashlib.sha256).digest()
    headers = {
        "svix-id": "msg_1",
        "svix-timestamp": stamp,
        "svix-signature": f"v1a,zzzz v1,AAAA v1,{base64.b64encode(code).decode()}",
    }
    return Sent(provider="resend", secret=f"whsec_{SVIX_KEY}", body=body, headers=headers)


def mailgun(told: object, at: datetime = NOW) -> Sent:
    """A call of Mailgun, whose signature stands in the body."""
    stamp, token = str(int(at.timestamp())), "5f" * 25
    code = hmac.new(MAILGUN_KEY.encode(), f"{stamp}{token}".encode(), hashlib.sha256)
    signature = {"timestamp": stamp, "token": token, "signature": code.hexdigest()}
    body = json.dumps({"signature": signature, "event-data": told}).encode()
    return Sent(provider="mailgun", secret=MAILGUN_KEY, body=body)


def _with_password(provider: str) -> Callable[..., Sent]:
    def call(told: object, at: datetime = NOW) -> Sent:
        """A call that carries the password; it tells no time."""
        both = base64.b64encode(f"digest:{PASSWORD}".encode()).decode()
        return Sent(
            provider=provider,
            secret=PASSWORD,
            body=json.dumps(told).encode(),
            headers={"authorization": f"Basic {both}"},
        )

    return call


postmark, brevo, mailjet, sparkpost = map(
    _with_password, ("postmark", "brevo", "mailjet", "sparkpost")
)


def sns(at: datetime = NOW, version: str = "2", **fields: object) -> Sent:
    """A signed message of Amazon SNS."""
    told: dict[str, object] = {
        "Type": "Notification",
        "MessageId": "19ba9823",
        "TopicArn": TOPIC,
        "Message": "",
        "Timestamp": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "SignatureVersion": version,
        "SigningCertURL": CERTIFICATE_URL,
        **fields,
    }
    kind = hashes.SHA256() if version == "2" else hashes.SHA1()
    signature = RSA_KEY.sign(canonical(told), padding.PKCS1v15(), kind)
    body = json.dumps({**told, "Signature": base64.b64encode(signature).decode()}).encode()
    return Sent(provider="ses", secret=TOPIC, body=body, certificate=PEM)


def ses(told: object, at: datetime = NOW) -> Sent:
    """An event of Amazon SES by way of SNS."""
    return sns(at, Message=json.dumps(told), Subject="Amazon SES Email Event Notification")


CALLS: Mapping[str, Callable[..., Sent]] = {
    "ses": ses,
    "sendgrid": sendgrid,
    "postmark": postmark,
    "mailgun": mailgun,
    "brevo": brevo,
    "mailjet": mailjet,
    "resend": resend,
    "sparkpost": sparkpost,
}
SIGNED = ("ses", "sendgrid", "mailgun", "resend")


def ses_bounce(kind: str = "Permanent", sub: str = "General", words: str = GONE) -> dict[str, Any]:
    """A bounce as Amazon SES tells it."""
    return {
        "eventType": "Bounce",
        "bounce": {
            "bounceType": kind,
            "bounceSubType": sub,
            "bouncedRecipients": [
                {"emailAddress": "gone@example.org", "diagnosticCode": f"smtp; {words}"}
            ],
        },
        "mail": {"messageId": "0001", "tags": {"digest-delivery": [TOKEN]}},
    }


def sendgrid_bounce(**changes: object) -> dict[str, object]:
    """A bounce as SendGrid tells it."""
    return {
        "email": "gone@example.org",
        "timestamp": int(NOW.timestamp()),
        "event": "bounce",
        "type": "bounce",
        "bounce_classification": "Invalid Address",
        "sg_event_id": "sg-1",
        "reason": GONE,
        "status": "5.1.1",
        "digest_delivery": TOKEN,
        **changes,
    }


def postmark_bounce(kind: str = "HardBounce", details: str = f"smtp;{GONE}") -> dict[str, object]:
    """A bounce as Postmark tells it."""
    return {
        "RecordType": "Bounce",
        "ID": 901542550,
        "Type": kind,
        "Details": details,
        "Description": "The server was unable to deliver (ex: unknown user, mailbox not found).",
        "Email": "gone@example.org",
        "BouncedAt": "2026-11-24T06:59:50.3963933-04:00",
        "Metadata": {"digest_delivery": TOKEN},
    }


def mailgun_failure(**changes: object) -> dict[str, object]:
    """A failure as Mailgun tells it."""
    return {
        "event": "failed",
        "severity": "permanent",
        "reason": "bounce",
        "id": "mg-1",
        "recipient": "gone@example.org",
        "user-variables": {"digest-delivery": TOKEN},
        "delivery-status": {"code": 550, "message": GONE.removeprefix("550 ")},
        **changes,
    }


def brevo_event(event: str = "hard_bounce", **changes: object) -> dict[str, object]:
    """An event as Brevo tells it."""
    return {
        "event": event,
        "email": "gone@example.org",
        "message-id": "<2018@smtp-relay.mailin.fr>",
        "ts_event": 1604933654,
        "reason": f" RecipientError: {GONE}",
        "X-Mailin-custom": json.dumps({"digest-delivery": TOKEN}),
        **changes,
    }


def mailjet_event(event: str = "bounce", error: str = "user unknown", **changes: object) -> Any:
    """An event as Mailjet tells it."""
    return {
        "event": event,
        "time": 1430812195,
        "MessageID": 13792286917004336,
        "Message_GUID": "1ab23cd4",
        "email": "gone@example.org",
        "CustomID": TOKEN,
        "Payload": "",
        "hard_bounce": True,
        "error_related_to": "recipient",
        "error": error,
        "comment": GONE,
        **changes,
    }


def resend_event(kind: str = "email.bounced", **data: object) -> dict[str, object]:
    """An event as Resend tells it."""
    bounce = {"type": "Permanent", "subType": "General", "message": "", "diagnosticCode": [GONE]}
    known = {"to": ["Gone <gone@example.org>"], "tags": {"digest_delivery": TOKEN}}
    return {"type": kind, "created_at": "x", "data": {**known, "bounce": bounce, **data}}


def sparkpost_event(kind: str = "bounce", **changes: object) -> dict[str, object]:
    """An event as SparkPost tells it."""
    event = {
        "type": kind,
        "bounce_class": "10",
        "error_code": "550",
        "event_id": "sp-1",
        "raw_rcpt_to": "gone@example.org",
        "raw_reason": GONE,
        "rcpt_meta": {"digest_delivery": TOKEN},
        **changes,
    }
    return {"msys": {"message_event": event}}


BOUNCES: Mapping[str, Any] = {
    "ses": ses_bounce(),
    "sendgrid": [sendgrid_bounce()],
    "postmark": postmark_bounce(),
    "mailgun": mailgun_failure(),
    "brevo": brevo_event(),
    "mailjet": [mailjet_event()],
    "resend": resend_event(),
    "sparkpost": [sparkpost_event()],
}
KEYS = {
    "ses": "19ba9823 gone@example.org",
    "sendgrid": "sg-1",
    "postmark": "901542550 HardBounce",
    "mailgun": "mg-1",
    "brevo": "<2018@smtp-relay.mailin.fr> hard_bounce 1604933654",
    "mailjet": "1ab23cd4 bounce 1430812195",
    "resend": "msg_1 0",
    "sparkpost": "sp-1",
}


def reports(told: Told) -> tuple[Report, ...]:
    """They were told."""
    assert isinstance(told, tuple), told
    return told


def judged(told: Told) -> tuple[BounceKind, str, Blame]:
    """What the one report says of its address."""
    (one,) = reports(told)
    (verdict,) = one.verdicts
    return verdict.kind, verdict.reason, verdict.blame


def forged(told: Told) -> None:
    """It was not believed."""
    assert isinstance(told, Refused) and told.forged, told


DEAD = (BounceKind.HARD, "userunknown", Blame.ADDRESS)


def test_all_eight_are_known() -> None:
    """Each says what its secret is."""
    assert set(PROVIDERS) == set(CALLS)
    assert all(one.name == name and one.title and one.secret for name, one in PROVIDERS.items())
    assert [name for name, one in PROVIDERS.items() if one.certified] == ["ses"]


@pytest.mark.parametrize("name", CALLS)
def test_a_dead_address(name: str) -> None:
    """Address, delivery and the server's words are taken over, under the provider's own id."""
    told = CALLS[name](BOUNCES[name]).read()
    assert judged(told) == DEAD
    (one,) = reports(told)
    assert (one.key, one.delivery, one.feedback) == (KEYS[name], TOKEN, "")
    verdict = one.verdicts[0]
    assert (verdict.recipient, verdict.code, verdict.dsn) == ("gone@example.org", 550, "5.1.1")
    assert "User unknown" in verdict.text or name == "ses"


@pytest.mark.parametrize("name", CALLS)
def test_the_same_call_again_has_the_same_keys(name: str) -> None:
    """So that it is recorded once, however often a provider repeats it."""
    once, again = CALLS[name](BOUNCES[name]), CALLS[name](BOUNCES[name], NOW - timedelta(minutes=4))
    assert [one.key for one in reports(once.read())] == [one.key for one in reports(again.read())]


@pytest.mark.parametrize("name", CALLS)
def test_a_call_with_another_secret_is_forged(name: str) -> None:
    """Nothing in it is believed, nor without any secret, nor when none is set."""
    call = CALLS[name](BOUNCES[name])
    other = {
        "sendgrid": _der(ec.generate_private_key(ec.SECP256R1()).public_key()),
        "resend": "whsec_" + base64.b64encode(b"other").decode(),
        "ses": TOPIC + "2",
    }
    forged(call.read(secret=other.get(name, "another")))
    forged(call.read(secret=""))
    forged(call.read(secret=" "))
    forged(call.read(secret="\ud800"))
    if name not in ("ses", "mailgun"):
        forged(call.read(headers={}))


@pytest.mark.parametrize("name", SIGNED)
@pytest.mark.parametrize("sign", [1, -1])
def test_a_signature_of_another_time_is_forged(name: str, sign: int) -> None:
    """Too old or too new, it may be played back."""
    late = timedelta(hours=1, seconds=1) if name == "ses" else timedelta(minutes=5, seconds=1)
    forged(CALLS[name](BOUNCES[name], NOW + sign * late).read())
    assert judged(CALLS[name](BOUNCES[name], NOW + sign * (late - timedelta(seconds=2))).read())


@pytest.mark.parametrize("name", SIGNED)
def test_a_changed_call_is_forged(name: str) -> None:
    """Of Mailgun only the time and a random token are signed, so that only those count."""
    call = CALLS[name](BOUNCES[name])
    assert call.body.count(b"gone@example.org") >= 1
    changed = call.body.replace(b"gone@example.org", b"live@example.org")
    if name == "mailgun":
        changed = call.body.replace(b"5f5f", b"5e5e")
    forged(call.read(body=changed))


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe\x00", b"[" * 5_000, b"9" * 5_000, b"null"])
def test_a_garbled_call_is_refused(name: str, body: bytes) -> None:
    """Where the password is right it counts as genuine, but unreadable."""
    told = CALLS[name](BOUNCES[name]).read(body=body)
    assert isinstance(told, Refused)
    assert told.forged is (name in SIGNED)


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.parametrize("told", [7, "text", [1, 2], {}, {"event": {}}, [[]], {"msys": 7}])
def test_a_genuine_call_about_nothing_is_refused(name: str, told: object) -> None:
    """It is signed, so it is not forged; but it holds no event."""
    got = CALLS[name](told).read()
    assert isinstance(got, Refused) and not got.forged


@pytest.mark.parametrize("name", ["sendgrid", "brevo", "mailjet", "sparkpost"])
def test_a_batch_is_read_to_its_end(name: str) -> None:
    """What is none of ours, or odd, is left out and spoils nothing."""
    one = BOUNCES[name][0] if isinstance(BOUNCES[name], list) else BOUNCES[name]
    two = json.loads(json.dumps(one).replace("gone@", "lost@").replace("sg-1", "sg-2"))
    opened = json.loads(json.dumps(one).replace('"bounce"', '"open"').replace("hard_", "un"))
    if name == "brevo":
        opened["event"] = "unique_opened"
    told = reports(CALLS[name]([one, 7, opened, None, {}, two, [one]]).read())
    assert [each.verdicts[0].recipient for each in told] == ["gone@example.org", "lost@example.org"]
    ignored = CALLS[name]([opened, opened]).read()
    assert isinstance(ignored, Ignored) and "open" in ignored.because
    assert isinstance(CALLS[name]([]).read(), Ignored)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("ses", {"eventType": "Delivery", "mail": {}}),
        ("ses", {"notificationType": "DeliveryDelay", "mail": {}}),
        ("sendgrid", [{"event": "delivered"}, {"event": "deferred"}, {"event": "click"}]),
        ("postmark", {"RecordType": "Delivery", "Recipient": "a@b"}),
        ("postmark", {"RecordType": "SubscriptionChange", "SuppressSending": True}),
        ("postmark", postmark_bounce("AutoResponder")),
        ("mailgun", {"event": "opened"}),
        ("mailgun", mailgun_failure(severity="temporary")),
        ("brevo", brevo_event("deferred")),
        ("mailjet", mailjet_event("sent")),
        ("mailjet", mailjet_event(error="greylisted", hard_bounce=False)),
        ("resend", resend_event("email.delivery_delayed")),
        ("resend", resend_event("contact.created")),
        ("sparkpost", [{"msys": {}}]),
        ("sparkpost", [sparkpost_event("delay")]),
        ("sparkpost", [sparkpost_event(bounce_class="60")]),
        ("sparkpost", [sparkpost_event("spam_complaint", fbtype="not-spam")]),
    ],
)
def test_what_is_no_bounce_is_ignored(name: str, told: object) -> None:
    """Deliveries, openings, delays, automatic answers."""
    assert isinstance(CALLS[name](told).read(), Ignored)


@pytest.mark.parametrize(
    ("name", "told", "feedback"),
    [
        (
            "ses",
            {
                "notificationType": "Complaint",
                "complaint": {
                    "complaintFeedbackType": "abuse",
                    "complainedRecipients": [{"emailAddress": "gone@example.org"}],
                },
                "mail": {"headers": [{"name": "X-Digest-Delivery", "value": TOKEN}]},
            },
            "abuse",
        ),
        ("sendgrid", [sendgrid_bounce(event="spamreport")], ""),
        ("postmark", postmark_bounce("SpamComplaint"), ""),
        ("postmark", {**postmark_bounce(), "RecordType": "SpamComplaint"}, ""),
        ("mailgun", mailgun_failure(event="complained"), ""),
        ("brevo", brevo_event("spam"), ""),
        ("brevo", brevo_event("complaint"), ""),
        ("mailjet", mailjet_event("spam"), ""),
        ("resend", resend_event("email.complained"), ""),
        ("sparkpost", [sparkpost_event("spam_complaint", fbtype="abuse")], "abuse"),
    ],
)
def test_a_complaint(name: str, told: object, feedback: str) -> None:
    """Its reader is known, and the delivery."""
    got = CALLS[name](told).read()
    assert judged(got) == (BounceKind.COMPLAINT, "feedback", Blame.MAILBOX)
    (one,) = reports(got)
    assert (one.delivery, one.feedback) == (TOKEN, feedback)
    assert one.verdicts[0].recipient == "gone@example.org"


SPAM = "554 5.7.1 Message rejected as spam by our content filter"
FULL = "552 5.2.2 The email account that you tried to reach is over quota"


@pytest.mark.parametrize(
    ("name", "told", "reason", "blame"),
    [
        ("ses", ses_bounce("Transient", "MailboxFull", FULL), "mailboxfull", Blame.MAILBOX),
        ("ses", ses_bounce("Transient", "General", ""), "undefined", Blame.NOBODY),
        ("ses", ses_bounce("Transient", "General"), "undefined", Blame.NOBODY),
        ("ses", ses_bounce("Undetermined", "Undetermined", ""), "undefined", Blame.NOBODY),
        ("ses", ses_bounce("Transient", "ContentRejected"), "contenterror", Blame.SENDER),
        ("ses", ses_bounce("Permanent", "General", SPAM), "spamdetected", Blame.SENDER),
        ("ses", ses_bounce(sub="OnAccountSuppressionList"), "suppressed", Blame.MAILBOX),
        ("sendgrid", [sendgrid_bounce(type="blocked")], "blocked", Blame.SENDER),
        (
            "sendgrid",
            [sendgrid_bounce(bounce_classification="Reputation", reason="")],
            "badreputation",
            Blame.SENDER,
        ),
        (
            "sendgrid",
            [sendgrid_bounce(bounce_classification="Mailbox Unavailable", reason=FULL)],
            "mailboxfull",
            Blame.MAILBOX,
        ),
        ("sendgrid", [sendgrid_bounce(reason=FULL, status="")], "mailboxfull", Blame.MAILBOX),
        (
            "sendgrid",
            [sendgrid_bounce(event="dropped", reason="Bounced Address")],
            "suppressed",
            Blame.MAILBOX,
        ),
        (
            "sendgrid",
            [sendgrid_bounce(event="dropped", reason="Spam Content")],
            "spamdetected",
            Blame.SENDER,
        ),
        ("postmark", postmark_bounce("SpamNotification", ""), "spamdetected", Blame.SENDER),
        ("postmark", postmark_bounce("Blocked", ""), "blocked", Blame.SENDER),
        ("postmark", postmark_bounce("DMARCPolicy", ""), "authfailure", Blame.SENDER),
        ("postmark", postmark_bounce("SoftBounce", FULL), "mailboxfull", Blame.MAILBOX),
        ("postmark", postmark_bounce("Transient"), "undefined", Blame.NOBODY),
        ("mailgun", mailgun_failure(reason="espblock"), "blocked", Blame.SENDER),
        ("mailgun", mailgun_failure(reason="suppress-bounce"), "suppressed", Blame.MAILBOX),
        ("mailgun", mailgun_failure(reason="old"), "expired", Blame.NOBODY),
        (
            "mailgun",
            mailgun_failure(**{"delivery-status": {"code": 552, "message": FULL[4:]}}),
            "mailboxfull",
            Blame.MAILBOX,
        ),
        (
            "mailgun",
            mailgun_failure(**{"delivery-status": {"code": 550, "bounce-type": "soft"}}),
            "undefined",
            Blame.NOBODY,
        ),
        ("mailgun", mailgun_failure(event="rejected"), "rejected", Blame.SENDER),
        ("brevo", brevo_event("soft_bounce"), "undefined", Blame.NOBODY),
        ("brevo", brevo_event("soft_bounce", reason=FULL), "mailboxfull", Blame.MAILBOX),
        ("brevo", brevo_event("blocked"), "blocked", Blame.SENDER),
        ("mailjet", mailjet_event(error="quota exceeded"), "mailboxfull", Blame.MAILBOX),
        ("mailjet", mailjet_event(error="mailbox inactive"), "suspend", Blame.MAILBOX),
        ("mailjet", mailjet_event(error="content blocked"), "contenterror", Blame.SENDER),
        ("mailjet", mailjet_event("blocked", "preblocked"), "suppressed", Blame.MAILBOX),
        ("mailjet", mailjet_event(hard_bounce=False), "undefined", Blame.NOBODY),
        ("resend", resend_event("email.suppressed"), "suppressed", Blame.MAILBOX),
        ("resend", resend_event("email.failed"), "rejected", Blame.SENDER),
        ("resend", resend_event(bounce={}), "undefined", Blame.NOBODY),
        ("sparkpost", [sparkpost_event(bounce_class=22)], "mailboxfull", Blame.MAILBOX),
        ("sparkpost", [sparkpost_event(bounce_class="51")], "badreputation", Blame.SENDER),
        ("sparkpost", [sparkpost_event(bounce_class="40")], "undefined", Blame.NOBODY),
        ("sparkpost", [sparkpost_event("policy_rejection")], "policyviolation", Blame.SENDER),
    ],
)
def test_a_bounce_that_kills_no_address(name: str, told: Any, reason: str, blame: Blame) -> None:
    """Ours, the mailbox's, or nobody's; the server's words speak only for an address."""
    assert judged(CALLS[name](told).read()) == (BounceKind.SOFT, reason, blame)


@pytest.mark.parametrize(
    ("name", "told", "reason"),
    [
        ("ses", ses_bounce("Permanent", "NoEmail", ""), "userunknown"),
        ("ses", ses_bounce("Permanent", "Suppressed", ""), "userunknown"),
        ("sendgrid", [sendgrid_bounce(reason="", status="")], "userunknown"),
        ("sendgrid", [sendgrid_bounce(bounce_classification="", reason="no")], "userunknown"),
        ("sendgrid", [sendgrid_bounce(event="dropped", reason="Invalid")], "userunknown"),
        ("sendgrid", [sendgrid_bounce(bounce_classification="Unclassified")], "userunknown"),
        ("postmark", postmark_bounce("BadEmailAddress", ""), "userunknown"),
        ("mailgun", mailgun_failure(reason="generic"), "userunknown"),
        ("brevo", brevo_event("invalid_email", reason=""), "userunknown"),
        ("brevo", brevo_event("hardBounce", reason=""), "userunknown"),
        ("mailjet", mailjet_event(error="invalid domain"), "hostunknown"),
        ("mailjet", mailjet_event("blocked", "user unknown"), "userunknown"),
        ("sparkpost", [sparkpost_event("out_of_band", raw_reason="")], "userunknown"),
        (
            "resend",
            resend_event(
                bounce={
                    "type": "Permanent",
                    "subType": "General",
                    "message": "Such addresses can have a negative impact on your reputation.",
                }
            ),
            "userunknown",
        ),
    ],
)
def test_a_provider_calls_the_address_dead(name: str, told: Any, reason: str) -> None:
    """It is, unless the server's own words say otherwise; the provider's are not judged."""
    assert judged(CALLS[name](told).read()) == (BounceKind.HARD, reason, Blame.ADDRESS)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("ses", {**ses_bounce(), "mail": {"commonHeaders": {"messageId": f"<today.{TOKEN}@x>"}}}),
        ("ses", {**ses_bounce(), "mail": {"headers": [{"name": "Message-ID", "value": TOKEN}]}}),
        ("sendgrid", [sendgrid_bounce(digest_delivery="", unique_args={"digest_delivery": TOKEN})]),
        ("sendgrid", [sendgrid_bounce(digest_delivery=7, **{"smtp-id": f"<n.{TOKEN}@x>"})]),
        (
            "mailgun",
            mailgun_failure(
                **{
                    "user-variables": {},
                    "message": {"headers": {"message-id": f"n.{TOKEN}@example.org"}},
                }
            ),
        ),
        (
            "mailgun",
            mailgun_failure(
                **{
                    "user-variables": [],
                    "message": {"headers": {"x-digest-delivery": f" {TOKEN} "}},
                }
            ),
        ),
        ("brevo", brevo_event(**{"X-Mailin-custom": TOKEN})),
        ("brevo", brevo_event(**{"X-Mailin-custom": "", "tags": ["news", TOKEN]})),
        ("brevo", brevo_event(**{"X-Mailin-custom": None, "tag": json.dumps(["news", TOKEN])})),
        ("mailjet", mailjet_event(CustomID="", Payload=json.dumps({"digest_delivery": TOKEN}))),
        ("resend", resend_event(tags=[{"name": "digest_delivery", "value": TOKEN}])),
        (
            "resend",
            resend_event(tags=None, headers=[{"name": "X-Digest-Delivery", "value": TOKEN}]),
        ),
    ],
)
def test_the_delivery_is_found_wherever_it_stands(name: str, told: Any) -> None:
    """In custom fields, tags, headers, or at last in the Message-ID."""
    assert reports(CALLS[name](told).read())[0].delivery == TOKEN


@pytest.mark.parametrize("wrong", ["12-345", TOKEN + "0", TOKEN.upper(), f"x {TOKEN}", "", None, 7])
def test_another_text_is_no_delivery(wrong: object) -> None:
    """Only the whole shape counts; whether it is genuine is for others to say."""
    (one,) = reports(postmark({**postmark_bounce(), "Metadata": {"digest_delivery": wrong}}).read())
    assert one.delivery == ""


def test_several_recipients_are_several_reports() -> None:
    """Each under a key of its own."""
    event = ses_bounce()
    event["bounce"]["bouncedRecipients"].append({"emailAddress": "lost@example.org"})
    told = reports(ses(event).read())
    assert [one.key for one in told] == ["19ba9823 gone@example.org", "19ba9823 lost@example.org"]
    told = reports(resend(resend_event(to=["a@example.org", "b@example.org"])).read())
    assert [(one.key, one.verdicts[0].recipient) for one in told] == [
        ("msg_1 0", "a@example.org"),
        ("msg_1 1", "b@example.org"),
    ]


def test_an_event_without_an_id_is_known_by_its_content() -> None:
    """The same event has the same key, another one another; long ids are hashed."""
    one, again, other, long = (
        reports(sendgrid([sendgrid_bounce(sg_event_id=name, email=email)]).read())[0].key
        for name, email in (("", "a@x"), ("", "a@x"), ("", "b@x"), ("i" * 300, "a@x"))
    )
    assert one == again != other
    assert len(one) == len(long) == 32


def test_what_is_kept_is_fit_to_be_stored() -> None:
    """No control characters, no halves of characters, and not without end."""
    event = sendgrid_bounce(email="a\x00b\ud800@example.org", reason="550 \x00\ud83d" + "x" * 9_000)
    (one,) = reports(sendgrid([event]).read())
    verdict = one.verdicts[0]
    assert verdict.recipient == "a b @example.org"
    assert verdict.text.isprintable() and len(verdict.text) <= 400


@pytest.mark.parametrize(
    "headers",
    [
        {"x-digest-token": PASSWORD},
        {"authorization": f"Bearer {PASSWORD}"},
        {"authorization": "basic " + base64.b64encode(f":{PASSWORD}".encode()).decode()},
    ],
)
def test_a_password_comes_in_three_ways(headers: dict[str, str]) -> None:
    """In a header of ours, as bearer token, or as HTTP Basic with any name."""
    assert judged(postmark(postmark_bounce()).read(headers=headers)) == DEAD


@pytest.mark.parametrize(
    "headers",
    [
        {"x-digest-token": ""},
        {"x-digest-token": PASSWORD + "x"},
        {"x-digest-token": "\ud800é"},
        {"authorization": PASSWORD},
        {"authorization": "Bearer"},
        {"authorization": "Basic ???"},
        {"authorization": "Basic " + base64.b64encode(PASSWORD.encode()).decode()},
        {"authorization": f"Digest {PASSWORD}"},
    ],
)
def test_a_wrong_password_is_forged(headers: dict[str, str]) -> None:
    """Nothing is read."""
    forged(postmark(postmark_bounce()).read(headers=headers))


def test_sendgrid_signs_as_its_own_example_does() -> None:
    """The signature that its libraries are tested with; the body ends with a line break."""
    event = {
        "email": "hello@world.com",
        "event": "dropped",
        "reason": "Bounced Address",
        "sg_event_id": "ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA",
        "sg_message_id": "LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9"
        ".0",
        "smtp-id": "<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>",
        "timestamp": 1600112492,
    }
    call = Sent(
        provider="sendgrid",
        secret="MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpV"
        "KS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==",
        body=json.dumps([event], separators=(",", ":")).encode() + b"\r\n",
        headers={
            "x-twilio-email-event-webhook-timestamp": "1600112502",
            "x-twilio-email-event-webhook-signature": "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0"
            "u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=",
        },
    )
    then = datetime.fromtimestamp(1600112502, UTC)
    assert judged(call.read(then))[1] == "suppressed"
    forged(call.read(then, body=call.body.rstrip()))
    forged(call.read(then + timedelta(minutes=6)))


def test_svix_signs_as_its_own_example_does() -> None:
    """The signature in the specification of Standard Webhooks."""
    call = Sent(
        provider="resend",
        secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        body=b'{"test": 2432232314}',
        headers={
            "svix-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
            "svix-timestamp": "1614265330",
            "svix-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        },
    )
    told = call.read(datetime.fromtimestamp(1614265330, UTC))
    assert isinstance(told, Refused) and not told.forged


def test_sendgrids_key_may_be_pem_but_only_of_its_curve() -> None:
    """What is set wrongly refuses everything."""
    call = sendgrid(BOUNCES["sendgrid"])
    pem = EC_KEY.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    assert judged(call.read(secret=pem.decode())) == DEAD
    other = ec.generate_private_key(ec.SECP384R1())
    stamp = call.headers["x-twilio-email-event-webhook-timestamp"]
    code = other.sign(stamp.encode() + call.body, ec.ECDSA(hashes.SHA256()))
    name = "x-twilio-email-event-webhook-signature"
    headers = {**call.headers, name: base64.b64encode(code).decode()}
    forged(call.read(secret=_der(other.public_key()), headers=headers))
    forged(call.read(secret="-----BEGIN nonsense"))


@pytest.mark.parametrize("stamp", ["", "soon", "-1", "1" * 13, "²", "1e9"])
@pytest.mark.parametrize("name", ["sendgrid", "resend"])
def test_a_stamp_that_is_no_time_is_forged(name: str, stamp: str) -> None:
    """It may be anything."""
    call = CALLS[name](BOUNCES[name])
    headers = {k: stamp if "timestamp" in k else v for k, v in call.headers.items()}
    forged(call.read(headers=headers))


@pytest.mark.parametrize("version", ["1", "2"])
def test_amazon_signs_in_two_versions(version: str) -> None:
    """With SHA-1 or SHA-256, with and without a subject; no third one is accepted."""
    call = sns(version=version, Message=json.dumps(ses_bounce()))
    assert judged(call.read()) == DEAD
    other = call.body.replace(
        f'"SignatureVersion": "{version}"'.encode(), b'"SignatureVersion": "3"'
    )
    assert other != call.body
    forged(call.read(body=other))


def test_amazons_certificate_must_be_there_and_valid() -> None:
    """Of another key, of another time, none, or no certificate at all."""
    call = ses(ses_bounce())
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    for wrong in (_certificate(other), _certificate(RSA_KEY, timedelta(days=-1)), b"", b"x", None):
        forged(call.read(certificate=wrong))


@pytest.mark.parametrize(
    ("url", "good"),
    [
        (CERTIFICATE_URL, True),
        ("https://sns.us-gov-west-1.amazonaws.com/SimpleNotificationService-1.pem", True),
        ("https://sns.cn-north-1.amazonaws.com.cn/SimpleNotificationService-1.pem", True),
        ("http://sns.eu-central-1.amazonaws.com/a.pem", False),
        ("https://sns.eu-central-1.amazonaws.com.evil.org/a.pem", False),
        ("https://sns.eu-central-1.amazonaws.com@evil.org/a.pem", False),
        ("https://evil.org/sns.eu-central-1.amazonaws.com/a.pem", False),
        ("https://s3.eu-central-1.amazonaws.com/a.pem", False),
        ("https://sns.amazonaws.com/a.pem", False),
        ("https://sns.eu-central-1.amazonaws.com:8443/a.pem", False),
        ("https://sns.eu-central-1.amazonaws.com/?a.pem", False),
        ("https://sns.eu-central-1.amazonaws.com/a.pem\n", False),
        ("https://sns.eu-central-1.amazonaws.com/../a.pem", False),
        (None, False),
        (7, False),
    ],
)
def test_the_certificate_stands_at_amazon_only(url: object, good: bool) -> None:
    """Any other place is not even named, and the call is forged."""
    call = sns(SigningCertURL=url, Message=json.dumps(ses_bounce()))
    assert sns_certificate_url(call.body) == (url if good else "")
    if good:
        assert judged(call.read()) == DEAD
    else:
        forged(call.read())


def test_a_subscription_is_confirmed_at_amazon_only() -> None:
    """And only when the question is signed."""
    asked = {"Type": "SubscriptionConfirmation", "Token": "2336412f37", "Message": "You have"}
    call = sns(SubscribeURL=SUBSCRIBE_URL, **asked)
    assert call.read() == Confirm(url=SUBSCRIBE_URL)
    forged(call.read(body=call.body.replace(b"2336412f37", b"2336412f38")))
    elsewhere = "https://evil.org/?Action=ConfirmSubscription&a"
    for wrong in (elsewhere, CERTIFICATE_URL, SUBSCRIBE_URL + "\n", SUBSCRIBE_URL + " x"):
        told = sns(SubscribeURL=wrong, **asked).read()
        assert isinstance(told, Refused) and not told.forged
    left = sns(SubscribeURL=SUBSCRIBE_URL, **{**asked, "Type": "UnsubscribeConfirmation"})
    assert isinstance(left.read(), Ignored)


def test_amazon_tries_the_topic_once() -> None:
    """A sentence instead of an event is ignored, any other text refused."""
    tried = sns(Message="Successfully validated SNS topic for Amazon SES event publishing.")
    assert isinstance(tried.read(), Ignored)
    told = sns(Message="no event").read()
    assert isinstance(told, Refused) and not told.forged


def test_amazon_did_not_even_send() -> None:
    """What it rejects is our matter."""
    event = {
        "eventType": "Reject",
        "reject": {"reason": "Bad content"},
        "mail": {"destination": ["a@example.org"], "tags": {"digest-delivery": [TOKEN]}},
    }
    told = ses(event).read()
    assert judged(told) == (BounceKind.SOFT, "rejected", Blame.SENDER)
    assert reports(told)[0].verdicts[0].text == "Bad content"
    complained = {
        "eventType": "Complaint",
        "complaint": {
            "complaintFeedbackType": "not-spam",
            "complainedRecipients": [{"emailAddress": "a@example.org"}],
        },
    }
    assert isinstance(ses(complained).read(), Ignored)


def test_an_unknown_provider_is_refused() -> None:
    """Its name is not repeated."""
    told = hooks.read("<script>", PASSWORD, {}, b"{}", NOW)
    assert isinstance(told, Refused) and "script" not in told.because


NAMES = st.sampled_from(sorted(CALLS))


@settings(max_examples=300)
@given(
    NAMES, st.text(), st.dictionaries(st.text(), st.text()), st.binary(), st.none() | st.binary()
)
def test_any_bytes_never_raise(
    name: str, secret: str, headers: dict[str, str], body: bytes, certificate: bytes | None
) -> None:
    """Whatever comes, nothing is believed."""
    told = hooks.read(name, secret, headers, body, NOW, certificate=certificate)
    assert isinstance(told, Refused)
    assert sns_certificate_url(body) == ""


@settings(max_examples=100)
@given(st.sampled_from(sorted(set(CALLS) - {"ses", "mailgun"})), st.data())
def test_spoilt_headers_never_raise(name: str, data: st.DataObject) -> None:
    """Any header of a genuine call may be replaced by any text."""
    call = CALLS[name](BOUNCES[name])
    forged(call.read(headers={k: data.draw(st.text()) for k in call.headers}))


@settings(max_examples=50)
@given(st.sampled_from(("ses", "mailgun")), st.data())
def test_spoilt_bodies_never_raise(name: str, data: st.DataObject) -> None:
    """Nor when any part of the proof in a body is something else."""
    call = CALLS[name](BOUNCES[name])
    told = json.loads(call.body)
    places = [("signature", k) for k in told.get("signature", {})]
    places += [(k,) for k in ("Signature", "SignatureVersion", "Timestamp", "Type") if k in told]
    where = data.draw(st.sampled_from(places))
    value = data.draw(VALUES)
    before = told["signature"][where[1]] if name == "mailgun" else told[where[0]]
    assume(str(value).lower() != before.lower())
    spoilt = json.dumps(_with(told, where, value)).encode()
    forged(call.read(body=spoilt))
    forged(call.read(body=spoilt, certificate=data.draw(st.binary())))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(TOKEN),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def _paths(told: object, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in an event."""
    inner: list[tuple[Any, Any]] = []
    if isinstance(told, dict):
        inner = list(told.items())
    elif isinstance(told, list):
        inner = list(enumerate(told))
    return [at, *(path for k, v in inner for path in _paths(v, (*at, k)))]


def _with(told: Any, path: tuple[Any, ...], value: object) -> Any:
    """The event with something else at a place."""
    if not path:
        return value
    made = dict(told) if isinstance(told, dict) else list(told)
    made[path[0]] = _with(told[path[0]], path[1:], value)
    return made


@settings(max_examples=300)
@given(NAMES, st.data(), VALUES)
def test_a_genuine_call_with_anything_in_it_never_raises(
    name: str, data: st.DataObject, value: object
) -> None:
    """Any place of an event may hold anything; what is told is fit to be stored."""
    event = BOUNCES[name]
    told = CALLS[name](_with(event, data.draw(st.sampled_from(_paths(event))), value)).read()
    assert not isinstance(told, Refused) or not told.forged
    for one in told if isinstance(told, tuple) else ():
        assert one.key and len(one.key) <= 200 and len(one.verdicts) == 1
        verdict = one.verdicts[0]
        f"{one.key}{verdict.recipient}{verdict.text}{one.feedback}".encode()
        assert one.delivery in ("", TOKEN)
