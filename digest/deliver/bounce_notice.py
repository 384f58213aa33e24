"""Notices of Amazon SES that come as a mail instead of a call: JSON in the text."""

import json

from digest.deliver.bounce_evidence import Evidence
from digest.model.bounce import BounceKind


def read(text: str) -> tuple[BounceKind | None, tuple[Evidence, ...]] | None:
    """Kind (None: a bounce, to be judged) and evidence of a notice; None for any other text."""
    start = text.find("{")
    if start < 0 or text[:start].strip() or "notificationType" not in text:
        return None
    try:
        told, _ = json.JSONDecoder().raw_decode(text[start:].replace("!\n ", ""))
        if isinstance(told.get("Message"), str):
            told = json.loads(told["Message"])
        return _notice(told)
    except (ValueError, AttributeError, KeyError, TypeError):
        return None


def _notice(told: dict[str, dict[str, object]]) -> tuple[BounceKind | None, tuple[Evidence, ...]]:
    kind = str(told["notificationType"])
    if kind == "Complaint":
        return BounceKind.COMPLAINT, _people(told["complaint"].get("complainedRecipients"))
    if kind == "Delivery":
        return BounceKind.DELIVERED, _people(
            [{"emailAddress": who} for who in _list(told["delivery"].get("recipients"))]
        )
    return None, _people(told["bounce"].get("bouncedRecipients"))


def _people(found: object) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            recipient=str(one.get("emailAddress", "")),
            action=str(one.get("action", "")),
            status=str(one.get("status", "")),
            text=str(one.get("diagnosticCode", "")).partition(";")[2].strip()
            or str(one.get("diagnosticCode", "")),
        )
        for one in _list(found)
        if isinstance(one, dict)
    )


def _list(found: object) -> list[object]:
    return found if isinstance(found, list) else []
