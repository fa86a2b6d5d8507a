"""What the address of a case's page says beside which case: as of when, and what for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Query

from domain.times import Day, Timestamp
from domain.vocabulary.rights import AccessPurpose
from projections.time_travel import NOW, PointOfView


@dataclass(frozen=True, slots=True)
class Seen:
    """From which point of view, and what for."""

    view: PointOfView = NOW
    purpose: AccessPurpose | None = None

    @property
    def query(self) -> tuple[tuple[str, str], ...]:
        """How addresses say so."""
        told = {
            "known_on": self.view.known_on and self.view.known_on.isoformat(),
            "recorded_by": self.view.recorded_by and as_asked(self.view.recorded_by),
            "purpose": self.purpose and self.purpose.value,
        }
        return tuple((name, value) for name, value in told.items() if value)

    def judged_at(self, now: datetime) -> datetime:
        """Return the moment at which to judge what is overdue."""
        return self.view.known_by or self.view.recorded_by or now

    def from_now(self) -> "Seen":
        """Return the same, but as things are now."""
        return Seen(NOW, self.purpose)


def as_asked(moment: datetime) -> str:
    """Return a moment as an address has it."""
    return moment.isoformat().replace("+00:00", "Z")


def with_query(path: str, query: tuple[tuple[str, str], ...]) -> str:
    """Return an address."""
    return f"{path}?{urlencode(query)}" if query else path


async def _seen(
    known_on: Annotated[Day | None, Query()] = None,
    recorded_by: Annotated[Timestamp | None, Query()] = None,
    purpose: Annotated[AccessPurpose | None, Query()] = None,
) -> Seen:
    # In the event loop: whatever is no coroutine takes a thread for each request.
    return Seen(PointOfView(known_on, recorded_by), purpose)


AskedFor = Annotated[Seen, Depends(_seen)]
"""A parameter of a route: from which point of view, and what for, a case is read."""
