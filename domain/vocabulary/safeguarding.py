"""Coded lists about concerns: what kind of harm, by whom, how it came to notice."""

from domain.vocabulary.coded import CodedList


class Classification(CodedList, source="Cromwood story; landlord policy strands"):
    """What a case is treated as; the response follows from it."""

    ASB = "asb", "Antisocial behaviour"
    SAFEGUARDING = "safeguarding", "Safeguarding, strand not yet known"
    ADULT = "adult", "Adult safeguarding"
    CHILD = "child", "Child safeguarding"
    DOMESTIC_ABUSE = "domestic-abuse", "Domestic abuse"
    HOARDING = "hoarding", "Hoarding"
    HATE_CRIME = "hate-crime", "Hate crime"
    MODERN_SLAVERY = "modern-slavery", "Modern slavery"
    STAFF = "staff", "Concern about a member of staff"
    WELFARE = "welfare", "Welfare"
    UNCLASSIFIED = "unclassified", "Not yet classified"

    @property
    def is_safeguarding(self) -> bool:
        """Whether it is safeguarding: a strand of it, or of a strand not yet known."""
        return self is Classification.SAFEGUARDING or self.value in set(Strand)


class Strand(CodedList, source="Landlord policy strands"):
    """A strand of safeguarding; a case may run in several at once."""

    ADULT = "adult", "Adult"
    CHILD = "child", "Child"
    DOMESTIC_ABUSE = "domestic-abuse", "Domestic abuse"
    HOARDING = "hoarding", "Hoarding"
    HATE_CRIME = "hate-crime", "Hate crime"
    MODERN_SLAVERY = "modern-slavery", "Modern slavery"
    STAFF = "staff", "Staff"


class IncidentKind(CodedList, source="Cromwood story; common ASB categories"):
    """What was reported as having happened."""

    VIOLENCE = "violence", "Violence"
    THREATS = "threats", "Threats"
    HARASSMENT = "harassment", "Harassment"
    PROPERTY_DAMAGE = "property-damage", "Damage to property"
    BURGLARY = "burglary", "Burglary"
    DISTRACTION_BURGLARY = "distraction-burglary", "Distraction burglary"
    NOISE = "noise", "Noise"
    NUISANCE = "nuisance", "Nuisance"
    DRUGS = "drugs", "Drugs"
    HATE_INCIDENT = "hate-incident", "Hate incident"
    DOMESTIC = "domestic", "Domestic incident"
    PROPERTY_CONDITION = "property-condition", "Condition of the property"
    WELFARE = "welfare", "Welfare"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Not known"


class HateStrand(CodedList, source="Tenant Satisfaction Measure NM01; national hate crime strands"):
    """The characteristic a hate incident was aimed at."""

    RACE = "race", "Race"
    RELIGION = "religion", "Religion"
    SEXUAL_ORIENTATION = "sexual-orientation", "Sexual orientation"
    TRANSGENDER = "transgender", "Transgender identity"
    DISABILITY = "disability", "Disability"


class AbuseType(CodedList, source="Care and support statutory guidance (Care Act 2014)"):
    """The ten types of abuse and neglect, with sexual exploitation apart as the NHS return asks."""

    PHYSICAL = "physical", "Physical"
    DOMESTIC = "domestic", "Domestic"
    SEXUAL = "sexual", "Sexual"
    SEXUAL_EXPLOITATION = "sexual-exploitation", "Sexual exploitation"
    PSYCHOLOGICAL = "psychological", "Psychological"
    FINANCIAL_OR_MATERIAL = "financial-or-material", "Financial or material"
    MODERN_SLAVERY = "modern-slavery", "Modern slavery"
    DISCRIMINATORY = "discriminatory", "Discriminatory"
    ORGANISATIONAL = "organisational", "Organisational"
    NEGLECT_OR_OMISSION = "neglect-or-omission", "Neglect or acts of omission"
    SELF_NEGLECT = "self-neglect", "Self-neglect"


class DomesticAbuseBehaviour(CodedList, source="Domestic Abuse Act 2021, section 1"):
    """The behaviours that make abuse between connected people aged 16 or over domestic abuse."""

    PHYSICAL_OR_SEXUAL = "physical-or-sexual", "Physical or sexual abuse"
    VIOLENT_OR_THREATENING = "violent-or-threatening", "Violent or threatening behaviour"
    CONTROLLING_OR_COERCIVE = "controlling-or-coercive", "Controlling or coercive behaviour"
    ECONOMIC = "economic", "Economic abuse"
    PSYCHOLOGICAL_EMOTIONAL_OTHER = (
        "psychological-emotional-other",
        "Psychological, emotional or other abuse",
    )


class ConductPattern(CodedList, source="Domestic Abuse Act 2021, section 1"):
    """Whether behaviour was one incident or many."""

    SINGLE = "single", "Single incident"
    COURSE_OF_CONDUCT = "course-of-conduct", "Course of conduct"


class SourceOfRisk(CodedList, source="NHS Safeguarding Adults Collection, extended"):
    """Who or what the harm comes from, seen from the person at risk."""

    SELF = "self", "Self"
    PARTNER = "partner", "Partner"
    EX_PARTNER = "ex-partner", "Former partner"
    RELATIVE = "relative", "Relative"
    HOUSEHOLD_MEMBER = "household-member", "Household member"
    CARER = "carer", "Carer"
    NEIGHBOUR = "neighbour", "Neighbour"
    STAFF = "staff", "Member of staff"
    CONTRACTOR = "contractor", "Contractor"
    GANG_OR_EXPLOITER = "gang-or-exploiter", "Gang or exploiter"
    SERVICE_PROVIDER = "service-provider", "Service provider"
    OTHER_KNOWN = "other-known-to-individual", "Other, known to the person"
    OTHER_UNKNOWN = "other-unknown", "Other, unknown to the person"
    UNKNOWN = "unknown", "Not known"


class Severity(CodedList, source="Landlord policy: abuse spans small slights to torture"):
    """How grave the harm is as reported."""

    LOW = "low", "Low"
    MODERATE = "moderate", "Moderate"
    SERIOUS = "serious", "Serious"
    SEVERE = "severe", "Severe"
    UNKNOWN = "unknown", "Not known"


class Channel(CodedList, source="Cromwood story; landlord policy reporting routes"):
    """How a concern reached the landlord."""

    HOUSING_OFFICER = "housing-officer", "Housing officer"
    PROPERTY_INSPECTION = "property-inspection", "Property inspection"
    REPAIR_VISIT = "repair-visit", "Repair or gas visit"
    CONTRACTOR = "contractor", "Contractor"
    CONTACT_CENTRE = "contact-centre", "Contact centre"
    ASB_TEAM = "asb-team", "ASB team"
    SELF = "self", "The person themselves"
    TENANT = "tenant", "Another tenant"
    NEIGHBOUR = "neighbour", "Neighbour"
    FAMILY = "family", "Family or friend"
    PARTNER_AGENCY = "partner-agency", "Partner agency"
    WHISTLEBLOWING = "whistleblowing", "Whistle-blowing"
    ONLINE = "online", "Online form"
    OTHER = "other", "Other"
    UNKNOWN = "unknown", "Not known"


class ConcernBasis(CodedList, source="Landlord policy: concern reporting"):
    """What a concern rests on."""

    DISCLOSURE = "disclosure", "The person told us"
    THIRD_PARTY = "third-party", "Someone else told us"
    OBSERVATION = "observation", "We saw it"
    PATTERN = "pattern", "A pattern over time"


class Indicator(CodedList, source="SCIE guide for housing staff; exploitation guidance"):
    """A sign that harm may be happening."""

    UNEXPLAINED_INJURY = "unexplained-injury", "Unexplained injury"
    FEARFUL = "fearful", "Fearful or withdrawn"
    ISOLATED = "isolated", "Isolated"
    NEW_VISITORS = "new-visitors", "New or frequent visitors"
    DAMAGE_TO_HOME = "damage-to-home", "Damage to the home"
    MONEY_CONTROLLED = "money-controlled", "Money handled by others"
    POOR_CONDITIONS = "poor-conditions", "Poor living conditions"
    MISSED_APPOINTMENTS = "missed-appointments", "Missed appointments"
    CUCKOOING_SIGNS = "cuckooing-signs", "Signs of cuckooing"
    CHANGE_IN_BEHAVIOUR = "change-in-behaviour", "Change in behaviour"
    OTHER = "other", "Other"


class ContextFactor(CodedList, source="HQN article: cost of living"):
    """A circumstance that makes harm likelier or harder to escape."""

    HARDSHIP = "hardship", "Hardship"
    ARREARS = "arrears", "Rent arrears"
    FUEL_POVERTY = "fuel-poverty", "Fuel poverty"
    HOMELESSNESS = "homelessness", "Homelessness or its threat"
    OVERCROWDING = "overcrowding", "Overcrowding"
    ISOLATION = "isolation", "Isolation"


class RiskOutcome(CodedList, source="NHS Safeguarding Adults Collection, table SG2e"):
    """What became of the risk by the time the case closed."""

    REMAINED = "remained", "Risk remained"
    REDUCED = "reduced", "Risk reduced"
    REMOVED = "removed", "Risk removed"


class Assurance(CodedList, source="HQN article: feedback as assurance"):
    """How sure the landlord is that risk was assessed and mitigated."""

    CONFIRMED = "confirmed", "Confirmed"
    PARTIAL = "partial", "Partial"
    NONE = "none", "None"


class ClosureReason(CodedList, source="Case Timeline"):
    """Why a case was closed."""

    RISK_RESOLVED = "risk-resolved", "Risk resolved"
    TRANSFERRED = "transferred", "Transferred to another organisation"
    NO_STATUTORY_ROUTE = "no-statutory-route", "No statutory route, landlord-led plan complete"
    PERSON_MOVED = "person-moved", "Person moved away"
    PERSON_DIED = "person-died", "Person died"
    NO_CONCERN = "no-concern", "No safeguarding concern found"
    OTHER = "other", "Other"
