"""Where a list goes on: an opaque text that names the place of the last row that was shown.

It names nothing that its reader was not shown, and grants nothing: whoever makes one up gets what
they may see from another place on. So it is checked, and not signed.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

from services.api.problems import Problem

P = TypeVar("P")

LONGEST_CURSOR = 1000


class Cursors(Generic[P]):
    """Writes and reads the places of one list."""

    def __init__(self, place: type[P], kind: str) -> None:
        self._places = TypeAdapter(place)
        self._kind = kind

    def written(self, place: P) -> str:
        """Return a place as text for a URL."""
        told = json.dumps([self._kind, self._places.dump_python(place, mode="json")])
        return urlsafe_b64encode(told.encode()).decode().rstrip("=")

    def read(self, cursor: str | None) -> P | None:
        """Return the place that a cursor names; a `Problem` where no such list gave it."""
        if cursor is None:
            return None
        try:
            padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
            told = urlsafe_b64decode(padded).decode()
            kind, place = json.loads(told)
            # No text of the database holds what that stands for, nor may it be asked for.
            if kind != self._kind or "\\u0000" in told:
                raise ValueError(kind)
            return self._places.validate_json(json.dumps(place))
        except (ValueError, TypeError, RecursionError, ValidationError):
            raise Problem(
                "invalid-parameter", "`cursor` is not one that this list gave, in this order."
            ) from None
