"""Passes accepted events and flags that fall due on to others, over the broker."""

from services.relay.passing_on import Relay
from services.relay.running import run_relay

__all__ = ["Relay", "run_relay"]
