"""Coded lists about multi-agency meetings: which forum, and whether housing was at the table."""

from domain.vocabulary.coded import CodedList


class Forum(
    CodedList,
    source="Community Care article; SCIE guide for housing staff; landlord policy",
):
    """The kind of meeting or panel."""

    STRATEGY = "strategy", "Strategy meeting"
    CASE_CONFERENCE = "case-conference", "Case conference"
    MASH_DISCUSSION = "mash-discussion", "MASH discussion"
    MARAC = "marac", "MARAC"
    MAPPA = "mappa", "MAPPA"
    SAB = "sab", "Safeguarding Adults Board"
    SAB_SUBGROUP = "sab-subgroup", "Safeguarding Adults Board subgroup"
    CHILD_SAFEGUARDING_PARTNERSHIP = (
        "child-safeguarding-partnership",
        "Child safeguarding partnership",
    )
    HWB = "hwb", "Health and Wellbeing Board"
    CSP = "csp", "Community Safety Partnership"
    DA_PARTNERSHIP_BOARD = "da-partnership-board", "Domestic Abuse Local Partnership Board"
    HOARDING_PANEL = "hoarding-panel", "Hoarding panel"
    HIGH_RISK_PANEL = "high-risk-panel", "High-risk panel"
    SELF_NEGLECT_PANEL = "self-neglect-panel", "Self-neglect panel"
    HATE_CRIME_PANEL = "hate-crime-panel", "Hate crime panel"
    COMPLEX_CASE_PANEL = "complex-case-panel", "Complex case panel"
    ASB_CASE_REVIEW = "asb-case-review", "ASB case review"
    PROFESSIONALS = "professionals", "Professionals' meeting"
    FAMILY_GROUP = "family-group", "Family group conference"
    CHILD_PROTECTION_CONFERENCE = "child-protection-conference", "Child protection conference"
    CORE_GROUP = "core-group", "Core group"
    OTHER = "other", "Other meeting"
    UNKNOWN = "unknown", "Kind of meeting not known"


class InviteState(CodedList, source="HQN article; Community Care article; Steven Hoskin review"):
    """Whether the landlord was asked to the meeting, and in time to come."""

    INVITED_IN_TIME = "invited-in-time", "Invited in time"
    INVITED_LATE = "invited-late", "Invited late"
    NOT_INVITED = "not-invited", "Not invited"
    ASKED_TO_LEAVE = "asked-to-leave", "Asked to leave"
    DECLINED = "declined", "Declined"
    UNKNOWN = "unknown", "Not known"


class InviteBasis(CodedList, source="Cromwood story: invited because it raised the concern"):
    """Why the landlord was invited."""

    REFERRER = "referrer", "Made the referral"
    KNOWN_TO_CASE = "known-to-case", "Known to the case"
    STATUTORY_PARTNER = "statutory-partner", "Statutory partner"
    ON_REQUEST = "on-request", "At its own request"
    UNKNOWN = "unknown", "Not known"


class MissedDiscovery(CodedList, source="HQN article; Community Care article"):
    """How the landlord came to know of a meeting that was held without it."""

    TOLD_BY_AGENCY = "told-by-agency", "Told by another agency"
    TOLD_BY_PERSON = "told-by-person", "Told by the person or their family"
    MINUTES = "minutes", "Minutes arrived"
    FEEDBACK = "feedback", "Feedback on a referral"
    OWN_ENQUIRY = "own-enquiry", "The landlord asked"
    REVIEW = "review", "A review brought it to light"
    OTHER = "other", "Other"


class Attendance(CodedList, source="Case Timeline"):
    """What an agency's place at a meeting came to."""

    ATTENDED = "attended", "Attended"
    APOLOGIES = "apologies", "Apologies"
    NOT_INVITED = "not-invited", "Not invited"
