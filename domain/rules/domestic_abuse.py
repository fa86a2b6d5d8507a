"""The rule about domestic abuse that calls for a MARAC."""

from collections.abc import Iterator
from datetime import datetime

from domain.events.envelope import CaseEvent
from domain.events.meetings import MeetingConvened, StrategyMeetingHeld
from domain.events.plan import DecisionRecorded
from domain.events.referrals import ReferralSent
from domain.events.risk import RiskAssessed
from domain.rules.assessed import persons_assessed
from domain.rules.flag import Finding
from domain.rules.history import History
from domain.rules.matters import domestic_incidents
from domain.rules.patterns import day_of, first_run, unbroken, within_months
from domain.rules.policy import InForce, Terms
from domain.rules.rule import rule
from domain.vocabulary.meetings import Forum
from domain.vocabulary.plan import DecisionKind
from domain.vocabulary.referral import ReferralRoute
from domain.vocabulary.risk import RiskTool
from domain.working_days import by_working_day, months_after

Cause = tuple[tuple[CaseEvent, ...], InForce, str]


@rule(
    "R33",
    "Domestic abuse that meets a criterion for a MARAC, neither referred nor decided about",
    source="SafeLives MARAC referral form: a DASH score of 14, three incidents in 12 months, a "
    "repeat within 12 months of the last referral; the time is ours",
    clears="a referral to the MARAC, its meeting, or a decision not to refer since, or closing "
    "the case",
    dash_score=14,
    incidents_count=3,
    incidents_months=12,
    repeat_months=12,
    working_days=1,
)
def marac_not_decided(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield one duty for the criterion that was met first and that nobody answered since."""
    if not case.is_open:
        return
    causes = sorted(_causes(case, terms), key=lambda cause: _known(cause[0]))
    for because, under, why in causes[:1]:
        known = _known(because)
        yield Finding(
            under=under,
            because=because,
            since=known,
            due=by_working_day(known, under["working_days"]),
            why=why,
            item="marac",
        )


def _known(because: tuple[CaseEvent, ...]) -> datetime:
    return max(event.known_at for event in because)


def _causes(case: History, terms: Terms) -> Iterator[Cause]:
    answers = _answers(case)
    yield from _high_risk(case, terms, answers)
    answered_at = max((answer.occurred_at for answer in answers), default=None)
    since = [
        incident
        for incident in domestic_incidents(case)
        if answered_at is None or incident.occurred_at > answered_at
    ]
    found = first_run(since, terms, "incidents_count", within_months("incidents_months"))
    if found is not None:
        run, under = found
        yield tuple(run), under, "Incidents of domestic abuse are mounting: put it to the MARAC."
    referrals = [event for event in case.all(ReferralSent) if event.route is ReferralRoute.MARAC]
    for incident in since[:1] if referrals else ():
        under = terms.for_duty_of(incident)
        if day_of(incident) <= months_after(day_of(referrals[-1]), under["repeat_months"]):
            why = "There was another incident since it was referred to the MARAC: refer it again."
            yield (referrals[-1], incident), under, why


def _high_risk(case: History, terms: Terms, answers: list[CaseEvent]) -> Iterator[Cause]:
    for _, assessments in persons_assessed(case):
        dash = [each for each in assessments if each.tool is RiskTool.DASH]
        high = unbroken(dash, lambda each: _is_for_marac(each, terms.for_duty_of(each)))
        if high and not any(answer.occurred_at >= high[0].occurred_at for answer in answers):
            why = "The risk of domestic abuse meets the criteria for a MARAC: refer it, or decide."
            yield (high[0],), terms.for_duty_of(high[0]), why


def _is_for_marac(assessed: RiskAssessed, under: InForce) -> bool:
    if assessed.marac_criteria:
        return True
    if assessed.score is None:
        return assessed.level.is_high
    return assessed.score >= under["dash_score"]


def _answers(case: History) -> list[CaseEvent]:
    marac, no_referral = Forum.MARAC, DecisionKind.NO_REFERRAL
    return [
        *case.all(ReferralSent, where=lambda referral: referral.route is ReferralRoute.MARAC),
        *case.all(MeetingConvened, where=lambda meeting: meeting.forum is marac),
        *case.all(StrategyMeetingHeld, where=lambda meeting: meeting.forum is marac),
        *case.all(DecisionRecorded, where=lambda decision: decision.kind is no_referral),
    ]
