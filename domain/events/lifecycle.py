"""Group a: how a case comes in, what it is treated as, who leads it, how it ends."""

from typing import Annotated

from pydantic import Field, StringConstraints
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import (
    EventRef,
    Flag,
    ItemId,
    Narrative,
    Part,
    PersonRef,
    RoleName,
    StaffName,
)
from domain.personal import Personal
from domain.streams import FILES
from domain.vocabulary.people import PersonRole, YesNoUnknown
from domain.vocabulary.record import PersonalClass
from domain.vocabulary.safeguarding import (
    AbuseType,
    Assurance,
    Channel,
    Classification,
    ClosureReason,
    ConcernBasis,
    ConductPattern,
    ContextFactor,
    DomesticAbuseBehaviour,
    HateStrand,
    IncidentKind,
    Indicator,
    RiskOutcome,
    Severity,
    SourceOfRisk,
    Strand,
)

ReporterText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=500),
    Personal(PersonalClass.REPORTER, whose="reporter"),
]


class Reporter(Part):
    """Who reported: their part in it, and their identity if they gave it."""

    role: RoleName
    identity: ReporterText | None = None


class IncidentReported(CaseEvent):
    """Something happened and was reported; it may or may not be a safeguarding matter."""

    SUMMARY = "An incident was reported."
    ACCOUNT = ("account",)
    STREAMS = FILES

    kind: IncidentKind
    category: Classification | None = None
    """How the reporting system badged it; the first classification of a case it opens."""
    category_ref: ItemId | None = None
    reporter: Reporter | None = None
    anonymous: Flag = False
    hate_strands: tuple[HateStrand, ...] = ()
    account: Narrative | None = None

    @override
    def headline(self) -> str:
        badge = f", recorded as {self.category.label.lower()}" if self.category else ""
        return f"Incident reported: {self.kind.label.lower()}{badge}"


class ConcernRaised(CaseEvent):
    """Someone was worried for a person. Never refused for missing detail: unknown is a value."""

    SUMMARY = "A concern for someone's safety was raised."
    ACCOUNT = ("verbatim_account",)

    channel: Channel
    basis: ConcernBasis
    reporter: Reporter
    relayed_by: tuple[RoleName, ...] = ()
    """The hands the account passed through, in order, so that loss in relay can be seen."""
    verbatim_account: Narrative
    strands: tuple[Strand, ...] = ()
    abuse_types: tuple[AbuseType, ...] = ()
    domestic_abuse_behaviours: tuple[DomesticAbuseBehaviour, ...] = ()
    pattern: ConductPattern | None = None
    source_of_risk: SourceOfRisk | None = None
    severity: Severity | None = None
    crime_suspected: YesNoUnknown = YesNoUnknown.UNKNOWN
    person_aware: YesNoUnknown = YesNoUnknown.UNKNOWN
    indicators: tuple[Indicator, ...] = ()
    immediate_danger: Flag
    safe_to_contact: YesNoUnknown
    low_level: Flag = False
    context_factors: tuple[ContextFactor, ...] = ()

    @override
    def headline(self) -> str:
        danger = ", immediate danger" if self.immediate_danger else ""
        return f"Concern raised ({self.channel.label.lower()}){danger}"


class RoleChange(Part):
    """A person's part in the case as it was seen before, and as it is seen now."""

    person: PersonRef
    was: PersonRole
    now: PersonRole


class Reclassified(CaseEvent):
    """The case is now treated as something else. Earlier events stay as they were."""

    SUMMARY = "The case was reclassified."
    ACCOUNT = ("reason",)

    from_: Annotated[Classification, Field(alias="from")]
    to: Classification
    reason: Narrative
    evidence_events: tuple[EventRef, ...] = ()
    role_changes: tuple[RoleChange, ...] = ()

    @override
    def headline(self) -> str:
        return f"Reclassified from {self.from_.label.lower()} to {self.to.label.lower()}"


class CaseAllocated(CaseEvent):
    """The case has a lead, and perhaps a team; the latest allocation holds."""

    SUMMARY = "The case was given to a lead."
    ACCOUNT = ("reason",)

    lead: StaffName
    team: tuple[StaffName, ...] = ()
    reason: Narrative | None = None

    @override
    def headline(self) -> str:
        return f"Allocated to {self.lead}"


class CaseClosed(CaseEvent):
    """Work on the case ended; safety actions still open must be named as carried over."""

    SUMMARY = "The case was closed."
    ACCOUNT = ("outcome_summary",)

    reason: ClosureReason
    assurance: Assurance
    risk_outcome: RiskOutcome
    residual_actions: tuple[ItemId, ...] = ()
    """Open actions that outlive the case, transferred to their owners."""
    approved_by: StaffName | None = None
    outcome_summary: Narrative | None = None

    @override
    def headline(self) -> str:
        return (
            f"Closed: {self.reason.label.lower()}, {self.risk_outcome.label.lower()}, "
            f"assurance {self.assurance.label.lower()}"
        )


class CaseReopened(CaseEvent):
    """A closed case is open again."""

    SUMMARY = "A closed case was reopened."
    ACCOUNT = ("trigger",)

    trigger: Narrative
    new_events: tuple[EventRef, ...] = ()

    @override
    def headline(self) -> str:
        return "Reopened"
