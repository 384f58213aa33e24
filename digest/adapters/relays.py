"""The mailer: every relay of `mail`, used by weight, each the spare of the others."""

import ssl

from digest.adapters.maildir import MaildirMailer
from digest.adapters.pump import GRACE, Pump, Way
from digest.adapters.ses import SesWay
from digest.adapters.smtp import SmtpWay
from digest.errors import ConfigError
from digest.model.mail import MailSettings, Relay
from digest.ports import Clock, Flight, Mailer


class RelayMailer:
    """Hands messages to the relays over their connections.

    A body is written only after the flight granted its intent. Cancelling `pump` is how a process
    stops it: no further body is begun, bodies that are out get `grace` seconds for their answer
    (then they are in doubt), everything else was never granted and stays queued.
    """

    def __init__(
        self,
        mail: MailSettings,
        clock: Clock,
        *,
        hostname: str = "localhost.localdomain",
        tls: ssl.SSLContext | None = None,
        grace: float = GRACE,
    ) -> None:
        self._ways = [_way(relay, clock, hostname, tls) for relay in mail.relays]
        self._grace = grace

    async def pump(self, flight: Flight) -> None:
        """Submit until the flight has no more; raises only what the flight itself raised."""
        await Pump(flight, self._ways, grace=self._grace).run()


def mailer_for(mail: MailSettings, clock: Clock) -> Mailer:
    """The way to the relays of `mail`, or to a folder on a dry machine."""
    first = mail.relays[0]
    if first.address.startswith("maildir:"):
        return MaildirMailer(first.address.removeprefix("maildir:"))
    return RelayMailer(mail, clock)


def _way(relay: Relay, clock: Clock, hostname: str, tls: ssl.SSLContext | None) -> Way:
    scheme = relay.address.partition(":")[0]
    if scheme in ("smtp", "smtps"):
        return SmtpWay(relay, hostname=hostname, tls=tls)
    if scheme == "ses":
        return SesWay(relay, clock)
    raise ConfigError(
        f"mail: {relay.address!r} is no relay address; nothing was sent. Write smtp://host:port,"
        " smtps://host:port, ses://REGION, or maildir:PATH as the only one"
    )
