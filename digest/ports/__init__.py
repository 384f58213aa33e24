"""What the use cases need from the world, as small protocols owned by them."""

from digest.ports.rulings import RulingStore
from digest.ports.stores import (
    ArticleStore,
    DeliveryStore,
    EditionStore,
    Memory,
    OccurrenceStore,
    PostStore,
    SourceStore,
    Store,
    SubscriberStore,
)
from digest.ports.world import Clock, Fetcher, Flight, Ids, Mailer, Poster, Workshop, Writer

__all__ = [
    "ArticleStore",
    "Clock",
    "DeliveryStore",
    "EditionStore",
    "Fetcher",
    "Flight",
    "Ids",
    "Mailer",
    "Memory",
    "OccurrenceStore",
    "PostStore",
    "Poster",
    "RulingStore",
    "SourceStore",
    "Store",
    "SubscriberStore",
    "Workshop",
    "Writer",
]
