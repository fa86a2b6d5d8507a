"""Every rule; importing the modules that declare them fills the table."""

from domain.rules import (
    asked,
    challenge,
    coming_in,
    coming_of_age,
    consent,
    contact,
    crime,
    data_quality,
    domestic_abuse,
    emergency,
    enforcement,
    feedback,
    hazards,
    hoarding,
    housing,
    markers,
    measures,
    meeting,
    organisation,
    plan,
    referral,
    review,
    rights,
    risk,
    safe_contact,
    screening,
    small_concerns,
    told_twice,
    voice,
    writing,
)
from domain.rules.rule import RULES

GROUPS = (
    coming_in,
    screening,
    crime,
    consent,
    referral,
    feedback,
    challenge,
    meeting,
    asked,
    enforcement,
    small_concerns,
    coming_of_age,
    contact,
    writing,
    safe_contact,
    markers,
    risk,
    plan,
    hoarding,
    measures,
    domestic_abuse,
    housing,
    hazards,
    voice,
    review,
    rights,
    organisation,
    data_quality,
    told_twice,
    emergency,
)
"""The modules that declare rules."""

_BY_NUMBER = sorted(RULES.items(), key=lambda each: int(each[0].removeprefix("R")))
RULES.clear()
RULES.update(_BY_NUMBER)

__all__ = ["GROUPS", "RULES"]
