"""Bounces: what a mail or a refusal says of an address, and what follows from it."""

import json
from datetime import timedelta
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver import bounces, standing
from digest.deliver.bounce_rules import GENERAL, WORDS
from digest.model.audience import SuppressionReason
from digest.model.bounce import Blame, Bounce, BounceKind, Verdict
from tests.builders import NOW

TOKEN = "12-345-0123456789abcdef"

DSN = b"""From: MAILER-DAEMON@mx.example
To: bounces+%(token)s@sample.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <1@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

Sorry, it could not be delivered.
%(said)s

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; anna@reader.example
Action: %(action)s
Status: %(status)s
Diagnostic-Code: smtp; %(words)s

--b
Content-Type: message/rfc822

From: news@sample.example
Subject: News in 60 seconds
X-Digest-Delivery: %(token)s

News.
--b--
"""


def dsn(words: str, status: str = "5.0.0", action: str = "failed", said: str = "") -> bytes:
    """A delivery status notification about Anna's address."""
    told = {"words": words, "status": status, "action": action, "said": said, "token": TOKEN}
    return DSN % {key.encode(): value.encode() for key, value in told.items()}


@pytest.mark.parametrize(
    ("words", "status", "kind", "reason", "blame"),
    [
        ("550 5.1.1 <anna@reader.example> User unknown", "5.1.1", "hard", "userunknown", "address"),
        ("550 no such domain", "5.1.2", "hard", "hostunknown", "address"),
        ("552 5.2.2 mailbox full", "5.2.2", "soft", "mailboxfull", "mailbox"),
        ("550 5.2.1 account disabled", "5.2.1", "soft", "suspend", "mailbox"),
        ("550 5.7.26 unauthenticated, SPF fail", "5.7.26", "soft", "authfailure", "sender"),
        ("550 5.7.25 no PTR record", "5.7.25", "soft", "requireptr", "sender"),
        ("554 5.7.1 blocked using zen.spamhaus.org", "5.7.1", "soft", "blocked", "sender"),
        ("550 5.1.1 too many recipients this hour", "5.1.1", "soft", "speeding", "sender"),
        ("550 5.7.1 message looks like spam", "5.7.1", "soft", "spamdetected", "sender"),
        ("451 4.7.1 greylisted, try again later", "4.7.1", "soft", "onhold", "nobody"),
        ("550 5.1.1", "5.1.1", "hard", "userunknown", "address"),
        ("", "4.4.7", "soft", "expired", "nobody"),
    ],
)
def test_a_notification_is_judged(
    words: str, status: str, kind: str, reason: str, blame: str
) -> None:
    """Words before codes, and our own faults never against a reader."""
    report = bounces.read(dsn(words, status))
    (verdict,) = report.verdicts
    assert (verdict.kind, verdict.reason, verdict.blame) == (kind, reason, blame)
    assert verdict.recipient == "anna@reader.example"
    assert (report.key, report.delivery) == ("1@mx.example", TOKEN)


@pytest.mark.parametrize("ends", [b"\n", b"\r\n", b"\r"])
def test_line_ends_do_not_matter(ends: bytes) -> None:
    """A mail reads the same however it was stored."""
    content = dsn("550 5.1.1 user unknown").replace(b"\n", ends)
    assert bounces.read(content).kind is BounceKind.HARD


def test_a_delivered_receipt_is_no_bounce() -> None:
    """Somebody asked for a receipt, or a list was expanded."""
    report = bounces.read(dsn("250 ok", "2.0.0", "delivered"))
    assert report.kind is BounceKind.DELIVERED


def test_refused_after_data_is_no_dead_address() -> None:
    """The mailbox was accepted at RCPT; what refused the message was a filter."""
    said = "host mx.example said: 550 user unknown (in reply to end of DATA command)"
    report = bounces.read(dsn("550 user unknown", said=said))
    assert report.verdicts[0].reason == "filtered"


def test_dead_only_when_nothing_speaks_against_it() -> None:
    """A report that contradicts itself is no proof of death."""
    report = bounces.read(dsn("550 5.1.1 user unknown", "5.1.1", said="mailbox is full"))
    assert report.kind is BounceKind.SOFT


def test_plain_text_of_older_servers() -> None:
    """An address at the beginning of a line, and what the other side said."""
    content = (
        b"From: MAILER-DAEMON@old.example\nSubject: failure notice\n\n"
        b"Hi. This is the program at old.example.\n\n<anna@reader.example>:\n"
        b"192.0.2.1 does not like recipient.\nRemote host said: 550 no such user\n"
        b"Giving up on 192.0.2.1.\n\n--- Below this line is a copy of the message.\n\n"
        b"X-Digest-Delivery: 12-345-0123456789abcdef\n"
    )
    report = bounces.read(content)
    assert [(v.kind, v.recipient) for v in report.verdicts] == [
        (BounceKind.HARD, "anna@reader.example")
    ]
    assert report.delivery == TOKEN


def test_a_complaint_names_who_complained() -> None:
    """ARF (RFC 5965); the reader's word counts, whatever else stands there."""
    content = (
        b"From: fbl@isp.example\nSubject: complaint\nMIME-Version: 1.0\n"
        b"Content-Type: multipart/report; report-type=feedback-report; boundary=b\n\n"
        b"--b\nContent-Type: text/plain\n\nAbuse.\n"
        b"--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\n"
        b"User-Agent: X/1\nVersion: 1\nOriginal-Rcpt-To: anna@reader.example\n\n"
        b"--b\nContent-Type: message/rfc822\n\nSubject: News\n"
        b"X-Digest-Delivery: 12-345-0123456789abcdef\n\nx\n--b--\n"
    )
    report = bounces.read(content)
    assert (report.kind, report.feedback, report.delivery) == ("complaint", "abuse", TOKEN)
    assert report.verdicts[0].recipient == "anna@reader.example"


@pytest.mark.parametrize(
    "head",
    [
        b"Subject: Re: News\nAuto-Submitted: auto-replied",
        b"Subject: Out of office: back on Monday",
        b"Subject: away\nPrecedence: auto_reply",
    ],
)
def test_automatic_answers_count_as_nothing(head: bytes) -> None:
    """RFC 3834 and its older kin."""
    content = b"From: Anna <anna@reader.example>\n" + head + b"\n\nI am away.\n"
    assert bounces.read(content).kind is BounceKind.AUTOREPLY


def test_a_letter_is_no_report() -> None:
    """A reader who writes to the desk is not a bounce, even about full mailboxes."""
    content = (
        b"From: Anna <anna@reader.example>\nSubject: Hello\n\nMy mailbox is full of your news.\n"
    )
    assert bounces.read(content).kind is BounceKind.NONE


@given(st.binary(max_size=400))
def test_any_bytes_are_a_report(content: bytes) -> None:
    """Nothing that comes in breaks the reading."""
    report = bounces.read(b"Content-Type: multipart/report; boundary=b\n\n--b\n" + content)
    assert report.key


MANY = 100_000
HEAD = b"From: MAILER-DAEMON@x.example\nSubject: failure notice\n"
HOSTILE = {
    "dashes": HEAD + b"\n" + b"-" * MANY,
    "folded blanks": dsn("550 x" + "\n " * MANY),
    "blank lines": dsn("", said="\n" * MANY).replace(
        b"Final-Recipient",
        b"Status: 5.0.0\nFinal-Recipient: rfc822; a@b.example\n\nFinal-Recipient",
    ),
    "replies": dsn("550 " * (MANY // 4), said="\n550 x" * (MANY // 6)),
    "subject": b"From: MAILER-DAEMON@x\nSubject: " + b"notification " * (MANY // 13) + b"\n\n",
    "words": b"From: " + b"=?utf-8?q?x?= " * (MANY // 14) + b"\n\n",
    "nested": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2_000)
    ),
    "addresses": HEAD + b"\n" + b"a@b.example\n" * (MANY // 12),
    "brackets": HEAD + b"Content-Type: text/html\n\n" + b"<" * MANY,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_mails_are_read_in_about_linear_time(content: bytes) -> None:
    """By the processor time of this process: several took minutes when a pattern, or the library,
    was given them whole."""
    before = process_time()
    bounces.read(content)
    assert process_time() - before < 10


@given(st.text(max_size=300), st.integers(200, 599))
def test_any_reply_has_a_verdict(text: str, code: int) -> None:
    """A refusal is hard only for what concerns the address."""
    verdict = bounces.of_reply(code, text)
    assert verdict.reason
    if verdict.kind is BounceKind.HARD:
        assert verdict.blame is Blame.ADDRESS


def test_rules_are_lower_case() -> None:
    """They are matched against lower-case text."""
    for _, patterns in (*WORDS, *GENERAL):
        for pattern in patterns:
            assert (
                pattern.replace("\\S", "").replace("\\W", "")
                == pattern.replace("\\S", "").replace("\\W", "").lower()
            )


def soft(days_ago: float, blame: Blame = Blame.MAILBOX) -> Bounce:
    """A soft bounce some days ago."""
    return Bounce(
        origin="mail",
        key=str(days_ago),
        address="anna@reader.example",
        verdict=Verdict(kind=BounceKind.SOFT, reason="mailboxfull", blame=blame),
        at=NOW - timedelta(days=days_ago),
    )


def test_soft_bounces_add_up_and_fade() -> None:
    """Daily for a week or more suppresses; a full mailbox long ago, or our own faults, do not."""
    daily = [soft(n) for n in range(9, -1, -1)]
    assert "10 soft bounces since" in standing.too_often(daily, NOW)
    assert standing.too_often(daily, NOW + timedelta(days=60)) == ""
    assert standing.too_often(daily[-5:], NOW) == ""
    assert standing.too_often([soft(n, Blame.SENDER) for n in range(30, 0, -1)], NOW) == ""
    assert standing.score([soft(14)], NOW) == pytest.approx(0.5)


def test_only_death_and_complaints_suppress_at_once() -> None:
    """Reports about our own authentication never concern the reader they name."""
    hard = Verdict(kind=BounceKind.HARD, reason="userunknown", blame=Blame.ADDRESS)
    complaint = Verdict(kind=BounceKind.COMPLAINT, reason="feedback")
    assert standing.at_once(hard, "") is SuppressionReason.BOUNCE
    assert standing.at_once(complaint, "abuse") is SuppressionReason.COMPLAINT
    assert standing.at_once(complaint, "auth-failure") is None
    assert standing.at_once(soft(0).verdict, "") is None


@pytest.mark.shared
def test_agreement_with_published_bounces(shared: Path) -> None:
    """Kinds agree to 95 %, dead addresses to 99 %, and every complaint is found."""
    folder = shared / "data" / "bounces"
    expected = json.loads((folder / "expected.json").read_text())
    found = {name: bounces.read((folder / name).read_bytes()).kind for name in expected}
    agreed = [name for name, kind in found.items() if kind == expected[name]["kind"]]
    assert len(agreed) >= 0.95 * len(expected)
    dead = [name for name, kind in found.items() if kind is BounceKind.HARD]
    assert sum(expected[name]["kind"] == "hard" for name in dead) >= 0.99 * len(dead)
    for kind in ("complaint", "autoreply"):
        for name, told in expected.items():
            assert (found[name] == kind) == (told["kind"] == kind), name
