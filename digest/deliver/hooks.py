"""What mail providers tell of our messages: calls are checked, then bounces are read from them.

Two steps for each provider: is the call genuine and fresh; if so, which of its events are bounces
or complaints. Nothing is read from a call that is not believed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from digest.deliver import hook_events, hook_proof
from digest.deliver.calls import UNREADABLE, Headers, Ignored, Refused
from digest.deliver.hook_told import Call, Confirm, Told

__all__ = [
    "PROVIDERS",
    "Confirm",
    "Ignored",
    "Provider",
    "Refused",
    "Told",
    "read",
    "sns_certificate_url",
    "used_once",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """A mail provider that calls us."""

    name: str
    title: str
    secret: str
    """What its secret is, for whoever sets it."""
    prove: Callable[[Call], Refused | None]
    tell: Callable[[Call], Told]
    certified: bool = False
    """Its calls are checked with a certificate that has to be fetched first."""


_PASSWORD = "a password of yours: in the URL's user:password, as bearer token or X-Digest-Token"

PROVIDERS: Mapping[str, Provider] = {
    one.name: one
    for one in (
        Provider(
            name="ses",
            title="Amazon SES",
            secret="the ARN of the SNS topic that its events go to",
            prove=hook_proof.sns,
            tell=hook_events.ses,
            certified=True,
        ),
        Provider(
            name="sendgrid",
            title="SendGrid",
            secret="the verification key of its signed event webhook",
            prove=hook_proof.sendgrid,
            tell=hook_events.sendgrid,
        ),
        Provider(
            name="postmark",
            title="Postmark",
            secret=_PASSWORD,
            prove=hook_proof.password,
            tell=hook_events.postmark,
        ),
        Provider(
            name="mailgun",
            title="Mailgun",
            secret="its HTTP webhook signing key",
            prove=hook_proof.mailgun,
            tell=hook_events.mailgun,
        ),
        Provider(
            name="brevo",
            title="Brevo",
            secret=_PASSWORD,
            prove=hook_proof.password,
            tell=hook_events.brevo,
        ),
        Provider(
            name="mailjet",
            title="Mailjet",
            secret=_PASSWORD,
            prove=hook_proof.password,
            tell=hook_events.mailjet,
        ),
        Provider(
            name="resend",
            title="Resend",
            secret="the signing secret of the webhook, which starts with whsec_",
            prove=hook_proof.resend,
            tell=hook_events.resend,
        ),
        Provider(
            name="sparkpost",
            title="SparkPost",
            secret=_PASSWORD,
            prove=hook_proof.password,
            tell=hook_events.sparkpost,
        ),
    )
}
"""By the names that addresses and settings use."""


def read(
    provider: str,
    secret: str,
    headers: Headers,
    body: bytes,
    now: datetime,
    *,
    certificate: bytes | None = None,
) -> Told:
    """What a call tells; names of headers are in lower case; never raises, whatever came."""
    known = PROVIDERS.get(provider)
    if known is None:
        return Refused(because="the address names no mail provider that we know")
    if not secret.strip():
        return Refused(because=f"no secret of {known.title} is set", forged=True)
    call = Call(secret=secret, headers=headers, body=body, now=now, certificate=certificate)
    try:
        refused = known.prove(call)
    except UNREADABLE:
        return Refused(because="the call cannot be checked; nothing was kept", forged=True)
    if refused is not None:
        return refused
    try:
        return known.tell(call)
    except UNREADABLE as error:
        said = f"{type(error).__name__}: {error}"[:120].encode("utf-8", "replace").decode()
        return Refused(because=f"the call is genuine, but it cannot be read ({said})")


def used_once(provider: str, body: bytes) -> str:
    """What of a genuine call may be used only once; "" where the signature covers all of it.

    Mailgun signs a token and a time, and not what it says.
    """
    return hook_proof.mailgun_token(body) if provider == "mailgun" else ""


def sns_certificate_url(body: bytes) -> str:
    """Where to fetch the certificate for a call of Amazon SNS, "" when it names no right place."""
    return hook_proof.certificate_url(body)
