"""The most memory a process has held."""

import resource
import sys
from contextlib import suppress

UNIT = 1024 * 1024 if sys.platform == "darwin" else 1024
"""What getrusage counts in, to a MiB."""


def peak() -> float:
    """MiB of this process alone: what getrusage tells of a process began with its parent's."""
    with suppress(OSError), open("/proc/self/status", encoding="ascii") as file:
        for line in file:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / UNIT


def peak_of_children() -> float:
    """MiB of the largest of the processes it started, and waited for."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / UNIT
