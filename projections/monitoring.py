"""Monitoring: what is looked at again on a day though nothing more is done now."""

from datetime import date

from pydantic import ConfigDict

from domain.events.envelope import CaseEvent
from domain.events.links import MonitoringScheduled
from domain.vocabulary.lifecycle import Frequency, MonitoringReason
from projections.event_row import EventRow, told_by
from projections.personal_columns import Account
from projections.read_model import ReadModel


class MonitoringRow(EventRow):
    """One arrangement to look again; of those in a case the latest holds."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    reason: MonitoringReason
    """Why it is looked at again."""
    next_date: date
    """The day on which it is."""
    frequency: Frequency | None
    """How often after that; None where it is once, or not settled."""
    details: Account[str | None]
    """More on what to look at."""


monitoring = ReadModel("monitoring", 1, MonitoringRow)


def _itself(event: CaseEvent) -> tuple[str, ...]:
    return (str(event.event_id),)


@monitoring.on(MonitoringScheduled, keys=_itself)
def _scheduled(row: MonitoringRow | None, event: MonitoringScheduled, key: str) -> MonitoringRow:
    return MonitoringRow(
        **told_by(event),
        reason=event.reason,
        next_date=event.next_date,
        frequency=event.frequency,
        details=event.details,
    )
