"""Coded lists about who may do what: roles, conflicts of interest, restrictions, emergencies."""

from domain.vocabulary.coded import CodedList


class Role(CodedList, source="Case Timeline"):
    """What someone is granted to be; a grant that was revoked or has run out is none."""

    OFFICER = "officer", "Frontline officer"
    SAFEGUARDING = "safeguarding", "Designated safeguarding officer"
    MANAGER = "manager", "Manager"
    REVIEWER = "reviewer", "Reviewer"
    ANALYST = "analyst", "Analyst"
    UPSTREAM = "upstream", "Upstream system"
    ADMINISTRATOR = "administrator", "Administrator"
    PRIVACY = "privacy", "Privacy officer"


WITH_A_UNIT = frozenset({Role.OFFICER, Role.SAFEGUARDING, Role.MANAGER})
"""The roles of those who work on cases, or answer for those of a unit: no other is granted for some
areas, or makes a case one of somebody's unit."""


class ConflictGround(
    CodedList, source="Local authority practice on records of staff and relatives"
):
    """Why someone who works for the landlord may have nothing to do with a case or a person."""

    SELF = "self", "It is about themselves"
    HOUSEHOLD = "household", "Lives with someone it is about"
    RELATIVE = "relative", "Related to someone it is about"
    RELATIONSHIP = "relationship", "In a relationship, or was, with someone it is about"
    ALLEGED = "alleged", "Said to have caused the harm"
    COLLEAGUE = "colleague", "About someone they work with"
    OTHER = "other", "Another reason"


class RestrictionGround(CodedList, source="Local authority practice on restricted records"):
    """Why a case is for named people only."""

    STAFF_INVOLVED = "staff-involved", "Someone who works for the landlord is involved"
    HIGH_RISK = "high-risk", "Someone would be in danger if it were known"
    HIGH_PROFILE = "high-profile", "Someone in the public eye is involved"
    COURT_ORDER = "court-order", "A court has ordered it"
    LEGAL = "legal", "It is before a court, or may be"


class GlassGround(CodedList, source="Case Timeline: breaking the glass"):
    """Which emergency made someone open a case that is closed to them."""

    LIFE_AT_RISK = "life-at-risk", "Someone's life is in danger"
    VISIT_UNDER_WAY = "visit-under-way", "Staff are there, or on their way, and may be in danger"
    EMERGENCY_SERVICES = "emergency-services", "The police or another emergency service asks"
    OUT_OF_HOURS = "out-of-hours", "It cannot wait, and nobody who may see it can be reached"


class GlassFinding(CodedList, source="Case Timeline: breaking the glass"):
    """What a review of breaking the glass came to."""

    JUSTIFIED = "justified", "Justified"
    NOT_JUSTIFIED = "not-justified", "Not justified"
    UNCLEAR = "unclear", "Could not be settled"
