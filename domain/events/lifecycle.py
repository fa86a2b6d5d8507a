"""Group a: how a case comes in, what it is treated as, who leads it, how it ends."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import (
    AuthorityRef,
    EventRef,
    Flag,
    HealthText,
    ItemId,
    Narrative,
    Part,
    PersonRef,
    PolicyVersion,
    RoleName,
    StaffName,
    missing,
    not_restricted,
)
from domain.personal import Personal
from domain.streams import FILES
from domain.vocabulary.harm import ChildHarm, Exploitation, HarmLocation
from domain.vocabulary.housing import HousingType
from domain.vocabulary.lifecycle import (
    ChildAim,
    EnforcementCheck,
    NoStatutoryRoute,
    ReporterKind,
    TriageDecision,
)
from domain.vocabulary.people import PersonRole, YesNoUnknown
from domain.vocabulary.record import PersonalClass, Sensitivity
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
    kind: ReporterKind | None = None
    team: RoleName | None = None
    """The team they belong to, where they work for the landlord."""


class IncidentReported(CaseEvent):
    """Something happened and was reported; it may or may not be a safeguarding matter."""

    SUMMARY = "An incident was reported."
    ACCOUNT = ("account",)
    STREAMS = FILES

    kind: IncidentKind
    further_kinds: Annotated[tuple[IncidentKind, ...], Field(max_length=100)] = ()
    """What else it was, such as damage to property beside violence."""
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
    anonymous: Flag = False
    """Whoever reported did not want to be known, or is not."""
    hate_strands: Annotated[tuple[HateStrand, ...], Field(max_length=100)] = ()
    child_harms: Annotated[tuple[ChildHarm, ...], Field(max_length=100)] = ()
    exploitation: Annotated[tuple[Exploitation, ...], Field(max_length=100)] = ()
    location: HarmLocation | None = None
    personally_connected: YesNoUnknown = YesNoUnknown.UNKNOWN
    """Whether the two are connected as the Domestic Abuse Act 2021 asks."""
    both_sixteen_or_over: YesNoUnknown = YesNoUnknown.UNKNOWN
    """Whether both are at least 16, as the Domestic Abuse Act 2021 asks."""
    further_indicators: Narrative | None = None
    """Signs that the list of them has no code for."""
    policy_refs: Annotated[tuple[ItemId, ...], Field(max_length=100)] = ()
    """The landlord's policies it is handled under."""

    @override
    def headline(self) -> str:
        danger = ", immediate danger" if self.immediate_danger else ""
        return f"Concern raised ({self.channel.label.lower()}){danger}"


class CaseOpened(CaseEvent):
    """The landlord's system formally opened the case.

    What it says the case is treated as goes before what reports alone suggest, whichever happened
    first, unless the case was reclassified already. A case is opened formally once.
    """

    SUMMARY = "The case was formally opened."

    initial_classification: Classification
    opened_from: Annotated[tuple[EventRef, ...], Field(max_length=100)] = ()
    """The reports it was opened from; they may lie on the file of a person or property."""
    authority: AuthorityRef | None = None
    """The local authority it lies with; absent while that is not known."""
    housing_type: HousingType | None = None

    @override
    def headline(self) -> str:
        return f"Case opened: {self.initial_classification.label.lower()}"


class TriageCompleted(CaseEvent):
    """Someone looked at what came in, against section 42 of the Care Act, and decided what to do.

    The answers may be unknown. That someone has care needs is restricted, as is the `basis`.
    """

    SUMMARY = "A concern was looked at and it was decided what to do."
    ACCOUNT = ("rationale",)

    has_care_needs: YesNoUnknown
    """Section 42(1)(a): the adult has needs for care and support."""
    at_risk_of_abuse: YesNoUnknown
    """Section 42(1)(b): the adult is experiencing abuse or neglect, or is at risk of it."""
    unable_to_protect_self: YesNoUnknown
    """Section 42(1)(c): because of those needs the adult cannot protect themselves."""
    basis: HealthText | None = None
    """What the answers rest on."""
    decision: TriageDecision
    rationale: Narrative
    threshold_policy_version: PolicyVersion | None = None
    """The authority's threshold policy that was applied; absent where none is known."""
    enforcement_check: EnforcementCheck
    """Whether antisocial behaviour was screened for safeguarding, and enforcement looked at."""
    decider: StaffName | None = None
    no_statutory_route: NoStatutoryRoute | None = None
    """Why no statutory service will act."""

    @model_validator(mode="after")
    def _no_action_is_decided_by_someone(self) -> Self:
        if self.decision is TriageDecision.NFA and self.decider is None:
            raise missing("decider", "where nothing further is done")
        return self

    @model_validator(mode="after")
    def _is_restricted(self) -> Self:
        speaks_of_needs = self.basis is not None or self.has_care_needs is YesNoUnknown.YES
        if speaks_of_needs and self.sensitivity is Sensitivity.STANDARD:
            raise not_restricted()
        return self

    @property
    def meets_section_42(self) -> YesNoUnknown:
        """Whether all three parts of the test are met; unknown while an answer could change it."""
        answers = {self.has_care_needs, self.at_risk_of_abuse, self.unable_to_protect_self}
        if YesNoUnknown.NO in answers:
            return YesNoUnknown.NO
        return YesNoUnknown.UNKNOWN if YesNoUnknown.UNKNOWN in answers else YesNoUnknown.YES

    @override
    def headline(self) -> str:
        return f"Triage completed: {self.decision.label.lower()}"


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
    confirmed_by: StaffName | None = None
    """The lead who confirmed what another member of staff saw."""

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


class PersonOutcome(Part):
    """What became of one person's risk, and for a child, which aims were met."""

    person: PersonRef
    risk_outcome: RiskOutcome | None = None
    child_aims: Annotated[tuple[ChildAim, ...], Field(max_length=10)] = ()
    summary: Narrative | None = None


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
    msp_summary: Narrative | None = None
    """How far the person's own wishes were met (Making Safeguarding Personal)."""
    no_assurance_reason: Narrative | None = None
    """Why the case is closed without assurance that the risk was dealt with."""
    person_outcomes: Annotated[tuple[PersonOutcome, ...], Field(max_length=100)] = ()

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
