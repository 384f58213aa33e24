"""The way to an SMTP relay: own client with overlapped pipelining and the flight ledger's rule."""

import ssl

from digest.adapters.smtp.door import Door
from digest.adapters.smtp.pace import Pace
from digest.adapters.smtp.pump import Pump
from digest.model.mail import MailSettings
from digest.ports import Flight

GRACE = 10.0
"""Seconds a cancelled pump waits for the answers to bodies that are out."""


class SmtpMailer:
    """Hands messages to a relay over `mail.connections` connections, `mail.rate` a second.

    A body is written only after the flight granted its intent. Cancelling `pump` is how a process
    stops it: no further body is begun, bodies that are out get `grace` seconds for their answer
    (then they are in doubt), everything else was never granted and stays queued.
    """

    def __init__(
        self,
        mail: MailSettings,
        *,
        hostname: str = "localhost.localdomain",
        tls: ssl.SSLContext | None = None,
        grace: float = GRACE,
    ) -> None:
        self._mail = mail
        self._door = Door(mail, hostname=hostname, tls=tls)
        self._pace = Pace(mail.rate)
        self._grace = grace

    async def pump(self, flight: Flight) -> None:
        """Submit until the flight has no more; raises only what the flight itself raised."""
        await Pump(
            flight,
            self._door,
            self._pace,
            connections=max(1, self._mail.connections),
            patience=self._mail.timeout.total_seconds(),
            grace=self._grace,
        ).run()
