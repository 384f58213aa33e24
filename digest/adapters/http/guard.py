"""The way onto the net: names are looked up once, and only addresses of the open web are entered.

What is vetted is the very address that is connected to, so a name that changes its mind between
two lookups gains nothing. Both ends are held: a name's addresses are sifted when it is looked up,
and no socket is made for an address that is neither open nor allowed, however it was written.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from aiohttp.abc import AbstractResolver, ResolveResult

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
AddressInfo = tuple[
    int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[object, ...]
]
Lookup = Callable[[str, int, socket.AddressFamily], Awaitable[Sequence[str]]]
"""Name, port and family -> addresses as text; OSError when there are none."""

# Everything IPv4 that no host of the open web has (IANA's special-purpose registry), and the
# address inside Azure that looks open and answers for the machine.
_CLOSED = tuple(
    IPv4Network(each)
    for each in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        "168.63.129.16/32",
    )
)
# IPv6 is open only here, less what is set aside for tunnels, tests and documents.
_OPEN_6 = IPv6Network("2000::/3")
_CLOSED_6 = tuple(IPv6Network(each) for each in ("2001::/23", "2001:db8::/32", "3fff::/20"))
# IPv6 addresses that only carry an IPv4 one: network, and how far from its end that stands.
_CARRIERS = (
    (IPv6Network("::ffff:0:0/96"), 0),
    (IPv6Network("64:ff9b::/96"), 0),
    (IPv6Network("2002::/16"), 80),
)


class RefusedError(OSError):
    """An address inside a network; its text is the editor's sentence."""


class _Vetted(str):
    """An address that was vetted under its name, and is on its way from lookup to socket."""

    __slots__ = ()


class Guard(AbstractResolver):
    """Looks names up and makes sockets, for the open web and for what `intranet` lists."""

    def __init__(self, intranet: Sequence[str] = (), lookup: Lookup | None = None) -> None:
        self._lookup = lookup or look_up
        self._networks: list[Network] = []
        self._names: set[str] = set()
        self.allow(intranet)

    def allow(self, intranet: Sequence[str]) -> None:
        """Every new connection may enter these, and no others, beside the open web."""
        self._networks, self._names = [], set()
        for listed in intranet:
            try:
                self._networks.append(ip_network(listed, strict=False))
            except ValueError:
                self._names.add(_name(listed))

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a name that may be entered; refused when none may."""
        found = [ip_address(each) for each in await self._lookup(host, port, family)]
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "the name has no address")
        is_listed = _name(host) in self._names
        entered = [each for each in found if is_listed or self.lets_in(each)]
        if not entered:
            raise _refused(host, found[0])
        return [
            ResolveResult(
                hostname=host,
                host=_Vetted(each),
                port=port,
                family=socket.AF_INET if each.version == 4 else socket.AF_INET6,
                proto=0,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for each in entered
        ]

    async def close(self) -> None:
        """Nothing is held."""

    def socket_for(self, info: AddressInfo) -> socket.socket:
        """A socket for the address it will be connected to; refused when that may not be."""
        family, kind, proto, _, place = info
        host = str(place[0])
        if not isinstance(place[0], _Vetted) and not self.lets_in(ip_address(host)):
            raise _refused(host, ip_address(host))
        return socket.socket(family=family, type=kind, proto=proto)

    def lets_in(self, address: Address) -> bool:
        """Whether the address may be entered by itself: open, or in a listed network."""
        carried = _carried(address) or address
        return is_open(address) or any(
            each in network for network in self._networks for each in (address, carried)
        )


def is_open(address: Address) -> bool:
    """Whether the address belongs to one host of the open web, by itself or by what it carries."""
    carried = _carried(address)
    if carried is not None:
        return is_open(carried)
    if isinstance(address, IPv4Address):
        return not any(address in network for network in _CLOSED)
    is_closed = any(address in network for network in _CLOSED_6)
    return address in _OPEN_6 and not is_closed and address.scope_id is None


async def look_up(host: str, port: int, family: socket.AddressFamily) -> list[str]:
    """What the machine's own name service says."""
    found = await asyncio.get_running_loop().getaddrinfo(
        host, port, family=family, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG
    )
    return list(dict.fromkeys(str(address[0]) for _, _, _, _, address in found))


def _carried(address: Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    for network, above in _CARRIERS:
        if address in network:
            return IPv4Address((int(address) >> above) & 0xFFFFFFFF)
    return None


def _refused(host: str, address: Address) -> RefusedError:
    told = "" if _name(host) == str(address) else f" ({address})"
    return RefusedError(
        f"{host} is an address inside a network{told}; it was not fetched;"
        " if it is yours, add it to collecting.intranet"
    )


def _name(host: str) -> str:
    name = host.rstrip(".").lower()
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return name
