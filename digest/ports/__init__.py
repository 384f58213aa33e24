"""What the use cases need from the world, as small protocols owned by them."""

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
from digest.ports.world import Clock, Fetcher, Flight, Ids, Mailer, Poster, Workshop

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
    "SourceStore",
    "Store",
    "SubscriberStore",
    "Workshop",
]
