"""Lifts event data of older schema versions to the current one, as raw dicts, step by step."""

from collections.abc import Callable, Mapping
from typing import Any

from domain.events.envelope import CaseEvent
from domain.events.registry import current_schema_version

RawEvent = dict[str, Any]
Upcaster = Callable[[RawEvent], RawEvent]

UPCASTERS: dict[tuple[str, int], Upcaster] = {}
"""(event type, schema version) -> the step from that version to the next.

A step sees an event's own fields beside its envelope, in a message or in the store alike, and
must not rely on the envelope.
"""


class UpcasterGap(Exception):  # noqa: N818 (a gap is what it is)
    """No step leads from a stored schema version to the current one: a mistake of the release."""


def upcast(
    event_type: type[CaseEvent],
    raw: RawEvent,
    version: int,
    steps: Mapping[tuple[str, int], Upcaster] = UPCASTERS,
) -> RawEvent:
    """Return `raw`, written in `version`, in the current schema version of `event_type`."""
    for step in range(version, current_schema_version(event_type)):
        lift = steps.get((event_type.__name__, step))
        if lift is None:
            raise UpcasterGap(f"{event_type.__name__} has no step from schema version {step}")
        raw = lift(raw)
    return raw
