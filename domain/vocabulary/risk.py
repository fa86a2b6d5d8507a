"""Coded lists about risk: how it was assessed, how high it is, what was done about it."""

from domain.vocabulary.coded import CodedList


class RiskTool(CodedList, source="DASH checklist; Cromwood story; Case Timeline"):
    """What the assessment followed."""

    GENERAL = "general", "General"
    DASH = "dash", "DASH"
    VISITOR = "visitor", "Risk to visitors"
    CHILD = "child", "Child"
    FIRE = "fire", "Fire"


class RiskLevel(CodedList, source="Case Timeline: general risk"):
    """How high the risk is. Codes compare as text: to compare levels, compare `rank`."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"
    CRITICAL = "critical", "Critical"

    @property
    def rank(self) -> int:
        """The level's place from the lowest, 0, upwards."""
        return self.place

    @property
    def is_high(self) -> bool:
        """Whether it is high or above."""
        return self.rank >= RiskLevel.HIGH.rank


class RiskDirection(CodedList, source="Department for Education concerns casework"):
    """Where the risk is heading."""

    IMPROVING = "improving", "Improving"
    STABLE = "stable", "Stable"
    WORSENING = "worsening", "Worsening"


class Confidence(CodedList, source="Case Timeline: general risk"):
    """How sure the assessor is."""

    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class RiskSubject(CodedList, source="Cromwood story: staff, tenants, visiting professionals"):
    """Whose risk was assessed, where it is not only that of the person named."""

    PERSON = "person", "The person"
    HOUSEHOLD = "household", "The household"
    NEIGHBOURS = "neighbours", "Neighbours and other tenants"
    STAFF = "staff", "Staff"
    VISITORS = "visitors", "Visiting professionals"
    PROPERTY = "property", "The property"


class MaracCriterion(CodedList, source="SafeLives MARAC referral form"):
    """Why a case of domestic abuse meets the threshold for a MARAC."""

    VISIBLE_HIGH_RISK = "visible-high-risk", "Visible high risk: a DASH score of 14 or more"
    PROFESSIONAL_JUDGEMENT = "professional-judgement", "Professional judgement"
    POTENTIAL_ESCALATION = (
        "potential-escalation",
        "Potential escalation: three or more incidents in 12 months",
    )
    REPEAT = "repeat", "Repeat: a further incident within 12 months of the last referral"


class VisitControl(CodedList, source="Cromwood story; HACT person alert codes"):
    """A precaution for everyone who visits."""

    NO_LONE_VISITS = "no-lone-visits", "No lone visits"
    TWO_PERSON = "two-person", "Two people on every visit"
    POLICE = "police", "Police to attend"
    OFFICE_ONLY = "office-only", "Meetings at the office only"
    GENDER = "gender", "Visitor's gender matters"


class VisitControlScope(CodedList, source="Case Timeline"):
    """What a visit control is tied to: it follows the person, the property, or both."""

    PERSON = "person", "The person"
    PROPERTY = "property", "The property"
    BOTH = "both", "The person and the property"


class EnforcementKind(CodedList, source="Landlord policy; Cromwood story"):
    """What was issued against a person."""

    WARNING = "warning", "Warning"
    NOSP = "nosp", "Notice of seeking possession"
    INJUNCTION = "injunction", "Injunction"
    POSSESSION = "possession", "Possession proceedings"
    CLOSURE = "closure", "Closure order"


class PossessionGround(CodedList, source="Landlord policy on domestic abuse; Housing Acts"):
    """Whether a court that finds a ground for possession proved must order it."""

    ABSOLUTE = "absolute", "Absolute: the court must order possession"
    DISCRETIONARY = "discretionary", "Discretionary: the court must find it reasonable"


class EnforcementOutcome(CodedList, source="Cromwood story: warning issued to a victim"):
    """What became of a warning or enforcement action once looked at again."""

    UPHELD = "upheld", "Upheld"
    WITHDRAWN = "withdrawn", "Withdrawn"
    AMENDED = "amended", "Amended"
    APOLOGY = "apology", "Withdrawn with an apology"
