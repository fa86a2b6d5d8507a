"""What a request may say beside what it is about: from which point of view, and what for."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Query

from domain.access import Action
from domain.times import Day, Timestamp
from domain.vocabulary.record import PersonalClass
from domain.vocabulary.rights import AccessPurpose, RecordPart
from projections.time_travel import PointOfView
from services.access import Asking

KnownOn = Annotated[
    Day | None, Query(description="As the landlord knew it by the end of this day.")
]
"""A parameter of a route, which is none where it is now."""

RecordedBy = Annotated[
    Timestamp | None, Query(description="As this service held it at this moment.")
]
"""A parameter of a route, which is none where it is now."""

Purpose = Annotated[
    AccessPurpose | None,
    Header(alias="Access-Purpose", description="What it is read for."),
]
"""A parameter of a route."""

Reason = Annotated[
    str | None,
    Header(
        alias="Access-Reason",
        max_length=500,
        description="More on why, in words; it is recorded.",
    ),
]
"""A parameter of a route."""


@dataclass(frozen=True, slots=True)
class Why:
    """What someone says a case is read for; it goes into the record of access."""

    purpose: AccessPurpose | None = None
    reason: str | None = None

    def to(
        self,
        action: Action,
        part: RecordPart,
        view: PointOfView | None = None,
        field: PersonalClass | None = None,
    ) -> Asking:
        """Return what is asked for, with what for."""
        return Asking(
            action=action,
            part=part,
            purpose=self.purpose,
            reason=self.reason,
            field=field,
            known_on=view.known_on if view else None,
            recorded_by=view.recorded_by if view else None,
        )


async def _why(purpose: Purpose = None, reason: Reason = None) -> Why:
    # In the event loop: whatever is no coroutine takes a thread for each request.
    return Why(purpose, reason)


For = Annotated[Why, Depends(_why)]
"""A parameter of a route: what a case is read for."""
