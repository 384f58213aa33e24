"""What a report says of one recipient."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is said of one recipient."""

    recipient: str = ""
    action: str = ""
    """failed, delayed, delivered, relayed, expanded (RFC 3464); "" where nothing was told."""
    status: str = ""
    text: str = ""
    """The words of the server that refused."""
    after_data: bool = False
    """It refused the message, not its recipient."""
    server: str = ""
    """Who reports, and of whom."""
