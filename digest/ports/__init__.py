"""What the use cases need from the world, as small protocols owned by them."""

from digest.ports.appeals import AppealStore
from digest.ports.editions import EditionStore
from digest.ports.mail import BounceStore, DeliveryStore, PaceStore
from digest.ports.pictures import PictureStore
from digest.ports.rulings import RulingStore
from digest.ports.social import AccountStore, Poster, PostStore, SwitchStore
from digest.ports.stores import (
    ArticleStore,
    Memory,
    OccurrenceStore,
    SourceStore,
    Store,
    SubscriberStore,
)
from digest.ports.world import (
    Clock,
    Fetcher,
    Flight,
    Fonts,
    Ids,
    Mailboxes,
    Mailer,
    Names,
    Workshop,
    Writer,
)

__all__ = [
    "AccountStore",
    "AppealStore",
    "ArticleStore",
    "BounceStore",
    "Clock",
    "DeliveryStore",
    "EditionStore",
    "Fetcher",
    "Flight",
    "Fonts",
    "Ids",
    "Mailboxes",
    "Mailer",
    "Memory",
    "Names",
    "OccurrenceStore",
    "PaceStore",
    "PictureStore",
    "PostStore",
    "Poster",
    "RulingStore",
    "SourceStore",
    "Store",
    "SubscriberStore",
    "SwitchStore",
    "Workshop",
    "Writer",
]
