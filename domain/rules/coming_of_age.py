"""The rule about children who come of age, and tenants who have not."""

from collections.abc import Iterator
from datetime import date, timedelta

from domain.events.envelope import CaseEvent
from domain.events.housing import HousingContextChanged
from domain.events.lifecycle import Reclassified, TriageCompleted
from domain.events.people import PersonInvolved, PersonRoleChanged
from domain.events.plan import (
    DecisionRecorded,
    SafeguardingPlanAgreed,
    SafeguardingPlanReviewed,
)
from domain.rules.flag import Finding, about_anyone
from domain.rules.history import History
from domain.rules.homes import TENANTS, tenure_told_by
from domain.rules.policy import Terms
from domain.rules.rule import rule
from domain.times import start_of_day
from domain.vocabulary.plan import DecisionKind
from domain.vocabulary.rules import FlagEffect
from domain.working_days import months_after

_ADULT_MONTHS = 18 * 12
_TENANT_MONTHS = 16 * 12


@rule(
    "R22",
    "Child coming of age, or tenant of 16 or 17",
    source="Landlord policy: under 18 is a child, also one who lives alone; the number is ours",
    clears="a role change of the person, or a reclassification, triage or plan made or reviewed "
    "within that time that is about them or names nobody; for a tenant, another tenure role or a "
    "decision on tenure; closing the case",
    reminder_days=90,
)
def coming_of_age(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield a duty before each child's 18th birthday, and a warning for each tenant under 18."""
    born: dict[str, PersonInvolved] = {}
    for event in case.all(PersonInvolved) if case.is_open else ():
        if event.date_of_birth is not None:
            born[event.person] = event
    for person, told in born.items():
        assert told.date_of_birth is not None
        birthday = months_after(told.date_of_birth, _ADULT_MONTHS)
        if start_of_day(birthday) > told.known_at:
            yield from _turning_18(case, terms, told, birthday)
            tenure = tenure_told_by(case, person)
            if tenure is not None and tenure.tenure_role in TENANTS:
                yield from _young_tenant(case, terms, told, tenure, birthday)


def _turning_18(
    case: History, terms: Terms, told: PersonInvolved, birthday: date
) -> Iterator[Finding]:
    under = terms.for_duty_of(told)
    soon = start_of_day(birthday - timedelta(days=under["reminder_days"]))
    settled = case.after(
        soon, Reclassified, TriageCompleted, SafeguardingPlanAgreed, SafeguardingPlanReviewed
    )
    changes = case.after(soon, PersonRoleChanged)
    about_them = [event for event in settled if _may_be_about(event, told.person)]
    if not about_them and all(change.person != told.person for change in changes):
        yield Finding(
            under=under,
            because=(told,),
            since=told.known_at,
            soon=soon,
            due=start_of_day(birthday),
            why="A child turns 18: children's procedures end, so settle beforehand what protects "
            "them as an adult.",
            item=about_anyone(told.person, "turns-18"),
        )


def _may_be_about(event: CaseEvent, person: str) -> bool:
    """Tell whether what was settled was settled for `person`: not where it names others alone."""
    return not event.subjects or any(subject.person == person for subject in event.subjects)


def _young_tenant(
    case: History,
    terms: Terms,
    told: PersonInvolved,
    tenure: PersonInvolved | HousingContextChanged,
    birthday: date,
) -> Iterator[Finding]:
    if case.has(DecisionRecorded, where=lambda each: each.kind is DecisionKind.TENURE):
        return
    assert told.date_of_birth is not None
    sixteen = start_of_day(months_after(told.date_of_birth, _TENANT_MONTHS))
    since = max(told.known_at, tenure.known_at, sixteen)
    yield Finding(
        under=terms.for_duty_of(tenure),
        because=(told,) if tenure is told else (told, tenure),
        since=since,
        soon=since,
        due=start_of_day(birthday),
        why="The tenant is 16 or 17, in law a child: children's procedures apply, and the tenancy "
        "needs a decision on who holds it until they are 18.",
        item=about_anyone(told.person, "young-tenant"),
        effect=FlagEffect.WARNING,
    )
