"""Whose turn it is among several relays: by weight, and only among those that work."""

from collections.abc import Sequence

from digest.model.mail import Relay

AHEAD = 20
"""Messages a relay may be ahead of its share, so that none waits for another's every answer."""
TURN = 0.005
"""Seconds after which a relay that is ahead asks again."""


class Shares:
    """Counts what each relay had."""

    def __init__(self, relays: Sequence[Relay]) -> None:
        self._weights = {relay.id: relay.weight for relay in relays}
        self._had = dict.fromkeys(self._weights, 0.0)
        self._away: dict[str, str] = {}

    def wait(self, relay_id: str) -> float:
        """0.0 when it is its turn, else the seconds after which to ask again."""
        others = [name for name in self._weights if name != relay_id and name not in self._away]
        if not others:
            return 0.0
        weight = self._weights[relay_id]
        heavy = [name for name in others if self._weights[name]]
        if not weight:
            return TURN if heavy else 0.0
        least = min((self._had[name] / self._weights[name] for name in heavy), default=None)
        if least is None or (self._had[relay_id] - AHEAD) / weight <= least:
            return 0.0
        return TURN

    def had(self, relay_id: str) -> None:
        """It got a message."""
        self._had[relay_id] += 1

    def away(self, relay_id: str, because: str) -> None:
        """It cannot be used for now; the others share its part."""
        self._away[relay_id] = because

    def back(self, relay_id: str) -> None:
        """It works again, and makes up for nothing."""
        if self._away.pop(relay_id, None) is None:
            return
        weight = self._weights[relay_id]
        there = [
            self._had[name] / of
            for name, of in self._weights.items()
            if of and name not in self._away and name != relay_id
        ]
        if weight and there:
            self._had[relay_id] = max(self._had[relay_id], weight * min(there))

    @property
    def nobody(self) -> str:
        """Why none of the relays can be used, or ""."""
        if len(self._away) < len(self._weights):
            return ""
        return "; ".join(dict.fromkeys(self._away.values()))
