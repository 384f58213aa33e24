"""Settings, ports and templates put together into a house."""

import asyncio
import logging
import os
import socket
from collections.abc import Coroutine, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import uvloop

from digest import __version__, config
from digest.adapters.clock import FixedClock, SystemClock
from digest.adapters.fonts import SystemFonts
from digest.adapters.http import HttpFetcher
from digest.adapters.ids import RandomIds
from digest.adapters.mailbox import Mailboxes as TheirMailboxes
from digest.adapters.names import DnsNames
from digest.adapters.relays import mailer_for
from digest.adapters.workshop import ProcessWorkshop
from digest.adapters.writers.anthropic import ANTHROPIC
from digest.adapters.writers.call import ModelWriter
from digest.adapters.writers.openai import OPENAI
from digest.app.posters import Posters
from digest.deliver import dkim
from digest.errors import ConfigError
from digest.model.account import Network
from digest.model.newsletter import SummarySettings, WriterKind
from digest.model.settings import Settings
from digest.newsroom.house import House
from digest.ports import (
    Clock,
    Fetcher,
    Ids,
    Mailboxes,
    Mailer,
    Names,
    Poster,
    Store,
    Workshop,
    Writer,
)
from digest.schedule import read as schedule
from digest.store import open_store

T = TypeVar("T")
log = logging.getLogger(__name__)

PACKAGE = Path(__file__).resolve().parent.parent


@dataclass(slots=True)
class App:
    """A house put together from settings, and the connections it holds."""

    house: House
    config_path: str = ""

    @classmethod
    def load(
        cls,
        config_path: str,
        *,
        at: datetime | None = None,
        environ: Mapping[str, str] = os.environ,
    ) -> "App":
        """Build from config.yaml; ConfigError names every mistake with its place."""
        return cls.build(read_settings(config_path, environ), at=at, config_path=config_path)

    @classmethod
    def build(
        cls,
        settings: Settings,
        *,
        at: datetime | None = None,
        config_path: str = "",
        store: Store | None = None,
        clock: Clock | None = None,
        ids: Ids | None = None,
        fetcher: Fetcher | None = None,
        names: Names | None = None,
        workshop: Workshop | None = None,
        mailer: Mailer | None = None,
        mailboxes: Mailboxes | None = None,
        posters: Mapping[Network, Poster] | None = None,
        writer: Writer | None = None,
    ) -> "App":
        """Put the house together; whatever is given replaces the real thing."""
        ids = ids or RandomIds()
        clock = clock or (FixedClock(at) if at else SystemClock())
        store = store or open_store(settings.store)
        house = House(
            settings=settings,
            store=store,
            clock=clock,
            ids=ids,
            fetcher=fetcher or fetcher_for(settings, clock),
            names=names or DnsNames(),
            fonts=SystemFonts(),
            workshop=workshop or ProcessWorkshop(),
            mailer=mailer or mailer_for(settings.mail, clock),
            mailboxes=mailboxes or TheirMailboxes(),
            posters=posters if posters is not None else Posters(clock, store.accounts),
            writer=writer or writer_for(settings.summary, clock),
            templates=read_templates(settings.templates),
            worker=f"{socket.gethostname()}:{os.getpid()}:{ids.token(6)}",
        )
        return cls(house=house, config_path=config_path)

    def close(self) -> None:
        """Give back the database."""
        self.house.store.close()

    def finish(self, work: Coroutine[None, None, T]) -> T:
        """Run one use case to its end in a fresh event loop."""
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(self.around(work))

    async def around(self, work: Coroutine[None, None, T]) -> T:
        """The work, with the connections of the ways out open around it."""
        async with AsyncExitStack() as stack:
            house = self.house
            for way in (house.fetcher, house.workshop, house.mailer):
                if isinstance(way, AbstractAsyncContextManager):
                    await stack.enter_async_context(way)
            return await work

    def reload(self, environ: Mapping[str, str] = os.environ) -> str:
        """Take the configuration as it now stands; a faulty one changes nothing and is named."""
        try:
            settings = read_settings(self.config_path, environ)
        except ConfigError as error:
            return f"config.yaml is faulty, the last good one stays in force: {error}"
        if settings.store != self.house.settings.store:
            return "`store` was changed in config.yaml: restart Digest to use the other database"
        if isinstance(self.house.fetcher, HttpFetcher):
            # Its connections stay open, and with them the limit of two to a host.
            self.house.fetcher.allow(settings.collecting.intranet)
        self.house = replace(
            self.house,
            settings=settings,
            mailer=mailer_for(settings.mail, self.house.clock),
            writer=writer_for(settings.summary, self.house.clock),
            templates=read_templates(settings.templates),
        )
        return "config.yaml was changed and is in force"


def read_settings(config_path: str, environ: Mapping[str, str]) -> Settings:
    """The settings of a file; ConfigError with a line for every mistake."""
    found = config.load(config_path, schedule_problem=schedule.problem, environ=environ)
    if isinstance(found, Settings):
        dkim.signers(found.mail.dkim, b"From: a@b.example\r\n")
        return found
    raise ConfigError("\n".join(str(problem) for problem in found))


def writer_for(summary: SummarySettings, clock: Clock) -> Writer | None:
    """The way to the model that `summary.writer` names, None where rules write."""
    if summary.model is None:
        return None
    api = {WriterKind.OPENAI: OPENAI, WriterKind.ANTHROPIC: ANTHROPIC}[summary.writer]
    return ModelWriter(api, summary.model, clock)


def fetcher_for(settings: Settings, clock: Clock) -> Fetcher:
    """The way to the web, which enters no private address but those of `collecting.intranet`."""
    return HttpFetcher(user_agent(settings), clock=clock, intranet=settings.collecting.intranet)


def user_agent(settings: Settings) -> str:
    """Names the newsroom, so that a site's owner knows whom to write to."""
    return f"Digest/{__version__} (+{settings.site.url}; {settings.mail.from_address})"


def read_templates(folder: str) -> dict[str, str]:
    """Name -> source of every template; the editors' own file of a name replaces ours."""
    shipped = PACKAGE / "templates"
    found = _sources(shipped if shipped.is_dir() else PACKAGE.parent / "templates")
    if folder:
        if not Path(folder).is_dir():
            raise ConfigError(f"templates: there is no folder {folder}; nothing was started")
        found |= _sources(Path(folder))
    return found


def _sources(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*.j2"))
    }
