"""Bounces, complaints and automatic answers: what a mail or a refusal says of an address.

Decided from, in order: the fields of a delivery status notification (RFC 3464), the words of the
server that refused, the enhanced code (RFC 3463), the SMTP reply, and what else stands in the mail.
"""

import re
from functools import cache
from hashlib import blake2b

from digest.deliver import bounce_mail
from digest.deliver.bounce_codes import BLAME, CODES, HARD, REPLIES
from digest.deliver.bounce_evidence import Evidence
from digest.deliver.bounce_mail import Found
from digest.deliver.bounce_rules import GENERAL, REFUSES_BY_RULE, WORDS, Rules
from digest.model.bounce import Blame, BounceKind, Report, Verdict

LOOKED_AT = 4_000
"""Characters of a text in which words are looked for."""
SHOWN = 400
"""Characters of a server's words that are kept."""

_DSN = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_REPLY = re.compile(r"(?<![\d.:-])([245][0-5]\d)(?=[ \-:;,)\]]|$)")


def read(content: bytes) -> Report:
    """What a whole mail tells; one that is no report has the kind `none`. Never raises."""
    try:
        found = bounce_mail.look(content)
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError):
        found = Found()
    key = found.message_id or blake2b(content, digest_size=16).hexdigest()
    return Report(
        key=key[:200],
        verdicts=tuple(_verdicts(found)),
        delivery=found.delivery,
        feedback=found.feedback,
    )


def of_reply(code: int, text: str) -> Verdict:
    """What an SMTP reply says of the address it answers."""
    found = _DSN.search(text)
    dsn = found[0] if found else ""
    words = _plain(text)
    reason = _by_words(words) or _by_code(dsn) or _by_general(words)
    reason = reason or REPLIES.get(code, "onhold" if code < 500 else "undefined")
    return _verdict(reason, Evidence(text=text, status=dsn), code, dsn)


def _verdicts(found: Found) -> list[Verdict]:
    if found.kind is BounceKind.COMPLAINT:
        blame = Blame.SENDER if found.feedback == "auth-failure" else Blame.MAILBOX
        return [
            Verdict(kind=found.kind, reason="feedback", blame=blame, recipient=address)
            for address in found.recipients or ("",)
        ]
    if found.kind is not None:
        reason = {BounceKind.AUTOREPLY: "vacation", BounceKind.DELIVERED: "delivered"}
        first = found.recipients[0] if found.recipients else ""
        return [Verdict(kind=found.kind, reason=reason.get(found.kind, ""), recipient=first)]
    rest = _plain(found.text)
    alone = len(found.evidence) == 1
    return [_judge(one, rest, alone=alone) for one in found.evidence]


def _judge(one: Evidence, rest: str, *, alone: bool) -> Verdict:
    """One recipient: its own words first, then its codes, then the rest of the mail."""
    words = _plain(one.text)
    dsn = _best_dsn(one)
    code = _code(one)
    reason = _by_words(words) if words else ""
    if not reason and one.action == "delayed":
        reason = "expired"
    reason = reason or _by_code(dsn) or _by_words(rest) or _by_general(words) or _by_general(rest)
    reason = reason or REPLIES.get(code, "") or ("onhold" if dsn[:1] == "4" else "undefined")
    return _verdict(_doubted(reason, one, dsn, rest if alone else ""), one, code, dsn)


def _doubted(reason: str, one: Evidence, dsn: str, rest: str) -> str:
    """A mailbox is dead only when nothing speaks against it."""
    if reason != "userunknown":
        return reason
    if dsn == "5.2.1":
        return "filtered"  # by RFC 3463 the mailbox is there, and disabled
    definite = dsn.endswith(".1.1") or "doesn't have a" in one.text
    if one.after_data and not definite:
        # It was taken at RCPT, and the message was not: something there filters.
        return "filtered"
    if REFUSES_BY_RULE.search(f"{one.server} {one.recipient}".lower()):
        return "filtered"
    said = _by_words(rest)
    return said if said == "mailboxfull" else reason


def _verdict(reason: str, one: Evidence, code: int, dsn: str) -> Verdict:
    return Verdict(
        kind=BounceKind.HARD if reason in HARD else BounceKind.SOFT,
        reason=reason,
        blame=BLAME.get(reason, Blame.NOBODY),
        recipient=one.recipient,
        code=code,
        dsn=dsn,
        text=" ".join(one.text[:LOOKED_AT].split())[:SHOWN],
    )


def _by_words(text: str) -> str:
    return next((reason for reason, words in _compiled(WORDS) if words.search(text)), "")


def _by_general(text: str) -> str:
    return next((reason for reason, words in _compiled(GENERAL) if words.search(text)), "")


@cache
def _compiled(rules: Rules) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """When they are first needed: they take 8 MB, and most processes never see a bounce."""
    return tuple((reason, re.compile("|".join(words))) for reason, words in rules)


def _by_code(dsn: str) -> str:
    """The reason of an enhanced code, "" for one that says nothing (x.0.0, x.5.0 and the like)."""
    for known, reason in CODES:
        exact = dsn.replace(dsn[:1], "x", 1) if known[0] == "x" else dsn
        if exact == known or (known.endswith(".") and exact.startswith(known)):
            return reason
    return ""


def _best_dsn(one: Evidence) -> str:
    """The status of the recipient, or one in the server's words that says more."""
    said = [found[0] for found in _DSN.finditer(one.text)]
    telling = [dsn for dsn in (*said, one.status) if dsn and not dsn.endswith(".0.0")]
    return next(iter(telling), one.status or next(iter(said), ""))


def _code(one: Evidence) -> int:
    found = _REPLY.search(one.text)
    return int(found[1]) if found else 0


def _plain(text: str) -> str:
    """Lower case, one blank between words, continuation codes of a long reply taken out."""
    text = text[:LOOKED_AT]
    text = re.sub(r"\n[ \t]*[245]\d\d[- ](?:[245]\.\d{1,3}\.\d{1,3} )?", " ", text)
    text = re.sub(r"\s[245]\d\d-(?:[245]\.\d{1,3}\.\d{1,3} )?", " ", text)
    return " ".join(text.replace("’", "'").lower().split())
