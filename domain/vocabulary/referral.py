"""Coded lists about referrals: where they go, what comes back, and how good the answer is."""

from domain.vocabulary.coded import CodedList


class ReferralRoute(
    CodedList, source="Cromwood story; SCIE guide for housing staff; landlord policy"
):
    """Whose door a referral is put through; one referral per route."""

    ASC_FRONT_DOOR = "asc-front-door", "Adult social care front door"
    MASH = "mash", "Multi-agency safeguarding hub (MASH)"
    CHILDRENS_SERVICES = "childrens-services", "Children's services"
    POLICE_999 = "police-999", "Police, 999"
    POLICE_101 = "police-101", "Police, 101"
    POLICE_CRIME_REPORT = "police-crime-report", "Police, crime report"
    MARAC = "marac", "MARAC"
    IDVA = "idva", "Independent domestic violence adviser (IDVA)"
    DA_SERVICE = "da-service", "Domestic abuse service"
    NRM = "nrm", "National Referral Mechanism (modern slavery)"
    PREVENT = "prevent", "Prevent"
    FIRE_HOME_SAFETY = "fire-home-safety", "Fire service, home safety"
    ENVIRONMENTAL_HEALTH = "environmental-health", "Environmental health"
    MENTAL_HEALTH = "mental-health", "Mental health service"
    GP = "gp", "GP"
    HOUSING_OPTIONS = "housing-options", "Housing options"
    LADO = "lado", "Local authority designated officer (LADO)"
    PIPOT = "pipot", "Person in a position of trust (PiPoT) lead"
    RSPCA = "rspca", "RSPCA"
    HOARDING_PANEL = "hoarding-panel", "Hoarding panel"
    SELF_NEGLECT_PANEL = "self-neglect-panel", "Self-neglect panel"
    ASB_CASE_REVIEW = "asb-case-review", "ASB case review"
    HSE = "hse", "Health and Safety Executive"
    RSH = "rsh", "Regulator of Social Housing"
    INTERNAL = "internal", "Within the landlord"
    OTHER = "other", "Other route"


class ReferralUrgency(CodedList, source="Case Timeline"):
    """How fast the referrer asks for an answer."""

    IMMEDIATE = "immediate", "Immediate"
    SAME_DAY = "same-day", "Same day"
    ROUTINE = "routine", "Routine"


class ReferralDecision(CodedList, source="NHS Safeguarding Adults Collection; MASH outcomes"):
    """What the receiving organisation decided, or that it has not."""

    ACCEPTED_S42 = "accepted-s42", "Accepted, section 42 enquiry"
    ACCEPTED_OTHER = "accepted-other", "Accepted, other enquiry"
    ACCEPTED_CARE_ASSESSMENT = "accepted-care-assessment", "Accepted, care assessment"
    S17 = "s17", "Section 17, child in need"
    S47 = "s47", "Section 47, child protection enquiry"
    EARLY_HELP = "early-help", "Early help"
    SIGNPOSTED = "signposted", "Signposted elsewhere"
    NFA = "nfa", "No further action"
    REJECTED = "rejected", "Rejected"
    MORE_INFORMATION = "more-information", "More information asked for"
    NO_RESPONSE = "no-response", "No response"

    @property
    def is_final(self) -> bool:
        """Whether the referral is answered; a final decision stands unless it is challenged."""
        return self not in (ReferralDecision.MORE_INFORMATION, ReferralDecision.NO_RESPONSE)

    @property
    def is_acceptance(self) -> bool:
        """Whether the receiving organisation takes the matter on itself, in whatever way."""
        refused = (ReferralDecision.SIGNPOSTED, ReferralDecision.NFA, ReferralDecision.REJECTED)
        return self.is_final and self not in refused


class DecisionReason(CodedList, source="Community Care article; SCIE guide for housing staff"):
    """Why a referral was not taken on, as the receiving organisation put it."""

    BELOW_THRESHOLD = "below-threshold", "Below the threshold"
    NO_CARE_NEEDS = "no-care-needs", "No care and support needs"
    DEFINITION_DISPUTE = "definition-dispute", "Dispute over definitions"
    INELIGIBLE = "ineligible", "Not eligible"
    CONSENT_MISSING = "consent-missing", "Consent missing"
    OTHER = "other", "Other"


class EnquiryType(CodedList, source="NHS Safeguarding Adults Collection; Children Act 1989"):
    """The kind of enquiry a referral leads to."""

    S42 = "s42", "Section 42 enquiry"
    OTHER = "other", "Other, non-statutory enquiry"
    CAUSED_TO_HOUSING = "caused-to-housing", "Enquiry the landlord is asked to make"
    S47 = "s47", "Section 47 enquiry (child)"
    INTERNAL = "internal", "Internal enquiry"


class ChaseMethod(CodedList, source="Case Timeline"):
    """How an answer was asked for again."""

    SECURE_EMAIL = "secure-email", "Secure email"
    EMAIL = "email", "Email"
    PORTAL = "portal", "Portal or online form"
    PHONE = "phone", "Phone"
    MEETING = "meeting", "At a meeting"
    FACE_TO_FACE = "face-to-face", "Face to face"
    LETTER = "letter", "Letter"
    OTHER = "other", "Other"


class FeedbackQuality(CodedList, source="HQN article: feedback as assurance"):
    """How much the feedback tells the landlord, from nothing to full assurance."""

    NONE = "none", "None"
    ACKNOWLEDGEMENT_ONLY = "acknowledgement-only", "Acknowledgement only"
    DECISION_NO_REASONS = "decision-no-reasons", "Decision without reasons"
    DECISION_WITH_REASONS = "decision-with-reasons", "Decision with reasons"
    RISK_AND_MITIGATION_CONFIRMED = (
        "risk-and-mitigation-confirmed",
        "Risk and mitigation confirmed",
    )

    @property
    def is_adequate(self) -> bool:
        """Whether it tells the landlord why, or that the risk was dealt with."""
        return self in (
            FeedbackQuality.DECISION_WITH_REASONS,
            FeedbackQuality.RISK_AND_MITIGATION_CONFIRMED,
        )
