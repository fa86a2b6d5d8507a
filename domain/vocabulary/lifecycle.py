"""Coded lists about the course of a case: triage, links to other files, monitoring, outcomes."""

from domain.vocabulary.coded import CodedList


class ReporterKind(CodedList, source="SCIE at a glance for housing staff; landlord policy"):
    """What someone who reports is to the landlord."""

    SELF = "self", "The person themselves"
    STAFF = "staff", "Member of staff"
    CONTRACTOR = "contractor", "Contractor"
    TENANT = "tenant", "Tenant"
    NEIGHBOUR = "neighbour", "Neighbour"
    FAMILY_OR_FRIEND = "family-or-friend", "Family or friend"
    PROFESSIONAL = "professional", "Professional of another agency"
    PUBLIC = "public", "Member of the public"
    SYSTEM = "system", "A system"
    UNKNOWN = "unknown", "Not known"


class TriageDecision(CodedList, source="Case Timeline; Care Act 2014, section 42"):
    """What is done about a concern once it was looked at."""

    REFER = "refer", "Refer"
    LANDLORD_LED = "landlord-led", "Landlord-led plan"
    MONITOR = "monitor", "Monitor"
    NFA = "nfa", "No further action"


class EnforcementCheck(CodedList, source="HQN article: adults at risk mistaken for perpetrators"):
    """Whether antisocial behaviour was screened for safeguarding, and enforcement looked at."""

    DONE = "done", "Done"
    NOT_DONE = "not-done", "Not done"
    NOT_APPLICABLE = "not-applicable", "Not applicable"
    UNKNOWN = "unknown", "Not known"


class NoStatutoryRoute(CodedList, source="SCIE at a glance for housing staff"):
    """Why no statutory service will act, so that the landlord leads."""

    INELIGIBLE = "ineligible", "Not eligible for care"
    REFUSES_SUPPORT = "refuses-support", "Refuses support"
    SELF_NEGLECT = "self-neglect", "Self-neglect that no service takes on"
    BELOW_THRESHOLD = "below-threshold", "Below the authority's threshold"
    OTHER = "other", "Other"


class CaseRelation(CodedList, source="Case Timeline; SCIE at a glance for housing staff"):
    """What links a case to another case, or to the file of a person or property."""

    SAME_PERSON = "same-person", "Same person"
    HOUSEHOLD = "household", "Same household"
    PERPETRATOR = "perpetrator", "Same perpetrator"
    ASB = "asb", "Antisocial behaviour case"
    REPAIR = "repair", "Repair"
    COMPLAINT = "complaint", "Complaint"
    FORUM = "forum", "Before the same forum"
    HISTORY = "history", "History from before the case"


class MonitoringReason(CodedList, source="Landlord policy: hoarding; Case Timeline"):
    """Why a matter is looked at again though nothing more is done now."""

    HOARDING_LOW = "hoarding-low", "Low level of hoarding"
    AFTER_COURT = "after-court", "After court, against relapse"
    TRIAGE = "triage", "Decided at triage"
    LOW_LEVEL_CONCERN = "low-level-concern", "Low-level concern"
    AFTER_PLAN = "after-plan", "After the plan was completed"
    OTHER = "other", "Other"


class Frequency(CodedList, source="Case Timeline"):
    """How often something is repeated."""

    WEEKLY = "weekly", "Every week"
    FORTNIGHTLY = "fortnightly", "Every two weeks"
    MONTHLY = "monthly", "Every month"
    QUARTERLY = "quarterly", "Every three months"
    HALF_YEARLY = "half-yearly", "Every six months"
    YEARLY = "yearly", "Every year"
    ONCE = "once", "Once"


class ChildAim(CodedList, source="Landlord policy: children, after the Children Acts"):
    """What the work for a child is to achieve."""

    PROTECTED_FROM_MALTREATMENT = "protected-from-maltreatment", "Protected from maltreatment"
    IMPAIRMENT_PREVENTED = "impairment-prevented", "Impairment of health or development prevented"
    SAFE_AND_EFFECTIVE_CARE = "safe-and-effective-care", "Grows up with safe and effective care"
