"""Coded lists about support: what was offered, what came of it, what was provided."""

from domain.vocabulary.coded import CodedList


class SupportKind(
    CodedList, source="SCIE guide for housing staff; landlord policy on domestic abuse"
):
    """A kind of support that a landlord offers; also to colleagues and to those who cause harm."""

    SELF_PROTECTION = "self-protection", "Training in protecting oneself"
    CARER_SUPPORT = "carer-support", "Support for carers"
    BEHAVIOUR_CHANGE = "behaviour-change", "Help with changing one's behaviour"
    PERPETRATOR_HELP = "perpetrator-help", "Where to get help, for those who cause harm"
    SIGNPOSTING = "signposting", "Information on who can help"
    SPECIALIST_SERVICE = "specialist-service", "Specialist service or charity"
    SECURITY_ADVICE = "security-advice", "Advice on security"
    SECURITY_MEASURES = "security-measures", "Locks and other security"
    COMMUNITY_ALARM = "community-alarm", "Community alarm for a time"
    TENANCY_SUPPORT = "tenancy-support", "Tenancy support"
    MONEY_ADVICE = "money-advice", "Money advice"
    STAY_OR_RETURN = "stay-or-return", "Practical steps for staying or coming back"
    REHOUSING = "rehousing", "Help with rehousing"
    HOMELESS_APPLICATION = "homeless-application", "Help with a homeless application"
    LEGAL_ADVICE = "legal-advice", "Legal advice"
    HOARDING_HELP = "hoarding-help", "Help with clearing and keeping clear"
    FLEXIBLE_WORK = "flexible-work", "Flexible hours or place of work"
    LEAVE = "leave", "Leave from work"
    NEW_CONTACT_DETAILS = "new-contact-details", "New email address or phone number"
    LOAN = "loan", "Loan from the employer"
    EMPLOYEE_ASSISTANCE = "employee-assistance", "Employee assistance programme"
    MANAGER_OR_PEOPLE_SUPPORT = "manager-or-people-support", "Manager or People Support"
    OTHER = "other", "Other"


class SupportResponse(CodedList, source="Community Care article: those who refuse services"):
    """What a person said to an offer of support."""

    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"
    NO_REPLY = "no-reply", "No reply"


class SupportMeasure(CodedList, source="Landlord policy on domestic abuse and hoarding"):
    """Something done at or for a home to keep someone safe."""

    LOCKS = "locks", "Locks"
    SECURITY = "security", "Other security works"
    ALARM = "alarm", "Alarm"
    FIRE_KIT = "fire-kit", "Fire safety kit"
    TENANCY_SUPPORT = "tenancy-support", "Tenancy support"
    MONEY = "money", "Money"


class HousingOffer(CodedList, source="HQN article: what housing brings to the table"):
    """What the landlord offered to a plan made with others."""

    TRANSFER = "transfer", "Transfer to another home"
    TEMPORARY_HOME = "temporary-home", "Home for a time"
    SECURITY_WORKS = "security-works", "Security works"
    REPAIRS_OR_ADAPTATIONS = "repairs-or-adaptations", "Repairs or adaptations"
    TENANCY_SUPPORT = "tenancy-support", "Tenancy support"
    TENANCY_CHANGE = "tenancy-change", "Change of tenancy"
    MONITORING = "monitoring", "Regular visits"
    OTHER = "other", "Other"
