"""What tells a network that two requests are the same post."""

import hashlib
from datetime import datetime

from digest.model.account import Account, Network

_TID_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
_TID_SIZE = 13


def key(account: Account, edition: str, part: int, now: datetime) -> str:
    """The key of one part of an edition (by its slug) on the account."""
    if account.network is Network.BLUESKY:
        return record_key(now, account.id, edition, part)
    return hashlib.sha256(f"{account.id}:{edition}:{part}".encode()).hexdigest()[:32]


def record_key(created: datetime, account_id: str, edition: str, part: int) -> str:
    """A Bluesky record key (TID): the same for the same post, no two alike within an edition."""
    microseconds = int(created.timestamp()) * 1_000_000 + created.microsecond + part
    seed = hashlib.sha256(f"{account_id}:{edition}:{part}".encode()).digest()
    number = (microseconds << 10 | int.from_bytes(seed[:2]) >> 6) & (1 << 63) - 1
    return "".join(_TID_LETTERS[number >> 5 * place & 31] for place in reversed(range(_TID_SIZE)))
