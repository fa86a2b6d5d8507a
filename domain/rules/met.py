"""A meeting that was held, as rules read it: whether housing was there, and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from domain.events.challenge import EscalationRaised
from domain.events.envelope import CaseEvent
from domain.events.meetings import (
    MeetingConvened,
    MeetingMissedDiscovered,
    MinutesReceived,
    StrategyMeetingHeld,
)
from domain.latest import period_end
from domain.rules.history import History
from domain.vocabulary.challenge import EscalationGround, EscalationSubject
from domain.vocabulary.consent import Agency
from domain.vocabulary.meetings import Attendance, Forum, InviteState, MissedDiscovery

LEFT_OUT = frozenset({InviteState.NOT_INVITED, InviteState.ASKED_TO_LEAVE})
_OWN_DOING = frozenset({InviteState.INVITED_IN_TIME, InviteState.DECLINED})
"""Housing could have come."""

Telling = StrategyMeetingHeld | MeetingMissedDiscovered | MeetingConvened


@dataclass(frozen=True, slots=True)
class Met:
    """One meeting that was held."""

    key: str
    """Its reference; where there is none, the id of the event that tells of it."""
    reference: str | None
    told: Telling
    """The event that says most of it."""
    held_at: datetime
    held_until: datetime
    """The last moment at which it may have been held."""
    forum: Forum
    was_there: bool
    """Whether housing is known to have been at the table."""
    without: CaseEvent | None
    """The event by which it came to be known that housing was left out; None where it was not."""
    has_minutes: bool


def meetings_of(case: History) -> Iterator[Met]:
    """Yield the meetings that are known to have been held, each once."""
    tellings: dict[str, list[Telling]] = {}
    # Whoever tells of a meeting in full knows best whether housing was there.
    for held in case.all(StrategyMeetingHeld):
        tellings.setdefault(held.meeting_id, []).append(held)
    for missed in case.all(MeetingMissedDiscovered):
        tellings.setdefault(missed.meeting_id or str(missed.event_id), []).append(missed)
    for convened in case.all(MeetingConvened, where=lambda it: it.known_at >= it.at):
        tellings.setdefault(convened.meeting_id, []).append(convened)
    for key, told in tellings.items():
        yield _met(case, key, told)


def is_challenged(
    case: History, reference: str | None, since: datetime, ground: EscalationGround | None = None
) -> bool:
    """Tell whether the landlord challenged since then how a meeting was held, or is to be.

    On any ground, unless one is given.
    """
    return any(
        raised.about is EscalationSubject.MEETING
        and (reference is None or raised.about_ref in (reference, None))
        and ground in (None, raised.ground)
        for raised in case.after(since, EscalationRaised)
    )


def _met(case: History, key: str, told: list[Telling]) -> Met:
    best = told[0]
    held_at, held_until = _held(best)
    left_out = [each for each in told if _was_left_out(each)]
    first = min(left_out, key=lambda event: event.known_at, default=None)
    return Met(
        key=key,
        reference=best.meeting_id,
        told=best,
        held_at=held_at,
        held_until=held_until,
        forum=best.forum,
        was_there=isinstance(best, StrategyMeetingHeld) and _stayed(best),
        without=None if _could_come(best) else first,
        has_minutes=any(_brings_minutes(each) for each in told)
        or case.has(MinutesReceived, where=lambda minutes: minutes.meeting_id == key),
    )


def _held(telling: Telling) -> tuple[datetime, datetime]:
    match telling:
        case StrategyMeetingHeld():
            return telling.occurred_at, period_end(telling)
        case MeetingMissedDiscovered():
            return telling.held_at, telling.held_at
        case MeetingConvened():
            return telling.at, telling.at


def _was_left_out(telling: Telling) -> bool:
    match telling:
        case StrategyMeetingHeld():
            return telling.invite_state in LEFT_OUT | {InviteState.INVITED_LATE}
        case MeetingMissedDiscovered():
            return telling.invite_state not in _OWN_DOING
        case MeetingConvened():
            return telling.housing_invited in LEFT_OUT


def _could_come(telling: Telling) -> bool:
    if not isinstance(telling, StrategyMeetingHeld):
        return False
    return _stayed(telling) or telling.invite_state in _OWN_DOING


def _stayed(held: StrategyMeetingHeld) -> bool:
    return held.invite_state is not InviteState.ASKED_TO_LEAVE and any(
        place.agency is Agency.LANDLORD and place.attendance is Attendance.ATTENDED
        for place in held.attendees
    )


def _brings_minutes(telling: Telling) -> bool:
    if isinstance(telling, StrategyMeetingHeld):
        return telling.minutes_received_at is not None
    by_minutes = isinstance(telling, MeetingMissedDiscovered) and telling.how
    return by_minutes is MissedDiscovery.MINUTES
