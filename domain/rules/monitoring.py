"""When a matter that was left to be looked at again on a day is looked at next."""

from datetime import date, timedelta

from domain.events.contact import ContactMade
from domain.events.envelope import CaseEvent
from domain.events.hoarding import HoardingLevelAssessed
from domain.events.lifecycle import TriageCompleted
from domain.events.links import MonitoringScheduled
from domain.events.plan import SafeguardingPlanReviewed
from domain.events.risk import RiskAssessed
from domain.rules.history import History
from domain.rules.patterns import day_of
from domain.vocabulary.lifecycle import Frequency
from domain.vocabulary.people import YesNoUnknown
from domain.working_days import months_after

_LOOKS: tuple[type[CaseEvent], ...] = (
    RiskAssessed,
    HoardingLevelAssessed,
    ContactMade,
    TriageCompleted,
    SafeguardingPlanReviewed,
)
_WEEKS = {Frequency.WEEKLY: 1, Frequency.FORTNIGHTLY: 2}
_MONTHS = {
    Frequency.MONTHLY: 1,
    Frequency.QUARTERLY: 3,
    Frequency.HALF_YEARLY: 6,
    Frequency.YEARLY: 12,
}


def next_look(
    case: History, scheduled: MonitoringScheduled, early_days: int
) -> tuple[date, CaseEvent] | None:
    """Return the day of the next look, and the event it counts from; None where none is left.

    A look counts for the day that was set where it comes up to `early_days` before it or later.
    """
    due = scheduled.next_date
    last: CaseEvent = scheduled
    for event in case.after(scheduled.occurred_at, *_LOOKS, where=_is_look):
        if day_of(event) < due - timedelta(days=early_days):
            continue
        after = day_after(day_of(event), scheduled.frequency)
        if after is None:
            return None
        due, last = after, event
    return due, last


def _is_look(event: CaseEvent) -> bool:
    return not isinstance(event, ContactMade) or event.seen is YesNoUnknown.YES


def day_after(day: date, frequency: Frequency | None) -> date | None:
    """Return when to look again after a look on `day`; None where that was not said."""
    if frequency in _WEEKS:
        return day + timedelta(weeks=_WEEKS[frequency])
    return months_after(day, _MONTHS[frequency]) if frequency in _MONTHS else None
