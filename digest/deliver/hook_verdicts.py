"""What providers' classes of bounces mean for an address, as data, in the words of our reasons."""

import re
from collections.abc import Mapping

from digest.deliver import bounces
from digest.deliver.bounce_codes import BLAME, HARD
from digest.model.bounce import Blame, BounceKind, Verdict

ASK = "?"
"""The class says nothing of the address: the server's own words decide."""
SOFT = ""
"""The same, but the provider holds it for passing: whatever the words say, nobody is dead."""

SUPPRESSED = "suppressed"
"""The provider no longer tries: the address stands on a list of its own."""

DOUBTS = frozenset(
    (
        "authfailure", "badreputation", "blocked", "contenterror", "mailboxfull", "mesgtoobig",
        "policyviolation", "requireptr", "spamdetected", "speeding", "suspend", "toomanyconn",
        "virusdetected",
    )
)  # fmt: skip
"""Reasons in a server's words that speak against a provider who calls the address dead."""

NOT_SPAM = "not-spam"
"""Feedback of a reader who says the opposite of a complaint (RFC 6430)."""

SES: Mapping[tuple[str, str], str] = {
    ("permanent", "general"): "userunknown",
    ("permanent", "noemail"): "userunknown",
    ("permanent", "suppressed"): "userunknown",
    ("permanent", "onaccountsuppressionlist"): SUPPRESSED,
    ("permanent", "unsubscribedrecipient"): SUPPRESSED,
    ("transient", "mailboxfull"): "mailboxfull",
    ("transient", "messagetoolarge"): "mesgtoobig",
    ("transient", "contentrejected"): "contenterror",
    ("transient", "attachmentrejected"): "contenterror",
    ("transient", "customtimeoutexceeded"): "expired",
}
"""Type and subtype, of Amazon SES and of Resend, which sends through it; others are soft."""

SENDGRID: Mapping[str, str] = {
    "invalid address": "userunknown",
    "mailbox unavailable": "filtered",
    "content": "contenterror",
    "reputation": "badreputation",
    "frequency or volume too high": "speeding",
    "technical": "systemerror",
    "technical failure": "systemerror",
    "unclassified": ASK,
}
"""Bounce classifications."""

SENDGRID_DROPS: Mapping[str, str] = {
    "invalid": "userunknown",
    "bounced address": SUPPRESSED,
    "unsubscribed address": SUPPRESSED,
    "spam reporting address": SUPPRESSED,
    "spam content": "spamdetected",
    "invalid smtpapi header": "syntaxerror",
    "recipient list over package quota": "exceedlimit",
}
"""Why SendGrid did not even try."""

MAILGUN: Mapping[str, str] = {
    "bounce": "userunknown",
    "hardfail": "userunknown",
    "generic": ASK,
    "old": "expired",
    "espblock": "blocked",
    "suppress-bounce": SUPPRESSED,
    "suppress-unsubscribe": SUPPRESSED,
    "suppress-complaint": SUPPRESSED,
}
"""Reasons of a permanent failure; others are asked."""

POSTMARK: Mapping[str, str] = {
    "hardbounce": "userunknown",
    "bademailaddress": "userunknown",
    "dnserror": "networkerror",
    "spamnotification": "spamdetected",
    "virusnotification": "virusdetected",
    "blocked": "blocked",
    "dmarcpolicy": "authfailure",
    "manuallydeactivated": SUPPRESSED,
    "smtpapierror": "rejected",
    "templaterenderingfailed": "rejected",
}
"""Types of bounces; others are soft."""

POSTMARK_NONE = frozenset(
    (
        "unsubscribe", "subscribe", "autoresponder", "addresschange", "openrelaytest",
        "challengeverification", "unconfirmed", "inbounderror",
    )
)  # fmt: skip
"""Types that are no bounce, though Postmark tells them as one."""

BREVO: Mapping[str, str] = {
    "hardbounce": "userunknown",
    "invalidemail": "userunknown",
    "invalid": "userunknown",
    "softbounce": SOFT,
    "blocked": "blocked",
    "error": "systemerror",
}
"""Events that are bounces, without underscores and capitals."""

MAILJET: Mapping[str, str] = {
    "user unknown": "userunknown",
    "mailbox inactive": "suspend",
    "quota exceeded": "mailboxfull",
    "blacklisted": SUPPRESSED,
    "spam reporter": SUPPRESSED,
    "invalid domain": "hostunknown",
    "no mail host": "hostunknown",
    "relay/access denied": "norelaying",
    "sender blocked": "blocked",
    "content blocked": "contenterror",
    "policy issue": "policyviolation",
    "system issue": "systemerror",
    "protocol issue": "systemerror",
    "connection issue": "networkerror",
    "preblocked": SUPPRESSED,
    "duplicate in campaign": "rejected",
}
"""Errors; others are soft."""

SPARKPOST: Mapping[str, str] = {
    "10": "userunknown",
    "21": "networkerror",
    "22": "mailboxfull",
    "23": "mesgtoobig",
    "24": "expired",
    "25": "policyviolation",
    "26": SUPPRESSED,
    "30": ASK,
    "50": "blocked",
    "51": "badreputation",
    "52": "spamdetected",
    "53": "contenterror",
    "54": "norelaying",
}
"""Classes of bounces; others are soft."""

SPARKPOST_NONE = frozenset({"60", "80", "90", "100"})
"""Automatic answers, and mails that want to subscribe or leave."""

_DSN = re.compile(r"(?<![\d.])([245])\.\d{1,3}\.\d{1,3}(?![\d.])")
_REPLY = re.compile(r"(?<![\d.:-])([245][0-5]\d)(?=[ \-:;,)\]]|$)", re.ASCII)


def failure(
    claimed: str, recipient: str, text: str = "", code: str = "", dsn: str = "", own: str = ""
) -> Verdict:
    """A bounce that a provider puts into a class; `text` are the words of the server, `own` those
    of the provider, which are shown where the server said nothing and never judged."""
    found = _DSN.search(text)
    status = found[0] if found else (dsn if _DSN.fullmatch(dsn) else "")
    number = _number(code, text)
    said = bounces.of_reply(number, text if found else f"{status} {text}".strip()).reason
    if said == "onhold" and not number:
        said = "undefined"
    reason = _reason(claimed, said)
    return Verdict(
        kind=BounceKind.HARD if reason in HARD else BounceKind.SOFT,
        reason=reason,
        blame=Blame.MAILBOX if reason == SUPPRESSED else BLAME.get(reason, Blame.NOBODY),
        recipient=recipient,
        code=number,
        dsn=status,
        text=(text or own)[: bounces.SHOWN],
    )


def complaint(recipient: str, feedback: str = "") -> Verdict:
    """Its reader called the message spam; or, of some feedback, a server reports about us."""
    return Verdict(
        kind=BounceKind.COMPLAINT,
        reason="feedback",
        blame=Blame.SENDER if feedback == "auth-failure" else Blame.MAILBOX,
        recipient=recipient,
    )


def plain(name: str) -> str:
    """A class's name as the tables have it: small, without underscores."""
    return name.lower().replace("_", "")


def _reason(claimed: str, said: str) -> str:
    """The provider's class; the server's words make it milder or more exact, never harder."""
    if claimed == ASK:
        return said
    if claimed == SOFT:
        return "undefined" if said in HARD else said
    if claimed in HARD:
        exact = claimed == "userunknown" and said in HARD
        return said if exact or said in DOUBTS else claimed
    return said if said in BLAME and BLAME[said] is BLAME.get(claimed) else claimed


def _number(code: str, text: str) -> int:
    if code.isascii() and code.isdigit() and len(code) == 3 and "200" <= code <= "599":
        return int(code)
    found = _REPLY.search(text)
    return int(found[1]) if found else 0
