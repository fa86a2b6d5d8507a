"""What becomes of a case when its events arrive in another order; what must not depend on it."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from adapters.wire import Decoded
from domain.events.envelope import CaseEvent
from projections.catalogue import READ_MODELS
from services.intake.decision import Decider, Knowledge, Read
from tests.support.messages import RECEIVED, submission

OF_ARRIVAL = frozenset(
    {
        "version",
        "recorded_at",
        "last_recorded_at",
        "recorded_after_hours",
        "recorded_late",
        "recorded_very_late",
        "longest_recording_delay_hours",
    }
)
"""Columns that say when and as what something was recorded, and so differ with the order."""

RULES_OF_ARRIVAL = frozenset({"R2", "R45"})
"""Rules on what was recorded late, or after the data of a person was erased: that is about arrival,
and about nothing else."""

Folds = dict[str, list[Any]]


def arrived(events: Sequence[CaseEvent]) -> list[CaseEvent]:
    """The case as it is once `events` of one case have come through the door in this order.

    What waits comes in after what it waits for; what contradicts, or waits for ever, does not.
    """
    case_ids = {event.case_id for event in events}
    decider = Decider(Knowledge(RECEIVED, histories={case_id: [] for case_id in case_ids}))
    for event in events:
        sent = submission(b"", event.source_event_id)
        decider.decide(Read(sent, Decoded(event, event.event_id.bytes, told={})))
    return decider.decision.events


def folds(events: Sequence[CaseEvent], *of_arrival: str) -> Folds:
    """The rows of a case in every read model, without what depends on arrival."""
    left_out = OF_ARRIVAL | set(of_arrival)
    rows = {name: model.fold(events) for name, model in READ_MODELS.items()}
    of_happening = [row for row in rows["attention"] if row.rule not in RULES_OF_ARRIVAL]
    rows["attention"] = of_happening
    return {name: comparable(found, left_out) for name, found in rows.items()}


def comparable(rows: Iterable[Any], left_out: frozenset[str] = OF_ARRIVAL) -> Any:
    """Rows without columns of these names, and with lists in an order of their own."""
    return _comparable([row.model_dump(mode="json") for row in rows], left_out)


def _comparable(value: Any, left_out: frozenset[str]) -> Any:
    if isinstance(value, dict):
        kept = {name: member for name, member in value.items() if name not in left_out}
        return {name: _comparable(member, left_out) for name, member in kept.items()}
    if isinstance(value, list):
        # Lists in rows, such as those of open actions, are in the order of recording.
        return sorted((_comparable(member, left_out) for member in value), key=json.dumps)
    return value
