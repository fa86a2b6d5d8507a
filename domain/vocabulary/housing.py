"""Coded lists about homes: what kind, on what terms, what changes, which hazards."""

from domain.vocabulary.coded import CodedList


class HousingType(CodedList, source="Community Care article: general needs and specialist homes"):
    """The kind of home a case is about."""

    GENERAL_NEEDS = "general-needs", "General needs"
    SHELTERED = "sheltered", "Sheltered"
    SUPPORTED = "supported", "Supported"
    EXTRA_CARE = "extra-care", "Extra care"
    TEMPORARY = "temporary", "Temporary accommodation"
    LEASEHOLD = "leasehold", "Leasehold"
    SHARED_OWNERSHIP = "shared-ownership", "Shared ownership"


class Tenure(CodedList, source="HQN article: homelessness; landlord policy: tenancies after abuse"):
    """On what terms someone lives somewhere, or that they have no home."""

    SECURE = "secure", "Secure tenancy"
    ASSURED = "assured", "Assured tenancy"
    ASSURED_SHORTHOLD = "assured-shorthold", "Assured shorthold tenancy"
    STARTER = "starter", "Starter or introductory tenancy"
    LICENCE = "licence", "Licence"
    LEASEHOLD = "leasehold", "Leasehold"
    SHARED_OWNERSHIP = "shared-ownership", "Shared ownership"
    OTHER_LANDLORD = "other-landlord", "Tenancy of another landlord"
    OWNER = "owner", "Owns the home"
    TEMPORARY = "temporary", "Temporary accommodation"
    HOMELESS = "homeless", "Homeless"
    ROUGH_SLEEPING = "rough-sleeping", "Sleeping rough"
    UNKNOWN = "unknown", "Not known"


class HousingChange(CodedList, source="Case Timeline: what housing management systems tell"):
    """What changed about a home or a tenancy."""

    TENANCY_START = "tenancy-start", "Tenancy started"
    TENANCY_END = "tenancy-end", "Tenancy ended"
    SUCCESSION = "succession", "Succession"
    MOVE = "move", "Move"
    ARREARS = "arrears", "Rent arrears"
    NOTICE = "notice", "Notice"
    PROPERTY_CONDITION = "property-condition", "Condition of the property"
    HOUSEHOLD_CHANGE = "household-change", "Change in the household"


class HazardClass(CodedList, source="Hazards in Social Housing (Prescribed Requirements) 2025"):
    """How a hazard in the home is classed by repairs; no repair clock runs here."""

    EMERGENCY = "emergency", "Emergency hazard"
    SIGNIFICANT = "significant", "Significant hazard"
    UNKNOWN = "unknown", "Not known"
