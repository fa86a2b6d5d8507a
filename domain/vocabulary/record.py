"""Coded lists about the record itself: time precision, actors, sensitivity, personal data."""

from domain.vocabulary.coded import CodedList


class Precision(CodedList, source="Case Timeline envelope"):
    """How exactly the moment of an event is known."""

    INSTANT = "instant", "exact time"
    DAY = "day", "day only"
    MONTH = "month", "month only"
    YEAR = "year", "year only"
    RANGE = "range", "between two moments"
    APPROXIMATE = "approximate", "about"


class ActorKind(CodedList, source="Case Timeline envelope"):
    """What kind of actor entered the event."""

    HUMAN = "human", "Person"
    CONTRACTOR = "contractor", "Contractor"
    SYSTEM = "system", "System"


class Sensitivity(CodedList, source="Case Timeline record control"):
    """Who may see the event, from everyone on the case to named people only."""

    STANDARD = "standard", "Standard"
    RESTRICTED = "restricted", "Restricted"
    SEALED = "sealed", "Sealed"


class PersonalClass(CodedList, source="UK GDPR; Case Timeline field classes"):
    """What kind of personal data a field holds; encryption and masking follow the class."""

    IDENTITY = "identity", "Who someone is"
    LOCATION = "location", "Where someone is or can be reached"
    HEALTH = "health", "Health, care needs or capacity"
    OFFENCE = "offence", "Offences alleged or proven"
    NARRATIVE = "narrative", "Free text about people"
    REPORTER = "reporter", "Who reported"
