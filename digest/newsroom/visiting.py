"""A fetch with manners: no host is asked while it wants rest, no page that robots.txt closes."""

import asyncio
from dataclasses import replace
from ipaddress import ip_address, ip_network

from digest.collect import robots
from digest.collect.robots import Rules
from digest.model.fetch import Fetched, FetchRequest
from digest.model.news import HostState
from digest.newsroom.house import House
from digest.url import host, join, place

WANT_REST = frozenset({429, 503})
ROBOTS_SECONDS = 15.0


async def visit(house: House, request: FetchRequest, *, page: bool = False) -> Fetched:
    """The answer, or one sentence why there is none or why nobody asked.

    Article and listing pages (`page`) obey robots.txt; feeds are published to be fetched.
    """
    return await Round(house).visit(request, page=page)


class Round:
    """Visits that belong together: what hosts have said is read once and kept between them."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._hosts: dict[str, HostState] | None = None
        self._rules: dict[str, Rules] = {}
        self._asking: dict[str, asyncio.Lock] = {}

    async def visit(self, request: FetchRequest, *, page: bool = False) -> Fetched:
        """As the function of that name."""
        if request.url.startswith("file:"):
            return await self._house.fetcher.fetch(request)
        if told := self._resting(request.url):
            return told
        if page and (refusal := await self._refusal(request.url)):
            return Fetched(url=request.url, problem=refusal)
        fetched = await self._house.fetcher.fetch(request)
        if fetched.retry_at is not None and fetched.status in WANT_REST:
            self._rest(fetched)
        return fetched

    def _resting(self, url: str) -> Fetched | None:
        """The answer in place of a host that asked not to be visited now."""
        state = self._known().get(place(url))
        if state is None or state.until is None or state.until <= self._house.clock.now():
            return None
        problem = f"{state.because}; it is not asked before {state.until:%d %b %H:%M} UTC"
        return Fetched(url=url, retry_at=state.until, problem=problem)

    def _rest(self, fetched: Fetched) -> None:
        where = place(fetched.url)
        state = self._known().get(where) or HostState(host=where)
        because = f"{host(fetched.url)} asked for fewer visits ({fetched.status})"
        self._keep(replace(state, until=fetched.retry_at, because=because))

    async def _refusal(self, url: str) -> str:
        """Why robots.txt keeps us from a page; the newsroom's own hosts are not asked."""
        if _is_ours(self._house, host(url)):
            return ""
        where = place(url)
        async with self._asking.setdefault(where, asyncio.Lock()):
            if where not in self._rules:
                self._rules[where] = robots.read((await self._robots(where, url)).robots)
        return self._rules[where].refusal(url)

    async def _robots(self, where: str, url: str) -> HostState:
        """What is known of the host, with a robots.txt that is not too old."""
        now = self._house.clock.now()
        state = self._known().get(where)
        if state is not None and not robots.needed(state, now):
            return state
        asked = FetchRequest(url=join(url, "/robots.txt"), seconds=ROBOTS_SECONDS)
        fetched = await self._house.fetcher.fetch(asked)
        state = self._known().get(where) or HostState(host=where)
        return self._keep(replace(state, robots=robots.text(fetched, state.robots), robots_at=now))

    def _known(self) -> dict[str, HostState]:
        if self._hosts is None:
            self._hosts = self._house.store.sources.hosts()
        return self._hosts

    def _keep(self, state: HostState) -> HostState:
        self._known()[state.host] = state
        self._house.store.sources.save_hosts([state])
        return state


def _is_ours(house: House, name: str) -> bool:
    """Whether a host is the site's own or one that `collecting.intranet` names."""
    inside = house.settings.collecting.intranet
    if name in inside or name == host(house.settings.site.url):
        return True
    try:
        address = ip_address(name)
    except ValueError:
        return False
    networks = (ip_network(each) for each in inside if "/" in each)
    return any(address in network for network in networks)
