"""What a request may say beside what it is about: from which point of view, and what for."""

from datetime import date, datetime
from typing import Annotated

from fastapi import Depends, Header, Query

from domain.access import Action
from domain.times import Day, Timestamp
from domain.vocabulary.record import PersonalClass
from domain.vocabulary.rights import AccessPurpose, RecordPart
from projections.time_travel import PointOfView
from services.access import Asking


def view_of(
    known_on: Annotated[
        Day | None, Query(description="As the landlord knew it by the end of this day.")
    ] = None,
    recorded_by: Annotated[
        Timestamp | None, Query(description="As this service held it at this moment.")
    ] = None,
) -> PointOfView:
    """Return the point of view that is asked for; with neither it is now."""
    return PointOfView(known_on, recorded_by)


Seen = Annotated[PointOfView, Depends(view_of)]
"""A parameter of a route: from which point of view a case is seen."""


class Why:
    """What someone says a case is read for; it goes into the record of access."""

    def __init__(
        self,
        purpose: Annotated[
            AccessPurpose | None,
            Header(alias="Access-Purpose", description="What it is read for."),
        ] = None,
        reason: Annotated[
            str | None,
            Header(
                alias="Access-Reason",
                max_length=500,
                description="More on why, in words; it is recorded.",
            ),
        ] = None,
    ) -> None:
        self.purpose = purpose
        self.reason = reason

    def to(
        self,
        action: Action,
        part: RecordPart,
        view: PointOfView | None = None,
        field: PersonalClass | None = None,
    ) -> Asking:
        """Return what is asked for, with what for."""
        known_on: date | None = view.known_on if view else None
        recorded_by: datetime | None = view.recorded_by if view else None
        return Asking(
            action=action,
            part=part,
            purpose=self.purpose,
            reason=self.reason,
            field=field,
            known_on=known_on,
            recorded_by=recorded_by,
        )


For = Annotated[Why, Depends()]
"""A parameter of a route: what a case is read for."""
