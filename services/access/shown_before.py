"""Keeps what was shown of cases lately, since several people look at one case at the same time.

What a case's rows come to at a version never changes, and neither does what is shown of them where
the same is masked. Whether somebody may see it is asked anew each time, of the gate and of the
database.
"""

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any, NamedTuple
from uuid import UUID

from domain.vocabulary.record import PersonalClass
from projections.read_model import ReadModel

Rows = Mapping[str, bytes]
"""By read model, a JSON array."""


class WhatWasShown(NamedTuple):
    """Of which case, at which version, which read models, and what was masked in them."""

    case_id: UUID
    version: int
    models: tuple[str, ...]
    masked: frozenset[PersonalClass]


def does_not_change(models: tuple[ReadModel[Any], ...]) -> bool:
    """Tell whether rows of these rest on the case alone: others rest on the rules in force too."""
    return not any(model.reads_whole_streams for model in models)


class ShownBefore:
    """Safe to use from several threads; holds so many bytes at the most, those used last."""

    def __init__(self, most_bytes: int = 32_000_000) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[WhatWasShown, Rows] = OrderedDict()
        self._lock = Lock()

    def get(self, what: WhatWasShown) -> Rows | None:
        """Return what was shown; None where it is not kept."""
        with self._lock:
            if what in self._kept:
                self._kept.move_to_end(what)
            return self._kept.get(what)

    def keep(self, what: WhatWasShown, rows: Rows) -> None:
        """Keep what was shown, and forget what was not used for longest."""
        with self._lock:
            self._bytes += _size(rows) - _size(self._kept.pop(what, {}))
            self._kept[what] = rows
            while self._bytes > self._most_bytes:
                _, forgotten = self._kept.popitem(last=False)
                self._bytes -= _size(forgotten)


def _size(rows: Rows) -> int:
    return sum(map(len, rows.values()))
