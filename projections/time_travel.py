"""The two questions of hindsight: what was known on a day, and what was recorded by a moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.corrections import corrected
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

    @property
    def known_by(self) -> datetime | None:
        """The last moment of the day of `known_on`; None without it."""
        return end_of_day(self.known_on) if self.known_on else None

    def recorded(self, events: Sequence[CaseEvent]) -> list[CaseEvent]:
        """Return the events that this service held then, known by that day or not."""
        limit = self.recorded_by
        return [event for event in events if limit is None or event.recorded_at <= limit]

    def visible(self, events: Sequence[CaseEvent]) -> list[CaseEvent]:
        """Return the events within view, in their order in the stream.

        When an event was known is judged with every correction of its times recorded by then, also
        with those in view only later: correcting when we knew is not itself knowledge about the
        case. What is returned is not corrected; read it with the corrections it contains.
        """
        recorded = self.recorded(events)
        limit = self.known_by
        if limit is None:
            return recorded
        readings = zip(recorded, corrected(recorded), strict=True)
        return [event for event, reading in readings if reading.known_at <= limit]


NOW = PointOfView()


def hindsight(events: Sequence[CaseEvent], view: PointOfView) -> list[CaseEvent]:
    """Return what had happened by the day of `view` but came to be known only later.

    Of what was recorded by then, and as all its corrections make it read.
    """
    limit = view.known_by
    if limit is None:
        return []
    readings = corrected(view.recorded(events))
    return [reading for reading in readings if reading.occurred_at <= limit < reading.known_at]
