"""Addresses as the tables have them."""


def normal(address: str) -> str:
    """How addresses are stored and compared."""
    return address.strip().lower()
