"""Sums of money in words."""


def dollars(thousandths: int) -> str:
    """Thousandths of a US dollar: "$0.20", or "$0.015" where cents do not do."""
    return f"${thousandths / 1000:.{3 if thousandths % 10 else 2}f}"
