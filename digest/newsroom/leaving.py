"""Readers who leave by mail: a message to the unsubscribe mailbox, read with suspicion."""

import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.errors import MessageError

from digest.newsroom import subscribing
from digest.newsroom.house import House

_TOKEN = re.compile(r"[0-9a-f]{30,200}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """What became of one message."""

    file: str
    left: bool
    because: str


def leave(house: House, file: str, content: bytes) -> Left:
    """The reader named by a genuine token leaves; everything else is reported and changes nothing.

    A mail that carries Auto-Submitted is an answering machine's: it repeats our subject without
    anybody having asked (RFC 3834).
    """
    try:
        message = message_from_bytes(content, policy=policy.default)
        told = [str(message.get(name, "")) for name in ("Subject", "To", "Auto-Submitted")]
    except (MessageError, ValueError, IndexError, AttributeError) as error:
        return Left(file=file, left=False, because=f"it cannot be read as mail ({error})")
    if told[2].strip().lower() not in ("", "no"):
        return Left(file=file, left=False, because="an answering machine wrote it")
    for token in _TOKEN.findall(f"{told[0]} {told[1]}".lower()):
        found = subscribing.unsubscribe(house, token)
        if found is not None:
            return Left(file=file, left=True, because=f"left {found.title}")
    return Left(file=file, left=False, because="no link of ours is in its subject")
