"""Tells events of the group referrals: referrals and their answers."""

from domain.events.referrals import (
    FeedbackChased,
    FeedbackReceived,
    ReferralAcknowledged,
    ReferralDecisionReceived,
    ReferralResubmitted,
    ReferralSent,
    ReferralWithdrawn,
)
from tests.support.telling import teller, the

referral_sent = teller(
    ReferralSent,
    referral_id="R1",
    route="mash",
    receiving_org="Borough council",
    consent_ref=the("consent"),
    content_hash="0" * 64,
    urgency="same-day",
    ask="A strategy meeting.",
    feedback_due="2024-04-01",
)
referral_acknowledged = teller(ReferralAcknowledged, referral_id="R1")
referral_decided = teller(ReferralDecisionReceived, referral_id="R1", decision="accepted-s42")
referral_withdrawn = teller(
    ReferralWithdrawn, referral_id="R1", reason="It went to the wrong borough."
)
referral_resubmitted = teller(
    ReferralResubmitted,
    referral_id="R1",
    reason="There are new facts.",
    feedback_due="2024-05-01",
)
feedback_chased = teller(
    FeedbackChased, referral_id="R1", attempt=1, to="MASH duty desk", method="phone"
)
feedback_received = teller(
    FeedbackReceived,
    referral_id="R1",
    quality="decision-with-reasons",
    risk_assessed_confirmed="unknown",
    mitigation_confirmed="unknown",
    onward_sharing="ask",
)
