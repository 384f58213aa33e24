"""The domain name system, asked through the machine's own resolver."""

from dns.asyncresolver import Resolver
from dns.exception import DNSException
from dns.resolver import NXDOMAIN, NoAnswer

from digest.model.preflight import NameAnswer

SECONDS = 4.0
"""For one name, with all its repetitions."""


class DnsNames:
    """The Names port."""

    async def txt(self, name: str) -> NameAnswer:
        """The TXT records of a name; never raises for what a server or network does."""
        try:
            found = await Resolver().resolve(name, "TXT", lifetime=SECONDS)
        except (NXDOMAIN, NoAnswer):
            return NameAnswer()
        except (DNSException, OSError) as error:
            return NameAnswer(problem=f"no name server answered for {name} ({_said(error)})")
        texts = (b"".join(record.strings).decode("ascii", "replace") for record in found)
        return NameAnswer(texts=tuple(texts))


def _said(error: Exception) -> str:
    return str(error).partition("\n")[0] or type(error).__name__
