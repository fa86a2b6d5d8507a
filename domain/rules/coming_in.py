"""Rules about what comes in: it is looked at, and it is on record in time."""

from collections.abc import Iterator
from datetime import timedelta

from domain.events.contact import ContactAttemptFailed, ContactMade
from domain.events.enquiries import StaffAllegationRaised
from domain.events.envelope import CaseEvent
from domain.events.hoarding import HoardingLevelAssessed
from domain.events.lifecycle import CaseClosed, ConcernRaised, IncidentReported, TriageCompleted
from domain.events.plan import ManagementOversightRecorded
from domain.events.protection import ExploitationIndicatorObserved, ImmediateProtectionTaken
from domain.events.risk import RiskAssessed
from domain.events.sharing import InformationReceived
from domain.rules.flag import Finding
from domain.rules.history import History
from domain.rules.policy import Terms
from domain.rules.rule import rule
from domain.vocabulary.rules import FlagEffect
from domain.working_days import by_working_day

_NEWS: tuple[type[CaseEvent], ...] = (
    IncidentReported,
    ConcernRaised,
    RiskAssessed,
    HoardingLevelAssessed,
    ExploitationIndicatorObserved,
    ImmediateProtectionTaken,
    StaffAllegationRaised,
    InformationReceived,
    ContactMade,
    ContactAttemptFailed,
)
"""What leaves someone unprotected while only one person knows of it; paperwork may come later."""

_WRITTEN_UP_LATER = (ContactMade, ContactAttemptFailed)
"""A visit of a Friday is written up on the Monday, as a rule: that alone needs no manager. What
it brought to light is a concern."""


@rule(
    "R1",
    "Concern not triaged",
    source="Same day or within 24 hours is common among authorities; the numbers are ours",
    clears="a triage once the concern was known, or that names it; closing the case",
    working_days=1,
    immediate_danger_hours=1,
)
def concern_not_triaged(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield a duty for each concern that nobody has decided about since.

    A concern that comes after the case was closed has to be looked at too.
    """
    for concern in case.all(ConcernRaised):
        if case.responses(concern, TriageCompleted, CaseClosed):
            continue
        under = terms.for_duty_of(concern)
        since = concern.known_at
        due = by_working_day(since, under["working_days"])
        why = "A concern was raised and nobody has decided what to do about it."
        if concern.immediate_danger:
            due = since + timedelta(hours=under["immediate_danger_hours"])
            why = "A concern with immediate danger was raised and nobody has decided what to do."
        yield Finding(
            under=under,
            because=(concern,),
            since=since,
            due=due,
            why=why,
            item=f"concern:{concern.event_id}",
        )


@rule(
    "R2",
    "Recorded long after it was known",
    source="Ours: amber after 24 hours, red after 3 days, for the note of a contact red alone, and "
    "nothing for what was taken over from records kept elsewhere for more than 90 days; "
    "Primero counts the delay in days",
    clears="a manager's look at the case after it was recorded, or closing the case",
    amber_hours=24,
    red_days=3,
    taken_over_days=90,
)
def recorded_late(case: History, terms: Terms) -> Iterator[Finding]:
    """Yield a warning for each piece of news that others could not see for long.

    It cannot be undone; a manager who looks at the case has seen it. What comes later still was
    kept elsewhere and taken over from there: of that there is nothing to be seen to. It counts from
    when it was recorded: before, nobody could tell that it would be late.
    """
    for event in case.all(*_NEWS) if case.is_open else ():
        under = terms.for_duty_of(event)
        amber = event.known_at + timedelta(hours=under["amber_hours"])
        red = event.known_at + timedelta(days=under["red_days"])
        tolerated = red if isinstance(event, _WRITTEN_UP_LATER) else amber
        taken_over = event.known_at + timedelta(days=under["taken_over_days"])
        if not tolerated < event.recorded_at <= taken_over:
            continue
        if case.after(event.recorded_at, ManagementOversightRecorded):
            continue
        is_red = event.recorded_at > red
        limit = f"{under['red_days']} days" if is_red else f"{under['amber_hours']} hours"
        yield Finding(
            under=under,
            because=(event,),
            since=event.recorded_at,
            due=event.recorded_at,
            why=f"Something was recorded more than {limit} after the landlord knew of it.",
            item=f"event:{event.event_id}/{'red' if is_red else 'amber'}",
            effect=FlagEffect.WARNING,
        )
