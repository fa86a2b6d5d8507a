"""Which of two facts holds: events reach a case in any order, and some are dated only roughly."""

from calendar import monthrange
from datetime import datetime

from domain.events.envelope import CaseEvent
from domain.times import end_of_day, in_london
from domain.vocabulary.record import Precision


def supersedes(event: CaseEvent, held_since: datetime | None) -> bool:
    """Tell whether `event` replaces what has held since `held_since` (None: nothing yet).

    A fact recorded late must not replace a newer one. Where the times do not settle which is
    newer, as on the same day with no time of day, the one recorded later holds.
    """
    return held_since is None or period_end(event) >= held_since


def precedes(event: CaseEvent, moment: datetime | None) -> bool:
    """Tell whether `event` was over before `moment` (None: when there was nothing yet).

    Where the times do not settle which came first, what was recorded first counts as such.
    """
    return moment is None or period_end(event) < moment


def period_end(event: CaseEvent) -> datetime:
    """Return the last moment at which `event` may have happened, given its precision."""
    if event.occurred_precision is Precision.INSTANT:
        return event.occurred_at
    day = in_london(event.occurred_at).date()
    match event.occurred_precision:
        case Precision.RANGE:
            return event.occurred_to or event.occurred_at
        case Precision.DAY | Precision.APPROXIMATE:
            return end_of_day(day)
        case Precision.MONTH:
            return end_of_day(day.replace(day=monthrange(day.year, day.month)[1]))
        case Precision.YEAR:
            return end_of_day(day.replace(month=12, day=31))
