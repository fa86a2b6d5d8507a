"""Coded lists about consent and the sharing of information, and the agencies it is shared with."""

from domain.vocabulary.coded import CodedList


class ConsentScope(CodedList, source="Case Timeline"):
    """What a consent decision covers; the latest decision for a scope holds."""

    REFER = "refer", "Referral"
    SHARE = "share", "Sharing information"
    SUPPORT = "support", "Support"


class ConsentState(CodedList, source="Community Care article; SCIE at a glance for housing staff"):
    """Where a person stands on consent."""

    GIVEN = "given", "Given"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"
    NOT_SOUGHT = "not-sought", "Not sought"
    UNABLE = "unable", "Unable to give or refuse it"
    VIA_REPRESENTATIVE = "via-representative", "Given through an attorney or deputy"


class OverrideGround(
    CodedList, source="Community Care article; SCIE at a glance; landlord policy on disclosure"
):
    """Why it is right to act without consent; several may apply."""

    RISK_UNACCEPTABLE = "risk-unacceptable", "Risk to the person unacceptably high"
    OTHERS_AT_RISK = "others-at-risk", "Other people at risk"
    PERPETRATOR_VULNERABLE_AT_RISK = (
        "perpetrator-vulnerable-at-risk",
        "Alleged perpetrator vulnerable and at risk too",
    )
    CAPACITY_LACKING_OR_DOUBTFUL = "capacity-lacking-or-doubtful", "Capacity lacking or in doubt"
    SERIOUS_CRIME = "serious-crime", "Serious crime committed or about to be"
    STAFF_IMPLICATED = "staff-implicated", "Staff implicated"
    COERCION_SUSPECTED = "coercion-suspected", "Coercion suspected"
    LEGAL_OBLIGATION = "legal-obligation", "Legal obligation"
    CIVIL_OR_CRIMINAL_ENQUIRY = "civil-or-criminal-enquiry", "Civil or criminal enquiry"
    COURT_PROCEEDINGS = "court-proceedings", "Court proceedings"
    VITAL_INTERESTS = "vital-interests", "Vital interests"


class LegalBasis(
    CodedList,
    source="UK GDPR Article 6; Data Protection Act 2018 Schedule 1; the Acts named in the labels",
):
    """What in law allows a piece of information to be shared."""

    LEGAL_OBLIGATION = "legal-obligation", "Legal obligation"
    PUBLIC_TASK = "public-task", "Public task"
    VITAL_INTERESTS = "vital-interests", "Vital interests"
    LEGITIMATE_INTERESTS = "legitimate-interests", "Legitimate interests"
    CONSENT = "consent", "Consent"
    SAFEGUARDING_CONDITION = (
        "safeguarding-condition",
        "Safeguarding of children and individuals at risk (Data Protection Act 2018, Schedule 1)",
    )
    CRIME_CONDITION = (
        "crime-condition",
        "Prevention or detection of crime (Data Protection Act 2018, Schedule 1)",
    )
    CARE_ACT_S45 = "care-act-s45", "Care Act 2014, section 45"
    CRIME_AND_DISORDER_ACT_S115 = (
        "crime-and-disorder-act-s115",
        "Crime and Disorder Act 1998, section 115",
    )
    ASB_ACT_SCHEDULE_4 = (
        "asb-act-schedule-4",
        "Anti-social Behaviour, Crime and Policing Act 2014, Schedule 4",
    )


class InformedAbout(CodedList, source="Case Timeline"):
    """What a person was told about, or was not."""

    REFERRAL = "referral", "A referral"
    SHARING = "sharing", "Sharing of information"
    OVERRIDE = "override", "Acting without consent"
    DECISION = "decision", "A decision"
    OTHER = "other", "Something else"


class SharingMethod(CodedList, source="Case Timeline"):
    """How information was handed over."""

    SECURE_EMAIL = "secure-email", "Secure email"
    EMAIL = "email", "Email"
    PORTAL = "portal", "Portal or online form"
    SYSTEM_FEED = "system-feed", "From system to system"
    PHONE = "phone", "Phone"
    MEETING = "meeting", "At a meeting"
    FACE_TO_FACE = "face-to-face", "Face to face"
    LETTER = "letter", "Letter"
    OTHER = "other", "Other"


class Direction(CodedList, source="Case Timeline"):
    """Who turned to whom."""

    INBOUND = "inbound", "To the landlord"
    OUTBOUND = "outbound", "From the landlord"


class OnwardSharing(CodedList, source="Case Timeline"):
    """Whether the landlord may pass on what a partner told it."""

    ALLOWED = "allowed", "May be passed on"
    ASK = "ask", "Ask before passing on"
    NO = "no", "Not to be passed on"


class Agency(CodedList, source="Case Timeline: agencies met in safeguarding"):
    """The kind of organisation someone speaks for."""

    ADULT_SOCIAL_CARE = "adult-social-care", "Adult social care"
    CHILDRENS_SERVICES = "childrens-services", "Children's services"
    POLICE = "police", "Police"
    ICB = "icb", "Integrated care board"
    NHS_ACUTE = "nhs-acute", "NHS acute hospital"
    NHS_COMMUNITY = "nhs-community", "NHS community health service"
    NHS_MENTAL_HEALTH = "nhs-mental-health", "NHS mental health service"
    GP = "gp", "GP practice"
    AMBULANCE = "ambulance", "Ambulance service"
    FIRE = "fire", "Fire and rescue service"
    PROBATION = "probation", "Probation service"
    PRISON = "prison", "Prison"
    EDUCATION = "education", "Education"
    DWP = "dwp", "Department for Work and Pensions"
    LANDLORD = "landlord", "Landlord"
    OTHER_LANDLORD = "other-landlord", "Another landlord"
    CONTRACTOR = "contractor", "Contractor"
    VOLUNTARY = "voluntary", "Voluntary organisation"
    ADVOCATE = "advocate", "Advocacy service"
    COURT = "court", "Court"
    CORONER = "coroner", "Coroner"
    REGULATOR = "regulator", "Regulator"
    OTHER = "other", "Other agency"
    UNKNOWN = "unknown", "Agency not known"
