"""Events of eight mail providers, read once a call is believed: which are bounces, and whose."""

import json
from collections.abc import Callable

from digest.deliver import hook_proof
from digest.deliver import hook_verdicts as verdicts
from digest.deliver.bounce_codes import HARD
from digest.deliver.calls import Ignored, Refused
from digest.deliver.hook_told import (
    Call,
    Confirm,
    Found,
    Thing,
    Told,
    address,
    delivery,
    each,
    first,
    report,
    text,
    thing,
    things,
)
from digest.deliver.hook_verdicts import ASK, SOFT, complaint, failure, plain
from digest.model.bounce import Verdict

TEST_NOTICE = "Successfully validated SNS topic"
"""How the words start that Amazon SES sends to a topic once."""


def sendgrid(call: Call) -> Told:
    """A list of events; custom arguments stand among their own fields."""
    return each(call.body, _sendgrid)


def _sendgrid(event: Thing) -> Found:
    name, recipient = text(event, "event").lower(), address(text(event, "email"))
    custom = (event, event.get("unique_args"), event.get("custom_args"))
    token = delivery(*custom, ids=(text(event, "smtp-id"),))
    key = (text(event, "sg_event_id"),)
    if name == "spamreport":
        return (report(event, key, complaint(recipient), token),)
    words = text(event, "reason")
    if name == "dropped":
        claimed = verdicts.SENDGRID_DROPS.get(words.lower(), SOFT)
        return (report(event, key, failure(claimed, recipient, own=words), token),)
    if name not in ("bounce", "blocked"):
        return name
    group = text(event, "bounce_classification").lower()
    claimed = verdicts.SENDGRID.get(group, ASK) if group else "userunknown"
    if "blocked" in (name, text(event, "type").lower()):
        # SendGrid itself tries such an address again.
        claimed = "blocked" if claimed in ("userunknown", ASK) else claimed
    verdict = failure(claimed, recipient, words, dsn=text(event, "status"))
    return (report(event, key, verdict, token),)


def mailgun(call: Call) -> Told:
    """One event, with what the message carried."""
    return each(call.body, _mailgun)


def _mailgun(whole: Thing) -> Found:
    event = thing(whole, "event-data")
    name, recipient = text(event, "event").lower(), address(text(event, "recipient"))
    headers = thing(event, "message", "headers")
    token = delivery(event.get("user-variables"), headers, ids=(text(headers, "message-id"),))
    key = (text(event, "id"),)
    if name == "complained":
        return (report(event, key, complaint(recipient), token),)
    if name == "rejected":
        words = text(event, "reject", "reason")
        return (report(event, key, failure("rejected", recipient, own=words), token),)
    if name != "failed" or text(event, "severity").lower() != "permanent":
        return f"{name} {text(event, 'severity')}".strip()
    status = thing(event, "delivery-status")
    claimed = verdicts.MAILGUN.get(text(event, "reason").lower(), ASK)
    if text(status, "bounce-type").lower() == "soft" and claimed in ("userunknown", ASK):
        claimed = SOFT
    verdict = failure(
        claimed,
        recipient,
        first(status, "message", "description"),
        text(status, "code"),
        text(status, "enhanced-code"),
    )
    return (report(event, key, verdict, token),)


def postmark(call: Call) -> Told:
    """One event; a complaint comes as a record of its own or as a type of bounce."""
    return each(call.body, _postmark)


def _postmark(event: Thing) -> Found:
    record, kind = text(event, "RecordType"), text(event, "Type")
    if record not in ("Bounce", "SpamComplaint") and (record or not text(event, "BouncedAt")):
        return record
    recipient = address(text(event, "Email"))
    token = delivery(event.get("Metadata"), event.get("Headers"))
    key = (text(event, "ID"), kind or record)
    if "spamcomplaint" in (plain(record), plain(kind)):
        return (report(event, key, complaint(recipient), token),)
    if plain(kind) in verdicts.POSTMARK_NONE:
        return kind
    claimed = verdicts.POSTMARK.get(plain(kind), SOFT)
    words, own = text(event, "Details"), text(event, "Description")
    verdict = failure(claimed, recipient, words, own=own)
    return (report(event, key, verdict, token),)


def brevo(call: Call) -> Told:
    """One event, or a list of them where batches are switched on."""
    return each(call.body, _brevo)


def _brevo(event: Thing) -> Found:
    name, recipient = text(event, "event"), address(text(event, "email"))
    mail = first(event, "message-id", "messageId")
    custom = (event.get("X-Mailin-custom"), event.get("tag"), event.get("tags"))
    token = delivery(*custom, ids=(mail,))
    key = (mail, name, first(event, "ts_event", "ts", "ts_epoch"))
    if plain(name) in ("spam", "complaint"):
        return (report(event, key, complaint(recipient), token),)
    if plain(name) not in verdicts.BREVO:
        return name
    verdict = failure(verdicts.BREVO[plain(name)], recipient, text(event, "reason"))
    return (report(event, key, verdict, token),)


def mailjet(call: Call) -> Told:
    """One event, or a list of them where grouping is switched on."""
    return each(call.body, _mailjet)


def _mailjet(event: Thing) -> Found:
    name, recipient = text(event, "event").lower(), address(text(event, "email"))
    token = delivery(event.get("CustomID"), event.get("Payload"))
    mail = first(event, "Message_GUID", "MessageGUID", "MessageID")
    key = (mail, name, text(event, "time"))
    if name == "spam":
        return (report(event, key, complaint(recipient), token),)
    error = text(event, "error").lower()
    if name not in ("bounce", "blocked") or error == "greylisted":
        return f"{name} {error}".strip()
    claimed = verdicts.MAILJET.get(error, SOFT)
    if event.get("hard_bounce") is False and claimed in HARD:
        claimed = SOFT
    verdict = failure(claimed, recipient, first(event, "comment", "smtp_reply"), own=error)
    return (report(event, key, verdict, token),)


def resend(call: Call) -> Told:
    """One event; one report for each recipient, told apart by its place."""
    call_id = text(call.headers, "svix-id")
    return each(call.body, lambda event: _resend(event, call_id))


def _resend(event: Thing, call_id: str) -> Found:
    kind, data = text(event, "type"), thing(event, "data")
    recipients = [address(one) for one in _texts(data.get("to"))]
    token = delivery(data.get("tags"), data.get("headers"), ids=(text(data, "message_id"),))
    verdict = _of_resend(kind, data)
    if verdict is None:
        return kind
    return tuple(
        report(event, (call_id, str(n)), verdict(one), token) for n, one in enumerate(recipients)
    )


def _of_resend(kind: str, data: Thing) -> Callable[[str], Verdict] | None:
    """How the event judges a recipient, None for one that judges nobody."""
    if kind == "email.complained":
        return complaint
    if kind == "email.bounced":
        bounce = thing(data, "bounce")
        group = (text(bounce, "type").lower(), text(bounce, "subType").lower())
        claimed = verdicts.SES.get(group, SOFT)
        words, own = " ".join(_texts(bounce.get("diagnosticCode"))), text(bounce, "message")
    elif kind == "email.suppressed":
        claimed, words, own = verdicts.SUPPRESSED, "", text(data, "suppressed", "message")
    elif kind == "email.failed":
        claimed, words, own = "rejected", "", text(data, "failed", "reason")
    else:
        return None
    return lambda recipient: failure(claimed, recipient, words, own=own)


def sparkpost(call: Call) -> Told:
    """A list of events, each wrapped twice."""
    return each(call.body, _sparkpost)


def _sparkpost(whole: Thing) -> Found:
    if not isinstance(whole.get("msys"), dict):
        return ""
    event = next(iter(things(list(thing(whole, "msys").values()))), {})
    kind = text(event, "type")
    recipient = address(first(event, "raw_rcpt_to", "rcpt_to"))
    token = delivery(event.get("rcpt_meta"))
    key, feedback = (text(event, "event_id"),), text(event, "fbtype").lower()
    if kind == "spam_complaint" and feedback != verdicts.NOT_SPAM:
        return (report(event, key, complaint(recipient, feedback), token, feedback),)
    group = text(event, "bounce_class")
    claimed = {
        "bounce": verdicts.SPARKPOST.get(group, SOFT),
        "out_of_band": verdicts.SPARKPOST.get(group, SOFT),
        "policy_rejection": "policyviolation",
        "generation_rejection": "policyviolation",
        "generation_failure": "rejected",
    }.get(kind)
    if claimed is None or group in verdicts.SPARKPOST_NONE:
        return kind or "ping"
    words = first(event, "raw_reason", "reason")
    verdict = failure(claimed, recipient, words, text(event, "error_code"))
    return (report(event, key, verdict, token),)


def ses(call: Call) -> Told:
    """A message of Amazon SNS: a question whether we want more, or an event of Amazon SES."""
    whole = thing(json.loads(call.body))
    kind, message = text(whole, "Type"), str(whole.get("Message", ""))
    if kind == "SubscriptionConfirmation":
        url = hook_proof.subscribe_url(whole.get("SubscribeURL"))
        return Confirm(url=url) if url else Refused(because="what we are to confirm is elsewhere")
    if kind != "Notification":
        return Ignored(because=f"{kind} is no event of Amazon SES")
    if message.startswith(TEST_NOTICE):
        return Ignored(because="Amazon SES tried whether it can write to the topic")
    return each(message.encode("utf-8", "replace"), lambda event: _ses(event, whole))


def _ses(event: Thing, whole: Thing) -> Found:
    kind, mail = first(event, "notificationType", "eventType"), thing(event, "mail")
    ids = (text(mail, "commonHeaders", "messageId"), *_message_ids(mail))
    token = delivery(mail.get("tags"), mail.get("headers"), ids=ids)
    found = _of_ses(kind, event, mail)
    if found is None:
        return kind
    feedback = text(event, "complaint", "complaintFeedbackType").lower()
    return tuple(
        report(event, (text(whole, "MessageId"), one.recipient), one, token, feedback)
        for one in found
    )


def _of_ses(kind: str, event: Thing, mail: Thing) -> list[Verdict] | None:
    """A verdict for each recipient, None for an event that judges nobody."""
    if kind == "Complaint":
        feedback = text(event, "complaint", "complaintFeedbackType").lower()
        who = things(thing(event, "complaint").get("complainedRecipients"))
        whom = [address(text(one, "emailAddress")) for one in who]
        return None if feedback == verdicts.NOT_SPAM else [complaint(w, feedback) for w in whom]
    if kind == "Bounce":
        bounce = thing(event, "bounce")
        group = (text(bounce, "bounceType").lower(), text(bounce, "bounceSubType").lower())
        return [
            failure(
                verdicts.SES.get(group, SOFT),
                address(text(one, "emailAddress")),
                text(one, "diagnosticCode"),
                dsn=text(one, "status"),
            )
            for one in things(bounce.get("bouncedRecipients"))
        ]
    if kind in ("Reject", "Rendering Failure"):
        words = text(event, "reject", "reason") or text(event, "failure", "errorMessage")
        whom = [address(one) for one in _texts(mail.get("destination"))]
        return [failure("rejected", one, own=words) for one in whom]
    return None


def _message_ids(mail: Thing) -> tuple[str, ...]:
    held = things(mail.get("headers"))
    return tuple(text(one, "value") for one in held if text(one, "name").lower() == "message-id")


def _texts(held: object) -> list[str]:
    many = held[:1_000] if isinstance(held, list) else [held]
    return [said for said in (text({"": one}, "") for one in many) if said]
