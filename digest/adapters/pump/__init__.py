"""Messages pumped to relays of any kind under the flight ledger's rule."""

from digest.adapters.pump.ledger import Handover, Ledger, Stage
from digest.adapters.pump.run import GRACE, Closed, Lane, Pump, Way

__all__ = ["GRACE", "Closed", "Handover", "Lane", "Ledger", "Pump", "Stage", "Way"]
