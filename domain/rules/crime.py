"""The rule that the police come to know of a suspected crime."""

from collections.abc import Iterator

from domain.events.envelope import CaseEvent
from domain.events.lifecycle import CaseClosed, ConcernRaised
from domain.events.meetings import StrategyMeetingHeld
from domain.events.plan import DecisionRecorded
from domain.events.protection import ImmediateProtectionTaken
from domain.events.referrals import ReferralSent
from domain.events.sharing import InformationReceived, InformationShared
from domain.latest import period_end
from domain.rules.flag import Finding
from domain.rules.history import History, names
from domain.rules.policy import Terms
from domain.rules.rule import rule
from domain.times import in_london, start_of_day
from domain.vocabulary.consent import Agency
from domain.vocabulary.meetings import Attendance
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.plan import DecisionKind
from domain.vocabulary.protection import ImmediateProtection
from domain.vocabulary.referral import ReferralRoute
from domain.working_days import by_working_day

_POLICE = frozenset(
    {ReferralRoute.POLICE_999, ReferralRoute.POLICE_101, ReferralRoute.POLICE_CRIME_REPORT}
)


@rule(
    "R19",
    "Crime suspected and police not told",
    source="SCIE guide for housing staff: tell the police where a crime is suspected; "
    "1 working day is ours",
    clears="a referral or information to the police or from them, a 999 call, a meeting the police "
    "attended, a decision not to refer that says why not, or closing the case",
    working_days=1,
)
def police_not_told(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield a duty for each concern with a suspected crime that the police do not know of.

    They may have been called shortly before the concern was raised: that day counts from its start.
    Where either names the other, the police had the report already.
    """
    for concern in case.all(ConcernRaised, where=_suspects_crime):
        if _police_know(case, concern):
            continue
        if case.responses(concern, DecisionRecorded, where=_says_why_not):
            continue
        if case.responses(concern, CaseClosed):
            continue
        under = terms.for_duty_of(concern)
        yield Finding(
            under=under,
            because=(concern,),
            since=concern.known_at,
            due=by_working_day(concern.known_at, under["working_days"]),
            why="A crime is suspected; the police were not told and no reason is recorded.",
            item=f"concern:{concern.event_id}",
        )


def _suspects_crime(concern: ConcernRaised) -> bool:
    return concern.crime_suspected is YesNoUnknown.YES


def _says_why_not(decision: DecisionRecorded) -> bool:
    return decision.kind is DecisionKind.NO_REFERRAL


def _police_know(case: History, concern: ConcernRaised) -> bool:
    since = start_of_day(in_london(concern.occurred_at).date())
    dealings: list[CaseEvent] = [
        *case.all(ReferralSent, where=lambda sent: sent.route in _POLICE),
        *case.all(InformationShared, where=_with_police),
        *case.all(ImmediateProtectionTaken, where=_is_999),
        *case.all(StrategyMeetingHeld, where=_police_came),
    ]
    # What the police say dates from when it happened; they know of it when they say it.
    told = case.all(InformationReceived, where=lambda it: it.from_agency is Agency.POLICE)
    return any(each.known_at >= since for each in told) or any(
        period_end(each) >= since or names(each, concern) or names(concern, each)
        for each in dealings
    )


def _with_police(shared: InformationShared) -> bool:
    return shared.recipient.agency is Agency.POLICE


def _is_999(taken: ImmediateProtectionTaken) -> bool:
    return taken.kind is ImmediateProtection.CALL_999


def _police_came(held: StrategyMeetingHeld) -> bool:
    return any(
        place.agency is Agency.POLICE and place.attendance is Attendance.ATTENDED
        for place in held.attendees
    )
