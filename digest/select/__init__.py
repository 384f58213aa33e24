"""Articles into picks: which stories an edition carries, in which order, and why."""

from digest.select.picking import pick

__all__ = ["pick"]
