"""Coded lists about protection: what was done at once, signs of exploitation, warning markers."""

from domain.vocabulary.coded import CodedList


class ImmediateProtection(CodedList, source="Landlord policy; Case Timeline"):
    """What was done at once to keep someone safe."""

    CALL_999 = "999", "999 call"
    WELFARE_CHECK = "welfare-check", "Welfare check"
    DECANT = "decant", "Move to another home for now"
    EMERGENCY_LOCKS = "emergency-locks", "Emergency change of locks"
    OTHER = "other", "Other"


class ExploitationIndicator(
    CodedList, source="Local safeguarding board guidance on cuckooing and exploitation; HQN article"
):
    """A sign that someone may be exploited, or their home taken over."""

    UNFAMILIAR_VISITORS = "unfamiliar-visitors", "Unfamiliar people coming and going"
    VISITORS_AT_ODD_HOURS = "visitors-at-odd-hours", "Visitors late at night or for minutes only"
    OTHERS_LIVING_THERE = "others-living-there", "Others living there without leave"
    PERSON_DISPLACED = "person-displaced", "Person kept to one room, or staying elsewhere"
    OTHERS_ANSWER_DOOR = "others-answer-door", "Others answer the door or speak for the person"
    KEYS_HELD_BY_OTHERS = "keys-held-by-others", "Keys held or locks changed by others"
    SIGNS_OF_DRUG_DEALING = "signs-of-drug-dealing", "Signs of drug dealing"
    SIGNS_OF_SEX_WORK = "signs-of-sex-work", "Signs of sex work"
    WEAPONS_OR_GOODS_STORED = "weapons-or-goods-stored", "Weapons or unexplained goods in the home"
    MONEY_TAKEN = "money-taken", "Money, benefits or bank cards in the hands of others"
    NEW_FRIENDS = "new-friends", "New friends who take advantage"
    UNEXPLAINED_GIFTS = "unexplained-gifts", "Unexplained gifts, money or phones"
    UNEXPLAINED_ABSENCE = "unexplained-absence", "Goes missing or travels without explanation"
    DOCUMENTS_HELD_BY_OTHERS = "documents-held-by-others", "Identity documents held by others"
    FEARFUL_OR_GUARDED = "fearful-or-guarded", "Fearful, guarded or seldom seen"
    OTHER = "other", "Other"


class MarkerSubject(CodedList, source="Case Timeline"):
    """What a warning marker is put on."""

    PERSON = "person", "The person"
    PROPERTY = "property", "The property"


class MarkerType(
    CodedList, source="Hackney social care warning notes; HACT person alert codes v3.5"
):
    """What a warning marker warns of or asks for."""

    RISK_TO_CHILDREN = "risk-to-children", "Risk to children"
    RISK_TO_ADULTS = "risk-to-adults", "Risk to adults"
    RISK_TO_ADULT_AT_RISK = "risk-to-adult-at-risk", "Risk to an adult at risk"
    RISK_TO_STAFF = "risk-to-staff", "Risk to staff"
    RISK_TO_SELF = "risk-to-self", "Risk to themselves"
    DISCLOSURE = "disclosure", "Take care what is disclosed"
    MISSING = "missing", "Missing"
    NOT_ALONE = "not-alone", "Do not visit alone"
    ANTISOCIAL_BEHAVIOUR = "antisocial-behaviour", "Antisocial behaviour"
    SAFEGUARDING = "safeguarding", "Safeguarding alert"
    VULNERABILITY = "vulnerability", "Disability or vulnerability"
    HEARING = "hearing", "Hearing difficulties"
    VISION = "vision", "Impaired vision"
    ILLNESS = "illness", "Illness"
    PHYSICAL_SUPPORT = "physical-support", "Physical support"
    WHEELCHAIR = "wheelchair", "Wheelchair"
    ELDERLY = "elderly", "Elderly"
    CAPACITY = "capacity", "Capacity, or someone with power of attorney"
    MISSES_APPOINTMENTS = "misses-appointments", "Regularly misses appointments"
    LANGUAGE = "language", "Language support"
    VISITOR_GENDER = "visitor-gender", "Visitor's gender matters"
    OTHER = "other", "Other"

    @property
    def is_about_health(self) -> bool:
        """Whether the type by itself says something of health or care needs."""
        return self in _HEALTH


_HEALTH = frozenset(
    {
        MarkerType.RISK_TO_SELF,
        MarkerType.VULNERABILITY,
        MarkerType.HEARING,
        MarkerType.VISION,
        MarkerType.ILLNESS,
        MarkerType.PHYSICAL_SUPPORT,
        MarkerType.WHEELCHAIR,
        MarkerType.CAPACITY,
    }
)


class MarkerOutcome(CodedList, source="Hackney social care warning notes"):
    """What a review makes of a warning marker."""

    RENEW = "renew", "Renewed"
    AMEND = "amend", "Amended"
    END = "end", "To be ended"
