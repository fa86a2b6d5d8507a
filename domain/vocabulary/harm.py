"""Coded lists about harm to children, exploitation, and where harm happens."""

from domain.vocabulary.coded import CodedList


class ChildHarm(CodedList, source="Statutory guidance on children; Hackney referral categories"):
    """The four categories of harm to a child, and the kinds that authorities name beside them."""

    PHYSICAL = "physical", "Physical abuse"
    EMOTIONAL = "emotional", "Emotional abuse"
    SEXUAL = "sexual", "Sexual abuse"
    NEGLECT = "neglect", "Neglect"
    EXTRA_FAMILIAL = "extra-familial", "Harm outside the home"
    SEXUAL_EXPLOITATION = "sexual-exploitation", "Child sexual exploitation"
    CRIMINAL_EXPLOITATION = "criminal-exploitation", "Child criminal exploitation"
    DOMESTIC_ABUSE = "domestic-abuse", "Sees, hears or feels the effects of domestic abuse"
    FEMALE_GENITAL_MUTILATION = "female-genital-mutilation", "Female genital mutilation"
    FAITH_OR_BELIEF = "faith-or-belief", "Abuse linked to faith or belief"
    FORCED_MARRIAGE = "forced-marriage", "Forced marriage"
    RADICALISATION = "radicalisation", "Radicalisation"
    TRAFFICKING = "trafficking", "Trafficking"
    OTHER = "other", "Other"


class Exploitation(CodedList, source="Leicestershire and Rutland adult safeguarding procedures"):
    """How someone is made use of; hate is coded by its strand, modern slavery as abuse."""

    CUCKOOING = "cuckooing", "Cuckooing, for a use not known"
    CUCKOOING_DRUGS = "cuckooing-drugs", "Cuckooing for drugs"
    CUCKOOING_SEX_WORK = "cuckooing-sex-work", "Cuckooing for sex work"
    CUCKOOING_WEAPONS = "cuckooing-weapons", "Cuckooing to hide weapons"
    CUCKOOING_SQUATTING = "cuckooing-squatting", "Cuckooing to live in the home"
    CUCKOOING_FINANCIAL = "cuckooing-financial", "Cuckooing for money"
    COUNTY_LINES = "county-lines", "County lines"
    MATE_CRIME = "mate-crime", "Mate crime"
    GROOMING = "grooming", "Grooming"
    OTHER = "other", "Other"


class HarmLocation(CodedList, source="NHS Safeguarding Adults Collection, table SG2b"):
    """Where the harm happened or is likely to."""

    OWN_HOME = "own-home", "Own home"
    IN_THE_COMMUNITY = "in-the-community", "In the community"
    COMMUNITY_SERVICE = "community-service", "In a community service"
    CARE_HOME_NURSING = "care-home-nursing", "Care home with nursing"
    CARE_HOME_RESIDENTIAL = "care-home-residential", "Residential care home"
    HOSPITAL_ACUTE = "hospital-acute", "Acute hospital"
    HOSPITAL_MENTAL_HEALTH = "hospital-mental-health", "Mental health hospital"
    HOSPITAL_COMMUNITY = "hospital-community", "Community hospital"
    OTHER = "other", "Elsewhere"
    UNKNOWN = "unknown", "Not known"
