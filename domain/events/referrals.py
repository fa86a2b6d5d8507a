"""Group e: referrals to other organisations, their answers, and the chase for feedback."""

from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator
from typing_extensions import override

from domain.events.envelope import CaseEvent
from domain.events.fields import (
    SHA256,
    Count,
    EventRef,
    ItemId,
    Narrative,
    OrganisationName,
    RoleName,
    StaffName,
    missing,
)
from domain.personal import NotPersonal
from domain.times import Day
from domain.vocabulary.consent import OnwardSharing
from domain.vocabulary.people import PersonRole, YesNoUnknown
from domain.vocabulary.referral import (
    ChaseMethod,
    DecisionReason,
    EnquiryType,
    FeedbackQuality,
    ReferralDecision,
    ReferralRoute,
    ReferralUrgency,
)

ContentHash = Annotated[str, StringConstraints(pattern=SHA256), NotPersonal("a SHA-256 hash")]
"""SHA-256 of what was sent, in lower-case hexadecimal, so that it can be shown unaltered."""


class ReferralSent(CaseEvent):
    """A referral went to one organisation by one route.

    It rests on consent or on its override; where a child is at risk it needs neither.
    """

    SUMMARY = "A referral was sent to another organisation."
    ACCOUNT = ("ask",)
    BEGINS = "referral_id"

    referral_id: ItemId
    """Its reference within the case, by which its answers name it."""
    route: ReferralRoute
    receiving_org: OrganisationName
    consent_ref: EventRef | None = None
    """The consent it rests on; this or `override_ref`, unless a subject is a child at risk."""
    override_ref: EventRef | None = None
    """The override it rests on where there is no consent."""
    content_hash: ContentHash
    """SHA-256 of what was sent, in lower-case hexadecimal."""
    urgency: ReferralUrgency
    ask: Narrative
    feedback_due: Day
    """The day by which an answer is expected."""

    @model_validator(mode="after")
    def _rests_on_consent_or_override(self) -> Self:
        child = any(subject.role is PersonRole.CHILD_AT_RISK for subject in self.subjects)
        if not child and self.consent_ref is None and self.override_ref is None:
            raise missing("consent_ref or override_ref", "unless a subject is a child at risk")
        return self

    @override
    def headline(self) -> str:
        return (
            f"Referral {self.referral_id} sent to {self.receiving_org}: {self.route.label} "
            f"({self.urgency.label.lower()})"
        )

    @override
    def refers_to(self) -> tuple[EventRef, ...]:
        return tuple(ref for ref in (self.consent_ref, self.override_ref) if ref is not None)


class ReferralAcknowledged(CaseEvent):
    """The receiving organisation said that it has the referral; no more than that."""

    SUMMARY = "A referral was acknowledged."
    BUILDS_ON = ReferralSent

    referral_id: ItemId
    by: RoleName | None = None
    """The post or desk that acknowledged it."""
    their_ref: ItemId | None = None
    """The receiving organisation's own reference."""

    @override
    def headline(self) -> str:
        theirs = f", their reference {self.their_ref}" if self.their_ref else ""
        return f"Referral {self.referral_id} acknowledged{theirs}"


class ReferralDecisionReceived(CaseEvent):
    """The receiving organisation decided on a referral, or is known not to have.

    `decision.is_final` says whether that settles the referral.
    """

    SUMMARY = "A decision on a referral was received."
    ACCOUNT = ("reasons",)
    BUILDS_ON = ReferralSent

    referral_id: ItemId
    decision: ReferralDecision
    reason_code: DecisionReason | None = None
    reasons: Narrative | None = None
    enquiry_type: EnquiryType | None = None
    their_owner: StaffName | None = None
    """Who holds the matter at the receiving organisation."""

    @override
    def headline(self) -> str:
        why = f" ({self.reason_code.label.lower()})" if self.reason_code else ""
        return f"Decision on referral {self.referral_id}: {self.decision.label.lower()}{why}"


class ReferralWithdrawn(CaseEvent):
    """The landlord took a referral back; nobody owes it an answer any more."""

    SUMMARY = "A referral was withdrawn."
    ACCOUNT = ("reason",)
    BUILDS_ON = ReferralSent

    referral_id: ItemId
    reason: Narrative

    @override
    def headline(self) -> str:
        return f"Referral {self.referral_id} withdrawn"


class ReferralResubmitted(CaseEvent):
    """A referral was put again, after a decision, a withdrawal or silence; answers start anew.

    Only after it may a referral that was decided for good be decided for good once more.
    """

    SUMMARY = "A referral was put to the same organisation again."
    ACCOUNT = ("reason",)
    BUILDS_ON = ReferralSent

    referral_id: ItemId
    reason: Narrative
    """Why the first answer is not accepted, or what has changed since."""
    feedback_due: Day
    """The day by which an answer is expected now."""
    content_hash: ContentHash | None = None
    """SHA-256 of what was sent this time, in lower-case hexadecimal."""

    @override
    def headline(self) -> str:
        return f"Referral {self.referral_id} resubmitted, answer due {self.feedback_due}"


class FeedbackChased(CaseEvent):
    """The landlord asked again for an answer to a referral."""

    SUMMARY = "Feedback on a referral was asked for again."
    BUILDS_ON = ReferralSent

    referral_id: ItemId
    attempt: Annotated[Count, Field(ge=1)]
    """1 for the first time it was chased."""
    to: RoleName
    """The post or desk that was asked."""
    method: ChaseMethod

    @override
    def headline(self) -> str:
        return (
            f"Feedback on referral {self.referral_id} chased, attempt {self.attempt} "
            f"({self.method.label.lower()})"
        )


class FeedbackReceived(CaseEvent):
    """The receiving organisation told the landlord what came of a referral."""

    SUMMARY = "Feedback on a referral was received."
    BUILDS_ON = ReferralSent

    referral_id: ItemId
    quality: FeedbackQuality
    risk_assessed_confirmed: YesNoUnknown
    mitigation_confirmed: YesNoUnknown
    onward_sharing: OnwardSharing
    """Whether the landlord may pass the feedback on."""

    @override
    def headline(self) -> str:
        return f"Feedback on referral {self.referral_id}: {self.quality.label.lower()}"
