"""The two questions of hindsight: what was known on a day, and what was recorded by a moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.events.envelope import CaseEvent
from domain.times import end_of_day


@dataclass(frozen=True, slots=True)
class PointOfView:
    """From where a case is seen. With neither limit it is seen from now.

    `known_on`: only what the landlord knew by the end of that day in England.
    `recorded_by`: only what this service held at that moment.
    """

    known_on: date | None = None
    recorded_by: datetime | None = None

    @property
    def is_now(self) -> bool:
        """Whether nothing is left out."""
        return self.known_on is None and self.recorded_by is None

    def sees(self, event: CaseEvent) -> bool:
        """Tell whether `event` is within view."""
        known = self.known_on is None or event.known_at <= end_of_day(self.known_on)
        recorded = self.recorded_by is None or event.recorded_at <= self.recorded_by
        return known and recorded

    def visible(self, events: Sequence[CaseEvent]) -> list[CaseEvent]:
        """Return the events within view, in their order in the stream."""
        return [event for event in events if self.sees(event)]


NOW = PointOfView()


def hindsight(events: Sequence[CaseEvent], view: PointOfView) -> list[CaseEvent]:
    """Return what had happened by the day of `view` but came to be known only later."""
    if view.known_on is None:
        return []
    limit = end_of_day(view.known_on)
    return [event for event in events if event.occurred_at <= limit < event.known_at]
