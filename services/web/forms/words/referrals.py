"""Referrals, their answers, and the chase for feedback."""

from services.web.forms.words.words import Words

NAME = "Referrals"
TITLES = {
    "ReferralSent": "A referral sent",
    "ReferralAcknowledged": "A referral acknowledged",
    "ReferralDecisionReceived": "The decision on a referral",
    "ReferralWithdrawn": "A referral withdrawn",
    "ReferralResubmitted": "A referral sent again",
    "FeedbackChased": "Feedback chased",
    "FeedbackReceived": "Feedback received",
}
_FINGERPRINT = (
    "Choose the file that you sent. It is not kept here: only its fingerprint is, so that it can "
    "be shown later to be unaltered."
)
WORDS = {
    "referral_id": Words("Which referral?"),
    "ReferralSent.referral_id": Words(
        "Does the referral have a reference already?", "Leave it empty and we make one."
    ),
    "route": Words("Where to?"),
    "receiving_org": Words("Which organisation?", "Its name, for example Cromwood Council."),
    "consent_ref": Words("Which consent does it rest on?", "Not needed where a child is at risk."),
    "override_ref": Words("Or which decision to act without consent?"),
    "content_hash": Words(
        "What was sent?",
        _FINGERPRINT + " If you choose none, it is that of what you write under what you ask for.",
    ),
    "ReferralResubmitted.content_hash": Words("Was something else sent this time?", _FINGERPRINT),
    "urgency": Words("How urgent is it?"),
    "ask": Words("What do you ask them to do?", "And what we can offer."),
    "feedback_due": Words("By when do you expect an answer?"),
    "by": Words("Who acknowledged it?", "A job or desk, for example duty team."),
    "their_ref": Words("What is their reference?", "Without spaces."),
    "decision": Words("What did they decide?"),
    "reason_code": Words("Which reason did they give?"),
    "reasons": Words("What did they say?"),
    "enquiry_type": Words("If there is an enquiry, of which kind?"),
    "their_owner": Words("Who deals with it there?", "Their name."),
    "ReferralWithdrawn.reason": Words("Why was it withdrawn?"),
    "ReferralResubmitted.reason": Words("Why was it sent again?"),
    "attempt": Words("Which attempt is it?", "A number, for example 2."),
    "to": Words("Whom did you chase?", "A job or desk, for example duty team."),
    "method": Words("How?"),
    "quality": Words("What did they tell us?"),
    "risk_assessed_confirmed": Words("Did they confirm that the risk was assessed?"),
    "mitigation_confirmed": Words("Did they confirm that something is done about it?"),
    "onward_sharing": Words("May we pass it on?"),
}
