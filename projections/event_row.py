"""What rows have in common that keep one row per event, and rows made of several events."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from pydantic import ConfigDict

from domain.events.envelope import CaseEvent
from domain.times import in_london
from domain.vocabulary.record import Sensitivity
from projections.personal_columns import Identity
from projections.read_model import Row


class EventRow(Row):
    """A row for one event. How exactly its time is known stands in the timeline."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "event_id"

    event_id: UUID
    """The event's identity."""
    occurred_at: datetime
    """When it happened, or the beginning of the period in which it did."""
    known_at: datetime
    """When the landlord first knew."""
    recorded_at: datetime
    """When this service took it in."""
    recorded_by: Identity[str]
    """Who entered it at its source."""
    sensitivity: Sensitivity
    """Who may see it."""


def told_by(event: CaseEvent) -> dict[str, Any]:
    """Return the columns of an `EventRow` for `event`."""
    return {
        "case_id": event.case_id,
        "case_ref": event.case_ref,
        "event_id": event.event_id,
        "occurred_at": event.occurred_at,
        "known_at": event.known_at,
        "recorded_at": event.recorded_at,
        "recorded_by": event.actor.id,
        "sensitivity": event.sensitivity,
    }


def in_case(event: CaseEvent) -> dict[str, Any]:
    """Return the columns that every row has, for the case of `event`."""
    return {"case_id": event.case_id, "case_ref": event.case_ref}


def strictest(events: Iterable[CaseEvent]) -> Sensitivity:
    """Return who may see what several events, at least one, say together."""
    return max((event.sensitivity for event in events), key=lambda each: each.place)


def days_between(since: datetime | date, until: datetime | date) -> int:
    """Return how many calendar days in England lie between; negative where `until` is first."""
    return (_day(until) - _day(since)).days


def _day(moment: datetime | date) -> date:
    return in_london(moment).date() if isinstance(moment, datetime) else moment
