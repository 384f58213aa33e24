"""One edition's part of a flight."""

from collections import Counter, deque

from digest.model.delivery import Chunk, Delivery, DeliveryState, PutOff
from digest.model.edition import Edition
from digest.newsroom.letters import Letters


class Leg:
    """One edition on its way: the chunk in work, and what came of it so far."""

    def __init__(self, made: Letters) -> None:
        self.made = made
        self.ended: Counter[DeliveryState] = Counter()
        self.left = 0
        """Messages no relay was there for; their deliveries stay as they were."""
        self.problem = ""
        """Why they were left."""
        self.chunk: Chunk | None = None
        self.rows: deque[Delivery] = deque()
        self.waiting: list[PutOff] = []

    @property
    def edition(self) -> Edition:
        """As it is now."""
        return self.made.edition
