"""Group d: warnings and legal steps against a person, and their review."""

from abc import ABC
from typing import Annotated

from pydantic import StringConstraints
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import EventRef, Narrative, PersonRef
from domain.personal import NotPersonal, Personal
from domain.streams import FILES
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.record import PersonalClass
from domain.vocabulary.risk import EnforcementKind, EnforcementOutcome, PossessionGround

EnforcementGround = Annotated[
    str,
    StringConstraints(min_length=1, max_length=2_000),
    Personal(PersonalClass.OFFENCE, whose="against"),
]
StatutoryGround = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200),
    NotPersonal("names a ground in law"),
]


class EnforcementStep(CaseEvent, ABC):
    """What warnings and legal steps have in common: against whom, why, and whether it is fair."""

    ACCOUNT = ("ground", "proportionality_note")
    STREAMS = FILES

    kind: EnforcementKind
    against: PersonRef
    ground: EnforcementGround | None = None
    """What the person is said to have done."""
    proportionality_note: Narrative
    equality_check: YesNoUnknown
    capacity_ref: EventRef | None = None
    """The `CapacityConsidered` in which the person's capacity was considered."""

    @override
    def refers_to(self) -> tuple[EventRef, ...]:
        return (self.capacity_ref,) if self.capacity_ref is not None else ()


class WarningIssued(EnforcementStep):
    """A warning or legal step against a person, who may later turn out to be a victim."""

    SUMMARY = "A warning or legal step was issued against a person."

    @override
    def headline(self) -> str:
        return f"Enforcement: {self.kind.label.lower()}"


class EnforcementActionTaken(EnforcementStep):
    """A legal step against a person, who may later turn out to be a victim."""

    SUMMARY = "A legal step was taken against a person."

    possession_ground: PossessionGround | None = None
    """Where possession is sought: whether the court has a choice."""
    statutory_ground: StatutoryGround | None = None
    """The ground as the law numbers it, such as ground 14A in the Housing Act 1988."""
    block_override_reason: Narrative | None = None
    """Why it went ahead though capacity, or how to reach the person, had not been considered."""

    @override
    def headline(self) -> str:
        ground = self.possession_ground
        on = f", {ground} ground" if ground else ""
        return f"Enforcement action: {self.kind.label.lower()}{on}"


class EnforcementReviewed(CaseEvent):
    """A warning or legal step was looked at again, in the light of what is known now."""

    SUMMARY = "A warning or legal step was reviewed."
    ACCOUNT = ("reason",)
    STREAMS = FILES

    action: EventRef
    """The `WarningIssued` or `EnforcementActionTaken` that was reviewed."""
    outcome: EnforcementOutcome
    reason: Narrative

    @override
    def headline(self) -> str:
        return f"Enforcement reviewed: {self.outcome.label.lower()}"

    @override
    def refers_to(self) -> tuple[EventRef, ...]:
        return (self.action,)
