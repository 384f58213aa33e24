"""Articles into picks: which stories an edition carries, in which order, and why."""

from digest.select.fitness import Pin
from digest.select.picking import pick

__all__ = ["Pin", "pick"]
