"""Whom an event names: everyone it is about, and everyone its own fields name."""

from collections.abc import Iterable
from functools import singledispatch

from domain.events.consent import ConsentDecisionRecorded, ConsentOverridden, PersonInformed
from domain.events.envelope import CaseEvent
from domain.events.lifecycle import Reclassified
from domain.events.people import (
    CommunicationPreferenceRecorded,
    PersonInvolved,
    PersonRoleChanged,
    VulnerabilityRecorded,
)
from domain.events.risk import RiskAssessed, WarningIssued


def persons_of(event: CaseEvent) -> tuple[str, ...]:
    """Return the persons that `event` is about or names, each once."""
    about = (subject.person for subject in event.subjects)
    named = (person for person in named_in(event) if person is not None)
    return tuple(dict.fromkeys((*about, *named)))


@singledispatch
def named_in(event: CaseEvent) -> Iterable[str | None]:
    """Return the persons whom the event's own fields name."""
    return ()


@named_in.register
def _(
    event: PersonInvolved
    | PersonRoleChanged
    | CommunicationPreferenceRecorded
    | VulnerabilityRecorded
    | ConsentDecisionRecorded
    | ConsentOverridden
    | PersonInformed
    | RiskAssessed,
) -> Iterable[str | None]:
    return (event.person,)


@named_in.register
def _(event: WarningIssued) -> Iterable[str | None]:
    return (event.against,)


@named_in.register
def _(event: Reclassified) -> Iterable[str | None]:
    return tuple(change.person for change in event.role_changes)
