"""Schema changes, oldest first."""

KNOWN = ("0001", "0002", "0003", "0004", "0005")
"""All versions this program knows; the last is the one it needs."""
