"""A mail taken apart: whose delivery it reports on, and what stands there about it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import Message

from digest.deliver import bounce_notice
from digest.deliver.bounce_evidence import Evidence
from digest.deliver.mail_head import header
from digest.deliver.tokens import DELIVERY
from digest.model.bounce import BounceKind

MOST_BYTES = 512 * 1024
MOST_PARTS = 60
MOST_RECIPIENTS = 50
MOST_TEXT = 20_000
"""Characters of what a mail says that are looked at."""
MOST_VALUE = 4_000
"""Characters of one field."""
MTAS = ("reporting-mta", "remote-mta")

_TOKEN_HEADER = re.compile(rf"^X-Digest-Delivery:[ \t]*({DELIVERY})[ \t]*$", re.M | re.I)
_TOKEN_ADDRESS = re.compile(rf"\+({DELIVERY})@")
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,190}[A-Za-z0-9]")

_ORIGINAL = re.compile(
    r"^[ \t>]*(?:--[ \t-]*)?(?:(?:begin |start of )?(?:this is a copy of (?:the|your) message"
    r"|original message|below this line is a copy|the (?:original message|header of the original)"
    r"|returned message|included is a copy|message headers? follow|(?:un)?sent message|copy of the"
    r" message|header of your message|your original message|original mail|received:|return-path:"
    r"|the body of the original|enclosed is|message header|unsent|undelivered message))",
    re.M | re.I,
)
_AFTER_DATA = re.compile(
    r"end of data|in reply to (?:end of )?data|after (?:end of )?data|>>> data\b|>>> \.$"
    r"|after i sent the message|failed after i sent|refused to accept your message \(data\)"
    r"|\[data\]|eod|smtp:data|did not like our data|after pipelined data|smtp command\s+data",
    re.I | re.M,
)
_DAEMON = re.compile(
    r"mailer[-_ ]?daemon|post[-_ ]?master|mail delivery|delivery (?:subsystem|system)|bounce"
    r"|mail ?system|system administrator|mail administrator|interscan|no-?reply",
    re.I,
)
_FAILURE = re.compile(
    r"undeliver|returned mail|delivery (?:status|fail|problem|notif|has failed)|failure notice"
    r"|mail (?:delivery )?(?:fail|system error|status report|could not)|returned to sender"
    r"|(?:could|was) not (?:be )?deliver|non remis|unzustell|delivery failure|failure delivery"
    r"|fatal errors|unable to deliver|notification.{0,80}fail|error sending your mail|not delivered"
    r"|mail error|message you sent blocked|warning: message|permanent error|not accepted"
    r"|couldn't be delivered|did not reach|delivery to the following|failed recipient|bounced"
    r"|mail failure",
    re.I,
)
_AWAY = re.compile(
    r"out of (?:the )?office|auto(?:matic|mated)?[- ]?(?:re(?:ply|sponse)|answer)|vacation"
    r"|away from (?:my|the)|abwesen|absence|autoreply|automatische antwort|réponse automatique",
    re.I,
)
_REPLIED = re.compile(r"\b[45]\d\d[ -][45]\.\d{1,3}\.\d{1,3}\b")
_MARKED = re.compile(r"auto-(?:replied|notified)", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a mail holds."""

    kind: BounceKind | None = BounceKind.NONE
    """None: a bounce, to be judged by its evidence."""
    evidence: tuple[Evidence, ...] = ()
    text: str = ""
    """What it says to people, without the message that it returns."""
    recipients: tuple[str, ...] = ()
    feedback: str = ""
    delivery: str = ""
    message_id: str = ""


def look(content: bytes) -> Found:
    """Take a mail apart; the content may have any line ends."""
    raw = content[:MOST_BYTES].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    mail = message_from_bytes(raw)
    parts = [part for part, _ in zip(mail.walk(), range(MOST_PARTS), strict=False)]
    told = Found(
        message_id=header(mail, "message-id").strip("<> \n"),
        delivery=_token(mail, raw),
        text=_said(parts),
    )
    if feedback := _feedback(parts):
        recipients = tuple(_complainers(feedback, raw))
        about = feedback.get("feedback-type", "abuse").strip().lower() or "abuse"
        return replace(told, kind=BounceKind.COMPLAINT, feedback=about, recipients=recipients)
    if notice := bounce_notice.read(_said(parts, whole=True)):
        kind, evidence = notice
        who = tuple(one.recipient for one in evidence)
        return replace(told, kind=kind, evidence=evidence, recipients=who)
    groups = list(_status_groups(parts, told.text))
    if not groups and not _is_failure(mail, told.text):
        if not _is_autoreply(mail):
            return told
        sender = _ADDRESS.search(header(mail, "from"))
        who = (sender[0],) if sender else ()
        return replace(told, kind=BounceKind.AUTOREPLY, recipients=who)
    evidence = tuple(_evidence(mail, told.text, groups))
    if evidence and all(one.action in ("delivered", "relayed", "expanded") for one in evidence):
        who = tuple(one.recipient for one in evidence)
        return replace(told, kind=BounceKind.DELIVERED, recipients=who)
    return replace(told, kind=None, evidence=evidence)


def _feedback(parts: list[Message]) -> dict[str, str]:
    """The fields of a feedback report (RFC 5965), {} when there is none."""
    for part in parts:
        if part.get_content_type() == "message/feedback-report":
            return _fields(_raw_text(part))
    for part in parts:
        if part.get_content_maintype() == "text":
            text = _text(part)
            if re.search(r"^feedback-type:\s*\w", text, re.M | re.I):
                return _fields(text)
    for part in parts:  # Hotmail's junk mail reports have no fields but this one
        if who := part.get("x-hmxmroriginalrecipient"):
            return {"feedback-type": "abuse", "original-rcpt-to": str(who)}
    return {}


def _complainers(fields: dict[str, str], raw: bytes) -> Iterator[str]:
    told = fields.get("original-rcpt-to", "") + " " + fields.get("removal-recipient", "")
    found = _ADDRESS.findall(told)
    if not found:
        to = re.findall(rb"^To:[ \t]*(.{3,300})$", raw, re.M | re.I)
        found = _ADDRESS.findall(to[-1].decode("utf-8", "replace")) if to else []
    yield from dict.fromkeys(found[:MOST_RECIPIENTS])


def _status_groups(parts: list[Message], text: str) -> Iterator[dict[str, str]]:
    """The fields of each recipient (RFC 3464, 2.3), also where they stand in plain text."""
    seen = False
    for part in parts:
        if part.get_content_type() in ("message/delivery-status", "message/global-delivery-status"):
            seen = True
            told = _raw_text(part)
            server = _fields(told).get("reporting-mta", "")
            yield from ({"reporting-mta": server, **group} for group in _groups(told))
    if not seen:
        yield from _groups(text)


def _groups(text: str) -> Iterator[dict[str, str]]:
    for block in re.split(r"\n[ \t]*\n", text):
        fields = _fields(block)
        known = fields.keys() & {"final-recipient", "original-recipient", "action"}
        if known and fields.keys() & {"status", "action", "diagnostic-code"}:
            yield fields


def _fields(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    name = ""
    for line in text.split("\n"):
        if line[:1] in (" ", "\t") and name:
            if line.strip() and len(found[name]) < MOST_VALUE:
                found[name] += "\n" + line.strip()[:MOST_VALUE]
        else:
            before, colon, value = line.partition(":")
            name = before.strip().lower() if colon and " " not in before.strip() else ""
            if name:
                found[name] = value.strip()[:MOST_VALUE]
    return found


def _evidence(mail: Message, text: str, groups: list[dict[str, str]]) -> Iterator[Evidence]:
    for fields in groups[:MOST_RECIPIENTS]:
        yield _of_fields(fields, text, single=len(groups) == 1)
    if groups:
        return
    failed = _ADDRESS.findall(header(mail, "x-failed-recipients"))
    said = list(_paragraphs(text))
    if said:
        yield from said
        return
    names = failed or _ADDRESS.findall(text)[:1] or [""]
    for name in dict.fromkeys(names):
        yield Evidence(
            recipient=name, text=_by_server(text), after_data=_refused_message(text), server=name
        )


def _of_fields(fields: dict[str, str], text: str, *, single: bool) -> Evidence:
    who = fields.get("final-recipient") or fields.get("original-recipient") or ""
    found = _ADDRESS.search(who) or _ADDRESS.search(fields.get("original-recipient", ""))
    recipient = found[0] if found else who.partition(";")[2].strip(" <>")
    status = re.search(r"[245]\.\d{1,3}\.\d{1,3}", fields.get("status", ""))
    said = fields.get("diagnostic-code", "").partition(";")
    words = said[2] or said[0]
    near = _near(text, recipient, single=single)
    if len(words.split()) < 2 or re.fullmatch(r"\W*\d+\W*", words):
        words = f"{words} {near}".strip()
    return Evidence(
        recipient=recipient,
        server=_server(fields),
        action=fields.get("action", "").split("(")[0].strip().lower(),
        status=status[0] if status else "",
        text=words,
        after_data=_refused_message(near),
    )


def _server(fields: dict[str, str]) -> str:
    """Who reports, and whom it talked to."""
    told = [fields.get(name, "").rpartition(";")[2].strip() for name in MTAS]
    return f"from {told[0]} to {told[1]}"


def _refused_message(text: str) -> bool:
    """The last thing said before the refusal was the message, or DATA."""
    command = ""
    for line in text.split("\n"):
        if found := re.match(r"\s*>>> (\w+|\.)", line):
            command = found[1].upper()
        elif re.match(r"\s*<<< 5", line):
            return command in ("DATA", ".")
    return bool(_AFTER_DATA.search(text))


def _near(text: str, recipient: str, *, single: bool) -> str:
    """What the mail says of a recipient to people."""
    if single or not recipient:
        return text
    line = re.search(rf"^[ \t]*<?{re.escape(recipient)}>?:.*$", text, re.M)
    if line:
        return line[0]
    at = text.find(recipient)
    return text[at : at + 600] if at >= 0 else ""


def _by_server(text: str) -> str:
    """The replies of servers that stand in a text, or all of it where there are none."""
    found = re.search(r"(?:^|[\s:<>\[(\"'])[45]\d\d[ -](?=\S{2})", text)
    return text[found.start() : found.start() + 900].strip() if found else text


def _paragraphs(text: str) -> Iterator[Evidence]:
    """As qmail and its kin write: an address at the beginning of a line, then why."""
    lines = re.findall(rf"^([45]\d\d <({_ADDRESS.pattern})>\.\.\. .*)$", text, re.M)
    if len(lines) > 1:
        for words, name in lines[:MOST_RECIPIENTS]:
            yield Evidence(recipient=name, text=words, server=name)
        return
    starts = [
        found
        for found in re.finditer(
            rf"^[ \t]*[<\"]?({_ADDRESS.pattern})[>\"]?(?=:|\s*$|\s*\n)", text, re.M
        )
    ]
    for number, found in enumerate(starts[:MOST_RECIPIENTS]):
        end = starts[number + 1].start() if number + 1 < len(starts) else len(text)
        words = text[found.end() : end]
        if len(words.split()) < 2:
            words = text
        yield Evidence(
            recipient=found[1],
            text=words.lstrip(": \n")[:900],
            after_data=_refused_message(words),
            server=found[1],
        )


def _is_autoreply(mail: Message) -> bool:
    """RFC 3834, and what programs wrote before it and in spite of it."""
    if _MARKED.search(header(mail, "auto-submitted")):
        return True
    for name in ("x-autoreply", "x-autorespond", "x-apple-action"):
        if mail.get(name):
            return True
    if re.search(r"auto[-_]?reply", header(mail, "precedence"), re.I):
        return True
    subject = header(mail, "subject")
    return bool(_AWAY.search(subject)) and not _DAEMON.search(header(mail, "from"))


def _is_failure(mail: Message, text: str) -> bool:
    sender = header(mail, "from") + " " + header(mail, "return-path")
    told = f"{header(mail, 'subject')}\n{text[:3000]}"
    if mail.get("x-failed-recipients"):
        return True
    if _DAEMON.search(sender) and _REPLIED.search(text):
        return True
    empty = header(mail, "return-path").strip() == "<>"
    return bool(_FAILURE.search(told)) and (bool(_DAEMON.search(sender)) or empty or not sender)


def _said(parts: list[Message], *, whole: bool = False) -> str:
    """The text parts before the returned message, cut where it begins."""
    told: list[str] = []
    for part in parts:
        kind = part.get_content_type()
        if kind in ("message/rfc822", "text/rfc822-headers", "message/delivery-status"):
            break
        if part.get_content_maintype() == "text" and not part.is_multipart():
            text = _text(part)
            if kind == "text/html":
                if told:
                    continue
                text = re.sub(r"<[^<>]{0,2000}>", " ", text)
            told.append(text)
    text = "\n".join(told)[:MOST_TEXT]
    if parts and parts[0].get_content_maintype() == "multipart" and not parts[0].is_multipart():
        text = _text(parts[0])[:MOST_TEXT]  # its boundary is a wrong one
    found = None if whole else _ORIGINAL.search(text)
    return text[: found.start()] if found and found.start() > 40 else text


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    raw = payload if isinstance(payload, bytes) else b""
    charset = part.get_content_charset() or "utf-8"
    try:
        return raw.decode(charset, "replace")
    except LookupError:
        return raw.decode("utf-8", "replace")


def _raw_text(part: Message) -> str:
    """Of a part that the parser may have taken for messages."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return "\n\n".join(_unparsed(one) for one in payload if isinstance(one, Message))
    return _text(part) or str(payload)


def _unparsed(mail: Message) -> str:
    """Its fields and what follows them; the library's own writing folds anew, at any length."""
    lines = [f"{name}: {str(value)[:MOST_VALUE]}" for name, value in mail.items()]
    payload = mail.get_payload()
    return "\n".join([*lines, "", payload if isinstance(payload, str) else ""])


def _token(mail: Message, raw: bytes) -> str:
    """The delivery's token: in an address the report came to, or in the message it returns."""
    for name in ("delivered-to", "x-original-to", "to", "envelope-to", "x-envelope-to"):
        for value in mail.get_all(name, []):
            if found := _TOKEN_ADDRESS.search(str(value)):
                return found[1]
    found = _TOKEN_HEADER.search(raw.decode("latin-1"))
    return found[1] if found else ""
