"""`digest serve`: collector, ticker, sender, poster and web in one process."""

import asyncio
import logging
import signal
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Route

from digest.app.build import App
from digest.errors import ConfigError
from digest.newsroom import collecting, correcting, posting, receiving, scheduling, sending
from digest.newsroom.house import House
from digest.ticker import Ticker
from digest.web import archive, clicks, hooks, manage, pictures, public
from digest.web.answers import nothing_there

log = logging.getLogger(__name__)

GRACE = 20.0
"""Seconds that work in hand has to come to its end after SIGTERM."""


class Web(uvicorn.Server):
    """uvicorn without signal handlers of its own: the service decides when to stop."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone."""
        yield


class Service:
    """All loops of one process; each unit of work that fails is logged and tried again."""

    def __init__(
        self,
        app: App,
        *,
        collecting_every: float = 5.0,
        looking_every: float = 1.0,
        following_every: float = 5.0,
    ):
        self.app = app
        self.following_every = following_every
        self.collecting_every = collecting_every
        self.looking_every = looking_every
        self.stopping = asyncio.Event()
        self.web: Web | None = None

    @property
    def house(self) -> House:
        """As configured at this moment."""
        return self.app.house

    def stop(self) -> None:
        """Take nothing new; `run` returns when the work in hand is done."""
        self.stopping.set()

    async def run(self) -> None:
        """Work until told to stop."""
        listener = listen(self.house.settings.site.listen)
        self.web = Web(web_config(lambda: self.house))
        ticker = Ticker(lambda: scheduling.tick(self.house), self.house.clock)
        sender = asyncio.create_task(self._again(sending.send_due, self.looking_every))
        loops = [
            asyncio.create_task(self._again(collect, self.collecting_every)),
            asyncio.create_task(self._again(posting.post_due, self.looking_every)),
            asyncio.create_task(self._again(correcting.follow, self.following_every)),
            asyncio.create_task(self._read_mailboxes()),
            asyncio.create_task(self._watch_config()),
        ]
        pages = asyncio.create_task(self.web.serve(sockets=[listener]))
        ticker.start()
        log.info("Digest serves http://%s", self.house.settings.site.listen)
        try:
            await self._until_stopped(pages, ticker, sender)
        finally:
            self.stop()
            await ticker.stop()
            self.web.should_exit = True
            sender.cancel()  # the mailer ends the bodies in flight, then lets go
            await self._end([sender, pages, *loops])

    async def _until_stopped(self, pages: asyncio.Task[None], *_: object) -> None:
        """Wait for the stop, or raise what brought the web server down."""
        stopped = asyncio.create_task(self.stopping.wait())
        await asyncio.wait({stopped, pages}, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()

    async def _end(self, tasks: list[asyncio.Task[None]]) -> None:
        _, late = await asyncio.wait(tasks, timeout=GRACE)
        for task in late:
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                log.error("while stopping: %s", outcome)

    async def _again(self, work: Callable[[House], Awaitable[object]], every: float) -> None:
        while not self.stopping.is_set():
            await self._once(work(self.house), work.__name__, every)
            await self._pause(every)

    async def _once(self, work: Awaitable[object], name: str, every: float) -> None:
        """What fails is logged with its traceback; the next round comes all the same."""
        try:
            await work
        except Exception:
            log.exception("%s failed; it is tried again in %g s", name, every)

    async def _pause(self, seconds: float) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self.stopping.wait(), seconds)

    async def _read_mailboxes(self) -> None:
        """Each at its own pace."""
        next_at: dict[str, float] = {}
        steady = asyncio.get_running_loop().time
        while not self.stopping.is_set():
            for inbox in self.house.settings.mail.inboxes:
                if steady() >= next_at.get(inbox.name, 0.0):
                    every = inbox.every.total_seconds()
                    next_at[inbox.name] = steady() + every
                    await self._once(receiving.read(self.house, inbox), inbox.name, every)
            await self._pause(self.following_every)

    async def _watch_config(self) -> None:
        """Take a changed config.yaml within seconds, or name what is wrong with it."""
        seen = _stamp(self.app.config_path)
        while not self.stopping.is_set():
            await self._pause(2.0)
            now = _stamp(self.app.config_path)
            if now != seen:
                seen = now
                log.warning(self.app.reload())


async def collect(house: House) -> None:
    """Collect what is due and say what came of it; an unchanged source is not worth a line."""
    for report in await collecting.collect_due(house):
        if report.failed:
            log.warning("source %s: %s", report.source_id, report.because)
        elif report.new or report.changed:
            log.info("source %s: %s", report.source_id, report.because)


async def serve(app: App) -> None:
    """Serve until SIGTERM or SIGINT."""
    service = Service(app)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, service.stop)
    await service.run()


def web_config(house_of: Callable[[], House]) -> uvicorn.Config:
    """The reader pages behind uvicorn."""
    pages = Starlette(
        routes=all_routes(house_of), exception_handlers={404: nothing_there(house_of)}
    )
    return uvicorn.Config(pages, log_level="warning", lifespan="off", server_header=False)


def all_routes(house_of: Callable[[], House]) -> list[Route]:
    """Readers' pages and machines' addresses."""
    each = (public, archive, manage, pictures, clicks, hooks)
    return [route for one in each for route in one.routes(house_of)]


def listen(address: str) -> socket.socket:
    """A bound socket; ConfigError with the reason when the address cannot be had."""
    host, _, port = address.rpartition(":")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((host.strip("[]"), int(port)))
    except OSError as error:
        found.close()
        raise ConfigError(
            f"site.listen: cannot listen on {address} ({error.strerror}); nothing was started."
            " Stop the other program or choose another port"
        ) from error
    return found


def _stamp(path: str) -> tuple[int, int]:
    """Changes whenever the file is written."""
    try:
        found = Path(path).stat()
    except OSError:
        return (0, 0)
    return (found.st_mtime_ns, found.st_size)
