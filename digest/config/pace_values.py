"""Values of `mail` that say how fast, when, and where letters come in."""

import re
from datetime import time, timedelta

from digest.config.values import SECONDS, duration, split
from digest.model.mail import Quiet, Rate

_RATE = re.compile(
    r"(\d{1,9}(?:\.\d{1,3})?)\s*(?:/|\s+(?:per|a)\s+)\s*(\d{0,6})\s*([a-z]+)", re.I | re.A
)
_HOURS = re.compile(r"(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)", re.A)
PORTS = {"imaps": 993, "imap": 143, "pop3s": 995, "pop3": 110}


def rates(text: str) -> tuple[Rate, ...]:
    """One or several of "200/s", "600/10m" or "5000 per hour", with commas between."""
    return tuple(_rate(part) for part in text.split(","))


def _rate(text: str) -> Rate:
    found = _RATE.fullmatch(text.strip())
    if not found or found[3].lower() not in SECONDS:
        number = text.strip()
        example = f"{number}/s" if number.isdecimal() and number.isascii() else "200/s or 5000/h"
        raise ValueError(f"{text.strip()!r} is no rate; write for example {example}")
    most, within = float(found[1]), int(found[2] or 1) * SECONDS[found[3].lower()]
    if not most or not within:
        raise ValueError("a rate of 0 would send nothing; leave `rate` out for no limit")
    while most != int(most):  # "0.5/s" is one in two seconds
        most, within = most * 2, within * 2
        if within > SECONDS["w"]:
            raise ValueError(f"{text.strip()!r} is too uneven; write for example 5/10s")
    return Rate(most=int(most), within=timedelta(seconds=within))


def quiet(text: str) -> Quiet:
    """Hours of the day: "22:00-07:00"."""
    found = _HOURS.fullmatch(text.strip())
    try:
        if not found:
            raise ValueError
        begins, ends = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
    except ValueError:
        raise ValueError(f"{text!r} is no span of hours; write for example 22:00-07:00") from None
    if begins == ends:
        raise ValueError("begins and ends at the same time; leave `quiet` out for none")
    return Quiet(begins=begins, ends=ends)


def inbox(text: str) -> str:
    """imaps://HOST/FOLDER or pop3s://HOST, imap:// or pop3://; the port is filled in."""
    parts = split(text.strip())
    if "@" in parts.netloc:
        raise ValueError("write `user:` and `password: {env: NAME}` beside it, not in the address")
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError(
            f"{text!r} is no mailbox; write for example imaps://mail.example.org/INBOX"
            " or pop3s://mail.example.org"
        )
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    folder = parts.path.strip("/")
    if folder and parts.scheme.startswith("pop3"):
        raise ValueError("POP3 knows no folders; leave the path out")
    tail = f"/{folder or 'INBOX'}" if parts.scheme.startswith("imap") else ""
    return f"{parts.scheme}://{host}:{parts.port or PORTS[parts.scheme]}{tail}"


def pause_between(text: str) -> timedelta:
    """How often a mailbox is read: a minute at least."""
    found = duration(text)
    if found < timedelta(minutes=1):
        raise ValueError("a mailbox is read once a minute at most; write for example 5m")
    return found
