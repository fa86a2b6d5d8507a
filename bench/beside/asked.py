"""How others are asked to write: as ours is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """Write events for so many seconds."""

    clients: int
    """How many do so at the same time, each one call after another."""
    batch: int
    """Events in one call."""
    size: int
    """Bytes of one event as stored."""
    lasting: float
    warming: float
    """Seconds before, which do not count."""
