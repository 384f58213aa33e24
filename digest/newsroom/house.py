"""What every use case may touch, as one value."""

from collections.abc import Mapping
from dataclasses import dataclass

from digest.model.account import Network
from digest.model.settings import Settings
from digest.ports import (
    Clock,
    Fetcher,
    Fonts,
    Ids,
    Mailboxes,
    Mailer,
    Names,
    Poster,
    Store,
    Workshop,
    Writer,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """The settings in force and the ports to the world."""

    settings: Settings
    store: Store
    clock: Clock
    ids: Ids
    fetcher: Fetcher
    names: Names
    fonts: Fonts
    workshop: Workshop
    mailer: Mailer
    mailboxes: Mailboxes
    posters: Mapping[Network, Poster]
    writer: Writer | None
    """The language model that words the lines, None when rules do."""
    templates: Mapping[str, str]
    """Template name -> source, for example "email.html.j2"."""
    worker: str
    """This process's name in leases and claims."""
