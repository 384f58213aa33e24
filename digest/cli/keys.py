"""The keys that mail is signed with, for `digest check`: loaded only where there are any."""

from digest.deliver import dkim
from digest.model.settings import Settings


def look(settings: Settings) -> None:
    """ConfigError in one sentence when a key cannot sign."""
    dkim.signers(settings.mail.dkim, b"From: a@b.example\r\n")
