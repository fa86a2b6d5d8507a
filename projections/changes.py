"""What changed between two days: what was added, what was learned late, what was corrected."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from domain.corrections import corrected
from domain.events.envelope import CaseEvent
from domain.events.integrity import EventCorrected
from domain.rules.policy import STANDARD, Policy
from domain.times import end_of_day
from projections.read_model import ReadModel, Row
from projections.time_travel import PointOfView

R = TypeVar("R", bound=Row)


@dataclass(frozen=True, slots=True)
class CorrectedEvent:
    """An event known on both days that reads differently on the later one."""

    before: CaseEvent
    after: CaseEvent
    corrections: Sequence[EventCorrected]
    """What made it read so, itself or by correcting a correction, in the order of recording."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What was known on the later day and not on the earlier; each event is in one of the lists."""

    added: Sequence[CaseEvent]
    """What happened after the earlier day."""
    learned_late: Sequence[CaseEvent]
    """What had happened by the earlier day, but was known only later."""
    corrected: Sequence[CorrectedEvent]


@dataclass(frozen=True, slots=True)
class RowChange(Generic[R]):
    """A row of a read model as it was seen on the earlier day and is seen on the later."""

    key: str
    before: R | None
    after: R | None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that differ; none where the row is new or gone."""
        if self.before is None or self.after is None:
            return ()
        names = type(self.after).model_fields
        return tuple(
            name for name in names if getattr(self.before, name) != getattr(self.after, name)
        )


def changes_between(
    events: Sequence[CaseEvent], earlier: date, later: date, recorded_by: datetime | None = None
) -> Changes:
    """Return what became known of a case after `earlier`, up to the end of `later`."""
    before = _read(events, PointOfView(earlier, recorded_by))
    after = _read(events, PointOfView(later, recorded_by))
    limit = end_of_day(earlier)
    new = [event for event_id, event in after.items() if event_id not in before]
    new_corrections = [event for event in new if isinstance(event, EventCorrected)]
    return Changes(
        added=[event for event in new if event.occurred_at > limit],
        learned_late=[event for event in new if event.occurred_at <= limit],
        corrected=[
            CorrectedEvent(event, after[event_id], _behind(event, new_corrections, after))
            for event_id, event in before.items()
            if event_id in after and after[event_id] != event
        ],
    )


def rows_changed(
    model: ReadModel[R],
    events: Sequence[CaseEvent],
    earlier: date,
    later: date,
    policy: Policy = STANDARD,
    recorded_by: datetime | None = None,
) -> list[RowChange[R]]:
    """Return the rows of a read model that differ between the two days: two folds compared."""
    views = (PointOfView(earlier, recorded_by), PointOfView(later, recorded_by))
    before, after = (
        {model.key_of(row): row for row in model.fold(view.visible(events), policy)}
        for view in views
    )
    keys = dict.fromkeys((*before, *after))
    pairs = (RowChange(key, before.get(key), after.get(key)) for key in keys)
    return [pair for pair in pairs if pair.before != pair.after]


def _read(events: Sequence[CaseEvent], view: PointOfView) -> dict[object, CaseEvent]:
    return {event.event_id: event for event in corrected(view.visible(events))}


def _behind(
    event: CaseEvent, corrections: Sequence[EventCorrected], after: dict[object, CaseEvent]
) -> list[EventCorrected]:
    """Return the new corrections of `event`, and those of corrections of it."""
    reached = {event.event_id}
    for correction in after.values():
        if isinstance(correction, EventCorrected) and correction.target.event_id in reached:
            reached.add(correction.event_id)
    return [each for each in corrections if each.event_id in reached]
