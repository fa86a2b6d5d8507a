"""Hazards in homes that repairs deal with, as they stand beside a case or file."""

from datetime import date, datetime
from typing import ClassVar

from pydantic import ConfigDict

from domain.events.housing import HazardLinked
from domain.latest import supersedes
from domain.streams import FILES
from domain.vocabulary.housing import HazardClass
from domain.vocabulary.people import YesNoUnknown
from projections.event_row import in_case
from projections.personal_columns import Account, Place, Reference
from projections.read_model import ReadModel, Row


class HazardRow(Row):
    """One hazard, as last told of. Repairs keep the clock and the work."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "hazard_ref"

    hazard_ref: Reference[str]
    """The hazard as repairs refer to it."""
    hazard_class: HazardClass
    """How repairs class it."""
    damp: YesNoUnknown
    """Whether it is damp or mould."""
    reported_on: date
    """The day on which it was reported."""
    details: Account[str | None]
    """More on it, in words."""
    home: Place[str | None]
    """Where it is; None where that was not said."""
    told_at: datetime
    """When that was told."""


hazards = ReadModel("hazards", 1, HazardRow, streams=FILES)


def _its_hazard(event: HazardLinked) -> tuple[str, ...]:
    return (event.hazard_ref,)


@hazards.on(HazardLinked, keys=_its_hazard)
def _linked(row: HazardRow | None, event: HazardLinked, key: str) -> HazardRow:
    if row is not None and not supersedes(event, row.told_at):
        return row
    return HazardRow(
        **in_case(event),
        hazard_ref=key,
        hazard_class=event.hazard_class,
        damp=event.damp,
        reported_on=event.reported_on,
        details=event.details,
        home=event.property_ref,
        told_at=event.occurred_at,
    )
