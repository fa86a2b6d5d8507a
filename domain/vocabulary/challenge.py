"""Coded lists about professional challenge: what stood in the way, and what was taken higher."""

from domain.vocabulary.coded import CodedList


class EscalationSubject(CodedList, source="HQN article: professional challenge and escalation"):
    """What of another organisation's doing is challenged."""

    REFERRAL = "referral", "A referral"
    MEETING = "meeting", "A meeting"
    DECISION = "decision", "A decision"


class EscalationGround(
    CodedList, source="Community Care article; HQN article; SCIE guide for housing staff"
):
    """Why the landlord does not leave it at that."""

    THRESHOLD = "threshold", "Threshold applied"
    DEFINITION = "definition", "Definition applied"
    CAPACITY_ASSESSMENT = "capacity-assessment", "Assessment of capacity"
    RISK_ASSESSMENT = "risk-assessment", "Assessment of risk"
    DIAGNOSIS_FAILURE = "diagnosis-failure", "Failure of diagnosis"
    INELIGIBLE = "ineligible", "Person held not eligible"
    NO_RESPONSE = "no-response", "No response"
    NO_FEEDBACK = "no-feedback", "No feedback"
    NO_ASSURANCE = "no-assurance", "No confirmation that the risk was dealt with"
    INFO_SHARING = "info-sharing", "Information not shared"
    MEETING_EXCLUSION = "meeting-exclusion", "Left out of a meeting"
    MINUTES_MISSING = "minutes-missing", "Minutes not sent"
    OTHER = "other", "Other"


class EscalationOutcome(CodedList, source="Case Timeline"):
    """What the other organisation made of the challenge."""

    CHANGED = "changed", "Changed as asked"
    PARTLY_CHANGED = "partly-changed", "Changed in part"
    EXPLAINED = "explained", "Not changed, explained"
    NOT_CHANGED = "not-changed", "Not changed"
    OTHER = "other", "Other"


class BarrierCode(
    CodedList, source="HQN article; Community Care article; SCIE guide for housing staff"
):
    """What stood in the way of raising, referring or dealing with a concern."""

    UNDERSTANDING = "understanding", "Understanding of safeguarding"
    HATE_CRIME_AWARENESS = "hate-crime-awareness", "Awareness of hate crime"
    PREVIOUS_RESPONSE = "previous-response", "Unsatisfactory response earlier"
    FEAR_OVERREACTION = "fear-overreaction", "Fear of over-reaction"
    CONSENT_BELIEF = "consent-belief", "Belief that consent is always needed"
    THRESHOLD = "threshold", "Threshold"
    DEFINITION = "definition", "Definition"
    CAPACITY_ASSESSMENT = "capacity-assessment", "Assessment of capacity"
    RISK_ASSESSMENT = "risk-assessment", "Assessment of risk"
    DIAGNOSIS = "diagnosis", "Diagnosis"
    INFO_SHARING = "info-sharing", "Sharing of information"
    MEETING_EXCLUSION = "meeting-exclusion", "Left out of meetings"
    ATTITUDE = "attitude", "Attitude towards housing staff"
    MULTI_AUTHORITY = "multi-authority", "Several authorities, several ways"
    IT = "it", "Information technology"
    INELIGIBLE = "ineligible", "Person held not eligible"
    NO_FEEDBACK = "no-feedback", "No feedback"

    @property
    def in_aggregate_only(self) -> bool:
        """Whether it is reported in numbers alone, so that it points at nobody."""
        return self is BarrierCode.ATTITUDE
