"""Reasons, whose matter each is, and the codes that stand for them, as data.

The names of the reasons are those that tools of this trade share.
"""

from digest.model.bounce import Blame

HARD = frozenset({"userunknown", "hostunknown", "hasmoved", "notaccept"})
"""The address is dead; mailing it again is wrong."""

BLAME = {
    **dict.fromkeys(HARD, Blame.ADDRESS),
    **dict.fromkeys(("mailboxfull", "suspend", "filtered"), Blame.MAILBOX),
    **dict.fromkeys(
        (
            "authfailure", "badreputation", "blocked", "contenterror", "exceedlimit",
            "mesgtoobig", "norelaying", "notcompliantrfc", "policyviolation", "rejected",
            "requireptr", "securityerror", "spamdetected", "speeding", "syntaxerror",
            "toomanyconn", "virusdetected",
        ),
        Blame.SENDER,
    ),
}  # fmt: skip
"""Whose matter a reason is; nobody's where it is not named."""

CODES: tuple[tuple[str, str], ...] = (
    ("5.1.0", "rejected"),
    ("x.1.1", "userunknown"),
    ("5.1.2", "hostunknown"),
    ("x.1.3", "userunknown"),
    ("x.1.4", "filtered"),
    ("x.1.6", "hasmoved"),
    ("x.1.7", "rejected"),
    ("x.1.8", "rejected"),
    ("x.1.9", "expired"),
    ("5.1.10", "userunknown"),
    ("5.1.351", "userunknown"),
    ("x.2.1", "suspend"),
    ("x.2.2", "mailboxfull"),
    ("x.2.3", "mesgtoobig"),
    ("x.2.4", "filtered"),
    ("x.3.1", "mailboxfull"),
    ("x.3.2", "notaccept"),
    ("x.3.4", "mesgtoobig"),
    ("x.3.5", "systemerror"),
    ("4.4.", "expired"),
    ("x.4.4", "hostunknown"),
    ("x.4.6", "networkerror"),
    ("x.4.7", "expired"),
    ("x.4.14", "networkerror"),
    ("x.5.2", "syntaxerror"),
    ("x.5.3", "toomanyconn"),
    ("x.6.", "contenterror"),
    ("x.7.13", "suspend"),
    ("x.7.20", "authfailure"),
    ("x.7.21", "authfailure"),
    ("x.7.22", "authfailure"),
    ("x.7.23", "authfailure"),
    ("x.7.24", "authfailure"),
    ("x.7.25", "requireptr"),
    ("x.7.26", "authfailure"),
    ("x.7.27", "notaccept"),
    ("x.7.28", "speeding"),
    ("x.7.29", "authfailure"),
    ("x.7.30", "authfailure"),
    ("x.7.31", "authfailure"),
    ("x.7.32", "authfailure"),
    ("x.7.509", "authfailure"),
    ("x.7.515", "authfailure"),
    ("x.7.", "securityerror"),
)
"""Enhanced codes (RFC 3463 and later), the particular ones first; x is 4 or 5."""

REPLIES = {
    421: "onhold", 450: "onhold", 451: "onhold", 452: "mailboxfull", 432: "speeding",
    551: "userunknown", 552: "mailboxfull", 553: "userunknown", 521: "notaccept", 556: "notaccept",
    530: "securityerror", 534: "securityerror", 535: "securityerror", 538: "securityerror",
}  # fmt: skip
"""SMTP replies without words that say more."""
