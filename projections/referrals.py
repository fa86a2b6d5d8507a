"""The referral tracker: what was asked of whom, what came back, and what is still unanswered."""

from datetime import date, datetime
from typing import ClassVar

from pydantic import ConfigDict

from domain.events.envelope import CaseEvent
from domain.events.referrals import (
    FeedbackChased,
    FeedbackReceived,
    ReferralAcknowledged,
    ReferralDecisionReceived,
    ReferralSent,
)
from domain.latest import supersedes
from domain.vocabulary.coded import CodedList
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.referral import (
    DecisionReason,
    FeedbackQuality,
    ReferralDecision,
    ReferralRoute,
    ReferralUrgency,
)
from projections.read_model import ReadModel, Row


class ReferralAssurance(CodedList, source="HQN article: feedback as assurance"):
    """How far a referral has come towards knowing that the risk was dealt with."""

    NONE = "none", "Nothing heard"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    DECISION_KNOWN = "decision-known", "Decision known"
    RISK_ASSESSED = "risk-assessed", "Risk assessed, as confirmed"
    MITIGATION_CONFIRMED = "mitigation-confirmed", "Risk mitigated, as confirmed"

    @property
    def rank(self) -> int:
        """The stage's place from the first, 0, upwards."""
        return list(ReferralAssurance).index(self)


class Unanswered(CodedList, source="HQN article: feedback as assurance"):
    """What the receiving organisation still owes the landlord on a referral."""

    ACKNOWLEDGEMENT = "acknowledgement", "That they have it"
    DECISION = "decision", "What they decided"
    FEEDBACK = "feedback", "What came of it"
    MITIGATION = "mitigation", "That the risk was mitigated"


class ReferralRow(Row):
    """One referral of a case: one organisation asked by one route."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "referral_id"

    referral_id: str
    """The referral's reference within its case."""
    route: ReferralRoute
    """Whose door it was put through."""
    receiving_org: str
    """The organisation asked."""
    urgency: ReferralUrgency
    """How fast an answer was asked for."""
    sent_at: datetime
    """When it was sent."""
    feedback_due: date
    """The day by which the landlord expects to hear what came of it."""
    acknowledged_at: datetime | None = None
    """When it was first acknowledged."""
    their_ref: str | None = None
    """The receiving organisation's own reference."""
    decision: ReferralDecision | None = None
    """What they decided; a decision that settles the referral is not replaced by one that does
    not."""
    decision_at: datetime | None = None
    """When they decided it."""
    decision_reason_code: DecisionReason | None = None
    """Why it was not taken on, as they put it."""
    chases: int = 0
    """How often an answer was asked for again."""
    last_chased_at: datetime | None = None
    """When an answer was last asked for again."""
    feedback_quality: FeedbackQuality | None = None
    """How much the latest feedback says; one that says nothing does not replace one that does."""
    feedback_at: datetime | None = None
    """When the latest feedback came."""
    risk_assessed_confirmed: YesNoUnknown | None = None
    """Whether the latest feedback confirms that they assessed the risk."""
    mitigation_confirmed: YesNoUnknown | None = None
    """Whether the latest feedback confirms that the risk was mitigated."""
    assurance: ReferralAssurance = ReferralAssurance.NONE
    """The furthest stage reached; later silence does not take it back."""
    unanswered: tuple[Unanswered, ...] = tuple(Unanswered)
    """What they still owe, in the order in which it is usually answered."""


def is_overdue(row: ReferralRow, today: date) -> bool:
    """Tell whether feedback was due before `today` and has not come."""
    return Unanswered.FEEDBACK in row.unanswered and row.feedback_due < today


referrals = ReadModel("referrals", 1, ReferralRow)

_SAYING_NOTHING = (FeedbackQuality.NONE, FeedbackQuality.ACKNOWLEDGEMENT_ONLY)
_ANSWERED_AT = {
    Unanswered.ACKNOWLEDGEMENT: ReferralAssurance.ACKNOWLEDGED,
    Unanswered.DECISION: ReferralAssurance.DECISION_KNOWN,
    Unanswered.MITIGATION: ReferralAssurance.MITIGATION_CONFIRMED,
}

OnReferral = (
    ReferralSent
    | ReferralAcknowledged
    | ReferralDecisionReceived
    | FeedbackChased
    | FeedbackReceived
)


def _its_referral(event: OnReferral) -> tuple[str, ...]:
    return (event.referral_id,)


@referrals.on(ReferralSent, keys=_its_referral)
def _sent(row: ReferralRow | None, event: ReferralSent, _: str) -> ReferralRow:
    return ReferralRow(
        case_id=event.case_id,
        case_ref=event.case_ref,
        referral_id=event.referral_id,
        route=event.route,
        receiving_org=event.receiving_org,
        urgency=event.urgency,
        sent_at=event.occurred_at,
        feedback_due=event.feedback_due,
    )


@referrals.on(ReferralAcknowledged, keys=_its_referral)
def _acknowledged(
    row: ReferralRow | None, event: ReferralAcknowledged, _: str
) -> ReferralRow | None:
    if row is None:
        return None
    changes = {
        "acknowledged_at": min(row.acknowledged_at or event.occurred_at, event.occurred_at),
        "their_ref": event.their_ref or row.their_ref,
    }
    return _assured(row.model_copy(update=changes), ReferralAssurance.ACKNOWLEDGED)


@referrals.on(ReferralDecisionReceived, keys=_its_referral)
def _decided(
    row: ReferralRow | None, event: ReferralDecisionReceived, _: str
) -> ReferralRow | None:
    if row is None:
        return None
    settled = row.decision is not None and row.decision.is_final
    reached = _assurance_of_decision(event.decision)
    if _replaces(event, event.decision.is_final, settled, row.decision_at):
        changes = {
            "decision": event.decision,
            "decision_at": event.occurred_at,
            "decision_reason_code": event.reason_code,
        }
        row = row.model_copy(update=changes)
    return _assured(row, reached)


@referrals.on(FeedbackChased, keys=_its_referral)
def _chased(row: ReferralRow | None, event: FeedbackChased, _: str) -> ReferralRow | None:
    if row is None:
        return None
    last = max(row.last_chased_at or event.occurred_at, event.occurred_at)
    return row.model_copy(update={"chases": row.chases + 1, "last_chased_at": last})


@referrals.on(FeedbackReceived, keys=_its_referral)
def _fed_back(row: ReferralRow | None, event: FeedbackReceived, _: str) -> ReferralRow | None:
    if row is None:
        return None
    informs = _informs(event)
    if _replaces(event, informs, Unanswered.FEEDBACK not in row.unanswered, row.feedback_at):
        changes = {
            "feedback_quality": event.quality,
            "feedback_at": event.occurred_at,
            "risk_assessed_confirmed": event.risk_assessed_confirmed,
            "mitigation_confirmed": event.mitigation_confirmed,
        }
        row = row.model_copy(update=changes)
    return _assured(row, _assurance_of_feedback(event), fed_back=informs)


def _replaces(event: CaseEvent, answers: bool, answered: bool, since: datetime | None) -> bool:
    # An answer stands against a later "nothing yet"; between two of a kind the newer one holds.
    return answers > answered or (answers == answered and supersedes(event, since))


def _informs(event: FeedbackReceived) -> bool:
    confirmations = (event.risk_assessed_confirmed, event.mitigation_confirmed)
    return event.quality not in _SAYING_NOTHING or YesNoUnknown.YES in confirmations


def _assurance_of_decision(decision: ReferralDecision) -> ReferralAssurance:
    if decision.is_final:
        return ReferralAssurance.DECISION_KNOWN
    # Whoever asks for more has the referral; of silence nothing can be said.
    if decision is ReferralDecision.MORE_INFORMATION:
        return ReferralAssurance.ACKNOWLEDGED
    return ReferralAssurance.NONE


def _assurance_of_feedback(event: FeedbackReceived) -> ReferralAssurance:
    # What is confirmed is what was said of it; the quality alone does not confirm anything.
    if event.mitigation_confirmed is YesNoUnknown.YES:
        return ReferralAssurance.MITIGATION_CONFIRMED
    if event.risk_assessed_confirmed is YesNoUnknown.YES:
        return ReferralAssurance.RISK_ASSESSED
    if event.quality is FeedbackQuality.ACKNOWLEDGEMENT_ONLY:
        return ReferralAssurance.ACKNOWLEDGED
    if event.quality is FeedbackQuality.NONE:
        return ReferralAssurance.NONE
    return ReferralAssurance.DECISION_KNOWN


def _assured(
    row: ReferralRow, reached: ReferralAssurance, *, fed_back: bool = False
) -> ReferralRow:
    furthest = max(row.assurance, reached, key=lambda stage: stage.rank)
    answered = {what for what, stage in _ANSWERED_AT.items() if stage.rank <= furthest.rank}
    if fed_back:
        answered.add(Unanswered.FEEDBACK)
    left = tuple(what for what in row.unanswered if what not in answered)
    return row.model_copy(update={"assurance": furthest, "unanswered": left})
