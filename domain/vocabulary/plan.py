"""Coded lists about plans: decisions taken, actions agreed, and why actions fall away."""

from domain.vocabulary.coded import CodedList


class DecisionKind(CodedList, source="Cromwood story; Community Care article; landlord policy"):
    """What a recorded decision is about."""

    NO_REFERRAL = "no-referral", "No referral"
    REHOUSING = "rehousing", "Rehousing"
    LEGAL = "legal", "Legal"
    TENURE = "tenure", "Tenure"
    CLOSURE = "closure", "Closure"
    OTHER = "other", "Other"


class ActionKind(CodedList, source="Cromwood story: what the meeting agreed"):
    """What an action sets out to do."""

    IMPACT_ASSESSMENT = "impact-assessment", "Impact assessment"
    RISK_TO_VISITORS = "risk-to-visitors", "Risk to visitors"
    POLICY_REVIEW = "policy-review", "Policy review"
    LEGAL_ADVICE = "legal-advice", "Legal advice"
    VISIT = "visit", "Visit"
    OTHER = "other", "Other"


class ActionOrigin(CodedList, source="Case Timeline"):
    """Where an action was agreed or comes from."""

    MEETING = "meeting", "Meeting"
    DECISION = "decision", "Decision"
    RECOMMENDATION = "recommendation", "Recommendation of a review"
    TRIAGE = "triage", "Triage"
    OTHER = "other", "Other"


class CancellationReason(CodedList, source="Case Timeline"):
    """Why an action will not be carried out."""

    RECLASSIFIED = "reclassified", "Case reclassified"
    SUPERSEDED = "superseded", "Superseded"
    NO_LONGER_NEEDED = "no-longer-needed", "No longer needed"
    DUPLICATE = "duplicate", "Duplicate"
    OTHER = "other", "Other"
