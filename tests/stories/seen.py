"""What is seen of a case from a point of view, in full, in a form that a person can check."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from domain.events.envelope import CaseEvent
from domain.times import end_of_day, in_london
from projections.action_plan import action_plan
from projections.attention import attention
from projections.case_state import case_state
from projections.kpi_case import kpi_case
from projections.read_model import ReadModel, Row
from projections.referrals import referrals
from projections.time_travel import hindsight
from projections.timeline import TimelineRow, display_order, timeline
from services.review import CaseReview
from tests.stories.story import Point

Seen = dict[str, Any]

_NOT_SHOWN = {"case_id", "case_ref"}
"""The same in every row."""


class Names:
    """Tells events by the names that their sources gave them."""

    def __init__(self, events: Iterable[CaseEvent]) -> None:
        self._names = {event.event_id: event.source_event_id for event in events}

    def of(self, event_id: UUID) -> str:
        """The name of an event; the id itself where it is not the id of an event."""
        return self._names.get(event_id, str(event_id))


def seen_from(
    point: Point, case_ref: str, review: CaseReview, beside: Iterable[CaseEvent] = ()
) -> Seen:
    """The timeline, state, actions, referrals, flags and KPI facts of a case from `point`.

    `beside` are the events of other streams that may be named.
    """
    events = review.events(case_ref)
    names = Names([*events, *beside])

    def rows(model: ReadModel[Any], told: Callable[[Any, Names], Any] = _columns) -> list[Any]:
        found = review.rows(model, case_ref, point.view)
        return [told(row, names) for row in sorted(found, key=model.key_of)]

    entries = display_order(review.rows(timeline, case_ref, point.view))
    flags = sorted(
        review.rows(attention, case_ref, point.view),
        key=lambda flag: (flag.due_at, flag.rule, flag.item),
    )
    now = end_of_day(point.today)
    return {
        "state": rows(case_state),
        "timeline": [_entry(entry, names) for entry in entries],
        "hindsight": [event.source_event_id for event in hindsight(events, point.view)],
        "actions": rows(action_plan),
        "referrals": rows(referrals),
        "flags": [
            {
                "is": str(flag.timeliness(now)),
                **_columns(flag, names, without={"flag_id", "title", "clears"}),
            }
            for flag in flags
        ],
        "kpi": rows(kpi_case),
    }


def _entry(row: TimelineRow, names: Names) -> Seen:
    entry: Seen = {"event": names.of(row.event_id), "happened": _told(row.occurred_at, names)}
    if row.occurred_precision != "instant":
        entry["exactly"] = str(row.occurred_precision)
    if row.occurred_to is not None:
        entry["until"] = _told(row.occurred_to, names)
    if row.known_at != row.occurred_at:
        entry["known"] = _told(row.known_at, names)
    if row.recorded_at != row.known_at:
        entry["recorded"] = _told(row.recorded_at, names)
    entry["what"] = row.headline
    for column in ("narrative", "sensitivity", "persons", "corrections", "disputes"):
        value = _told(getattr(row, column, None), names)
        if value and value != "standard":
            entry[column] = value
    return entry


def _columns(row: Row, names: Names, without: Iterable[str] = ()) -> Seen:
    left_out = _NOT_SHOWN | set(without)
    told = {name: _told(value, names) for name, value in row if name not in left_out}
    return {name: value for name, value in told.items() if value not in (None, [], {})}


def _told(value: Any, names: Names) -> Any:
    match value:
        case UUID():
            return names.of(value)
        case datetime():
            return _moment(value)
        case date():
            return value.isoformat()
        case Enum():
            return str(value)
        case BaseModel():
            return {name: _told(each, names) for name, each in value if each not in (None, ())}
        case Mapping():
            return {str(name): _told(each, names) for name, each in value.items()}
        case str():
            return value
        case Sequence() | set() | frozenset():
            return [_told(each, names) for each in value]
        case _:
            return value


def _moment(value: datetime) -> str:
    if value.astimezone(UTC) == end_of_day(in_london(value).date()):
        return f"{in_london(value):%Y-%m-%d} end"
    return f"{in_london(value):%Y-%m-%d %H:%M}"
