"""Outward codes of the HACT UK Housing Data Standards, version 3.5: person alerts for visitors."""

from typing import Any

from domain.vocabulary.outward.base import UNMAPPED, OutwardList, OutwardMap, Standard
from domain.vocabulary.protection import MarkerType
from domain.vocabulary.risk import VisitControl
from domain.vocabulary.vulnerability import VulnerabilityType

PERSON_ALERTS = OutwardList(
    Standard.HACT,
    "HACT person alert",
    "3.5",
    "HACT UK Housing Data Standards v3.5 of 16 June 2022, code list PersonAlertTypeCode",
    {
        "0": "Other - please contact for details",
        "1": "Other - see comments",
        "10": "Don't visit alone",
        "10-10": "Anti-social behaviour",
        "20": "Disability or vulnerability",
        "20-10": "Hearing difficulties",
        "20-20": "Impaired vision",
        "20-30": "Illness",
        "20-40": "Physical support",
        "20-50": "Wheelchair",
        "20-60": "Elderly",
        "20-70": "Safeguarding alert",
        "30": "Regularly misses appointments",
        "40": "Language support",
        "50": "Operative gender",
        "60": "Capacity",
    },
)

_ASK_US = "0"
_VULNERABLE = "20"

MAPS: tuple[OutwardMap[Any], ...] = (
    OutwardMap(
        VisitControl,
        PERSON_ALERTS,
        {
            VisitControl.NO_LONE_VISITS: "10",
            VisitControl.TWO_PERSON: "10",
            VisitControl.POLICE: _ASK_US,
            VisitControl.OFFICE_ONLY: _ASK_US,
            VisitControl.GENDER: "50",
        },
        "A precaution that the standard has no code for goes out as one to ask about, so that no "
        "visitor goes without warning.",
    ),
    OutwardMap(
        MarkerType,
        PERSON_ALERTS,
        {
            MarkerType.RISK_TO_CHILDREN: _ASK_US,
            MarkerType.RISK_TO_ADULTS: _ASK_US,
            MarkerType.RISK_TO_ADULT_AT_RISK: _ASK_US,
            MarkerType.RISK_TO_STAFF: _ASK_US,
            MarkerType.RISK_TO_SELF: _ASK_US,
            MarkerType.DISCLOSURE: _ASK_US,
            MarkerType.MISSING: _ASK_US,
            MarkerType.NOT_ALONE: "10",
            MarkerType.ANTISOCIAL_BEHAVIOUR: "10-10",
            MarkerType.SAFEGUARDING: "20-70",
            MarkerType.VULNERABILITY: _VULNERABLE,
            MarkerType.HEARING: "20-10",
            MarkerType.VISION: "20-20",
            MarkerType.ILLNESS: "20-30",
            MarkerType.PHYSICAL_SUPPORT: "20-40",
            MarkerType.WHEELCHAIR: "20-50",
            MarkerType.ELDERLY: "20-60",
            MarkerType.CAPACITY: _ASK_US,
            MarkerType.MISSES_APPOINTMENTS: "30",
            MarkerType.LANGUAGE: "40",
            MarkerType.VISITOR_GENDER: "50",
            MarkerType.OTHER: _ASK_US,
        },
        "As for visit controls. Their 10-10 also says not to visit alone. Their 60 says that a "
        "power of attorney is registered, which our code leaves open.",
    ),
    OutwardMap(
        VulnerabilityType,
        PERSON_ALERTS,
        {
            VulnerabilityType.FRAIL_OR_ILL_OLDER_PERSON: "20-60",
            VulnerabilityType.LEARNING_DIFFICULTY: _VULNERABLE,
            VulnerabilityType.PHYSICAL_OR_SENSORY_IMPAIRMENT: _VULNERABLE,
            VulnerabilityType.MENTAL_HEALTH: _VULNERABLE,
            VulnerabilityType.LONG_TERM_CONDITION: _VULNERABLE,
            VulnerabilityType.SERIOUS_SUBSTANCE_MISUSE: _VULNERABLE,
            VulnerabilityType.UNPAID_CARER: UNMAPPED,
        },
        "Where our code covers several of theirs, the wider of theirs stands. To send one to "
        "visitors at all is a decision of its own: it tells them about someone's health.",
    ),
)
"""Our lists that have a counterpart among the person alerts."""
