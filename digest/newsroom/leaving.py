"""Readers who leave by mail: a message to the unsubscribe mailbox, read with suspicion."""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError

from digest.deliver.mail_head import header
from digest.newsroom import subscribing
from digest.newsroom.house import House

HEAD = 64 * 1024
"""Bytes of a mail in which its fields stand."""

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
    message = message_from_bytes(content[:HEAD])
    try:
        told = [header(message, name) for name in ("Subject", "To", "Auto-Submitted")]
    except (MessageError, ValueError) as error:
        return Left(file=file, left=False, because=f"it cannot be read as mail ({error})")
    if told[2].strip().lower() not in ("", "no"):
        return Left(file=file, left=False, because="an answering machine wrote it")
    for token in _TOKEN.findall(f"{told[0]} {told[1]}".lower()):
        found = subscribing.unsubscribe(house, token)
        if found is not None:
            return Left(file=file, left=True, because=f"left {found.title}")
    return Left(file=file, left=False, because="no link of ours is in its subject")
