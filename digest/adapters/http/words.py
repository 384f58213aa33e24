"""What kept us from an answer, as an editor says it: what happened, and what we do."""

import errno
import re
import socket
import zlib

import aiohttp

from digest.adapters.http.guard import RefusedError
from digest.url import host

_AGAIN = "we try again later"
_STATUS = {
    204: "has nothing to show at this address (204)",
    206: "sent only a part of the page, which nobody asked for (206)",
    401: "wants a password (401)",
    402: "wants to be paid (402)",
    403: "refuses us (403)",
    404: "has no such page (404)",
    406: "has the page in no form that we can read (406)",
    410: "says the page is gone for good (410)",
    429: "asks for fewer visits (429)",
    451: "may not show the page for legal reasons (451)",
    500: "has a fault of its own (500)",
    502: "is out of order (502)",
    503: "is overloaded or being repaired (503)",
    504: "is out of order (504)",
}
_WITH_SECRETS = re.compile(r"(?<=//)[^/@]*@")


def of_status(url: str, status: int) -> str:
    """An answer that is no page."""
    told = _STATUS.get(status, f"answered with an error ({status})")
    return f"{named(url)} {told}; {_AGAIN}"


def too_large(url: str, most: int) -> str:
    """A body beyond the cap."""
    size = f"{most / 1024 / 1024:.3g} MiB"
    return f"{named(url)} sent more than {size}; nothing of it was used"


def late(url: str, seconds: float) -> str:
    """The time of the whole fetch is over."""
    return f"{named(url)} did not answer in full within {seconds:g} seconds; {_AGAIN}"


def no_address(url: str) -> str:
    """Not http(s), or not an address at all."""
    return f"{shown(url)} is no web address; it was not fetched"


def packed(url: str, encoding: str) -> str:
    """A content encoding we do not read."""
    told = "".join(each for each in encoding[:40] if each.isprintable())
    return f"{named(url)} packed the page in a way we did not ask for ({told}); it was not used"


def damaged(url: str) -> str:
    """A body that cannot be unpacked."""
    return f"{named(url)} sent a page that cannot be unpacked; {_AGAIN}"


def unasked(url: str) -> str:
    """304 to a question without validators."""
    return f"{named(url)} says 'not modified' of a page we never had; {_AGAIN}"


def many_hops(url: str, most: int) -> str:
    """More redirects than anybody means."""
    return f"{shown(url)} redirects more than {most} times; it was not fetched"


def circle(url: str) -> str:
    """Redirects that lead back."""
    return f"{shown(url)} redirects in a circle; it was not fetched"


def trouble(url: str, error: Exception) -> str:
    """Whatever a server, a network or an address can do."""
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    if isinstance(cause, RefusedError):
        return str(cause)
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return _no_name(url, cause)
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return f"{named(url)} has no valid certificate; nothing was fetched"
    if isinstance(error, aiohttp.ClientSSLError):
        return f"{named(url)} cannot agree with us on encryption; {_AGAIN}"
    if isinstance(error, aiohttp.ClientConnectorError):
        return f"{named(url)} takes no connection ({_reason(error.os_error)}); {_AGAIN}"
    if isinstance(error, (aiohttp.InvalidURL, UnicodeError)):
        return no_address(url)
    return _broken(url, error)


def _broken(url: str, error: Exception) -> str:
    if isinstance(error, zlib.error):
        return damaged(url)
    is_cut = isinstance(error, aiohttp.ClientPayloadError) and "Not enough data" in str(error)
    if is_cut or isinstance(error, ConnectionError):
        return f"{named(url)} broke off the answer; {_AGAIN}"
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return f"{named(url)} hung up without an answer; {_AGAIN}"
    if isinstance(error, (aiohttp.ClientResponseError, aiohttp.ClientPayloadError)):
        return _garbled(url)
    return f"{named(url)} could not be read ({type(error).__name__}); {_AGAIN}"


def _garbled(url: str) -> str:
    return f"{named(url)} sent an answer that breaks the rules of HTTP; {_AGAIN}"


def _no_name(url: str, cause: object) -> str:
    number = cause.errno if isinstance(cause, OSError) else None
    if number == socket.EAI_AGAIN:
        return f"the name of {named(url)} could not be looked up just now; {_AGAIN}"
    return f"there is no server called {named(url)}; check the address"


def _reason(error: OSError) -> str:
    known = {errno.ECONNREFUSED: "it refuses", errno.ENETUNREACH: "the network is down"}
    return known.get(error.errno or 0) or error.strerror or type(error).__name__


def named(url: str) -> str:
    """The host, or what stands in its place."""
    return host(url) or shown(url)


def shown(url: str) -> str:
    """The address without what is secret or endless in it."""
    told = "".join(each if each.isprintable() else "?" for each in url[:200])
    return _WITH_SECRETS.sub("", told)
