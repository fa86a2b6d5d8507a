"""Rules about warnings and legal steps: against whom they turn out to be, and what goes before."""

from collections.abc import Iterator
from datetime import datetime

from domain.events.enforcement import (
    EnforcementActionTaken,
    EnforcementReviewed,
    EnforcementStep,
    WarningIssued,
)
from domain.events.envelope import CaseEvent
from domain.events.people import CommunicationPreferenceRecorded
from domain.events.voice import CapacityConsidered
from domain.roles import role_facts
from domain.rules.flag import Finding
from domain.rules.history import History
from domain.rules.matters import is_hoarding_or_self_neglect
from domain.rules.policy import Terms
from domain.rules.rule import rule
from domain.streams import FILES
from domain.vocabulary.people import HARMED_OR_AT_RISK
from domain.vocabulary.risk import EnforcementKind
from domain.vocabulary.rules import FlagEffect
from domain.working_days import by_working_day


@rule(
    "R8",
    "Warning or legal step against someone since seen as harmed or at risk, not reviewed",
    source="Cromwood story: a tenant who was a victim had been warned; the number is ours",
    clears="a review of it since then, or the person no longer being seen so; not closing the case",
    streams=FILES,
    working_days=2,
)
def enforcement_not_reviewed(file: History, terms: Terms) -> Iterator[Finding]:
    """Yield a duty for each such step; it outlives the case, as the step does."""
    for step in file.all(WarningIssued, EnforcementActionTaken):
        told = review_owed_by(file, step)
        if told is None:
            continue
        newer = max(told, step, key=lambda event: event.known_at)
        under = terms.for_duty_of(newer)
        yield Finding(
            under=under,
            because=(step, told),
            since=newer.known_at,
            due=by_working_day(newer.known_at, under["working_days"]),
            why="A warning or legal step was taken against someone who is now seen as harmed or "
            "at risk, and nobody has looked at it again since.",
            item=f"enforcement:{step.event_id}",
        )


def review_owed_by(file: History, step: EnforcementStep) -> CaseEvent | None:
    """Return the event by which it was known that whom `step` is against is harmed or at risk.

    None where no review is owed: the person is not seen so, was known to be when the step was
    taken, or it was reviewed since.
    """
    seen = _at_risk(file, step.against)
    # Whoever was known to be at risk when the step was taken is not seen anew.
    if seen is None or seen[1].known_at <= step.occurred_at:
        return None
    since, told = seen
    return None if _is_reviewed(file, step, since) else told


def _at_risk(file: History, person: str) -> tuple[datetime, CaseEvent] | None:
    """Return since when a person is seen as harmed or at risk, and the event it was known by."""
    held = [
        (each.since, each.role)
        for each in file.roles.get(person, ())
        if each.is_current and each.role in HARMED_OR_AT_RISK and each.since is not None
    ]
    if not held:
        return None
    since, role = min(held)
    told = [
        event
        for event in file.events
        if any(fact.role == role and fact.at >= since for fact in role_facts(event, person))
    ]
    return since, min(told, key=lambda event: event.known_at)


def _is_reviewed(file: History, step: CaseEvent, since: datetime) -> bool:
    reviews = file.after(since, EnforcementReviewed)
    return any(review.action.event_id == step.event_id for review in reviews)


@rule(
    "R24",
    "Enforcement over hoarding or self-neglect without thought for capacity or communication",
    source="Landlord policy on hoarding: check the ability to decide about complying at that time, "
    "and find out early how to communicate",
    clears="its turning out that both had been done before it, an override reason on the step, or "
    "a review of it; not closing the case",
    streams=FILES,
)
def enforcement_unprepared(file: History, terms: Terms) -> Iterator[Finding]:
    """Yield a stop for each step before which capacity or communication was left out.

    A mere warning needs neither. The stop outlives the case, as the step does.
    """
    for step in file.all(WarningIssued, EnforcementActionTaken):
        if step.kind is EnforcementKind.WARNING or _is_overridden(step):
            continue
        if not is_hoarding_or_self_neglect(file, step.against):
            continue
        missing = tuple(_missing_before(file, step))
        if not missing or _is_reviewed(file, step, step.occurred_at):
            continue
        yield Finding(
            under=terms.for_duty_of(step),
            because=(step,),
            since=step.known_at,
            due=step.known_at,
            why=f"A legal step was taken over hoarding or self-neglect though {_and(missing)} not "
            "on record from before it; no reason for going ahead was given.",
            item=f"enforcement:{step.event_id}",
            effect=FlagEffect.STOP,
        )


def _is_overridden(step: EnforcementStep) -> bool:
    return isinstance(step, EnforcementActionTaken) and step.block_override_reason is not None


def _missing_before(file: History, step: EnforcementStep) -> Iterator[str]:
    considered = file.all(CapacityConsidered)
    if step.capacity_ref is None and not _any_before(step, considered):
        yield "the person's capacity to decide about it"
    if not _any_before(step, file.all(CommunicationPreferenceRecorded)):
        yield "how best to reach the person"


def _any_before(
    step: EnforcementStep,
    events: list[CapacityConsidered] | list[CommunicationPreferenceRecorded],
) -> bool:
    return any(
        event.person == step.against and event.occurred_at <= step.occurred_at for event in events
    )


def _and(missing: tuple[str, ...]) -> str:
    return f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'}"
