"""Rules about people's rights over the record: subject access, and how long it is kept."""

from collections.abc import Iterator
from datetime import date

from domain.events.enquiries import StaffAllegationRaised
from domain.events.lifecycle import CaseClosed
from domain.events.people import PersonInvolved
from domain.events.rights import (
    EventRedacted,
    PersonDataErased,
    RetentionHoldLifted,
    SubjectAccessFulfilled,
    SubjectAccessReceived,
)
from domain.rules.flag import Finding, about_person
from domain.rules.history import History
from domain.rules.patterns import day_of
from domain.rules.policy import InForce, Terms
from domain.rules.rule import rule
from domain.streams import FILES
from domain.times import end_of_day
from domain.vocabulary.people import PersonRole
from domain.vocabulary.rules import FlagEffect
from domain.working_days import by_day, by_month, months_after

_ADULT_MONTHS = 18 * 12


@rule(
    "R40",
    "Subject access request not answered",
    source="UK GDPR Article 12: one month, and two more where it is complex; the reminder is ours",
    clears="an answer to it; not closing the case",
    streams=FILES,
    months=1,
    complex_further_months=2,
    reminder_days=7,
)
def subject_access(file: History, terms: Terms) -> Iterator[Finding]:
    """Yield a duty for each request, whatever became of the case."""
    fulfilled = {event.request_id for event in file.all(SubjectAccessFulfilled)}
    for request in file.all(SubjectAccessReceived):
        if request.request_id in fulfilled:
            continue
        under = terms.for_duty_of(request)
        further = under["complex_further_months"] if request.complex else 0
        due = by_month(request.occurred_at, under["months"] + further)
        if request.due is not None:
            due = end_of_day(request.due)
        yield Finding(
            under=under,
            because=(request,),
            since=request.known_at,
            soon=by_day(due, -under["reminder_days"]),
            due=due,
            why="Someone asked for what is held about them and has a right to an answer.",
            item=f"request:{request.request_id}",
        )


@rule(
    "R41",
    "Closed case due for a look at how long it is kept",
    source="Local authority retention schedules: a child's record to the 25th birthday; seven "
    "years for others and the reminder are ours, until the landlord's own schedule overrides them",
    clears="the data of everyone in it being erased, a hold on erasing it while it stands, or "
    "reopening the case; cases with an allegation against staff are left to the landlord's own "
    "schedule",
    adult_years=7,
    child_years=25,
    reminder_days=90,
)
def retention_review(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield when a closed case has to be looked at; it erases nothing."""
    closed = None if case.is_open else case.latest(CaseClosed)
    erased = {event.person for event in case.all(PersonDataErased)}
    is_erased = bool(case.roles) and case.roles.keys() <= erased
    if closed is None or case.state.holds or is_erased or case.has(StaffAllegationRaised):
        return
    under = terms.for_duty_of(closed)
    due = end_of_day(_kept_until(case, closed, under))
    lifted = case.latest(RetentionHoldLifted)
    since = max(closed.known_at, lifted.known_at) if lifted else closed.known_at
    yield Finding(
        under=under,
        because=(closed,),
        since=since,
        soon=by_day(due, -under["reminder_days"]),
        due=max(since, due),
        why="The time for which a closed case is kept ends: look at whether it still has to be.",
        item="retention",
    )


@rule(
    "R45",
    "A person whose data was erased is named again",
    source="UK GDPR Article 17: what was erased is not to come back unnoticed; the number is ours",
    clears="erasing their data again, or destroying what names them; not closing the case",
    streams=FILES,
)
def named_again(file: History, terms: Terms) -> Iterator[Finding]:
    """Yield a warning for each such person; what names them stays, as it may be about danger."""
    erasures = {event.person: event for event in file.recorded if type(event) is PersonDataErased}
    redacted = {event.target.event_id for event in file.all(EventRedacted)}
    for person, erased in erasures.items():
        since_then = [
            event
            for event in file.naming[person]
            if event.version > erased.version and event.event_id not in redacted
        ]
        if since_then:
            again = min(since_then, key=lambda event: event.version)
            since = max(erased.known_at, again.known_at)
            yield Finding(
                under=terms.for_duty_of(again),
                because=(erased, again),
                since=since,
                due=since,
                why="Something was recorded of a person after their data was erased.",
                item=about_person(person),
                effect=FlagEffect.WARNING,
            )


def _kept_until(case: History, closed: CaseClosed, under: InForce) -> date:
    closed_on = day_of(closed)
    born = {
        event.person: event.date_of_birth
        for event in case.all(PersonInvolved)
        if event.date_of_birth is not None
    }
    days = [months_after(closed_on, 12 * under["adult_years"])]
    for person, held in case.roles.items():
        birth = born.get(person)
        at_risk = any(each.role is PersonRole.CHILD_AT_RISK for each in held)
        if birth is not None and closed_on < months_after(birth, _ADULT_MONTHS):
            days.append(months_after(birth, 12 * under["child_years"]))
        elif birth is None and at_risk:
            # Of a child whose birthday is not known nothing may go too early.
            days.append(months_after(closed_on, 12 * under["child_years"]))
    return max(days)
