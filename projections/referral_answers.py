"""What is heard on a referral: how far each answer goes, and what it leaves unanswered."""

from datetime import datetime
from typing import Self

from domain.events.envelope import CaseEvent
from domain.events.fields import Part
from domain.events.referrals import (
    FeedbackReceived,
    ReferralAcknowledged,
    ReferralDecisionReceived,
    ReferralWithdrawn,
)
from domain.latest import period_end
from domain.vocabulary.coded import CodedList
from domain.vocabulary.people import YesNoUnknown
from domain.vocabulary.referral import DecisionReason, FeedbackQuality, ReferralDecision
from projections.personal_columns import Reference


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
        return self.place


class Unanswered(CodedList, source="HQN article: feedback as assurance"):
    """What the receiving organisation still owes the landlord on a referral."""

    ACKNOWLEDGEMENT = "acknowledgement", "That they have it"
    DECISION = "decision", "What they decided"
    FEEDBACK = "feedback", "What came of it"
    MITIGATION = "mitigation", "That the risk was mitigated"


_SAYING_NOTHING = (FeedbackQuality.NONE, FeedbackQuality.ACKNOWLEDGEMENT_ONLY)

Heard = ReferralAcknowledged | ReferralDecisionReceived | FeedbackReceived | ReferralWithdrawn


class Answer(Part):
    """One answer to a referral, or that none is owed as it was withdrawn; without its free text."""

    at: datetime
    until: datetime
    """The last moment at which it may have come."""
    acknowledged: bool = False
    their_ref: Reference[str | None] = None
    decision: ReferralDecision | None = None
    reason_code: DecisionReason | None = None
    quality: FeedbackQuality | None = None
    risk_assessed: YesNoUnknown = YesNoUnknown.UNKNOWN
    mitigation: YesNoUnknown = YesNoUnknown.UNKNOWN
    withdrawn: bool = False

    @classmethod
    def heard_in(cls, event: Heard) -> Self:
        """Return what `event` says."""
        times = {"at": event.occurred_at, "until": period_end(event)}
        match event:
            case ReferralAcknowledged():
                return cls(**times, acknowledged=True, their_ref=event.their_ref)
            case ReferralDecisionReceived():
                return cls(**times, decision=event.decision, reason_code=event.reason_code)
            case FeedbackReceived():
                return cls(
                    **times,
                    quality=event.quality,
                    risk_assessed=event.risk_assessed_confirmed,
                    mitigation=event.mitigation_confirmed,
                )
            case ReferralWithdrawn():
                return cls(**times, withdrawn=True)

    @property
    def informs(self) -> bool:
        """Whether it is feedback that says something."""
        confirmed = YesNoUnknown.YES in (self.risk_assessed, self.mitigation)
        return self.quality is not None and (self.quality not in _SAYING_NOTHING or confirmed)

    @property
    def reached(self) -> ReferralAssurance:
        """How far it goes."""
        if self.acknowledged:
            return ReferralAssurance.ACKNOWLEDGED
        if self.decision is not None:
            return _reached_by_decision(self.decision)
        return ReferralAssurance.NONE if self.quality is None else self._reached_by_feedback()

    def _reached_by_feedback(self) -> ReferralAssurance:
        # What is confirmed is what was said of it; the quality alone does not confirm anything.
        if self.mitigation is YesNoUnknown.YES:
            return ReferralAssurance.MITIGATION_CONFIRMED
        if self.risk_assessed is YesNoUnknown.YES:
            return ReferralAssurance.RISK_ASSESSED
        if self.quality is FeedbackQuality.ACKNOWLEDGEMENT_ONLY:
            return ReferralAssurance.ACKNOWLEDGED
        if self.quality is FeedbackQuality.NONE:
            return ReferralAssurance.NONE
        return ReferralAssurance.DECISION_KNOWN

    def replaces(self, answers: bool, answered: bool, since: datetime | None) -> bool:
        """Tell whether it stands in place of what was heard at `since`, if anything was.

        `answers` says whether this settles the question, `answered` whether that did: an answer
        stands against a later "nothing yet"; between two of a kind the newer one holds.
        """
        return answers > answered or (
            answers == answered and (since is None or self.until >= since)
        )

    def surely_after(self, event: CaseEvent) -> bool:
        """Tell whether it came after `event`, however roughly that is dated."""
        return self.at > period_end(event)


def _reached_by_decision(decision: ReferralDecision) -> ReferralAssurance:
    if decision.is_final:
        return ReferralAssurance.DECISION_KNOWN
    # Whoever asks for more has the referral; of silence nothing can be said.
    if decision is ReferralDecision.MORE_INFORMATION:
        return ReferralAssurance.ACKNOWLEDGED
    return ReferralAssurance.NONE
