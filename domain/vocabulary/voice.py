"""Coded lists about the person's own voice: capacity, desired outcomes, who speaks for them."""

from domain.vocabulary.coded import CodedList


class CapacityOutcome(CodedList, source="Mental Capacity Act 2005; landlord policy on hoarding"):
    """What was found of a person's capacity to take one decision at one time."""

    HAS = "has", "Has capacity"
    LACKS = "lacks", "Lacks capacity"
    UNCLEAR = "unclear", "Unclear"
    NOT_DOUBTED = "not-doubted", "Not in doubt"


class RepresentativeKind(CodedList, source="Mental Capacity Act 2005; Case Timeline"):
    """By what right someone speaks or decides for a person."""

    ATTORNEY_WELFARE = "attorney-welfare", "Attorney for health and welfare"
    ATTORNEY_PROPERTY = "attorney-property", "Attorney for property and financial affairs"
    DEPUTY = "deputy", "Deputy appointed by the Court of Protection"
    APPOINTEE = "appointee", "Appointee for benefits"
    PARENT_OR_GUARDIAN = "parent-or-guardian", "Parent or guardian"
    ADVOCATE = "advocate", "Advocate"
    FAMILY_OR_FRIEND = "family-or-friend", "Family member or friend"
    UNKNOWN = "unknown", "Not known"


class AdvocateKind(
    CodedList, source="Care Act 2014; Mental Capacity Act 2005; NHS Safeguarding Adults Collection"
):
    """Who supports a person in being heard."""

    IMCA = "imca", "Independent mental capacity advocate (IMCA)"
    IDVA = "idva", "Independent domestic violence adviser (IDVA)"
    CARE_ACT = "care-act", "Independent advocate under the Care Act"
    FAMILY = "family", "Family member"
    FRIEND = "friend", "Friend"
    OTHER = "other", "Other advocate"


class OutcomesAsked(CodedList, source="NHS Safeguarding Adults Collection, table SG4a"):
    """Whether a person was asked what they want to come of it, and whether they said."""

    ASKED_EXPRESSED = "asked-expressed", "Asked, and outcomes were expressed"
    ASKED_NONE_EXPRESSED = "asked-none-expressed", "Asked, but no outcomes were expressed"
    NOT_ASKED = "not-asked", "Not asked"
    DONT_KNOW = "dont-know", "Don't know"
    NOT_RECORDED = "not-recorded", "Not recorded"


class OutcomesAchieved(CodedList, source="NHS Safeguarding Adults Collection, table SG4a"):
    """How far the outcomes that a person expressed were achieved."""

    FULLY = "fully", "Fully achieved"
    PARTIALLY = "partially", "Partially achieved"
    NOT_ACHIEVED = "not-achieved", "Not achieved"
    UNKNOWN = "unknown", "Not known"


class ToldBy(CodedList, source="Making Safeguarding Personal outcomes framework"):
    """Whose words they are."""

    PERSON = "person", "The person"
    REPRESENTATIVE = "representative", "A representative"
    UNKNOWN = "unknown", "Not known"
