"""Rules about risk over time: a manager's eye on it, and its reviews."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from domain.events.hoarding import HoardingLevelAssessed
from domain.events.lifecycle import CaseReopened
from domain.events.links import MonitoringScheduled
from domain.events.plan import (
    ManagementOversightRecorded,
    SafeguardingPlanAgreed,
    SafeguardingPlanReviewed,
)
from domain.events.risk import RiskAssessed
from domain.rules.assessed import personal_risks, standing_risks
from domain.rules.flag import Finding, about_anyone
from domain.rules.history import History
from domain.rules.left import is_left_at_that
from domain.rules.monitoring import next_look
from domain.rules.patterns import day_of, unbroken
from domain.rules.policy import Terms
from domain.rules.rule import rule
from domain.times import end_of_day
from domain.vocabulary.lifecycle import MonitoringReason
from domain.vocabulary.risk import RiskLevel
from domain.working_days import by_day


@rule(
    "R26",
    "Open case without a manager's oversight, by how high the risk is",
    source="Landlord policy: supervision relevant to the role; the numbers are ours",
    clears="a manager's look at the case, from which it counts anew; a triage that leaves a low "
    "risk at no further action; closing the case",
    high_days=14,
    medium_days=28,
    low_days=56,
)
def without_oversight(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield when a manager has to look at the case next, once its risk was assessed.

    Where several are at risk, it goes by whoever is at the highest.
    """
    risks = personal_risks(case)
    if not case.is_open or not risks or is_left_at_that(case):
        return
    began, level = _highest(list(risks.values()))
    first = min((told[0] for told in risks.values()), key=lambda each: each.occurred_at)
    counts_from = [
        event
        for event in (
            case.latest(ManagementOversightRecorded) or first,
            case.latest(CaseReopened),
        )
        if event is not None
    ]
    last = max(counts_from, key=lambda event: event.occurred_at)
    under = terms.for_duty_of(began)
    since = max(began.known_at, last.occurred_at)
    yield Finding(
        under=under,
        because=(began,) if last is began else (began, last),
        since=since,
        due=max(since, by_day(last.occurred_at, under[f"{_band(level)}_days"])),
        why=f"A manager has to look at this case, as the risk is {level}.",
        item="oversight",
    )


def _highest(risks: Sequence[Sequence[RiskAssessed]]) -> tuple[RiskAssessed, RiskLevel]:
    """Return the highest level anyone is at, after the assessment since which someone is there."""
    level = max((told[-1].level for told in risks), key=lambda level: level.rank)
    band = _band(level)
    runs = [unbroken(told, lambda each: _band(each.level) is band) for told in risks]
    return min((run[0] for run in runs if run), key=lambda each: each.occurred_at), level


def _band(level: RiskLevel) -> RiskLevel:
    return RiskLevel.HIGH if level.is_high else level


@rule(
    "R35",
    "Review of a risk assessment or safeguarding plan, or monitoring, due",
    source="The day set with it; at the latest six weeks after a plan was agreed (common "
    "multi-agency procedure), and for risk a time of ours by its level",
    clears="another assessment or a review of the plan, from which it counts anew; the end of the "
    "plan; for risk, a triage that leaves a low one at no further action; for monitoring, an "
    "assessment, triage, review of the plan or contact that saw the person, shortly before the day "
    "or later, or another day set; closing the case",
    high_days=14,
    medium_days=28,
    low_days=90,
    first_plan_review_weeks=6,
    monitoring_early_days=7,
)
def review_due(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield when each assessment and each plan in force has to be looked at again.

    That is the day set, but no later than the rule says for such a level or a new plan. What is to
    be monitored is looked at on the day set, and then as often as was said.
    """
    if case.is_open:
        yield from _risk_reviews(case, terms)
        yield from _plan_reviews(case, terms)
        yield from _monitoring(case, terms)


def _risk_reviews(case: History, terms: Terms) -> Iterator[Finding]:
    for (person, matter), told in standing_risks(case).items() if not is_left_at_that(case) else ():
        assessed = told[-1]
        under = terms.for_duty_of(assessed)
        longest = timedelta(days=under[f"{_band(assessed.level)}_days"])
        yield Finding(
            under=under,
            because=(assessed,),
            since=assessed.known_at,
            due=end_of_day(min(assessed.review_due, day_of(assessed) + longest)),
            why=f"The risk was assessed as {assessed.level} and has to be assessed again.",
            item=about_anyone(person, matter),
        )


def _plan_reviews(case: History, terms: Terms) -> Iterator[Finding]:
    for plan in case.all(SafeguardingPlanAgreed):
        reviews = [
            review
            for review in case.all(SafeguardingPlanReviewed)
            if review.plan_id == plan.plan_id
        ]
        last = reviews[-1] if reviews else plan
        under = terms.for_duty_of(last)
        due: date | None
        if isinstance(last, SafeguardingPlanReviewed):
            due = last.next_review_due if last.outcome.goes_on else None
        else:
            weeks = timedelta(weeks=under["first_plan_review_weeks"])
            due = min(last.review_due, day_of(last) + weeks)
        if due is not None:
            yield Finding(
                under=under,
                because=(last,),
                since=last.known_at,
                due=end_of_day(due),
                why="The safeguarding plan has to be reviewed.",
                item=f"plan:{plan.plan_id}",
            )


def _monitoring(case: History, terms: Terms) -> Iterator[Finding]:
    if (scheduled := case.latest(MonitoringScheduled)) is None:
        return
    if scheduled.reason is MonitoringReason.HOARDING_LOW and case.has(HoardingLevelAssessed):
        return  # R31 has it looked at by then
    under = terms.for_duty_of(scheduled)
    if (found := next_look(case, scheduled, under["monitoring_early_days"])) is None:
        return
    day, last = found
    yield Finding(
        under=under,
        because=(scheduled,) if last is scheduled else (scheduled, last),
        since=last.known_at,
        due=end_of_day(day),
        why="It was arranged to look at this again on a day.",
        item="monitoring",
    )
