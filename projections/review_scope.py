"""Which events a review looks at, and for how long nobody was in contact meanwhile."""

from collections.abc import Sequence
from datetime import date, datetime

from domain.events.envelope import CaseEvent
from domain.events.reviews import ReviewNotified
from domain.latest import period_end
from domain.times import end_of_day, in_london, start_of_day
from projections.contacts import Gap, contacts, gaps

LONGEST_SILENCE_DAYS = 28
"""From this many days without contact on, a gap is stated: as long as a person at high risk may go
unseen by default."""


def in_scope(event: CaseEvent, review: ReviewNotified) -> bool:
    """Tell whether an event happened, or may have, within the days that a review looks at.

    A limit that is not settled leaves nothing out.
    """
    if review.scope_from and period_end(event) < start_of_day(review.scope_from):
        return False
    return review.scope_to is None or event.occurred_at <= end_of_day(review.scope_to)


def contact_gaps(events: Sequence[CaseEvent], review: ReviewNotified) -> tuple[Gap, ...]:
    """Return the gaps in contact with anyone within the scope of a review, and at its edges.

    Where a limit is not settled, they count from the first event there is, and up to the day on
    which the review was notified.
    """
    scoped = [event.occurred_at for event in events if in_scope(event, review)]
    return tuple(
        gaps(
            contacts.fold_as_read(events),
            LONGEST_SILENCE_DAYS,
            since=review.scope_from or _day(min(scoped, default=review.occurred_at)),
            until=review.scope_to or _day(review.occurred_at),
        )
    )


def _day(moment: datetime) -> date:
    return in_london(moment).date()
