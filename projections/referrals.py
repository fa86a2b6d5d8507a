"""The referral tracker: what was asked of whom, what came back, and what is still unanswered.

A row is one referral of a case. How an authority or a route answers over many cases is told
elsewhere.
"""

from datetime import date, datetime
from typing import ClassVar

from pydantic import ConfigDict

from domain.events.referrals import (
    FeedbackChased,
    FeedbackReceived,
    ReferralAcknowledged,
    ReferralDecisionReceived,
    ReferralResubmitted,
    ReferralSent,
    ReferralWithdrawn,
)
from domain.latest import supersedes
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.referral import (
    DecisionReason,
    FeedbackQuality,
    ReferralDecision,
    ReferralRoute,
    ReferralUrgency,
)
from projections.personal_columns import Organisation, Reference
from projections.read_model import ReadModel, Row
from projections.referral_answers import Answer, Heard, ReferralAssurance, Unanswered


class ReferralRow(Row):
    """One referral of a case: one organisation asked by one route."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    KEY: ClassVar[str] = "referral_id"

    referral_id: Reference[str]
    """The referral's reference within its case."""
    route: ReferralRoute
    """Whose door it was put through."""
    receiving_org: Organisation[str]
    """The organisation asked."""
    urgency: ReferralUrgency
    """How fast an answer was asked for."""
    sent_at: datetime
    """When it was first sent."""
    resubmissions: int = 0
    """How often it was put again."""
    resubmitted_at: datetime | None = None
    """When it was last put again; what was heard before is not told below, but in the timeline."""
    withdrawn_at: datetime | None = None
    """When the landlord withdrew it, and has not put it again since; nothing is owed then."""
    feedback_due: date
    """The day by which the landlord expects to hear what came of it, as last asked."""
    acknowledged_at: datetime | None = None
    """When it was first acknowledged."""
    their_ref: Reference[str | None] = None
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
    answers: tuple[Answer, ...] = ()
    """All that was heard since it was last put, in the order of recording, from which that is
    told."""


def is_overdue(row: ReferralRow, today: date) -> bool:
    """Tell whether feedback was due before `today` and has not come."""
    return Unanswered.FEEDBACK in row.unanswered and row.feedback_due < today


referrals = ReadModel("referrals", 2, ReferralRow)

_ANSWERED_AT = {
    Unanswered.ACKNOWLEDGEMENT: ReferralAssurance.ACKNOWLEDGED,
    Unanswered.DECISION: ReferralAssurance.DECISION_KNOWN,
    Unanswered.MITIGATION: ReferralAssurance.MITIGATION_CONFIRMED,
}
_NOTHING_HEARD = {
    name: ReferralRow.model_fields[name].default
    for name in (
        "acknowledged_at",
        "their_ref",
        "decision",
        "decision_at",
        "decision_reason_code",
        "feedback_quality",
        "feedback_at",
        "risk_assessed_confirmed",
        "mitigation_confirmed",
        "withdrawn_at",
        "assurance",
        "unanswered",
        "answers",
    )
}

OnReferral = Heard | ReferralSent | ReferralResubmitted | FeedbackChased


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
    return _heard(row, event)


@referrals.on(ReferralDecisionReceived, keys=_its_referral)
def _decided(
    row: ReferralRow | None, event: ReferralDecisionReceived, _: str
) -> ReferralRow | None:
    return _heard(row, event)


@referrals.on(FeedbackReceived, keys=_its_referral)
def _fed_back(row: ReferralRow | None, event: FeedbackReceived, _: str) -> ReferralRow | None:
    return _heard(row, event)


@referrals.on(ReferralWithdrawn, keys=_its_referral)
def _withdrawn(row: ReferralRow | None, event: ReferralWithdrawn, _: str) -> ReferralRow | None:
    return _heard(row, event)


@referrals.on(ReferralResubmitted, keys=_its_referral)
def _put_again(row: ReferralRow | None, event: ReferralResubmitted, _: str) -> ReferralRow | None:
    if row is None:
        return None
    again = row.model_copy(update={"resubmissions": row.resubmissions + 1})
    if not supersedes(event, row.resubmitted_at):
        return again
    asked = {"resubmitted_at": event.occurred_at, "feedback_due": event.feedback_due}
    again = again.model_copy(update=_NOTHING_HEARD | asked)
    for answer in row.answers:
        if answer.surely_after(event):
            again = _after(again, answer)
    return again


@referrals.on(FeedbackChased, keys=_its_referral)
def _chased(row: ReferralRow | None, event: FeedbackChased, _: str) -> ReferralRow | None:
    if row is None:
        return None
    last = max(row.last_chased_at or event.occurred_at, event.occurred_at)
    return row.model_copy(update={"chases": row.chases + 1, "last_chased_at": last})


def _heard(row: ReferralRow | None, event: Heard) -> ReferralRow | None:
    # An answer from before the referral was put again does not answer what was asked then.
    if row is None or not supersedes(event, row.resubmitted_at):
        return row
    return _after(row, Answer.heard_in(event))


def _after(row: ReferralRow, answer: Answer) -> ReferralRow:
    changes: dict[str, object] = {"answers": (*row.answers, answer)}
    if answer.acknowledged:
        changes |= {
            "acknowledged_at": min(row.acknowledged_at or answer.at, answer.at),
            "their_ref": answer.their_ref or row.their_ref,
        }
    if answer.decision is not None:
        changes |= _of_decision(row, answer, answer.decision)
    if answer.quality is not None:
        changes |= _of_feedback(row, answer)
    if answer.withdrawn:
        changes["withdrawn_at"] = max(row.withdrawn_at or answer.at, answer.at)
    return _assured(row.model_copy(update=changes), answer)


def _of_decision(row: ReferralRow, answer: Answer, decision: ReferralDecision) -> dict[str, object]:
    settled = row.decision is not None and row.decision.is_final
    if not answer.replaces(decision.is_final, settled, row.decision_at):
        return {}
    return {
        "decision": decision,
        "decision_at": answer.at,
        "decision_reason_code": answer.reason_code,
    }


def _of_feedback(row: ReferralRow, answer: Answer) -> dict[str, object]:
    informed = any(earlier.informs for earlier in row.answers)
    if not answer.replaces(answer.informs, informed, row.feedback_at):
        return {}
    return {
        "feedback_quality": answer.quality,
        "feedback_at": answer.at,
        "risk_assessed_confirmed": answer.risk_assessed,
        "mitigation_confirmed": answer.mitigation,
    }


def _assured(row: ReferralRow, answer: Answer) -> ReferralRow:
    furthest = max(row.assurance, answer.reached, key=lambda stage: stage.rank)
    answered = {what for what, stage in _ANSWERED_AT.items() if stage.rank <= furthest.rank}
    if answer.informs:
        answered.add(Unanswered.FEEDBACK)
    left = tuple(what for what in row.unanswered if what not in answered)
    owed = () if row.withdrawn_at else left
    return row.model_copy(update={"assurance": furthest, "unanswered": owed})
