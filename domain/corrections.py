"""Reads history with its corrections applied: nothing is edited, the reading takes them in."""

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from domain.events.envelope import CaseEvent
from domain.events.integrity import EventCorrected

_FIXED = frozenset(
    {
        "event_id",
        "case_id",
        "case_ref",
        "version",
        "schema_version",
        "recorded_at",
        "source",
        "source_event_id",
        "target",
    }
)
"""Never corrected: what identifies an event, and what a correction applies to."""


class NotCorrectable(ValueError):  # noqa: N818 (names the finding)
    """A correction does not fit the event it names; the message says why, without content."""


def correctable_fields(event_type: type[CaseEvent]) -> frozenset[str]:
    """Return the fields, by their names on the wire, that a correction may name."""
    fields = event_type.model_fields.items()
    return frozenset(field.alias or name for name, field in fields) - _FIXED


def corrected(events: Sequence[CaseEvent]) -> list[CaseEvent]:
    """Return `events`, in the same order and number, each as its corrections make it read.

    The corrections themselves stay in their places. A correction whose target is not among
    `events`, or whose value no longer fits it, changes nothing.
    """
    corrections: dict[UUID, list[UUID]] = {}
    for event in events:
        if isinstance(event, EventCorrected):
            corrections.setdefault(event.target.event_id, []).append(event.event_id)
    if not corrections:
        return list(events)
    reading: dict[UUID, CaseEvent] = {}
    # Latest first: a correction comes after what it corrects, so it is already read in full.
    for event in reversed(events):
        named = corrections.get(event.event_id, ())
        own = (reading[event_id] for event_id in named if event_id in reading)
        reading[event.event_id] = as_corrected(event, own)
    return [reading[event.event_id] for event in events]


def as_corrected(event: CaseEvent, corrections: Iterable[CaseEvent]) -> CaseEvent:
    """Return `event` as its own `corrections`, themselves read in full, make it read."""
    return reduce(_leniently_applied, corrections, event)


def has_corrections(events: Iterable[CaseEvent]) -> bool:
    """Tell whether any of `events` corrects another, so that folding must start anew."""
    return any(isinstance(event, EventCorrected) for event in events)


def apply_correction(event: CaseEvent, correction: EventCorrected) -> CaseEvent:
    """Return `event` as `correction` makes it read; raise `NotCorrectable` if it does not fit."""
    field = correction.field
    stated = _with(event, field, correction.was)
    if _value(stated, field) != _value(event, field):
        raise NotCorrectable(f"{event.type}.{field} does not hold the value given as `was`")
    return _with(event, field, correction.now)


def _leniently_applied(event: CaseEvent, correction: CaseEvent) -> CaseEvent:
    # Part of a history, as known on some day, may lack what made a later correction fit.
    if not isinstance(correction, EventCorrected):
        return event
    try:
        return _with(event, correction.field, correction.now)
    except NotCorrectable:
        return event


def _with(event: CaseEvent, field: str, value: Any) -> CaseEvent:
    if field not in correctable_fields(type(event)):
        raise NotCorrectable(f"{event.type} has no field {field!r} that can be corrected")
    values = event.model_dump(mode="json", by_alias=True) | {field: value}
    try:
        return type(event).model_validate(values)
    except ValidationError:
        raise NotCorrectable(f"{event.type}.{field} cannot hold the value given") from None


def _value(event: CaseEvent, field: str) -> Any:
    return event.model_dump(mode="json", by_alias=True)[field]
