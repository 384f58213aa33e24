"""What a provider's call tells, and how its fields are read: nothing in them is trusted."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from digest.deliver.calls import UNREADABLE, Headers, Ignored, Refused
from digest.deliver.tokens import DELIVERY
from digest.model.bounce import Report, Verdict

Thing = Mapping[str, object]
"""A JSON object."""

LONGEST = 2_000
"""Characters of one field that are looked at."""
KEY = 200
"""Characters of a report's key; a longer one is hashed."""

NAMES = frozenset({"digestdelivery", "xdigestdelivery"})
"""What a field that carries the delivery token is called, without dashes and underscores."""

_TOKEN = re.compile(DELIVERY)
_IN_ID = re.compile(rf"(?<![\w-]){DELIVERY}(?![\w-])", re.ASCII)
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_ANGLED = re.compile(r"<([^<>]*)>\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm:
    """Amazon asks whether we want its notifications; fetching the URL says yes."""

    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A provider's call as it came, and what it is held against."""

    secret: str
    headers: Headers
    body: bytes
    now: datetime
    certificate: bytes | None = None
    """Of Amazon SNS only: what stands at the call's own certificate URL, PEM."""


Told = tuple[Report, ...] | Ignored | Refused | Confirm

Found = tuple[Report, ...] | str
"""Of one event: its reports, or its name when it is none of ours; "" for one not understood."""


def each(body: bytes, reader: Callable[[Thing], Found]) -> Told:
    """The reports of a body that holds one event or a list of them; an odd one spoils no other."""
    told: object = json.loads(body)
    if told == []:
        return Ignored(because="the call holds no events")
    read = [reader(event) for event in things(told)]
    reports = tuple(one for found in read if not isinstance(found, str) for one in found)
    usable = tuple(one for one in reports if one.delivery or one.verdicts[0].recipient)
    if usable:
        return usable
    names = sorted({name for name in read if isinstance(name, str) and name})
    if names:
        return Ignored(because=f"neither a bounce nor a complaint: {', '.join(names)[:200]}")
    return Refused(because="the call is genuine, but it holds no event that can be read")


def things(told: object) -> tuple[Thing, ...]:
    """The objects of a list, or the one that stands there alone."""
    many = told if isinstance(told, list) else [told]
    return tuple(one for one in many if isinstance(one, Mapping))


def thing(told: object, *path: str) -> Thing:
    """The object at a path, an empty one where there is none."""
    found = _at(told, path)
    return found if isinstance(found, Mapping) else {}


def text(told: object, *path: str) -> str:
    """The text or number at a path, fit to be stored; "" where there is none."""
    found = _at(told, path)
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return ""
    return " ".join(_UNFIT.sub(" ", str(found)[:LONGEST]).split())


def first(told: object, *names: str) -> str:
    """The first of several fields that says something."""
    return next((said for said in (text(told, name) for name in names) if said), "")


def address(told: str) -> str:
    """The address in `Name <address>`, or the whole where no brackets stand."""
    found = _ANGLED.search(told)
    return (found[1] if found else told).strip()[:320]


def delivery(*held: object, ids: tuple[str, ...] = ()) -> str:
    """The delivery token in custom fields, tags or headers, or at last in a Message-ID."""
    found = next((token for token in (_token(one) for one in held) if token), "")
    if found:
        return found
    seen = (_IN_ID.search(one) for one in ids)
    return next((match[0] for match in seen if match), "")


def report(
    event: Thing, key: tuple[str, ...], verdict: Verdict, token: str, feedback: str = ""
) -> Report:
    """One event as a report; where the provider gives it no id, its content is one."""
    whole = " ".join(key)
    if not all(key):
        whole = _hashed(json.dumps(event, sort_keys=True, default=str))
    elif len(whole) > KEY:
        whole = _hashed(whole)
    return Report(key=whole, verdicts=(verdict,), delivery=token, feedback=feedback[:40])


def _hashed(said: str) -> str:
    return blake2b(said.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _at(told: object, path: tuple[str, ...]) -> object:
    for name in path:
        if not isinstance(told, Mapping):
            return None
        told = told.get(name)
    return told


def _token(held: object) -> str:
    """In a text (plain or JSON), a list of texts or name-value pairs, or an object."""
    if isinstance(held, str):
        return _in_text(held.strip()[:LONGEST])
    if isinstance(held, list):
        return next((token for token in (_in_item(one) for one in held) if token), "")
    if isinstance(held, Mapping):
        return _in_fields(held)
    return ""


def _in_text(held: str) -> str:
    if _TOKEN.fullmatch(held):
        return held
    if held[:1] not in ("{", "["):
        return ""
    try:
        told: object = json.loads(held)
    except UNREADABLE:
        return ""
    return "" if isinstance(told, str) else _token(told)


def _in_item(item: object) -> str:
    if not isinstance(item, Mapping):
        return item if isinstance(item, str) and _TOKEN.fullmatch(item) else ""
    name = first(item, "name", "Name")
    return _in_fields({name: first(item, "value", "Value")}) if name else _in_fields(item)


def _in_fields(held: Thing) -> str:
    for name, value in held.items():
        if str(name).lower().replace("-", "").replace("_", "") not in NAMES:
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and _TOKEN.fullmatch(one.strip()):
                return one.strip()
    return ""
