"""Mail addresses: tidied, and what is wrong with one."""

import re
from functools import lru_cache

LONGEST_ADDRESS = 254

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")


def tidy_address(text: str) -> str:
    """The address without blanks around it, its domain in lower-case ASCII."""
    local, at, domain = text.strip().rpartition("@")
    try:
        return f"{local}{at}{domain.lower().encode('idna').decode()}"
    except UnicodeError:
        return text.strip()


def address_problem(address: str) -> str:
    """Why no mail can go to the address, in one sentence; "" when it can."""
    local, at, domain = address.rpartition("@")
    labels = domain.split(".")
    if not at or not local or "@" in local:
        return "an address has exactly one @ with something on both sides"
    if len(address) > LONGEST_ADDRESS or len(local) > 64:
        return "the address is too long"
    if not _LOCAL.fullmatch(local):
        return "before the @ there is a character that no mail address may hold"
    if len(labels) < 2 or not all(_LABEL.fullmatch(label) for label in labels):
        return "after the @ there must be a domain such as example.org"
    return ""


@lru_cache(maxsize=16)
def domain_of(address: str) -> str:
    """The domain in ASCII; asked for every message of an edition."""
    return tidy_address(address).rpartition("@")[2]
