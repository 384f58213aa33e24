"""The way to an SMTP relay: own client with overlapped pipelining."""

import ssl
from functools import partial

from digest.adapters.pump.run import Supply
from digest.adapters.smtp.door import Door
from digest.adapters.smtp.lane import Lane
from digest.adapters.smtp.message import address_problem
from digest.model.delivery import Message
from digest.model.mail import Relay


class SmtpWay:
    """Opens lanes to one SMTP server."""

    def __init__(self, relay: Relay, *, hostname: str, tls: ssl.SSLContext | None) -> None:
        self.relay = relay
        self._door = Door(relay, hostname=hostname, tls=tls)

    def __str__(self) -> str:
        return str(self._door.place)

    def problem_of(self, message: Message) -> str:
        """Why its envelope cannot be spoken there, or ""."""
        return address_problem(message, international=self._door.international)

    async def open(self, supply: Supply) -> Lane:
        """A session ready for its first envelope."""
        session = await self._door.open()
        return Lane(
            session,
            supply,
            problem_of=partial(address_problem, international=session.international),
            distrust_pipelining=self._door.distrust_pipelining,
        )
