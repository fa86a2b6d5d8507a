"""The rule about hoarding: what follows from its level, and when to look again."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from domain.events.envelope import CaseEvent
from domain.events.hoarding import HoardingLevelAssessed
from domain.events.links import MonitoringScheduled
from domain.events.meetings import MeetingConvened, StrategyMeetingHeld
from domain.events.plan import ActionAgreed, DecisionRecorded, SafeguardingPlanAgreed
from domain.events.protection import ImmediateProtectionTaken
from domain.events.referrals import ReferralSent
from domain.events.support import SupportMeasureProvided
from domain.rules.flag import Finding, about_anyone
from domain.rules.history import History
from domain.rules.monitoring import day_after
from domain.rules.patterns import day_of, unbroken
from domain.rules.policy import InForce, Terms
from domain.rules.rule import rule
from domain.streams import FILES, StreamKind
from domain.times import end_of_day
from domain.vocabulary.hoarding import HoardingLevel
from domain.vocabulary.lifecycle import MonitoringReason
from domain.vocabulary.meetings import Forum
from domain.vocabulary.plan import DecisionKind
from domain.working_days import by_day, by_working_day

_PANELS = {
    Forum.HOARDING_PANEL,
    Forum.HIGH_RISK_PANEL,
    Forum.SELF_NEGLECT_PANEL,
    Forum.COMPLEX_CASE_PANEL,
}

Assessments = Sequence[HoardingLevelAssessed]


@rule(
    "R31",
    "Hoarding that calls for action, a referral, a plan or another look",
    source="Landlord policy on hoarding: high is to be acted on at once, medium requires action, "
    "low is monitored; the numbers are ours",
    clears="at high, something done at once or a safety action, then a referral, panel or decision "
    "not to refer; at medium, a plan or action; for the next look, another assessment; closing the "
    "case",
    streams=FILES,
    high_action_days=0,
    high_referral_working_days=1,
    high_inspection_days=14,
    medium_plan_working_days=10,
    medium_inspection_days=28,
    low_inspection_days=90,
)
def hoarding_level(file: History, terms: Terms) -> Iterator[Finding]:
    """Yield what the latest level of each person asks for.

    A day that was set to look again holds where it comes sooner.
    On the file of a person or property that has no case, no referral or plan can be told, so there
    it asks for action and another look only.
    """
    assessments: dict[str | None, list[HoardingLevelAssessed]] = {}
    for event in file.all(HoardingLevelAssessed) if file.is_open else ():
        assessments.setdefault(event.person, []).append(event)
    for history in assessments.values():
        level = history[-1].level
        if level is HoardingLevel.HIGH:
            yield from _high(file, terms, history)
        elif level is HoardingLevel.MEDIUM and file.kind is StreamKind.CASE:
            yield from _medium(file, terms, history)
        yield _next_look(file, terms, history[-1])


def _high(file: History, terms: Terms, history: Assessments) -> Iterator[Finding]:
    began = unbroken(history, lambda each: each.level is HoardingLevel.HIGH)[0]
    under, known = terms.for_duty_of(began), began.known_at
    done = file.responses(began, ImmediateProtectionTaken, SupportMeasureProvided)
    if not done and not any(action.safety for action in file.responses(began, ActionAgreed)):
        why = "Hoarding is at the highest level, a serious danger now: something has to be done."
        yield _asks(began, under, by_day(known, under["high_action_days"]), why, "action")
    if file.kind is StreamKind.CASE and not _is_put_to_others(file, began):
        why = "Hoarding is at the highest level: refer it, put it to a panel or decide not to."
        due = by_working_day(known, under["high_referral_working_days"])
        yield _asks(began, under, due, why, "referral")


def _is_put_to_others(case: History, since: CaseEvent) -> bool:
    to_panel = (
        *case.responses(since, MeetingConvened, where=lambda meeting: meeting.forum in _PANELS),
        *case.responses(since, StrategyMeetingHeld, where=lambda meeting: meeting.forum in _PANELS),
    )
    decisions = case.responses(since, DecisionRecorded)
    return (
        bool(to_panel)
        or bool(case.responses(since, ReferralSent))
        or any(decision.kind is DecisionKind.NO_REFERRAL for decision in decisions)
    )


def _medium(case: History, terms: Terms, history: Assessments) -> Iterator[Finding]:
    # A plan made while it was worse is a plan still.
    worse = unbroken(history, lambda each: each.level is not HoardingLevel.LOW)[0]
    if case.responses(worse, SafeguardingPlanAgreed, ActionAgreed):
        return
    began = unbroken(history, lambda each: each.level is HoardingLevel.MEDIUM)[0]
    under = terms.for_duty_of(began)
    due = by_working_day(began.known_at, under["medium_plan_working_days"])
    why = "Hoarding is at a level that requires action, and there is no plan or action."
    yield _asks(began, under, due, why, "plan")


def _next_look(file: History, terms: Terms, last: HoardingLevelAssessed) -> Finding:
    under = terms.for_duty_of(last)
    due = by_day(last.occurred_at, under[f"{last.level}_inspection_days"])
    scheduled = file.latest(MonitoringScheduled)
    if scheduled and scheduled.reason is MonitoringReason.HOARDING_LOW:
        looked_on, day = day_of(last), scheduled.next_date
        agreed = day if day > looked_on else day_after(looked_on, scheduled.frequency)
        due = min(due, end_of_day(agreed)) if agreed else due
    return _asks(last, under, due, "Hoarding has to be looked at again.", "inspection")


def _asks(
    assessed: HoardingLevelAssessed, under: InForce, due: datetime, why: str, stage: str
) -> Finding:
    because: tuple[CaseEvent, ...] = (assessed,)
    return Finding(
        under=under,
        because=because,
        since=assessed.known_at,
        due=due,
        why=why,
        item=about_anyone(assessed.person, f"hoarding-{stage}"),
    )
