"""Outward codes of the Tenant Satisfaction Measures (TSM): NM01, cases of antisocial behaviour."""

from typing import Any

from domain.vocabulary.outward.base import UNMAPPED, OutwardList, OutwardMap, Standard
from domain.vocabulary.safeguarding import Classification, HateStrand, IncidentKind

NM01 = OutwardList(
    Standard.TSM,
    "TSM NM01",
    "2 April 2024",
    "Regulator of Social Housing, Tenant Satisfaction Measures: technical requirements",
    {
        "NM01 (1)": "Antisocial behaviour cases, those that involve hate incidents included",
        "NM01 (2)": "Antisocial behaviour cases that involve hate incidents",
    },
)

_ALL = "NM01 (1)"
_HATE = "NM01 (2)"

MAPS: tuple[OutwardMap[Any], ...] = (
    OutwardMap(
        Classification,
        NM01,
        {
            Classification.ASB: _ALL,
            Classification.SAFEGUARDING: UNMAPPED,
            Classification.ADULT: UNMAPPED,
            Classification.CHILD: UNMAPPED,
            Classification.DOMESTIC_ABUSE: UNMAPPED,
            Classification.HOARDING: UNMAPPED,
            Classification.HATE_CRIME: _HATE,
            Classification.MODERN_SLAVERY: UNMAPPED,
            Classification.STAFF: UNMAPPED,
            Classification.WELFARE: UNMAPPED,
            Classification.UNCLASSIFIED: UNMAPPED,
        },
        "A case of NM01 (2) is one of NM01 (1) too. What was antisocial behaviour and is now "
        "treated as something else is for the landlord to count or not.",
    ),
    OutwardMap(
        IncidentKind,
        NM01,
        {
            IncidentKind.VIOLENCE: UNMAPPED,
            IncidentKind.THREATS: UNMAPPED,
            IncidentKind.HARASSMENT: UNMAPPED,
            IncidentKind.PROPERTY_DAMAGE: UNMAPPED,
            IncidentKind.BURGLARY: UNMAPPED,
            IncidentKind.DISTRACTION_BURGLARY: UNMAPPED,
            IncidentKind.NOISE: UNMAPPED,
            IncidentKind.NUISANCE: UNMAPPED,
            IncidentKind.DRUGS: UNMAPPED,
            IncidentKind.HATE_INCIDENT: _HATE,
            IncidentKind.DOMESTIC: UNMAPPED,
            IncidentKind.PROPERTY_CONDITION: UNMAPPED,
            IncidentKind.WELFARE: UNMAPPED,
            IncidentKind.OTHER: UNMAPPED,
            IncidentKind.UNKNOWN: UNMAPPED,
        },
        "The measure counts cases and not incidents: whether another kind of incident makes one "
        "is said by the classification of its case.",
    ),
    OutwardMap(
        HateStrand,
        NM01,
        {
            HateStrand.RACE: _HATE,
            HateStrand.RELIGION: _HATE,
            HateStrand.SEXUAL_ORIENTATION: _HATE,
            HateStrand.TRANSGENDER: _HATE,
            HateStrand.DISABILITY: _HATE,
        },
        "The measure names these five strands.",
    ),
)
"""Our lists that have a counterpart in the measures."""
