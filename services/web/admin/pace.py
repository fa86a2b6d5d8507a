"""How fast read models take events in, by how far they were seen to have come before."""

import threading
from collections import deque
from collections.abc import Mapping
from datetime import datetime

_SIGHTINGS = 20
_BETWEEN_SECONDS = 2.0


class Pace:
    """Notes how far read models have come whenever somebody looks; safe for several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: deque[tuple[datetime, dict[str, int]]] = deque(maxlen=_SIGHTINGS)

    def see(self, positions: Mapping[str, int], now: datetime) -> dict[str, float]:
        """Return how many events each took in within a second, since it was first seen lately."""
        with self._lock:
            if not self._seen or _seconds(self._seen[-1][0], now) >= _BETWEEN_SECONDS:
                self._seen.append((now, dict(positions)))
            then, before = self._seen[0]
        seconds = _seconds(then, now)
        if seconds < _BETWEEN_SECONDS:
            return {}
        return {
            name: max(0, at - before[name]) / seconds
            for name, at in positions.items()
            if name in before
        }


def _seconds(then: datetime, now: datetime) -> float:
    return (now - then).total_seconds()
