"""What was learnt of one feature."""

from typing import NamedTuple


class Weight(NamedTuple):
    """How much a feature counts, and how it was spread in the training articles."""

    mean: float
    spread: float
    weight: float
