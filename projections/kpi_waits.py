"""KPI facts about referrals: from when until when each was neither settled nor withdrawn."""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial

from domain.events.referrals import (
    ReferralDecisionReceived,
    ReferralResubmitted,
    ReferralSent,
    ReferralWithdrawn,
)
from domain.latest import supersedes
from domain.rules.history import History
from domain.times import in_london
from projections.kpi_case_row import ReferralWait

Put = ReferralSent | ReferralResubmitted
End = ReferralDecisionReceived | ReferralWithdrawn


def referral_waits(history: History) -> Iterator[ReferralWait]:
    """Yield the waits of every referral; one put again after an answer waits once more."""
    for sent in history.all(ReferralSent):
        own = partial(_is_of, sent.referral_id)
        again = history.all(ReferralResubmitted, where=own)
        decided = history.all(ReferralDecisionReceived, where=own)
        withdrawn = history.all(ReferralWithdrawn, where=own)
        settled = [decision for decision in decided if decision.decision.is_final]
        yield from _waits([sent, *again], [*settled, *withdrawn])


def _is_of(referral_id: str, event: ReferralResubmitted | End) -> bool:
    return event.referral_id == referral_id


def _waits(puts: Sequence[Put], ends: Sequence[End]) -> Iterator[ReferralWait]:
    since: date | None = None
    for place, put in enumerate(puts):
        since = since or _day(put)
        ended = [_day(end) for end in ends if _last_put_before(end, puts) == place]
        if ended:
            yield ReferralWait(
                referral_id=put.referral_id, since=since, until=max(min(ended), since)
            )
            since = None
    if since is not None:
        yield ReferralWait(referral_id=puts[0].referral_id, since=since)


def _last_put_before(end: End, puts: Sequence[Put]) -> int:
    # Dated to a day alone, it counts for what was put on that day, as the referral tells it.
    before = (place for place, put in enumerate(puts) if supersedes(end, put.occurred_at))
    return max(before, default=0)


def _day(event: Put | End) -> date:
    return in_london(event.occurred_at).date()
