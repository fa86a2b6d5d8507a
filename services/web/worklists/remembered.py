"""What was counted a moment ago: asked for again with nothing changed, it is not counted anew."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

V = TypeVar("V")

_MOST = 256


class Remembered(Generic[V]):
    """Answers by what they depend on; those not asked for the longest are forgotten first. Safe to
    use from several threads, of which two may work out the same."""

    def __init__(self) -> None:
        self._held: OrderedDict[Hashable, V] = OrderedDict()
        self._lock = Lock()

    def get(self, depends_on: Hashable, make: Callable[[], V]) -> V:
        """Return what `make` made, or makes now, of what it depends on."""
        with self._lock:
            if depends_on in self._held:
                self._held.move_to_end(depends_on)
                return self._held[depends_on]
        made = make()
        with self._lock:
            self._held[depends_on] = made
            if len(self._held) > _MOST:
                self._held.popitem(last=False)
        return made
