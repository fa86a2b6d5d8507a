"""The person's own voice: what they can decide, what they want to come of it, who speaks up."""

from datetime import date, datetime

from domain.events.consent import Representative
from domain.events.fields import Part
from domain.events.voice import (
    AdvocateInvolved,
    CapacityConsidered,
    DesiredOutcomesRecorded,
    OutcomeFeedbackRecorded,
)
from domain.latest import supersedes
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.voice import (
    AdvocateKind,
    CapacityOutcome,
    OutcomesAchieved,
    OutcomesAsked,
    ToldBy,
)
from projections.personal_columns import Account, Health, Organisation, Post, Pseudonym


class Capacity(Part):
    """What was last found of the person's capacity to take one decision; it holds for no other."""

    decision: Account[str]
    outcome: CapacityOutcome
    basis: Health[str]
    executive_concern: YesNoUnknown
    supported_by: AdvocateKind | None
    representative: Representative | None
    assessed_by: Post[str]
    at: datetime


class DesiredOutcomes(Part):
    """What the person wants to come of it, as last recorded, or that they were not asked."""

    asked: OutcomesAsked
    outcomes: Account[tuple[str, ...]]
    told_by: ToldBy
    representative: Representative | None
    reason_not_asked: Account[str | None]
    at: datetime


class OutcomeFeedback(Part):
    """What the person makes of what was done, as last recorded."""

    achieved: OutcomesAchieved
    safer: YesNoUnknown
    experience: Account[str | None]
    told_by: ToldBy
    at: datetime


class Advocate(Part):
    """Someone who supports the person in being heard."""

    kind: AdvocateKind
    advocate: Pseudonym[str | None]
    organisation: Organisation[str | None]
    since: date
    noted_at: datetime


def after_considering(
    held: tuple[Capacity, ...], event: CapacityConsidered
) -> tuple[Capacity, ...]:
    """Return what is known of capacity, decision by decision; the latest of each holds."""
    same = next((it for it in held if _words(it.decision) == _words(event.decision)), None)
    if same is not None and not supersedes(event, same.at):
        return held
    found = Capacity(
        decision=event.decision,
        outcome=event.outcome,
        basis=event.basis,
        executive_concern=event.executive_concern,
        supported_by=event.supported_by,
        representative=event.representative,
        assessed_by=event.assessed_by,
        at=event.occurred_at,
    )
    return (*(it for it in held if it is not same), found)


def _words(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")


def desired(event: DesiredOutcomesRecorded) -> DesiredOutcomes:
    """Return what `event` says the person wants."""
    return DesiredOutcomes(
        asked=event.asked,
        outcomes=event.outcomes,
        told_by=event.told_by,
        representative=event.representative,
        reason_not_asked=event.reason_not_asked,
        at=event.occurred_at,
    )


def feedback(event: OutcomeFeedbackRecorded) -> OutcomeFeedback:
    """Return what `event` says the person makes of the outcome."""
    return OutcomeFeedback(
        achieved=event.achieved,
        safer=event.safer,
        experience=event.experience,
        told_by=event.told_by,
        at=event.occurred_at,
    )


def with_advocate(held: tuple[Advocate, ...], event: AdvocateInvolved) -> tuple[Advocate, ...]:
    """Return who supports the person, with one more; the latest record of each holds."""
    who = (event.kind, event.advocate, event.organisation)
    same = next((it for it in held if (it.kind, it.advocate, it.organisation) == who), None)
    if same is not None and not supersedes(event, same.noted_at):
        return held
    involved = Advocate(
        kind=event.kind,
        advocate=event.advocate,
        organisation=event.organisation,
        since=event.since,
        noted_at=event.occurred_at,
    )
    return (*(it for it in held if it is not same), involved)
