"""Homes and tenancies."""

from services.web.forms.words.words import Words

NAME = "Home and tenancy"
TITLES = {
    "HousingContextChanged": "A change of home or tenancy",
    "HazardLinked": "A hazard in the home",
    "PropertyDescribed": "Describe a property",
}
WORDS = {
    "HousingContextChanged.kind": Words("What has changed?"),
    "HousingContextChanged.person": Words("Whose home or tenancy is it?"),
    "tenure": Words("What kind of tenancy is it?"),
    "tenure_role": Words("What are they in it?"),
    "reference": Words("Its reference", "For example a tenancy number, without spaces."),
    "to_property": Words("If they move, where to?", "The property reference or UPRN."),
    "to_authority": Words(
        "If they move away, to which local authority?", "Its code or name without spaces."
    ),
    "handover_to": Words("Who has the case been handed to?", "The organisation's name."),
    "handed_over_on": Words("When was it handed over?"),
    "hazard_ref": Words("What is its number in repairs?", "Without spaces."),
    "hazard_class": Words("How serious is it?"),
    "damp": Words("Is it damp or mould?"),
    "reported_on": Words("When was it reported?"),
    "area_lsoa": Words("Which statistical area (LSOA)?", "For example E01000001."),
    "estate": Words("Which estate?"),
    "block": Words("Which block?"),
}
