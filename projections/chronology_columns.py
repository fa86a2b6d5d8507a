"""What single events say under the headings of a chronology: voice, decision, response, told."""

from collections.abc import Iterable
from functools import singledispatch

from domain.events.challenge import EscalationRaised, EscalationResponded
from domain.events.consent import ConsentOverridden, PersonInformed
from domain.events.contact import ContactAttemptFailed, ContactMade
from domain.events.enforcement import EnforcementReviewed, EnforcementStep
from domain.events.enquiries import EnquiryReported
from domain.events.envelope import CaseEvent
from domain.events.fields import Part
from domain.events.lifecycle import CaseClosed, Reclassified, TriageCompleted
from domain.events.meetings import StrategyMeetingHeld
from domain.events.people import PersonRoleChanged
from domain.events.plan import (
    ActionAgreed,
    ActionCancelled,
    ActionCompleted,
    DecisionRecorded,
    ManagementOversightRecorded,
    SafeguardingPlanAgreed,
)
from domain.events.protection import ImmediateProtectionTaken, WarningMarkerPlaced
from domain.events.referrals import ReferralDecisionReceived, ReferralSent
from domain.events.risk import VisitControlSet
from domain.events.sharing import AdviceSought, InformationShared
from domain.events.support import (
    HousingOfferMade,
    SupportMeasureProvided,
    SupportOffered,
    SupportResponded,
)
from domain.events.voice import DesiredOutcomesRecorded, OutcomeFeedbackRecorded


class Decided(Part):
    """A decision and its reasons, in words."""

    decision: str
    rationale: str | None = None


@singledispatch
def voice_of(event: CaseEvent) -> str | None:
    """Return what the person said or showed of their own view."""
    return None


@voice_of.register
def _(event: ContactMade) -> str | None:
    return event.voice


@voice_of.register
def _(event: DesiredOutcomesRecorded) -> str | None:
    return _joined(event.outcomes)


@voice_of.register
def _(event: OutcomeFeedbackRecorded) -> str | None:
    return event.experience


@singledispatch
def decision_of(event: CaseEvent) -> Decided | None:
    """Return what was decided, by the landlord or another organisation, and why."""
    return None


@decision_of.register
def _(event: DecisionRecorded) -> Decided:
    return Decided(decision=event.chosen, rationale=event.rationale)


@decision_of.register
def _(event: TriageCompleted) -> Decided:
    return Decided(decision=event.decision.label, rationale=event.rationale)


@decision_of.register
def _(event: Reclassified) -> Decided:
    return Decided(decision=f"Treat as {event.to.label.lower()}", rationale=event.reason)


@decision_of.register
def _(event: PersonRoleChanged) -> Decided:
    return Decided(decision=f"See as {event.to.label.lower()}", rationale=event.reason)


@decision_of.register
def _(event: ConsentOverridden) -> Decided:
    return Decided(decision="Act without consent", rationale=event.rationale)


@decision_of.register
def _(event: ReferralDecisionReceived) -> Decided:
    return Decided(decision=event.decision.label, rationale=event.reasons)


@decision_of.register
def _(event: EnforcementStep) -> Decided:
    return Decided(decision=event.kind.label, rationale=event.proportionality_note)


@decision_of.register
def _(event: EnforcementReviewed) -> Decided:
    return Decided(decision=event.outcome.label, rationale=event.reason)


@decision_of.register
def _(event: CaseClosed) -> Decided:
    return Decided(decision=f"Close: {event.reason.label}", rationale=event.outcome_summary)


@singledispatch
def response_of(event: CaseEvent) -> str | None:
    """Return what was done or came of it, in words."""
    return None


@response_of.register
def _(event: ImmediateProtectionTaken) -> str | None:
    return event.kind.label


@response_of.register
def _(event: ReferralSent) -> str | None:
    return event.ask


@response_of.register
def _(event: ActionAgreed) -> str | None:
    return event.text


@response_of.register
def _(event: ActionCompleted) -> str | None:
    return _joined(filter(None, (event.findings, event.impact, event.evidence_note)))


@response_of.register
def _(event: ActionCancelled) -> str | None:
    return event.note or event.reason.label


@response_of.register
def _(event: SafeguardingPlanAgreed) -> str | None:
    return _joined(event.aims)


@response_of.register
def _(event: ManagementOversightRecorded) -> str | None:
    return event.directions


@response_of.register
def _(event: StrategyMeetingHeld) -> str | None:
    return event.risks_agreed


@response_of.register
def _(event: SupportOffered) -> str | None:
    return event.kind.label


@response_of.register
def _(event: SupportResponded) -> str | None:
    return event.response.label


@response_of.register
def _(event: SupportMeasureProvided) -> str | None:
    return event.kind.label


@response_of.register
def _(event: HousingOfferMade) -> str | None:
    return event.kind.label


@response_of.register
def _(event: VisitControlSet) -> str | None:
    return event.control.label


@response_of.register
def _(event: WarningMarkerPlaced) -> str | None:
    return event.instruction


@response_of.register
def _(event: ContactAttemptFailed) -> str | None:
    return event.reason.label


@response_of.register
def _(event: EscalationResponded) -> str | None:
    return event.response or event.outcome.label


@response_of.register
def _(event: EnquiryReported) -> str | None:
    return event.recommendation


@singledispatch
def told_of(event: CaseEvent) -> tuple[str, ...]:
    """Return who was told: organisations and posts, or persons by reference."""
    return ()


@told_of.register
def _(event: InformationShared) -> tuple[str, ...]:
    return (f"{event.recipient.agency.label}: {event.recipient.role}",)


@told_of.register
def _(event: AdviceSought) -> tuple[str, ...]:
    return (event.from_agency.label,)


@told_of.register
def _(event: ReferralSent) -> tuple[str, ...]:
    return (event.receiving_org,)


@told_of.register
def _(event: EscalationRaised) -> tuple[str, ...]:
    return (event.to,)


@told_of.register
def _(event: PersonInformed) -> tuple[str, ...]:
    return (event.person or "Person concerned",) if event.informed else ()


def _joined(texts: Iterable[str]) -> str | None:
    return "\n".join(texts) or None
