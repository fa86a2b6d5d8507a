"""Coded lists about plans: decisions, safeguarding plans, actions, and a manager's oversight."""

from domain.vocabulary.coded import CodedList


class DecisionKind(CodedList, source="Cromwood story; Community Care article; landlord policy"):
    """What a recorded decision is about."""

    NO_REFERRAL = "no-referral", "No referral"
    REHOUSING = "rehousing", "Rehousing"
    LEGAL = "legal", "Legal"
    TENURE = "tenure", "Tenure"
    CLOSURE = "closure", "Closure"
    OTHER = "other", "Other"


class PersonInvolvement(CodedList, source="Landlord policy; Making Safeguarding Personal"):
    """Whether the person whom a plan is for took part in making it."""

    INVOLVED = "involved", "Involved"
    REPRESENTED = "represented", "Represented by someone"
    NOT_INVOLVED = "not-involved", "Not involved"
    UNKNOWN = "unknown", "Not known"


class PlanReviewOutcome(CodedList, source="Case Timeline"):
    """What a review of a safeguarding plan came to."""

    CONTINUES = "continues", "Continues as it is"
    AMENDED = "amended", "Continues, amended"
    ESCALATED = "escalated", "Continues, and the matter goes higher"
    ACHIEVED = "achieved", "Ended, aims achieved"
    ENDED = "ended", "Ended, aims not achieved"

    @property
    def goes_on(self) -> bool:
        """Whether the plan is still in force and so needs another review."""
        return self not in (PlanReviewOutcome.ACHIEVED, PlanReviewOutcome.ENDED)


class OversightKind(CodedList, source="Landlord policy: supervision and support"):
    """On what occasion a manager looked at the case."""

    SUPERVISION = "supervision", "Supervision"
    CASE_REVIEW = "case-review", "Case review"
    APPROVAL = "approval", "Approval"


class ActionKind(CodedList, source="Cromwood story: what the meeting agreed"):
    """What an action sets out to do."""

    IMPACT_ASSESSMENT = "impact-assessment", "Impact assessment"
    RISK_TO_VISITORS = "risk-to-visitors", "Risk to visitors"
    POLICY_REVIEW = "policy-review", "Policy review"
    LEGAL_ADVICE = "legal-advice", "Legal advice"
    VISIT = "visit", "Visit"
    OTHER = "other", "Other"


class ActionScope(CodedList, source="Cromwood story: staff, tenants and all relevant agencies"):
    """Whom or what an action looks at, such as an assessment of impact."""

    PERSON = "person", "The person"
    FAMILY = "family", "The person's family"
    STAFF = "staff", "Staff"
    VISITORS = "visitors", "Visiting professionals"
    TENANTS = "tenants", "Tenants"
    AGENCIES = "agencies", "Other agencies"
    PROPERTY = "property", "The property"


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
